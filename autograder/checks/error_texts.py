"""The errors of Python and NumPy by their texts, each with what it means in a beginner's words.

The texts are those of CPython 3.11 to 3.13 and of NumPy 1.26 to 2.x, which differ in places; all are here. The first
row that fits an error explains it.
"""

from __future__ import annotations

from autograder.checks.explaining import row

_TRUTH = r"The truth value of an (?:empty )?array"
_ONE_NUMBER = r"only (?:length-1|size-1|0-dimensional) arrays can be converted"
_BAD_INDEX = r"only integers, slices .* are valid indices"
_NAME = r"^name '(?P<name>\w+)' is not defined"
_NONE_APPEND = r"'NoneType' object has no attribute '(?:append|extend|insert)'"
_WHOLE = (
    r"'(?P<kind>[\w.]+)' object cannot be interpreted as an integer|expected a sequence of integers or a single int"
)
_AXIS = r"axis \S+ is out of bounds for array of dimension (?P<count>\d+)"
_OTHER_COUNT = r"takes (?:from \d+ to |at most |exactly )?\w+ (?:positional )?arguments?.*?(?:\(\d+ given\)|but \d+ w)"
_MAX_OF_TWO = (
    "The second argument of `np.max` and `np.min` is an axis. "
    "`np.maximum` and `np.minimum` compare two things, number by number."
)

_CONDITIONS = [
    row(
        _TRUTH,
        "Python's own `max` and `min` can't compare whole arrays. NumPy's `np.maximum` and `np.minimum` can: they "
        "compare number by number.",
        line=r"(?<![\w.])(?:max|min)\(",
    ),
    row(
        _TRUTH,
        "An `if` needs one True or False, but a comparison with a whole array gives one for each of its numbers. Is "
        "an `if` needed here? To choose number by number, there is `np.where`.",
        line=r"\b(?:if|elif|while|assert)\b",
    ),
    row(
        _TRUTH,
        "Python needs one True or False here, but a whole array gives one for each of its numbers. `and`, `or`, `not` "
        "and `if` are for single ones; `np.where` chooses number by number.",
    ),
]

_NUMBERS = [
    row(
        _ONE_NUMBER + r"|must be real number, not (?P<kind>list|tuple)",
        "The functions of `math` take a single number, but they got many. NumPy has functions of the same names, which "
        "take a whole array.",
        line=r"\bmath\.",
    ),
    row(
        _ONE_NUMBER
        + r"|float\(\) argument must be .* not '(?P<kind>list|tuple)'|int\(\) argument must be .* not '\w+'",
        "`float(…)` and `int(…)` make a single number, but they got many at once. Is a sum missing, or should all the "
        "numbers stay?",
        line=r"\b(?:float|int)\(",
    ),
    row(
        r"only integer scalar arrays can be converted to a scalar index|" + _WHOLE + "|" + _AXIS,
        _MAX_OF_TWO,
        line=r"\bnp\.a?(?:max|min)\((?!.*\baxis\b)",
    ),
    row(
        r"only integer scalar arrays can be converted to a scalar index|" + _WHOLE,
        "The second argument of `np.sum`, `np.mean` and the like is an axis, not another array.",
        line=r"\bnp\.(?:sum|mean|prod|std|cumsum|argmax|argmin)\([^()]*,",
    ),
    row(
        r"only integer scalar arrays can be converted to a scalar index",
        "A whole array stands where a single whole number is needed, such as in `range(…)` or as the index of a list.",
    ),
    row(
        _ONE_NUMBER + r"|can only convert an array of size 1",
        "A whole array stands where a single number is needed.",
    ),
    row(
        r"setting an array element with a sequence\.?$",
        "A whole array or list is put into a place of an array that holds a single number. Is an index or a sum "
        "missing?",
    ),
    row(
        r"inhomogeneous shape",
        "`np.max` and `np.min` of a list make an array of it first, and a number beside an array doesn't fit into one. "
        "`np.maximum` and `np.minimum` compare two things, number by number.",
        line=r"\bnp\.a?(?:max|min)\([\[(]",
    ),
    row(
        r"inhomogeneous shape",
        "A list whose parts have different lengths can't become an array. It can stay a list, though.",
    ),
    row(
        r"must be .*, not '?(?:function|builtin_function_or_method|method|ufunc)'?"
        r"|does not support argument \d+ of type (?:function|builtin_function_or_method|method|type)\b"
        r"|not supported between instances of '(?:function|builtin_function_or_method|method)' and"
        r"|not supported between instances of '[\w.]+' and '(?:function|builtin_function_or_method|method)'"
        r"|bad operand type for .*: '(?:function|builtin_function_or_method|method)'",
        "A function stands where a number is needed: are the brackets with its arguments missing?",
    ),
    row(
        r"must be real number, not str|could not convert string to float|invalid literal for int",
        "A text stands where a number is needed.",
    ),
    row(r"must be real number, not NoneType", "None stands where a number is needed: is a `return` missing?"),
    row(
        r"math (?:domain|range) error|Numerical result out of range|expected a positive input",
        "A function got a number that it can't work with: too large, or negative. NumPy's functions "
        "of the same names don't stop there.",
    ),
    row(
        r"Integers to negative integer powers",
        "NumPy doesn't raise an array of whole numbers to a negative power. Divide by it instead, or make the numbers "
        "floats first.",
    ),
    row(
        r"Cannot cast ufunc .* from dtype\('float\d+'\) to dtype\('u?int\d+'\)",
        "`+=`, `-=` and the like can't put numbers with decimals into an array of whole numbers. Write `a = a + b` "
        "instead: that makes a new array.",
    ),
    row(
        r"destination is read-only",
        "It tries to change an array that must not change. Make a new array instead.",
    ),
    row(
        r"for \^: |'bitwise_xor' not supported",
        "`^` is not a power in Python. A power is written with two stars: `x ** 2`.",
    ),
    row(
        r"for [&|]: |'bitwise_(?:and|or)' not supported",
        "`&` and `|` bind more tightly than `<` and `==`. Put each comparison into brackets, or use `and` and `or`.",
    ),
]

