"""Every released notebook, with stubs or answers, runs in a student's kernel to its end, without errors or stderr."""

from __future__ import annotations

import ast
import copy
import os
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from autograder.lessons.course import Lesson, find_lessons
from tests.support.course import ROOT

LESSONS = find_lessons(ROOT)
PLACEHOLDER = "raise NotImplementedError('Replace this line with your answer.')"


def executed(notebook: NotebookNode, folder: os.PathLike[str]) -> NotebookNode:
    """The notebook run by nbclient, with the kernel that a student has; an error stops it."""
    run = copy.deepcopy(notebook)
    NotebookClient(run, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
    return run


def notebook_in(tree: str, lesson: Lesson) -> NotebookNode:
    return nbformat.read(ROOT / tree / lesson.week / f"{lesson.name}.ipynb", as_version=4)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Lesson], NotebookNode]:
    """Runs a lesson's notebook of a tree, each once."""

    @cache
    def ran(tree: str, lesson: Lesson) -> NotebookNode:
        return executed(notebook_in(tree, lesson), tmp_path_factory.mktemp(f"{tree}-{lesson.name}"))

    return ran


@pytest.fixture(params=LESSONS, ids=lambda lesson: lesson.name)
def lesson(request: pytest.FixtureRequest) -> Lesson:
    return request.param


@pytest.fixture
def with_stubs(run: Callable[[str, Lesson], NotebookNode], lesson: Lesson) -> NotebookNode:
    return run("release", lesson)


@pytest.fixture
def solved(run: Callable[[str, Lesson], NotebookNode], lesson: Lesson) -> NotebookNode:
    return run("source", lesson)


def names(lesson: Lesson) -> set[str]:
    return {exercise.name for exercise in lesson.exercises}


def outputs(notebook: NotebookNode) -> Iterator[NotebookNode]:
    for cell in notebook.cells:
        yield from cell.get("outputs", [])


def panels(notebook: NotebookNode) -> dict[str, str]:
    """The text of each graded cell's only output, its panel, by exercise."""
    texts = {}
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            (panel,) = cell.outputs
            assert panel.output_type == "display_data"
            texts[cell.metadata.nbgrader.grade_id.removeprefix("check_")] = panel.data["text/plain"]
    return texts


@pytest.mark.parametrize("tree", ["release", "source"])
def test_it_runs_to_its_end_without_errors_or_stderr(
    tree: str, lesson: Lesson, run: Callable[[str, Lesson], NotebookNode]
) -> None:
    notebook = run(tree, lesson)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert {output.output_type for output in outputs(notebook)} <= {"display_data", "execute_result", "stream"}
    assert [output for output in outputs(notebook) if output.get("name") == "stderr"] == []
    assert not any("Warning" in str(output.get("text", "")) for output in outputs(notebook))


def test_with_stubs_every_exercise_is_not_attempted(with_stubs: NotebookNode, lesson: Lesson) -> None:
    texts = panels(with_stubs)
    assert set(texts) == names(lesson)
    for exercise, text in texts.items():
        assert text.startswith(f"{exercise}: not attempted"), text


def test_with_stubs_what_needs_an_answer_says_which_exercise_to_finish(
    with_stubs: NotebookNode, lesson: Lesson
) -> None:
    text = "".join(output.get("text", "") for output in outputs(with_stubs))
    for cell in with_stubs.cells:
        if cell.cell_type == "code" and "if ready(" in cell.source:
            exercise = cell.source.partition('if ready("')[2].partition('"')[0]
            assert exercise in names(lesson)
            assert f"This part uses your own {exercise}. Finish that exercise first" in text


def test_with_answers_every_exercise_has_passed(solved: NotebookNode, lesson: Lesson) -> None:
    texts = panels(solved)
    assert set(texts) == names(lesson)
    for exercise, text in texts.items():
        passed = "filled in" if lesson.exercise(exercise).variable else "passed"
        assert text.startswith(f"{exercise}: {passed}."), text
        assert "✗" not in text
    assert not any("Finish that exercise first" in str(output.get("text", "")) for output in outputs(solved))


def test_pictures_are_drawn_with_and_without_answers(with_stubs: NotebookNode, solved: NotebookNode) -> None:
    drawn = [sum("image/png" in output.get("data", {}) for output in outputs(n)) for n in (with_stubs, solved)]
    drawing = sum(c.source.count("display(") for c in solved.cells if "if ready(" in c.source)
    assert drawn[0] > 0
    assert drawn[1] == drawn[0] + drawing


def stubs(lesson: Lesson) -> dict[str, Any]:
    """The one statement of each stub, by exercise."""
    cells = [c for c in notebook_in("release", lesson).cells if c.metadata.get("nbgrader", {}).get("solution")]
    statements = {}
    for cell in cells:
        (statements[cell.metadata.nbgrader.grade_id],) = ast.parse(cell.source).body
    assert set(statements) == names(lesson)
    return statements


def test_stubs_hold_a_docstring_refusals_and_the_placeholder_and_nothing_else(lesson: Lesson) -> None:
    for exercise in lesson.exercises:
        stub = stubs(lesson)[exercise.name]
        if not exercise.variable:
            assert isinstance(stub, ast.FunctionDef)
            assert stub.name == exercise.name
            docstring, *refusals, placeholder = stub.body
            assert isinstance(docstring, ast.Expr)
            assert all(map(only_refuses, refusals))
            assert ast.unparse(placeholder) == PLACEHOLDER


def only_refuses(statement: ast.stmt) -> bool:
    """Whether a statement does nothing but refuse: an `if` that raises, a loop of these, a name that they compare."""
    match statement:
        case ast.If(body=[ast.Raise() as refusal], orelse=[]):
            return ast.unparse(refusal).startswith("raise ValueError(")
        case ast.For(body=body, orelse=[]):
            return all(map(only_refuses, body))
    return isinstance(statement, ast.Assign)


def test_the_stub_of_a_quiz_has_a_blank_for_each_answer(lesson: Lesson) -> None:
    for exercise in lesson.exercises:
        stub = stubs(lesson)[exercise.name]
        if exercise.variable:
            assert isinstance(stub, ast.Assign)
            assert ast.unparse(stub.targets[0]) == exercise.variable
            blanks = ast.literal_eval(stub.value)
            assert set(blanks.values()) == {""}


def test_docstrings_name_what_is_graded(lesson: Lesson) -> None:
    hidden = lesson.hidden.read_text(encoding="utf-8") + lesson.public.read_text(encoding="utf-8")
    for exercise in lesson.exercises:
        name, function = exercise.name, stubs(lesson)[exercise.name]
        if exercise.variable:
            continue
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


def test_the_release_is_of_the_course_and_says_how_to_get_the_package(lesson: Lesson) -> None:
    notebook = notebook_in("release", lesson)
    setup = next(cell.source for cell in notebook.cells if cell.cell_type == "code")
    assert "intro_dl_kit" in setup
    assert "{{" not in setup
    assert [c.outputs for c in notebook.cells if c.cell_type == "code" and c.outputs] == []
    assert [c.id for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade")] == [
        e.check_id for e in lesson.exercises
    ]
