"""Slips in the three exercises of artificial_neuron, as beginners type them."""

from __future__ import annotations

from tests.feedback.slip import STUB, Slip, Typed, body, cell

SUM = "weighted_sum"
RIGHT_SUM = body("return np.sum(x * w) + b")
NO_BIAS = body("return np.sum(x * w)")

_WEIGHTED_SUM = [
    (
        "return inside the loop",
        """
        total = 0
        for i in range(len(x)):
            total = total + x[i] * w[i]
            return total + b
        """,
    ),
    (
        "the list made anew in the loop",
        """
        for i in range(len(x)):
            products = []
            products.append(x[i] * w[i])
        return sum(products) + b
        """,
    ),
    (
        "products = products.append(…)",
        """
        products = []
        for i in range(len(x)):
            products = products.append(x[i] * w[i])
        return sum(products) + b
        """,
    ),
    (
        "`if` on an array",
        """
        if w == 0:
            return b
        return np.sum(x * w) + b
        """,
    ),
    (
        "an input as its own index",
        """
        total = 0
        for i in x:
            total = total + x[i] * w[i]
        return total + b
        """,
    ),
    (
        "round brackets for an index",
        """
        total = 0
        for i in range(len(x)):
            total += x(i) * w(i)
        return total + b
        """,
    ),
    (
        "a loop one short",
        """
        total = 0
        for i in range(len(x) - 1):
            total += x[i] * w[i]
        return total + b
        """,
    ),
    ("written out for three inputs", "return x[0] * w[0] + x[1] * w[1] + x[2] * w[2] + b"),
    ("rounded to two decimals", "return round(np.sum(x * w) + b, 2)"),
    ("printed, not returned", "print(np.sum(x * w) + b)"),
    ("the result in a list", "return [np.sum(x * w) + b]"),
    (
        "an argument changed in place",
        """
        x *= w
        return np.sum(x) + b
        """,
    ),
    (
        "the name sum used twice",
        """
        sum = 0
        products = x * w
        z = sum(products) + b
        return z
        """,
    ),
    ("a misspelt function of NumPy", "return np.summ(x * w) + b"),
    ("np. forgotten", "return dot(x, w) + b"),
    ("the bias inside the dot product", "return np.dot(x, w + b)"),
]

WEIGHTED_SUM = [
    *(Slip(SUM, name, body(text)) for name, text in _WEIGHTED_SUM),
    Slip(SUM, "the placeholder left below the answer", body("z = np.sum(x * w) + b\n" + STUB.text)),
    Slip(SUM, "the answer inside raise NotImplementedError", body("raise NotImplementedError(np.sum(x * w) + b)")),
    Slip(SUM, "the indentation lost", body("return np.sum(x * w) + b", indent="")),
    Slip(
        SUM,
        "no colon, after the stub was run",
        body("""
        total = 0
        for i in range(len(x))
            total += x[i] * w[i]
        return total + b
        """),
        before=(STUB,),
    ),
    Slip(SUM, "a bracket missing, after another answer was run", body("return (np.sum(x * w) + b"), before=(NO_BIAS,)),
    Slip(SUM, "mended, but not run again", RIGHT_SUM, before=(NO_BIAS,), run=False),
    Slip(SUM, "renamed", Typed(RIGHT_SUM.text, line="def weightedSum(x, w, b):")),
    Slip(
        SUM,
        "renamed, after the stub was run",
        Typed(RIGHT_SUM.text, line="def weighted_summ(x, w, b):"),
        before=(STUB,),
    ),
    Slip(
        SUM,
        "a def inside the def",
        body("""
        def weighted_sum(x, w, b):
            return np.sum(x * w) + b
        """),
    ),
    Slip(
        SUM,
        "the names of a demo, not the arguments",
        body("return np.sum(x * w) + bias", line="def weighted_sum(inputs, weights, bias):"),
        demos=True,
    ),
    Slip(SUM, "an argument missing from the def line", body("return np.sum(x * w)", line="def weighted_sum(x, w):")),
    Slip(
        SUM, "a variable instead of a function", cell("weighted_sum = np.sum(np.array([0.1]) * np.array([0.15])) + 0.4")
    ),
]

SIGMOID = "sigmoid"
RIGHT_SIGMOID = body("""
z = np.clip(z, -500, 500)
return 1 / (1 + np.exp(-z))
""")

