"""The columns of the audit, one module each. A new column is a module beside these and a line in `COLUMNS`."""

from typing import Any

from autograder.audit.columns.also_correct import AlsoCorrect
from autograder.audit.columns.bad_input import BadInput
from autograder.audit.columns.column import Column
from autograder.audit.columns.earlier_mistakes import EarlierMistakes
from autograder.audit.columns.hard_coding import HardCoding
from autograder.audit.columns.messages import Messages
from autograder.audit.columns.mistakes import Misconceptions
from autograder.audit.columns.passed import Passed
from autograder.audit.columns.poison import Poison
from autograder.audit.columns.reference import Reference
from autograder.audit.columns.time import Time

COLUMNS: tuple[Column[Any], ...] = (
    Reference(),
    AlsoCorrect(),
    Misconceptions(),
    Passed(),
    HardCoding(),
    Poison(),
    BadInput(),
    EarlierMistakes(),
    Messages(),
    Time(),
)
