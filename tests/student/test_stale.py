"""What `check` says if it doesn't see what the student has written last: a cell that stopped, a renamed function."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.live_kernel import LiveKernel

NAME = "count_parameters"
HEAD = f"def {NAME}(layer_sizes):\n"
RIGHT = (
    HEAD
    + """    if len(layer_sizes) < 2:
        raise ValueError("too few")
    for size in layer_sizes:
        if not isinstance(size, (int, np.integer)) or isinstance(size, bool) or size < 1:
            raise ValueError("no size")
    return int(sum((a + 1) * b for a, b in zip(layer_sizes[:-1], layer_sizes[1:])))
"""
)
OLDER = f"An older {NAME} is still here; it was not checked."


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveKernel]:
    kernel = LiveKernel(tmp_path_factory.mktemp("student"))
    yield kernel
    kernel.close()


@pytest.fixture
def live(kernel: LiveKernel) -> LiveKernel:
    """The kernel, in which nothing is defined and nothing has stopped."""
    kernel.run(RIGHT)
    kernel.run(f"del {NAME}")
    return kernel


def panel(live: LiveKernel) -> str:
    """What `check` shows."""
    return live.panel("", NAME)[0]


def test_after_a_cell_that_python_cannot_read_the_older_function_is_not_taken_for_it(live: LiveKernel) -> None:
    live.run(RIGHT)
    assert "passed" in panel(live)
    live.run(RIGHT.replace(":\n    if", "\n    if", 1))
    shown = panel(live)
    assert f"Line 1, `{HEAD.strip()[:-1]}`, is not valid Python. The first line of `def`" in shown
    assert OLDER in shown
    assert "passed" not in shown
    live.run(RIGHT)
    assert "passed" in panel(live)


def test_after_a_cell_that_never_worked_there_is_no_older_function(live: LiveKernel) -> None:
    live.run(f"deff {HEAD[4:]}    return 1")
    shown = panel(live)
    assert f"The cell with {NAME} cannot be run. Line 1" in shown
    assert "older" not in shown


def test_a_cell_that_stops_before_the_function_is_reported_with_its_line(live: LiveKernel) -> None:
    live.run(RIGHT)
    live.run(f"sizes = []\nsizes[0] = 1\n{RIGHT}")
    shown = panel(live)
    assert f"Your cell stopped with an IndexError in line 2, `sizes[0] = 1`, before it reached {NAME}." in shown
    assert OLDER in shown


def test_a_cell_that_stops_after_the_function_has_defined_it(live: LiveKernel) -> None:
    live.run(f"{RIGHT}\n1 / 0")
    assert "passed" in panel(live)


def test_lines_that_lost_their_indentation_leave_an_empty_function(live: LiveKernel) -> None:
    live.run(f"{HEAD}    '''How many?'''\ntotal = 0\nreturn total")
    shown = panel(live)
    assert "Its cell stopped at a line below it, outside the function" in shown
    assert "The cell stopped in line 4, `return total`." in shown
    live.run(f"{HEAD}    '''How many?'''\ntotal = 0\n")
    assert "Nothing stands in it but its docstring" in panel(live)


def test_another_cell_that_stops_changes_nothing(live: LiveKernel) -> None:
    live.run(RIGHT)
    live.run(f"print({NAME}([2, 3]) / 0)")
    live.run("def another(x)\n    return x")
    assert "passed" in panel(live)


@pytest.mark.parametrize("other", ["count_paramters", "count"])
def test_a_renamed_function_is_named(live: LiveKernel, other: str) -> None:
    live.run(RIGHT.replace(NAME, other))
    shown = panel(live)
    assert f"There is no {NAME} here, but there is `{other}`. The name must be exactly {NAME}." in shown
    live.run(f"del {other}")


@pytest.mark.parametrize("other", ["count_paramters", "number_of_weights"])
def test_a_function_renamed_in_its_cell_is_not_mistaken_for_the_older(live: LiveKernel, other: str) -> None:
    live.run(RIGHT, cell="answer")
    live.run(RIGHT.replace(NAME, other), cell="answer")
    shown = panel(live)
    assert (
        f"The cell that defined {NAME} doesn't define it any more. The function defined there now is `{other}`."
        in shown
    )
    assert OLDER in shown
    live.run(RIGHT, cell="answer")
    assert "passed" in panel(live)
    live.run(f"del {other}")


def test_an_almost_equal_name_in_another_cell_is_another_function(live: LiveKernel) -> None:
    live.run(RIGHT, cell="answer")
    live.run(RIGHT.replace(NAME, f"{NAME}2"), cell="mine")
    assert "passed" in panel(live)
    live.run(f"del {NAME}2")


def test_where_no_cell_has_an_id_the_newest_of_two_names_is_pointed_out(live: LiveKernel) -> None:
    live.run(RIGHT)
    live.run(RIGHT.replace(NAME, "count_paramters"))
    shown = panel(live)
    assert "The newest function here is `count_paramters`." in shown
    assert OLDER in shown
    live.run(RIGHT)
    assert "passed" in panel(live)
    live.run("del count_paramters")


def test_a_quiz_whose_cell_stopped_is_reported(live: LiveKernel) -> None:
    live.run("neuron_parts = {'soma': inputs}")
    text, _ = live.panel("", "quiz_neuron")
    assert "Your cell stopped with a NameError in line 1" in text
    live.run("neuron_parts = {'soma': 'inputs'}")
    text, _ = live.panel("", "quiz_neuron")
    assert "stopped" not in text


@pytest.mark.parametrize("other", ["parts", "neuron_part"])
def test_a_quiz_answered_under_another_name_than_its_stub_is_pointed_out(live: LiveKernel, other: str) -> None:
    keys = ("soma", "dendrites", "axon", "terminal buttons")
    live.run(f"neuron_parts = {dict.fromkeys(keys, '')}")
    assert "not attempted" in live.panel("", "quiz_neuron")[0]
    live.run(f"{other} = {dict.fromkeys(keys, 'output')}")
    shown = live.panel("", "quiz_neuron")[0]
    live.run(f"del {other}, neuron_parts")
    assert f"Your answer is in `{other}`. The name must be exactly neuron_parts." in shown


def test_a_quiz_answered_in_a_variable_for_each_key_is_pointed_out(live: LiveKernel) -> None:
    keys = ("soma", "dendrites", "axon", "terminal buttons")
    live.run(f"neuron_parts = {dict.fromkeys(keys, '')}\naxon = 'inputs'\nterminal_buttons = 'output'")
    shown = live.panel("", "quiz_neuron")[0]
    live.run("del neuron_parts, axon, terminal_buttons")
    assert "Your answers are in variables of their own, such as `axon`." in shown


def test_a_name_that_is_a_variable_now_is_no_function(live: LiveKernel) -> None:
    live.run(f"{RIGHT}\n{NAME} = {NAME}([2, 3])")
    assert f"{NAME} is not a function: the name was given to something else" in panel(live)


def test_watching_prints_nothing_whatever_a_cell_does(live: LiveKernel) -> None:
    for code in ("", "%time 1", "!true", "import sys; sys.modules.pop('difflib', None)", "x = _", "def f(:", "\x00"):
        outputs = live.run(code)
        assert not any("autograder" in str(output) for output in outputs)
