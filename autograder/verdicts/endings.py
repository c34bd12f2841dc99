"""How the run of a cell, or a call of a function, ended: what it means for an exercise, and what a student reads of it."""

from __future__ import annotations

from enum import StrEnum

from autograder.verdicts.verdict import Status


class Ending(StrEnum):
    """How a run ended; a new limit needs one entry here.

    ``status`` is that of the exercise whose cell or function ended so; ``of_cell`` and ``of_call`` are the sentences
    about a cell and about a call of a function. They are empty for a run that ended by itself.
    """

    status: Status
    of_cell: str
    of_call: str

    OK = "ok"
    ERROR = "error"
    TIMED_OUT = (
        "timed out",
        Status.TIMED_OUT,
        "The cell did not come to an end in time and was stopped. Is there a loop that never ends?",
        "Your function did not come to an end in time. Is there a loop that never ends?",
    )
    OUT_OF_PROCESSOR_TIME = (
        "out of processor time",
        Status.TIMED_OUT,
        "The cell computed far longer than a notebook may, and was stopped.",
        "Your function computed far longer than a notebook may, and was stopped.",
    )
    FLOODED = (
        "flooded",
        Status.CRASHED,
        "The cell printed without end and was stopped.",
        "Your function prints without end, and was stopped.",
    )
    OUT_OF_MEMORY = (
        "out of memory",
        Status.OUT_OF_MEMORY,
        "The cell used more memory than there is for one notebook, and was stopped.",
        "Your function used more memory than there is for one notebook, and was stopped.",
    )
    TOO_MANY_PROCESSES = (
        "too many processes",
        Status.CRASHED,
        "The cell started processes or threads without end, and was stopped.",
        "Your function started processes or threads without end, and was stopped.",
    )
    TOO_MUCH_WRITTEN = (
        "too much written",
        Status.CRASHED,
        "The cell wrote far more to disk than a notebook may, and was stopped.",
        "Your function wrote far more to disk than a notebook may, and was stopped.",
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
        "The cell was left out: the notebook ended its kernel again and again.",
        "Your function was not called: the notebook ended its kernel again and again.",
    )

    def __new__(cls, value: str, status: Status = Status.FAILED, of_cell: str = "", of_call: str = "") -> Ending:
        ending = str.__new__(cls, value)
        ending._value_ = value
        ending.status, ending.of_cell, ending.of_call = status, of_cell, of_call
        return ending

    @property
    def by_itself(self) -> bool:
        """Whether the code came to its own end, by an error if need be: nothing stopped it, and the kernel lives."""
        return self in (Ending.OK, Ending.ERROR)


# What an exercise says whose function would stop whatever calls it.
STOPPED = frozenset(ending.status for ending in Ending if not ending.by_itself)
