"""What runs on the student's side: `check`, its panel, and the answerer of the grader's calls."""
