"""Remembers the answers of references and misconceptions while many submissions are asked the same.

They answer a call from its document alone, random generators included, so the first answer holds for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from autograder.wire.calls import Answer, Request

# By whose answer it is, and to what; the owner is kept, too, for another one could get its id.
_Answers = dict[tuple[object, ...], tuple[object, Answer]]

_answers: ContextVar[_Answers | None] = ContextVar("answers", default=None)


@contextmanager
def answers_remembered() -> Iterator[None]:
    """Within, ask each reference and each misconception once for each call."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def remembered(owner: object, request: Request, ask: Callable[[], Answer]) -> Answer:
    """The answer of `owner` to a request: from memory if it is there, else by ``ask()``."""
    answers = _answers.get()
    if answers is None:
        return ask()
    key = (id(owner), request.function, request.document, *sorted(request.stand_ins.items()))
    if key not in answers:
        answers[key] = owner, ask()
    return answers[key][1]
