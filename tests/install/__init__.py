"""Tests in virtual environments made for them: what a student installs, and nothing else."""
