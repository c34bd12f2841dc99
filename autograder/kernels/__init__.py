"""Jupyter kernels in which students' code runs."""