_INDICES = [
    row(
        "",
        "A loop such as `for i in numbers` gives the items of the list, not their indices, so `numbers[i]` takes an "
        "item for an index. To count, use `range(len(…))`.",
        needs="item as index",
    ),
    row(
        _BAD_INDEX + r"|indices must be integers(?: or slices)?, not '?(?P<kind>float|numpy\.float\d+)",
        "An index is not a whole number. A division with `/` gives a number with decimals, even if it comes out even.",
        line=r"\[[^]]*(?:/|\d\.)",
    ),
    row(
        _BAD_INDEX
        + r"|(?P<where>list|tuple|string) indices must be integers(?: or slices, not '?str'?|, not '?str'?|$)",
        "A key in quotes belongs to a dict, but this is a list, an array or a text. Is it a list of dicts?",
        line=r"\[\s*[\"']",
    ),
    row(
        r"(?P<where>list|tuple|string) indices must be integers(?: or slices)?, not '?str'?",
        "Only a dict has texts for keys, but this is a list, a tuple or a text.",
    ),
    row(
        r"list indices must be integers or slices, not '?tuple'?",
        "A list can't be indexed with two numbers as an array can. Use `[i][j]`, or make it an array first.",
    ),
    row(
        r"(?:list|tuple) indices must be integers or slices, not '?(?P<kind>[\w.]+)'?",
        "An index must be a whole number. A loop over a list gives its items, not their numbers.",
        "An index must be a whole number, but this one is {kind}. A loop over a list gives its items, not their "
        "numbers.",
    ),
    row(
        _BAD_INDEX,
        "An index of an array is not a whole number. A loop over an array gives its entries, not their numbers.",
    ),
    row(
        r"slice indices must be integers",
        "The limits of a slice must be whole numbers. `//` divides without decimals.",
    ),
    row(
        r"too many indices for array: array is (?P<count>\d+)-dimensional, but (?P<given>\d+) were indexed",
        "An array has fewer dimensions than the index asks for.",
        "The index has {given} places, but the array has only {count} dimensions. Look at its `shape`.",
    ),
    row(
        r"index (?P<index>-?\d+) is out of bounds for axis (?P<axis>\d+) with size (?P<size>\d+)",
        "It asks an array for an entry beyond the end. The first has the index 0, the last the length minus 1.",
        "It asks for the index {index}, but the array has the size {size} there. The first index is 0, so the last is "
        "one less than the size.",
    ),
    row(
        r"(?P<where>list|tuple|string) index out of range|pop from empty list",
        "It asks for an item beyond the end. The first has the index 0, so the last is one less than the length.",
    ),
    row(
        r"list assignment index out of range",
        "It puts something into a place that the list doesn't have yet. `append` adds a new item at the end.",
    ),
    row(
        r"invalid index to scalar variable|'(?P<kind>int|float|bool|numpy\.\w+\d+)' object is not subscriptable",
        "Square brackets ask for a part, but this is a single number, which has none. Is there one index too many?",
    ),
    row(
        r"'(?P<kind>function|method|builtin_function_or_method|numpy\.\w+|type)' object is not subscriptable",
        "Square brackets follow the name of a function. A function is called with round ones.",
    ),
    row(
        r"'(?P<kind>[\w.]+)' object does not support item assignment",
        "It puts something into a part of a value that can't be changed in parts. Lists, arrays and dicts can.",
        "It puts something into a part of {kind}, which can't be changed in parts. Lists, arrays and dicts can.",
    ),
    row(
        r"unhashable type: ",
        "A key of a dict that is a text needs quotes: without them, the value of a variable is the key.",
        line=r"\{\s*\w+\s*:",
    ),
    row(
        r"unhashable type: '(?P<kind>[\w.]+)'",
        "A list, an array or a dict can't be a key, or stand in a set. A text or a number can.",
    ),
]

