"""The red team: attacks on the grading, each handed in for real, to our grader and to stock nbgrader."""
