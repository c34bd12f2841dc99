"""What every lesson must have: a build insists on it, and the audit reports it."""

# Named answers to each exercise.
LEAST_MISCONCEPTIONS = 3
LEAST_ALSO_CORRECT = 2
