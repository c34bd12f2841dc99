"""The filters through which texts go into a page that nbgrader makes, as nbconvert's own but bounded in time."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from typing import Any

import bleach
from bleach.css_sanitizer import CSSSanitizer
from jinja2 import pass_context
from jinja2.runtime import Context

from autograder.intake.quarantine import ReadingFailed, TooMuch, in_quarantine
from autograder.source_code.colours import coloured, plain

_TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em", "hr", "i", "li"),
    *("ol", "p", "pre", "s", "section", "span", "strong", "sub", "summary", "sup", "ul"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "table", "tbody", "td", "th", "thead", "tr"),
}
_ATTRIBUTES = {
    "*": ["aria-label", "class", "id", "style"],
    **{"a": ["href", "title"], "abbr": ["title"], "ol": ["start"], "pre": ["tabindex"], "th": ["scope"]},
}
_STYLES = {
    *("border-left", "color", "cursor", "display", "font-size", "list-style", "margin", "margin-top", "overflow-wrap"),
    *("overflow-x", "padding", "text-align", "white-space"),
}
# Where the old notebook server had its files.
_FILES = re.compile(r"(src|href)=(['\"]?)/?files/")
# For the colours of a page: seconds, and characters of code; what goes beyond has no colours.
PAGE_SECONDS = 3.0
PAGE_CHARACTERS = 100_000
CELL_SECONDS = 1.0


@pass_context
def highlight_code(
    context: Context, source: str, language: str | None = None, metadata: Mapping[str, Any] | None = None
) -> str:
    """A cell's code with its colours, in the quarantine; without them if that takes too long."""
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


def clean_html(html: object) -> str:
    """HTML with such tags, attributes and styles alone as notes and panels have; nbconvert's own folds nothing."""
    text = html.decode(errors="replace") if isinstance(html, bytes) else str(html)
    return str(bleach.clean(text, tags=_TAGS, attributes=_ATTRIBUTES, css_sanitizer=CSSSanitizer(_STYLES)))


def strip_files_prefix(text: str) -> str:
    """A note as HTML without the prefix ``files/`` in its links, whose time nbconvert lets grow with a note's cube."""
    return _FILES.sub(r"\1=\2", text)