_NOTHING = [
    row(
        _NONE_APPEND,
        "`append` changes the list itself and returns None. So don't give its result a name: write only "
        "`numbers.append(…)`.",
        line=r"append|extend|insert",
    ),
    row(
        r"'NoneType' object is not callable",
        "It calls None as if it were a function. Does a variable have the same name as a function?",
    ),
    row(
        r"NoneType",
        "Something in this line is None. `append` and `sort` return None, and so does a function that ends without "
        "`return`.",
    ),
]

_CALLS = [
    row(
        r"'numpy\.ndarray' object is not callable",
        "Round brackets call a function, but this is an array. An index needs square brackets; a product needs a `*`.",
    ),
    row(
        r"'(?P<kind>int|float|bool|numpy\.\w+\d+)' object is not callable",
        "A number right before an opening bracket is taken for a function. Is a `*` missing, or does a variable have a "
        "function's name?",
        "Right before an opening bracket, {kind} is taken for a function. Is a `*` missing, or does a variable have a "
        "function's name?",
    ),
    row(
        r"'str' object is not callable",
        "It calls a text as if it were a function. A text only names one: compare it with `==` and call the function "
        "that it names.",
    ),
    row(
        r"'(?P<kind>list|tuple|dict)' object is not callable",
        "Round brackets call a function, but this is a list, a tuple or a dict. Square brackets get an item of it.",
        "Round brackets call a function, but this is {kind}. Square brackets get an item of it.",
    ),
    row(
        r"'numpy\.random\._generator\.Generator' object is not callable",
        "`rng` is not a function itself. Its functions follow after a dot, such as `rng.normal(…)`.",
    ),
    row(
        r"'(?P<kind>[\w.]+)' object is not callable",
        "It calls something that is not a function. Does a variable have the same name as a function?",
    ),
    row(
        r"missing (?P<count>\d+) required (?:positional|keyword-only) arguments?: (?P<names>.+)",
        "It calls a function without all the arguments that the function needs. Compare the call with its `def` line.",
        "It calls a function with too few arguments: {names} is missing. Compare the call with the function's `def` "
        "line.",
    ),
    row(
        r"got an unexpected keyword argument '(?P<name>\w+)'|'(?P<other>\w+)' is an invalid keyword argument",
        "It passes an argument by a name that the function doesn't know.",
        "It passes the argument `{name}{other}` to a function that has none of this name.",
    ),
    row(
        r"got multiple values for (?:keyword )?argument '(?P<name>\w+)'",
        "It passes one argument twice, by its position and by its name.",
        "It passes the argument `{name}` twice, by its position and by its name.",
    ),
    row(
        r"array\(\) takes .* positional arguments but|^Cannot interpret '.*' as a data type",
        "`np.array` takes one list with all its numbers: mind the square brackets.",
        line=r"\barray\(",
    ),
    row(
        r"Cannot interpret '.*' as a data type",
        "A shape is one argument: its sizes stand together in brackets of their own, such as `np.zeros((2, 3))`.",
    ),
    row(
        _OTHER_COUNT,
        "It calls a function with too many or too few arguments. A shape counts as one: its sizes stand in brackets of "
        "their own.",
        line=r"(?:normal|uniform|random|zeros|ones|full|shape)\(",
    ),
    row(
        _OTHER_COUNT,
        "It calls a function with another number of arguments than the function takes. Compare the call with the "
        "function's first line.",
    ),
    row(r"return arrays must be of ArrayType", "A function of NumPy got one argument too many."),
    row(r"either both or neither of x and y", "`np.where` takes three things: a condition, what if so, what if not."),
    row(
        r"maximum recursion depth exceeded",
        "It calls itself again and again. Which function did you mean to call there?",
    ),
    row(
        r"A function that is given as an argument can be called [\d,]+ times",
        "It calls the function that it is given far too often. Is there a loop that never ends?",
    ),
    row(
        r"This function was given for a call that has ended",
        "It uses a function that an earlier call was given. Use the one that this call is given.",
    ),
    row(
        r"exceptions must derive from BaseException",
        "`raise` is for errors only. Give an answer with `return`.",
    ),
]

