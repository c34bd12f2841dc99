"""The pages that come back, of the demo class: readable in light, dark, narrow and printed, by keyboard and by ear."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from nbformat.v4 import new_code_cell

from autograder.grading.demo import hand_in_class
from autograder.lessons.samples import Material
from tests.browser.conftest import ARGUMENTS, playwright
from tests.support.course import ROOT, WEEK, Course, copied

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SHOTS = os.environ.get("AUTOGRADER_SCREENSHOTS")
DRAWING = "display(network_diagram([2, 3, 1]))\nimport matplotlib.pyplot as plt\n_ = plt.plot([1, 4, 9])"
# All right; misconceptions; crashes and their kin; a file that can't be read; a script.
LOOKED_AT = ("ada", "cleo", "dan", "ines", "kim", "mia", "zoe")


@pytest.fixture(scope="module")
def graded(real_material: Material, tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = copied(ROOT, tmp_path_factory.mktemp("course"), real_material.lesson.name)
    shutil.copytree(ROOT / "assignments", course.root / "assignments")  # of which the demo makes a script
    hand_in_class(course.root, WEEK, course.classroom)
    drawn = real_material.notebook(real_material.answers)
    drawn.cells.append(new_code_cell(DRAWING, id="drawn"))
    course.hand_in("zoe", drawn)
    grade = [str(Path(sys.executable).with_name("autograder")), "grade", WEEK, "--course", str(course.root)]
    done = subprocess.run(grade, capture_output=True, text=True, timeout=900, check=False)
    assert done.stdout.splitlines()[-1].endswith((course.classroom / f"{WEEK}.html").as_uri()), done.stderr
    return course


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


def pages(course: Course) -> list[Path]:
    feedback = course.classroom / "feedback"
    found = [path for student in LOOKED_AT for path in sorted((feedback / student / WEEK).glob("*.html"))]
    assert len(found) == 4 * len(LOOKED_AT)  # the week and its three lessons
    return [course.classroom / f"{WEEK}.html", *found]


def opened(browser: Browser, path: Path, width: int, scheme: str, said: list[str] | None = None) -> Page:
    """A page, opened; what the browser complains of, and what the page asks of others, is added to `said`."""
    said = [] if said is None else said
    size = {"width": width, "height": 900}
    page = browser.new_page(viewport=size, color_scheme="dark" if scheme == "dark" else "light")
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(("file:", "data:")) else said.append(request.url))
    page.goto(path.as_uri())
    return page


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1200])
def test_no_page_has_an_error_a_barrier_or_is_too_wide(
    graded: Course, browser: Browser, width: int, scheme: str
) -> None:
    found = []
    for path in pages(graded):
        said: list[str] = []
        page = opened(browser, path, width, scheme, said)
        name = f"{path.relative_to(graded.classroom).with_suffix('')}".replace("/", "-")
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{name}-{scheme}-{width}.png", full_page=True)
        if width == 1200:
            unfold(page)
        barriers = axe.Axe().run(page).response["violations"]
        found += [f"{name}: {one['id']}: {one['nodes'][0]['html']}" for one in barriers]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{name} is wider than {width}")
        found += [f"{name}: {line}" for line in said]
        page.close()
    assert found == []


def test_every_hint_and_every_folded_part_opens_by_keyboard(graded: Course, browser: Browser) -> None:
    page = opened(browser, graded.classroom / "feedback" / "cleo" / WEEK / "forward_propagation.html", 1200, "light")
    folded = page.locator("details:not(details details)").count()
    assert folded > 10
    seen = set()
    for _ in range(400):
        page.keyboard.press("Tab")
        where = page.evaluate(
            "(() => { const all = [...document.querySelectorAll('summary')];"
            " return all.indexOf(document.activeElement); })()"
        )
        if where in seen:
            break
        if where >= 0:
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            page.keyboard.press("Enter")
            seen.add(where)
    assert len(seen) == page.locator("summary").count() >= folded
    assert page.locator("details:not([open])").count() == 0
    assert page.get_by_text("Which of z1 and a1 leaves the first neuron?").first.is_visible()


def test_links_lead_from_the_class_to_an_exercise(graded: Course, browser: Browser) -> None:
    page = opened(browser, graded.classroom / f"{WEEK}.html", 1200, "light")
    page.get_by_role("link", name="cleo", exact=True).click()
    page.get_by_role("link", name="forward propagation").click()
    page.get_by_role("link", name="dense_forward").click()
    assert page.url.endswith("#dense_forward")
    assert page.locator("#dense_forward").evaluate("one => one.getBoundingClientRect().top") < 50


def test_printed_without_the_lesson_and_with_the_hints(graded: Course, browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, graded.classroom / "feedback" / "cleo" / WEEK / "forward_propagation.html", 1200, "dark")
    pdf = Path(SHOTS or tmp_path, "printed.pdf")
    page.pdf(path=pdf, format="A4")
    assert pdf.read_bytes().startswith(b"%PDF")
    page.emulate_media(media="print", color_scheme="light")
    assert page.get_by_text("Which of z1 and a1 leaves the first neuron?").last.is_visible()
    assert not page.locator("details.lesson").first.is_visible()


@pytest.mark.parametrize("width", [400, 1200])
def test_a_picture_is_as_wide_as_in_the_notebook_or_the_page(graded: Course, browser: Browser, width: int) -> None:
    page = opened(browser, graded.classroom / "feedback" / "zoe" / WEEK / "forward_propagation.html", width, "light")
    pictures = page.locator("section.own img")
    assert pictures.count() == 2
    for picture in pictures.all():
        shown, natural = picture.evaluate("one => [one.getBoundingClientRect().width, one.naturalWidth]")
        wanted = float(picture.get_attribute("width") or natural)
        room = picture.evaluate("one => one.parentElement.getBoundingClientRect().width")
        assert abs(shown - min(wanted, room)) < 1
        assert picture.get_attribute("alt")
    assert pictures.first.get_attribute("width")  # one of ours has twice the points


def test_a_lessons_page_is_small(graded: Course) -> None:
    sizes = {str(path): path.stat().st_size for path in pages(graded) if "zoe" not in path.parts}
    assert {path: size for path, size in sizes.items() if size >= 300_000} == {}
