"""Makes students' texts and names plain: no terminal escapes, control characters or signs that hide or reorder text."""

from __future__ import annotations

import re

# Control characters, and those that change the writing direction or are invisible: a reader would see other code than
# what runs. Joiners stay between letters and emoji that need them, variation signs after any sign.
CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028"
    r"\u2029\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0000-\U000e0fff]|(?<![^\x00-\x7f])[\u200c\u200d]"
)
# Harmless in a text, where emoji need some of them; a name with one looks like another name.
BLANK = re.compile(r"[\u2800\ufe00-\ufe0f]")
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-_]")


def clean_text(text: str) -> str:
    """The text without lone surrogates and signs that control pages, terminals and the writing direction."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.encode("utf-8", "replace").decode("utf-8"))


def plain_text(text: object) -> str:
    """The text cleaned and without terminal escapes; an empty one for anything that is not a str."""
    return clean_text(ESCAPES.sub("", text)) if isinstance(text, str) else ""


def is_visible(character: str) -> bool:
    """Whether a character shows, and shows where it stands: a letter, a sign or a plain space."""
    return character.isprintable() and not CONTROL.match(character) and not BLANK.match(character)


def printable(text: object) -> str:
    r"""The text on one line, for a terminal or a log: what does not show is written as its escape, such as ``\n``."""
    return "".join(c if is_visible(c) else _escape(c) for c in str(text))


def printable_lines(text: object) -> str:
    """The same for a text of several lines, which stay."""
    return "\n".join(printable(line) for line in str(text).split("\n"))


def _escape(character: str) -> str:
    # How Python reads a byte of a file's name that is not UTF-8.
    byte = ord(character) - 0xDC00 if "\udc80" <= character <= "\udcff" else None
    return character.encode("unicode_escape").decode() if byte is None else f"\\x{byte:02x}"
