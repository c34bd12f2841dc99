"""A cell's outputs are bounded plain text and newly encoded pictures, whatever the kernel sent."""

from __future__ import annotations

import base64
import io
import zlib
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from autograder.grading.outputs import ALT_CHARACTERS, CHUNKS, PICTURES, Room, plain_outputs, plain_picture
from autograder.limits import Limits
from autograder.plain_text import plain_text

LIMITS = Limits()
SCRIPT = "<script>alert(1)</script>"


def png(size: tuple[int, int] = (3, 2), mode: str = "RGB", **options: Any) -> str:
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, format=options.pop("format", "PNG"), **options)
    return base64.b64encode(buffer.getvalue()).decode()


def claiming(width: int, height: int) -> str:
    """A small PNG whose header claims to be of this size."""
    data = bytearray(base64.b64decode(png()))
    data[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    return base64.b64encode(bytes(data)).decode()


def stream(text: object) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": text}


def display(**data: object) -> dict[str, Any]:
    return {"output_type": "display_data", "data": {name.replace("_", "/", 1): value for name, value in data.items()}}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[2J\x1b[1;1Hx", "x"),
        ("\x1b]0;title\x07x", "x"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b\x1b[0m[31mx", "\N{REPLACEMENT CHARACTER}[31mx"),
        ("a\r\nb\rc\td", "a\nb\nc\td"),
        ("a\x00\x08\x9b\x7f", "a" + 4 * "\N{REPLACEMENT CHARACTER}"),
        ("\ud800", "?"),
        (None, ""),
        ([1], ""),
    ],
)
def test_text_has_no_escapes_control_characters_or_half_surrogates(text: object, plain: str) -> None:
    assert plain_text(text) == plain


@given(st.text(st.sampled_from("\x1b[]0;\x07\\mJ\x9b\r\n\ud800a?")))
def test_no_text_keeps_an_escape(text: str) -> None:
    plain = plain_text(text)
    assert "\x1b" not in plain
    assert plain.replace("\n", "").isprintable()


def test_a_picture_is_encoded_again_without_its_metadata() -> None:
    metadata = PngInfo()
    metadata.add_text("onerror", SCRIPT, zip=True)
    metadata.add_itxt("Comment", SCRIPT)
    metadata.add(b"eXIf", SCRIPT.encode())
    before = png(pnginfo=metadata)
    after = base64.b64decode(plain_picture(before) or "")
    assert b"onerror" in base64.b64decode(before)
    assert b"script" not in after
    assert {
        after[i - 4 : i] for i in range(4, len(after)) if after[i - 4 : i] in (b"tEXt", b"zTXt", b"iTXt", b"eXIf")
    } == set()
    with Image.open(io.BytesIO(after)) as picture:
        assert (picture.size, picture.info) == ((3, 2), {})
    assert base64.b64decode(plain_picture(before + "\n") or "") == after


@pytest.mark.parametrize(
    ("about", "kept"),
    [
        ({"alt": "Two\x1b[31m points", "width": 2, "height": 1}, {"alt": "Two points", "width": 2, "height": 1}),
        ({"width": 3, "height": 2_000_000_000}, {"alt": "a picture", "width": 3}),
        ({"width": True, "height": "1"}, {"alt": "a picture"}),
        ({"width": 0, "height": -1, "alt": ["x"], "onerror": SCRIPT}, {"alt": "a picture"}),
        ({"alt": "x" * 100_000}, {"alt": "x" * ALT_CHARACTERS}),
        (None, {"alt": "a picture"}),
        ([1], {"alt": "a picture"}),
    ],
)
def test_a_picture_keeps_its_description_and_a_smaller_size(about: object, kept: dict[str, object]) -> None:
    [output] = plain_outputs([{**display(image_png=png()), "metadata": {"image/png": about}}], Limits())
    assert output.metadata == {"image/png": kept}
    assert output.data["text/plain"] == kept["alt"]


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "I;16"])
def test_every_kind_of_png_is_a_picture(mode: str) -> None:
    assert plain_picture(png(mode=mode))


@pytest.mark.parametrize(
    "data",
    [
        None,
        1,
        ["a"],
        "",
        "?",
        "AAAA",
        png(format="JPEG"),
        png(format="GIF"),
        claiming(30_000, 30_000),
        claiming(4_001, 4_000),
        claiming(0, 0),
        claiming(2**31 - 1, 2**31 - 1),
        png()[:60],
        base64.b64encode(SCRIPT.encode()).decode(),
    ],
)
def test_anything_but_a_png_of_a_bounded_size_is_left_out(data: object) -> None:
    assert plain_picture(data) is None


@pytest.mark.parametrize(("chunks", "shown"), [(100, True), (CHUNKS, False)])
def test_a_picture_of_very_many_parts_is_not_looked_at(chunks: int, shown: bool) -> None:
    data = base64.b64decode(png())
    part = bytes(4) + b"abCd" + zlib.crc32(b"abCd").to_bytes(4, "big")
    assert (plain_picture(base64.b64encode(data[:33] + part * chunks + data[33:]).decode()) is not None) == shown


def test_of_a_text_no_more_is_read_than_may_be_kept_of_it() -> None:
    text = "\x1b[31m" * 2_000_000 + "the end"
    assert [output.text for output in plain_outputs([stream(text)], LIMITS)] == ["\n… the rest was left out"]


def test_only_text_and_pictures_are_left_of_a_display() -> None:
    rich = display(
        text_html=SCRIPT, text_plain="plain", image_svg=SCRIPT, text_latex=SCRIPT, application_javascript="x"
    )
    both = display(text_html=SCRIPT, text_plain="plain", image_png=png())
    first, second, third = plain_outputs([rich, both, display(text_html=SCRIPT)], LIMITS)
    assert first.data == {"text/plain": "plain"}
    assert set(second.data) == {"image/png", "text/plain"}
    assert third.data == {"text/plain": ""}
    assert [output.metadata for output in (first, second, third)] == [{}, {"image/png": {"alt": "a picture"}}, {}]


def test_text_is_bounded_for_the_whole_cell() -> None:
    error = {
        "output_type": "error",
        "ename": "E" * 999,
        "evalue": "v" * 9_999,
        "text": "\n".join("t" * 99 for _ in range(999)),
    }
    outputs = [stream("a" * 60), display(text_plain="b" * 60), stream("c" * 60), error]
    plain = plain_outputs(outputs, Limits(kept_bytes=100))
    assert [plain[0].text, plain[1].data["text/plain"]] == ["a" * 60, "b" * 40 + "\n… the rest was left out"]
    assert len(plain) == 2
    (short,) = plain_outputs([error], Limits(kept_bytes=250))
    assert (len(short.ename), len(short.evalue)) == (100, 1_000)
    assert sum(map(len, short.traceback)) < 300


def test_pictures_are_counted() -> None:
    plain = plain_outputs([display(image_png=png(), text_plain="x")] * (PICTURES + 5), LIMITS)
    assert sum("image/png" in output.data for output in plain) == PICTURES


STREAMS = st.builds(stream, st.text() | st.none() | st.integers())
DISPLAYS = st.builds(display, text_plain=st.none() | st.text(), image_png=st.none() | st.text())


@given(st.lists(STREAMS | DISPLAYS))
def test_outputs_of_any_form_become_ones_that_a_notebook_can_hold(outputs: list[dict[str, Any]]) -> None:
    cell = nbformat.v4.new_code_cell(outputs=plain_outputs(outputs, LIMITS), id="a")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    nbformat.validate(notebook)
    nbformat.writes(notebook).encode("utf-8")


def test_the_outputs_of_a_notebook_are_bounded_together() -> None:
    def pictures(room: Room) -> int:
        cells = [plain_outputs([display(image_png=png((10, 10)), text_plain="x")], LIMITS, room) for _ in range(8)]
        return sum("image/png" in output.data for cell in cells for output in cell)

    assert pictures(Room(pixels=350)) == 3
    assert 1 <= pictures(Room(picture_characters=3 * len(png((10, 10))))) <= 3
    room = Room(characters=1_000)
    texts = [plain_outputs([stream("y" * 300)], LIMITS, room) for _ in range(8)]
    assert sum(output.text.count("y") for cell in texts for output in cell) == 1_000
