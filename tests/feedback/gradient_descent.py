"""Slips in the exercises of `gradient_descent`, as beginners type them."""

from __future__ import annotations

import textwrap

from tests.feedback.slip import STUB, Slip, Typed, answers, body, cell

MSE = "mean_squared_error"
COMPARED = """\
if y_true.shape != y_pred.shape:
    raise ValueError("the shapes differ")
"""
RIGHT_MSE = body(f"{COMPARED}return np.mean((y_pred - y_true) ** 2)")


def _mse(answer: str = "return np.mean((y_pred - y_true) ** 2)", compared: str = COMPARED) -> str:
    return compared + answer


_MEAN_SQUARED_ERROR = [
    ("the sum", _mse("return np.sum((y_pred - y_true) ** 2)")),
    ("the root taken", _mse("return np.sqrt(np.mean((y_pred - y_true) ** 2))")),
    ("squared before subtracting", _mse("return np.mean(y_pred ** 2 - y_true ** 2)")),
    ("brackets missing", _mse("return np.mean(y_pred - y_true ** 2)")),
    ("a caret (^) for the power", _mse("return np.mean((y_pred - y_true) ^ 2)")),
    ("no square", _mse("return np.mean(y_pred - y_true)")),
    ("the mean along one axis", _mse("return np.mean((y_pred - y_true) ** 2, axis=0)")),
    ("divided by len", _mse("return np.sum((y_pred - y_true) ** 2) / len(y_true)")),
    ("Python's sum", _mse("return sum((y_pred - y_true) ** 2) / len(y_true)")),
    ("the shapes not compared", _mse(compared="")),
    ("the lengths compared", _mse(compared='if len(y_true) != len(y_pred):\n    raise ValueError("lengths differ")\n')),
    ("the sizes compared", _mse(compared='if y_true.size != y_pred.size:\n    raise ValueError("sizes differ")\n')),
    ("ValueError printed", _mse(compared='if y_true.shape != y_pred.shape:\n    print("ValueError")\n')),
    ("an assert", _mse(compared="assert y_true.shape == y_pred.shape\n")),
    (
        "the arrays compared",
        _mse(compared='if y_true != y_pred:\n    raise ValueError("differ")\n'),
    ),
    (
        "a new total in each round of the loop",
        _mse("for t, p in zip(y_true, y_pred):\n    total = 0\n    total += (p - t) ** 2\nreturn total / len(y_true)"),
    ),
    (
        "return inside the loop",
        _mse("total = 0\nfor t, p in zip(y_true, y_pred):\n    total += (p - t) ** 2\n    return total / len(y_true)"),
    ),
    ("rounded", _mse("return round(np.mean((y_pred - y_true) ** 2), 3)")),
    ("printed, not returned", _mse("print(np.mean((y_pred - y_true) ** 2))")),
    ("an argument changed in place", _mse("y_pred -= y_true\nreturn np.mean(y_pred ** 2)")),
    ("the example's number", _mse("return 1.5")),
    ("the names of the lesson", _mse("errors = w * x - z\nreturn np.mean(errors ** 2)")),
]

MEANS = [
    *(Slip(MSE, name, body(text)) for name, text in _MEAN_SQUARED_ERROR),
    Slip(
        MSE,
        "the answer inside raise NotImplementedError",
        body(f"{COMPARED}raise NotImplementedError(np.mean((y_pred - y_true) ** 2))"),
    ),
    Slip(MSE, "renamed", Typed(RIGHT_MSE.text, line="def mse(y_true, y_pred):")),
    Slip(MSE, "fixed, but not run again", RIGHT_MSE, before=(body(_mse(compared="")),), run=False),
    Slip(
        MSE,
        "a bracket missing, after the stub was run",
        body(_mse("return np.mean((y_pred - y_true ** 2)".replace("** 2)", "** 2"))),
        before=(STUB,),
    ),
]

SLOPE = "slope_gradient"
RIGHT_SLOPE = body("return np.mean(2 * (w * x - z) * x)")

