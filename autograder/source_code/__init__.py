"""Students' code, read without running it."""

# The error that an answer raises until the student replaces it.
PLACEHOLDER = "Replace this line with your answer."
# The first line of the scripts that students may work in instead of notebooks.
SCRIPT_REMARK = (
    "# Made by `autograder build` from the lesson; fill in the functions and hand in this file or the notebook."
)
# As nbgrader's ClearSolutions wants it.
CODE_STUB = {"python": f'raise NotImplementedError("{PLACEHOLDER}")'}
