"""What runs on a student's computer: `check`, and the records that it replays."""
