"""Slips in the two exercises of vanishing_gradient, as beginners type them."""

from __future__ import annotations

import textwrap

from tests.feedback.slip import STUB, Slip, Typed, body

SLOPE = "activation_derivative"
SQUEEZE = "a = 1 / (1 + np.exp(-np.clip(z, -500, 500)))"
BRANCHES = """\
if name == "linear":
    return np.ones_like(z, dtype=float)
if name == "sigmoid":
    return a * (1 - a)
if name == "tanh":
    return 1 - np.tanh(z) ** 2
if name == "relu":
    return np.where(z > 0, 1.0, 0.0)
if name == "leaky_relu":
    return np.where(z > 0, 1.0, 0.01)
"""


def _slope(old: str = "", new: str = "", squeeze: str = SQUEEZE) -> str:
    assert old in BRANCHES
    return f"{squeeze}\n{BRANCHES.replace(old, new) if old else BRANCHES}"


def _printing(line: str) -> str:
    return f"{line.replace('return ', 'print(')})" if "return" in line else line


RIGHT_SLOPE = body(_slope())
SIGMOID, TANH, RELU = "a * (1 - a)", "1 - np.tanh(z) ** 2", "np.where(z > 0, 1.0, 0.0)"
Z_FOR_A = body(_slope(SIGMOID, "z * (1 - z)"))

_ACTIVATION_DERIVATIVE = [
    ("z * (1 - z)", _slope(SIGMOID, "z * (1 - z)")),
    ("a * (1 - z)", _slope(SIGMOID, "a * (1 - z)")),
    ("the sigmoid's output as its slope", _slope(SIGMOID, "a")),
    ("a * 1 - a, brackets missing", _slope(SIGMOID, "a * 1 - a")),
    ("the sigmoid without its minus in the exponent", _slope(squeeze="a = 1 / (1 + np.exp(z))")),
    ("brackets missing in the sigmoid", _slope(squeeze="a = 1 / 1 + np.exp(-z)")),
    ("no care far from zero", _slope(squeeze="a = 1 / (1 + np.exp(-z))")),
    ("e^(-z) / (1 + e^(-z))^2", _slope(SIGMOID, "np.exp(-z) / (1 + np.exp(-z)) ** 2")),
    ("a caret (^) for the square", _slope(TANH, "1 - np.tanh(z) ^ 2")),
    ("1 - tanh", _slope(TANH, "1 - np.tanh(z)")),
    ("1 - z ** 2 for tanh", _slope(TANH, "1 - z ** 2")),
    ("1 - a ** 2 with the sigmoid's a", _slope(TANH, "1 - a ** 2")),
    ("the sigmoid's rule for tanh", _slope(TANH, "np.tanh(z) * (1 - np.tanh(z))")),
    (
        "tanh from sinh and cosh",
        _slope(TANH, "1 - (np.sinh(z) / np.cosh(z)) ** 2"),
    ),
    ("tanh from math", "import math\n" + _slope(TANH, "1 - math.tanh(z) ** 2")),
    ("a tanh that isn't there", _slope(TANH, "1 - tanh(z) ** 2")),
    ("a sigmoid from another notebook", _slope(SIGMOID, "sigmoid(z) * (1 - sigmoid(z))")),
    ("np.sigmoid", _slope(SIGMOID, "np.sigmoid(z) * (1 - np.sigmoid(z))")),
    ("relu itself as its slope", _slope(RELU, "np.maximum(z, 0)")),
    ("np.max for np.maximum", _slope(RELU, "np.max(z, 0)")),
    ("z > 0 as relu's slope", _slope(RELU, "z > 0")),
    ("whole numbers in np.where", _slope(RELU, "np.where(z > 0, 1, 0)")),
    ("the sides of np.where exchanged", _slope(RELU, "np.where(z > 0, 0.0, 1.0)")),
    ("`if` on an array", _slope(f"    return {RELU}", "    if z > 0:\n        return 1.0\n    return 0.0")),
    ("0.1 for leaky relu", _slope("1.0, 0.01", "1.0, 0.1")),
    ("0.01 * z for leaky relu", _slope("1.0, 0.01", "1.0, 0.01 * z")),
    ("z for linear", _slope("np.ones_like(z, dtype=float)", "z")),
    ("1 for linear", _slope("np.ones_like(z, dtype=float)", "1")),
    ("0 for linear", _slope("np.ones_like(z, dtype=float)", "np.zeros_like(z, dtype=float)")),
    (
        '== "a" or "b", below the others',
        _slope(squeeze=SQUEEZE).replace('name == "relu"', 'name == "relu" or "leaky_relu"'),
    ),
    (
        '== "a" or "b", above the others',
        f'if name == "relu" or "leaky_relu":\n    return {RELU}\n{_slope()}',
    ),
    ("names without their quotes", f"{SQUEEZE}\n" + BRANCHES.replace('"', "")),
    ("leaky-relu with a hyphen", _slope('"leaky_relu"', '"leaky-relu"')),
    ("one = in an if", _slope('== "tanh"', '= "tanh"')),
    ("return forgotten in the branches", f"{SQUEEZE}\n" + BRANCHES.replace("return ", "slope = ")),
    ("an activation left out", _slope(f'if name == "tanh":\n    return {TANH}\n', "")),
    ("rounded to four decimals", f"{SQUEEZE}\n" + BRANCHES.replace(SIGMOID, f"np.round({SIGMOID}, 4)")),
    (
        "printed, not returned",
        f"{SQUEEZE}\n" + "".join(f"{line}\n" for line in map(_printing, BRANCHES.splitlines())),
    ),
    ("the result in a list", f"{SQUEEZE}\n" + BRANCHES.replace(SIGMOID, f"[{SIGMOID}]")),
    (
        "return inside the loop",
        """
        slopes = []
        for number in np.ravel(z):
            a = 1 / (1 + np.exp(-np.clip(number, -500, 500)))
            if name == "linear":
                slopes.append(1.0)
            if name == "sigmoid":
                slopes.append(a * (1 - a))
            if name == "tanh":
                slopes.append(1 - np.tanh(number) ** 2)
            if name == "relu":
                slopes.append(1.0 if number > 0 else 0.0)
            if name == "leaky_relu":
                slopes.append(1.0 if number > 0 else 0.01)
            return np.array(slopes)
        """,
    ),
    (
        "an argument changed in place",
        _slope(f"    return {RELU}", "    z[z > 0] = 1.0\n    z[z < 0] = 0.0\n    return z"),
    ),
]

