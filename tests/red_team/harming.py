"""Harming readers of the feedback: nothing on a page may act that is not on an honest student's page."""

from __future__ import annotations

import base64
import io

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell
from PIL import Image, PngImagePlugin

from tests.red_team.attack import DOUBLED, HALVED, Desk, Handed, attack
from tests.red_team.target import RIGHT, WRONG, handed_in

FULL = DOUBLED + HALVED
SCRIPT = "<script>document.title = 'red team'</script>"
HANDLER = "<img src=x onerror=\"document.title = 'red team'\">"
LINK = "<a href=\"javascript:document.title = 'red team'\">Your grade</a>"
FRAME = "<iframe srcdoc=\"<script>parent.document.title = 'red team'</script>\"></iframe><meta http-equiv=refresh content='0;url=x'>"
FORM = "<form action='http://127.0.0.1:9/'><input name=password><button>Log in</button></form>"
ALL = SCRIPT + HANDLER + LINK + FRAME + FORM
PANEL = '<div class="panel panel-primary nbgrader_cell"><div class="panel-heading"><span class="pull-right">Score: 6.0 / 6.0</span></div></div>'
FORMULA = r"$$\href{javascript:document.title='red team'}{\text{Click to see your grade}}$$ \(\unicode{x2713}\)"


def _shows(text: str) -> str:
    return WRONG + f"from IPython.display import *\ntext = {text!r}\n"


@attack()
def html_output_with_script(desk: Desk) -> Handed:
    """Displays HTML with scripts, handlers, links, frames and forms."""
    return _shows(ALL) + "display(HTML(text))\n"


@attack()
def javascript_output(desk: Desk) -> Handed:
    """Displays JavaScript to be run by the page."""
    return _shows("document.title = 'red team'") + "display(Javascript(text))\n"


@attack()
def markdown_and_latex_output(desk: Desk) -> Handed:
    """Displays Markdown and LaTeX with scripts and links in them."""
    return _shows(ALL + FORMULA + " [grade](javascript:alert(1))") + "display(Markdown(text))\ndisplay(Latex(text))\n"


@attack()
def svg_output(desk: Desk) -> Handed:
    """Displays a drawing that holds a script."""
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' onload=\"document.title='red team'\">{SCRIPT}<foreignObject>{HANDLER}</foreignObject></svg>"
    return _shows(svg) + "display(SVG(text))\ndisplay({'image/svg+xml': text, 'text/html': text}, raw=True)\n"


@attack()
def output_of_every_kind(desk: Desk) -> Handed:
    """Displays the same script as every kind of data that a notebook knows."""
    return (
        _shows(ALL)
        + """
kinds = ("text/html", "image/svg+xml", "text/latex", "text/markdown", "application/javascript", "application/json", "application/pdf",
         "application/vnd.jupyter.widget-view+json", "application/vnd.plotly.v1+json", "image/gif", "image/jpeg", "image/png", "text/x-script", "application/xhtml+xml")
for kind in kinds:
    display({kind: text, "text/plain": text}, raw=True, metadata={kind: {"isolated": True, "width": "1' onerror='x"}})
"""
    )


@attack()
def markdown_note_with_script(desk: Desk) -> Handed:
    """Adds notes in Markdown with scripts, in every way that Markdown lets through."""
    notes = [
        ALL,
        f"# {SCRIPT}\n\n[grade](javascript:alert(1))\n\n![x]({HANDLER})\n\n<javascript:alert(1)>",
        f"{FORMULA}\n\n{PANEL}",
        f"[1]: javascript:alert(1)\n[grade][1]\n\n```html\n{SCRIPT}",
        f"    {SCRIPT}\n\n\t{SCRIPT}",
    ]
    return handed_in(desk, added=[new_markdown_cell(note, id=f"note-{n}") for n, note in enumerate(notes)])


@attack()
def note_that_breaks_out_of_its_frame(desk: Desk) -> Handed:
    """Adds notes that end the block in which they are shown: fences of every length and every kind of line break."""
    fences = ["```", "~~~", "`" * 9, "`" * 4_000, "~" * 12]
    breaks = ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0c", "\x0b", "\x85", "\x1c", "\n\x00"]
    notes = [f"x{end}{fence}{end}{ALL}{end}" for fence in fences for end in breaks]
    notes += [
        f"> ```\n> {ALL}\n\n{ALL}",
        f"1. a\n\n   ```\n{ALL}",
        f"</pre></code></div>{ALL}",
        f"<!--\n```\n-->{ALL}",
        f"<![CDATA[{ALL}]]>",
    ]
    return handed_in(desk, added=[new_markdown_cell(note, id=f"note-{n}") for n, note in enumerate(notes)])


