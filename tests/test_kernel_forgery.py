"""Messages that a student's code forges from inside its kernel: dropped, made plain or a malformed answer, and no worse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autograder.calls import write_arguments
from autograder.kernels.calling import call_in_kernel
from autograder.kernels.session import Kernel
from autograder.kernels.warm import best_tier
from autograder.limits import Limits
from tests.test_kernel_session import SECONDS, run, text


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


def test_forged_replies_of_any_form_are_no_answers(kernel: Kernel) -> None:
    code = """
for odd in ODD:
    to_shell("execute_reply", odd)
    to_shell("execute_reply", {"status": "ok", "user_expressions": odd}, parent_header=odd)
    to_shell("execute_reply", {"status": "ok"}, parent_header={"msg_id": "another"})
kernel.shell_stream.send_multipart([kernel._parent_ident["shell"], b"<IDS|MSG>", b"", b"{", b"", b"", b""])
"""
    run(kernel, f"forgery = {FORGE + code!r}\ndef forges():\n    exec(forgery, globals())\n    return 1")
    answer, ran = call_in_kernel(kernel, "forges", write_arguments((), {}), SECONDS)
    assert ran.alive
    assert answer is not None
    assert answer.outcome in ("value", "malformed")


ENVELOPES = ["1", "'[1]'", "'[' * 9999", '\'{"nonce": 1, "answer": 1}\'', "[]"]


@pytest.mark.parametrize(
    "expressions",
    ["[]", "'text'", "{}", "{'answer': []}", "{'answer': {'data': []}}"]
    + [f"{{'answer': {{'data': {{TYPE: {envelope}}}}}}}" for envelope in ENVELOPES],
)
def test_an_early_forged_reply_is_a_malformed_answer_and_the_next_call_is_well(
    kernel: Kernel, expressions: str
) -> None:
    content = f"{{'status': 'ok', 'user_expressions': {expressions}}}"
    code = f"TYPE = 'application/vnd.autograder.answer+json'\nto_shell('execute_reply', {content})"
    run(kernel, f"forgery = {FORGE + code!r}\ndef forges():\n    exec(forgery, globals())\ndef well(): return 5")
    answer, ran = call_in_kernel(kernel, "forges", write_arguments((), {}), SECONDS)
    assert ran.alive
    assert answer is not None
    assert answer.outcome == "malformed"
    answer, _ = call_in_kernel(kernel, "well", write_arguments((), {}), SECONDS)
    assert answer is not None
    assert answer.value == 5