_SLOPE_GRADIENT = [
    ("the factor 2 missing", "return np.mean((w * x - z) * x)"),
    ("x missing", "return np.mean(2 * (w * x - z))"),
    ("the error turned round", "return np.mean(2 * (z - w * x) * x)"),
    ("the sum", "return np.sum(2 * (w * x - z) * x)"),
    ("the mean forgotten", "return 2 * (w * x - z) * x"),
    ("brackets missing", "return np.mean(2 * w * x - z * x)"),
    ("the mean before the x", "return 2 * np.mean(w * x - z) * np.mean(x)"),
    ("2 without its star", "return np.mean(2(w * x - z) * x)"),
    ("wx without a star", "return np.mean(2 * (wx - z) * x)"),
    ("error as in the formula", "slope = np.mean(2 * error * x)\nreturn slope"),
    (
        "a nudge",
        "h = 0.001\nreturn (np.mean(((w + h) * x - z) ** 2) - np.mean((w * x - z) ** 2)) / h",
    ),
    (
        "a loop that returns too early",
        "total = 0\nfor i in range(len(x)):\n    total += 2 * (w * x[i] - z[i]) * x[i]\n    return total / len(x)",
    ),
    ("divided by the example's 3", "return sum(2 * (w * x - z) * x) / 3"),
    ("rounded", "return np.round(np.mean(2 * (w * x - z) * x), 2)"),
]

SLOPES = [
    *(Slip(SLOPE, name, body(text)) for name, text in _SLOPE_GRADIENT),
    Slip(SLOPE, "the placeholder left above the answer", body(f"{STUB.text}\n{RIGHT_SLOPE.text}")),
    Slip(SLOPE, "the arguments in another order", Typed(RIGHT_SLOPE.text, line="def slope_gradient(x, z, w):")),
]

DESCENT = "gradient_descent"
RIGHT_DESCENT = body("""
history = [w0]
w = w0
for epoch in range(epochs):
    w = w - learning_rate * slope_gradient(w, x, z)
    history.append(w)
return np.array(history)
""")


def _descent(
    start: str = "history = [w0]",
    step: str = "w = w - learning_rate * slope_gradient(w, x, z)",
    keep: str = "history.append(w)",
    end: str = "return np.array(history)",
    rounds: str = "range(epochs)",
    above: str = "",
) -> str:
    steps = textwrap.indent(f"{step}\n{keep}", "    ")
    return f"{start}\nw = w0\n{above}for epoch in {rounds}:\n{steps}\n{end}"


_GRADIENT_DESCENT = [
    ("a plus", _descent(step="w = w + learning_rate * slope_gradient(w, x, z)")),
    (
        "the slope computed once",
        _descent(step="w = w - learning_rate * slope", above="slope = slope_gradient(w, x, z)\n"),
    ),
    ("every step from w0", _descent(step="w = w0 - learning_rate * slope_gradient(w, x, z)")),
    ("w0 not recorded", _descent(start="history = []")),
    ("a loop one short", _descent(rounds="range(epochs - 1)")),
    ("a loop over a number", _descent(rounds="epochs")),
    ("return inside the loop", _descent(keep="history.append(w)\nreturn np.array(history)", end="")),
    (
        "the list made anew in the loop",
        _descent(step="history = [w0]\nw = w - learning_rate * slope_gradient(w, x, z)"),
    ),
    ("history = history.append(…)", _descent(keep="history = history.append(w)")),
    ("the array not returned, but a list", _descent(end="return history")),
    ("only the last w", _descent(end="return w")),
    ("the learning rate forgotten", _descent(step="w = w - slope_gradient(w, x, z)")),
    ("the lecture's 0.4", _descent(step="w = w - 0.4 * slope_gradient(w, x, z)")),
    ("the cost kept", _descent(keep="history.append(mean_squared_error(z, w * x))")),
    ("the arguments exchanged", _descent(step="w = w - learning_rate * slope_gradient(x, z, w)")),
    ("lr for learning_rate", _descent(step="w = w - lr * slope_gradient(w, x, z)")),
    ("w0 not given to w", _descent().replace("w = w0\n", "")),
    (
        "an array of whole numbers",
        "history = np.full(epochs + 1, w0)\nfor i in range(epochs):\n"
        "    history[i + 1] = history[i] - learning_rate * slope_gradient(history[i], x, z)\nreturn history",
    ),
    (
        "zeros like w0",
        "history = np.zeros(epochs)\nhistory[0] = w0\nfor i in range(epochs):\n"
        "    history[i + 1] = history[i] - learning_rate * slope_gradient(history[i], x, z)\nreturn history",
    ),
    ("printed, not returned", _descent(end="print(np.array(history))")),
    ("the example's numbers", "return np.array([0.0, 1.0, 1.5, 1.75])"),
]

