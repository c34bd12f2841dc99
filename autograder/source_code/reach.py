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
_ATTRIBUTES = _NAMES | _words(
    "query modules f_globals f_locals f_back gi_frame tb_frame cr_frame user_ns _getframe currentframe cell_contents "
    "last_value last_exc exec_ ev ex run_cell run_code run_line_magic run_cell_magic resolve_name update_wrapper "
    "abstractmethod setitem delitem"
)
_PLAIN = _words("__init__ __name__ __doc__ __len__ __version__ __file__ __class__ __call__ __repr__ __str__ __eq__")
_DUNDER = re.compile(r"__\w+__")
# Modules that keep nothing that cells share, but for `_SETTINGS`. Keras numbers the layers that it names, and draws
# from a generator of its own. No check may depend on either, so demos that only build models can be left out.
_STATELESS = _words(
    "abc autograder cmath collections copy dataclasses decimal enum fractions functools itertools keras math "
    "matplotlib numbers numpy operator pandas pprint re statistics string tensorflow textwrap time typing"
)
# Others that reach no name of the notebook. A module that is in neither list is taken for one that does.
_STATEFUL = _words(
    "PIL __future__ array base64 bisect calendar concurrent contextlib csv datetime glob hashlib heapq h5py html io "
    "json locale logging multiprocessing os pathlib platform plotly random requests scipy seaborn secrets shutil "
    "sklearn struct subprocess sympy sys tempfile timeit tqdm types urllib uuid warnings xml zlib"
)
# Attributes that change or read settings, seed a generator, register something or write files.
_SETTINGS = _words(
    "clear_session disable_interactive_logging enable_interactive_logging filterwarnings get_custom_objects getcontext "
    "geterr gray imsave ioff ion masked_print_option memmap option_context options rc rcParams rc_context rcdefaults "
    "register register_dataframe_accessor register_keras_serializable register_matplotlib_converters "
    "register_series_accessor reset_option save save_model save_npz save_weights savefig savemat savetxt savez "
    "savez_compressed seed set_backend set_cmap set_config set_default_printstyle set_dtype_policy "
    "set_eng_float_format set_epsilon set_floatx set_global_policy set_image_data_format set_option set_printoptions "
    "set_random_seed set_seed set_state set_theme setbufsize setcontext seterr seterrcall simplefilter to_csv to_excel "
    "to_feather to_hdf to_html to_json to_parquet to_pickle tofile use xkcd"
)
_FILES = frozenset({"open", "input"})
# What modules of random numbers have beside functions that draw from the module's own generator.
_GENERATORS = _words("default_rng Generator SeedSequence SeedGenerator PCG64 Philox RandomState Random")
# What draws from a generator that it does not name, unless it is called with a seed.
_DRAWING = _words("resample rvs sample samples shuffle train_test_split")


def refuse_reaching(tree: ast.AST) -> None:
    """Raise `Unreadable` for attributes, imports and texts by which code can reach any name."""
    idle = {id(text) for node in ast.walk(tree) for text in _main_guard(node)}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=attribute):
                _refuse_attribute(attribute)
            case ast.MatchClass(kwd_attrs=attributes):
                for attribute in attributes:
                    _refuse_attribute(attribute)
            case ast.Import() | ast.ImportFrom():
                for alias in node.names:
                    _refuse_import(module_of(node, alias))
            case ast.Constant(value=str() | bytes()) if id(node) not in idle:
                text = str(node.value)
                if text in _ATTRIBUTES or not _PLAIN.issuperset(_DUNDER.findall(text)):
                    raise Unreadable(f"It has the text {text[:40]}.")


def _main_guard(node: ast.AST) -> list[ast.AST]:
    """The text in ``__name__ == "__main__"``."""
    match node:
        case ast.Compare(left=ast.Name(id="__name__"), comparators=[ast.Constant(value="__main__") as text]):
            return [text]
    return []


def _refuse_attribute(name: str) -> None:
    if name in _ATTRIBUTES or (name.startswith("__") and name not in _PLAIN):
        raise Unreadable(f"It uses .{name}.")


def _refuse_import(module: str) -> None:
    first, *rest = module.split(".")
    within_ipython = first == "IPython" and rest[:1] == ["display"] and len(rest) == 2
    known = first in _STATELESS or first in _STATEFUL or within_ipython
    if not known or _ATTRIBUTES.intersection(rest) or "sys" in rest or (rest[-1:] == ["*"] and first not in _STATELESS):
        raise Unreadable(f"It imports {module}.")


def readable(names: Collection[str]) -> None:
    """Raise `Unreadable` if one of these names reaches any other."""
    for name in sorted(names):
        if name in _NAMES or (_DUNDER.fullmatch(name) and name != "__name__") or _NUMBERED.fullmatch(name):
            raise Unreadable(f"It uses {name}.")


def module_of(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> str:
    """What an import loads, in full: ``numpy.random`` of ``from numpy import random``."""
    return f"{node.module or ''}.{alias.name}" if isinstance(node, ast.ImportFrom) else alias.name


def is_stateless(module: str) -> bool:
    """Whether a module, or what is imported from it, keeps nothing that cells share."""
    parts = module.split(".")
    own_generator = "random" in parts and parts[-1] not in _GENERATORS
    known = parts[0] in _STATELESS or module.startswith("IPython.display.")
    return known and not own_generator and parts[-1] not in _SETTINGS


def state_in(tree: ast.AST, names: Collection[str]) -> str:
    """The word by which code uses files, or what modules keep for all cells; empty if it does not."""
    harmless = {id(part) for node in ast.walk(tree) for part in _own_generator(node)}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=word) if word in _SETTINGS:
                return word
            case ast.Attribute(value=ast.Name() | ast.Attribute(), attr="random") if id(node) not in harmless:
                return "random"
            case ast.Call(func=ast.Attribute(attr=word) | ast.Name(id=word), keywords=keywords) if word in _DRAWING:
                if not {keyword.arg for keyword in keywords} & {"random_state", "seed"}:
                    return word
            case ast.Import() | ast.ImportFrom():
                for alias in node.names:
                    if not is_stateless(module_of(node, alias)):
                        return module_of(node, alias)
    return next((name for name in sorted(names) if name in _FILES), "")


def _own_generator(node: ast.AST) -> list[ast.AST]:
    """The ``random`` of ``np.random.default_rng``, and of ``rng.random()``, a generator's own function."""
    match node:
        case ast.Attribute(value=ast.Attribute(attr="random") as module, attr=name) if name in _GENERATORS:
            return [module]
        case ast.Call(func=ast.Attribute(attr="random") as function):
            return [function]
    return []
