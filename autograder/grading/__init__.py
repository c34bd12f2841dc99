"""From a rebuilt notebook to its verdict, and a week of a class."""
