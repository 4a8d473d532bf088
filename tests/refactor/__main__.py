"""`python -m refactor`, in `tests/`: every cell of every notebook, extracted and run.

`--out FILE` writes the counts as a dated page. Ends with 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import datetime
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from oracle.fork import Zygote
from oracle.page import hand_written

from jupyter_prodready.model import Extraction

from .realistic import NAMES, Original, Tried, of_oracle, try_all, try_cells, try_split, written

MOST_REFUSED = 0.12


@dataclass(frozen=True)
class Counted:
    """What came of one page: each cell by itself, and all in turn."""

    name: str
    single: tuple[Tried, ...]
    pairs: tuple[Tried, ...]
    in_turn: tuple[Tried, ...]
    differs: tuple[str, ...]
    split: Extraction
    split_differs: tuple[str, ...]

    def count(self, how: str, *, in_turn: bool = False) -> int:
        return sum(one.how == how for one in (self.in_turn if in_turn else self.single))

    @property
    def wrong(self) -> list[str]:
        """Silent differences, one line each."""
        alone = [str(one) for one in (*self.single, *self.pairs) if one.how == "differs"]
        turn = (f"{self.name}, all cells in turn: {found}" for found in self.differs)
        split = (f"{self.name}, split at its headings: {found}" for found in self.split_differs)
        return [*alone, *turn, *split]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m refactor", description=__doc__)
    parser.add_argument("--out", help="a Markdown page of counts to write")
    parser.add_argument("--only", nargs="+", help="names of notebooks")
    options = parser.parse_args()
    started, zygote = time.time(), Zygote(0)
    ours = [_counted(written(name, zygote)) for name in NAMES if name in (options.only or NAMES)]
    others = [] if options.only else [_counted(of_oracle(p, zygote)) for p in hand_written()]
    zygote.end()
    text = _page(ours, others)
    print(text, f"{time.time() - started:.0f} s", sep="\n")
    if options.out:
        Path(options.out).write_text(text)
    return int(any(one.wrong for one in (*ours, *others)) or _refused(ours) > MOST_REFUSED)


def _counted(original: Original) -> Counted:
    single = tuple(try_cells(original, cell) for cell in original.page.code_cells)
    pairs = tuple(try_cells(original, *two) for two in pairwise(original.page.code_cells))
    in_turn, differs = try_all(original)
    found = Counted(original.name, single, pairs, tuple(in_turn), differs, *try_split(original))
    print(found.name, *(one for one in single if one.how != "kept"), sep="\n  ", file=sys.stderr)
    print(*found.differs, *found.split_differs, sep="\n  ", file=sys.stderr)
    return found


def _refused(counted: Sequence[Counted]) -> float:
    cells = sum(len(one.single) for one in counted)
    return sum(one.count("refused") for one in counted) / max(1, cells)


# --- the page -------------------------------------------------------------------------


def _page(ours: Sequence[Counted], others: Sequence[Counted]) -> str:
    today = datetime.date.today().isoformat()
    head = (
        f"# Extraction, measured\n\n{today}, by `make acceptance`. Each code cell is extracted by "
        "itself from the notebook as it was\nwritten, then all of them in turn, each from what "
        "the one before left; then it is "
        "split at its headings.\nA page runs before and after in fresh IPython shells: what it "
        "shows, pictures included, and\nwhat its names hold at the end must be the same.\n"
    )
    parts = [
        head,
        "## Notebooks written for this (`tests/refactor/notebooks`)\n",
        _table(ours),
        f"Refused: {_refused(ours):.1%} of the cells; the bar is {MOST_REFUSED:.0%}.\n",
        _pairs(ours),
        _reasons(ours),
    ]
    if others:
        parts += [
            "## Pages made to be difficult (`tests/oracle/pages`)\n",
            _table(others),
            "Refused: "
            f"{_refused(others):.1%} of the cells; most of these pages show what hides state.\n",
            _pairs(others),
            _reasons(others),
        ]
    wrong = [line for one in (*ours, *others) for line in one.wrong]
    return "\n".join([*parts, f"Silent differences: {len(wrong)}.", *wrong, ""])


def _pairs(counted: Sequence[Counted]) -> str:
    how = Counter(pair.how for one in counted for pair in one.pairs)
    told = ", ".join(f"{how[word]} {word}" for word in ("kept", "refused", "differs"))
    return f"Each two neighbouring cells as one function: {told}.\n"


def _table(counted: Sequence[Counted]) -> str:
    rows = [
        "| notebook | cells | kept | refused | differ | in turn: kept | refused | differs | split: functions | differs |"
    ]
    rows.append("|---|---|---|---|---|---|---|---|---|---|")
    for one in counted:
        alone = [one.count(how) for how in ("kept", "refused", "differs")]
        turn = [one.count("kept", in_turn=True), one.count("refused", in_turn=True)]
        cells = [one.name, len(one.single), *alone, *turn, "yes" if one.differs else "no"]
        cells += [len(one.split.steps), "yes" if one.split_differs else "no"]
        rows.append(f"| {' | '.join(map(str, cells))} |")
    total = [len([t for one in counted for t in one.single])]
    total += [sum(one.count(how) for one in counted) for how in ("kept", "refused", "differs")]
    total += [sum(one.count(h, in_turn=True) for one in counted) for h in ("kept", "refused")]
    total.append(sum(bool(one.differs) for one in counted))
    total.append(sum(len(one.split.steps) for one in counted))
    total.append(sum(bool(one.split_differs) for one in counted))
    return "\n".join([*rows, f"| all | {' | '.join(map(str, total))} |\n"])


def _reasons(counted: Sequence[Counted]) -> str:
    """How often each reason was given first, names taken out of it."""
    tried = [one for page in counted for one in page.single if one.how == "refused"]
    reasons = Counter(_without_names(one.detail[0]) for one in tried)
    rows = [f"| {count} | {reason} |" for reason, count in reasons.most_common()]
    return "\n".join(["| cells | first reason |", "|---|---|", *rows, ""])


def _without_names(message: str) -> str:
    text = re.sub(r"`[^`]*`(, `[^`]*`)*", "`…`", message)
    return re.sub(r"\b(cell|[Ll]ine) \d+", r"\1 …", text)


if __name__ == "__main__":
    sys.exit(main())