@attack()
def code_that_breaks_out_of_its_cell(desk: Desk) -> Handed:
    """Writes code whose comments and texts end the block in which code is shown."""
    return WRONG + f"# </pre></div></code>{ALL}\nx = '''</textarea></style></title>{ALL}'''\n# {FORMULA}\n"


@attack()
def raw_cell_of_html(desk: Desk) -> Handed:
    """Adds raw cells that are to be put into the page as they are."""
    raw = new_raw_cell(ALL, id="raw")
    raw.metadata |= {"format": "text/html", "raw_mimetype": "text/html"}
    return handed_in(desk, added=[raw])


@attack()
def attachments_and_metadata(desk: Desk) -> Handed:
    """Puts scripts into attachments and into the metadata of cells and of the notebook."""
    notebook = handed_in(desk)
    note = new_markdown_cell("![a](attachment:a.svg) ![b](attachment:b.png)", id="note")
    note["attachments"] = {
        "a.svg": {"image/svg+xml": f"<svg onload='x'>{SCRIPT}</svg>"},
        "b.png": {"image/png": "x' onerror='y"},
    }
    notebook.cells.append(note)
    for cell in notebook.cells:
        cell.metadata |= {"name": ALL, "collapsed": ALL, "tags": [ALL], "jupyter": {"source_hidden": ALL}}
    notebook.metadata |= {
        "title": ALL,
        "authors": [{"name": ALL}],
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": ALL}},
    }
    notebook.metadata["language_info"] = {"name": ALL, "pygments_lexer": ALL, "codemirror_mode": {"name": ALL}}
    return notebook


def _picture(size: tuple[int, int] = (8, 8), **text: str) -> str:
    about = PngImagePlugin.PngInfo()
    for name, words in text.items():
        about.add_text(name, words)
    buffer = io.BytesIO()
    Image.new("1", size, 1).save(buffer, format="PNG", pnginfo=about)
    return base64.b64encode(buffer.getvalue()).decode("ascii")


@attack()
def picture_with_script_in_it(desk: Desk) -> Handed:
    """Displays a picture with scripts in its own texts, in its metadata and in place of its data."""
    return (
        _shows(_picture(Comment=ALL, Title=SCRIPT))
        + f"""
for data in (text, {HANDLER!r}, "' onerror='x", text + "' onerror='x"):
    display({{"image/png": data}}, raw=True, metadata={{"image/png": {{"width": "8' onerror='x", "height": "x", "alt": {ALL!r}}}}})
"""
    )


@attack()
def picture_of_huge_size(desk: Desk) -> Handed:
    """Displays pictures of a few kilobytes that fill gigabytes when they are shown."""
    return _shows(_picture((20_000, 20_000))) + "display({'image/png': text}, raw=True)\n"


@attack(slow=True)
def pictures_without_number(desk: Desk) -> Handed:
    """Displays many large pictures in every one of many cells: each takes a second to look at."""
    cells = [f"large = {_picture((3_900, 3_900))!r}\nfrom IPython.display import display"]
    cells += ["for _ in range(20):\n    display({'image/png': large}, raw=True)"] * 30
    return handed_in(desk, added=cells)


@attack()
def forged_score_panel(desk: Desk) -> Handed:
    """Displays a panel that looks like nbgrader's, with full marks."""
    style = "<style>.score, .pull-right { display: none }</style>"
    note = new_markdown_cell(PANEL + style, id="note")
    return handed_in(desk, _shows(PANEL + style) + "display(HTML(text))\nprint(text)\n", added=[note])


@attack()
def display_changed_from_below(desk: Desk) -> Handed:
    """Changes and clears, from the last cell, what graded cells show."""
    cells = [
        "from IPython.display import *",
        "for name in ('check_doubled', 'doubled', 'mine'):\n    update_display(HTML('6.0 / 6.0'), display_id=name)\nclear_output()\n6.0",
    ]
    return handed_in(desk, added=cells)


@attack()
def error_message_with_script(desk: Desk) -> Handed:
    """Raises errors whose names and messages are scripts."""
    return f"def doubled(x):\n    raise type({SCRIPT!r}, (ValueError,), {{}})({ALL!r})\n"


@attack()
def error_message_with_a_formula(desk: Desk) -> Handed:
    """Raises an error whose message the page would typeset: as a link, in colours, over the whole page."""
    return f"def doubled(x):\n    raise ValueError({FORMULA!r})\n"


@attack()
def names_of_parameters_and_classes_with_formulas(desk: Desk) -> Handed:
    """Has the feedback quote texts of its own: the names of parameters, of classes, of keys."""
    return f"""
import inspect
class Odd:
    pass
Odd.__name__ = {FORMULA!r}
def doubled(*values):
    return Odd()
class Signature(inspect.Signature):
    def bind(self, *args, **kwargs):
        raise TypeError
    @property
    def parameters(self):
        return dict.fromkeys([{FORMULA!r}])
doubled.__signature__ = Signature()
"""


