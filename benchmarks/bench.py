"""How long an analysis and a start take, as ratios of one run: `make bench`.

Each row says what was measured, its bar and whether that is met; the exit code is 1 where one
is not. What is compared is measured in turns, and the medians of the rounds are compared:
machines are noisy, ratios of one run less so. ``--profile`` shows where a cold analysis of
1,000 cells spends its time.
"""

from __future__ import annotations

import argparse
import ast
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import extracting
import startup
import state
import verifying
from pages import edited, page, runs_of

from jupyter_prodready import checks, formats
from jupyter_prodready.analysis.engine import forget_all
from jupyter_prodready.analysis.evidence import from_saved, from_session
from jupyter_prodready.model import Notebook, Run

SAMPLE = Path(__file__).parents[1] / "sample" / "notebooks" / "sample.ipynb"
ROUNDS = {10: 15, 100: 9, 1000: 5, 5000: 3}
COLD = 6.0
"""A cold analysis takes at most this many times `ast.parse` of the same cells."""
EDIT = 0.10
"""After one edit: this part of a cold analysis, at 1,000 cells."""
GROWTH = 6.0
"""5,000 cells take at most this many times 1,000."""
Times = dict[tuple[int, str], list[float]]


@dataclass(frozen=True)
class Row:
    """``bar`` None: told for its own sake."""

    what: str
    measured: str
    ratio: float
    bar: float | None = None

    @property
    def failed(self) -> bool:
        return self.bar is not None and self.ratio > self.bar

    def __str__(self) -> str:
        bar = "" if self.bar is None else f"at most {self.bar:g}"
        verdict = "" if self.bar is None else "FAILS" if self.failed else "holds"
        return f"{self.what:<44} {self.measured:>22} {self.ratio:>8.2f}  {bar:<12} {verdict}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(ROUNDS))
    parser.add_argument("--profile", action="store_true", help="of a cold analysis, then stop")
    given = parser.parse_args()
    warm_up()
    if given.profile:
        profile(1000)
        return 0
    print(f"Python {sys.version.split()[0]}, medians of rounds in turns\n")
    print(f"{'':<44} {'milliseconds':>22} {'ratio':>8}  {'bar':<12}")
    failed = False
    for row in rows(given.sizes):
        print(row, flush=True)
        failed |= row.failed
    return int(failed)


def rows(sizes: list[int]) -> Iterator[Row]:
    times: Times = defaultdict(list)
    for size in sizes:
        for number in range(ROUNDS.get(size, 3)):
            measure(size, number, times)
        yield from of_size(size, {what: median(times, size, what) for what in WORK})
    if 1000 in sizes:
        yield of_one_section(1000)
    if {1000, 5000} <= set(sizes):
        yield of_growth(1000, 5000)
    yield from of_sample()
    both = (*extracting.measured(), *verifying.measured(), *state.measured())
    for what, ours, theirs, limit in both:
        yield Row(what, f"{ours:.0f} : {theirs:.0f}", ours / theirs, limit)
    for what, bar, taken, bare in startup.measured():
        yield Row(
            f"{what} : python -c '{startup.BARE}'", f"{taken:.0f} : {bare:.0f}", taken / bare, bar
        )


WORK = ("parse", "cold", "edit", "run")


def measure(size: int, number: int, times: Times) -> None:
    """One round: parsing alone, cold, after an edit in the last nine tenths, after a run more."""
    notebook = page(size)
    runs = runs_of(notebook)
    place = size // 10 + (number * 7919 + 1) % (size - size // 10)
    changed = edited(notebook, place, number + 2)
    again = (*runs, replace(runs[place], execution_count=size + 1))
    forget_all()
    times[size, "parse"].append(milliseconds(lambda: parse(notebook)))
    times[size, "cold"].append(milliseconds(lambda: analyse(notebook, runs)))
    times[size, "edit"].append(milliseconds(lambda: analyse(changed, runs)))
    analyse(notebook, runs)
    times[size, "run"].append(milliseconds(lambda: analyse(notebook, again)))


def of_size(size: int, taken: dict[str, float]) -> Iterator[Row]:
    parsing, cold = taken["parse"], taken["cold"]
    name = f"{size:,} cells"
    yield Row(f"{name}, cold : ast.parse", f"{cold:.1f} : {parsing:.1f}", cold / parsing, COLD)
    for what, words, bar in (("edit", "one edit", EDIT), ("run", "one run more", None)):
        yield Row(
            f"{name}, {words} : cold",
            f"{taken[what]:.1f} : {cold:.1f}",
            taken[what] / cold,
            bar if size == 1000 else None,
        )


def of_growth(few: int, many: int) -> Row:
    """Measured in turns: a machine that is slower for a minute is so for both."""
    pages = [(page(size), runs_of(page(size))) for size in (few, many)]
    taken: list[list[float]] = [[], []]
    for _ in range(3):
        for (notebook, runs), found in zip(pages, taken, strict=True):
            forget_all()
            found.append(milliseconds(lambda page=notebook, ran=runs: analyse(page, ran)))
    small, large = map(statistics.median, taken)
    what = f"{many:,} cells cold : {few:,}, in turns"
    return Row(what, f"{large:.0f} : {small:.0f}", large / small, GROWTH)


def of_one_section(size: int) -> Row:
    """An edit where every cell hangs on all cells above it: nothing can be cut off."""
    notebook = page(size, section=size)
    runs = runs_of(notebook)
    cold, edit = [], []
    for number in range(3):
        changed = edited(notebook, size // 2 + number, number + 2)
        forget_all()
        cold.append(milliseconds(lambda: analyse(notebook, runs)))
        edit.append(milliseconds(lambda page=changed: analyse(page, runs)))
    one, whole = statistics.median(edit), statistics.median(cold)
    return Row(
        f"{size:,} cells in one section, edit : cold", f"{one:.1f} : {whole:.1f}", one / whole
    )


def of_sample() -> Iterator[Row]:
    sample = formats.read(SAMPLE)
    parsing, cold = [], []
    for _ in range(25):
        forget_all()
        parsing.append(milliseconds(lambda: parse(sample)))
        cold.append(milliseconds(lambda: checks.analyse(sample, from_saved(sample))))
    taken, bare = statistics.median(cold), statistics.median(parsing)
    yield Row("sample.ipynb, cold : ast.parse", f"{taken:.1f} : {bare:.1f}", taken / bare, COLD)


def warm_up() -> None:
    """Checks and tables are loaded once in a process, not once in an analysis."""
    notebook = page(30)
    for _ in range(2):
        forget_all()
        parse(notebook)
        analyse(notebook, runs_of(notebook))


def profile(size: int) -> None:
    import cProfile
    import pstats

    notebook = page(size)
    runs = runs_of(notebook)
    forget_all()
    with cProfile.Profile() as taken:
        analyse(notebook, runs)
    pstats.Stats(taken).sort_stats("tottime").print_stats(25)


def parse(notebook: Notebook) -> None:
    for cell in notebook.code_cells:
        ast.parse(cell.source)


def analyse(notebook: Notebook, runs: tuple[Run, ...]) -> object:
    return checks.analyse(notebook, from_session(notebook, runs, None))


def milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def median(times: Times, size: int, what: str) -> float:
    return statistics.median(times[size, what])


if __name__ == "__main__":
    sys.exit(main())
