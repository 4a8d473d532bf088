"""What a cell shows against what it showed in a fresh kernel.

stderr is advisory: warnings carry paths and process ids and are not results. Execution
counts are not compared at all. `docs/verify.md` has what counts as the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from ..outputs import as_shown, bounded
from ..plan import Output, is_json
from .frames import lines_in_cells
from .image import same_image, same_pdf
from .likeness import SAME, Likeness, all_of, but_for, differs
from .markup import same_html, same_svg
from .rounding import Tolerance
from .structure import same_json
from .text import same_text
from .widgets import STATE, WIDGET, same_widget

Sameness = Literal["identical", "equivalent", "changed"]
Data = Mapping[str, Any]

IMAGES = ("image/png", "image/jpeg", "image/gif", "image/webp")
EXACT_ENOUGH = Tolerance()
_WARNING = "Warning"


@dataclass(frozen=True)
class Comparison:
    """``detail`` names what was normalised, or the first difference."""

    sameness: Sameness
    detail: str = ""


def compare(
    shown: tuple[Output, ...], fresh: tuple[Output, ...], tolerance: Tolerance = EXACT_ENOUGH
) -> Comparison:
    """Whether two lists of outputs (nbformat 4, texts joined) show the same."""
    found = all_of(_parts(shown, fresh, tolerance))
    if found.difference is not None:
        return Comparison("changed", found.difference)
    if not found.reasons:
        return Comparison("identical")
    return Comparison("equivalent", "but for " + ", ".join(found.reasons))


def _parts(
    shown: tuple[Output, ...], fresh: tuple[Output, ...], tolerance: Tolerance
) -> Iterator[Likeness]:
    yield _outputs(shown, fresh, tolerance)
    yield _advisory(_stderr(shown), _stderr(fresh), tolerance)


def _outputs(
    shown: tuple[Output, ...], fresh: tuple[Output, ...], tolerance: Tolerance
) -> Likeness:
    ours, theirs = merged(shown), merged(fresh)
    if len(ours) != len(theirs):
        return differs(_other_number(ours, theirs))
    return all_of(_same(one, other, tolerance) for one, other in zip(ours, theirs, strict=True))


def merged(outputs: tuple[Output, ...]) -> list[Output]:
    """stdout in one piece between the other outputs, as shown; without stderr."""
    pieces: list[Output] = []
    for output in bounded(outputs):
        is_stream = output.get("output_type") == "stream"
        if is_stream and output.get("name") == "stderr":
            continue
        if is_stream and pieces and pieces[-1].get("output_type") == "stream":
            cuts = [one["cut"] for one in (pieces[-1], output) if "cut" in one]
            text = str(pieces[-1].get("text", "")) + str(output.get("text", ""))
            pieces[-1] = {"output_type": "stream", "text": text}
            if cuts:
                pieces[-1]["cut"] = "; ".join(cuts)
        else:
            pieces.append(dict(output))
    for output in pieces:
        if output.get("output_type") == "stream":
            output["text"] = as_shown(str(output.get("text", "")))
    return [one for one in pieces if one.get("output_type") != "stream" or one["text"].strip(" \t")]


def _stderr(outputs: tuple[Output, ...]) -> str:
    texts = (
        str(output.get("text", ""))
        for output in bounded(outputs)
        if output.get("output_type") == "stream" and output.get("name") == "stderr"
    )
    return as_shown("".join(texts))


def _advisory(shown: str, fresh: str, tolerance: Tolerance) -> Likeness:
    if shown == fresh or same_text(shown, fresh, tolerance).difference is None:
        return SAME
    said = [line for text in (shown, fresh) for line in text.split("\n") if line[:1].strip()]
    kind = "warnings" if all(_WARNING in line for line in said) else "stderr"
    return but_for(f"{kind}, which {'are' if kind == 'warnings' else 'is'} not counted")


def _same(one: Output, other: Output, tolerance: Tolerance) -> Likeness:
    if _kind(one) != _kind(other):
        return differs(f"shows another kind of output ({_kind(other)}, not {_kind(one)})")
    if one.get("cut") != other.get("cut"):
        return differs("shows another text, too long to keep whole")
    if _kind(one) == "stream":
        return same_text(one["text"], other["text"], tolerance)
    if _kind(one) == "error":
        return all_of(_errors(one, other, tolerance))
    return _same_data(one, other, replace(tolerance, by_line=False))


def _kind(output: Output) -> str:
    """A result and a display are the same to the eye."""
    kind = str(output.get("output_type"))
    return "display" if kind in ("display_data", "execute_result") else kind


def _errors(one: Output, other: Output, tolerance: Tolerance) -> Iterator[Likeness]:
    ours, theirs = (f"{error.get('ename')}: {error.get('evalue')}" for error in (one, other))
    found = same_text(ours, theirs, tolerance)
    yield found
    mine, its = (lines_in_cells(error.get("traceback")) for error in (one, other))
    if mine and its and mine != its:
        if mine[0] != its[0]:
            yield differs(f"fails in line {its[0]}, the page in line {mine[0]}")
        yield differs("fails at another place of a function that the page defines")


def _data(output: Output) -> Data:
    data = output.get("data")
    return data if isinstance(data, Mapping) else {}


def _same_data(one: Output, other: Output, tolerance: Tolerance) -> Likeness:
    ours, theirs = _data(one), _data(other)
    if set(ours) != set(theirs):
        return differs(_other_types(ours, theirs))
    order = sorted(ours, key=lambda mime: mime == "text/plain" and len(ours) > 1)
    return all_of(
        _widget(one, other, tolerance)
        if mime == WIDGET
        else same_data(mime, ours[mime], theirs[mime], tolerance)
        for mime in order
    )


def _widget(one: Output, other: Output, tolerance: Tolerance) -> Likeness:
    def same_outputs(shown: tuple[Output, ...], fresh: tuple[Output, ...]) -> Likeness:
        return _outputs(shown, fresh, tolerance)

    ids = (_model_id(_data(one)), _model_id(_data(other)))
    return same_widget(ids, (one.get(STATE), other.get(STATE)), tolerance, same_outputs)


def _model_id(data: Data) -> str:
    view = data[WIDGET]
    return str(view.get("model_id")) if isinstance(view, Mapping) else ""


def same_data(mime: str, shown: Any, fresh: Any, tolerance: Tolerance) -> Likeness:
    """Two values of one MIME type, as nbformat keeps them."""
    if is_json(mime):
        return same_json(mime, shown, fresh, tolerance)
    one, other = str(shown), str(fresh)
    if one == other:
        return SAME
    if mime in IMAGES:
        return same_image(one, other)
    if mime == "application/pdf":
        return same_pdf(one, other)
    by_type = {
        "text/html": same_html,
        "image/svg+xml": same_svg,
        "application/javascript": same_script,
    }
    return by_type.get(mime, same_text)(one, other, tolerance)


def same_script(shown: str, fresh: str, tolerance: Tolerance) -> Likeness:
    """As in HTML: made-up names do not count."""
    return same_html(f"<script>{shown}</script>", f"<script>{fresh}</script>", tolerance)


def _other_types(one: Data, other: Data) -> str:
    more, less = sorted(set(other) - set(one)), sorted(set(one) - set(other))
    said = [f"also {', '.join(more)}"] * bool(more) + [f"no {', '.join(less)}"] * bool(less)
    return f"shows {' and '.join(said)}"


def _other_number(ours: list[Output], theirs: list[Output]) -> str:
    if not ours:
        return "shows something that the page does not"
    if not theirs:
        return "shows nothing"
    return f"shows {len(theirs)} outputs, the page {len(ours)}"
