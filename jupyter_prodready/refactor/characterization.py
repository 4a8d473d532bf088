"""A test that an extracted function does what its cells did: values of a run, kept in files."""

from __future__ import annotations

import ast
import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..model import Extraction

LONGEST_LITERAL = 400
"""Longer literals go to a file beside the test, if JSON keeps them as they are."""

_NOT_REPEATABLE = {
    "reads files": "it reads files",
    "writes files": "it writes files",
    "network": "it uses the network",
    "random": "it uses chance",
    "clock": "it asks for the time",
    "environment": "it depends on the environment",
    "changes settings": "it changes settings",
    "asks for input": "it asks for input",
    "shell": "it runs a shell",
}
_READ = (
    "",
    "",
    "def read(name, **options):",
    '    path = DATA / f"{name}.csv"',
    '    return pd.read_csv(path, index_col=0, float_precision="round_trip", **options)',
)
Encoded = Mapping[str, Any]


@dataclass(frozen=True)
class KeptTest:
    """``files`` are from the folder of the test. ``outputs`` is their number, ``unchanged``
    are the positions of inputs that the test says are left as they were."""

    text: str
    files: Mapping[str, bytes]
    outputs: int
    unchanged: tuple[int, ...]


@dataclass
class _Pieces:
    files: dict[str, bytes] = field(default_factory=dict)
    imports: set[str] = field(default_factory=set)


def cannot_be_tested(extraction: Extraction) -> str | None:
    """`why_no_test`, as far as it is known without values."""
    for label in extraction.labels:
        if label in _NOT_REPEATABLE:
            return f"{_NOT_REPEATABLE[label]}."
    if any("is async" in note for note in extraction.notes):
        return "the function is async."
    if not extraction.outputs:
        return "it gives nothing back that could be compared."
    return None


def why_no_test(extraction: Extraction, entry: Encoded, end: Encoded) -> str | None:
    """What keeps the function from being called in a test, after "No test was written: "."""
    why = cannot_be_tested(extraction)
    if why is not None:
        return why
    asked = [
        *((p.name, entry) for p in extraction.inputs),
        *((p.name, end) for p in extraction.outputs),
    ]
    for name, told in asked:
        why = told.get(name, {"why": "was not seen"}).get("why")
        if why:
            return f"`{name}` {why}."
    return None


def write_test(
    extraction: Extraction, import_name: str, stem: str, entry: Encoded, end: Encoded
) -> KeptTest:
    """The test's text and its files, which stand in ``data/<stem>/`` beside it."""
    pieces = _Pieces()
    function = extraction.function
    ins = [(p.name, f"{function}_{p.name}_in", entry[p.name]) for p in extraction.inputs]
    outs = [(p.name, f"{function}_{p.name}_out", end[p.name]) for p in extraction.outputs]
    changed = {label.removeprefix("mutates ") for label in extraction.labels}
    taken = {"np", "pd", "json", "math", "read", "DATA", "Path", function}
    lines = [f"def test_{function}():"]
    given = {name: _local(name, taken, "") for name, _, _ in ins}
    made = {name: _local(name, taken | set(given.values()), "_now") for name, _, _ in outs}
    lines += [f"    {given[name]} = {_written(file, one, pieces)}" for name, file, one in ins]
    targets = ", ".join(made[name] for name, _, _ in outs)
    keywords = [f"{name}={text}" for call in extraction.calls[:1] for name, text in call.keywords]
    keywords += [f"{p.name}={given[p.name]}" for p in extraction.inputs if p.default is not None]
    first = [given[p.name] for p in extraction.inputs if p.default is None]
    lines.append(f"    {targets} = {function}({', '.join([*first, *keywords])})")
    lines += [f"    {_compared(made[name], file, one, pieces)}" for name, file, one in outs]
    kept = [(n, place) for place, (n, _, one) in enumerate(ins) if n not in changed and _opens(one)]
    if kept:
        lines.append("    # what goes in is left as it was")
    by_name = {name: (file, one) for name, file, one in ins}
    lines += [f"    {_compared(given[name], *by_name[name], pieces)}" for name, _ in kept]
    head = _head(function, import_name, stem, pieces)
    text = "\n".join([*head, "", "", *lines]) + "\n"
    files = {f"data/{stem}/{name}": data for name, data in pieces.files.items()}
    return KeptTest(text, files, len(outs), tuple(place for _, place in kept))


