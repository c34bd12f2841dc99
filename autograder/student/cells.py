"""What the cells of a live notebook did, so that `check` knows whether it sees what the student has written last."""

from __future__ import annotations

import contextlib
import types
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.wire.calls import Answer
from autograder.wire.own_code import MAX_CODE, defined_in, nearest

_NOTHING = object()


@dataclass(frozen=True)
class Stale:
    """An object that a later run of its cell should have replaced, or removed.

    ``stopped`` is the error that ended that run; without one, the function ``instead`` was defined later. ``same_cell``
    says whether that was by the same cell: only some programs that show notebooks tell a kernel which cell it runs.
    """

    older: Any
    stopped: Answer | None = None
    instead: str = ""
    same_cell: bool = False


@dataclass
class Cells:
    """The runs of a notebook's cells, seen through IPython's events.

    Parameters
    ----------
    namespace
        The notebook's names.
    latest
        The functions that the last cell with any has defined.
    """

    namespace: Mapping[str, Any]
    latest: tuple[str, ...] = ()
    _stale: dict[str, Stale] = field(default_factory=dict)
    _stopped_after: dict[str, tuple[Any, Answer]] = field(default_factory=dict)
    _before: dict[str, Any] = field(default_factory=dict)
    _defined_by: dict[str, dict[str, Any]] = field(default_factory=dict)

    def watch(self, events: Any) -> None:
        """Hear of every run from now on."""
        events.register("pre_run_cell", self._begins)
        events.register("post_run_cell", self._ended)

    def stale(self, name: str) -> Stale | None:
        """How what has this name now, or that nothing has it, is out of date; None if it isn't."""
        stale = self._stale.get(name)
        return stale if stale is not None and self.namespace.get(name, _NOTHING) is stale.older else None

    def stopped_after(self, name: str) -> Answer | None:
        """The error with which a cell stopped after it had defined what has this name now; None if it didn't."""
        value, stopped = self._stopped_after.get(name, (None, None))
        return stopped if value is self.namespace.get(name, _NOTHING) else None

    def exists(self, stale: Stale) -> bool:
        """Whether there is something older."""
        return stale.older is not _NOTHING

    def functions(self) -> list[str]:
        """The names of the functions that the notebook's own cells have defined."""
        return [
            name
            for name, value in self.namespace.items()
            if isinstance(value, types.FunctionType) and value.__globals__ is self.namespace and name[:1] != "_"
        ]

    def _begins(self, info: Any) -> None:
        try:
            names = defined_in(info.raw_cell)
            self._before = {name: self.namespace.get(name, _NOTHING) for name in names}
        except Exception:  # whatever IPython hands over: a cell must run as if nobody watched
            self._before = {}

    def _ended(self, result: Any) -> None:
        with contextlib.suppress(Exception):  # the same
            self._note(result, self._before)
        self._before = {}

    def _note(self, result: Any, before: Mapping[str, Any]) -> None:
        after = {name: self.namespace.get(name, _NOTHING) for name in before}
        defined = {name: value for name, value in after.items() if value is not before[name]}
        for name in defined:
            self._stale.pop(name, None)
        error = result.error_before_exec or result.error_in_exec
        if error is not None:
            stopped = _stopped(error, result.info.raw_cell, self.namespace)
            self._stale |= {name: Stale(after[name], stopped) for name in after.keys() - defined.keys()}
            self._stopped_after |= {name: (value, stopped) for name, value in defined.items()}
            return
        functions = [name for name, value in defined.items() if isinstance(value, types.FunctionType)]
        self.latest = tuple(functions) or self.latest
        cell = result.info.cell_id
        if cell:
            for name in self._defined_by.get(cell, {}).keys() - defined.keys():
                instead = nearest(name, functions) or (functions[0] if len(functions) == 1 else "")
                self._stale[name] = Stale(self._defined_by[cell][name], instead=instead, same_cell=True)
            self._defined_by[cell] = defined
            return
        for name in functions:
            if near := nearest(name, self._others(defined)):
                self._stale[near] = Stale(self.namespace[near], instead=name)

    def _others(self, defined: Mapping[str, Any]) -> list[str]:
        return [name for name in self.functions() if name not in defined]


def _stopped(error: BaseException, source: str, namespace: Mapping[str, Any]) -> Answer:
    """The error that ended the run of a cell, as if it were the answer to a call."""
    names = tuple(c.__name__ for c in type(error).__mro__)
    line = 0
    if isinstance(error, SyntaxError):
        line, text = error.lineno or 0, str(error.msg)
    else:
        trace, text = error.__traceback__, str(error)
        while trace is not None and trace.tb_frame.f_globals is not namespace:
            trace = trace.tb_next
        line = trace.tb_lineno if trace is not None else 0
    lines = source.split("\n")
    code = lines[line - 1].strip()[:MAX_CODE] if 0 < line <= len(lines) else ""
    return Answer("missing", text=text, error_names=names, line=line, code=code)
