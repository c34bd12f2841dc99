"""Builds, from the lessons, the notebooks and scripts that instructors and students use.

Everything is built in a folder of its own and swapped in, tree by tree, once it is complete: a build that is killed
leaves each tree either as it was or complete.
"""

from __future__ import annotations

import contextlib
import copy
import ctypes
import fcntl
import filecmp
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.authoring.demos import check_demos
from autograder.authoring.record import record_lesson
from autograder.authoring.soundness import check_lesson
from autograder.lessons.course import Lesson, LessonError, find_lessons
from autograder.source_code import CODE_STUB, SCRIPT_REMARK
from autograder.version import VERSION

TREES = ("source", "release", "assignments", "autograder/course")
NEXT = ".next-build"
# What Python and JupyterLab leave beside the files they open.
NOT_OURS = {"__pycache__", ".ipynb_checkpoints"}


class Stale(Exception):
    """Committed trees are not what the lessons give: the message names the files and the command that updates them."""


def build(root: Path) -> list[Path]:
    """Build every tree of the course at `root` and swap them in.

    Returns
    -------
    The trees that changed.
    """
    with _alone(root), tempfile.TemporaryDirectory(prefix=NEXT, dir=root) as folder:
        built = Path(folder)
        build_into(root, built)
        changed = []
        for tree in TREES:
            if differences(root / tree, built / tree):
                _swap(built / tree, root / tree)
                changed.append(root / tree)
        return changed


def check(root: Path) -> None:
    """Raise `Stale` unless every committed tree is what a build would give."""
    with tempfile.TemporaryDirectory(prefix="autograder-build-") as folder:
        built = Path(folder)
        build_into(root, built)
        stale = [f"{tree}/{name}" for tree in TREES for name in differences(root / tree, built / tree)]
    if stale:
        listed = "\n  ".join(stale)
        raise Stale(
            f"These files are not what the lessons give:\n  {listed}\nRun `autograder build` and commit the result."
        )


def build_into(root: Path, target: Path) -> None:
    """Build every tree of the course at `root` below `target`.

    Raises
    ------
    LessonError
        If a lesson is not sound: for instance, its checks let a misconception pass, or cannot tell two apart.
    """
    lessons = find_lessons(root)
    if not lessons:
        raise LessonError(
            f"{root / 'solutions'}: there is no lesson. A lesson is a folder solutions/weekN/NAME with lesson.py."
        )
    for lesson in lessons:
        check_demos(lesson)
        check_lesson(lesson)
    derive(lessons, target)


def derive(lessons: Sequence[Lesson], target: Path) -> None:
    """Make the trees of these lessons below `target`, whether they are sound or not."""
    for lesson in lessons:
        path = target / "source" / lesson.week / f"{lesson.name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(source_notebook(lesson), path)
    for week in sorted({lesson.week for lesson in lessons}):
        _generate_release(target, week)
    for lesson in lessons:
        release = nbformat.read(target / "release" / lesson.week / f"{lesson.name}.ipynb", as_version=4)
        script = target / "assignments" / lesson.week / f"{lesson.name}.py"
        script.parent.mkdir(parents=True, exist_ok=True)
        script.write_text(student_script(release), encoding="utf-8")
        record_lesson(lesson, release, target / "autograder" / "course" / lesson.week / lesson.name)


def source_notebook(lesson: Lesson) -> NotebookNode:
    """The solved notebook, with metadata and cell ids that depend only on the lesson."""
    notebook = lesson.notebook()
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "autograder": {"week": lesson.week, "lesson": lesson.name, "version": VERSION},
        }
    )
    for number, cell in enumerate(notebook.cells):
        mark = cell.metadata.get("nbgrader")
        cell.metadata = nbformat.from_dict({"nbgrader": {**mark, "cell_type": "code"}} if mark else {})
        cell.id = mark["grade_id"] if mark else f"cell-{number:03}"
        cell.source = cell.source.replace("{{VERSION}}", VERSION)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def student_script(release: NotebookNode) -> str:
    """The released notebook as a script, for those who prefer an editor; cells keep only their grade_id."""
    notebook = copy.deepcopy(release)
    for cell in notebook.cells:
        mark = cell.metadata.get("nbgrader")
        cell.metadata = nbformat.from_dict({"nbgrader": {"grade_id": mark["grade_id"]}} if mark else {})
    notebook.metadata = nbformat.from_dict({"jupytext": {"notebook_metadata_filter": "-all"}})
    text = jupytext.writes(notebook, fmt="py:percent")
    return f"{SCRIPT_REMARK}\n\n" + re.sub(r"\A# ---\n.*?# ---\n+", "", text, flags=re.DOTALL)


def differences(committed: Path, built: Path) -> list[str]:
    """The files that are in only one of the trees, or differ between them."""
    names = {
        str(p.relative_to(t))
        for t in (committed, built)
        for p in t.rglob("*")
        if p.is_file() and not NOT_OURS & set(p.parts)
    }
    return sorted(
        name
        for name in names
        if not (committed / name).is_file()
        or not (built / name).is_file()
        or not filecmp.cmp(committed / name, built / name, shallow=False)
    )


@contextlib.contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Allow one build of a course at a time, and delete what a killed one left behind."""
    if not root.is_dir():
        raise LessonError(f"{root}: there is no such folder. Name the course's folder, the one that has solutions/.")
    handle = os.open(root, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network file systems lock no folders: then nothing is deleted
            fcntl.flock(handle, fcntl.LOCK_EX)
            for left in root.glob(NEXT + "*"):
                shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        os.close(handle)


def _generate_release(target: Path, week: str) -> None:
    """Have nbgrader itself make the students' version, in a course that exists only for this."""
    config = Config()
    config.CourseDirectory.root = str(target)
    config.CourseDirectory.assignment_id = week
    config.ClearSolutions.code_stub = CODE_STUB
    config.GenerateAssignment.no_database = True
    config.CourseDirectory.db_url = "sqlite://"
    preprocessors = [p for p in GenerateAssignment.preprocessors.default_args[0] if p.__name__ != "SaveCells"]
    config.GenerateAssignment.preprocessors = preprocessors
    converter = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config)
    converter.log.setLevel("ERROR")
    converter.start()
    for path in sorted((target / "release" / week).glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            # A quiz has blanks to fill in and no function: the placeholder would stop the notebook there.
            cell.source = cell.source.removesuffix("\n" + CODE_STUB["python"])
        _write(notebook, path)


def _write(notebook: NotebookNode, path: Path) -> None:
    nbformat.validate(notebook)
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")


def _swap(new: Path, old: Path) -> None:
    """Replace a tree by another in one step; the old one is left where the new one was."""
    if not old.exists():
        old.parent.mkdir(parents=True, exist_ok=True)
        os.rename(new, old)
        return
    try:
        exchanged = _exchange(new, old)
    except (AttributeError, OSError):  # no renameat2: another system than Linux
        exchanged = False
    if not exchanged:
        aside = new.with_name(new.name + ".old")
        os.rename(old, aside)
        os.rename(new, old)
        shutil.rmtree(aside)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two paths by Linux's renameat2 with RENAME_EXCHANGE: neither of them is ever missing."""
    at_cwd, rename_exchange = -100, 2
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.renameat2(at_cwd, os.fsencode(one), at_cwd, os.fsencode(other), rename_exchange) == 0)
