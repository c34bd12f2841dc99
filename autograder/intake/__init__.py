"""Makes what students handed in safe and gradable."""
