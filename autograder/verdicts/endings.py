"""How a cell's run or a function's call ended: what it means for the exercise, and what the student reads about it."""

from __future__ import annotations

from enum import StrEnum

from autograder.verdicts.verdict import Status


class Ending(StrEnum):
    """How a run ended; a new limit needs one entry here.

    ``status`` is that of an exercise whose cell or function ended like this; ``of_cell`` and ``of_call`` are the
    sentences about a cell and about a call of a function. They are empty for a run that ended by itself.
    """

    status: Status
    of_cell: str
    of_call: str

    OK = "ok"
    ERROR = "error"
    TIMED_OUT = (
        "timed out",
        Status.TIMED_OUT,
        "The cell didn't finish in time and was stopped. Is there a loop that never ends?",
        "Your function didn't finish in time. Is there a loop that never ends?",
    )
    OUT_OF_PROCESSOR_TIME = (
        "out of processor time",
        Status.TIMED_OUT,
        "The cell used far more processor time than a notebook is allowed, so it was stopped.",
        "Your function used far more processor time than a notebook is allowed, so it was stopped.",
    )
    FLOODED = (
        "flooded",
        Status.CRASHED,
        "The cell printed far too much, so it was stopped.",
        "Your function printed far too much, so it was stopped.",
    )
    OUT_OF_MEMORY = (
        "out of memory",
        Status.OUT_OF_MEMORY,
        "The cell used more memory than a notebook is allowed, so it was stopped.",
        "Your function used more memory than a notebook is allowed, so it was stopped.",
    )
    TOO_MANY_PROCESSES = (
        "too many processes",
        Status.CRASHED,
        "The cell started far too many processes or threads, so it was stopped.",
        "Your function started far too many processes or threads, so it was stopped.",
    )
    TOO_MUCH_WRITTEN = (
        "too much written",
        Status.CRASHED,
        "The cell wrote far more to disk than a notebook is allowed, so it was stopped.",
        "Your function wrote far more to disk than a notebook is allowed, so it was stopped.",
    )
    DIED = (
        "died",
        Status.CRASHED,
        "The cell ended the notebook's kernel; the cells below ran in a new one.",
        "Your function ended the notebook's kernel. A function should return, not exit.",
    )
    LEFT_OUT = (
        "left out",
        Status.CRASHED,
        "The cell was left out, because the notebook kept ending its kernel.",
        "Your function wasn't called, because the notebook kept ending its kernel.",
    )

    def __new__(cls, value: str, status: Status = Status.FAILED, of_cell: str = "", of_call: str = "") -> Ending:
        ending = str.__new__(cls, value)
        ending._value_ = value
        ending.status, ending.of_cell, ending.of_call = status, of_cell, of_call
        return ending

    @property
    def by_itself(self) -> bool:
        """Whether the code ended by itself, perhaps with an error: nothing stopped it, and the kernel is alive."""
        return self in (Ending.OK, Ending.ERROR)


# The statuses of exercises whose functions would stop whatever calls them.
STOPPED = frozenset(ending.status for ending in Ending if not ending.by_itself)
