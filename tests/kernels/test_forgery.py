"""Messages that a student's code forges in its kernel are dropped, made plain, or count as a malformed answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autograder.kernels.kernel import Kernel, Ran
from autograder.kernels.warm import best_tier
from autograder.limits import Limits
from autograder.wire.calls import Answer, Request
from tests.support.cells import SECONDS, run, text


@pytest.fixture(scope="module")
def kernel() -> Iterator[Kernel]:
    """A kernel that every forgery leaves alive."""
    kernel = Kernel([], Limits(), best_tier())
    yield kernel
    kernel.close()


FORGE = """
kernel = get_ipython().kernel
session, parent = kernel.session, kernel.get_parent("shell")

def forge(kind, content, parent=parent, **parts):
    return {**session.msg(kind, {}, parent), "content": session.pack(content), **parts}

def to_iopub(*args, **parts):
    session.send(kernel.iopub_socket, forge(*args, **parts))

def to_shell(*args, **parts):
    session.send(kernel.shell_stream, forge(*args, **parts), ident=kernel._parent_ident["shell"])

deep = current = []
for _ in range(400):
    current.append([])
    current = current[0]
ODD = [[], "text", None, 3, {"msg_id": parent["header"]["msg_id"], "more": deep}]
"""


def test_forged_outputs_of_any_form_are_dropped_or_made_plain(kernel: Kernel) -> None:
    ran = run(
        kernel,
        FORGE
        + """
for odd in ODD:
    for kind in ("stream", "display_data", "error", "execute_result", "status", "no_such_kind"):
        to_iopub(kind, odd)
        to_iopub(kind, {"text": odd, "name": odd, "data": odd, "traceback": odd, "ename": odd, "execution_state": odd})
        to_iopub(kind, {"text": "of another run"}, parent_header=odd if odd != ODD[-1] else {"msg_id": "another"})
        to_iopub(kind, {}, metadata=odd)
kernel.iopub_socket.send_multipart([b"no", b"<IDS|MSG>", b"bad", b"{", b"[", b"", b""])
kernel.iopub_socket.send_multipart([b""])
to_iopub("stream", {"name": "stdout", "text": "the last"})
""",
    )
    assert (ran.ending, ran.alive) == ("ok", True)
    assert "the last" in text(ran)
    assert "of another run" not in str(ran.outputs)
    assert run(kernel, "1").ending == "ok"


@pytest.mark.parametrize(("many", "shown"), [(10, True), (1_700_000, False)])
def test_a_message_of_very_many_brackets_is_never_parsed(kernel: Kernel, many: int, shown: bool) -> None:
    code = f"""
content = b'{{"name": "stdout", "text": "' + b"not " * 3 + b'", "more": [' + b"[]," * {many} + b"[]]}}"
session.send(kernel.iopub_socket, {{**forge("stream", {{}}), "content": content}})
"""
    assert ("not not not" in text(run(kernel, FORGE + code))) == shown


@pytest.mark.parametrize("header", ["header", "parent_header"])
def test_no_dates_are_looked_for_in_a_header(kernel: Kernel, header: str) -> None:
    # Jupyter's client parses each text of a header as a date: for these it would need longer than the cell may run.
    code = f"""
about = {{"msg_id": parent["header"]["msg_id"], "msg_type": "stream", "dates": ["2026-01-01T00:00:00"] * 300_000}}
to_iopub("stream", {{"name": "stdout", "text": "not not"}}, **{{{header!r}: about}})
to_shell("execute_reply", {{"status": "error"}}, **{{{header!r}: about}})
print("the last")
"""
    ran = run(kernel, FORGE + code, seconds=8)
    assert (ran.ending, text(ran)) == ("ok", "the last\n")


def test_a_text_in_very_many_pieces_is_kept_whole(kernel: Kernel) -> None:
    code = """
for number in range(400):
    to_iopub("stream", {"name": "stdout", "text": f"{number} "})
