"""Runs a rebuilt notebook's cells from top to bottom, fills in their outputs and remembers how answer cells ended."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_output

from autograder.grading.needed import setup_of
from autograder.grading.notebook_run import NotebookRun, heavy_imports
from autograder.grading.outputs import Room, plain_outputs
from autograder.kernels.kernel import Ran
from autograder.limits import Limits
from autograder.plain_text import plain_text
from autograder.verdicts.endings import Ending
from autograder.wire.calls import MAX_TEXT, Answer, Request
from autograder.wire.own_code import MAX_CODE

# In place of the outputs of a demo that no answer needs.
NOT_RUN = {"output_type": "stream", "name": "stdout", "text": "[Not run, because no answer needs it.]\n"}


@dataclass(frozen=True)
class CellError:
    """The error that ended a cell: its class, with those that it is a case of, its text, the line and its number.

    The number is 0 if it is unknown: all of this comes from the kernel.
    """

    names: tuple[str, ...]
    text: str
    line: int
    code: str

    @classmethod
    def of(cls, output: Mapping[str, Any], source: str) -> CellError:
        """Read a kernel's output about an error in a cell with this source."""
        name = str(output.get("ename", ""))
        names = (name, "SyntaxError") if name in ("IndentationError", "TabError") else (name,)
        traceback = plain_text(str(output.get("text", ""))[:MAX_TEXT])
        line = _LINE.search(traceback)
        number = int(line[1]) if line else 0
        code = source.split("\n")[number - 1 : number] if number else []
        text = str(output.get("evalue", ""))[:MAX_TEXT]
        return cls(names, text, number if code else 0, "".join(code).strip()[:MAX_CODE])


# How IPython's traceback names a line of the cell that was run.
_LINE = re.compile(r"Cell In\[\d+\], line (\d{1,6})\b")


class Execution:
    """The run of a notebook; its graded cells are never run.

    ``endings`` says how solution cells were stopped, and ``errors`` with which error they failed.

    Parameters
    ----------
    notebook
        The rebuilt notebook.
    files
        Plain data files beside it.
    limits
        What it may use.
    sandbox
        The tier that confines its kernels.
    needed
        The numbers of the cells of code that run; the others are left out, and say so.
    call_seconds
        The limits of a call of functions that have one of their own.
    """

    def __init__(
        self,
        notebook: NotebookNode,
        files: Sequence[Path],
        limits: Limits,
        sandbox: str,
        needed: Collection[int],
        call_seconds: Mapping[str, float] | None = None,
    ) -> None:
        self.endings: dict[str, Ending] = {}
        self.errors: dict[str, CellError] = {}
        self._cells = notebook.cells
        self._needed = needed
        self._setup = setup_of(notebook.cells)
        imports = heavy_imports(self._cells[number].source for number in needed)
        self._run = NotebookRun(files, limits, sandbox, imports, call_seconds)
        self._limits = limits
        self._room = Room()
        self._next = 0
        # Pictures are encoded again while the kernel runs the next cell.
        self._packing = ThreadPoolExecutor(max_workers=1)
        self._packed: list[tuple[NotebookNode, Future[list[NotebookNode]]]] = []

    def run_until(self, check_id: str) -> None:
        """Run the cells up to the graded cell of that name; LookupError if none is left."""
        while self._next < len(self._cells):
            number = self._next
            self._next += 1
            mark = _mark(self._cells[number])
            if mark.get("grade") and mark.get("grade_id") == check_id:
                return
            self._run_cell(number)
        raise LookupError(f"The notebook has no graded cell {check_id}.")

    def run_rest(self) -> None:
        """Run the cells after the last graded one."""
        for number in range(self._next, len(self._cells)):
            self._run_cell(number)
        self._next = len(self._cells)

    def answer(self, request: Request) -> Answer:
        """Answer a call of a function that the cells have defined; CallStopped if it does not return."""
        return self._run.answer(request)

    def twin(self) -> NotebookRun:
        """Another kernel, in which the cells so far have run; it hears nothing of the calls to this one."""
        return self._run.twin()

    def close(self) -> None:
        """End the kernel; afterwards the cells have their outputs."""
        self._run.close()
        self._packing.shutdown()
        for cell, outputs in self._packed:
            cell.outputs = outputs.result()
        self._packed.clear()

    def _run_cell(self, number: int) -> None:
        cell = self._cells[number]
        mark = _mark(cell)
        if cell.cell_type != "code" or mark.get("grade"):
            return
        if number not in self._needed:
            cell.outputs = [from_dict(NOT_RUN)]
            return
        ran = self._run.run(cell.source, essential=bool(mark.get("solution")) or cell is self._setup)
        if not ran.ending.by_itself:
            self.endings[mark.get("grade_id", "")] = ran.ending
        elif ran.ending is Ending.ERROR:
            errors = (output for output in ran.outputs if output.get("output_type") == "error")
            self.errors[mark.get("grade_id", "")] = CellError.of(next(errors, {}), cell.source)
        if self._packed:
            wait([self._packed[-1][1]])  # at most one cell's raw outputs are kept in memory
        self._packed.append((cell, self._packing.submit(self._plain, ran)))

    def _plain(self, ran: Ran) -> list[NotebookNode]:
        outputs = plain_outputs(ran.outputs, self._limits, self._room)
        if not ran.ending.by_itself:
            outputs.append(new_output("stream", name="stdout", text=f"[{ran.ending.of_cell}]\n"))
        return outputs


def _mark(cell: NotebookNode) -> dict[str, Any]:
    return dict(cell.metadata.get("nbgrader", {}))
