"""A file that is no notebook, or not plain, is ungradable and says so; of other files only plain data is taken."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest

from autograder.intake.data_files import data_files
from autograder.intake.rebuild import rebuild
from autograder.lessons.samples import Material
from autograder.limits import Limits

LIMITS = Limits()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "damaged"),
        ("{", "damaged"),
        (b"\xff\xfe\x00", "damaged"),
        ("[" * 100_000, "damaged"),
        ('{"a":' * 100_000, "damaged"),
        ("1" * 5_000, "damaged"),
        ("[]", "format 4"),
        ("null", "format 4"),
        ('{"nbformat": 3, "worksheets": []}', "format 3"),
        ('{"nbformat": 5, "cells": []}', "format 5"),
        ('{"nbformat": "4", "cells": []}', "format 4"),
        ('{"cells": []}', "format 4"),
        ('{"nbformat": 4, "cells": {}}', "format 4"),
        ('{"nbformat": [4], "cells": []}', "format 4"),
    ],
)
def test_a_file_that_is_no_notebook_is_ungradable_and_says_what_to_do(
    tmp_path: Path, material: Material, content: str | bytes, message: str
) -> None:
    path = tmp_path / "lesson.ipynb"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = rebuild(path, material.release, LIMITS)
    assert message in result.ungradable
    assert "hand it in again" in result.ungradable
    assert result.notebook == material.release


@pytest.mark.parametrize("content", [b"# %%\nx = 1 \xff\xfe", b"\x00" * 10, b"# ---\n# jupyter: [\n# ---\n", b""])
def test_a_script_of_any_bytes_does_no_harm(tmp_path: Path, material: Material, content: bytes) -> None:
    (tmp_path / "lesson.py").write_bytes(content)
    result = rebuild(tmp_path / "lesson.py", material.release, LIMITS)
    assert result.ungradable or list(result.not_attempted) == list(material.answers)


def test_a_byte_order_mark_and_format_4_as_a_float_are_harmless(tmp_path: Path, material: Material) -> None:
    text = nbformat.writes(material.notebook(material.answers))
    for content in ("\ufeff" + text, text.replace('"nbformat": 4', '"nbformat": 4.0')):
        (tmp_path / "lesson.ipynb").write_text(content, encoding="utf-8")
        result = rebuild(tmp_path / "lesson.ipynb", material.release, LIMITS)
        assert (result.ungradable, result.findings, result.not_attempted) == ("", [], {})


def test_a_file_that_is_not_plain_is_ungradable_and_never_waited_for(tmp_path: Path, material: Material) -> None:
    def why_ungradable(path: Path, limits: Limits = LIMITS) -> str:
        before = len(os.listdir("/proc/self/fd"))
        result = rebuild(path, material.release, limits)
        assert len(os.listdir("/proc/self/fd")) == before
        assert result.notebook == material.release
        return result.ungradable

    whole = tmp_path / "lesson.ipynb"
    whole.write_text(nbformat.writes(material.release), encoding="utf-8")
    (tmp_path / "link.ipynb").symlink_to(whole)
    os.mkfifo(tmp_path / "pipe.ipynb")
    (tmp_path / "folder.ipynb").mkdir()
    assert "not a link to it" in why_ungradable(tmp_path / "link.ipynb")
    assert "isn't a plain file" in why_ungradable(tmp_path / "pipe.ipynb")
    assert "isn't a plain file" in why_ungradable(tmp_path / "folder.ipynb")
    assert "was not handed in" in why_ungradable(tmp_path / "none.ipynb")
    assert "larger than" in why_ungradable(whole, Limits(file_bytes=1_000))


def test_only_plain_data_lies_beside_the_notebook(tmp_path: Path) -> None:
    for name in ("a.csv", "b.PNG", "c.py", "d.ipynb", "timestamp.txt", "index.html", ".hidden.csv", "large.csv"):
        (tmp_path / name).write_text("x" * (99 if name == "large.csv" else 1))
    (tmp_path / "link.csv").symlink_to(tmp_path / "a.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "folder.csv").mkdir()
    assert [path.name for path in data_files(tmp_path, Limits(file_bytes=50))] == ["a.csv", "b.PNG"]
