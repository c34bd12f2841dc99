"""Does the grader grade right? Candidates whose grade is known are graded through the real path; mistakes are reported."""