@attack()
def terminal_escapes(desk: Desk) -> Handed:
    """Prints and raises what a terminal obeys: titles, colours, links, a cleared screen, a changed keyboard."""
    words = "\x1b]0;red team\x07\x1b[2J\x1b[31mred\x1b[8m\x1b]8;;http://127.0.0.1:9/\x07grade\x1b]8;;\x07\x9b31m\x1bP+q\x1b\\\x08\x08\r"
    return f"import sys\nwords = {words!r}\nprint(words)\nprint(words, file=sys.stderr)\ndef doubled(x):\n    print(words)\n    raise ValueError(words)\n"


@attack(earns=FULL, statuses=("passed",))
def terminal_escapes_in_names_of_files(desk: Desk) -> Handed:
    """Right work beside which files lie whose names a terminal would obey when they are logged."""
    names = ["\x1b]0;red team\x07.csv", "\x1b[2J.txt", "\x9b2J.json", "a\rb\x08.png", "\x1b[31m.ipynb", "\u202ecod.csv"]
    return {"doubling.ipynb": handed_in(desk, RIGHT), **dict.fromkeys(names, "1\n")}


@attack(earns=FULL, statuses=("passed",))
def pages_beside_the_notebook(desk: Desk) -> Handed:
    """Right work beside which pages lie that would stand among the feedback."""
    names = (
        "index.html",
        "doubling.html",
        "a.svg",
        "page.xhtml",
        "doubling.htm",
        "style.css",
        "custom.js",
        "x.csv.html",
    )
    return {"doubling.ipynb": handed_in(desk, RIGHT), **dict.fromkeys(names, ALL)}


@attack()
def text_that_turns_around(desk: Desk) -> Handed:
    """Prints and raises signs that turn the direction of writing around, hide letters or stack them without end."""
    words = "\u202e6 / 6 :erocS\u2066\u2067\ufeff\u200b" + "a" + "\u0301" * 500 + "\U000e0041" * 50
    code = f"words = {words!r}\nprint(words)  # \u202e\u200b\ndef doubled(x):\n    raise ValueError(words)\n"
    return handed_in(desk, doubled=code, added=[new_markdown_cell(words, id="note"), f"# {words}\nwords"])


@attack()
def markdown_that_takes_minutes(desk: Desk) -> Handed:
    """Adds notes whose brackets, quotes and emphasis take a Markdown parser minutes."""
    notes = [
        "> " * 3_000,
        "[" * 4_900,
        "*a **b " * 800,
        "`" * 4_999,
        "- " * 2_500,
        "<" * 4_900,
        "![](" * 1_200,
        "[a](<b" * 800,
        "| a " * 1_200 + "\n|" + "-|" * 1_200,
        "\\" * 4_900,
        "&" * 4_900,
        "_" * 4_900,
        "~" * 4_900,
        "#" * 4_900,
        "\t" * 4_900,
        "1. " * 1_600,
    ]
    return handed_in(desk, added=[new_markdown_cell(note, id=f"note-{n}") for n, note in enumerate(notes)])


@attack(slow=True)
def code_that_takes_minutes_to_colour(desk: Desk) -> Handed:
    """Adds cells whose quotes, digits and brackets take the page's colouring of code minutes."""
    texts = [
        "'" * 50_000,
        '"""' * 20_000,
        "\\\n" * 20_000,
        "f'{" * 9_000,
        "1_" * 30_000,
        "#" * 99_000,
        " " * 99_000 + "x",
        "%" * 50_000,
        "%%" + "a " * 30_000,
        "!" * 50_000,
        "?" * 50_000,
        "@" * 50_000,
        "a." * 40_000,
        "(" * 60_000,
        "rb'\\N{" * 9_000,
        "\n" * 90_000,
        "class " * 15_000,
        "x = '" + "\\" * 60_000,
    ]
    return handed_in(desk, added=texts)


@attack()
def comments_like_the_courses_own(desk: Desk) -> Handed:
    """Hands in outputs, links and anchors that look like the course's, in a graded cell that seems to have run."""
    notebook = handed_in(desk)
    note = new_markdown_cell(
        '<a name="check_doubled"></a>[Test cell](#check_doubled) (Score: 4.0 / 4.0)\n\n**Comments:** Well done!',
        id="note",
    )
    notebook.cells.insert(0, note)
    output = new_output("display_data", data={"text/html": PANEL}, metadata={})
    notebook.cells.append(new_code_cell('check("doubled")', id="again", outputs=[output]))
    for cell in notebook.cells:
        _comment(cell)
    return notebook


def _comment(cell: NotebookNode) -> None:
    if "nbgrader" in cell.metadata:
        cell.metadata.nbgrader |= {"comment": f"Well done! {ALL}", "score": 4, "points": 4}
