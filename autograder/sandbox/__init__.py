"""What confines the code of students."""
