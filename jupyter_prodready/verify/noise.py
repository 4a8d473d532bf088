"""Is it noise? What a page shows against two or more fresh runs that need not agree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from .compare.comparison import Comparison, compare, merged
from .compare.likeness import differs_in
from .compare.moments import NOW, Window, masked_now
from .compare.rounding import Tolerance
from .compare.text import same_text
from .plan import Output

Outputs = tuple[Output, ...]

_TOKEN = re.compile(r"[\w.+-]+|\S")
_NUMBER_OR_WORD = re.compile(r"[-+]?\d+(?:\.\d*)?(?:e[-+]?\d+)?|True|False|nan|None", re.IGNORECASE)
_SPAN = r"\d+(?:\.\d+)?(?:e[-+]?\d+)?"
MASKS = {
    "uuid": re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b|\b[0-9a-f]{32}\b"),
    "temporary": re.compile(r"(?<![\w./\\-])[/\\][\w./\\-]*(?:tmp|temp)[\w./\\-]*", re.IGNORECASE),
    "address": re.compile(r"\b0x[0-9a-fA-F]{6,16}\b|\b\d{12,15}\b"),
    "clock": re.compile(
        r"\b\d{4}[-/.]\d\d?[-/.]\d\d?(?:[T_ ]\d\d?[:.]\d\d(?:[:.]\d\d(?:[.,]\d+)?)?)?\b"
        r"|\b\d\d?:\d\d(?::\d\d(?:\.\d+)?)?\b|\b1\d{9}(?:\.\d+)?\b|\b1\d{18}\b"
        r"|datetime\.(?:datetime|time)\([\d, ]+\)|\b\d{8}[_T-]?\d{6}\b"
    ),
    "timing": re.compile(
        rf"\b\d+:\d\d:\d\d\.\d+\b|(?<![\w.]){_SPAN}(?= ?(?:ns|[µμu]s|ms|s|secs?|seconds?|min|mins"
        r"|minutes?|h|hours?)\b)"
        rf"|(?:(?<=took)|(?<=elapsed)|(?<=time)|(?<=duration)|(?<=seconds)|(?<=Time)|(?<=Elapsed)"
        rf"|(?<=taken)|(?<=Duration))[ :=]{{1,4}}{_SPAN}"
    ),
}
"""What noise of one kind looks like: where it is masked, nothing else may differ."""

MASK = "(varies)"
LONGEST_LINE = 80
Verdict = Literal["noise", "changed", "undecided"]


@dataclass(frozen=True)
class Judgement:
    """``kind`` is what the noise looks like, empty where its look does not tell; ``agreed``
    that all runs show it alike.

    *Undecided* are runs that agree with each other by chance or for good: one more tells.
    Of the kind ``set`` they show the same things as the page in another order.
    """

    verdict: Verdict
    kind: str = ""
    detail: str = ""
    agreed: bool = False


def judge(
    shown: Outputs,
    runs: Sequence[Outputs],
    tolerance: Tolerance,
    window: Window | None = None,
) -> Judgement:
    """The outputs of a page, which differ from the first of two or more fresh ``runs``.

    ``window`` is when the first one ran, given where the cell asks what time it is.
    """
    first, others = runs[0], runs[1:]
    if all(_same(first, other, tolerance) for other in others):
        return _of_agreeing(shown, first, tolerance, window)
    for kind, mask in MASKS.items():
        masked = [_masked(one, mask) for one in (shown, *runs)]
        if all(_same(masked[1], other, tolerance) for other in masked[2:]):
            if MASK in "".join(_texts(masked[0])):
                return _rest(kind, masked[0], masked[1], tolerance)
            return next(_beside_noise(shown, runs, tolerance), Judgement("noise", kind))
    if all(_texts(first) != _texts(other) for other in others) and all(
        _tokens(first) == _tokens(other) for other in others
    ):
        if _tokens(shown) == _tokens(first):
            return Judgement("noise", "set")
        return Judgement("changed", detail=_compare(shown, first, tolerance).detail)
    return next(_beside_noise(shown, runs, tolerance), Judgement("noise"))


def beside_noise(shown: Outputs, runs: Sequence[Outputs], tolerance: Tolerance) -> str | None:
    """How ``shown`` differs in what all of the ``runs`` show alike, addresses aside; None where
    it does not."""
    ours, *theirs = (_masked(one, MASKS["address"]) for one in (shown, *runs))
    if all(_same(theirs[0], other, tolerance) for other in theirs[1:]):
        found = _compare(theirs[0], ours, tolerance)
        return found.detail.replace(MASK, "…") if found.sameness == "changed" else None
    judged = judge(ours, theirs, tolerance)
    return None if judged.verdict == "noise" else _lacking(ours, theirs)


def _lacking(shown: Outputs, runs: Sequence[Outputs]) -> str:
    """Which line of all ``runs`` is not shown."""
    mine, *others = [{*_lines(one)} for one in (shown, *runs)]
    common = set.intersection(*others) - mine
    line = next((one.strip() for one in _lines(runs[0]) if one in common), "")
    if not line:
        return "lacks what every run of the page shows"
    return f"lacks {line.replace(MASK, '…')[:LONGEST_LINE]!r} of the page"


def _lines(outputs: Outputs) -> list[str]:
    return "\n".join(_texts(outputs)).split("\n")


def _of_agreeing(
    shown: Outputs, fresh: Outputs, tolerance: Tolerance, window: Window | None
) -> Judgement:
    """Runs on one day agree on the date, and short ones on a time rounded to seconds."""
    detail = _compare(shown, fresh, tolerance).detail
    if window is not None:
        now = masked_now(_texts(shown), _texts(fresh), window)
        if now is not None:
            pair = (_with_texts(shown, now[0]), _with_texts(fresh, now[1]))
            if _same(*pair, tolerance):
                return Judgement("noise", "clock", agreed=True)
            detail = _compare(*pair, tolerance).detail.replace(NOW, "…")
        mask = MASKS["timing"]
        if _same(_masked(shown, mask), _masked(fresh, mask), tolerance):
            return Judgement("noise", "timing", agreed=True)
    kind = "set" if _tokens(shown) == _tokens(fresh) else ""
    return Judgement("undecided", kind, detail)


def _rest(kind: str, shown: Outputs, fresh: Outputs, tolerance: Tolerance) -> Judgement:
    """What is beside the noise must be as the page shows it."""
    found = _compare(shown, fresh, tolerance)
    if found.sameness != "changed":
        return Judgement("noise", kind)
    return Judgement("changed", kind, found.detail.replace(MASK, "…"))


def _beside_noise(
    shown: Outputs, runs: Sequence[Outputs], tolerance: Tolerance
) -> Iterator[Judgement]:
    """Outputs and lines that all runs agree on, and the page does not."""
    pieces = [merged(one) for one in (shown, *runs)]
    if len({len(one) for one in pieces[1:]}) > 1:
        return
    if len(pieces[0]) != len(pieces[1]):
        yield Judgement("undecided", detail=_compare(shown, runs[0], tolerance).detail)
    for ours, first, *others in zip(*pieces, strict=False):
        if all(_same((first,), (one,), tolerance) for one in others):
            found = _compare((ours,), (first,), tolerance)
            if found.sameness == "changed":
                yield Judgement("undecided", detail=found.detail)
        elif (line := _fixed_line(ours, [first, *others], tolerance)) is not None:
            yield Judgement("undecided", detail=line)


def _fixed_line(shown: Output, runs: Sequence[Output], tolerance: Tolerance) -> str | None:
    """A line that never varies and that the page has otherwise.

    Not if others of its form vary: then this one kept its value by chance.
    """
    ours, *theirs = ["\n".join(_texts((one,))).split("\n") for one in (shown, *runs)]
    if any(len(lines) != len(ours) for lines in theirs):
        return None
    rows = list(zip(*theirs, strict=True))
    varying = {_form(line) for row in rows for line in row if len(set(row)) > 1}
    for mine, row in zip(ours, rows, strict=True):
        if len(set(row)) > 1 or _form(row[0]) in varying:
            continue
        if same_text(mine, row[0], tolerance).difference is not None:
            return differs_in(mine, row[0]).difference
    return None


def _form(line: str) -> str:
    return _NUMBER_OR_WORD.sub("#", line)


def _tokens(outputs: Outputs) -> list[str]:
    return sorted(_TOKEN.findall("\n".join(_texts(outputs))))


def _compare(one: Outputs, other: Outputs, tolerance: Tolerance) -> Comparison:
    return compare(one, other, tolerance)


def _same(one: Outputs, other: Outputs, tolerance: Tolerance) -> bool:
    return _compare(one, other, tolerance).sameness != "changed"


# --- the texts of outputs ---------------------------------------------------------------


def _texts(outputs: Outputs) -> list[str]:
    """Every text that is shown, in one order."""
    found: list[str] = []

    def note(text: str) -> str:
        found.append(text)
        return text

    _with(outputs, note)
    return found


def _masked(outputs: Outputs, mask: re.Pattern[str]) -> Outputs:
    return _with(outputs, lambda text: mask.sub(MASK, text))


def _with_texts(outputs: Outputs, texts: Sequence[str]) -> Outputs:
    left = iter(texts)
    return _with(outputs, lambda text: next(left))


def _with(outputs: Outputs, change: Callable[[str], str]) -> Outputs:
    return tuple(_changed(output, change) for output in merged(outputs))


def _changed(output: Output, change: Callable[[str], str]) -> Output:
    if output["output_type"] == "stream":
        return {**output, "name": "stdout", "text": change(output["text"])}
    if output["output_type"] == "error":
        return {**output, "evalue": change(str(output.get("evalue", "")))}
    data = {
        mime: change(value) if mime.startswith("text/") and isinstance(value, str) else value
        for mime, value in output.get("data", {}).items()
    }
    return {**output, "data": data}