DESCENTS = [
    *(Slip(DESCENT, name, body(text)) for name, text in _GRADIENT_DESCENT),
    Slip(
        DESCENT,
        "over a slope with its sign turned round",
        RIGHT_DESCENT,
        earlier={SLOPE: body("return np.mean(2 * (z - w * x) * x)")},
    ),
    Slip(
        DESCENT,
        "a slope of one's own with the 2 missing",
        body(_descent(step="w = w - learning_rate * np.mean((w * x - z) * x)")),
    ),
]

UNTIL = "descend_until"


def _until(
    first: str = "first = mean_squared_error(z, w0 * x)",
    small: str = "cost <= tolerance",
    large: str = "not np.isfinite(cost) or cost > 10 * first",
    done: str = "epochs == max_epochs",
    texts: tuple[str, str, str] = ('"converged"', '"diverged"', '"max_epochs"'),
    result: str = "w, epochs, {}",
    step: str = "w = w - learning_rate * slope_gradient(w, x, z)",
    start: str = "w = w0\nepochs = 0",
    cost: str = "cost = mean_squared_error(z, w * x)",
) -> str:
    returns = [f"return {result.format(text)}" for text in texts]
    return f"""\
{start}
{first}
while True:
    {cost}
    if {small}:
        {returns[0]}
    if {large}:
        {returns[1]}
    if {done}:
        {returns[2]}
    {step}
    epochs += 1
"""


RIGHT_UNTIL = body(_until())

_DESCEND_UNTIL = [
    ("below, not at most", _until(small="cost < tolerance")),
    ("inf and nan not noticed", _until(large="cost > 10 * first")),
    ("only inf noticed", _until(large="cost == np.inf or cost > 10 * first")),
    (
        "10 times the last cost",
        _until(
            large="not np.isfinite(cost) or cost > 10 * last",
            first="last = mean_squared_error(z, w0 * x)",
            step="last = cost\n    w = w - learning_rate * slope_gradient(w, x, z)",
        ),
    ),
    ("10 times w0", _until(large="not np.isfinite(cost) or abs(w) > 10 * abs(w0)")),
    ("w compared with the tolerance", _until(small="abs(w) <= tolerance")),
    ("the texts exchanged", _until(texts=('"diverged"', '"converged"', '"max_epochs"'))),
    ("a capital letter in a reason", _until(texts=('"Converged"', '"Diverged"', '"Max_epochs"'))),
    ("a reason misspelt", _until(texts=('"converged"', '"diverged"', '"max epochs"'))),
    ("a reason without its quotes", _until(texts=("converged", "diverged", "max_epochs"))),
    ("the epochs first", _until(result="epochs, w, {}")),
    ("the results in a dict", _until(result='{{"w": w, "epochs": epochs, "reason": {}}}')),
    ("the cost returned", _until(result="cost, epochs, {}")),
    ("the looks counted", _until(start="w = w0\nepochs = 1", done="epochs > max_epochs")),
    (
        "max_epochs asked first",
        _until().replace(
            "    if cost <= tolerance:",
            '    if epochs == max_epochs:\n        return w, epochs, "max_epochs"\n    if cost <= tolerance:',
            1,
        ),
    ),
    ("the cost computed once", _until(first="first = mean_squared_error(z, w0 * x)\ncost = first", cost="pass")),
    (
        "the update before the look",
        """\
w = w0
first = mean_squared_error(z, w0 * x)
for epochs in range(max_epochs):
    w = w - learning_rate * slope_gradient(w, x, z)
    cost = mean_squared_error(z, w * x)
    if cost <= tolerance:
        return w, epochs + 1, "converged"
    if not np.isfinite(cost) or cost > 10 * first:
        return w, epochs + 1, "diverged"
return w, max_epochs, "max_epochs"
""",
    ),
    (
        "no look after the last update",
        """\
w = w0
first = mean_squared_error(z, w0 * x)
for epochs in range(max_epochs):
    cost = mean_squared_error(z, w * x)
    if cost <= tolerance:
        return w, epochs, "converged"
    if not np.isfinite(cost) or cost > 10 * first:
        return w, epochs, "diverged"
    w = w - learning_rate * slope_gradient(w, x, z)
return w, max_epochs, "max_epochs"
""",
    ),
    (
        "no third question",
        """\
w = w0
epochs = 0
first = mean_squared_error(z, w0 * x)
while epochs < max_epochs:
    cost = mean_squared_error(z, w * x)
    if cost <= tolerance:
        return w, epochs, "converged"
    if not np.isfinite(cost) or cost > 10 * first:
        return w, epochs, "diverged"
    w = w - learning_rate * slope_gradient(w, x, z)
    epochs += 1
""",
    ),
    (
        "max_epochs inside the loop",
        """\
w = w0
first = mean_squared_error(z, w0 * x)
for epochs in range(max_epochs + 1):
    cost = mean_squared_error(z, w * x)
    if cost <= tolerance:
        return w, epochs, "converged"
    elif not np.isfinite(cost) or cost > 10 * first:
        return w, epochs, "diverged"
    else:
        return w, epochs, "max_epochs"
    w = w - learning_rate * slope_gradient(w, x, z)
""",
    ),
    (
        "break, and the reason lost",
        """\
w = w0
first = mean_squared_error(z, w0 * x)
reason = "max_epochs"
for epochs in range(max_epochs + 1):
    cost = mean_squared_error(z, w * x)
    if cost <= tolerance:
        break
    if not np.isfinite(cost) or cost > 10 * first:
        break
    if epochs < max_epochs:
        w = w - learning_rate * slope_gradient(w, x, z)
return w, epochs, reason
""",
    ),
    (
        "judged at the end",
        """\
w = gradient_descent(w0, x, z, learning_rate, max_epochs)[-1]
cost = mean_squared_error(z, w * x)
if cost <= tolerance:
    return w, max_epochs, "converged"
elif not np.isfinite(cost) or cost > 10 * mean_squared_error(z, w0 * x):
    return w, max_epochs, "diverged"
return w, max_epochs, "max_epochs"
""",
    ),
]

