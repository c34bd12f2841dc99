"""Runs the course's solved notebooks, and those that students get, as scripts, by the Python that runs this one.

It must hold nothing but the wheel: CI runs this on macOS and Windows, where only the student's side of the kit works.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def code_of(notebook: Path) -> str:
    """The notebook's code as a script that opens no windows."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return "\n\n".join(["import matplotlib\nmatplotlib.use('agg')", *code])


def run(notebook: Path) -> tuple[str, list[str]]:
    """Run a notebook in a folder of its own.

    Returns
    -------
    What it printed, and the names of its exercises.
    """
    code = code_of(notebook)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "script.py")
        script.write_text(code, encoding="utf-8")
        command = [sys.executable, "-X", "utf8", str(script)]
        done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    return done.stdout + done.stderr, re.findall(r'^check\("(\w+)"\)', code, re.MULTILINE)


def main() -> None:
    for solved in sorted(ROOT.glob("source/*/*.ipynb")):
        printed, exercises = run(solved)
        assert exercises, f"{solved}: no exercise"
        for exercise in exercises:
            # Only the grader knows whether a quiz's answers are right.
            passed = f"{exercise}: passed" in printed or f"{exercise}: filled in" in printed
            assert passed, f"{solved}: {exercise} did not pass\n{printed}"
        untouched = ROOT / "release" / solved.relative_to(ROOT / "source")
        printed, exercises = run(untouched)
        assert f"{exercises[0]}: not attempted" in printed, f"{untouched}: {printed}"
        print(f"{solved.relative_to(ROOT)}: {len(exercises)} exercises passed")


if __name__ == "__main__":
    main()