_SHAPES = [
    row(
        r"\(size (?P<right>\d+) is different from (?P<left>\d+)\)",
        "For a product with `@`, the left array needs as many columns as the right one has rows.",
        "For a product with `@`, the left array needs as many columns as the right one has rows, but it has {left} and "
        "not {right}.",
    ),
    row(
        r"shapes (?P<shape1>\([\d,]*\)) and (?P<shape2>\([\d,]*\)) not aligned",
        "For a product, the left array needs as many columns as the right one has rows.",
        "Arrays of the shapes {shape1} and {shape2} have no product: the left one needs as many columns as the right "
        "one has rows.",
    ),
    row(
        r"Input operand \d does not have enough dimensions",
        "`@` is for arrays. Multiply by a single number with `*`.",
    ),
    row(
        r"operands could not be broadcast together with shapes (?P<shape1>\([\d,]*\)) (?P<shape2>\([\d,]*\))",
        "Two arrays whose shapes don't fit together are combined number by number.",
        "Arrays of the shapes {shape1} and {shape2} can't be combined number by number: their sizes, read from the "
        "right, must be equal or 1.",
    ),
    row(
        r"non-broadcastable output operand with shape (?P<shape1>\([\d,]*\)) .* shape (?P<shape2>\([\d,]*\))",
        "`+=` and the like can't make an array larger. Write `a = a + b` if the result has another shape.",
        "`+=` and the like can't turn an array of the shape {shape1} into one of the shape {shape2}. Write `a = a + b` "
        "if the result has another shape.",
    ),
    row(
        r"could not broadcast input array from shape (?P<shape1>\([\d,]*\)) into shape (?P<shape2>\([\d,]*\))",
        "An array is put into a place of another shape.",
        "An array of the shape {shape1} is put into a place of the shape {shape2}.",
    ),
    row(
        r"cannot reshape array of size (?P<size>\d+) into shape (?P<shape>\([\d,]*\))",
        "`reshape` only rearranges numbers: the new shape must hold exactly as many as there are.",
        "`reshape` only rearranges numbers: there are {size}, and the shape {shape} doesn't hold exactly as many.",
    ),
    row(
        _AXIS,
        "It names an axis that the array doesn't have. The first axis is 0, so a one-dimensional array has no axis 1. "
        "The last axis is -1, however many there are.",
        "It names an axis that the array doesn't have: the number of its dimensions is {count}, and the first axis is "
        "0. The last axis is -1, however many there are.",
    ),
    row(r"axes don't match array", "It names other axes than the array has."),
    row(
        r"all the input array",
        "The arrays that it joins have shapes that don't fit together.",
    ),
    row(r"dimensions of the array must be square|Singular matrix", "This matrix has no inverse."),
    row(
        r"iteration over a 0-d array|len\(\) of unsized object",
        "A single number is treated as a list: it has no length and no items.",
    ),
]

