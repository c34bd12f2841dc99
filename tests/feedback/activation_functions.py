"""Slips in the seven exercises of activation_functions, as beginners type them."""

from __future__ import annotations

from tests.feedback.slip import STUB, Slip, Typed, body, cell

STEP = "binary_step"
RIGHT_STEP = body("return np.where(z >= 0, 1.0, 0.0)")

_STEP = [
    (
        "`if` on an array",
        """
        if z >= 0:
            return 1.0
        else:
            return 0.0
        """,
    ),
    ("the comparison returned", "return z >= 0"),
    ("zero left out", "return np.where(z > 0, 1.0, 0.0)"),
    ("the sign function", "return np.sign(z)"),
    ("1 and 0 without their points", "return np.where(z >= 0, 1, 0)"),
    ("the comparison the wrong way round", "return np.where(z => 0, 1.0, 0.0)"),
    ("a step that NumPy lacks", "return np.step(z)"),
    ("heaviside without its second argument", "return np.heaviside(z)"),
    ("quotes around the numbers", 'return np.where(z >= 0, "1.0", "0.0")'),
    ("one comma forgotten", "return np.where(z >= 0, 1.0)"),
    (
        "a loop over a single number",
        """
        result = []
        for number in z:
            if number >= 0:
                result.append(1.0)
            else:
                result.append(0.0)
        return np.array(result)
        """,
    ),
    (
        "the argument overwritten in place",
        """
        z[z >= 0] = 1.0
        z[z < 0] = 0.0
        return z
        """,
    ),
    ("printed, not returned", "print(np.where(z >= 0, 1.0, 0.0))"),
    ("the demo's function", "return step_of_one_number(z)"),
]

BINARY_STEP = [
    *(Slip(STEP, name, body(text), demos=name == "the demo's function") for name, text in _STEP),
    Slip(
        STEP, "the answer inside raise NotImplementedError", body("raise NotImplementedError(np.where(z >= 0, 1, 0))")
    ),
    Slip(STEP, "the indentation lost", body(RIGHT_STEP.text, indent="")),
    Slip(STEP, "renamed", Typed(RIGHT_STEP.text, line="def binarystep(z):")),
    Slip(
        STEP,
        "a def inside the def",
        body("""
        def binary_step(z):
            return np.where(z >= 0, 1.0, 0.0)
        """),
    ),
    Slip(STEP, "mended, but not run again", RIGHT_STEP, before=(body("return np.sign(z)"),), run=False),
]

LIN = "linear"
_LINEAR = [
    ("z itself", "return z"),
    ("z.copy() of a number", "return z.copy()"),
    ("a slice", "return z[:]"),
    ("an array for a single number, too", "return np.array([z])"),
    ("a list", "return list(z)"),
    ("zero times z", "return 0 * z"),
    ("the slope", "return 1.0"),
    ("weights that aren't there", "return w * z + b"),
    ("a linear that NumPy lacks", "return np.linear(z)"),
    ("copy without its brackets", "return np.copy"),
    ("itself, again and again", "return linear(z)"),
    ("whole numbers made of all", "return np.array(z, dtype=int)"),
]

LINEAR = [
    *(Slip(LIN, name, body(text)) for name, text in _LINEAR),
    Slip(LIN, "the placeholder left above the answer", body(f"{STUB.text}\nreturn np.array(z)")),
    Slip(LIN, "renamed", Typed("return np.array(z)", line="def linear_activation(z):")),
    Slip(LIN, "a variable instead of a function", cell("linear = np.array([-1.5, 0.0, 0.3])")),
    Slip(LIN, "np.array, which is right", body("return np.array(z)"), passes=True),
]

SIG = "stable_sigmoid"
RIGHT_SIGMOID = body("""
power = np.exp(-np.abs(z))
return np.where(z >= 0, 1 / (1 + power), power / (1 + power))
""")

