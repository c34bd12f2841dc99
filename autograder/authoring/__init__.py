"""What ``autograder new`` and ``autograder build`` do for authors."""
