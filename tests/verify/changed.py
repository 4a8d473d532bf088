"""Cells that show another result than the page: (source that made the page, source, detail).

Each is a near miss of a benign one.
"""

from __future__ import annotations

from .benign import NOISY_TABLE, PLOTLY, PRINTED_INTO_A_WIDGET, VEGA, with_widgets

TABLE = "import pandas as pd\npd.DataFrame({})"
HTML = "from IPython.display import HTML\nHTML({!r})"
SVG = 'from IPython.display import SVG\nSVG(\'<svg xmlns="http://www.w3.org/2000/svg"><path id="{}" d="M0 0L{} 1"/></svg>\')'
LAMP = "class Lamp: pass\na, b = Lamp(), Lamp()\n"
RAISES = "# NBVAL_RAISES_EXCEPTION\n"
BLOCK = """
import io
from PIL import Image as Picture
from IPython.display import Image
picture = Picture.new("RGB", (40, 30), "white")
picture.paste("red", ({0}, 8, {0} + 4, 12))
file = io.BytesIO()
picture.save(file, "{1}")
Image(file.getvalue(), format="{1}")
"""
FILM = """
import io
from PIL import Image as Picture
from IPython.display import display
import base64
frames = [Picture.new("L", (8, 8), shade) for shade in (0, {})]
file = io.BytesIO()
frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
display({{"image/gif": base64.b64encode(file.getvalue()).decode()}}, raw=True)
"""
STYLED = "import pandas as pd\npd.DataFrame({{'a': [1, 2]}}).style.highlight_{}()"
BAR = "import time\nprint(f'100%|██████████| 3/3 [00:00<00:00, {{1 / time.perf_counter():.5f}}it/s, loss={}]')"

