"""What a feedback page would do in a reader's browser, beyond what an honest student's page does."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

MOST_BYTES = 20_000_000
_ACTIVE = {
    "script",
    "iframe",
    "frame",
    "object",
    "embed",
    "applet",
    "form",
    "button",
    "input",
    "meta",
    "link",
    "base",
    "svg",
    "math",
    "style",
    "video",
    "audio",
    "source",
    "template",
    "portal",
}
_ADDRESSES = {
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "poster",
    "srcset",
    "background",
    "xlink:href",
    "ping",
    "cite",
}
# What the page's own typesetting turns into links, colours and boxes, outside of these elements.
_FORMULAS = ("$", "\\(", "\\[", "\\begin", "\\href")
# What turns the direction of writing around, or hides.
_TURNING = "\xad\u034f\u061c\u115f\u180e\u200e\u200f\u2060\u3164\uffa0\ufff9\u200b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\U000e0041"
_PLAIN = {"pre", "code", "script", "style", "textarea", "ignored"}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.effects: Counter[str] = Counter()
        self._tags: list[str] = []
        self._open: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._script = tag == "script"
        self._open.append("ignored" if "tex2jax_ignore" in values.get("class", "") else tag)
        self._tags.append(tag)
        if tag in _ACTIVE:
            self.effects[f"<{tag}>"] += 1
        for name, value in values.items():
            if (
                name.startswith("on")
                or (name in _ADDRESSES and not value.startswith(("#", "data:image/png;base64,")))
                or (name in ("style", "class", "id") and ("position" in value or "panel-heading" in value))
            ):
                self.effects[f"{tag} {name}={value[:60]}"] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in self._tags:
            while self._tags.pop() != tag:
                self._open.pop()
            self._open.pop()
        self._script = False

    def handle_data(self, data: str) -> None:
        for sign in _TURNING:
            self.effects[f"the sign U+{ord(sign):04X}"] += sign in data
        if self._script:
            self.effects[f"script {data[:60]!r}"] += 1
        elif not _PLAIN & set(self._open):
            for formula in _FORMULAS:
                self.effects[f"formula {formula}"] += formula in data


def of_page(path: Path) -> Counter[str]:
    """What in a page does something by itself, or when it is clicked."""
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page.effects


def beyond(path: Path, honest: Counter[str]) -> list[str]:
    """What a page has beyond an honest one."""
    if path.stat().st_size > MOST_BYTES:
        return [f"a page of {path.stat().st_size:,} bytes"]
    return sorted((of_page(path) - honest).keys())
