"""What makes stock ``nbgrader autograde`` trusted."""

from autograder.nbgrader_plugin.configure import TrustedExecute, TrustedExporter, configure, sandbox

__all__ = ["TrustedExecute", "TrustedExporter", "configure", "sandbox"]
