"""What a notebook does in earnest works in a sandbox: TensorFlow, plots, files, shell magics, programs, pools."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.kernels.kernel import Kernel
from autograder.kernels.order import HEAVY
from autograder.lessons.course import find_lessons
from autograder.lessons.samples import model_answers
from autograder.limits import Limits
from autograder.sandbox.tiers import CONTAINER, NAMESPACES
from tests.support.course import ROOT
from tests.support.tiers import CONFINED, left_of, printed


@pytest.fixture(scope="module", params=CONFINED)
def tier(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def inside(tier: str) -> Iterator[Kernel]:
    kernel = Kernel([], Limits(), tier)
    yield kernel
    kernel.close()
    assert left_of(kernel) == []


WORKS = {
    "a shell magic": ("!echo hi", "hi"),
    "its status": ("!exit 3\nprint(_exit_code)", "3"),
    "its variables": ("name = 'ada'\n!echo {name} 1>&2", "ada"),
    "its lines": ("lines = !printf 'a\\nb'\nprint(lines)", "['a', 'b']"),
    "a cell of the shell": ("get_ipython().run_cell_magic('bash', '', 'echo $((6 * 7))')", "42"),
    "time": ("%timeit -n1 -r1 sum(range(9))\nprint('timed')", "timed"),
    "a program": ("import subprocess\nprint(subprocess.run(['ls', '/usr'], capture_output=True).returncode)", "0"),
    "a program's own output": ("import subprocess\nsubprocess.run(['sh', '-c', 'echo out'])\ntime.sleep(0.3)", "out"),
    "Python": (
        "import subprocess\nprint(subprocess.check_output([sys.executable, '-c', 'import numpy; print(1)']))",
        "1",
    ),
    "a temporary file": (
        "import tempfile as t\nwith t.NamedTemporaryFile() as f, t.TemporaryFile() as g, t.TemporaryDirectory() as d:\n"
        "    f.write(b'x'), g.write(b'x'), open(f'{d}/x', 'w').close()\nprint('gone', os.path.exists(d))",
        "gone False",
    ),
    "copies": (
        "import shutil\nopen('a.py', 'w').write('1')\nshutil.copy('a.py', 'b.py'); shutil.copy2('a.py', 'c.py')\n"
        "os.makedirs('d/e', exist_ok=True); shutil.copytree('d', 'f', dirs_exist_ok=True); shutil.make_archive('z', 'zip', 'd')\n"
        "shutil.move('c.py', 'd/g.py'); print(open('b.py').read(), sorted(os.listdir('d')))",
        "1 ['e', 'g.py']",
    ),
    "a module of its own": ("open('mine.py', 'w').write('x = 5')\nimport mine\nprint(mine.x)", "5"),
    "numpy's files": ("import numpy as np\nnp.savez('a.npz', x=np.eye(2)); print(np.load('a.npz')['x'].sum())", "2.0"),
    "pandas": ("import pandas as pd\npd.DataFrame({'a': [1]}).to_csv('a.csv'); print(pd.read_csv('a.csv').a[0])", "1"),
    "a plot": (
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.title('π'); plt.savefig('p.png')\n"
        "print(os.path.getsize('p.png') > 999)",
        "True",
    ),
    "threads": (
        "from concurrent.futures import ThreadPoolExecutor\nprint(sum(ThreadPoolExecutor(4).map(abs, range(9))))",
        "36",
    ),
    "asyncio": ("import asyncio\nawait asyncio.sleep(0)\nprint('awaited')", "awaited"),
    "locks on its files": (
        "import fcntl\nf = open('l', 'w'); fcntl.flock(f, fcntl.LOCK_EX); fcntl.lockf(f, fcntl.LOCK_EX); print('locked')",
        "locked",
    ),
    "HDF5": ("import h5py\nh5py.File('a.h5', 'w')['x'] = [1, 2]\nprint(h5py.File('a.h5')['x'][1])", "2"),
    "a database of its own": (
        "import sqlite3\nc = sqlite3.connect('b.db'); c.execute('create table t (x)'); c.execute('insert into t values (7)')\n"
        "c.commit(); c.close(); print(sqlite3.connect('b.db').execute('select x from t').fetchone())",
        "(7,)",
    ),
    "a database with a write-ahead log": (
        "import sqlite3\nc = sqlite3.connect('w.db'); c.execute('pragma journal_mode=wal'); c.execute('create table t (x)')\n"
        "c.execute('insert into t values (7)'); c.commit(); print(sqlite3.connect('w.db').execute('select x from t').fetchone())",
        "(7,)",
    ),
    "sqlite": ("import sqlite3\nprint(sqlite3.connect('a.db').execute('select 1').fetchone())", "(1,)"),
}


ISOLATED = "an isolated Python does not look into its working directory for modules"
DOES_NOT_WORK = {
    ("a module of its own", CONTAINER): ISOLATED,
    ("a module of its own", NAMESPACES): ISOLATED,
}


@pytest.mark.parametrize("what", WORKS)
def test_it_works(inside: Kernel, tier: str, what: str, request: pytest.FixtureRequest) -> None:
    reason = DOES_NOT_WORK.get((what, tier))
    if reason:
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    code, wanted = WORKS[what]
    shown = printed(inside, code)
    assert wanted in shown
    assert "[error]" not in shown


@pytest.mark.parametrize(
    "code",
    [
        "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
        "import matplotlib.pyplot as plt\n_ = plt.plot([1, 2])",
        "import pandas as pd\n_ = pd.Series([1, 2]).plot()",
    ],
)
def test_a_plot_is_an_output_without_a_warning(inside: Kernel, code: str) -> None:
    ran = inside.run(code, 20)
    assert [set(output.get("data", {})) >= {"image/png"} for output in ran.outputs] == [True]


def test_pools_of_processes(inside: Kernel) -> None:
    code = """
    import multiprocessing as mp
    with mp.get_context("fork").Pool(2) as pool:
        print(pool.map(abs, [-1, -2]))
    shared = mp.Value("i", 0)
    lock, queue = mp.RLock(), mp.Queue(3)
    def count():
        for _ in range(200):
            with lock, lock:
                shared.value += 1
        queue.put(os.getpid())
    children = [mp.get_context("fork").Process(target=count) for _ in range(3)]
    for child in children:
        child.start()
    ended = {queue.get(timeout=10) for _ in children}
    for child in children:
        child.join()
    print(shared.value, ended == {child.pid for child in children}, lock.acquire(timeout=1), queue.empty())
    from concurrent.futures import ProcessPoolExecutor
    with ProcessPoolExecutor(2, mp_context=mp.get_context("fork")) as pool:
        print(list(pool.map(abs, [-3])))
    """
    assert printed(inside, code).split("\n") == ["[1, 2]", "600 True True True", "[3]"]


def test_a_semaphore_counts(inside: Kernel) -> None:
    code = """
    import multiprocessing as mp
    two = mp.BoundedSemaphore(2)
    print(two.acquire(False), two.acquire(False), two.acquire(False), two.acquire(timeout=0.05))
    two.release()
    print(two.acquire(timeout=5))
    lock = mp.Lock()
    with lock:
        print(lock.acquire(False))
    try:
        lock.release()
    except ValueError as error:
        print(error)
    try:
        mp.RLock().release()
    except AssertionError as error:
        print(error)
    """
    assert printed(inside, code).split("\n") == [
        "True True False False",
        "True",
        "False",
        "semaphore or lock released too many times",
        "attempt to release recursive lock not owned by thread",
    ]


def test_check_and_ready_are_there_for_a_student(inside: Kernel) -> None:
    lesson = next(lesson for lesson in find_lessons(ROOT) if not lesson.exercises[0].variable)
    exercise = lesson.exercises[0].name
    asks = f"check({exercise!r})\nprint(ready({exercise!r}))"
    begin = "import numpy as np\nfrom autograder import check, ready\n"
    assert printed(inside, f"{begin}print(ready({exercise!r}))").startswith("This part uses your own")
    assert printed(inside, f"{begin}{model_answers(lesson.notebook())[exercise]}\n{asks}") == "True"
    wrong = inside.run(f"def {exercise}(*arguments):\n    return 'wrong'\n{asks}", 20)
    assert wrong.outputs[-1]["ename"] == "CheckFailed", wrong.outputs
    assert "checks passed" in wrong.outputs[-1]["evalue"]


def test_a_data_file_lies_beside_the_notebook(tier: str, tmp_path: Path) -> None:
    (tmp_path / "données.csv").write_text("a\n1\n")
    kernel = Kernel([tmp_path / "données.csv"], Limits(), tier)
    try:
        assert (
            printed(kernel, "print(open('données.csv').read().split(), os.listdir('.'))")
            == "['a', '1'] ['données.csv']"
        )
    finally:
        kernel.close()


FITS = """
import keras
import numpy as np
import tensorflow as tf
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.compile("sgd", "mse")
history = model.fit(np.ones((8, 3)), np.ones(8), epochs=2, batch_size=4, verbose=0).history["loss"]
model.save("model.keras")
again = keras.models.load_model("model.keras")
print(len(history), again.predict(np.ones((2, 3)), verbose=0).shape, len(list(tf.data.Dataset.range(5).batch(2).prefetch(1))))
"""


def test_tensorflow_fits_a_model_in_one_kernel_after_the_other(tier: str) -> None:
    for _ in range(2):
        kernel = Kernel([], Limits(), tier, HEAVY)
        try:
            assert printed(kernel, FITS, 120).endswith("2 (2, 1) 3")
        finally:
            kernel.close()
            assert left_of(kernel) == []
