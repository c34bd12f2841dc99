"""What students handed in, made safe and gradable."""
