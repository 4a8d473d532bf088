"""Repairs of sessions that one trouble broke: searched as `verify` does, proven in forks."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jupyter_prodready.analysis.evidence import from_runs
from jupyter_prodready.checks import analyse
from jupyter_prodready.model import Notebook, Repair, Report, Run, Surroundings, VerifiedCell
from jupyter_prodready.verify.repair import Tried, find_repair, worse
from jupyter_prodready.verify.trouble import Trouble

from .desk import Played
from .fork import Answer, Zygotes
from .judge import surroundings
from .page import Page
from .play import execute
from .troubles import inject

RIGHT = ("identical", "equivalent")


@dataclass(frozen=True)
class Mended:
    """One broken page and what was found for it."""

    trouble: str
    number: int
    story: str
    before: Tried
    after: Tried | None
    repair: Repair | None
    noisy: bool
    spoilt: tuple[str, ...]
    """Cells whose output was that of the page before the trouble and is not any more."""

    @property
    def is_mended(self) -> bool:
        """Does it show again what it showed, but for what varied in it before the trouble?"""
        verdict = None if self.repair is None else self.repair.verdict
        return verdict == "reproduces" or (self.noisy and verdict == "reproduces-but-noise")


@dataclass(frozen=True)
class _Judge:
    played: Played

    @property
    def runs(self) -> tuple[Run, ...]:
        return self.played.runs

    folders: tuple[Path, ...] = ()
    saved: float | None = None

    def around(self, page: Notebook) -> Surroundings | None:
        del page
        return surroundings(self.played)

    def report(self, page: Notebook) -> Report:
        return analyse(page, from_runs(page, self.runs), self.around(page))


def mend(trouble: str, number: int, zygotes: Zygotes) -> Mended | None:
    """Inject, verify, search; None where the trouble has no place or breaks nothing."""
    desk = inject(trouble, number)
    if desk is None:
        return None
    played, _ = execute(desk, zygotes, number)
    if not all(one and one["ok"] for one in played.results[len(desk.page.sources) :]):
        return None  # it raised at once: the person would have seen it
    shown = {cell.id: played.last(cell) for cell in desk.cells}
    files = dict(desk.page.files)
    page = played.notebook

    async def attempt(page: Notebook, before: Mapping[str, VerifiedCell]) -> Tried | None:
        tried = _tried(page, shown, zygotes, files)
        return None if worse(before, tried.cells) else tried

    first = _tried(page, shown, zygotes, files)
    noisy = _is_noisy(desk.page, zygotes)
    if first.verdict == "reproduces" or (noisy and first.verdict == "reproduces-but-noise"):
        return None
    found = asyncio.run(find_repair(page, first, _Judge(played), attempt))
    repair, after = found if found is not None else (None, None)
    spoilt = () if repair is None else _spoilt(played, repair, after, zygotes)
    return Mended(trouble, number, " | ".join(desk.story), first, after, repair, noisy, spoilt)


def _tried(
    page: Notebook, shown: Mapping[str, Answer | None], zygotes: Zygotes, files: dict[str, str]
) -> Tried:
    """The verdicts on a page by two clean runs with different hash seeds."""
    runs = [
        answer["runs"][0]
        for answer in zygotes.going_on([cell.source for cell in page.code_cells], files)
    ]
    cells = []
    for place, cell in enumerate(page.code_cells):
        verdict = _verdict([run[place] for run in runs], shown.get(cell.id))
        cells.append(VerifiedCell(cell.id, cell.index, verdict))
    failing = next((one for one in cells if one.verdict == "error"), None)
    changed = next((one for one in cells if one.verdict == "changed"), None)
    trouble = None
    if failing is not None:
        answer = runs[0][failing.index]
        trouble = Trouble(failing.id, answer["error"], answer["text"].splitlines()[-1])
    elif changed is not None:
        trouble = Trouble(changed.id)
    noisy = any(one.verdict == "nondeterministic" for one in cells)
    verdict = "fails" if failing else "differs" if changed else None
    return Tried(
        tuple(cells), verdict or ("reproduces-but-noise" if noisy else "reproduces"), trouble
    )


def _verdict(clean: list[Answer], shown: Answer | None) -> str:
    if not all(one["ok"] for one in clean):
        both = shown is not None and not shown["ok"] and clean[0]["text"] == shown["text"]
        return "identical" if both else "error"
    if shown is None:
        return "equivalent"
    if all(one["text"] == shown["text"] for one in clean):
        return "identical"
    return "changed" if len({one["text"] for one in clean}) == 1 else "nondeterministic"


def _is_noisy(page: Page, zygotes: Zygotes) -> bool:
    one, other = zygotes.going_on(list(page.sources), dict(page.files))
    texts = ([run["text"] for run in answer["runs"][0]] for answer in (one, other))
    return next(texts) != next(texts)


def _spoilt(
    played: Played, repair: Repair, after: Tried | None, zygotes: Zygotes
) -> tuple[str, ...]:
    """Right is what the page gave before the trouble: its first run of all cells."""
    first = {
        sent.cell_id: result
        for sent, result in zip(reversed(played.desk.sent), reversed(played.results), strict=True)
    }
    spoilt = []
    for cell in played.desk.cells:
        was, last = first.get(cell.id), played.last(cell)
        right = was and last and was["text"] == last["text"]
        if right and cell.id in repair.outputs:
            spoilt.append(cell.id)
    return tuple(spoilt)
