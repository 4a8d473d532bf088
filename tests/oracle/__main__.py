"""`python -m tests.oracle`: thousands of sessions against the truth, as tables.

`--misses FILE` gets the wrong answers; `--figures FILE` gets the tables as a dated page.
"""

from __future__ import annotations

import argparse
import datetime
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import genuine, misses, tables
from .fork import Zygotes
from .judge import Judged, judge
from .play import session


def main() -> int:
    options = _options()
    started = time.time()
    numbers = range(options.start, options.start + options.sessions)
    with Zygotes() as zygotes:
        sessions = play(numbers, options.seed, zygotes, options.jobs)
    rows = [row for one in sessions for row in one.rows]
    text = tables.report(rows)
    text += _kernels([one for one in sessions if not one.played.desk.life][: options.kernels])
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
    parser.add_argument("--kernels", type=int, default=0, help="sessions for ipykernel, too")
    parser.add_argument("--out", help="a Markdown page of figures to write")
    parser.add_argument("--misses", default="build/oracle-misses.txt")
    parser.add_argument("--most", type=int, default=12, help="misses of each kind to write")
    return parser.parse_args()


def play(numbers: range, seed: int, zygotes: Zygotes, jobs: int = 2) -> list[Judged]:
    """Judged sessions, several at a time."""
    with ThreadPoolExecutor(jobs) as pool:
        done: list[Judged] = []
        for one in pool.map(lambda number: _judged(seed, number, zygotes), numbers):
            done.append(one)
            if len(done) % 100 == 0:
                print(f"{len(done)} of {len(numbers)}", file=sys.stderr)
        return done


def _judged(seed: int, number: int, zygotes: Zygotes) -> Judged:
    try:
        return judge(*session(seed, number, zygotes))
    except Exception as problem:
        problem.add_note(f"session {number} of seed {seed}")
        raise


def _kernels(sessions: list[Judged]) -> str:
    """How many runs show the same in a genuine kernel as in the forked shells."""
    pairs = [pair for one in sessions for pair in genuine.agreement(one.played)]
    differing = [pair for pair in pairs if not genuine.agree(*pair)]
    for forked, heard in differing[:20]:
        print(f"forked {forked!r}, ipykernel {heard!r}", file=sys.stderr)
    if not pairs:
        return ""
    return (
        f"\n\n{len(sessions)} sessions also ran in ipykernel: {len(pairs) - len(differing)} of "
        f"{len(pairs)} runs showed the same there."
    )


def _page(text: str, sessions: int, seed: int) -> str:
    today = datetime.date.today().isoformat()
    return (
        f"# What the engine says and what really happens\n\n{today}: {sessions} sessions of seed "
        f"{seed}, each executed, then restarted and run from the top.\n\n{text}\n"
    )


if __name__ == "__main__":
    sys.exit(main())
