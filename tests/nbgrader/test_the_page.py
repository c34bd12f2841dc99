"""The page that comes back: exercises by name, comments and scores given by hand, the student's own cells, the rest."""

from __future__ import annotations

import itertools
import re
from html.parser import HTMLParser

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook

from autograder.lessons.samples import Material
from autograder.nbgrader_plugin.feedback import INDEX, outlined
from autograder.nbgrader_plugin.feedback_page import OWN_CODE, STOPPED
from tests.support import odd_notebooks as odd
from tests.support.course import FIRST, FULL, LESSON, WEEK, Course

COMMENT = "Well **argued**, but see <script>alert(1)</script> me."
SCORE = 1.25
VOID = ("meta", "br", "wbr", "img", "hr")


class Page(HTMLParser):
    """A page's headings, what is folded, and its whole text, without scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.headings: list[tuple[int, str]] = []
        self.text = ""
        self.folded = ""
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self._open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))

    def handle_endtag(self, tag: str) -> None:
        assert tag in VOID or self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in ("style", "script"):
            return
        self.text += data
        if "details" in self._open and "summary" not in self._open:
            self.folded += data
        if any(re.fullmatch("h[1-6]", tag) for tag in self._open):
            level, text = self.headings[-1]
            self.headings[-1] = level, text + data


@pytest.fixture(scope="module")
def course(class_course: Course, material: Material) -> Course:
    course = class_course
    notebook = material.notebook(material.wrong(0))
    notebook.cells.insert(1, new_code_cell("print('mine', 6 * 7)", id="mine"))
    course.hand_in("eve", notebook)
    course.hand_in("right", odd.right(material))
    course.hand_in("blank", material.release)
    course.hand_in("late", odd.right(material))
    course.autograde()
    with Gradebook(f"sqlite:///{course.classroom / 'gradebook.db'}") as gradebook:
        gradebook.find_comment(FIRST, LESSON, WEEK, "eve").manual_comment = COMMENT
        gradebook.find_grade(f"check_{FIRST}", LESSON, WEEK, "eve").manual_score = SCORE
        gradebook.find_submission_notebook(LESSON, WEEK, "late").late_submission_penalty = 3.0
        gradebook.db.commit()
    course.nbgrader("generate_feedback", WEEK)
    return course


def page(course: Course, student: str, name: str = LESSON) -> Page:
    """One of a student's pages."""
    path = course.classroom / "feedback" / student / WEEK / f"{name}.html"
    return Page(path.read_text(encoding="utf-8"))


def test_the_list_names_each_exercise_with_its_points_and_result_and_leads_to_it(course: Course) -> None:
    right = page(course, "right")
    whole = sum(FULL.values())
    assert f"{whole:g} of {whole:g} points" in right.text
    for exercise, points in FULL.items():
        assert f'<a href="#{exercise}">' in right.html
        assert f'id="{exercise}"' in right.html
        assert f"{points:g} of {points:g}" in right.text
    assert "✓ passed" in right.text
    assert "Test cell" not in right.text


def test_a_named_mistake_stands_in_the_list_with_its_hint_folded(course: Course, material: Material) -> None:
    eve = page(course, "eve")
    verdict = next(e for e in course.verdict("eve")["exercises"] if e["misconception"])
    assert verdict["misconception"] in eve.text
    assert verdict["hint"] in eve.folded


def test_an_instructors_score_and_comment_are_shown_as_theirs(course: Course) -> None:
    eve = page(course, "eve")
    assert re.search(rf"{SCORE:g} of {FULL[FIRST]:g} points, given by your instructor; the checks gave \d", eve.text)
    assert "Your instructor's comment" in [text for _, text in eve.headings]
    assert "<strong>argued</strong>" in eve.html
    assert "<script" not in eve.html
    for student in ("right", "blank"):  # nbgrader itself writes "No response." below an untouched cell
        assert "instructor" not in page(course, student).text
        assert "No response" not in page(course, student).text


