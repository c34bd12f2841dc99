"""Makes students' texts plain: without terminal escapes, control characters and signs that hide or reorder text."""

from __future__ import annotations

import re

# Control characters, and those that change the writing direction or are invisible: a reader would see other code than
# what runs.
CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-_]")


def clean_text(text: str) -> str:
    """The text without lone surrogates and signs that control pages, terminals and the writing direction."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.encode("utf-8", "replace").decode("utf-8"))


def plain_text(text: object) -> str:
    """The text cleaned and without terminal escapes; an empty one for anything that is not a str."""
    return clean_text(ESCAPES.sub("", text)) if isinstance(text, str) else ""
