"""What a cell shows against what it showed in a fresh kernel.

stderr is advisory: warnings carry paths and process ids and are not results. Execution
counts are not compared at all.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from .image import same_image
from .outputs import as_shown, bounded
from .plan import Output, is_json
from .text import same_html, same_svg, same_text

DEFAULT_RTOL = 1e-6
Sameness = Literal["identical", "equivalent", "changed"]
Data = Mapping[str, Any]

WIDGET = "application/vnd.jupyter.widget-view+json"
IMAGES = ("image/png", "image/jpeg", "image/gif", "image/webp")


@dataclass(frozen=True)
class Comparison:
    """``detail`` names what was normalised, or the first difference."""

    sameness: Sameness
    detail: str = ""


def compare(
    shown: tuple[Output, ...], fresh: tuple[Output, ...], rtol: float = DEFAULT_RTOL
) -> Comparison:
    """Whether two lists of outputs (nbformat 4, texts joined) show the same."""
    shown = bounded(shown)
    ours, theirs = _merged(shown), _merged(fresh)
    if len(ours) != len(theirs):
        return Comparison("changed", _other_number(ours, theirs))
    reasons: list[str] = []
    for one, other in zip(ours, theirs, strict=True):
        reason = _same(one, other, rtol)
        if reason is None:
            return Comparison("changed", _difference(one, other))
        reasons += [reason] if reason else []
    if _stderr(shown) != _stderr(fresh):
        reasons.append("stderr, which is not counted")
    if not reasons:
        return Comparison("identical")
    return Comparison("equivalent", "but for " + ", ".join(dict.fromkeys(reasons)))


def _merged(outputs: tuple[Output, ...]) -> list[Output]:
    """stdout in one piece between the other outputs, as shown; without stderr."""
    merged: list[Output] = []
    for output in outputs:
        is_stream = output.get("output_type") == "stream"
        if is_stream and output.get("name") == "stderr":
            continue
        if is_stream and merged and merged[-1]["output_type"] == "stream":
            cuts = [one["cut"] for one in (merged[-1], output) if "cut" in one]
            text = merged[-1]["text"] + output["text"]
            merged[-1] = {"output_type": "stream", "text": text}
            if cuts:
                merged[-1]["cut"] = "; ".join(cuts)
        else:
            merged.append(dict(output))
    for output in merged:
        if output["output_type"] == "stream":
            output["text"] = as_shown(str(output["text"]))
    return [one for one in merged if one["output_type"] != "stream" or one["text"]]


def _stderr(outputs: tuple[Output, ...]) -> str:
    texts = (
        str(output.get("text", ""))
        for output in outputs
        if output.get("output_type") == "stream" and output.get("name") == "stderr"
    )
    return as_shown("".join(texts))


def _same(one: Output, other: Output, rtol: float) -> str | None:
    """``""`` for equal, a reason for equivalent, None for different."""
    if _kind(one) != _kind(other) or one.get("cut") != other.get("cut"):
        return None
    if _kind(one) == "stream":
        return same_text(one["text"], other["text"], rtol)
    if _kind(one) == "error":
        if one.get("ename") != other.get("ename"):
            return None
        return same_text(str(one.get("evalue")), str(other.get("evalue")), rtol)
    return _same_data(_data(one), _data(other), rtol)


def _kind(output: Output) -> str:
    """A result and a display are the same to the eye."""
    kind = str(output.get("output_type"))
    return "display" if kind in ("display_data", "execute_result") else kind


def _data(output: Output) -> Data:
    data = output.get("data")
    return data if isinstance(data, Mapping) else {}


def _same_data(one: Data, other: Data, rtol: float) -> str | None:
    if set(one) != set(other):
        return None
    if WIDGET in one:
        return "" if one == other else "ids of widgets"
    reasons = [_same_mime(mime, one[mime], other[mime], rtol) for mime in one]
    if any(reason is None for reason in reasons):
        return None
    return ", ".join(dict.fromkeys(reason for reason in reasons if reason))


def _same_mime(mime: str, one: Any, other: Any, rtol: float) -> str | None:
    if one == other:
        return ""
    if is_json(mime):
        return "rounding of numbers" if _close(one, other, rtol) else None
    if mime in IMAGES:
        return same_image(str(one), str(other))
    compare_text = {"text/html": same_html, "image/svg+xml": same_svg}.get(mime, same_text)
    return compare_text(str(one), str(other), rtol)


def _close(one: Any, other: Any, rtol: float) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_close(one[k], other[k], rtol) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_close, one, other, [rtol] * len(one)))
    if isinstance(one, float) and isinstance(other, float | int):
        return math.isclose(one, other, rel_tol=rtol)
    return bool(one == other)


def _other_number(ours: list[Output], theirs: list[Output]) -> str:
    if not ours:
        return "shows something that the page does not"
    if not theirs:
        return "shows nothing"
    return f"shows {len(theirs)} outputs, the page {len(ours)}"


def _difference(one: Output, other: Output) -> str:
    if _kind(one) != _kind(other):
        return f"shows another kind of output ({_kind(other)}, not {_kind(one)})"
    if one.get("cut") != other.get("cut"):
        return "shows another text, too long to keep whole"
    ours, theirs = _line_of_difference(_text_of(one), _text_of(other))
    return f"shows {theirs!r}, the page {ours!r}" if ours != theirs else "shows another picture"


def _text_of(output: Output) -> str:
    if _kind(output) == "stream":
        return str(output["text"])
    if _kind(output) == "error":
        return f"{output.get('ename')}: {output.get('evalue')}"
    data = _data(output)
    plain = data.get("text/plain")
    if plain is not None or not data:
        return str(plain)
    return json.dumps(next(iter(data.values())))[:200]


def _line_of_difference(one: str, other: str) -> tuple[str, str]:
    ours, theirs = one.split("\n"), other.split("\n")
    for mine, its in zip(ours, theirs, strict=False):
        if mine != its:
            return _short(mine), _short(its)
    place = min(len(ours), len(theirs))
    return _short("\n".join(ours[place:])), _short("\n".join(theirs[place:]))


def _short(text: str, width: int = 60) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
