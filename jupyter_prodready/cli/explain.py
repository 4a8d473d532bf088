"""`explain`: the page of one check, or the list of all."""

from __future__ import annotations

from argparse import Namespace

from .. import checks


def run(arguments: Namespace) -> int:
    from ..render import text

    if arguments.check:
        text.page(checks.page(arguments.check))
    else:
        text.checks(checks.load())
    return 0
