"""The digest of a hand-in: it changes with whatever a student changes, and nothing that lies there stops it."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.intake import hand_in
from autograder.intake.hand_in import digest_of_folder
from autograder.limits import Limits

LIMITS = Limits(file_bytes=1000)


def handed_in(folder: Path) -> Path:
    """A folder with two notebooks, data, a picture in a folder and a link."""
    (folder / "pictures").mkdir(parents=True)
    files = {"one.ipynb": "{}", "two.ipynb": "[]", "two.py": "x = 1", "data.csv": "1,2", "pictures/me.png": "me"}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    os.symlink("data.csv", folder / "link.csv")
    return folder


def digest(folder: Path) -> str:
    return digest_of_folder(folder, ["one", "two"], LIMITS)


def written(name: str, text: str) -> Callable[[Path], object]:
    def write(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")

    return write


def bound(path: Path) -> None:
    """A socket, by a short path: longer ones have no address."""
    here = os.getcwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(here)


CHANGES: dict[str, Callable[[Path], object]] = {
    "one notebook": written("one.ipynb", "[]"),
    "the other notebook": written("two.ipynb", "{}"),
    "a script": written("two.py", "x = 2"),
    "a data file": written("data.csv", "2,1"),
    "a new data file": written("more.csv", ""),
    "a new file that nobody reads": written("more.bin", ""),
    "its size": written("pictures/me.png", "us!"),
    "a new name deep below": written("pictures/a/b/c/d", ""),
    "an empty folder": lambda folder: (folder / "empty").mkdir(),
    "a name that is no text": lambda folder: (Path(os.fsdecode(os.fsencode(folder) + b"/\xff.bin"))).touch(),
    "a name with a newline": lambda folder: (folder / "a\nb").touch(),
    "another name": lambda folder: (folder / "data.csv").rename(folder / "datum.csv"),
    "a file taken away": lambda folder: (folder / "two.ipynb").unlink(),
    "a link to elsewhere": lambda folder: (
        (folder / "link.csv").unlink(),
        os.symlink("one.ipynb", folder / "link.csv"),
    ),
    "a file in place of a link": lambda folder: ((folder / "link.csv").unlink(), written("link.csv", "1,2")(folder)),
    "a pipe in place of a notebook": lambda folder: ((folder / "one.ipynb").unlink(), os.mkfifo(folder / "one.ipynb")),
    "a socket": lambda folder: bound(folder / "socket"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_a_student_changes_changes_it(change: Callable[[Path], object], tmp_path: Path) -> None:
    folder = handed_in(tmp_path / "ada")
    before = digest(folder)
    change(folder)
    after = digest(folder)
    assert after != before
    assert after == digest(folder)


def test_a_copy_elsewhere_has_the_same(tmp_path: Path) -> None:
    folder = handed_in(tmp_path / "ada")
    shutil.copytree(folder, tmp_path / "copy", symlinks=True)
    os.utime(tmp_path / "copy" / "one.ipynb", (1, 1))
    assert digest(tmp_path / "copy") == digest(folder)


@pytest.mark.parametrize("name", ["timestamp.txt", "timestamp.txt.unreadable"])
def test_what_nbgrader_and_the_exporter_write_changes_nothing(name: str, tmp_path: Path) -> None:
    folder = handed_in(tmp_path / "ada")
    before = digest(folder)
    (folder / name).write_text("2026-01-01 00:00:00 UTC", encoding="utf-8")
    assert digest(folder) == before
    (folder / "pictures" / name).touch()
    assert digest(folder) != before


def test_a_large_file_counts_by_name_and_size_without_being_read(tmp_path: Path) -> None:
    folder = handed_in(tmp_path / "ada")
    seen = set()
    for size in (2**40, 2**40 + 1):
        with (folder / "two.ipynb").open("wb") as file:
            file.truncate(size)
        seen.add(digest(folder))
    assert len(seen) == 2


def test_no_link_is_followed(tmp_path: Path) -> None:
    folder = handed_in(tmp_path / "ada")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    os.symlink(elsewhere, folder / "folder")
    os.symlink(elsewhere / "file", folder / "data.json")
    before = digest(folder)
    (elsewhere / "file").write_text("1", encoding="utf-8")
    assert digest(folder) == before


def test_too_many_files_leave_the_contents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hand_in, "MANY_ENTRIES", 5)
    folder = handed_in(tmp_path / "ada")
    before = digest(folder)
    (folder / "more.bin").touch()
    assert digest(folder) == before
    written("two.ipynb", "{}")(folder)
    assert digest(folder) != before


def test_no_folder_and_a_file_in_its_place_have_digests(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert len({digest(tmp_path / "none"), digest(tmp_path / "file"), digest(handed_in(tmp_path / "ada"))}) >= 2


def test_what_lies_too_deep_is_no_fault(tmp_path: Path) -> None:
    folder = handed_in(tmp_path / "ada")
    before = digest(folder)
    here = os.getcwd()
    os.chdir(folder)
    try:
        for _ in range(30):
            os.mkdir("d" * 200)
            os.chdir("d" * 200)
    finally:
        os.chdir(here)
    assert digest(folder) == digest(folder) != before
