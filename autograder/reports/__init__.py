"""What teachers read about a class; it is all made from stored verdicts."""
