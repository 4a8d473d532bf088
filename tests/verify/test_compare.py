"""What counts as the same: each benign difference has a real change as its near miss."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from typing import Any

import pytest
from documents import cell, document, result, stdout

from jupyter_prodready.formats import notebook_of
from jupyter_prodready.verify.compare.comparison import compare
from jupyter_prodready.verify.compare.rounding import Tolerance
from jupyter_prodready.verify.outputs import HEAD_CHARACTERS, Stream, as_shown
from jupyter_prodready.verify.plan import plan_of

Outputs = list[dict[str, Any]]


def said(shown: Outputs, fresh: Outputs) -> tuple[str, str]:
    found = compare(tuple(shown), tuple(fresh))
    return found.sameness, found.detail


def display(**data: Any) -> dict[str, Any]:
    named = {key.replace("__", "/"): value for key, value in data.items()}
    return {"output_type": "display_data", "data": named, "metadata": {}}


def failure(evalue: str, ename: str = "ValueError") -> dict[str, Any]:
    return {"output_type": "error", "ename": ename, "evalue": evalue, "traceback": [evalue]}


def png(pixel: int, text: bytes = b"") -> str:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = [chunk(b"IHDR", head)]
    if text:
        parts.append(chunk(b"tEXt", b"Software\0" + text))
    parts += [chunk(b"IDAT", zlib.compress(bytes([0, pixel]))), chunk(b"IEND", b"")]
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"".join(parts)).decode()


IDENTICAL = {
    "nothing": ([], []),
    "text": ([stdout("a\n")], [stdout("a\n")]),
    "chunks": ([stdout("a\nb\n")], [stdout("a\n"), stdout("b\n")]),
    "carriage return": ([stdout(" 50%\r100%\n")], [stdout("100%\n")]),
    "backspace": ([stdout("ab\x08c\n")], [stdout("ac\n")]),
    "empty stream": ([], [stdout("")]),
    "result and display": ([result("1")], [display(text__plain="1")]),
    "counts": ([{**result("1"), "execution_count": 7}], [result("1")]),
    "traceback": ([failure("a")], [{**failure("a"), "traceback": ["elsewhere"]}]),
}


@pytest.mark.parametrize("name", IDENTICAL)
def test_identical(name: str):
    assert said(*IDENTICAL[name]) == ("identical", "")


EQUIVALENT = {
    "address": (
        [result("<A at 0x7f1200aa00>")],
        [result("<A at 0x55aa00bb00>")],
        "but for memory addresses",
    ),
    "address in an error": (
        [failure("<A at 0x7f1200aa00>")],
        [failure("<A at 0x55aa00bb00>")],
        "but for memory addresses",
    ),
    "set": ([result("{'b', 'a'}")], [result("{'a', 'b'}")], "but for order of a set"),
    "printed set among lines": (
        [stdout("x\n{'b', 'a'}\n")],
        [stdout("x\n{'a', 'b'}\n")],
        "but for order of a set",
    ),
    "last digits": (
        [result("0.30000000000000004")],
        [result("0.3")],
        "but for rounding of numbers",
    ),
    "sklearn's counter": (
        [display(text__html="<div id='sk-container-id-4'></div>")],
        [display(text__html="<div id='sk-container-id-1'></div>")],
        "but for generated ids",
    ),
    "styler": (
        [display(text__html="<style>#T_1a2b3 td {}</style><table id='T_1a2b3'>")],
        [display(text__html="<style>#T_ffff0 td {}</style><table id='T_ffff0'>")],
        "but for generated ids",
    ),
    "svg": (
        [display(**{"image__svg+xml": '<dc:date>2024</dc:date><g id="p12"/><use href="#p12"/>'})],
        [display(**{"image__svg+xml": '<dc:date>2026</dc:date><g id="q99"/><use href="#q99"/>'})],
        "but for generated ids",
    ),
    "png metadata": (
        [display(image__png=png(3, b"v1"))],
        [display(image__png=png(3, b"v2"))],
        "but for metadata of the image",
    ),
    "stderr": (
        [stdout("/home/x: UserWarning", "stderr"), stdout("a")],
        [stdout("a")],
        "but for warnings, which are not counted",
    ),
    "widget": (
        [display(**{"application__vnd.jupyter.widget-view+json": {"model_id": "1"}})],
        [display(**{"application__vnd.jupyter.widget-view+json": {"model_id": "2"}})],
        "but for widgets, whose state is not saved (not comparable)",
    ),
    "json floats": (
        [display(application__json={"a": [0.1, {"b": 1.0}]})],
        [display(application__json={"a": [0.1 + 1e-12, {"b": 1}]})],
        "but for rounding of numbers",
    ),
}


@pytest.mark.parametrize("name", EQUIVALENT)
def test_equivalent(name: str):
    shown, fresh, detail = EQUIVALENT[name]
    assert said(shown, fresh) == ("equivalent", detail)


CHANGED = {
    "text": ([stdout("a\n")], [stdout("b\n")], "shows 'b', the page 'a'"),
    "whole number": ([result("3")], [result("4")], "shows '4', the page '3'"),
    "float": ([result("0.30001")], [result("0.3")], "shows '0.3', the page '0.30001'"),
    "int as float": ([result("1")], [result("1.1")], "shows '1.1', the page '1'"),
    "sign": ([result("-0.5")], [result("0.5")], "shows '0.5', the page '-0.5'"),
    "aliasing": (
        [result("[<A at 0x7f1200aa00>, <A at 0x7f1200aa00>]")],
        [result("[<A at 0x55aa00bb00>, <A at 0x55aa00bb11>]")],
        None,
    ),
    "hexadecimal that is no address": (
        [stdout("crash at 0xdeadbee1")],
        [stdout("crash at 0xdeadbee2")],
        "shows 'crash at 0xdeadbee2', the page 'crash at 0xdeadbee1'",
    ),
    "order of a dict": (
        [result("{'b': 1, 'a': 2}")],
        [result("{'a': 2, 'b': 1}")],
        "shows \"{'a': 2, 'b': 1}\", the page \"{'b': 1, 'a': 2}\"",
    ),
    "order of a list": ([result("['b', 'a']")], [result("['a', 'b']")], None),
    "another set": ([result("{'b', 'a'}")], [result("{'a', 'c'}")], None),
    "one line more": ([stdout("a\n")], [stdout("a\nb\n")], None),
    "nothing": ([stdout("a\n")], [], "shows nothing"),
    "something": ([], [stdout("a\n")], "shows something that the page does not"),
    "kind": ([stdout("a\n")], [result("a")], "shows another kind of output (display, not stream)"),
    "error": ([failure("a")], [failure("b")], "shows 'ValueError: b', the page 'ValueError: a'"),
    "picture": (
        [display(image__png=png(3))],
        [display(image__png=png(4))],
        "shows another picture (from pixel 0, 0 to 1, 1)",
    ),
    "html": (
        [display(text__html="<b>1</b>", text__plain="x")],
        [display(text__html="<b>2</b>", text__plain="x")],
        "shows '2', the page '1'",
    ),
    "types": ([display(text__plain="x")], [display(text__plain="x", text__html="x")], None),
    "json": ([display(application__json={"a": 1})], [display(application__json={"a": 2})], None),
}


@pytest.mark.parametrize("name", CHANGED)
def test_changed(name: str):
    shown, fresh, detail = CHANGED[name]
    found = said(shown, fresh)
    assert found[0] == "changed"
    assert detail is None or found[1] == detail


def test_tolerance_is_the_projects():
    one, other = (result("1.0000"),), (result("1.0009"),)
    assert compare(one, other).sameness == "changed"
    assert compare(one, other, Tolerance(rtol=1e-2)).sameness == "equivalent"


def test_a_picture_encoded_otherwise():
    image = pytest.importorskip("PIL.Image")
    encoded = []
    for level in (0, 9):
        file = io.BytesIO()
        image.linear_gradient("L").save(file, "PNG", compress_level=level)
        encoded.append(base64.b64encode(file.getvalue()).decode())
    assert encoded[0] != encoded[1]
    one, other = ([display(image__png=data)] for data in encoded)
    assert said(one, other)[0] == "equivalent"


def test_as_jupyterlab_shows_it():
    assert as_shown("long line\rab") == "abng line"
    assert as_shown("a\r\nb\r\n") == "a\nb\n"
    assert as_shown("\x08a\x08\x08b") == "b"


def long_text(*parts: str) -> dict[str, Any]:
    stream = Stream("stdout")
    for part in parts:
        stream.add(part)
    return stream.output() or {}


def test_a_text_too_long_to_keep():
    text = "x" * HEAD_CHARACTERS + "y" * HEAD_CHARACTERS
    kept = long_text(text[:1000], text[1000:])
    assert len(kept["text"]) < 1.1 * HEAD_CHARACTERS
    assert said([stdout(text)], [kept]) == ("identical", "")
    middle = HEAD_CHARACTERS + 10
    other = text[:middle] + "z" + text[middle + 1 :]
    assert said([stdout(text)], [long_text(other)])[0] == "changed"


LINES = "".join(f"line {number}\n" for number in range(130_000))
BARS = "".join(f"{number:5d}%\rdone {number}\x08\x08\n" for number in range(90_000))


def in_pieces(text: str, size: int, *between: Any) -> list[Any]:
    cut = [text[place : place + size] for place in range(0, len(text), size)]
    return [one for part in cut for one in (*between, stdout(part))]


@pytest.mark.parametrize(
    "text",
    [
        LINES,
        pytest.param(BARS, marks=pytest.mark.slow),
        as_shown(BARS),
        "z" * 3 * HEAD_CHARACTERS,
    ],
)
@pytest.mark.parametrize("size", [32_711, 700_001])
def test_a_long_text_is_the_same_in_other_pieces(text: str, size: int):
    kept = [long_text(*(text[place : place + 9_973] for place in range(0, len(text), 9_973)))]
    other = text + "!"
    for between in [(), (stdout("e", "stderr"),)]:
        assert said(in_pieces(text, size, *between), kept)[0] in ("identical", "equivalent")
        assert said(in_pieces(other, size, *between), kept)[0] == "changed"
    assert said([stdout(as_shown(text))], kept) == ("identical", "")


def test_a_progress_bar_too_long_to_keep_is_what_it_ends_with():
    bar = "".join(f"\r{number:8d} of 300000" for number in range(300_000))
    kept = long_text(bar[:700_000], bar[700_000:])
    assert said([stdout("  299999 of 300000")], [kept]) == ("identical", "")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("%pip install -q pandas==2.2", "it only installs packages"),
        ("# once\n!python -m pip install \\\n    pandas", "it only installs packages"),
        ("%pip install pandas\nprint(1)", None),
        ("!pip list", None),
        ("", None),
    ],
)
def test_what_pip_says_is_no_result(source: str, reason: str | None):
    page = document(cell(source, stdout("Collecting pandas")))
    plan = plan_of(notebook_of(page, "n.ipynb"), page)
    assert plan.steps[0].excused == reason
