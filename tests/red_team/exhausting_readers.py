"""Exhausting those who read for the grader: IPython's reader, Jupytext, Pygments, nbconvert's filters, Jupyter's client, Pillow."""

from __future__ import annotations

import base64
import json
import zlib

import jupytext
from nbformat.v4 import new_code_cell, new_markdown_cell

from tests.red_team.attack import DOUBLED, HALVED, Desk, Handed, attack
from tests.red_team.target import RIGHT, WRONG, handed_in

FULL = DOUBLED + HALVED
# The kernel's own IPython reads the cell, too, and may take all the time that a cell has.
UNREAD = ("failed", "timed out", "crashed")
LONG = 190_000


@attack(statuses=UNREAD, may_lose=True)
def help_for_a_very_long_name(desk: Desk) -> Handed:
    """Asks for help on a name of 190,000 letters: IPython looks for its beginning at each of them."""
    return handed_in(desk, "a" * LONG + " ?")


@attack(statuses=UNREAD, may_lose=True, slow=True)
def help_for_a_name_of_very_many_parts(desk: Desk) -> Handed:
    """Asks for help on a name of 95,000 parts, in the cell of each exercise's copies."""
    return handed_in(desk, "a." * (LONG // 2) + "a??")


@attack(statuses=UNREAD, may_lose=True, slow=True)
def help_that_begins_a_line_earlier(desk: Desk) -> Handed:
    """Asks for help on a very long name whose question mark stands on a line of its own, behind a backslash."""
    return handed_in(desk, "a" * LONG + "\\\n?")


@attack(statuses=UNREAD, may_lose=True)
def very_many_questions(desk: Desk) -> Handed:
    """Asks for help in each of 190 lines."""
    return handed_in(desk, ("a" * 1_000 + " ?\n") * 190)


@attack(statuses=UNREAD, may_lose=True, slow=True)
def very_many_semicolons(desk: Desk) -> Handed:
    """Ends a line with 190,000 semicolons, at each of which IPython begins again."""
    return handed_in(desk, ";" * LONG)


@attack(statuses=UNREAD, may_lose=True)
def commands_that_go_on_for_ever(desk: Desk) -> Handed:
    """Begins commands and assignments that go on over sixty thousand lines."""
    return handed_in(desk, "x = !" + "a\\\n" * (LONG // 3))


@attack(statuses=UNREAD, may_lose=True, slow=True)
def help_where_the_answer_is_looked_for(desk: Desk) -> Handed:
    """Takes the answer's mark away, so that it is looked for among cells that take minutes to read."""
    notebook = handed_in(desk, added=["a" * LONG + f" {number} ?" for number in range(4)])
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "doubled":
            cell.metadata, cell.id = {}, "somewhere"
    return notebook


def _script(desk: Desk, more: str) -> Handed:
    return {"doubling.py": jupytext.writes(handed_in(desk), fmt="py:percent") + more}


@attack()
def script_with_very_long_options(desk: Desk) -> Handed:
    """Hands in a script with a cell that has four hundred thousand letters of options."""
    return _script(desk, "\n# %% " + "a= b" * 100_000 + "\nx = 1\n")


@attack(statuses=("failed", "ungradable"), may_lose=True, slow=True)
def script_with_options_for_each_cell(desk: Desk) -> Handed:
    """Hands in a script of very many cells, each with as many options as fit into a line."""
    return _script(desk, ("\n# %% " + "a= b" * 70 + "\nx = 1\n") * 1_900)


@attack(statuses=("failed", "ungradable"), may_lose=True)
def script_of_blank_lines(desk: Desk) -> Handed:
    """Hands in a script that begins with a million blank lines, and one whose marks of cells stand in texts."""
    script = jupytext.writes(handed_in(desk), fmt="py:percent")
    return {"doubling.py": "\n" * 1_000_000 + script + "\n# %%\n'''\n" + "# %% [markdown]\n'''\n" * 500}


def _coloured(desk: Desk, *texts: str) -> Handed:
    return handed_in(desk, added=[f"'''\n'''\nif 0: {text}" if text.startswith("x") else text for text in texts])


@attack()
def blank_lines_to_colour(desk: Desk) -> Handed:
    """Adds cells of tens of thousands of blank lines, which the page's colouring of code reads again from each on."""
    return _coloured(desk, *["\n" * 45_000 + "#", " \n" * 40_000 + "#", "\n\t" * 40_000 + "#"] * 3)


@attack(slow=True)
def blank_lines_to_colour_without_number(desk: Desk) -> Handed:
    """Adds eighty such cells."""
    return _coloured(desk, *["\n" * 12_000 + "#"] * 80)


@attack(slow=True)
def magics_to_colour(desk: Desk) -> Handed:
    """Adds cells in other languages, whose colouring has rules of its own."""
    kinds = ("html", "javascript", "perl", "latex", "bash", "R", "ruby", "svg")
    texts = ["<" * 20_000, "{" * 20_000, "/" * 20_000, "<a " * 9_000, "\\\n" * 9_000, "'" * 19_999, "=begin\n" * 3_000]
    return handed_in(desk, added=[f"%%{kind}\n{text}" for kind in kinds for text in texts])


@attack()
def notes_that_look_like_links(desk: Desk) -> Handed:
    """Adds notes full of links to files, whose prefix nbconvert takes away in time that grows with their cube."""
    notes = ["[a](files/" * 490, "![a](/files/" * 400, "[" * 4_900, "[[files/](" * 490, "](files/" * 600]
    return handed_in(desk, added=[new_markdown_cell(note, id=f"n{n}") for n, note in enumerate(notes * 30)])


DATES = """
kernel = get_ipython().kernel
session, parent = kernel.session, kernel.get_parent("shell")
about = {"msg_id": parent["header"]["msg_id"], "msg_type": "stream", "session": "x", "username": "y", "version": "5.3"}
def send(header, above, content=b"{}", kind="stream"):
    parts = [header, above, b"{}", content]
    signed = [session.sign(parts), *parts]
    kernel.iopub_thread.send_multipart([b"stream", b"<IDS|MSG>", *signed])
    ident = kernel._parent_ident["shell"]
    kernel.shell_stream.send_multipart([*(ident if isinstance(ident, list) else [ident]), b"<IDS|MSG>", *signed])
import json
def filled(dates): return json.dumps({**about, "dates": dates}).encode()
plain = json.dumps(about).encode()
"""


@attack(statuses=UNREAD, may_lose=True)
def dates_in_headers(desk: Desk) -> Handed:
    """Sends messages whose headers hold very many dates, which Jupyter's client reads one by one."""
    return WRONG + DATES + "dates = filled(['2026-01-01T00:00:00'] * 200_000)\nsend(dates, plain)\nsend(dates, dates)\n"


@attack(statuses=UNREAD, may_lose=True)
def dates_in_headers_of_parents(desk: Desk) -> Handed:
    """Sends dates in the part of a message that says what it answers, in lists, in dicts and in one another."""
    return (
        WRONG
        + DATES
        + "send(plain, filled({str(n): '2026-01-01T00:00:00.123456+01:30' for n in range(100_000)}))\n"
        + "send(plain, filled([[['2026-01-01T00:00:00Z'] * 100] * 100] * 20))\n"
    )


@attack(statuses=UNREAD, may_lose=True)
def messages_of_odd_numbers_and_depth(desk: Desk) -> Handed:
    """Sends messages of numbers of a million digits, of brackets in brackets, of keys without number, of long texts in pieces."""
    return (
        WRONG
        + DATES
        + """
send(plain, plain, b'{"text": ' + b"9" * 2_000_000 + b"}")
send(b"[" * 3_000, b"{" * 3_000, b"[" * 900_000)
send(plain, plain, b'{"text": "' + b"\\\\u0061" * 500_000 + b'"}')
send(plain, plain, json.dumps({str(n): 0 for n in range(200_000)}).encode())
for _ in range(3_000): send(plain, plain, json.dumps({"name": "stdout", "text": "x" * 600}).encode())
"""
    )


@attack(earns=0.0, statuses=("ungradable",))
def notebook_with_an_endless_number(desk: Desk) -> Handed:
    """Hands in a notebook that holds a number of ten million digits."""
    return {"doubling.ipynb": '{"number": ' + "9" * 10_000_000 + ", " + json.dumps(handed_in(desk))[1:]}


@attack(statuses=("failed", "ungradable"), may_lose=True, slow=True)
def notebook_of_very_many_lists(desk: Desk) -> Handed:
    """Hands in a notebook of sixteen million empty lists: 48 MB in the file, a gigabyte when they are read."""
    return {"doubling.ipynb": '{"more": [' + "[]," * 15_000_000 + "[]], " + json.dumps(handed_in(desk))[1:]}


@attack(earns=FULL, statuses=("passed",))
def notes_with_pasted_pictures(desk: Desk) -> Handed:
    """Right work with a dozen pictures pasted into notes, 180 kB each."""
    picture = "![a picture](data:image/png;base64," + "A" * 180_000 + ")"
    notebook = handed_in(desk, RIGHT)
    notebook.cells[1:1] = [new_markdown_cell(picture, id=f"picture-{n}") for n in range(12)]
    return notebook


@attack(earns=FULL, statuses=("passed",), slow=True)
def twenty_thousand_cells(desk: Desk) -> Handed:
    """Right work below twenty thousand cells of its own."""
    notebook = handed_in(desk, RIGHT)
    cell = new_code_cell("x = 1")
    notebook.cells[1:1] = [{**cell, "id": f"own-{n}"} for n in range(20_000)]
    return {"doubling.ipynb": json.dumps(notebook)}


@attack(statuses=("failed", "crashed"))
def pictures_of_very_many_parts(desk: Desk) -> Handed:
    """Displays pictures of one pixel in half a million parts, and of texts that are a thousand times longer than they seem."""
    return (
        WRONG
        + f"""
import base64, struct, zlib
from IPython.display import display
def part(kind, data=b""):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
start = b"\\x89PNG\\r\\n\\x1a\\n" + part(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
end = part(b"IDAT", base64.b64decode({base64.b64encode(zlib.compress(bytes(2))).decode()!r})) + part(b"IEND")
long = part(b"zTXt", b"k\\0\\0" + zlib.compress(bytes(1_000_000)))
for middle in (part(b"abCd") * 400_000, part(b"tEXt", b"k\\0v") * 100_000, long * 60, part(b"IDAT") * 100_000):
    display({{"image/png": base64.b64encode(start + middle + end).decode(), "text/plain": "x"}}, raw=True)
"""
    )
