"""What an author runs: new, build."""
