"""Texts that would take minutes on their way into a page do not, and nothing else of the page changes."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import nbgrader
import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import strings
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from traitlets.config import Config, PyFileConfigLoader

from autograder.nbgrader_plugin.page_filters import PAGE_CHARACTERS, clean_html, strip_files_prefix
from autograder.verdicts.panel import as_panel
from autograder.verdicts.verdict import CheckResult, ExerciseVerdict, Status
from tests.support.course import Course

FORMGRADER = Path(nbgrader.__file__).with_name("server_extensions") / "formgrader"
STYLES = FORMGRADER / "static" / "node_modules" / "bootstrap" / "dist" / "css"
HONEST = ["x = 'a < b' & 3\n", "", "\n\n  y = 1\n\n", "%%html\n<b>x</b>", "%%time\nx = (\n", "def f(x):\n    '''é'''\n"]
SLOW = [
    "\n" * 190_000 + "x",
    "\n" * 45_000 + "'",
    " \n" * 22_000 + "x",
    "\\\n" * 22_000,
    "x = '" + "\\" * 45_000,
]


def exporter(template: str, **options: Any) -> HTMLExporter:
    """An exporter of nbgrader's, for its feedback or for Formgrader."""
    folders = {"extra_template_basedirs": [str(FORMGRADER / "templates")], "extra_template_paths": [str(STYLES)]}
    return HTMLExporter(config=Config(HTMLExporter={"template_name": template, **folders, **options}))


@pytest.fixture(scope="module")
def ours(class_course: Course) -> dict[str, Any]:
    """What our configuration tells every exporter."""
    config = PyFileConfigLoader("nbgrader_config.py", str(class_course.root)).load_config()
    return dict(config.HTMLExporter)


def page(notebook: NotebookNode, template: str, options: dict[str, Any]) -> str:
    about = {
        "nbgrader": {"notebook": "lesson", "score": 1, "max_score": 1, "late_penalty": 0},
        "metadata": {"name": "lesson"},
    }
    resources = {**about, "index": 0, "total": 1, "base_url": "", "notebook_path": ""}
    return str(exporter(template, **options).from_notebook_node(notebook, resources)[0])


def notebook_of(*sources: str, **metadata: Any) -> NotebookNode:
    return new_notebook(cells=[new_code_cell(text, id=f"c{n}") for n, text in enumerate(sources)], metadata=metadata)


def cells_of(text: str) -> list[str]:
    return re.findall(r'<div class=" ?highlight hl-[^"]*">.*?</div>', text, re.DOTALL)


@pytest.mark.parametrize("template", ["feedback", "formgrade"])
@pytest.mark.parametrize("language", [{"name": "python"}, {"name": "python", "pygments_lexer": "ipython3"}, None])
def test_an_honest_page_is_the_one_that_nbgrader_makes(
    ours: dict[str, Any], template: str, language: dict[str, str] | None
) -> None:
    notebook = notebook_of(*HONEST, **({"language_info": language} if language else {}))
    stock = {name: value for name, value in ours.items() if name != "filters"}
    assert page(notebook, template, ours) == page(notebook, template, stock)


@pytest.mark.parametrize("template", ["feedback", "formgrade"])
def test_a_cell_that_takes_too_long_is_plain_and_the_others_are_not(ours: dict[str, Any], template: str) -> None:
    language = {"name": "python"}
    alone = cells_of(page(notebook_of(*HONEST, language_info=language), template, ours))
    for slow in SLOW[:2]:
        first, *others, last = cells_of(page(notebook_of(slow, *HONEST, slow, language_info=language), template, ours))
        assert others == alone
        for cell in (first, last):
            assert html.unescape(re.sub("<.*?>", "", cell)).strip() == slow.strip()


@pytest.mark.parametrize("template", ["feedback", "formgrade"])
def test_a_page_of_cells_that_take_too_long_is_made(ours: dict[str, Any], template: str) -> None:
    sources = [slow for slow in SLOW for _ in range(60)]
    assert len(cells_of(page(notebook_of(*sources), template, ours))) == len(sources)


def test_of_very_much_code_the_beginning_has_colours(ours: dict[str, Any]) -> None:
    part = PAGE_CHARACTERS // 2 - 100
    cells = cells_of(page(notebook_of(*["x" * (part - 4) + " = 1"] * 4), "feedback", ours))
    assert ["<span class" in cell for cell in cells] == [True, True, False, False]


NOTES = ["[" * 4_900, "[a](files/" * 480, "![](/files/" * 440, "\\[" * 2_400, "src='files/" * 440]


@pytest.mark.parametrize("template", ["feedback", "formgrade"])
def test_a_page_of_notes_that_look_like_links_is_made(ours: dict[str, Any], template: str) -> None:
    # Nbconvert's own filter takes five seconds for each of the second kind.
    cells = [new_markdown_cell(f"```text\n{note}\n```", id=f"n{n}") for n, note in enumerate(NOTES * 30)]
    assert page(new_notebook(cells=cells), template, ours).count("[[[[") == 30 * 4_900 // 4


def test_links_to_files_lose_their_prefix_as_in_nbconvert() -> None:
    text = "<a href='/files/a'>x</a> <img src=files/b> <img src=\"files/c\">"
    assert strip_files_prefix(text) == strings.strip_files_prefix(text)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<details ontoggle=alert(1) open>x</details>",
        "<p style='background: url(//elsewhere); position: fixed; color: red'>x</p>",
        "<iframe src='//elsewhere'></iframe><object data=x></object><form action=x><input></form>",
        "<svg onload=alert(1)></svg><math href=x></math>",
    ],
)
def test_what_could_act_is_removed(hostile: str) -> None:
    cleaned = clean_html(hostile)
    acting = r"<(script|img|iframe|object|form|input|svg|math)|<[^>]* on\w+=|href=.javascript|url\(|position"
    assert not re.search(acting, cleaned)


def test_a_panel_stays_as_it_is() -> None:
    check = CheckResult("Two numbers.", False, False, 1.0, "It is 1; expected 2.\nThe call:\nx = (\n    1,\n)\nf(*x)")
    other = CheckResult("Three.", True, True, 1.0)
    verdict = ExerciseVerdict("f", Status.FAILED, 1.0, 2.0, "a slip", "Look again.", "", (check, other))
    panel = as_panel(verdict, graded=True, note="Graded without a sandbox.")
    tags = [
        (tag.name, {k: _styles(v) for k, v in tag.attrs.items()})
        for tag in BeautifulSoup(panel, "html.parser").find_all()
    ]
    cleaned = BeautifulSoup(clean_html(panel), "html.parser")
    assert [(tag.name, {k: _styles(v) for k, v in tag.attrs.items()}) for tag in cleaned.find_all()] == tags
    assert cleaned.get_text() == BeautifulSoup(panel, "html.parser").get_text()


def _styles(value: object) -> object:
    """An attribute's value, whatever spaces and semicolons a style has."""
    return [part.strip() for part in value.strip().rstrip(";").split(";")] if isinstance(value, str) else value
