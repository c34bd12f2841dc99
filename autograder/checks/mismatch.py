"""`Mismatch`, the exception for an answer that is not what was asked for, with what the student reads about it."""

from __future__ import annotations


class Mismatch(AssertionError):
    """An answer that is not what was asked for.

    Parameters
    ----------
    words
        What is wrong, in sentences that show none of the check's values: safe for hidden checks.
    detail
        The same with the answer's and the expected values, for public checks; `words` by default.
    kind
        Which step failed: missing, arity, error, type, shape, dtype, nan, value or rule.

    ``compared`` says whether the answer was compared with the reference's.
    """

    compared = False

    def __init__(self, words: str, detail: str = "", kind: str = "rule") -> None:
        super().__init__(detail or words)
        self.words = words
        self.detail = detail or words
        self.kind = kind


def require(condition: object, words: str, detail: str = "", *, kind: str = "rule") -> None:
    """Raise `Mismatch` with these sentences unless `condition` holds."""
    if not condition:
        raise Mismatch(words, detail, kind)
