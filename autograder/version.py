"""The version of the kit and of the course: they are released together."""

VERSION = "0.1.0"