_SIGMOID = [
    ("week 1's formula", "return 1 / (1 + np.exp(-z))"),
    ("the other formula", "return np.exp(z) / (1 + np.exp(z))"),
    (
        "week 1's clip",
        """
        z = np.clip(z, -500, 500)
        return 1 / (1 + np.exp(-z))
        """,
    ),
    ("a clip at 20", "return 1 / (1 + np.exp(-np.clip(z, -20, 20)))"),
    ("a clip at 1000", "return 1 / (1 + np.exp(-np.clip(z, -1000, 1000)))"),
    ("both formulas inside np.where", "return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))"),
    (
        "the sides exchanged",
        """
        power = np.exp(-np.abs(z))
        return np.where(z >= 0, power / (1 + power), 1 / (1 + power))
        """,
    ),
    (
        "one formula for both sides",
        """
        power = np.exp(-np.abs(z))
        return 1 / (1 + power)
        """,
    ),
    (
        "the bars of |z| typed",
        """
        power = np.exp(-|z|)
        return np.where(z >= 0, 1 / (1 + power), power / (1 + power))
        """,
    ),
    (
        "the minus forgotten",
        """
        power = np.exp(np.abs(z))
        return np.where(z >= 0, 1 / (1 + power), power / (1 + power))
        """,
    ),
    (
        "`if` on an array",
        """
        if z >= 0:
            return 1 / (1 + np.exp(-z))
        return np.exp(z) / (1 + np.exp(z))
        """,
    ),
    (
        "math.exp on arrays",
        """
        import math
        power = math.exp(-abs(z))
        return np.where(z >= 0, 1 / (1 + power), power / (1 + power))
        """,
    ),
    ("half a tanh", "return (1 + np.tanh(z / 2)) / 2"),
    (
        "1 minus the other side",
        """
        power = np.exp(-np.abs(z))
        right = 1 / (1 + power)
        return np.where(z >= 0, right, 1 - right)
        """,
    ),
    ("a function of week 1's notebook", "return sigmoid(z)"),
    ("in single precision", "power = np.exp(-np.abs(np.float32(z)))\nreturn np.where(z >= 0, 1, power) / (1 + power)"),
    ("rounded to twelve decimals", "return np.round(1 / (1 + np.exp(-np.clip(z, -700, 700))), 12)"),
    (
        "warnings switched off for good",
        """
        np.seterr(all="ignore")
        return 1 / (1 + np.exp(-z))
        """,
    ),
    ("a clip at 700, which is right", "return 1 / (1 + np.exp(-np.clip(z, -700, 700)))"),
]

STABLE_SIGMOID = [
    *(Slip(SIG, name, body(text), passes="which is right" in name) for name, text in _SIGMOID),
    Slip(SIG, "the indentation lost", body(RIGHT_SIGMOID.text, indent="")),
    Slip(SIG, "named sigmoid", Typed(RIGHT_SIGMOID.text, line="def sigmoid(z):")),
    Slip(
        SIG, "named sigmoid, after the stub was run", Typed(RIGHT_SIGMOID.text, line="def sigmoid(z):"), before=(STUB,)
    ),
]

TANH = "tanh"
_TANH = [
    ("NumPy's tanh", "return np.tanh(z)"),
    ("NumPy's sinh and cosh", "return np.sinh(z) / np.cosh(z)"),
    ("the formula, word for word", "return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))"),
    (
        "brackets missing, and clipped",
        """
        z = np.clip(z, -300, 300)
        return np.exp(z) - np.exp(-z) / np.exp(z) + np.exp(-z)
        """,
    ),
    ("a 2 missing", "return 2 * stable_sigmoid(z) - 1"),
    ("the 1 not subtracted", "return 2 * stable_sigmoid(2 * z)"),
    ("2z without its star", "return 2 * stable_sigmoid(2z) - 1"),
    ("σ for a name", "return 2 * σ(2 * z) - 1"),
    ("one power, and a warning", "return 2 / (1 + np.exp(-2 * z)) - 1"),
    ("one power, and nan", "return (1 - np.exp(-2 * z)) / (1 + np.exp(-2 * z))"),
    (
        "the sign lost",
        """
        power = np.exp(-2 * np.abs(z))
        return (1 - power) / (1 + power)
        """,
    ),
    ("clipped at 1", "z = np.clip(z, -1, 1)\nreturn (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))"),
    ("clipped at 1000", "z = np.clip(z, -1000, 1000)\nreturn (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))"),
    (
        "`if` on an array",
        """
        if z > 20:
            return 1.0
        if z < -20:
            return -1.0
        return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
        """,
    ),
    ("the demo's numbers", "return 2 * sigmoid_of_2 - 1"),
    ("math.tanh", "import math\nreturn math.tanh(z)"),
]

