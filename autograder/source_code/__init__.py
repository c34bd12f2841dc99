"""Students' code, read without running it."""

# The error that an answer raises until the student replaces it.
PLACEHOLDER = "Replace this line with your answer."
