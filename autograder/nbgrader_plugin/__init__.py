"""Has stock ``nbgrader autograde`` grade by the kit's checks, and run students' code in a sandbox."""

from autograder.nbgrader_plugin.configure import configure, sandbox

__all__ = ["configure", "sandbox"]
