"""Grades a rebuilt notebook, and a whole class's week."""
