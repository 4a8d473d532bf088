"""`python -m tests.oracle`: thousands of sessions against the truth, as tables.

`--misses FILE` gets the wrong answers; `--out FILE` gets the tables as a dated page. `--keep FILE`
keeps what was played: with the file there, the engine of today judges the same sessions again
without a shell, a thousand in half a minute.
"""

from __future__ import annotations

import argparse
import datetime
import pickle
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import genuine, misses, tables
from .desk import Played
from .fork import Zygotes
from .judge import Judged, judge
from .page import hand_written
from .play import Truth, session


def main() -> int:
    options = _options()
    started = time.time()
    numbers = range(options.start, options.start + options.sessions)
    sessions = (
        kept(Path(options.keep), numbers, options) if options.keep else fresh(numbers, options)
    )
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
    parser.add_argument("--keep", help="a file for what was played, or with what was")
    parser.add_argument("--out", help="a Markdown page of figures to write")
    parser.add_argument("--misses", default="build/oracle-misses.txt")
    parser.add_argument("--most", type=int, default=12, help="misses of each kind to write")
    return parser.parse_args()


def fresh(numbers: range, options: argparse.Namespace) -> list[Judged]:
    with Zygotes() as zygotes:
        return play(numbers, options.seed, zygotes, options.jobs)


def kept(path: Path, numbers: range, options: argparse.Namespace) -> list[Judged]:
    """Judged sessions of the file, which is ours; it is written first where there is none."""
    if not path.exists():
        with Zygotes() as zygotes:
            found = list(played(numbers, options.seed, zygotes, options.jobs))
        path.write_bytes(pickle.dumps(((options.seed, numbers), found)))
        return [judge(*one) for one in found]
    of, found = pickle.loads(path.read_bytes())
    if of != (options.seed, numbers):
        raise SystemExit(
            f"{path} has sessions {of[1]} of seed {of[0]}: say these, or another file."
        )
    return [judge(*one) for one in found]


def play(numbers: range, seed: int, zygotes: Zygotes, jobs: int = 2) -> list[Judged]:
    """Judged sessions, several played at a time."""
    return [judge(*one) for one in played(numbers, seed, zygotes, jobs)]


def played(
    numbers: range, seed: int, zygotes: Zygotes, jobs: int
) -> Iterator[tuple[Played, Truth]]:
    with ThreadPoolExecutor(jobs) as pool:
        for done, one in enumerate(
            pool.map(lambda number: _played(seed, number, zygotes), numbers)
        ):
            if done and done % 100 == 0:
                print(f"{done} of {len(numbers)}", file=sys.stderr)
            yield one


def _played(seed: int, number: int, zygotes: Zygotes) -> tuple[Played, Truth]:
    try:
        return session(seed, number, zygotes)
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
        f"# What the engine says and what really happens\n\n{today}: {sessions:,} sessions of seed "
        f"{seed}, each executed, then restarted and run from the top, over {len(hand_written())} "
        f"hand-written pages and pages\ncomposed of templates.\n\n{text}\n"
    )


if __name__ == "__main__":
    sys.exit(main())
