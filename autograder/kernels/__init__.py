"""Starts and drives the Jupyter kernels in which students' code runs."""
