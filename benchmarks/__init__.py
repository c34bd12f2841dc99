"""How long grading takes, measured side by side in one run: ``make bench``."""
