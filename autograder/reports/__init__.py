"""What teachers read about a class, all of it made from stored verdicts."""