_SIGMOID = [
    (
        "brackets missing",
        """
        z = np.clip(z, -500, 500)
        return 1 / 1 + np.exp(-z)
        """,
    ),
    (
        "a bare e",
        """
        z = np.clip(z, -500, 500)
        return 1 / (1 + e ** -z)
        """,
    ),
    (
        "a caret (^) for the power",
        """
        z = np.clip(z, -500, 500)
        return 1 / (1 + np.e^(-z))
        """,
    ),
    (
        "e rounded to 2.718",
        """
        z = np.clip(z, -500, 500)
        return 1 / (1 + 2.718 ** (-z))
        """,
    ),
    (
        "math.exp on arrays",
        """
        import math
        return 1 / (1 + math.exp(-z))
        """,
    ),
    ("a function that NumPy lacks", "return np.sigmoid(z)"),
    (
        "square brackets in a call",
        """
        z = np.clip(z, -500, 500)
        return 1 / (1 + np.exp[-z])
        """,
    ),
    (
        "`if` on an array",
        """
        if z < -500:
            return 0.0
        if z > 500:
            return 1.0
        return 1 / (1 + np.exp(-z))
        """,
    ),
    (
        "max and min on an array",
        """
        z = max(-500, min(500, z))
        return 1 / (1 + np.exp(-z))
        """,
    ),
    (
        "np.max for np.maximum",
        """
        z = np.max(z, -500)
        return 1 / (1 + np.exp(-z))
        """,
    ),
    (
        "the clipped numbers thrown away",
        """
        np.clip(z, -500, 500)
        return 1 / (1 + np.exp(-z))
        """,
    ),
    (
        "clipped too close",
        """
        z = np.clip(z, -5, 5)
        return 1 / (1 + np.exp(-z))
        """,
    ),
    (
        "return inside the loop",
        """
        z = np.clip(z, -500, 500)
        for number in z:
            return 1 / (1 + np.exp(-number))
        """,
    ),
    (
        "the result in a list",
        """
        z = np.clip(z, -500, 500)
        return [1 / (1 + np.exp(-z))]
        """,
    ),
    (
        "x = x.append(…)",
        """
        result = []
        for number in np.clip(z, -500, 500):
            result = result.append(1 / (1 + np.exp(-number)))
        return np.array(result)
        """,
    ),
    (
        "rounded to four decimals",
        """
        z = np.clip(z, -500, 500)
        return np.round(1 / (1 + np.exp(-z)), 4)
        """,
    ),
    (
        "printed, not returned",
        """
        z = np.clip(z, -500, 500)
        a = 1 / (1 + np.exp(-z))
        print(a)
        """,
    ),
    (
        "an argument changed in place",
        """
        z = np.asarray(z)
        z[z < -500] = -500
        z[z > 500] = 500
        return 1 / (1 + np.exp(-z))
        """,
    ),
    (
        "an array for whole numbers only",
        """
        z = np.asarray(z)
        a = np.zeros_like(z)
        a[z >= 0] = 1 / (1 + np.exp(-z[z >= 0]))
        a[z < 0] = np.exp(z[z < 0]) / (1 + np.exp(z[z < 0]))
        return a
        """,
    ),
    (
        "right for positive numbers only",
        """
        return 1 / (1 + np.exp(-abs(z)))
        """,
    ),
    (
        "two results",
        """
        z = np.clip(z, -500, 500)
        a = 1 / (1 + np.exp(-z))
        return z, a
        """,
    ),
    (
        "NumPy's settings changed for good",
        """
        np.seterr(over="ignore")
        return 1 / (1 + np.exp(-z))
        """,
    ),
    ("the example's answer", "return 0.6023"),
]

SIGMOIDS = [
    *(Slip(SIGMOID, name, body(text)) for name, text in _SIGMOID),
    Slip(
        SIGMOID,
        "the answer inside raise NotImplementedError",
        body("raise NotImplementedError(1 / (1 + np.exp(-np.clip(z, -500, 500))))"),
    ),
    Slip(SIGMOID, "the indentation lost", body(RIGHT_SIGMOID.text, indent="")),
    Slip(SIGMOID, "a bracket missing, after the stub was run", body("return 1 / (1 + np.exp(-z)"), before=(STUB,)),
    Slip(
        SIGMOID,
        "mended, but not run again",
        RIGHT_SIGMOID,
        before=(body("return 1 / (1 + np.exp(z))"),),
        run=False,
    ),
    Slip(SIGMOID, "renamed", Typed(RIGHT_SIGMOID.text, line="def Sigmoid(z):")),
    Slip(
        SIGMOID,
        "a def inside the def",
        body("""
        def sigmoid(z):
            z = np.clip(z, -500, 500)
            return 1 / (1 + np.exp(-z))
        """),
    ),
    Slip(
        SIGMOID,
        "the name of a demo, not the argument",
        body("return 1 / (1 + np.exp(-np.clip(z_values, -500, 500)))"),
        demos=True,
    ),
]

