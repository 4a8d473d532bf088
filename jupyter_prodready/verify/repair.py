"""Search for the smallest change of the page that makes it reproduce, proven by runs.

Of the candidates for the first trouble that a fresh kernel confirms, the one that mends most
is kept, and the search goes on from the page that it gives. A change after which a cell that
was right is not right any more is never kept. At the end every edit is left out that the page
does as well without, so that none of those that are offered is needless.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..fixes import diff, pages
from ..model import Fix, Notebook, NotebookVerdict, Repair, VerifiedCell
from .again import does_more
from .candidates import candidates
from .judge import Judge
from .plan import name_of
from .trouble import Trouble

TRIES = 8
"""Candidates that are run; each costs up to two runs of the page."""

RIGHT = frozenset({"identical", "equivalent"})
_NOT_FAILING = RIGHT | {"changed", "nondeterministic", "skipped"}


@dataclass(frozen=True, eq=False)
class Tried:
    """What fresh kernels made of one page."""

    cells: tuple[VerifiedCell, ...]
    verdict: NotebookVerdict
    trouble: Trouble | None


Try = Callable[[Notebook, Mapping[str, VerifiedCell]], Awaitable["Tried | None"]]
"""Runs a page, given the verdicts so far; None where a cell that was right is not."""

Worth = tuple[int, int, int]
"""Cells that (fail or are blocked, change or vary, vary): the less the better."""


async def find_repair(
    page: Notebook, first: Tried, judge: Judge, attempt: Try
) -> tuple[Repair, Tried] | None:
    """The repair of ``page``, whose verification gave ``first``, and what came of it.

    None where none was found.

    What remains different once no change of the code helps gets the outputs of the clean
    run, unless a cell still fails.
    """
    search = _Search(judge, attempt, page, first)
    while search.tried.trouble is not None and await search.step():
        pass
    while _noise(search.tried) and await search.step():
        pass
    await search.prune()
    repair = search.repair()
    return None if repair is None else (repair, search.tried)


class _Search:
    def __init__(self, judge: Judge, attempt: Try, page: Notebook, first: Tried) -> None:
        self.judge = judge
        self.attempt = attempt
        self.before = self.page = page
        self.tried = first
        self.made: list[Fix] = []
        self.left = TRIES

    async def step(self) -> bool:
        """Keep the best candidate for the first trouble; False where there is none."""
        noise = _noise(self.tried)
        trouble = self.tried.trouble or noise
        if trouble is not None and noise is not None:
            trouble = replace(trouble, varies=True)
        best: tuple[Worth, Fix, Notebook, Tried] | None = None
        for fix in candidates(self.page, self.judge, trouble) if trouble is not None else ():
            if not self.left:
                break
            if does_more(fix):
                continue
            self.left -= 1
            page = pages.edited(self.page, fix.cells)
            tried = await self.attempt(page, {cell.id: cell for cell in self.tried.cells})
            if tried is None or _worth(tried) >= _worth(self.tried):
                continue
            if best is None or _worth(tried) < best[0]:
                best = _worth(tried), fix, page, tried
            if _is_mended(trouble, tried) and _worth(tried)[1] <= _worth(self.tried)[1]:
                break
        if best is None:
            return False
        _, fix, self.page, self.tried = best
        self.made.append(fix)
        return True

    async def prune(self) -> None:
        """Leave out every edit without which the page does as well: later steps may have made
        it needless."""
        kept = list(pages.edits_between(self.before, self.page))
        for edit in list(kept):
            rest = [other for other in kept if other is not edit]
            if not rest:
                return
            page = pages.edited(self.before, rest)
            tried = await self.attempt(page, {cell.id: cell for cell in self.tried.cells})
            if tried is not None and _worth(tried) <= _worth(self.tried):
                kept, self.page, self.tried = rest, page, tried
        touched = {edit.cell_id for edit in kept}
        self.made = [fix for fix in self.made if _touches(fix, touched)]

    def repair(self) -> Repair | None:
        """What was found, with outputs for what is left and steady."""
        worth = _worth(self.tried)
        outputs = _changed(self.tried.cells) if worth[0] == 0 else ()
        if not self.made and not outputs:
            return None
        verdict = self.tried.verdict
        if outputs:
            verdict = "reproduces-but-noise" if worth[2] else "reproduces"
        titles = [fix.title for fix in self.made]
        titles += [_showing(outputs, self.page, also=bool(titles))] if outputs else []
        edits = pages.edits_between(self.before, self.page)
        return Repair(
            title="; ".join(titles),
            proven=True,
            diff=diff.of_pages(self.before, self.page),
            id=pages.change_id("repair", edits, outputs),
            verdict=verdict,
            cells=edits,
            outputs=outputs,
        )


def _touches(fix: Fix, cells: Collection[str]) -> bool:
    return any(edit.cell_id in cells for edit in fix.cells)


def worse(before: Mapping[str, VerifiedCell], after: Iterable[VerifiedCell]) -> bool:
    """Is a cell that was right before not right now?"""
    return any(
        cell.id in before and before[cell.id].verdict in RIGHT and cell.verdict not in RIGHT
        for cell in after
    )


def _worth(tried: Tried) -> Worth:
    verdicts = [cell.verdict for cell in tried.cells]
    failing = sum(verdict not in _NOT_FAILING for verdict in verdicts)
    varying = verdicts.count("nondeterministic")
    return failing, verdicts.count("changed") + varying, varying


def _is_mended(trouble: Trouble | None, tried: Tried) -> bool:
    wanted = trouble.cell_id if trouble is not None else None
    return any(cell.id == wanted and cell.verdict in RIGHT for cell in tried.cells)


def _noise(tried: Tried) -> Trouble | None:
    """The first cell that varies from run to run, where nothing is worse."""
    varying = (cell for cell in tried.cells if cell.verdict == "nondeterministic")
    first = next(varying, None)
    return None if first is None else Trouble(first.id, None, first.detail)


def _changed(cells: Sequence[VerifiedCell]) -> tuple[str, ...]:
    return tuple(cell.id for cell in cells if cell.verdict == "changed")


def _showing(outputs: Sequence[str], page: Notebook, *, also: bool) -> str:
    found = [cell for cell in page.code_cells if cell.id in outputs]
    named = [name_of(cell) for cell in found[:3]]
    more = f" and {len(found) - 3} more" if len(found) > 3 else ""
    where = ", ".join(named) if more else " and ".join(named)
    return f"{'show' if also else 'Show'} what a clean run gives in {where}{more}"