TANH_SLIPS = [
    *(Slip(TANH, name, body(text), demos=name == "the demo's numbers") for name, text in _TANH),
    Slip(
        TANH,
        "right, but stable_sigmoid clips at 1",
        body("return 2 * stable_sigmoid(2 * z) - 1"),
        earlier={SIG: body("return 1 / (1 + np.exp(-np.clip(z, -1, 1)))")},
    ),
    Slip(
        TANH,
        "right, but stable_sigmoid is still a stub",
        body("return 2 * stable_sigmoid(2 * z) - 1"),
        earlier={SIG: STUB},
    ),
    Slip(TANH, "itself, not NumPy's", body("return tanh(z)")),
    Slip(TANH, "a stretched sigmoid, which is right", body("return 2 * stable_sigmoid(2 * z) - 1"), passes=True),
]

RELU = "relu"
_RELU = [
    ("np.max for np.maximum", "return np.max(z, 0)"),
    ("np.max of both in a list", "return np.max([z, 0])"),
    ("Python's max", "return max(0, z)"),
    (
        "`if` on an array",
        """
        if z > 0:
            return z
        return 0.0
        """,
    ),
    ("abs", "return np.abs(z)"),
    ("clipped at 1", "return np.clip(z, 0, 1)"),
    ("the slope", "return np.where(z > 0, 1.0, 0.0)"),
    ("the numbers below zero left out", "return z[z > 0]"),
    ("set to zero in place", "z[z < 0] = 0\nreturn z"),
    ("set to zero in a copy of an array", "a = z.copy()\na[a < 0] = 0\nreturn a"),
    ("a second argument forgotten", "return np.maximum(z)"),
    ("a relu that NumPy lacks", "return np.relu(z)"),
    (
        "return inside the loop",
        """
        for number in z:
            return max(0, number)
        """,
    ),
    (
        "x = x.append(…)",
        """
        outputs = []
        for number in z:
            outputs = outputs.append(max(0, number))
        return np.array(outputs)
        """,
    ),
    ("the demo's variable", "return np.maximum(numbers, 0)"),
]

RELU_SLIPS = [
    *(Slip(RELU, name, body(text), demos=name == "the demo's variable") for name, text in _RELU),
    Slip(RELU, "named ReLU", Typed("return np.maximum(z, 0)", line="def ReLU(z):")),
    Slip(RELU, "times a comparison, which is right", body("return z * (z > 0)"), passes=True),
]

LEAKY = "leaky_relu"
_LEAKY = [
    ("0.01 typed in", "return np.where(z > 0, z, 0.01 * z)"),
    ("the slope above zero", "return np.where(z > 0, negative_slope * z, z)"),
    ("the slope alone below zero", "return np.where(z > 0, z, negative_slope)"),
    ("np.max for np.maximum", "return np.max(z, negative_slope * z)"),
    ("Python's max", "return max(z, negative_slope * z)"),
    ("relu and z times the slope, added", "return relu(z) + negative_slope * z"),
    ("a minus too many", "return np.where(z > 0, z, -negative_slope * z)"),
    (
        "`if` on an array",
        """
        if z > 0:
            return z
        return negative_slope * z
        """,
    ),
    ("a product without its star", "return np.where(z > 0, z, negative_slope z)"),
    ("the slope under another name", "return np.where(z > 0, z, slope * z)"),
    ("scaled in place", "z[z < 0] *= negative_slope\nreturn z"),
]