NEURON = "neuron_output"
RIGHT_NEURON = body("return sigmoid(weighted_sum(x, w, b))")

_NEURON = [
    ("a function passed on without calling it", "return sigmoid(weighted_sum)"),
    ("a function returned without calling it", "return sigmoid"),
    ("the two steps swapped", "return weighted_sum(sigmoid(x), w, b)"),
    ("a bracket in the wrong place", "return sigmoid(weighted_sum(x, w), b)"),
    (
        "the sum computed but not kept",
        """
        weighted_sum(x, w, b)
        return sigmoid(z)
        """,
    ),
    ("a misspelt name", "return sigmoid(weigthed_sum(x, w, b))"),
    ("it calls itself", "return sigmoid(neuron_output(x, w, b))"),
    (
        "the function's name used for its result",
        """
        weighted_sum = weighted_sum(x, w, b)
        return sigmoid(weighted_sum)
        """,
    ),
    ("-w * x + b in the exponent", "return 1 / (1 + np.exp(-np.sum(w * x) + b))"),
    (
        "`if` on an array",
        """
        if w * x > 500:
            return 1.0
        return sigmoid(weighted_sum(x, w, b))
        """,
    ),
    (
        "return inside the loop",
        """
        total = b
        for i in range(len(x)):
            total += x[i] * w[i]
            return sigmoid(total)
        """,
    ),
    (
        "a loop one short",
        """
        total = b
        for i in range(len(x) - 1):
            total += x[i] * w[i]
        return sigmoid(total)
        """,
    ),
    ("written out for three inputs", "return sigmoid(x[0] * w[0] + x[1] * w[1] + x[2] * w[2] + b)"),
    ("rounded to four decimals", "return round(sigmoid(weighted_sum(x, w, b)), 4)"),
    ("printed, not returned", "print(sigmoid(weighted_sum(x, w, b)))"),
    (
        "computed, and nothing returned",
        """
        z = weighted_sum(x, w, b)
        a = sigmoid(z)
        """,
    ),
    ("return print(…)", "return print(sigmoid(weighted_sum(x, w, b)))"),
    ("the result in a list", "return [sigmoid(weighted_sum(x, w, b))]"),
    (
        "both results",
        """
        z = weighted_sum(x, w, b)
        a = sigmoid(z)
        return z, a
        """,
    ),
    (
        "an argument changed in place",
        """
        x *= w
        return sigmoid(np.sum(x) + b)
        """,
    ),
    ("one minus it", "return 1 - sigmoid(weighted_sum(x, w, b))"),
    ("a function from another notebook", "return activation(weighted_sum(x, w, b))"),
]

NEURONS = [
    *(Slip(NEURON, name, body(text)) for name, text in _NEURON),
    Slip(
        NEURON,
        "the answer inside raise NotImplementedError",
        body("raise NotImplementedError(sigmoid(weighted_sum(x, w, b)))"),
    ),
    Slip(NEURON, "the indentation lost", body(RIGHT_NEURON.text, indent="")),
    Slip(
        NEURON,
        "a bracket missing, after the stub was run",
        body("return sigmoid(weighted_sum(x, w, b)"),
        before=(STUB,),
    ),
    Slip(NEURON, "mended, but not run again", RIGHT_NEURON, before=(body("return weighted_sum(x, w, b)"),), run=False),
    Slip(NEURON, "renamed", Typed(RIGHT_NEURON.text, line="def neuron(x, w, b):")),
    Slip(
        NEURON,
        "a def inside the def",
        body("""
        def neuron_output(x, w, b):
            return sigmoid(weighted_sum(x, w, b))
        """),
    ),
    Slip(NEURON, "right, but weighted_sum lacks the bias", RIGHT_NEURON, earlier={SUM: NO_BIAS}),
    Slip(NEURON, "right, but weighted_sum is still a stub", RIGHT_NEURON, earlier={SUM: STUB}),
    Slip(NEURON, "right, but sigmoid prints", RIGHT_NEURON, earlier={SIGMOID: body("print(1 / (1 + np.exp(-z)))")}),
]

SLIPS = [*WEIGHTED_SUM, *SIGMOIDS, *NEURONS]
