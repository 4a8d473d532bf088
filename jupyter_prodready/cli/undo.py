"""`undo`: take back the last extraction or fix of the project around this folder."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from ..actions import finish, undo_last


def run(arguments: Namespace) -> int:
    done = finish(Path.cwd()) if arguments.finish else undo_last(Path.cwd())
    what = f"the {'interrupted' if done.interrupted else 'last'} {done.what}"
    verb = "Finished" if arguments.finish else "Took back"
    print(f"{verb} {what} from {done.notebook}.")
    for file in done.files:
        print(f"  {file}")
    if done.stays:
        print(done.stays)
    return 0