SLOPES = [
    *(Slip(SLOPE, name, body(text)) for name, text in _ACTIVATION_DERIVATIVE),
    Slip(
        SLOPE,
        "the answer inside raise NotImplementedError",
        body(f"{SQUEEZE}\nraise NotImplementedError({SIGMOID})"),
    ),
    Slip(SLOPE, "the placeholder left above the answer", body(f"{STUB.text}\n{RIGHT_SLOPE.text}")),
    Slip(SLOPE, "the indentation lost", body(RIGHT_SLOPE.text, indent="")),
    Slip(
        SLOPE,
        "no colon, after the stub was run",
        body(_slope('== "tanh":', '== "tanh"')),
        before=(STUB,),
    ),
    Slip(SLOPE, "fixed, but not run again", RIGHT_SLOPE, before=(Z_FOR_A,), run=False),
    Slip(SLOPE, "renamed", Typed(_slope(), line="def activation_slope(name, z):")),
    Slip(SLOPE, "the arguments in another order", Typed(_slope(), line="def activation_derivative(z, name):")),
    Slip(
        SLOPE,
        "a def inside the def",
        body(f"def activation_derivative(name, z):\n{textwrap.indent(_slope(), '    ')}"),
    ),
]

CHAIN = "gradient_by_layer"


def _chain(
    entry: str = "abs(slope * (w * slope) ** (depth - l))",
    loop: str = "range(1, depth + 1)",
    slope: str = "activation_derivative(activation, z)",
    end: str = "return np.array(sizes)",
) -> str:
    return f"slope = {slope}\nsizes = []\nfor l in {loop}:\n    sizes.append({entry})\n{end}"


RIGHT_CHAIN = body(_chain())
BACKWARDS = """
slope = activation_derivative(activation, z)
sizes = np.zeros(depth)
sizes[-1] = abs(slope)
for l in range(depth - 2, -1, -1):
    sizes[l] = sizes[l + 1] * abs(w * slope)
return sizes
"""

