"""What makes stock ``nbgrader autograde`` trusted."""

from autograder.nbgrader_plugin.configure import configure, sandbox

__all__ = ["configure", "sandbox"]
