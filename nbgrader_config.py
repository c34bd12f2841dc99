"""nbgrader's configuration of this course: everything is set up by the kit."""

from autograder.nbgrader_plugin import configure

c = get_config()  # noqa: F821
configure(c)

# Until the kit's sandbox lands, students' code runs unconfined: grade on a machine that you can throw away.
# Each verdict says "sandbox: none". Without this line grading is refused.
c.TrustedExporter.unsafe_no_sandbox = True
