"""A build refuses demos that change what cells share without naming it, as grading leaves demos out."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.authoring.demos import check_demos
from autograder.lessons.course import LessonError
from tests.support.small_course import SMALL, SmallLesson


def with_demo(code: str, setup: str = "") -> SmallLesson:
    """The small lesson with a demo at its end."""
    return SMALL.but("script", "import numpy as np\n", f"import numpy as np\n{setup}").and_(
        "script", f"\n# %%\n{code}\n"
    )


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("np.random.seed(3)", "It uses seed"),
        ("x = np.random.rand(3)", "It uses rand"),
        ("from numpy.random import rand", "It uses numpy.random.rand"),
        ("import random\nrandom.seed(3)", "It uses random"),
        ("np.seterr(all='raise')", "It uses seterr"),
        ("np.set_printoptions(precision=2)", "It uses set_printoptions"),
        ("import matplotlib.pyplot as plt\nplt.rcParams['lines.linewidth'] = 3", "It uses rcParams"),
        ("import keras\nkeras.utils.set_random_seed(3)", "It uses set_random_seed"),
        ("np.e = 3", "It sets an attribute of something that is imported"),
        ("open('numbers.txt', 'w').write('3')", "It uses open"),
        ("np.save('numbers', np.ones(3))", "It uses save"),
        ("import os\nos.environ['A'] = '3'", "It uses os"),
        ("from pathlib import Path", "It uses pathlib.Path"),
        ("os.chdir('..')", "It uses os"),
        ("%cd ..", "It uses .run_line_magic"),
        ("!ls", "It uses get_ipython"),
        ("print(globals())", "It uses globals"),
        ("m = np\nm.e = 3", "It sets an attribute of something that is imported"),
        ("def quiet():\n    np.seterr(all='ignore')\nquiet()", "It uses seterr"),
        ("from __future__ import annotations", "It uses __future__.annotations"),
        ("from math import *", "It imports names that its text does not show"),
        ("import pandas as pd\npd.Series([1, 2]).sample(1)", "It uses sample"),
        ("plain()", "It calls a function that touches such state"),
    ],
)
def test_a_demo_that_touches_global_state_is_refused(tmp_path: Path, code: str, reason: str) -> None:
    setup = "import os\n\n\ndef plain():\n    np.set_printoptions()\n" if code[:5] in ("os.ch", "plain") else ""
    with pytest.raises(LessonError, match="touches what all cells share") as refused:
        check_demos(with_demo(code, setup).read(tmp_path))
    assert reason in str(refused.value)
    assert "move it to the setup" in str(refused.value)


@pytest.mark.parametrize(
    "code",
    [
        "x = np.random.default_rng(3).normal(size=3)\nx[0] = 1\nprint(x)",
        "with np.errstate(over='ignore'):\n    print(np.exp(1000))",
        "values = [1]\nvalues.remove(1)",
        "%matplotlib inline\nprint(doubled(np.ones(2)))",
        "import matplotlib.pyplot as plt\nfigure, ax = plt.subplots()\nax.set_title('two')\nax.plot([1, 2])",
        "import pandas as pd\npd.Series([1, 2]).sample(1, random_state=3)",
        "rng = np.random.default_rng(1)\nprint(rng.random(3))",
        "class Layer:\n    def __init__(self):\n        self.n = 3",
    ],
)
def test_other_demos_are_not(tmp_path: Path, code: str) -> None:
    check_demos(with_demo(code).read(tmp_path))


def test_in_the_setup_all_that_is_allowed(tmp_path: Path) -> None:
    state = "import os, sys\nnp.random.seed(3)\nos.environ['A'] = '3'\nopen('a.txt', 'w').close()\n"
    check_demos(with_demo("print(doubled(np.ones(2)))", state).read(tmp_path))
