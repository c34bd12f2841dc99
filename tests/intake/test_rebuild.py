"""Whatever is handed in, the rebuilt notebook is ours with the student's code in it, and nothing else of theirs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jupytext
import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.intake.limiting import NOTE_CHARACTERS
from autograder.intake.reading import SCRIPT_CELLS, Ungradable, read_cells
from autograder.intake.rebuild import Rebuilt, rebuild
from autograder.intake.rebuilding import ELSEWHERE, MISSING, UNTOUCHED
from autograder.lessons.samples import Material
from autograder.limits import Limits
from tests.support import odd_notebooks as odd
from tests.support.course import FULL

Cells = list[dict[str, Any]]
LIMITS = Limits()
ABOVE, EXERCISE = FULL
MINE = "def summed(x):\n    return x  # mine"
STRANGE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["nbgrader", "grade_id", "tags", "a"]), inner)
    ),
    max_leaves=6,
)


def as_json(notebook: nbformat.NotebookNode) -> dict[str, Any]:
    return dict(json.loads(nbformat.writes(notebook)))


def handed_in(folder: Path, content: object, name: str = "lesson.ipynb") -> Path:
    data = (
        content
        if isinstance(content, bytes)
        else content.encode()
        if isinstance(content, str)
        else json.dumps(content).encode()
    )
    (folder / name).write_bytes(data)
    return folder / name


def rebuilt(
    folder: Path, material: Material, content: object, name: str = "lesson.ipynb", limits: Limits = LIMITS
) -> Rebuilt:
    """What was handed in, rebuilt; nothing of theirs but text may be in it."""
    result = rebuild(handed_in(folder, content, name), material.release, limits)
    ours = [cell for cell in result.notebook.cells if not cell.id.startswith("added-")]
    for cell, blank in zip(ours, material.release.cells, strict=True):
        solution = blank.metadata.get("nbgrader", {}).get("solution")
        assert {**cell, "source": blank.source if solution else cell.source} == blank
    for cell in result.notebook.cells:
        if cell not in ours:
            assert set(cell) <= {"cell_type", "id", "metadata", "source", "outputs", "execution_count"}
            assert not any(cell.get(name) for name in ("metadata", "outputs", "execution_count"))
    assert {**result.notebook, "cells": []} == {**material.release, "cells": []}
    nbformat.validate(result.notebook)
    nbformat.writes(result.notebook).encode("utf-8")
    return result


def text_of(result: Rebuilt, exercise: str = EXERCISE) -> str:
    return str(
        next(c.source for c in result.notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == exercise)
    )


def place_of(cells: Cells, grade_id: str) -> int:
    return next(i for i, c in enumerate(cells) if c["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)


def added(result: Rebuilt) -> list[str]:
    return [cell.source for cell in result.notebook.cells if cell.id.startswith("added-")]


def code(source: object, **more: object) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": source, **more}


def test_right_work_and_untouched_work_come_back_as_they_were(tmp_path: Path, material: Material) -> None:
    result = rebuilt(tmp_path, material, as_json(odd.right(material)))
    assert {name: text_of(result, name) for name in material.answers} == material.answers
    assert (result.findings, result.not_attempted, result.ungradable, added(result)) == ([], {}, "", [])
    untouched = rebuilt(tmp_path, material, as_json(material.release))
    assert untouched.not_attempted == dict.fromkeys(material.answers, UNTOUCHED)
    assert (
        untouched.fingerprint
        != result.fingerprint
        == rebuilt(tmp_path, material, as_json(odd.right(material))).fingerprint
    )


@pytest.mark.parametrize(
    "change",
    [
        odd.tag,
        odd.double,
        odd.delete_graded,
        odd.rename,
        odd.retype,
        odd.rewrite_graded,
        odd.bake_outputs,
        odd.add_graded_cell,
        odd.name_a_kernel("evil"),
        odd.mark_with(grade=False, points=300, checksum="0", locked=False),
        lambda n: n.cells.reverse(),
    ],
)
def test_an_odd_notebook_gives_the_right_answers(
    tmp_path: Path, material: Material, change: Callable[[Any], object]
) -> None:
    result = rebuilt(tmp_path, material, as_json(odd.changed(odd.right(material), change)))
    assert {name: text_of(result, name).strip() for name in material.answers} == {
        n: a.strip() for n, a in material.answers.items()
    }
    assert result.not_attempted == {}


def set_source(cells: Cells, source: object) -> None:
    cells[place_of(cells, EXERCISE)]["source"] = source


def move(cells: Cells) -> None:
    cells.append(cells.pop(place_of(cells, EXERCISE)))


def lose_mark(cells: Cells) -> None:
    cells[place_of(cells, EXERCISE)] |= {"metadata": {}, "id": "x"}


def split_off(cells: Cells) -> None:
    index = place_of(cells, EXERCISE)
    cells.insert(index, code("import os"))
    cells.insert(index, {**cells[index + 1], "source": "X = 1\nprint(summed(X))"})


def try_out_in_a_copy(cells: Cells) -> None:
    index = place_of(cells, EXERCISE)
    cells.insert(index + 1, {**cells[index], "source": "print(summed(1))"})


def stub_below(cells: Cells, stub: str) -> None:
    cells.insert(place_of(cells, EXERCISE) + 1, {**cells[place_of(cells, EXERCISE)], "source": stub})


@pytest.mark.parametrize("change", [move, lose_mark, split_off, try_out_in_a_copy, "stub below"])
def test_an_answer_is_found_wherever_it_is(tmp_path: Path, material: Material, change: Any) -> None:
    document = as_json(odd.right(material))
    set_source(document["cells"], MINE.splitlines(keepends=True))
    change(document["cells"]) if callable(change) else stub_below(document["cells"], text_of(Rebuilt(material.release)))
    result = rebuilt(tmp_path, material, document)
    assert text_of(result) == MINE
    assert EXERCISE not in result.not_attempted
    assert bool(result.findings) == (change is not move)


def test_a_deleted_cell_is_put_back_empty_and_reported(tmp_path: Path, material: Material) -> None:
    document = as_json(odd.right(material))
    del document["cells"][place_of(document["cells"], EXERCISE)]
    result = rebuilt(tmp_path, material, document)
    assert list(result.not_attempted) == [EXERCISE]
    assert f"The cell for {EXERCISE} is missing; the original was put back." in result.findings
    assert result.not_attempted[EXERCISE] == MISSING


def test_cells_that_were_merged_into_one_are_answers_of_both(tmp_path: Path, material: Material) -> None:
    document = as_json(odd.right(material))
    cells = document["cells"]
    set_source(cells, MINE.splitlines(keepends=True))
    mine, above = (cells[place_of(cells, name)] for name in (EXERCISE, ABOVE))
    above["source"] = [*above["source"], "\n\n", *mine["source"]]
    cells.remove(mine)
    result = rebuilt(tmp_path, material, document)
    assert result.not_attempted == {}
    assert text_of(result) == ELSEWHERE
    assert MINE in text_of(result, ABOVE)
    assert result.findings == [f"The cell for {EXERCISE} is missing; another cell defines {EXERCISE}."]


def test_an_answer_in_another_exercises_cell_is_reported(tmp_path: Path, material: Material) -> None:
    document = as_json(odd.right(material))
    cells = document["cells"]
    blank = material.release.cells[[c.source for c in material.release.cells].index(text_of(Rebuilt(material.release)))]
    cells[place_of(cells, EXERCISE)]["source"] = [blank.source]
    cells[place_of(cells, ABOVE)]["source"] = [MINE]
    result = rebuilt(tmp_path, material, document)
    assert f"defined {EXERCISE} in another cell" in result.not_attempted[EXERCISE]


@pytest.mark.parametrize("sign", "\u200b\u202e\u2066\ufeff\U000e0041\u2028\u200f\u061c\xad\u3164\u200d")
def test_what_turns_or_hides_a_text_is_shown(tmp_path: Path, material: Material, sign: str) -> None:
    document = as_json(odd.right(material))
    set_source(document["cells"], [f"{MINE}\n# {sign}nothing"])
    document["cells"].append(code(f"a{sign}b", cell_type="markdown"))
    result = rebuilt(tmp_path, material, document)
    assert text_of(result) == f"{MINE}\n# \N{REPLACEMENT CHARACTER}nothing"
    assert "a\N{REPLACEMENT CHARACTER}b" in added(result)[0]


def test_an_answer_in_a_cell_below_the_stub_is_an_attempt(tmp_path: Path, material: Material) -> None:
    document = as_json(material.release)
    document["cells"].insert(place_of(document["cells"], EXERCISE) + 1, code(MINE))
    result = rebuilt(tmp_path, material, document)
    assert EXERCISE not in result.not_attempted
    assert added(result) == [MINE]


def test_added_code_keeps_its_place_and_a_changed_demo_runs_after_ours(tmp_path: Path, material: Material) -> None:
    document = as_json(odd.right(material))
    demo = next(c for c in document["cells"][3:] if c["cell_type"] == "code" and not c["metadata"])
    demo["source"] = "mine = 1"
    document["cells"].insert(place_of(document["cells"], EXERCISE), code(["helper = 1\n", "helper += 1"]))
    document["cells"].insert(0, code("first = 1"))
    cells = rebuilt(tmp_path, material, document).notebook.cells
    sources = [cell.source for cell in cells]
    assert sources[0] == "first = 1"
    assert cells[sources.index("mine = 1") - 1].id == demo["id"]
    assert cells[sources.index("helper = 1\nhelper += 1") + 1].metadata.nbgrader.grade_id == EXERCISE


@pytest.mark.parametrize(
    "note", ["a <script>alert(1)</script>", "```\n<b>out</b>\n```", "~~~~~~\n`````\n[x](javascript:x)"]
)
def test_a_note_is_plain_text_in_a_fence_that_it_cannot_close(tmp_path: Path, material: Material, note: str) -> None:
    document = as_json(odd.right(material))
    cell = {
        "cell_type": "markdown",
        "metadata": {"tags": ["x"]},
        "source": note,
        "attachments": {"a.png": {"image/png": "AA=="}},
    }
    document["cells"].append(cell)
    document["cells"].append({**cell, "cell_type": "raw", "source": "x" * (NOTE_CHARACTERS + 100)})
    first, second = rebuilt(tmp_path, material, document).notebook.cells[-2:]
    fence, _, rest = first.source.partition("text\n")
    assert (set(fence), rest) == ({"`"}, f"{note}\n{fence}")
    assert fence not in note
    assert first.cell_type == second.cell_type == "markdown"
    assert len(second.source) < NOTE_CHARACTERS + 20


def test_half_surrogates_and_control_characters_become_plain(tmp_path: Path, material: Material) -> None:
    document = as_json(odd.right(material))
    set_source(document["cells"], MINE + " \ud800\x00\x1b[2J\x9b\r\nx")
    text = text_of(rebuilt(tmp_path, material, document))
    assert text.startswith(MINE)
    assert not any(c in text for c in "\ud800\x00\x1b\x9b\r")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(STRANGE, STRANGE, STRANGE, STRANGE)
def test_values_of_any_type_in_any_field(
    tmp_path: Path, material: Material, metadata: object, own_id: object, source: object, mark: object
) -> None:
    document = as_json(odd.right(material))
    for number, cell in enumerate(document["cells"]):
        cell |= {"id": own_id, "outputs": source, "attachments": metadata, "execution_count": mark}
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"] |= {"schema_version": mark, "points": metadata}
        elif number > 2:
            cell |= {"metadata": {"nbgrader": mark}, "source": source}
    marked = code("x = 1", metadata={"nbgrader": {"grade_id": mark}})
    document["cells"] += [metadata, {"cell_type": own_id}, code(source, metadata=metadata), marked]
    document |= {"metadata": metadata, "nbformat_minor": own_id}
    assert text_of(rebuilt(tmp_path, material, document)) == material.answers[EXERCISE]


def test_too_many_and_too_long_cells_are_left_out_and_reported(tmp_path: Path, material: Material) -> None:
    document = as_json(odd.right(material))
    limits = Limits(cells=1, source_bytes=5_000)
    document["cells"] += [code("y" * 5_001), code("kept = 1"), code("beyond = 1")]
    script = jupytext.writes(nbformat.reads(json.dumps(document), as_version=4), fmt="py:percent")
    for content, name in ((document, "lesson.ipynb"), (script, "lesson.py")):
        result = rebuilt(tmp_path, material, content, name, limits)
        assert added(result) == ["kept = 1"]
        assert ["longer than" in finding or "more than" in finding for finding in result.findings] == [True, True]


def test_a_script_is_read_as_its_notebook_is(tmp_path: Path, material: Material) -> None:
    script = jupytext.writes(odd.right(material), fmt="py:percent")
    for text in (script, "\ufeff" + script, script.replace("\n", "\r\n")):
        result = rebuilt(tmp_path, material, text, "lesson.py")
        assert {name: text_of(result, name) for name in material.answers} == material.answers
        assert (result.findings, added(result)) == ([], [])
    assert rebuilt(tmp_path, material, MINE, "lesson.py").ungradable == ""
    assert text_of(rebuilt(tmp_path, material, MINE, "lesson.py")) == MINE


def test_a_rebuilt_notebook_carries_all_that_is_known_about_it(tmp_path: Path, material: Material) -> None:
    document = as_json(odd.right(material))
    del document["cells"][place_of(document["cells"], EXERCISE)]
    for content in (document, "no notebook"):
        result = rebuilt(tmp_path, material, content)
        assert result.findings or result.ungradable
        file = nbformat.reads(nbformat.writes(result.to_notebook()), as_version=4)
        again = Rebuilt.of_notebook(file)
        assert again.notebook is file
        assert again.fingerprint == result.fingerprint
        assert (again.findings, again.ungradable) == (result.findings, result.ungradable)
        assert again.not_attempted == result.not_attempted
        assert file.metadata["autograder"]["version"] == material.release.metadata["autograder"]["version"]
        assert result.notebook.metadata == material.release.metadata


def test_both_parts_of_a_split_cell_run(tmp_path: Path, material: Material) -> None:
    notebook = as_json(material.release)
    index = place_of(notebook["cells"], EXERCISE)
    first = {**notebook["cells"][index], "source": "helper = 3", "id": "first-part"}
    notebook["cells"][index]["source"] = MINE
    notebook["cells"].insert(index, first)
    result = rebuilt(tmp_path, material, notebook)
    assert (text_of(result), added(result)) == (MINE, ["helper = 3"])
    sources = [cell.source for cell in result.notebook.cells]
    assert sources.index("helper = 3") < sources.index(MINE)


def test_an_answer_where_it_does_not_count_is_reported(tmp_path: Path, material: Material) -> None:
    notebook = as_json(material.release)
    notebook["cells"].insert(place_of(notebook["cells"], EXERCISE), code(MINE))
    assert f"defined {EXERCISE} in another cell" in rebuilt(tmp_path, material, notebook).not_attempted[EXERCISE]


def test_the_header_of_a_script_is_never_parsed(tmp_path: Path) -> None:
    lines = ["# ---", "# a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"# a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    multiplies = "\n".join([*lines, "# jupyter:", "#   kernelspec: *a8", "# ---", "", "# %%", "x = 1"])
    for header in (
        multiplies,
        f"#!/usr/bin/python\n# -*- coding: utf-8 -*-\n{multiplies}",
        multiplies.replace("\n", "\r\n"),
    ):
        cells = read_cells(handed_in(tmp_path, header, "lesson.py"), LIMITS)
        assert [(cell.kind, cell.text) for cell in cells] == [("code", "x = 1")]
    cells = read_cells(handed_in(tmp_path, f"{multiplies}\n{multiplies}", "lesson.py"), LIMITS)
    assert cells[0].text == "x = 1\n" + multiplies.partition("\n\n")[0]


def test_a_script_of_very_many_cells_is_refused_by_their_number(tmp_path: Path) -> None:
    script = "# %%\nx = 1\n" * (SCRIPT_CELLS + 1)
    with pytest.raises(Ungradable, match="far longer"):
        read_cells(handed_in(tmp_path, script, "lesson.py"), LIMITS)
