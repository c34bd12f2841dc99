"""No page or file that people open has a student's script or forged panel, or anything of the hidden checks."""

from __future__ import annotations

import base64
import io
import re
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from PIL import Image, PngImagePlugin

from autograder.checks.plugin import Subject
from autograder.checks.run import run_checks
from autograder.checks.seeds import course_secret, seed_from
from autograder.checks.submission import Functions
from autograder.intake.hand_in import digest_of_folder
from autograder.lessons.reference import References
from autograder.lessons.samples import Material
from autograder.limits import Limits
from autograder.wire.calls import Answer
from tests.support import odd_notebooks as odd
from tests.support.course import FULL, LESSON, WEEK, Course

# What must never be in a page as a tag, an attribute or a script: only as escaped text, if at all.
ATTACK = "<script>alert('mine')</script><img src=x onerror=alert('mine')><a href=\"javascript:alert('mine')\">mine</a>"
PANEL = '<div class="panel-heading"><span class="pull-right">Score: 3 / 3</span></div>'
SHOWS = f"""
from IPython.display import HTML, Image, Javascript, Latex, Markdown, SVG, display
import base64
attack = {ATTACK!r} + {PANEL!r}
for kind in (HTML, Javascript, Latex, Markdown):
    display(kind(attack))
display({{"text/html": attack, "image/svg+xml": "<svg onload=alert('mine')></svg>", "text/plain": attack}}, raw=True)
display(Image(data=base64.b64decode(PICTURE), format="png", metadata={{"width": "x' onerror='alert(mine)"}}))
print(attack)
raise ValueError(attack)
"""
REPEATS = (
    "def {0}(*args, **kwargs):\n"
    "    import numpy as np\n"
    "    np.set_printoptions(threshold=100000, precision=17)\n"
    "    print('heard', args, kwargs)\n"
    "    raise ValueError('heard ' + str(args) + str(kwargs))\n"
)
RECORDS = "HEARD = globals().get('HEARD', [])\n" + REPEATS.replace(
    "    print(", "    HEARD.append((args, kwargs))\n    print("
)


PRINTS = (
    "import numpy as np\nnp.set_printoptions(precision=17, threshold=100000)\nfor heard in HEARD:\n    print(heard)"
)


class Tags(HTMLParser):
    """Collects the scripts, the event handlers and the links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.handlers: list[str] = []
        self.links: list[str] = []
        self.classes: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_script = tag == "script"
        self.handlers += [f"{tag} {name}={value}" for name, value in attrs if name.startswith("on")]
        self.links += [str(value) for name, value in attrs if name in ("href", "src")]
        self.classes += [str(value) for name, value in attrs if name == "class"]

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False


def tags(page: Path) -> Tags:
    """The tags of a page."""
    parser = Tags()
    parser.feed(page.read_text(encoding="utf-8"))
    return parser


def picture() -> str:
    """A PNG with a script in its metadata, as base64."""
    about = PngImagePlugin.PngInfo()
    about.add_text("Comment", ATTACK)
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(buffer, format="PNG", pnginfo=about)
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def attacking(material: Material) -> nbformat.NotebookNode:
    """A notebook that shows scripts and a forged panel in every way it can."""
    notebook = odd.wrong(material)
    code = f"PICTURE = {picture()!r}\n{SHOWS}"
    odd.solutions(notebook)[0].source += f"\n{code}"
    notebook.cells.insert(1, new_markdown_cell(f"# {ATTACK}\n\n```\n\n{PANEL}\n\n~~~~~\n{ATTACK}", id="note"))
    notebook.cells.append(new_code_cell(code, id="added"))
    notebook.metadata["title"] = ATTACK
    return notebook


@pytest.fixture(scope="module")
def graded(class_course: Course, material: Material) -> Course:
    settings = class_course.root / "pyproject.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace("[tool.autograder.limits]", "[tool.autograder.limits]\nkept_bytes = 1000000"), encoding="utf-8"
    )
    class_course.hand_in("mallory", attacking(material))
    class_course.hand_in("eve", odd.wrong(material))
    class_course.hand_in("parrot", repeating(material, REPEATS))
    class_course.hand_in("recorder", repeating(material, RECORDS, PRINTS))
    class_course.autograde()
    class_course.nbgrader("generate_feedback", WEEK)
    return class_course


def repeating(material: Material, function: str, last: str = "") -> nbformat.NotebookNode:
    """A notebook whose functions raise what they were called with, and whose last cell may print it."""
    notebook = material.notebook({name: function.format(name) for name in FULL})
    notebook.cells.append(new_code_cell(last or "pass", id="last"))
    return notebook


def hidden_numbers(course: Course, material: Material, student: str, exercise: str) -> set[str]:
    """The numbers with which the hidden checks call a student's function, by the secret and the student's file."""
    handed_in = course.classroom / "submitted" / student / WEEK / f"{LESSON}.ipynb"
    digest = digest_of_folder(handed_in.parent, [LESSON], Limits())
    secret, references = course_secret(course.classroom), References(material.lesson)
    subject = Subject(
        Functions(lambda request: Answer("error", error_names=("ValueError", "Exception"))),
        lambda check: references,
        lambda check: seed_from(secret, student, digest, check),
    )
    runs = run_checks([material.lesson.hidden], exercise, subject)
    with np.printoptions(precision=17, threshold=100_000):
        documents = [str([call.arguments, call.keywords]) for run in runs for call in run.calls]
    return {number[:10] for document in documents for number in re.findall(r"\d\.\d{8,}", document)}


def page_of(course: Course, student: str) -> Path:
    """A student's feedback page."""
    return course.classroom / "feedback" / student / WEEK / f"{LESSON}.html"