def _local(name: str, taken: set[str], suffix: str) -> str:
    name = name + suffix
    while name in taken:
        name += "_"
    return name


def _head(function: str, import_name: str, stem: str, pieces: _Pieces) -> list[str]:
    lines = [f'"""What `{function}` did when it was extracted."""', ""]
    standard = [f"import {name}" for name in ("json", "math") if name in pieces.imports]
    standard += ["from pathlib import Path"] if pieces.files else []
    lines += [*standard, ""] if standard else []
    others = {"numpy": "import numpy as np", "pandas": "import pandas as pd"}
    found = [text for name, text in others.items() if name in pieces.imports]
    lines += [*found, ""] if found else []
    lines.append(f"from {import_name} import {function}")
    if pieces.files:
        lines += ["", f'DATA = Path(__file__).parent / "data" / "{stem}"']
    return [*lines, *_READ] if "pandas" in pieces.imports else lines


def _written(file: str, one: Mapping[str, Any], pieces: _Pieces) -> str:
    """The expression that gives the value anew."""
    if one["kind"] == "number":
        pieces.imports.add("numpy")
        return f"np.{one['type']}({one['text']})"
    if one["kind"] == "literal" and one.get("numpy"):
        pieces.imports.add("numpy")
        return str(one["text"])
    if one["kind"] == "literal":
        return _literal(file, one["text"], pieces)
    if one["kind"] == "array":
        pieces.files[f"{file}.npy"] = base64.b64decode(one["data"])
        pieces.imports.add("numpy")
        return f'np.load(DATA / "{file}.npy")'
    pieces.files[f"{file}.csv"] = one["text"].encode("utf-8")
    pieces.imports.add("pandas")
    options = "".join(f", {key}={value!r}" for key, value in one["options"].items())
    text = f'read("{file}"{options})'
    return f'{text}["value"].rename({one["name"]!r})' if one["kind"] == "series" else text


def _literal(file: str, text: str, pieces: _Pieces) -> str:
    if len(text) <= LONGEST_LITERAL:
        return text
    value = ast.literal_eval(text) if "frozenset" not in text else None
    try:
        as_json = json.dumps(value, ensure_ascii=False, indent=1)
    except TypeError:
        return text
    if repr(json.loads(as_json)) != text:
        return text
    pieces.files[f"{file}.json"] = as_json.encode("utf-8", "surrogatepass")
    pieces.imports.add("json")
    return f'json.loads((DATA / "{file}.json").read_text(encoding="utf-8"))'


def _compared(name: str, file: str, one: Mapping[str, Any], pieces: _Pieces) -> str:
    value = str(one["text"]) if one["kind"] == "number" else _written(file, one, pieces)
    if one["kind"] in ("literal", "number"):
        if isinstance(_value(one), float):
            pieces.imports.add("math")
            return f"assert math.isclose({name}, {value}, rel_tol=1e-9, abs_tol=1e-12)"
        return f"assert {name} == {value}"
    if one["kind"] == "array":
        inexact = one["inexact"]
        return (
            f"np.testing.assert_allclose({name}, {value}, rtol=1e-9)"
            if inexact
            else f"np.testing.assert_array_equal({name}, {value})"
        )
    kind = "series" if one["kind"] == "series" else "frame"
    return f"pd.testing.assert_{kind}_equal({name}, {value})"


def _value(one: Mapping[str, Any]) -> object:
    try:
        return ast.literal_eval(one["text"])
    except ValueError:
        return None


def _opens(one: Mapping[str, Any]) -> bool:
    """Could it have been changed in place?"""
    if one["kind"] in ("literal", "number"):
        return str(one["text"]).startswith(("[", "{", "set("))
    return True