TEXTS = {
    "number": ("print(0.5)", "print(0.500001)", "shows '0.500001', the page '0.5'"),
    "small number": (
        "print('p =', 3.1e-9)",
        "print('p =', 4.7e-9)",
        "shows 'p = 4.7e-09', the page 'p = 3.1e-09'",
    ),
    "whole number": ("print(12)", "print(13)", "shows '13', the page '12'"),
    "sign": ("print(-0.25)", "print(0.25)", "shows '0.25', the page '-0.25'"),
    "nan": (
        "print([1.5, float('nan')])",
        "print([1.5, 2.5])",
        "shows '[1.5, 2.5]', the page '[1.5, nan]'",
    ),
    "type of number": ("print(3)", "print(3.0)", "shows '3.0', the page '3'"),
    "digits shown": ("print('1.10')", "print('1.1')", "shows '1.1', the page '1.10'"),
    "hexadecimal": (
        "print(hex(0xdeadbeef))",
        "print(hex(0xdeadbee0))",
        "shows '0xdeadbee0', the page '0xdeadbeef'",
    ),
    "value in a dict": (
        "{'a': 1, 'b': 2}",
        "{'a': 1, 'b': 3}",
        "shows \"{'a': 1, 'b': 3}\", the page \"{'a': 1, 'b': 2}\"",
    ),
    "order in a dict": (
        "{'a': 1, 'b': 2}",
        "{'b': 2, 'a': 1}",
        "shows \"{'b': 2, 'a': 1}\", the page \"{'a': 1, 'b': 2}\"",
    ),
    "order in a list": (
        "['a', 'b', 'c']",
        "['b', 'a', 'c']",
        "shows \"['b', 'a', 'c']\", the page \"['a', 'b', 'c']\"",
    ),
    "order in a text": ("print('{b, a}')", "print('{a, b}')", "shows '{a, b}', the page '{b, a}'"),
    "order of lines": ("print('a\\nb')", "print('b\\na')", "shows 'b', the page 'a'"),
    "element of a set": (
        "print({'a', 'b'} - {'b'})",
        "print({'a', 'b'} - {'a'})",
        "shows \"{'b'}\", the page \"{'a'}\"",
    ),
    "element of a larger set": (
        "print(sorted({'a', 'b', 'c'}))",
        "print(sorted({'a', 'b', 'd'}))",
        "shows \"['a', 'b', 'd']\", the page \"['a', 'b', 'c']\"",
    ),
    "blanks": ("print('  *\\n ***')", "print(' *\\n***')", "shows ' *', the page '  *'"),
    "a line more": ("print('a')", "print('a\\nb')", "shows 'b', the page ''"),
    "last line": ("print('a\\nb')", "print('a')", "shows '', the page 'b'"),
    "other aliases": (LAMP + "[a, a]", LAMP + "[a, b]", None),
    "aliases on two lines": (LAMP + "print(a)\nprint(a)", LAMP + "print(a)\nprint(b)", None),
    "nothing": ("print(1)", "pass", "shows nothing"),
    "something": ("pass", "print(1)", "shows something that the page does not"),
    "one output more": ("display(1)", "display(1)\ndisplay(2)", "shows 2 outputs, the page 1"),
    "kind of output": ("print(1)", "1", "shows another kind of output (display, not stream)"),
    "cleared text": (
        "from IPython.display import clear_output\nprint(1)\nclear_output()\nprint('left')",
        "from IPython.display import clear_output\nprint(1)\nclear_output()\nprint('right')",
        "shows 'right', the page 'left'",
    ),
    "not cleared": (
        "from IPython.display import clear_output\nprint(1)\nclear_output(wait=True)\nprint(2)",
        "print(1)\nprint(2)",
        "shows '1', the page '2'",
    ),
    "updated display": (
        "handle = display('loading', display_id=True)\nhandle.update('12 rows')",
        "handle = display('loading', display_id=True)\nhandle.update('13 rows')",
        "shows \"'13 rows'\", the page \"'12 rows'\"",
    ),
}
BESIDE_NOISE = {
    "total beside a timestamp": (
        "from datetime import datetime\nprint(f'{datetime.now()} total={41}')",
        "from datetime import datetime\nprint(f'{datetime.now()} total={40}')",
        "shows '… total=40', the page '… total=41'",
    ),
    "total beside the date": (
        "print('2025-03-01: 41 rows')",
        "from datetime import date\nprint(f'{date.today()}: 40 rows')",
        "shows '…: 40 rows', the page '…: 41 rows'",
    ),
    "another date": (
        "import datetime\nprint('since 2020-01-01, today 2025-03-01')",
        "import datetime\nprint(f'since 2020-02-01, today {datetime.date.today()}')",
        None,
    ),
    "loss beside a rate": (BAR.format(0.5), BAR.format(0.4), None),
    "rows beside a duration": (
        "import time\nprint(f'{5} rows, took {time.perf_counter():.5f} s')",
        "import time\nprint(f'{6} rows, took {time.perf_counter():.5f} s')",
        "shows '6 rows, took… s', the page '5 rows, took… s'",
    ),
    "element beside the order": (
        "print(list({'alpha', 'beta', 'gamma', 'delta', 'epsilon'}))",
        "print(list({'alpha', 'beta', 'gamma', 'delta', 'omega'}))",
        None,
    ),
    "line beside randomness": (
        "import random\nprint(random.random())\nprint('rows:', 41)",
        "import random\nprint(random.random())\nprint('rows:', 40)",
        "shows 'rows: 40', the page 'rows: 41'",
    ),
}
TABLES = {
    "cell": (
        TABLE.format("{'name': ['a', 'b'], 'value': [1, 2]}"),
        TABLE.format("{'name': ['a', 'b'], 'value': [1, 3]}"),
        "shows '3', the page '2' (row 2, column 'value')",
    ),
    "float in a cell": (
        NOISY_TABLE.format(0.123),
        NOISY_TABLE.format(0.124),
        "shows '0.124', the page '0.123' (row 2, column 'value')",
    ),
    "row": (
        TABLE.format("{'a': [1, 2, 3]}"),
        TABLE.format("{'a': [1, 2]}"),
        "shows 2 rows, the page 3",
    ),
    "columns": (
        TABLE.format("{'a': [1], 'b': [1]}"),
        TABLE.format("{'b': [1], 'a': [1]}"),
        "shows 'b', the page 'a' (heading 2)",
    ),
    "colour": (STYLED.format("max"), STYLED.format("min"), None),
    "link": (
        HTML.format("<a href='/one'>x</a>"),
        HTML.format("<a href='/two'>x</a>"),
        "shows '/two', the page '/one' (`href` of <a>)",
    ),
    "words": (
        HTML.format("<b id='x'>good</b>"),
        HTML.format("<b id='y'>bad</b>"),
        "shows 'bad', the page 'good'",
    ),
    "hash in a cell": (
        HTML.format("<table><tr><td>0123456789abcdef0123456789abcdef</td></tr></table>"),
        HTML.format("<table><tr><td>1123456789abcdef0123456789abcdef</td></tr></table>"),
        None,
    ),
    "element": (HTML.format("<b>x</b>"), HTML.format("<i>x</i>"), "shows '<i>', the page '<b>'"),
}
PICTURES = {
    "block": (
        BLOCK.format(10, "png"),
        BLOCK.format(11, "png"),
        "shows another picture (from pixel 10, 8 to 15, 12)",
    ),
    "text of a PDF": (
        "display({'application/pdf': 'JVBERi0xLjQgYQ=='}, raw=True)",
        "display({'application/pdf': 'JVBERi0xLjQgYg=='}, raw=True)",
        "shows another PDF",
    ),
    "JPEG": (BLOCK.format(8, "jpeg"), BLOCK.format(24, "jpeg"), None),
    "second picture of a film": (FILM.format(200), FILM.format(100), None),
    "path": (
        SVG.format("a", 5),
        SVG.format("b", 6),
        "shows 'M0 0L6 1', the page 'M0 0L5 1' (`d` of <path>)",
    ),
    "value of a chart": (
        PLOTLY.format(1.0),
        PLOTLY.format(1.5),
        "shows 1.5, the page 1.0 (data[0].y[0])",
    ),
    "mark of a chart": (
        VEGA.format(1),
        VEGA.format(1).replace("bar", "line"),
        "shows 'line', the page 'bar' (mark)",
    ),
    "list in JSON": (
        "from IPython.display import JSON\nJSON({'a': [1, 2]})",
        "from IPython.display import JSON\nJSON({'a': [2, 1]})",
        "shows 2, the page 1 (a[0])",
    ),
    "truth in JSON": (
        "from IPython.display import JSON\nJSON({'a': True})",
        "from IPython.display import JSON\nJSON({'a': 1})",
        "shows 1, the page True (a)",
    ),
    "value of a widget": (
        with_widgets("shown(widget('IntSliderModel', value=3), 'IntSlider()')"),
        with_widgets("shown(widget('IntSliderModel', value=4), 'IntSlider()')"),
        "shows 4, the page 3 (value)",
    ),
    "another print into a widget": (
        PRINTED_INTO_A_WIDGET.format(1),
        PRINTED_INTO_A_WIDGET.format(2),
        "shows 'within 2', the page 'within 1'",
    ),
    "widget in a box": (
        with_widgets(
            "shown(widget('HBoxModel', children=['IPY_MODEL_' + widget('LabelModel', value='up')]), 'HBox()')"
        ),
        with_widgets(
            "shown(widget('HBoxModel', children=['IPY_MODEL_' + widget('LabelModel', value='down')]), 'HBox()')"
        ),
        "shows 'down', the page 'up' (children[0].value)",
    ),
}
ERRORS = {
    "type of error": (
        RAISES + "raise ValueError('x')",
        RAISES + "raise TypeError('x')",
        "shows 'TypeError: x', the page 'ValueError: x'",
    ),
    "message": (
        RAISES + "raise ValueError('3 rows')",
        RAISES + "raise ValueError('4 rows')",
        "shows 'ValueError: 4 rows', the page 'ValueError: 3 rows'",
    ),
    "line": (
        RAISES + "one = 1\nif one: raise ValueError\nraise ValueError",
        RAISES + "one = 0\nif one: raise ValueError\nraise ValueError",
        "fails in line 4, the page in line 3",
    ),
    "no error": (RAISES + "raise ValueError('x')", RAISES + "pass", "shows nothing"),
}
CHANGED = {**TEXTS, **BESIDE_NOISE, **TABLES, **PICTURES, **ERRORS}