"""
    assert text(run(kernel, FORGE + code)) == "".join(f"{number} " for number in range(400))


def test_forged_replies_of_any_form_end_no_cell_but_their_own(kernel: Kernel) -> None:
    code = """
for odd in ODD:
    to_shell("execute_reply", odd)
    to_shell("execute_reply", {"status": "ok"}, parent_header=odd if odd != ODD[-1] else {})
    to_shell("execute_reply", {"status": "ok"}, parent_header={"msg_id": "another"})
kernel.shell_stream.send_multipart([kernel._parent_ident["shell"], b"<IDS|MSG>", b"", b"{", b"", b"", b""])
print("the last")
"""
    assert "the last" in text(run(kernel, FORGE + code))


# What a student's function can find of its own call: the kernel's end of the line, and the call's number.
LINE = """
import os, socket, struct, sys

def around(name):
    frame = sys._getframe()
    while name not in frame.f_locals or frame.f_code.co_name != "_answer":
        frame = frame.f_back
    return frame.f_locals[name]

def nonce():
    return around("nonce")

def send(message, length=None):
    around("line").sendall(struct.pack("!Q", len(message) if length is None else length) + message)

def works():
    return 5
"""


def called(kernel: Kernel, forgery: str, seconds: float = SECONDS) -> tuple[Answer | None, Ran]:
    """The answer to a call whose function runs this forgery before it returns 1."""
    assert run(kernel, f"{LINE}\ndef forges():\n    {forgery}\n    return 1").ending == "ok"
    return kernel.call(Request.of("forges"), seconds)


@pytest.mark.parametrize("number", ["b'0' * 32", "b''", "nonce()[:-1]", "nonce() + b'0'"])
def test_an_answer_to_another_call_is_dropped(kernel: Kernel, number: str) -> None:
    answer, ran = called(kernel, f"send({number} + b'\\n2'); send({number})")
    assert ran.alive
    assert answer is not None
    assert answer.value == 1


@pytest.mark.parametrize("document", ["b''", "b'1'", "b'[' * 9999", "b'{}'", "b'[],' * 1_700_000", "b'\\xff'"])
def test_an_early_forged_answer_is_malformed_and_the_next_call_works(kernel: Kernel, document: str) -> None:
    answer, ran = called(kernel, f"send(nonce() + b'\\n' + {document})")
    assert ran.alive
    assert answer is not None
    assert answer.outcome in ("malformed", "too large")
    answer, _ = kernel.call(Request.of("works"), SECONDS)
    assert answer is not None
    assert answer.value == 5


@pytest.mark.parametrize(
    ("forgery", "ending"),
    [
        ("send(b'', 2**63)", "flooded"),
        ("send(b'x', 1000)", "timed out"),  # the next bytes are taken for the rest of it
        ("around('line').shutdown(socket.SHUT_RDWR)", "died"),
        ("os.dup2(os.open('/dev/null', os.O_RDWR), around('line').fileno())", "died"),
    ],
)
def test_a_broken_line_costs_only_the_kernel(forgery: str, ending: str) -> None:
    kernel = Kernel([], Limits(), best_tier())
    answer, ran = called(kernel, forgery, seconds=1)
    assert answer is None
    assert (ran.ending, ran.alive) == (ending, False)
    kernel.close()


def test_a_program_that_is_started_does_not_have_the_line(kernel: Kernel) -> None:
    code = """
import subprocess
mine = os.readlink(f"/proc/self/fd/{around('line').fileno()}")
shown = subprocess.run(["ls", "-l", "/proc/self/fd"], close_fds=False, capture_output=True, text=True).stdout
return mine.startswith("socket:") and mine not in shown and "/proc" in shown
"""
    run(kernel, f"{LINE}\ndef starts():{code.replace(chr(10), chr(10) + '    ')}")
    answer, _ = kernel.call(Request.of("starts"), SECONDS)
    assert answer is not None
    assert answer.value is True
