"""Tests in a real browser: what a student sees in JupyterLab."""
