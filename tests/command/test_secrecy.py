"""What students get (wheel, release, assignments) has no model answer, hidden check or misconception's code."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import nbformat
import pytest

from autograder.lessons.course import find_lessons
from tests.support.course import ROOT, WEEK
from tests.support.real_lesson import LESSON

# A shorter body is no secret: `return z`.
SHORTEST_SECRET = 60


@dataclass(frozen=True)
class Secret:
    """A function's body that students may not have: as text without blanks, as the dumps of its statements."""

    where: str
    code: str
    text: str
    statements: tuple[str, ...]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the wheel that students install, by name; built from a copy of this very folder."""
    folder = tmp_path_factory.mktemp("wheel")
    ignored = shutil.ignore_patterns(".*", "build", "dist", "*.egg-info", "__pycache__", "classroom")
    shutil.copytree(ROOT, folder / "course", ignore=ignored)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "course")], check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def published(wheel: dict[str, bytes]) -> dict[str, str]:
    """Every piece of text that students get, by where it is."""
    files = dict(wheel)
    for tree in ("release", "assignments"):
        files |= {str(p.relative_to(ROOT)): p.read_bytes() for p in (ROOT / tree).rglob("*.*") if p.is_file()}
    return {f"{name} {part}": text for name, data in files.items() for part, text in pieces(name, data)}


@pytest.fixture(scope="module")
def secrets() -> list[Secret]:
    """Every function body of the lessons' solution cells, hidden checks, misconceptions and also-correct answers."""
    secrets = []
    for lesson in find_lessons(ROOT):
        cells = [c.source for c in lesson.notebook().cells if c.metadata.get("nbgrader", {}).get("solution")]
        files = [
            path.read_text(encoding="utf-8")
            for path in sorted(lesson.folder.glob("*.py"))
            if path not in (lesson.script, lesson.public)
        ]
        for source in [*cells, *files]:
            secrets += [s for s in secrets_of(source, lesson.name) if len(s.text) >= SHORTEST_SECRET]
    return secrets


def pieces(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """The texts in a file: a notebook's cells, a JSON's strings, else the whole."""
    text = data.decode("utf-8", "replace")
    if name.endswith(".ipynb"):
        for cell in nbformat.reads(text, as_version=4).cells:
            yield cell.id, cell.source
    elif name.endswith(".json"):
        yield from ((str(number), part) for number, part in enumerate(strings(json.loads(text))))
    yield "whole", text


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in [*value, *(value.values() if isinstance(value, dict) else ())]:
            yield from strings(part)


def secrets_of(source: str, where: str) -> Iterator[Secret]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            body = without_docstring(node.body)
            lines = [ast.get_source_segment(source, statement) or "" for statement in body]
            code = "\n".join(ast.unparse(statement) for statement in body)
            yield Secret(f"{where}: {node.name}", code, blankless("".join(lines)), dumps(body))


def without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    return [s for s in body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]


def blankless(text: str) -> str:
    return re.sub(r"\s+", "", text)


def dumps(body: list[ast.stmt]) -> tuple[str, ...]:
    return tuple(ast.dump(statement) for statement in body)


def blocks(text: str) -> Iterator[tuple[str, ...]]:
    """The dumps of every block of statements in a text, where it is Python."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return
    for node in ast.walk(tree):
        for field in ("body", "orelse", "finalbody"):
            if isinstance(block := getattr(node, field, None), list):
                yield dumps(without_docstring(block))


def leaks(secrets: list[Secret], published: dict[str, str]) -> list[str]:
    """Which secret is where, as text without blanks or as the same statements.

    Secrets are looked up, by how their texts start and by their statements: there are many of them, and many texts.
    """
    starting, consisting = defaultdict(list), defaultdict(list)
    for secret in secrets:
        starting[secret.text[:SHORTEST_SECRET]].append(secret)
        consisting[secret.statements].append(secret)
    lengths = set(map(len, consisting))
    leaked = []
    for where, text in published.items():
        bare = blankless(text)
        starts = {bare[i : i + SHORTEST_SECRET] for i in range(len(bare) - SHORTEST_SECRET + 1)}
        parts = {block[i : i + n] for block in blocks(text) for n in lengths for i in range(len(block) - n + 1)}
        seen = {secret for start in starts & starting.keys() for secret in starting[start] if secret.text in bare}
        seen |= {secret for part in parts & consisting.keys() for secret in consisting[part]}
        leaked += [f"{secret.where} in {where}" for secret in seen]
    return leaked


def test_what_students_get_has_no_secret(secrets: list[Secret], published: dict[str, str]) -> None:
    assert len(secrets) > 60
    assert leaks(secrets, published) == []


def test_all_that_students_get_was_looked_at(published: dict[str, str]) -> None:
    places = "\n".join(published)
    for name in (
        "autograder/checks/run.py",
        f"autograder/course/{WEEK}/{LESSON}/record.json",
        f"{LESSON}/public.py",
        f"release/{WEEK}/{LESSON}.ipynb",
        f"assignments/{WEEK}/{LESSON}.py",
    ):
        assert name in places
    public = (ROOT / "solutions" / WEEK / LESSON / "public.py").read_text(encoding="utf-8")
    known = [s for s in secrets_of(public, "public") if len(s.text) >= SHORTEST_SECRET]
    assert len({leak.split(" in ")[0] for leak in leaks(known, published)}) == len({s.where for s in known})


def test_the_wheel_is_the_package_alone(wheel: dict[str, bytes]) -> None:
    tops = {name.split("/")[0] for name in wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"autograder"}
    assert not {"hidden.py", "misconceptions.py", "lesson.py", "oracles.py"} & {
        name.rsplit("/", 1)[-1] for name in wheel
    }
    assert not [name for name in wheel if name.endswith((".pyc", ".ipynb", ".db"))]


def test_no_also_correct_answer_or_symptom_is_named_to_students(published: dict[str, str]) -> None:
    words = {word for text in published.values() for word in re.findall(r"\w+", text)}
    names = {
        node.name
        for path in (ROOT / "solutions").glob("*/*/misconceptions.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and any("also_correct" in ast.dump(d) for d in node.decorator_list)
    }
    assert len(names) > 20
    assert names & words == set()


@pytest.mark.parametrize("kind", ["a module", "a cell", "a string", "a comment"])
def test_a_planted_secret_is_found(secrets: list[Secret], kind: str) -> None:
    for secret in secrets:
        function = "def innocent():\n" + "\n".join(f"  {line}" for line in secret.code.splitlines())
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(f"x = 1\nif x:\n {function}".replace("\n  ", "\n    "))]
        )
        name, data = {
            "a module": ("a.py", f"'''Module.'''\n\n{function}\n    # the end\n"),
            "a cell": ("a.ipynb", nbformat.writes(notebook)),
            "a string": ("a.json", json.dumps({"deep": [{"down": function}]})),
            "a comment": ("a.md", f"As in: {secret.text}"),
        }[kind]
        published = dict(pieces(name, data.encode()))
        assert leaks([secret], published), secret.where