_LISTS = [
    row(
        r"for [-+*/@]+=?: 'tuple' and '(?P<kind>[\w.]+)'|for (?:[-+*/@]+=?|\*\* or pow\(\)): '[\w.]+' and 'tuple'"
        r"|bad operand type for (?:unary [-+]|abs\(\)): 'tuple'|can only concatenate tuple \(not",
        "A tuple doesn't calculate: it is several values in one. Is it what a function returned? Then give each value "
        "a name: `one, other = …`.",
    ),
    row(
        r"can't multiply sequence by non-int of type",
        "A list or a tuple doesn't calculate: `*` repeats it and `+` makes it longer. Make it an array first with "
        "`np.array(…)`.",
    ),
    row(
        r"for [-+*/@]+=?: '(?:list|tuple|range)' and '(?P<kind>[\w.]+)'"
        r"|for (?:[-+*/@]+=?|\*\* or pow\(\)): '[\w.]+' and '(?:list|tuple|range)'"
        r"|bad operand type for (?:unary [-+]|abs\(\)): '(?:list|tuple)'"
        r"|can only concatenate (?:list|tuple) \(not \"(?P<other>[\w.]+)\"\)",
        "A list doesn't calculate: `*` repeats it and `+` makes it longer. Make it an array first with `np.array(…)`.",
    ),
    row(
        r"not supported between instances of '(?P<kind1>list|tuple|dict|str|function)' and '(?P<kind2>[\w.]+)'"
        r"|not supported between instances of '(?P<kind3>[\w.]+)' and '(?P<kind4>list|tuple|dict|str|function)'",
        "It compares two kinds of values that have no order. Arrays compare with numbers; lists and texts don't.",
    ),
    row(
        r"unsupported operand type\(s\) for (?P<sign>\S+): 'dict' and|for \S+: '[\w.]+' and 'dict'",
        "It calculates with a dict. Get the number or the array out of it first, by its key.",
    ),
    row(
        r"for \S+: '(?:function|builtin_function_or_method|method|type|numpy\.ufunc)' and"
        r"|and '(?:function|builtin_function_or_method|method|type|numpy\.ufunc)'$",
        "It calculates with a function instead of its result. Are the brackets with the arguments missing?",
    ),
    row(
        r"can only concatenate str|for \S+: 'str' and|for \S+: '[\w.]+' and 'str'|dtype\('<U\d+'\)"
        r"|ufunc '\w+' not supported for the input types|bad operand type for \S+ '?\w*'?: 'str'",
        "It calculates with a text. Is something in quotes that should be a variable?",
    ),
    row(
        r"loop of ufunc does not support argument \d+ of type",
        "A function of NumPy got something that isn't a number, such as a dict.",
    ),
    row(
        r"unsupported operand type\(s\) for (?P<sign>\S+): '(?P<kind1>[\w.]+)' and '(?P<kind2>[\w.]+)'",
        "It calculates with two values of kinds that don't go together.",
        "It calculates with {kind1} and {kind2}, which don't go together.",
    ),
    row(
        r"'(?P<kind>int|numpy\.int\d+)' object is not iterable",
        "A loop or a function needs something with items, but it got a single number. To count up to it, use "
        "`range(…)`.",
    ),
    row(
        r"'(?P<kind>float|bool|numpy\.\w+\d+)' object is not iterable",
        "A loop or a function needs something with items, but it got a single number.",
    ),
    row(
        r"cannot unpack non-iterable (?P<kind>[\w.]+) object",
        "It gives out a value to several names, but each round of the loop has a single one. For an item and the "
        "next, loop over their positions with `range`.",
        line=r"\bfor\b",
    ),
    row(
        r"cannot unpack non-iterable (?P<kind>[\w.]+) object",
        "It gives out a value to several names, but the value is a single thing.",
    ),
    row(
        r"not enough values to unpack \(expected (?:at least )?(?P<want>\d+), got (?P<got>\d+)\)",
        "More names stand on the left of `=`, or after `for`, than there are values.",
        "{want} names stand on the left of `=`, or after `for`, but there are only {got} values.",
    ),
    row(
        r"too many values to unpack \(expected (?P<want>\d+)",
        "Fewer names stand on the left of `=`, or after `for`, than there are values.",
        "{want} names stand on the left of `=`, or after `for`, but there are more values.",
    ),
    row(
        r"object of type '(?P<kind>[\w.]+)' has no len\(\)",
        "`len` counts the items of a list or an array, but it got a single value.",
        "`len` counts the items of a list or an array, but it got {kind}.",
    ),
    row(
        _WHOLE,
        "A list stands where one whole number is needed. `len(…)` gives the number of its items.",
        line=r"\brange\((?!.*[/.])",
    ),
    row(
        _WHOLE,
        "A size or a number of times must be a whole number. A division with `/` gives decimals: `//` doesn't.",
    ),
]

