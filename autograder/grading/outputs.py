"""Makes the outputs of students' cells safe to show: bounded plain text and re-encoded PNG pictures, nothing else.

A kernel's outputs cannot be trusted. Text is escaped by whatever shows it; HTML, scripts, SVG, LaTeX, picture metadata
and terminal escapes are dropped here.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output
from PIL import Image

from autograder.limits import Limits
from autograder.plain_text import plain_text

PICTURE_PIXELS = 16_000_000
# This level takes a quarter of the time, and drawings, which notebooks mostly show, become hardly larger.
QUICK = 2
PICTURES = 20
# Of a PNG: Pillow takes three microseconds for each, however empty it is.
CHUNKS = 10_000
# Of a picture's description in words.
ALT_CHARACTERS = 1_000
# How many characters are read for each that may be kept: colours and the like are left out.
READ_FOR_ONE = 50


@dataclass
class Room:
    """How much output of a notebook, all its cells together, may still be kept; ``pixels`` bounds the decoding time."""

    pixels: int = 150_000_000
    picture_characters: int = 30_000_000
    characters: int = 1_000_000


def plain_outputs(outputs: Iterable[dict[str, Any]], limits: Limits, room: Room | None = None) -> list[NotebookNode]:
    """The outputs of a cell, made plain; what is kept is deducted from its notebook's `room`."""
    plain: list[NotebookNode] = []
    room = room or Room()
    left = allowed = min(limits.kept_bytes, room.characters)
    pictures = 0
    for output in outputs:
        kind = output["output_type"]
        if kind == "display_data":
            picture = _picture_within(room, output) if pictures < PICTURES else None
            if picture is not None:
                pictures += 1
                plain.append(picture)
                continue
        if left <= 0:
            continue
        if kind == "stream":
            text, left = _bounded(output["text"], left)
            plain.append(new_output("stream", name=output["name"], text=text))
        elif kind == "display_data":
            text, left = _bounded(output["data"].get("text/plain", ""), left)
            plain.append(new_output("display_data", data={"text/plain": text}))
        elif kind == "error":
            text, left = _bounded(output["text"], left)
            name, value = plain_text(output["ename"])[:100], plain_text(output["evalue"])[:1_000]
            plain.append(new_output("error", ename=name, evalue=value, traceback=text.split("\n")))
    room.characters -= allowed - left
    return plain


def plain_picture(data: object, most_pixels: int = PICTURE_PIXELS) -> str | None:
    """A PNG as base64, decoded and encoded again without metadata; None if it is not a picture or too large."""
    pixels = _opened(data, most_pixels)
    return None if pixels is None else _encoded(pixels)


def _picture_within(room: Room, output: dict[str, Any]) -> NotebookNode | None:
    data = output["data"].get("image/png")
    pixels = _opened(data, min(PICTURE_PIXELS, room.pixels)) if data is not None else None
    if pixels is None:
        return None
    room.pixels -= pixels.width * pixels.height
    picture = _encoded(pixels)
    if len(picture) > room.picture_characters:
        return None
    room.picture_characters -= len(picture)
    words, size = _as_shown(output.get("metadata", {}).get("image/png"), pixels)
    data = {"image/png": picture, "text/plain": words}
    return new_output("display_data", data=data, metadata={"image/png": {"alt": words, **size}})


def _as_shown(about: object, pixels: Image.Image) -> tuple[str, dict[str, int]]:
    """A picture in words, and the size at which a notebook shows it, if that is smaller than the picture itself."""
    about = about if isinstance(about, dict) else {}
    words = about.get("alt")
    words = " ".join(plain_text(words[:ALT_CHARACTERS]).split()) if isinstance(words, str) else ""
    size = {name: about.get(name) for name in ("width", "height")}
    whole = {name: side for name, side in size.items() if type(side) is int and 0 < side <= getattr(pixels, name)}
    return words or "a picture", whole


def _opened(data: object, most_pixels: int) -> Image.Image | None:
    if not isinstance(data, str):
        return None
    try:
        png = base64.b64decode(data)
        if _has_many_chunks(png):
            return None
        with Image.open(io.BytesIO(png), formats=["PNG"]) as picture:
            return picture.convert("RGBA") if picture.width * picture.height <= most_pixels else None
    except Exception:  # a hostile picture may fail in any way
        return None


def _has_many_chunks(png: bytes) -> bool:
    at = 8
    for _ in range(CHUNKS):
        if at >= len(png):
            return False
        at += 12 + int.from_bytes(png[at : at + 4], "big")
    return True


def _encoded(pixels: Image.Image) -> str:
    buffer = io.BytesIO()
    pixels.save(buffer, format="PNG", compress_level=QUICK)
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def _bounded(text: object, left: int) -> tuple[str, int]:
    most = READ_FOR_ONE * left
    plain = plain_text(text[:most]) if isinstance(text, str) else ""
    if len(plain) > left or (isinstance(text, str) and len(text) > most):
        return plain[:left] + "\n… the rest was left out", 0
    return plain, left - len(plain)
