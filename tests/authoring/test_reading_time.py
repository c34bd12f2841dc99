"""The time of a lesson is summed from its words, its guesses and its model answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from autograder.authoring.new import begin
from autograder.authoring.reading_time import ReadingTime, reading_time, stated_minutes, wrong_time
from autograder.lessons.course import Lesson, read_lesson
from tests.support.small_course import MARK, SMALL, SmallCourse

GRADED_MARK = '"locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false'


def with_text(text: str, tmp_path: Path) -> Lesson:
    """A lesson of three exercises: a line, a loop, branches; and that text."""
    cells = [f"# %% [markdown]\n{text}"]
    answers = ("return x", "return [n for n in x]", "if x:\n        return 1\n    return 2")
    for name, answer in zip(("line", "loop", "branches"), answers, strict=True):
        cells.append(
            f'# %% nbgrader={{"grade": false, "grade_id": "{name}", {MARK}}}\n'
            f'def {name}(x):\n    """Three words here."""\n'
            f"    ### BEGIN SOLUTION\n    {answer}\n    ### END SOLUTION\n"
        )
        cells.append(f'# %% nbgrader={{"grade": true, "grade_id": "check_{name}", {GRADED_MARK}}}\ncheck("{name}")\n')
    script = tmp_path / "solutions" / "week1" / "three" / "lesson.py"
    script.parent.mkdir(parents=True)
    script.write_text("\n".join(cells), encoding="utf-8")
    return read_lesson(script)


def test_words_guesses_and_exercises_are_counted(tmp_path: Path) -> None:
    text = "# # Two words\n# **Guess before you look.** One — or <b>two</b>?"
    assert reading_time(with_text(text, tmp_path)) == ReadingTime(words=2 + 4 + 3 + 3 * 3, guesses=1, exercises=35)


def test_the_sum_is_rounded_to_five_minutes() -> None:
    assert ReadingTime(words=1500, guesses=2, exercises=35).minutes == 45  # 47
    assert ReadingTime(words=1500, guesses=3, exercises=35).minutes == 50  # 48


def test_another_time_than_the_sum_is_named_with_what_to_write(tmp_path: Path) -> None:
    lesson = with_text("# # Title\n# **Time.** About 50 minutes.", tmp_path)
    assert "says “About 50 minutes”, but 14 words, 0 guesses and 35 minutes of exercises take about 35" in wrong_time(
        lesson
    )
    (tmp_path / "more").mkdir()
    assert wrong_time(with_text("# # Title\n# **Time.** About 35 minutes.", tmp_path / "more")) == ""


def test_the_build_names_it_and_builds(tmp_path: Path) -> None:
    text = "# %% [markdown]\n# # Doubling\n# **Time.** About 300 minutes.\n\n"
    run = SmallCourse(tmp_path, (replace(SMALL, script=text + SMALL.script),)).autograder("build")
    assert run.returncode == 0
    assert "the first cell says “About 300 minutes”" in run.stdout


def test_a_new_lesson_states_its_time(tmp_path: Path) -> None:
    SmallCourse(tmp_path)
    begin(tmp_path, "week1/mine")
    lesson = read_lesson(tmp_path / "solutions" / "week1" / "mine" / "lesson.py")
    assert stated_minutes(lesson) == reading_time(lesson).minutes