_NAMES = [
    row(
        r"^'(?P<key>[^']*)'$",
        "It asks a dict for a key that is not there. Keys are texts in quotes, and capital letters count.",
        "It asks a dict for the key `{key}`, which is not there. Did you mean `{near}`?",
        needs="near",
    ),
    row(
        r"^'(?P<key>[^']*)'$|^(?P<other>-?\d+)$",
        "It asks a dict for a key that is not there. Keys are texts in quotes, and capital letters count.",
        "It asks a dict for the key `{key}{other}`, which is not there. Look at how the keys are written: capital "
        "letters count.",
    ),
    row(
        r"^module '(?P<module>[\w.]+)' has no attribute '(?P<name>\w+)'",
        "It asks a module such as NumPy for a name that the module doesn't have. Look for a misspelling.",
        "`{module}` has no `{name}`. Did you mean `{near}`?",
        needs="near",
    ),
    row(
        r"^module '(?P<module>[\w.]+)' has no attribute '(?P<name>\w+)'",
        "It asks a module such as NumPy for a function that the module doesn't have. Write it yourself from those that "
        "exist.",
        "`{module}` has no `{name}`. Write it yourself from functions that exist.",
    ),
    row(
        r"'numpy\.ndarray' object has no attribute '(?P<name>append|extend|insert|index|count)'",
        "An array has no `append`: its size is fixed. Collect the values in a list first, or make the array as large "
        "as needed.",
        "An array has no `{name}`, which belongs to lists. Collect the values in a list first, or make the array as "
        "large as needed.",
    ),
    row(
        r"'(?P<kind>list|tuple|int|float)' object has no attribute '(?P<name>shape|ndim|size|T|dot|sum|mean|reshape)'",
        "It asks a list or a number for something that only arrays have. Make it an array first with `np.array(…)`.",
        "Only arrays have `{name}`, but this is {kind}. Make it an array first with `np.array(…)`.",
    ),
    row(
        r"'dict' object has no attribute '(?P<name>\w+)'",
        "It asks a dict for something by a dot. The values of a dict are reached by their keys, in square brackets.",
        "A dict has no `{name}`. Its values are reached by their keys, in square brackets and quotes.",
    ),
    row(
        r"'numpy\.random\._generator\.Generator' object has no attribute '(?P<name>\w+)'",
        "It asks a random number generator for a function that it doesn't have. Its function `normal` draws from a "
        "normal distribution.",
        "A random number generator has no `{name}`. Its function `normal` draws from a normal distribution.",
    ),
    row(
        r"'(?P<kind>[\w.]+)' object has no attribute '(?P<name>\w+)'",
        "It asks a value for something that values of this kind don't have.",
        "It asks {kind} for `{name}`, which values of this kind don't have.",
    ),
    row(
        _NAME,
        "A name without quotes is a variable, and there is none of this name. If you mean a text, put it in quotes.",
        "`{name}` without quotes is a variable, and there is none of this name. If you mean a text, put it in quotes.",
        needs="text",
    ),
    row(
        _NAME,
        "A name without quotes is a variable, and there is none of this name. If you mean a text, put it in quotes.",
        "`{name}` without quotes is a variable, and there is none of this name. If you mean a text, put it in quotes.",
        line=r"[\"']\s*:\s*\w+\s*(?:[,}]|$)",
    ),
    row(
        _NAME,
        "It calls a function that is not here. The function that yours is given has the name that stands in the `def` "
        "line.",
        "There is no function `{name}` here. The function that yours is given is called `{near}`.",
        needs="named otherwise",
    ),
    row(
        r"^name '(?P<name>e)' is not defined",
        "Python knows no number `e` by itself. NumPy's function `np.exp` raises it to a power.",
    ),
    row(
        _NAME,
        "It uses a name that is not defined. Is a `*` missing between two names?",
        "There is no `{name}` here. Is a `*` missing, as in `{near}`?",
        needs="product",
    ),
    row(
        _NAME,
        "It uses a name that is not defined. Look for a misspelling: capital letters count.",
        "There is no `{name}` here. Did you mean `{near}`?",
        needs="near",
    ),
    row(
        r"^name '(?P<name>np)' is not defined",
        "`np` is not known yet. Run the notebook's first cell of code, which imports NumPy.",
    ),
    row(
        r"^name '(?P<name>math|random|time|itertools|functools|copy|numpy|scipy|tensorflow|keras|pd|plt|tf)' is not",
        "It uses a module that was not imported. Write the `import` line at the top of the cell.",
        "`{name}` was not imported. Write the `import` line at the top of the cell.",
    ),
    row(
        _NAME,
        "It calls a function that this notebook doesn't have. A notebook knows nothing of another one: what you wrote "
        "there must be written again here.",
        "There is no function `{name}` in this notebook. A notebook knows nothing of another one: what you wrote there "
        "must be written again here.",
        line=r"\b[a-zA-Z_]\w{2,}\(",
        needs="call",
    ),
    row(
        _NAME,
        "It uses a name that is not defined. Is it misspelt, or given a value only somewhere else?",
        "There is no `{name}` here. Is it misspelt, or given a value only somewhere else?",
    ),
    row(
        r"cannot access (?:local|free) variable '(?P<name>\w+)'|local variable '(?P<name2>\w+)' referenced before",
        "Inside a function, a name that gets a value there is a variable. Give the result another name than the "
        "function that is called.",
        line=r"^\s*(\w+)\s*=.*\b\1\(",
    ),
    row(
        r"cannot access (?:local|free) variable '(?P<name>\w+)'|local variable '(?P<name2>\w+)' referenced before",
        "It adds to a variable that has no value yet. Give it one above the loop.",
        "It adds to `{name}{name2}`, which has no value yet. Give it one above the loop.",
        line=r"^\s*\w+\s*[-+*/]=",
    ),
    row(
        r"cannot access (?:local|free) variable '(?P<name>\w+)'|local variable '(?P<name2>\w+)' referenced before",
        "It uses a variable before the variable has a value. Does it get one only inside an `if` or a loop, or in a "
        "later line?",
        "It uses `{name}{name2}` before it has a value. Does it get one only inside an `if` or a loop, or in a later "
        "line?",
    ),
    row(
        r"No module named '(?P<name>[\w.]+)'",
        "It imports something that is not installed here. Is it misspelt?",
        "There is no module `{name}` here. Is it misspelt?",
    ),
    row(
        r"cannot import name '(?P<name>\w+)' from '(?P<module>[\w.]+)'",
        "It imports a name that the module doesn't have.",
        "`{module}` has no `{name}` to import.",
    ),
]