UNTILS = [
    *(Slip(UNTIL, name, body(text)) for name, text in _DESCEND_UNTIL),
    Slip(
        UNTIL,
        "over a cost that is a sum",
        RIGHT_UNTIL,
        earlier={MSE: body(_mse("return np.sum((y_pred - y_true) ** 2)"))},
    ),
    Slip(
        UNTIL,
        "over gradient descent uphill",
        body(_until(step="w = gradient_descent(w, x, z, learning_rate, 1)[-1]")),
        earlier={DESCENT: body(_descent(step="w = w + learning_rate * slope_gradient(w, x, z)"))},
    ),
    Slip(UNTIL, "renamed", Typed(_until(), line="def descent_until(w0, x, z, learning_rate, tolerance, max_epochs):")),
]

QUIZ = "quiz_learning_curves"
RIGHT_CURVES = {
    "A": '"too large a learning rate"',
    "B": '"learns well"',
    "C": '"overfits"',
    "D": '"too small a learning rate"',
}
_EMPTY = answers(A='""')

QUIZZES = [
    Slip(
        QUIZ,
        "too small and too large exchanged",
        answers(**{**RIGHT_CURVES, "A": RIGHT_CURVES["D"], "D": RIGHT_CURVES["A"]}),
        passes=True,
    ),
    Slip(QUIZ, "one line left empty", answers(**{**RIGHT_CURVES, "C": '""'})),
    Slip(QUIZ, "shortened", answers(**{**RIGHT_CURVES, "A": '"too large"', "D": '"too small"'})),
    Slip(QUIZ, "overfit for overfits", answers(**{**RIGHT_CURVES, "C": '"overfit"'})),
    Slip(QUIZ, "without quotes", answers(**{**RIGHT_CURVES, "C": "overfits"}), before=(_EMPTY,)),
    Slip(QUIZ, "the same text four times", answers(**dict.fromkeys(RIGHT_CURVES, '"learns well"'))),
    Slip(QUIZ, "a list of texts", answers(**{**RIGHT_CURVES, "B": '["learns well"]'})),
    Slip(
        QUIZ,
        "keys and texts swapped",
        cell("""
        curves = {
            "too large a learning rate": "A",
            "learns well": "B",
            "overfits": "C",
            "too small a learning rate": "D",
        }
        """),
    ),
    Slip(QUIZ, "filled in, but not run", answers(**RIGHT_CURVES), before=(_EMPTY,), run=False),
]

SLIPS = [*MEANS, *SLOPES, *DESCENTS, *UNTILS, *QUIZZES]
