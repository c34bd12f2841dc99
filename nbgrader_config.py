"""nbgrader's configuration of this course: everything is set up by the kit."""

from autograder.nbgrader_plugin import configure

c = get_config()  # noqa: F821
configure(c)
