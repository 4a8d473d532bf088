"""Times and rates that IPython and progress bars print by a form of their own.

The forms are those of IPython's ``%time`` and ``%timeit``, of tqdm and of Keras. What a
person prints about time by themselves has no such form; a second run tells it from a result.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_ANSI = r"(?:\x1b\[[\d;]*m)*"
_SPAN = r"[\d.,e+]+ ?(?:ns|[µμu]s|ms|s|min|h|d)(?: [\d.]+ ?(?:ns|[µμu]s|ms|s|min|h))*"
_CLOCK = r"(?:\d+ days?, )?(?:\d+:)?\d+:\d+"
_RATE = re.compile(
    rf"\[{_CLOCK}(?:<(?:\?|{_CLOCK}))?,\s*(?:\?|[\d.]+)\s*[kMGTP]?i?"
    r"(?:[^\s/,\]]*/s|s/[^\s/,\]]*)(?P<more>[^\]\n]*)\]"
)
_BAR = re.compile(r"(?<=\d%)\|[^|\n]*\|")
"""tqdm's; as wide as the rate behind it leaves room for."""
_KERAS = re.compile(
    rf"(?:(?<=\s)|(?<=m)|(?<=\x08)){_ANSI}\d+(?:s|ms|us){_ANSI} {_ANSI}"
    r"\d+(?:s|ms|us|µs)/(?:step|epoch|sample)"
)
_LINES = (
    re.compile(rf"^CPU times: (?:user .*, )?(?:sys: .*, )?total: {_SPAN}$", re.M),
    re.compile(rf"^Wall time: {_SPAN}$", re.M),
    re.compile(
        rf"^{_SPAN} ± {_SPAN} per loop \(mean ± std\. dev\. of \d+ runs?, [\d,]+ loops? each\)$",
        re.M,
    ),
    re.compile(rf"^[\d,]+ loops?, best of \d+: {_SPAN} per loop$", re.M),
)
_NOW_AND_THEN = (
    re.compile(rf"^(?:Compiler|Parser  ) ?: {_SPAN}\n", re.M),
    re.compile(
        r"^The slowest run took [\d.]+ times longer than the fastest\. "
        r"This could mean that an intermediate result is being cached\.\s*\n",
        re.M,
    ),
)
"""IPython adds these lines where a time is long."""


def without_timings(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without measured times, and those that it had."""
    taken: list[str] = []

    def note(left: Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
        def replaced(match: re.Match[str]) -> str:
            taken.append(match[0])
            return left(match)

        return replaced

    if "per loop" in text or "CPU times" in text or "Wall time" in text:
        for pattern in _LINES:
            text = pattern.sub(note(lambda match: "(time)"), text)
        for pattern in _NOW_AND_THEN:
            text = pattern.sub(note(lambda match: ""), text)
    if "/s" in text or "s/" in text:
        bars = len(taken)
        text = _RATE.sub(note(lambda match: f"[(time){match['more']}]"), text)
        if len(taken) > bars:
            text = _BAR.sub("||", text)
        text = _KERAS.sub(note(lambda match: "(time)"), text)
    return text, tuple(taken)
