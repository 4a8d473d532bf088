"""HTML and pictures in it, without a kernel: what is not seen does not count."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest

from jupyter_prodready.verify.compare.comparison import compare


def said(shown: Any, fresh: Any) -> tuple[str, str]:
    found = compare((shown,), (fresh,))
    return found.sameness, found.detail


def html(markup: str) -> dict[str, Any]:
    return {"output_type": "display_data", "data": {"text/html": markup}, "metadata": {}}


def picture(shade: int, made: str) -> str:
    image = pytest.importorskip("PIL.Image")
    info = pytest.importorskip("PIL.PngImagePlugin").PngInfo()
    info.add_text("Made", made)
    file = io.BytesIO()
    image.new("L", (3, 3), shade).save(file, "PNG", pnginfo=info)
    return f'<img src="data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}">'


UUID = "0b1c2d3e-0000-4000-8000-00000000000"
SAME_HTML = {
    "order of attributes": ('<p class="a" title="b">', '<p title="b" class="a">'),
    "blanks between elements": ("<ul>\n <li>a</li>\n</ul>", "<ul><li>a</li></ul>"),
    "comment": ("<!-- 1 --><b>x</b>", "<b>x</b>"),
    "label of an id": (
        '<input id="i9"><label for="i9">x</label><a href="#i9">y</a>',
        '<input id="i1"><label for="i1">x</label><a href="#i1">y</a>',
    ),
    "style of an id": ('<i id="a1">x</i><style>#a1 {top: 1}</style>', '<i id="b2">x</i><style>#b2 {top: 1}</style>'),
    "made-up class": (f'<i class="w-{UUID}1">x</i>', f'<i class="w-{UUID}2">x</i>'),
    "page within": (
        "<iframe srcdoc=\"<i id='a1'>x</i>\"></iframe>",
        "<iframe srcdoc=\"<i id='a2'>x</i>\"></iframe>",
    ),
    "unclosed": ("<p>a<br>b<p>c", "<p>a<br/>b<p>c"),
}  # fmt: skip
OTHER_HTML = {
    "link that an id names, too": ('<i id="one"></i><a href="one">x</a>', '<i id="two"></i><a href="two">x</a>'),
    "link to another id": (
        '<i id="a"></i><i id="b"></i><a href="#a">x</a>',
        '<i id="a"></i><i id="b"></i><a href="#b">x</a>',
    ),
    "style of another id": (
        '<i id="a">x</i><i id="b">y</i><style>#a {top: 1}</style>',
        '<i id="a">x</i><i id="b">y</i><style>#b {top: 1}</style>',
    ),
    "uuid that is read": (f"<i>{UUID}1</i>", f"<i>{UUID}2</i>"),
    "uuid in a link": (f'<a href="/{UUID}1">x</a>', f'<a href="/{UUID}2">x</a>'),
    "blanks in pre": ("<pre>a  b</pre>", "<pre>a b</pre>"),
    "page within": (
        "<iframe srcdoc=\"<i>x</i>\"></iframe>",
        "<iframe srcdoc=\"<i>y</i>\"></iframe>",
    ),
    "attribute more": ("<input>", "<input checked>"),
    "end missing": ("<b>x</b>", "<b>x</b><b></b>"),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME_HTML)
def test_same_html(name: str) -> None:
    one, other = SAME_HTML[name]
    assert said(html(one), html(other))[0] != "changed"


@pytest.mark.parametrize("name", OTHER_HTML)
def test_other_html(name: str) -> None:
    one, other = OTHER_HTML[name]
    assert said(html(one), html(other))[0] == "changed"


def test_pictures_in_html() -> None:
    found = said(html(picture(1, "today")), html(picture(1, "yesterday")))
    assert found == ("equivalent", "but for metadata of the image")
    found = said(html(picture(1, "today")), html(picture(2, "today")))
    assert found == ("changed", "shows another picture (from pixel 0, 0 to 3, 3)")


def test_a_picture_of_sixteen_bits() -> None:
    image = pytest.importorskip("PIL.Image")

    def packed(value: int, level: int) -> dict[str, Any]:
        file = io.BytesIO()
        image.new("I;16", (2, 2), value).save(file, "PNG", compress_level=level)
        data = {"image/png": base64.b64encode(file.getvalue()).decode()}
        return {"output_type": "display_data", "data": data, "metadata": {}}

    assert said(packed(1000, 0), packed(1000, 9))[0] == "equivalent"
    assert said(packed(1000, 0), packed(1001, 0))[0] == "changed"
