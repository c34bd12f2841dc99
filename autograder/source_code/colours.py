"""The colours of code: a cell as HTML, by Pygments, whose time may grow with the square of the cell's length."""

from __future__ import annotations

from html import escape

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import TextLexer, get_lexer_by_name
from pygments.util import ClassNotFound


def coloured(code: str, language: str) -> str:
    """What nbconvert's own filter makes of a cell."""
    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        lexer = TextLexer()
    return str(highlight(code or " ", lexer, HtmlFormatter(cssclass=escape(f" highlight hl-{language}"))))


def plain(code: str, language: str) -> str:
    """The same without colours."""
    kind, text = escape(f" highlight hl-{language}"), escape(code.strip("\n"))
    return f'<div class="{kind}"><pre><span></span>{text}\n</pre></div>\n'
