"""Students' code, read without running it."""

# The error that an answer raises until the student replaces it.
PLACEHOLDER = "Replace this line with your answer."
# As nbgrader's ClearSolutions wants it.
CODE_STUB = {"python": f'raise NotImplementedError("{PLACEHOLDER}")'}
