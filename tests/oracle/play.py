"""Playing a session: drawn by seed, executed, then restarted and run from the top."""

from __future__ import annotations

import random
from dataclasses import dataclass

from . import page as pages
from . import perturb
from .desk import Desk, Played
from .fork import Answer, Zygotes

PROBES = 4
"""Cells of a session that are run once more from its end; each costs a fork."""


@dataclass(frozen=True)
class Truth:
    """What really happens after "restart and run all", and when cells run now."""

    clean: tuple[tuple[Answer | None, ...], ...]
    """For each hash seed, for each cell; None where the run stopped above it."""
    going_on: tuple[Answer, ...]
    """Each cell although cells above it failed; empty where none fails."""
    seed: int
    """The place of the clean run with the session's own hash seed."""

    @property
    def first_failure(self) -> int | None:
        ends = {
            next((i for i, one in enumerate(run) if one and not one["ok"]), None)
            for run in self.clean
        }
        return ends.pop() if len(ends) == 1 else -1

    def steady(self, place: int) -> bool:
        """All clean runs reach the cell and show the same."""
        texts = [one[place]["text"] if one[place] else None for one in self.clean]  # type: ignore[index]
        return texts[0] is not None and len(set(texts)) == 1

    def steady_names(self, place: int, key: str) -> set[str]:
        """Names whose fingerprint before (`read`) or after (`after`) the cell never varies."""
        seen = [one[place][key] for one in self.clean if one[place]]  # type: ignore[index]
        names = set().union(*seen)
        return {name for name in names if len({one.get(name) for one in seen}) == 1}


def session(seed: int, number: int, zygotes: Zygotes) -> tuple[Played, Truth]:
    """Session `number` of a seed, the same at each call."""
    rng = random.Random(f"{seed}/{number}")
    desk = Desk.of(pages.draw(rng), rng)
    perturb.play(desk)
    return execute(desk, zygotes, number)


def execute(desk: Desk, zygotes: Zygotes, number: int = 0) -> tuple[Played, Truth]:
    files = dict(desk.page.files)
    at_start = dict(files)
    results: list[Answer | None] = []
    probes: dict[int, Answer] = {}
    sources = [cell.source for cell in desk.cells]
    probed = desk.rng.sample(range(len(sources)), min(PROBES, len(sources)))
    for life in range(desk.life + 1):
        is_last = life == desk.life
        job = {
            "files": files,
            "groups": desk.job_groups(life),
            "probes": [sources[place] for place in probed] if is_last else [],
            "want_files": not is_last,
        }
        answer = zygotes.play(job, number)
        if answer.get("lost"):
            raise RuntimeError(f"session {number} of page {desk.page.name} was lost")
        results += [one for group in answer["runs"] for one in group]
        probes = dict(zip(probed, answer["probes"], strict=False))
        files = answer.get("files", files)
    return Played(desk, tuple(results), probes), _truth(sources, at_start, zygotes, number)


def _truth(sources: list[str], files: dict[str, str], zygotes: Zygotes, number: int) -> Truth:
    clean = tuple(tuple(answer["runs"][0]) for answer in zygotes.clean(sources, files))
    fails = any(one is None or not one["ok"] for run in clean for one in run)
    going_on = zygotes.clean(sources, files, go_on=True)[0]["runs"][0] if fails else ()
    return Truth(clean, tuple(going_on), number % len(clean))
