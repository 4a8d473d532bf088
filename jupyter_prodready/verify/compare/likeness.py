"""What a comparison found: the same, the same but for something, or the first difference."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SHORT = 60


@dataclass(frozen=True)
class Likeness:
    """``reasons`` name what was not counted; ``difference`` is None where nothing differs.

    A difference reads on from *the cell*: "shows '4', the page '3'".
    """

    reasons: tuple[str, ...] = ()
    difference: str | None = None


SAME = Likeness()


def but_for(*reasons: str) -> Likeness:
    return Likeness(tuple(dict.fromkeys(reasons)))


def differs(difference: str) -> Likeness:
    return Likeness((), difference)


def differs_in(shown: object, fresh: object, place: str = "") -> Likeness:
    """The page shows one thing and the fresh run another, at ``place`` of the output."""
    where = f" ({place})" if place else ""
    if isinstance(shown, str) and isinstance(fresh, str):
        shown, fresh = _around_difference(shown, fresh)
    return differs(f"shows {short(repr(fresh))}, the page {short(repr(shown))}{where}")


def _around_difference(one: str, other: str) -> tuple[str, str]:
    """Both texts, cut to where they differ if they are long."""
    if max(len(one), len(other)) <= SHORT:
        return one, other
    start = next(
        (i for i, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
        min(len(one), len(other)),
    )
    start = max(0, start - SHORT // 3)
    cut = [("…" if start else "") + text[start:] for text in (one, other)]
    ours, theirs = (text if len(text) <= SHORT else text[: SHORT - 1] + "…" for text in cut)
    return ours, theirs


def all_of(parts: Iterable[Likeness]) -> Likeness:
    """The first difference, else all reasons. Stops asking at a difference."""
    reasons: list[str] = []
    for part in parts:
        if part.difference is not None:
            return part
        reasons += part.reasons
    return but_for(*reasons)


def short(text: str, width: int = SHORT + 2) -> str:
    return text if len(text) <= width else text[: width - 2] + "…" + text[-1]