def test_a_late_hand_in_is_reported(course: Course) -> None:
    late, whole = page(course, "late"), sum(FULL.values())
    assert f"{whole - 3:g} of {whole:g} points" in late.text
    assert "3 points were taken off" in late.text
    assert "taken off" not in page(course, "right").text


def test_what_the_student_added_is_shown_and_the_lesson_is_folded(course: Course, material: Material) -> None:
    eve = page(course, "eve")
    assert OWN_CODE in [text for _, text in eve.headings]
    assert "mine 42" in eve.text
    assert "mine 42" not in eve.folded
    notes = [cell.source for cell in material.release.cells if cell.cell_type == "markdown"]
    words = re.findall(r"[a-z]{4,}(?= [a-z]{4,})", notes[-1])
    assert words
    assert all(word in eve.folded for word in words)


def test_headings_leave_out_no_level(course: Course) -> None:
    for student in ("eve", "right", "blank"):
        levels = [level for level, _ in page(course, student).headings]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_students_index_lists_the_lessons_with_the_gradebooks_scores(course: Course) -> None:
    index = page(course, "eve", "index")
    score = SCORE + course.scores("eve")["summed"]
    assert f'href="{LESSON}.html"' in index.html
    assert f"{score:g} of {sum(FULL.values()):g}" in index.text
    assert INDEX == "index.html"


def test_a_page_is_small_and_has_nothing_from_elsewhere(course: Course) -> None:
    for path in (course.classroom / "feedback").glob(f"*/{WEEK}/*.html"):
        html = path.read_text(encoding="utf-8")
        assert len(html) < 300_000
        assert not re.findall(r"https?:|<script|<link|@import|url\(", html)


def test_without_its_verdict_a_page_shows_what_the_graded_cells_have(course: Course) -> None:
    verdict = course.classroom / "verdicts" / "right" / WEEK / f"{LESSON}.json"
    text = verdict.read_text(encoding="utf-8")
    verdict.unlink()
    try:
        course.nbgrader("generate_feedback", WEEK, "--student=right", "--force")
        right = page(course, "right")
    finally:
        verdict.write_text(text, encoding="utf-8")
    assert "✓ passed" in right.text
    assert f"{sum(FULL.values()):g} of {sum(FULL.values()):g} points" in right.text


def test_a_cell_of_the_lesson_that_stopped_is_not_folded(course: Course, material: Material) -> None:
    notebook = odd.right(material)
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    notebook.cells.insert(notebook.cells.index(first), new_code_cell("import sys; sys.modules['numpy'] = None"))
    course.hand_in("stopped", nbformat.from_dict(notebook))
    course.autograde("--student=stopped")
    course.nbgrader("generate_feedback", WEEK, "--student=stopped")
    assert STOPPED in [text for _, text in page(course, "stopped").headings]


@pytest.mark.parametrize(
    ("html", "below"),
    [
        ("<h1>a</h1><h2 id='x'>b</h2>", "<h3>a</h3><h4 id='x'>b</h4>"),
        ("<h4>a</h4>", "<h3>a</h3>"),
        ("<h1>a</h1><h6>b</h6><h6>c</h6>", "<h3>a</h3><h4>b</h4><h4>c</h4>"),
        ("<h3>a</h3><h2>b</h2><h3>c</h3>", "<h3>a</h3><h3>b</h3><h4>c</h4>"),
        ("".join(f"<h{n}>a</h{n}>" for n in range(1, 7)), "<h3>a</h3><h4>a</h4><h5>a</h5>" + 3 * "<h6>a</h6>"),
        ("<header>a</header><hr>", "<header>a</header><hr>"),
        ("<tr><th></th><th>b</th></tr>", "<tr><td></td><th>b</th></tr>"),
    ],
)
def test_notes_fit_below_a_heading(html: str, below: str) -> None:
    assert outlined(html, 3) == below