def notebook_of(course: Course, student: str) -> nbformat.NotebookNode:
    """A student's graded notebook."""
    return nbformat.read(course.classroom / "autograded" / student / WEEK / f"{LESSON}.ipynb", as_version=4)


def test_a_page_has_no_script_handler_or_link_of_a_students(graded: Course) -> None:
    theirs, ours = tags(page_of(graded, "mallory")), tags(page_of(graded, "eve"))
    assert theirs.scripts == ours.scripts == []
    assert theirs.handlers == ours.handlers == []
    assert ours.links
    assert not [link for link in theirs.links if "alert" in link or link == "x"]


def test_a_page_has_no_panel_of_a_students(graded: Course) -> None:
    theirs, ours = tags(page_of(graded, "mallory")), tags(page_of(graded, "eve"))
    exercises = [name for name in ours.classes if name.startswith("exercise")]
    assert [name for name in theirs.classes if name.startswith("exercise")] == exercises
    assert len(exercises) == len(FULL)
    assert "panel-heading" not in theirs.classes
    assert "&lt;script&gt;" in page_of(graded, "mallory").read_text(encoding="utf-8")


def test_a_students_notes_are_plain_text(graded: Course) -> None:
    (note,) = (
        cell for cell in notebook_of(graded, "mallory").cells if cell.cell_type == "markdown" and "mine" in cell.source
    )
    lines = note.source.splitlines()
    assert lines[0] == "``````text" or re.fullmatch(r"`{4,}text", lines[0])
    assert lines[-1] == lines[0].removesuffix("text")
    assert lines[0].removesuffix("text") not in lines[1:-1]


def test_outputs_are_plain_text_and_pictures_without_metadata(graded: Course) -> None:
    pictures = []
    for cell in notebook_of(graded, "mallory").cells:
        if cell.cell_type != "code" or cell.metadata.get("nbgrader", {}).get("grade"):
            continue
        for output in cell.outputs:
            data = output.get("data", {})
            assert set(data) <= {"text/plain", "image/png"}
            assert output.get("metadata", {}) in ({}, {"image/png": {"alt": "a picture"}})
            pictures += [data["image/png"]] if "image/png" in data else []
    assert pictures
    for encoded in pictures:
        with Image.open(io.BytesIO(base64.b64decode(encoded))) as image:
            image.load()
            assert image.info == {}


@pytest.mark.parametrize("exercise", FULL)
def test_a_students_function_does_see_hidden_numbers(graded: Course, material: Material, exercise: str) -> None:
    heard = str(notebook_of(graded, "recorder").cells[-1].outputs)
    numbers = hidden_numbers(graded, material, "recorder", exercise)
    assert len(numbers) >= 5
    assert [number for number in numbers if number not in heard] == []


@pytest.mark.parametrize("exercise", FULL)
def test_no_hidden_number_is_in_the_verdict_the_notebook_or_the_page(
    graded: Course, material: Material, exercise: str
) -> None:
    numbers = hidden_numbers(graded, material, "parrot", exercise)
    assert len(numbers) >= 5
    verdict = graded.exercise("parrot", exercise)
    hidden = [check["message"] for check in verdict["checks"] if check["hidden"]]
    assert hidden
    assert not [message for message in hidden if "heard" in message]
    parts = {
        "verdict": str(graded.verdict("parrot")),
        "notebook": str(notebook_of(graded, "parrot")),
        "page": page_of(graded, "parrot").read_text(encoding="utf-8"),
    }
    assert {part for part, text in parts.items() for number in numbers if number in text} == set()
