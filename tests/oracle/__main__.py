"""`python -m tests.oracle`: thousands of sessions against the truth, as tables.

`--misses FILE` gets the wrong answers; `--figures FILE` gets the tables as a dated page.
"""

from __future__ import annotations

import argparse
import datetime
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from . import misses, tables
from .fork import Zygotes
from .judge import Judged, judge
from .play import session


def main() -> int:
    options = _options()
    started = time.time()
    sessions = list(play(range(options.start, options.start + options.sessions), options))
    rows = [row for one in sessions for row in one.rows]
    text = tables.report(rows)
    counts = misses.dump(sessions, Path(options.misses), options.most)
    print(text, tables.by_origin(rows), *counts.most_common(), sep="\n")
    print(f"{len(sessions)} sessions, {len(rows)} answers, {time.time() - started:.0f} s")
    if options.out:
        Path(options.out).write_text(_page(text, len(sessions), options.seed))
    return 0 if all(bar.holds for bar in tables.bars(rows)) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    parser.add_argument("--sessions", type=int, default=200)
    parser.add_argument("--start", type=int, default=0, help="number of the first session")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out", help="a Markdown page of figures to write")
    parser.add_argument("--misses", default="build/oracle-misses.txt")
    parser.add_argument("--most", type=int, default=12, help="misses of each kind to write")
    return parser.parse_args()


def play(numbers: range, options: argparse.Namespace) -> Iterator[Judged]:
    """Judged sessions, played by several processes."""
    parts = [list(numbers[i :: options.jobs]) for i in range(options.jobs)]
    with ProcessPoolExecutor(options.jobs) as pool:
        for done in pool.map(_play_some, parts, [options.seed] * options.jobs):
            yield from done


def _play_some(numbers: list[int], seed: int) -> list[Judged]:
    done: list[Judged] = []
    with Zygotes() as zygotes:
        for number in numbers:
            done.append(_judged(seed, number, zygotes))
            if len(done) % 50 == 0:
                print(f"{len(done)} of {len(numbers)}", file=sys.stderr)
    return done


def _judged(seed: int, number: int, zygotes: Zygotes) -> Judged:
    try:
        return judge(*session(seed, number, zygotes))
    except Exception as problem:
        problem.add_note(f"session {number} of seed {seed}")
        raise


def _page(text: str, sessions: int, seed: int) -> str:
    today = datetime.date.today().isoformat()
    return (
        f"# What the engine says and what really happens\n\n{today}: {sessions} sessions of seed "
        f"{seed}, each executed, then restarted and run from the top.\n\n{text}\n"
    )


if __name__ == "__main__":
    sys.exit(main())
