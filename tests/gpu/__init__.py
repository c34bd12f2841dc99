"""What is held to a GPU, where there is one."""
