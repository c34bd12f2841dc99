"""The released notebook in a student's own kernel: with stubs or answers it runs to its end, nothing red, nothing on stderr."""

from __future__ import annotations

import ast
import copy
import os
from collections.abc import Iterator

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from autograder.demo import Material
from autograder.lessons import find_lessons
from tests.conftest import LESSON, ROOT, WEEK
from tests.test_demo_class import FULL


def executed(notebook: NotebookNode, folder: os.PathLike[str]) -> NotebookNode:
    """The notebook run by nbclient, with the kernel that a student has; an error stops it."""
    run = copy.deepcopy(notebook)
    NotebookClient(run, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
    return run


@pytest.fixture(scope="module")
def with_stubs(tmp_path_factory: pytest.TempPathFactory) -> NotebookNode:
    path = ROOT / "release" / WEEK / f"{LESSON}.ipynb"
    return executed(nbformat.read(path, as_version=4), tmp_path_factory.mktemp("stubs"))


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> NotebookNode:
    path = ROOT / "source" / WEEK / f"{LESSON}.ipynb"
    return executed(nbformat.read(path, as_version=4), tmp_path_factory.mktemp("solved"))


def outputs(notebook: NotebookNode) -> Iterator[NotebookNode]:
    for cell in notebook.cells:
        yield from cell.get("outputs", [])


def panels(notebook: NotebookNode) -> dict[str, str]:
    """What each graded cell shows as text, by exercise: one display, and nothing else."""
    found = {}
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            (panel,) = cell.outputs
            assert panel.output_type == "display_data"
            found[cell.metadata.nbgrader.grade_id.removeprefix("check_")] = panel.data["text/plain"]
    return found


@pytest.mark.parametrize("version", ["with_stubs", "solved"])
def test_it_reaches_its_end_with_nothing_red_and_nothing_on_stderr(
    version: str, request: pytest.FixtureRequest
) -> None:
    notebook = request.getfixturevalue(version)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert {output.output_type for output in outputs(notebook)} <= {"display_data", "execute_result", "stream"}
    assert [output for output in outputs(notebook) if output.get("name") == "stderr"] == []
    assert not any("Warning" in str(output.get("text", "")) for output in outputs(notebook))


def test_with_stubs_every_exercise_is_not_attempted(with_stubs: NotebookNode) -> None:
    said = panels(with_stubs)
    assert set(said) == set(FULL)
    for exercise, text in said.items():
        assert text.startswith(f"{exercise}: not attempted"), text


def test_with_stubs_what_needs_an_answer_says_which_exercise_to_finish(with_stubs: NotebookNode) -> None:
    text = "".join(output.get("text", "") for output in outputs(with_stubs))
    for cell in with_stubs.cells:
        if cell.cell_type == "code" and "if ready(" in cell.source:
            exercise = cell.source.partition('if ready("')[2].partition('"')[0]
            assert exercise in FULL
            assert f"This part uses your own {exercise}. Finish that exercise first" in text


def test_solved_every_exercise_has_passed(solved: NotebookNode) -> None:
    said = panels(solved)
    assert set(said) == set(FULL)
    for exercise, text in said.items():
        assert text.startswith(f"{exercise}: passed."), text
        assert "✗" not in text
    assert not any("Finish that exercise first" in str(output.get("text", "")) for output in outputs(solved))


def test_a_picture_comes_with_and_without_answers(with_stubs: NotebookNode, solved: NotebookNode) -> None:
    drawn = [sum("image/png" in output.get("data", {}) for output in outputs(n)) for n in (with_stubs, solved)]
    assert 0 < drawn[0] < drawn[1]


def test_stubs_hold_nothing_but_a_docstring_and_the_placeholder(material: Material) -> None:
    for cell in material.release.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            (function,) = ast.parse(cell.source).body
            assert isinstance(function, ast.FunctionDef)
            assert function.name == cell.metadata.nbgrader.grade_id
            docstring, placeholder = function.body
            assert isinstance(docstring, ast.Expr)
            assert ast.unparse(placeholder) == "raise NotImplementedError('Replace this line with your answer.')"


def test_docstrings_name_what_is_graded(material: Material) -> None:
    stubs = {
        c.metadata.nbgrader.grade_id: c.source
        for c in material.release.cells
        if c.metadata.get("nbgrader", {}).get("solution")
    }
    hidden = material.lesson.hidden.read_text(encoding="utf-8") + material.lesson.public.read_text(encoding="utf-8")
    for name, stub in stubs.items():
        (function,) = ast.parse(stub).body
        assert isinstance(function, ast.FunctionDef)
        text = ast.get_docstring(function) or ""
        for section in ("Parameters\n---", "Returns\n---", "Examples\n---", f">>> {name}("):
            assert section in text or (section.startswith(">>>") and f"{name}(" in text), (name, section)
        described = text.partition("Parameters\n---")[2].partition("Returns\n---")[0]
        for argument in function.args.args:
            assert argument.arg in described, (name, argument.arg)
        raises = any(
            f"submission.{name}" in part and "assert_raises_value_error" in part
            for part in hidden.split("@checks(")[1:]
        )
        assert ("Raises\n---" in text and "ValueError" in text) == raises, name


def test_the_release_is_of_the_course_and_says_how_to_get_the_package() -> None:
    for lesson in find_lessons(ROOT):
        path = ROOT / "release" / lesson.week / f"{lesson.name}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        setup = next(cell.source for cell in notebook.cells if cell.cell_type == "code")
        assert "intro_dl_kit" in setup
        assert "{{" not in setup
        assert [c.outputs for c in notebook.cells if c.cell_type == "code" and c.outputs] == []
        assert [c.id for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade")] == [
            e.check_id for e in lesson.exercises
        ]
