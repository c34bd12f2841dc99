"""`check`, `ready` and `same_version` for students: a panel in a notebook, an error outside, and no other effect."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.lessons.samples import Material
from autograder.version import VERSION
from tests.support.live_kernel import SETUP, LiveKernel
from tests.support.real_lesson import FIRST

HEAD = f"def {FIRST}(x, w1, b1, w2, b2):\n    "
PLACEHOLDER = 'raise NotImplementedError("Replace this line with your answer.")'


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveKernel]:
    kernel = LiveKernel(tmp_path_factory.mktemp("student"))
    yield kernel
    kernel.close()


def test_a_right_answer_has_a_panel_that_says_so(live: LiveKernel, real_material: Material) -> None:
    for exercise, answer in real_material.answers.items():
        text, html = live.panel(answer, exercise)
        assert f"{exercise}: passed." in text
        assert f"{exercise}: passed." in html
        assert "not yet" not in text + html


def test_a_stub_is_not_attempted_and_says_what_to_do(live: LiveKernel, real_material: Material) -> None:
    for cell in real_material.release.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            text, html = live.panel(cell.source + "\n# a note of mine", cell.metadata.nbgrader.grade_id)
            assert "not attempted" in text
            assert "not attempted" in html
            assert "Write your answer in the cell above" in text


def test_a_stub_without_its_placeholder_is_not_right_and_passes_no_check(
    live: LiveKernel, real_material: Material
) -> None:
    for cell in real_material.release.cells:
        if PLACEHOLDER in cell.source:
            text, _ = live.panel(cell.source.replace(PLACEHOLDER, ""), cell.metadata.nbgrader.grade_id)
            assert re.search(r": not right yet — 0 of \d+ checks", text), text


def test_before_the_cell_was_run_it_says_so(live: LiveKernel) -> None:
    text, _ = live.panel(f"globals().pop({FIRST!r}, None)")
    assert f"There is no {FIRST} here yet" in text


def test_a_placeholder_left_in_is_pointed_out(live: LiveKernel) -> None:
    text, html = live.panel(f"{HEAD}z1 = w1 * x + b1\n    {PLACEHOLDER}")
    assert "not right yet" in text
    for shown in (text, html):
        assert "is still there and stops your function. Delete it." in shown


def test_misconceptions_are_named_with_their_hints(live: LiveKernel, real_material: Material) -> None:
    names = {
        FIRST: "z1 fed on instead of a1",
        "dense_forward": "W transposed",
        "network_forward": "X fed to every layer",
        "count_parameters": "biases forgotten",
    }
    wrong = real_material.wrong(0)
    for exercise, name in names.items():
        text, html = live.panel(wrong[exercise], exercise)
        for shown in (text, html):
            assert f"These answers come from a known mistake: {name}." in shown
        assert "<details" in html


def test_a_wrong_answer_shows_the_call_the_result_and_what_was_expected(live: LiveKernel) -> None:
    text, _ = live.panel("def count_parameters(layer_sizes):\n    return 41", "count_parameters")
    assert "count_parameters([3, 5, 2])" in text
    assert "41" in text
    assert "32" in text
    assert "Hint" not in text


LIAR = "class Liar(dict):\n    __eq__ = lambda s, o: True\n    __len__ = lambda s: 1 / 0\n"
RESULTS = ("None", "'text'", "[]", "[{}]", "[{'W': 1, 'b': 2}]", "[[1], [2]]", "np.nan", "rest[0]", "[np.ones((3, 4))]")
STATE = """(sorted({"public", "hidden", "conftest"} & set(sys.modules)), os.getcwd(), sys.stdout, sys.stderr,
    list(warnings.filters), sys.path[:], np.geterr())"""
ODD = {
    "exits": f"{HEAD}raise SystemExit(3)",
    "is interrupted": f"{HEAD}raise KeyboardInterrupt",
    "an error of its own": f"class Odd(BaseException): pass\n{HEAD}raise Odd('<b>bold</b>')",
    "nothing": f"{HEAD}return None",
    "an object": f"{HEAD}return object()",
    "itself": f"{HEAD}return {FIRST}",
    "without end": f"{HEAD}return {FIRST}(x, w1, b1, w2, b2)",
    "a table": f"import pandas as pd\n{HEAD}return pd.DataFrame({{'z1': [1]}})",
    "a nested list": f"{HEAD}a = []; a.append(a); return a",
    "prints": f"{HEAD}print('much'); import sys; sys.stderr.write('more'); return 1",
    "warns": f"{HEAD}import warnings; warnings.warn('careful'); return np.float64(1) / np.float64(0)",
    "a script": f"{HEAD}return '<script>alert(1)</script>'",
    "one parameter": f"def {FIRST}(x):\n    return x",
    "no function": f"{FIRST} = 3",
    "a class that lies": f"{LIAR}{HEAD}return Liar(a=1)",
    "a function that skips": f"import pytest\n{HEAD}pytest.skip('please')",
    "a function that passes": f"import pytest\n{HEAD}pytest.exit('done', 0)",
}


@pytest.mark.parametrize("kind", ODD)
def test_a_function_that_misbehaves_gets_a_panel_that_says_that_it_is_not_right(live: LiveKernel, kind: str) -> None:
    text, html = live.panel(ODD[kind])
    assert "not right yet" in text
    assert "✗ not yet:" in html
    assert "<script>" not in html
    assert "<b>" not in html


@pytest.mark.parametrize("exercise", ["dense_forward", "initialize_network", "network_forward", "count_parameters"])
@pytest.mark.parametrize("result", RESULTS)
def test_an_answer_of_another_form_is_not_right(live: LiveKernel, exercise: str, result: str) -> None:
    text, _ = live.panel(f"def {exercise}(*rest, **named):\n    return {result}", exercise)
    assert "not right yet" in text


def test_a_check_leaves_the_notebook_as_it_was(live: LiveKernel, real_material: Material) -> None:
    live.run("import sys, os, warnings\nnp.random.seed(1)\nexpected = np.random.rand()\nnp.random.seed(1)")
    live.run(f"before = {STATE}")
    live.panel(real_material.answers["dense_forward"], "dense_forward")
    (output,) = live.run(f"print(before == {STATE}, np.random.rand() == expected)")
    assert output["text"] == "True True\n"


def test_ready_says_which_exercise_to_finish(live: LiveKernel, real_material: Material) -> None:
    output, value = live.run(f"{HEAD}return {{}}\nready({FIRST!r})")
    assert output["text"] == f"This part uses your own {FIRST}. Finish that exercise first, then run this cell again.\n"
    assert value["data"]["text/plain"] == "False"
    (value,) = live.run(f"{real_material.answers[FIRST]}\nready({FIRST!r})")
    assert value["data"]["text/plain"] == "True"


@pytest.mark.parametrize(("version", "older"), [("0.0.1", "this notebook"), ("999.0", "the installed course package")])
def test_another_version_is_reported_with_which_is_older(live: LiveKernel, version: str, older: str) -> None:
    (output,) = live.run(f"same_version({version!r})")
    assert version in output["text"]
    assert VERSION in output["text"]
    assert f"{older} is older" in output["text"]
    assert live.run(f"same_version({VERSION!r})") == []


def test_an_unknown_exercise_is_an_error_that_names_the_known_ones(live: LiveKernel) -> None:
    (error,) = live.run("check('dense_foward')")
    assert error["ename"] == "UnknownExercise"
    assert "dense_forward" in error["evalue"]


@pytest.mark.parametrize("execution", ["validate", "autograde"])
def test_under_nbgrader_it_raises(execution: str, tmp_path: Path, real_material: Material) -> None:
    kernel = LiveKernel(tmp_path, NBGRADER_EXECUTION=execution)
    try:
        (error,) = kernel.run(f"{HEAD}return 1\ncheck({FIRST!r})")
        assert (error["type"], error["ename"]) == ("error", "CheckFailed")
        assert f"{FIRST}: not right yet" in error["evalue"]
        assert "passed." in kernel.panel(real_material.answers[FIRST])[0]
    finally:
        kernel.close()


def plain(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    """Run a script with plain Python."""
    script = folder / "mine.py"
    script.write_text(SETUP + code, encoding="utf-8")
    return subprocess.run([sys.executable, str(script)], cwd=folder, capture_output=True, text=True, check=False)


def test_in_plain_python_a_failed_check_raises_with_its_text(tmp_path: Path, real_material: Material) -> None:
    run = plain(tmp_path, f"{real_material.wrong(0)[FIRST]}\ncheck({FIRST!r})\nprint('reached')")
    assert run.returncode == 1
    assert run.stdout == ""
    assert f"CheckFailed: {FIRST}: not right yet — 0 of 3 checks passed" in run.stderr
    assert "z1 fed on instead of a1" in run.stderr


def test_in_plain_python_a_right_answer_prints_and_a_stub_raises(tmp_path: Path, real_material: Material) -> None:
    run = plain(tmp_path, f"{real_material.answers[FIRST]}\ncheck({FIRST!r})\nprint(ready({FIRST!r}))")
    assert (run.returncode, run.stderr) == (0, "")
    assert f"{FIRST}: passed." in run.stdout
    assert run.stdout.endswith("\nTrue\n")
    cells = real_material.release.cells
    stub = next(c.source for c in cells if c.metadata.get("nbgrader", {}).get("grade_id") == FIRST)
    run = plain(tmp_path, f"{stub}\n\n\ncheck({FIRST!r})")
    assert run.returncode == 1
    assert f"CheckFailed: {FIRST}: not attempted" in run.stderr
