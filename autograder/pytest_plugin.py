"""``pytest --submission PATH``: the checks of a lesson on a notebook or script; without it, on the reference solutions.

The checks are collected and run by pytest as any tests are; the functions they look at live in a kernel of the
submission's. Without ``--submission`` each lesson's solved notebook is the submission: so CI validates the references.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from autograder.checks.plugin import ChecksPlugin
    from autograder.checks.submission import Functions
    from autograder.grading.exercises import NotebookGrading
    from autograder.lessons.course import Lesson
    from autograder.lessons.reference import References
    from autograder.verdicts.verdict import ExerciseVerdict
    from autograder.wire.calls import Answer, Request

CHECK_FILES = ("public.py", "hidden.py")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--submission`` and ``--unsafe-no-sandbox``."""
    group = parser.getgroup("autograder")
    group.addoption("--submission", metavar="PATH", help="grade this notebook or script with its lesson's checks")
    group.addoption(
        "--unsafe-no-sandbox", action="store_true", help="grade although nothing confines the students' code"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> None:
    """With a submission and no test files named, collect its lesson's checks."""
    named = early_config.known_args_namespace
    if named.submission and not named.file_or_dir:
        lesson = _lesson_of(Path(named.submission), _course(early_config))
        args += [
            str(lesson.public),
            str(lesson.hidden),
            "--import-mode=importlib",
            "-o",
            "python_files=public.py hidden.py",
        ]


def pytest_configure(config: pytest.Config) -> None:
    """Serve the fixtures to the checks of lessons, unless this run has them served already."""
    from autograder.checks.plugin import ChecksPlugin

    if config.pluginmanager.has_plugin(_NAME) or any(
        isinstance(p, ChecksPlugin) for p in config.pluginmanager.get_plugins()
    ):
        return
    grading = SubmissionGrading(config)
    config.pluginmanager.register(_Reporter(grading), "autograder-report")
    config.pluginmanager.register(grading.plugin, _NAME)


_NAME = "autograder-checks"


class SubmissionGrading:
    """What the checks of this pytest run look at (`checks_plugin.Graded`): one kernel a lesson, started when first needed."""

    def __init__(self, config: pytest.Config) -> None:
        from autograder.checks.plugin import ChecksPlugin

        self.config = config
        self.plugin: ChecksPlugin = ChecksPlugin(self)
        self._gradings: dict[str, NotebookGrading] = {}
        self._reached: set[str] = set()
        self._lessons: dict[str, Lesson] | None = None

    def lesson(self, exercise: str) -> Lesson:
        """The lesson that has an exercise."""
        if self._lessons is None:
            from autograder.lessons.course import find_lessons

            self._lessons = {e.name: lesson for lesson in find_lessons(_course(self.config)) for e in lesson.exercises}
        return self._lessons[exercise]

    def grading(self, exercise: str) -> NotebookGrading:
        """The grading of the lesson's notebook, run down to the exercise's graded cell."""
        lesson = self.lesson(exercise)
        if lesson.name not in self._gradings:
            self._gradings[lesson.name] = self._open(lesson)
        grading = self._gradings[lesson.name]
        if exercise not in self._reached:
            for earlier in self._reached & {e.name for e in lesson.exercises}:
                grading.verdicts[earlier] = self.verdict(earlier)  # a later exercise may build on it
            self._reached.add(exercise)
            if not grading.rebuilt.ungradable:
                grading.run_until(lesson.exercise(exercise))
        return grading

    def verdict(self, exercise: str) -> ExerciseVerdict:
        """The verdict on an exercise from all its checks: one that did not run, or was not collected, has not passed."""
        from autograder.checks.run import planned_checks

        lesson, grading = self.lesson(exercise), self._gradings[self.lesson(exercise).name]
        ran = {run.key: run for run in self.plugin.runs() if run.exercise == exercise}
        planned = [run for run in planned_checks([lesson.public, lesson.hidden]) if run.exercise == exercise]
        runs = [ran.get(run.key, run) for run in planned]
        return grading.without_checks(lesson.exercise(exercise)) or grading.judge(lesson.exercise(exercise), runs)

    def submission(self, exercise: str) -> Functions:
        """The submission's functions; where the exercise has nothing to check, any call of theirs says so."""
        from autograder.checks.compare import Mismatch
        from autograder.checks.submission import Functions

        grading = self.grading(exercise)
        verdict = grading.without_checks(self.lesson(exercise).exercise(exercise))
        if verdict is None:
            return grading.submission(exercise)
        told = f"{verdict.status}: {verdict.message}"

        def nothing_to_call(request: Request) -> Answer:
            raise Mismatch(told)

        return Functions(nothing_to_call)

    def reference(self, exercise: str, check: str) -> References:
        """The reference's functions."""
        return self.grading(exercise).reference(exercise, check)

    def seed(self, exercise: str, check: str) -> int:
        """The seed of a check's random numbers."""
        return self.grading(exercise).seed(exercise, check)

    def close(self) -> None:
        """End every kernel."""
        for grading in self._gradings.values():
            grading.close()

    def _open(self, lesson: Lesson) -> NotebookGrading:
        import nbformat

        from autograder.checks.run import FIXED_SECRET
        from autograder.grading.exercises import NotebookGrading, Terms
        from autograder.intake.data_files import data_files
        from autograder.intake.rebuild import Rebuilt, rebuild
        from autograder.kernels.warm import best_tier
        from autograder.limits import Limits

        root = _course(self.config)
        limits = Limits.of_course(root)
        path = self.config.getoption("--submission")
        if path is None:
            rebuilt, files = Rebuilt(lesson.notebook()), []
        else:
            blank = nbformat.read(root / "release" / lesson.week / f"{lesson.name}.ipynb", as_version=4)
            rebuilt = rebuild(Path(path).absolute(), blank, limits)
            files = data_files(Path(path).absolute().parent, limits)
        return NotebookGrading(rebuilt, lesson, files, Terms(limits, FIXED_SECRET, best_tier()))


class _Reporter:
    """Orders the checks as the notebook has its exercises, and prints the scores at the end."""

    def __init__(self, grading: SubmissionGrading) -> None:
        self._grading = grading
        self._may_run = False

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        from autograder.checks.plugin import exercise_of
        from autograder.kernels.warm import tier_to_use
        from autograder.limits import unsafe_allowed
        from autograder.sandbox.walls import NoSandbox

        if not any(exercise_of(item) for item in items):
            return
        try:
            tier_to_use(none_allowed=config.getoption("--unsafe-no-sandbox") or unsafe_allowed(_course(config)))
        except NoSandbox as error:
            raise pytest.UsageError(str(error)) from None
        self._may_run = not config.getoption("collectonly")
        items.sort(key=lambda item: self._place(exercise_of(item), item.path.stem))

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        runs = self._grading.plugin.runs()
        if not (runs and self._may_run):  # where it was refused, not even the scores may start a kernel
            return
        from autograder.kernels.warm import best_tier
        from autograder.sandbox.order import NONE

        terminalreporter.section("scores")
        for exercise in dict.fromkeys(run.exercise for run in runs):
            self._grading.grading(exercise)
            verdict = self._grading.verdict(exercise)
            said = f"  {verdict.misconception}: {verdict.hint}" if verdict.misconception else ""
            terminalreporter.write_line(
                f"{exercise:28} {verdict.score:.4g} of {verdict.points:g}  {verdict.status}{said}"
            )
        if best_tier() == NONE:
            terminalreporter.write_line("Graded without a sandbox.")

    def pytest_unconfigure(self) -> None:
        self._grading.close()

    def _place(self, exercise: str, file: str) -> tuple[str, str, int, bool]:
        if not exercise:
            return ("", "", 0, False)
        lesson = self._grading.lesson(exercise)
        names = [e.name for e in lesson.exercises]
        return (lesson.week, lesson.name, names.index(exercise), file != "public")


def _course(config: pytest.Config) -> Path:
    """The course's folder: the nearest one upwards, from here or from pytest's root, that has ``solutions/``."""
    here = config.invocation_params.dir
    named = config.known_args_namespace.submission
    around = Path(named).absolute().parents if named else ()
    for folder in (here, *here.parents, config.rootpath, *around):
        if (folder / "solutions").is_dir():
            return folder
    raise pytest.UsageError("There is no course here: run pytest in a folder that has solutions/, or below one.")


def _lesson_of(path: Path, root: Path) -> Lesson:
    """The lesson that a submission is of: by the file's name, else by the exercises whose names it holds."""
    from autograder.lessons.course import LessonError, find_lessons

    if not path.is_file():
        raise pytest.UsageError(f"{path}: there is no such file.")
    try:
        lessons = find_lessons(root)
    except LessonError as error:
        raise pytest.UsageError(str(error)) from None
    for lesson in lessons:
        if path.stem == lesson.name:
            return lesson
    text = path.read_bytes()
    counts = [sum(e.name.encode() in text for e in lesson.exercises) for lesson in lessons]
    if not lessons or max(counts) == 0:
        raise pytest.UsageError(
            f"{path}: it has no exercise of this course. Name it as its lesson, or name the checks to run."
        )
    return lessons[counts.index(max(counts))]
