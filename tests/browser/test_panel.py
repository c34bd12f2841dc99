"""The release in JupyterLab runs to its end, and the panels that `check` shows work by keyboard and can be read."""

from __future__ import annotations

import copy
import os
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from autograder.lessons.samples import Material, filled_in
from tests.browser.conftest import Lab

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

NOTEBOOK = "forward_propagation.ipynb"
SHOTS = os.environ.get("AUTOGRADER_SCREENSHOTS")
RAISES = 'def count_parameters(layer_sizes):\n    return layer_sizes["<b>"]\n'
INSTALLED = """import importlib.util, sys
names = ("autograder", "keras", "nbgrader", "jupytext", "solutions")
print(sys.prefix, *(name for name in names if importlib.util.find_spec(name)))"""
WRONG_SHAPE = "import numpy as np\n\ndef dense_forward(X, W, b, activation='linear'):\n    return (X @ W + b).T\n"


@pytest.fixture(params=["JupyterLab Light", "JupyterLab Dark"])
def theme(lab: Lab, request: pytest.FixtureRequest) -> str:
    lab.theme(request.param)
    return str(request.param)


def run_all(page: Page, lab: Lab, notebook: nbformat.NotebookNode) -> None:
    """Open a notebook, choose Run All Cells, and wait for the last panel."""
    (lab.folder / NOTEBOOK).write_text(nbformat.writes(notebook), encoding="utf-8")
    page.goto(lab.url(NOTEBOOK))
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    # The notebook's own indicator says idle before there is a kernel, and what is run then is lost.
    page.get_by_text("| Idle").wait_for(timeout=60_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.wait_for_selector("section[aria-label='Checks of count_parameters']", timeout=120_000, state="attached")
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']", timeout=60_000)


def panel(page: Page, exercise: str) -> Locator:
    region = page.get_by_role("region", name=f"Checks of {exercise}")
    region.scroll_into_view_if_needed()
    return region


def shoot(page: Page, exercise: str, name: str) -> None:
    """Save a picture for a person to look at if AUTOGRADER_SCREENSHOTS names a folder."""
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        panel(page, exercise).screenshot(path=Path(SHOTS) / f"{name}.png")


def test_the_kernel_has_only_what_students_install(
    page: Page, lab: Lab, real_material: Material, student: Path
) -> None:
    notebook = copy.deepcopy(real_material.release)
    notebook.cells.insert(0, new_code_cell(INSTALLED))
    run_all(page, lab, notebook)
    assert page.locator(".jp-OutputArea-output").first.inner_text().strip() == f"{student.parent} autograder keras"
    assert panel(page, "dense_forward").get_by_role("heading").inner_text() == "dense_forward: not attempted"


def test_untouched_release_runs_to_its_end(page: Page, lab: Lab, real_material: Material, theme: str) -> None:
    run_all(page, lab, real_material.release)
    for exercise in real_material.lesson.exercises:
        heading = panel(page, exercise.name).get_by_role("heading")
        assert heading.inner_text() == f"{exercise.name}: not attempted"
    assert page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    shoot(page, "dense_forward", f"not-attempted-{theme}")


def test_solved_notebook_shows_that_all_passed(page: Page, lab: Lab, real_material: Material, theme: str) -> None:
    run_all(page, lab, real_material.notebook(real_material.answers))
    for exercise in real_material.lesson.exercises:
        assert "passed. More checks follow" in panel(page, exercise.name).get_by_role("heading").inner_text()
    shoot(page, "dense_forward", f"passed-{theme}")


def test_each_kind_of_failure_is_shown(page: Page, lab: Lab, real_material: Material, theme: str) -> None:
    answers = {**real_material.wrong(0), "dense_forward": WRONG_SHAPE, "count_parameters": RAISES}
    run_all(page, lab, filled_in(real_material.release, answers))

    shape = panel(page, "dense_forward")
    assert "has the shape (3, 4); expected (4, 3)" in shape.inner_text()
    assert shape.get_by_text("Show a hint").count() == 0  # no mistake is named if none explains the answers

    raised = panel(page, "count_parameters")
    assert "stopped with a TypeError" in raised.inner_text()
    assert raised.locator("b").count() == 0

    wrong = panel(page, "two_neuron_forward")
    hint = wrong.get_by_text("z1 fed on instead of a1")
    assert not hint.is_visible()
    shoot(page, "two_neuron_forward", f"folded-{theme}")
    summary = wrong.locator("summary").filter(has_text="Show a hint")
    summary.focus()
    page.keyboard.press("Enter")
    assert hint.is_visible()
    summary.blur()
    shoot(page, "two_neuron_forward", f"unfolded-{theme}")
    shoot(page, "dense_forward", f"shape-{theme}")
    shoot(page, "count_parameters", f"raised-{theme}")
    assert wrong.get_by_role("listitem").count() >= 1


def test_the_panels_text_stands_out_from_its_background(
    page: Page, lab: Lab, real_material: Material, theme: str
) -> None:
    run_all(page, lab, real_material.release)
    panel(page, "dense_forward")
    contrast = page.evaluate(_CONTRAST, "section[aria-label='Checks of dense_forward'] p")
    assert contrast >= 4.5


# WCAG 2's contrast of a text with the first background behind it that is not transparent.
_CONTRAST = """selector => {
  const parse = c => c.match(/[0-9.]+/g).map(Number);
  const linear = v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = c => { const [r, g, b] = c.map(v => linear(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  let node = document.querySelector(selector);
  const text = parse(getComputedStyle(node).color);
  let ground = [255, 255, 255];
  for (; node; node = node.parentElement) {
    const c = parse(getComputedStyle(node).backgroundColor);
    if (c.length < 4 || c[3] > 0) { ground = c.slice(0, 3); break; }
  }
  const [a, b] = [light(text.slice(0, 3)), light(ground)].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}"""