_GRADIENT_BY_LAYER = [
    ("return inside the loop", _chain(end="    return np.array(sizes)")),
    ("return inside the loop, backwards", BACKWARDS.replace("\nreturn", "\n    return")),
    ("return of the number inside the loop", _chain().replace("sizes.append(", "return (")),
    (
        "the list made anew in the loop",
        _chain().replace("    sizes.append", "    sizes = []\n    sizes.append"),
    ),
    ("sizes = sizes.append(…)", _chain().replace("    sizes.append", "    sizes = sizes.append")),
    ("the weight left out", _chain("abs(slope * slope ** (depth - l))")),
    ("one weight too many", _chain("abs((w * slope) ** (depth - l + 1))")),
    ("the last slope left out", _chain("abs((w * slope) ** (depth - l))")),
    ("brackets missing in the power", _chain("abs(slope * w * slope ** (depth - l))")),
    ("the slope outside the brackets", _chain("abs(slope * w ** (depth - l))")),
    ("brackets missing in the exponent", _chain("abs(slope * (w * slope) ** depth - l)")),
    ("times for the power", _chain("abs(slope * (w * slope) * (depth - l))")),
    ("a caret (^) for the power", _chain("abs(slope * (w * slope) ^ (depth - l))")),
    ("layers counted from 0", _chain(loop="range(depth)")),
    ("one layer short", _chain(loop="range(1, depth)")),
    ("one layer too many", _chain(loop="range(depth + 1)")),
    ("powers from the wrong end", _chain("abs(slope * (w * slope) ** (l - 1))")),
    ("appended from the last layer on", _chain(loop="range(depth, 0, -1)")),
    ("abs forgotten", _chain("slope * (w * slope) ** (depth - l)")),
    ("bars in place of abs", _chain("| slope * (w * slope) ** (depth - l) |")),
    ("z in place of its slope", _chain(slope="z")),
    ("always the sigmoid's slope", _chain(slope='activation_derivative("sigmoid", z)')),
    ("the arguments exchanged", _chain(slope="activation_derivative(z, activation)")),
    ("the function without its call", _chain(slope="activation_derivative")),
    ("the sigmoid's output", _chain(slope="1 / (1 + np.exp(-z))")),
    ("the activation called by its name", _chain(slope="activation(z)")),
    ("a list", _chain(end="return sizes")),
    ("the sum of all", _chain(end="return sum(sizes)")),
    ("the first alone", _chain(end="return sizes[0]")),
    ("in a list around", _chain(end="return np.array([sizes])")),
    ("rounded to four decimals", _chain(end="return np.round(sizes, 4)")),
    ("printed, not returned", _chain(end="print(sizes)")),
    ("a loop over the number", _chain(loop="depth")),
    ("an index into an empty list", _chain().replace("sizes.append(", "sizes[l] = (")),
    (
        "written out for three layers",
        """
        slope = activation_derivative(activation, z)
        last = abs(slope)
        middle = last * abs(w * slope)
        first = middle * abs(w * slope)
        return np.array([first, middle, last])
        """,
    ),
    ("the example's numbers", "return np.array([0.0625, 0.125, 0.25])"),
    ("an array of whole numbers", BACKWARDS.replace("np.zeros(depth)", "np.zeros(depth, dtype=int)")),
]

CHAINS = [
    *(Slip(CHAIN, name, body(text)) for name, text in _GRADIENT_BY_LAYER),
    Slip(
        CHAIN,
        "the answer inside raise NotImplementedError",
        body(_chain(end="raise NotImplementedError(np.array(sizes))")),
    ),
    Slip(CHAIN, "the indentation lost", body(RIGHT_CHAIN.text, indent="")),
    Slip(
        CHAIN,
        "a bracket missing, after the stub was run",
        body(_chain(end="return np.array(sizes")),
        before=(STUB,),
    ),
    Slip(
        CHAIN,
        "fixed, but not run again",
        RIGHT_CHAIN,
        before=(body(_chain("slope * (w * slope) ** (depth - l)")),),
        run=False,
    ),
    Slip(CHAIN, "renamed", Typed(_chain(), line="def gradients_by_layer(depth, w, z, activation):")),
    Slip(
        CHAIN,
        "a def inside the def",
        body(f"def gradient_by_layer(depth, w, z, activation):\n{textwrap.indent(_chain(), '    ')}"),
    ),
    Slip(CHAIN, "right, but activation_derivative has z(1 − z)", RIGHT_CHAIN, earlier={SLOPE: Z_FOR_A}),
    Slip(CHAIN, "right, but activation_derivative is still a stub", RIGHT_CHAIN, earlier={SLOPE: STUB}),
    Slip(
        CHAIN,
        "reversed, and activation_derivative has z(1 − z)",
        body(_chain("abs(slope * (w * slope) ** (l - 1))")),
        earlier={SLOPE: Z_FOR_A},
    ),
]

SLIPS = [*SLOPES, *CHAINS]
