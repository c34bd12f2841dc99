"""What code can reach that its text does not name: any name by eval or frames, and the state that modules keep."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection


class Unreadable(Exception):
    """From a cell's text alone one cannot say what it shares with others: the message says why."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# With these, code can reach any name.
_NAMES = _words(
    "eval exec compile globals locals vars dir get_ipython setattr delattr getattr breakpoint __import__ Out In _oh "
    "_ih _dh _i _ii _iii __ ___"
)
_NUMBERED = re.compile(r"_i?\d+")
_ATTRIBUTES = _words(
    "eval query modules f_globals f_locals f_back gi_frame tb_frame cr_frame user_ns _getframe currentframe "
    "cell_contents"
)
_PLAIN_ATTRIBUTES = _words("__init__ __name__ __doc__ __len__ __version__ __file__ __class__ __call__")
_MODULES = _words(
    "__main__ ast builtins cloudpickle code codeop ctypes dill doctest gc importlib inspect ipykernel joblib pdb "
    "pickle pydoc runpy sys threading trace traitlets unittest"
)
# Modules that keep nothing that cells share, but for `_SETTINGS`.
_STATELESS = _words(
    "IPython __future__ abc autograder cmath collections copy dataclasses decimal enum fractions functools "
    "itertools keras math matplotlib numbers numpy operator pandas pprint re scipy seaborn sklearn statistics "
    "string tensorflow textwrap time typing"
)
# Attributes that change or read settings, seed a generator or write files.
_SETTINGS = _words(
    "filterwarnings getcontext geterr memmap option_context options rc rcParams rcdefaults rc_context save "
    "save_weights savefig savetxt savez savez_compressed seed set_backend set_epsilon set_floatx "
    "set_image_data_format set_global_policy set_option set_printoptions set_random_seed set_seed set_state "
    "setbufsize setcontext seterr seterrcall simplefilter to_csv to_excel to_json to_parquet to_pickle tofile use"
)
_FILES = frozenset({"open", "input"})
# What modules of random numbers have beside functions that draw from the module's own generator.
_GENERATORS = _words("default_rng Generator SeedSequence SeedGenerator PCG64 Philox RandomState Random")


def refuse_reaching(tree: ast.AST) -> None:
    """Raise `Unreadable` for attributes, imports and texts by which code can reach any name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            private = node.attr.startswith("__") and node.attr not in _PLAIN_ATTRIBUTES
            if private or node.attr in _ATTRIBUTES:
                raise Unreadable(f"It uses .{node.attr}.")
        elif isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                module = module_of(node, alias)
                parts = module.split(".")
                if parts[0] in _MODULES or parts[-1] == "*" or (parts[0] == "IPython" and parts[1:2] != ["display"]):
                    raise Unreadable(f"It imports {module}.")
        elif isinstance(node, ast.Constant) and "__main__" in str(node.value):
            raise Unreadable("It has the text __main__.")


def readable(names: Collection[str]) -> None:
    """Raise `Unreadable` if one of these names reaches any other."""
    for name in sorted(names):
        dunder = name.startswith("__") and name.endswith("__") and name != "__name__"
        if name in _NAMES or dunder or _NUMBERED.fullmatch(name):
            raise Unreadable(f"It uses {name}.")


def module_of(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> str:
    """What an import loads, in full: ``numpy.random`` of ``from numpy import random``."""
    return f"{node.module or ''}.{alias.name}" if isinstance(node, ast.ImportFrom) else alias.name


def is_stateless(module: str) -> bool:
    """Whether a module, or what is imported from it, keeps nothing that cells share."""
    parts = module.split(".")
    own_generator = "random" in parts and parts[-1] not in _GENERATORS
    return parts[0] in _STATELESS and not own_generator and parts[-1] not in _SETTINGS


def state_in(tree: ast.AST, names: Collection[str]) -> str:
    """The word by which code uses files, or what modules keep for all cells; empty if it does not."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and (node.attr in _SETTINGS or _draws(node)):
            return node.attr
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                if not is_stateless(module_of(node, alias)):
                    return module_of(node, alias)
    return next((name for name in sorted(names) if name in _FILES), "")


def _draws(node: ast.Attribute) -> bool:
    """Whether it draws from a module's own generator, as ``np.random.rand`` does."""
    return isinstance(node.value, ast.Attribute) and node.value.attr == "random" and node.attr not in _GENERATORS