ERROR_TEXTS = [*_CONDITIONS, *_NUMBERS, *_INDICES, *_NOTHING, *_CALLS, *_SHAPES, *_LISTS, *_NAMES]

_ONE_SIGN = "One `=` gives a name a value, and the name stands on its left. To compare, write `==`."

# Of code that Python can't read.
SYNTAX_TEXTS = [
    row(
        r"expected ':'|invalid syntax",
        "The first line of `def`, `if`, `else` and `for` ends with a colon.",
        line=r"^\s*(?:def|if|elif|else|for|while|with)\b.*[^:\s]\s*$",
    ),
    row(
        r"expected an indented block",
        "After a line that ends with a colon, the next lines belong to it: indent them by four more spaces.",
    ),
    row(
        r"unindent does not match|unexpected indent|unexpected unindent|inconsistent use of tabs",
        "The blanks at the beginning of this line don't match the lines above it. Lines that belong together begin at "
        "the same place.",
    ),
    row(
        r"'return' outside function",
        "This `return` stands outside the function. The lines of a function are indented by four spaces.",
    ),
    row(r"'(?:break|continue)'.* outside|not properly in loop", "`break` and `continue` belong inside a loop."),
    row(
        r"'(?P<sign>[(\[{])' was never closed",
        "A bracket that opens here is never closed.",
        "The bracket `{sign}` that opens here is never closed.",
    ),
    row(
        r"unmatched '(?P<sign>[)\]}])'|does not match opening",
        "A bracket closes here that doesn't fit the one that was opened.",
    ),
    row(r"unterminated|EOL while|EOF while", "A text that begins here never ends: its second quote is missing."),
    row(r"Maybe you meant '==' |cannot assign to (?:comparison|function call|expression|literal)", _ONE_SIGN),
    row(r"invalid syntax", _ONE_SIGN, line=r"^\s*(?:if|elif|while)\b[^=!<>]*[^=!<>]=[^=<>]"),
    row(r"invalid character|invalid non-printable", "A sign in it looks like Python's but isn't, as in copied text."),
    row(
        r"incomplete input|unexpected EOF",
        "The code ends too early: a bracket or a text is never closed, or nothing stands after a line with a colon.",
    ),
    row(
        r"Perhaps you forgot a comma|invalid syntax",
        "A text needs quotes before it and after it.",
        line=r"[\"']\s*:\s*[A-Za-z]+ [A-Za-z ]+,?\s*$",
    ),
    row(r"Perhaps you forgot a comma", "Is a comma or a `*` missing between two things?"),
    row(
        r"invalid decimal literal|invalid syntax",
        "Between a number and a name, a `*` must stand.",
        line=r"\b\d+[a-zA-Z_(]",
    ),
    row(r"positional argument follows keyword", "Arguments with a name come after those without one."),
    row(r"invalid syntax", "`&&` is `and` in Python, `||` is `or`, `!` is `not`.", line=r"&&|\|\||(?<![=\w\"'])!(?!=)"),
    row(r"invalid syntax", "Python has no `++`: write `+= 1`.", line=r"\+\+\s*$"),
    row(r"invalid syntax", "“At least” is `>=` in Python and “at most” `<=`.", line=r"=[<>]"),
    row(
        r"invalid syntax",
        "The mistake may also be at the end of the line above: is a bracket, a comma or a quote missing?",
    ),
]

