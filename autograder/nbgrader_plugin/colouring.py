"""How the code of a page that nbgrader makes gets its colours: in the quarantine, and none if that takes too long."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from autograder.intake.quarantine import ReadingFailed, TooMuch, in_quarantine
from autograder.source_code.colours import coloured, plain

# Of a page: seconds, and characters of code; what goes beyond has no colours.
PAGE_SECONDS = 3.0
PAGE_CHARACTERS = 100_000
CELL_SECONDS = 1.0


@pass_context
def highlight_code(
    context: Context, source: str, language: str | None = None, metadata: Mapping[str, Any] | None = None
) -> str:
    """Nbconvert's filter of this name, for one cell of a page."""
    about = context["nb"].metadata.get("language_info", {})
    language = language or about.get("pygments_lexer", about.get("name")) or "ipython3"
    if language.startswith("ipython") and metadata:
        language = metadata.get("magics_language", language)
    left = context["resources"].setdefault(
        "autograder_colouring", {"seconds": PAGE_SECONDS, "characters": PAGE_CHARACTERS}
    )
    if left["seconds"] <= 0 or len(source) > left["characters"]:
        return plain(source, language)
    left["characters"] -= len(source)
    start = time.monotonic()
    try:
        return in_quarantine(coloured, source, language, seconds=min(CELL_SECONDS, left["seconds"]))
    except (TooMuch, ReadingFailed):
        return plain(source, language)
    finally:
        left["seconds"] -= time.monotonic() - start
