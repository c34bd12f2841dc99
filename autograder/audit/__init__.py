"""Audits the grader: candidates whose grade is known are graded through the real path, and mistakes are reported."""
