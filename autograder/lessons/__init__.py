"""The course as its authors write it."""
