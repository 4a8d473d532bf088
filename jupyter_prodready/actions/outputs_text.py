"""Put other outputs into the text of an .ipynb file; all other bytes of it stay as they are."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from .notebook_text import Place, Style, cells_of, places_in


def set_outputs(text: str, outputs: Mapping[int, Sequence[Mapping[str, Any]]]) -> str:
    """The notebook file's text with ``outputs`` (nbformat 4, texts joined) by cell index.

    Laid out as the file is. A result gets the prompt of its cell. `BadInputError` as
    `edit_cells`.
    """
    if not outputs:
        return text
    cells, style = cells_of(text)
    for index in sorted(outputs, reverse=True):
        found = dict(places_in(text, cells[index].start))
        place = found["outputs"]
        count = json.loads(_value(text, found["execution_count"]))
        new = [_as_saved(one, count) for one in outputs[index]]
        text = text[: place.start] + _dumped(new, style) + text[place.end :]
    return text


def _value(text: str, place: Place) -> str:
    return text[place.start : place.end]


def _as_saved(output: Mapping[str, Any], count: int | None) -> dict[str, Any]:
    """With lists of lines for texts, as Jupyter saves them."""
    saved = dict(output)
    if "execution_count" in saved and count is not None:
        saved["execution_count"] = count
    if isinstance(saved.get("text"), str):
        saved["text"] = saved["text"].splitlines(keepends=True)
    data = saved.get("data")
    if isinstance(data, Mapping):
        saved["data"] = {
            mime: value.splitlines(keepends=True) if _has_lines(mime, value) else value
            for mime, value in data.items()
        }
    return dict(sorted(saved.items()))


def _has_lines(mime: str, value: object) -> bool:
    return isinstance(value, str) and (mime.startswith("text/") or mime == "image/svg+xml")


def _dumped(outputs: list[dict[str, Any]], style: Style) -> str:
    if "\n" not in style.member:
        separators = (", " if style.colon == ": " else ",", style.colon)
        return json.dumps(outputs, ensure_ascii=style.ascii_only, separators=separators)
    step = len(style.deeper) - len(style.member)
    dumped = json.dumps(
        outputs, ensure_ascii=style.ascii_only, indent=step, separators=(",", style.colon)
    )
    return dumped.replace("\n", style.member)