LEAKY_SLIPS = [
    *(Slip(LEAKY, name, body(text)) for name, text in _LEAKY),
    Slip(LEAKY, "Keras's old default", body("return np.maximum(z, alpha * z)", line="def leaky_relu(z, alpha=0.3):")),
    Slip(LEAKY, "no slope in the def line", body("return np.maximum(z, 0.01 * z)", line="def leaky_relu(z):")),
    Slip(
        LEAKY,
        "no default in the def line",
        body("return np.maximum(z, negative_slope * z)", line="def leaky_relu(z, negative_slope):"),
    ),
    Slip(
        LEAKY,
        "another default in the def line",
        body("return np.maximum(z, negative_slope * z)", line="def leaky_relu(z, negative_slope=0.1):"),
    ),
]

SOFT = "softmax"
RIGHT_SOFTMAX = body("""
powers = np.exp(z - z.max(axis=-1, keepdims=True))
return powers / powers.sum(axis=-1, keepdims=True)
""")

_SOFTMAX = [
    ("the formula of the demo", "powers = np.exp(z)\nreturn powers / powers.sum()"),
    ("unstable, row by row", "powers = np.exp(z)\nreturn powers / powers.sum(axis=-1, keepdims=True)"),
    (
        "the largest of the whole table",
        "powers = np.exp(z - np.max(z))\nreturn powers / powers.sum(axis=-1, keepdims=True)",
    ),
    (
        "axis=0",
        "powers = np.exp(z - z.max(axis=0, keepdims=True))\nreturn powers / powers.sum(axis=0, keepdims=True)",
    ),
    (
        "axis=1, which a row doesn't have",
        "powers = np.exp(z - z.max(axis=1, keepdims=True))\nreturn powers / powers.sum(axis=1, keepdims=True)",
    ),
    ("keepdims forgotten", "powers = np.exp(z - z.max(axis=-1))\nreturn powers / powers.sum(axis=-1)"),
    ("the powers alone", "return np.exp(z - z.max(axis=-1, keepdims=True))"),
    ("no powers", "return z / z.sum(axis=-1, keepdims=True)"),
    ("the sigmoid of each", "return stable_sigmoid(z)"),
    (
        "clipped, not subtracted",
        "powers = np.exp(np.clip(z, -500, 500))\nreturn powers / powers.sum(axis=-1, keepdims=True)",
    ),
    (
        "the largest divided, not subtracted",
        "powers = np.exp(z / z.max(axis=-1, keepdims=True))\nreturn powers / powers.sum(axis=-1, keepdims=True)",
    ),
    (
        "the argument changed in place",
        "z -= z.max(axis=-1, keepdims=True)\nreturn np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)",
    ),
    ("np.argmax", "return np.argmax(z, axis=-1)"),
    ("Python's sum", "powers = np.exp(z - np.max(z, axis=-1, keepdims=True))\nreturn powers / sum(powers)"),
    ("a softmax that NumPy lacks", "return np.softmax(z)"),
    (
        "a row out of the loop",
        """
        for row in z:
            powers = np.exp(row - row.max())
            return powers / powers.sum()
        """,
    ),
    (
        "a loop that wants a table",
        """
        rows = []
        for row in z:
            powers = np.exp(row - row.max())
            rows.append(powers / powers.sum())
        return np.array(rows)
        """,
    ),
    (
        "a misspelt keepdims",
        "powers = np.exp(z - z.max(axis=-1, keepdim=True))\nreturn powers / powers.sum(axis=-1, keepdim=True)",
    ),
]

SOFTMAX = [
    *(Slip(SOFT, name, body(text)) for name, text in _SOFTMAX),
    Slip(SOFT, "the placeholder left below the refusal", body(f"{STUB.text}\n{RIGHT_SOFTMAX.text.strip()}")),
]

SLIPS = [
    *BINARY_STEP,
    *LINEAR,
    *STABLE_SIGMOID,
    *TANH_SLIPS,
    *RELU_SLIPS,
    *LEAKY_SLIPS,
    *SOFTMAX,
]