# Of values that can't be checked.
VALUE_TEXTS = [
    row(r"of type \w*(?:Error|Exception)$", "It returns an error. Write the answer itself after `return`."),
    row(
        r"of type (?:function|method|builtin_function_or_method|ufunc|_ArrayFunctionDispatcher)$",
        "It returns a function. Call it, and return its result: are the brackets with the arguments missing?",
    ),
    row(r"of type (?:generator|map|zip|filter|enumerate|range|dict_keys|dict_values|dict_items)$", "Make it a list."),
]

# What is left, by class. Only these names are ever shown: an error class of the student's own could carry hidden inputs
# in its name.
BY_CLASS: dict[str, str] = {
    "NameError": "It uses a name that is not defined: look for a misspelt variable, or a missing import.",
    "UnboundLocalError": "It uses a variable before giving it a value.",
    "TypeError": "An operation got a value of a kind it cannot work with.",
    "ValueError": "An operation got a value of the right kind that does not fit: often two shapes.",
    "IndexError": "It asks for an item beyond the end.",
    "KeyError": "It asks a dict for a key that is not there.",
    "AttributeError": "It uses an attribute or method that values of this kind do not have.",
    "ZeroDivisionError": "It divides by zero.",
    "FloatingPointError": "A calculation left the range of floating-point numbers.",
    "OverflowError": "A number became too large.",
    "RecursionError": "It keeps calling itself and never stops.",
    "ModuleNotFoundError": "It imports something that is not installed here.",
    "ImportError": "It imports something that is not there.",
    "AssertionError": "An assert statement in it failed.",
    "MemoryError": "It asked for more memory than there is.",
    "FileNotFoundError": "It opens a file that is not there.",
    "NotImplementedError": "Part of it is not written yet.",
    "LinAlgError": "A matrix calculation has no solution.",
    "SystemExit": "It ends the program: a function should return instead.",
    "KeyboardInterrupt": "It was stopped because it took too long.",
    "StopIteration": "It asks for another item after the last.",
    "StdinNotImplementedError": "It calls input(). Use the arguments instead.",
    "RuntimeError": "Something that it uses refused to work.",
    "IndentationError": "The lines in it don't begin where Python expects it.",
    "SyntaxError": "It contains code that Python cannot read.",
    "PermissionError": "It does something that is not allowed here.",
    "OSError": "Something went wrong with a file or the system.",
    "UnicodeError": "A text could not be read.",
    "ArithmeticError": "A calculation went wrong.",
    "LookupError": "It asks for something that is not there.",
}
