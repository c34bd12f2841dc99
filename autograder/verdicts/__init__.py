"""The result of an exercise: as data, and as a student reads it."""
