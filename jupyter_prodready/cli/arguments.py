"""What each command accepts."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, HelpFormatter, Namespace

from .. import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

DESCRIPTION = "Is what the notebook shows what a clean run would show?"
EXIT_CODES = (
    "Exit code: 0 nothing certain, 1 certain findings (differs, fails, refused), "
    "2 could not run (unverified), 3 both."
)


def parsed(argv: Sequence[str]) -> Namespace:
    """The command line as it was meant; ``command`` names the module that runs it.

    Ends the process where it was not understood, and for ``--help`` and ``--version``.
    """
    if argv and argv[0] in COMMANDS:  # the others are not made: that takes as long as a page
        parser = ArgumentParser(prog=f"jupyter prodready {argv[0]}", formatter_class=_Help)
        COMMANDS[argv[0]][0](parser)
        return parser.parse_args(argv[1:], Namespace(command=argv[0]))
    return _every().parse_args(argv)


class _Help(HelpFormatter):
    """As wide as argparse makes it, which imports every compression for that."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


def _columns() -> int:
    """`shutil.get_terminal_size`."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said):
        return int(said)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80  # type: ignore[union-attr]  # None is refused below
    except (AttributeError, ValueError, OSError):
        return 80


def _every() -> ArgumentParser:
    top = ArgumentParser(prog="jupyter prodready", description=DESCRIPTION, epilog=EXIT_CODES)
    top.add_argument("--version", action="version", version=__version__)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (accept, meaning) in COMMANDS.items():
        accept(commands.add_parser(name, help=meaning))
    return top


def _check(parser: ArgumentParser) -> None:
    _paths(parser)
    _history(parser)
    parser.add_argument(
        "--select", metavar="CHECKS", action="append", default=[], help="only these checks"
    )
    parser.add_argument(
        "--ignore", metavar="CHECKS", action="append", default=[], help="not these checks"
    )
    _format(parser, "text", "json", "github")
    _strict(parser, "possible findings count, too")
    _verbose(parser, "show possible findings, and what was suppressed")


def _graph(parser: ArgumentParser) -> None:
    parser.add_argument("notebook", metavar="NOTEBOOK")
    _format(parser, "text", "json", "mermaid")


def _explain(parser: ArgumentParser) -> None:
    parser.add_argument("check", metavar="CHECK", nargs="?", help="its name; none lists all")


def _verify(parser: ArgumentParser) -> None:
    _paths(parser)
    parser.add_argument(
        "--timeout", metavar="SECONDS", type=_seconds, help="for one cell (default: config)"
    )
    parser.add_argument(
        "--notebook-timeout", metavar="SECONDS", type=_seconds, help="for all cells together"
    )
    parser.add_argument(
        "--silence-timeout", metavar="SECONDS", type=_seconds, help="for a cell that shows nothing"
    )
    parser.add_argument(
        "--until", metavar="CELL", help="stop after this cell: an id, [n] or an index"
    )
    parser.add_argument("--only", metavar="CELL", help="run this cell and what it needs")
    parser.add_argument(
        "--skip", metavar="CELLS", action="append", default=[], help="cells not to run again"
    )
    parser.add_argument(
        "--param",
        metavar="K=V",
        action="append",
        default=[],
        help="set it below the cell tagged `parameters`; outputs are not compared",
    )
    times = parser.add_mutually_exclusive_group()
    times.add_argument("--once", action="store_true", help="do not tell noise from change")
    times.add_argument(
        "--twice", action="store_true", help="a second run where the first differs (default)"
    )
    parser.add_argument("--no-repair", action="store_true", help="do not look for a repair")
    parser.add_argument("--fix", action="store_true", help="make the repair, if one is proven")
    parser.add_argument(
        "--jobs", metavar="N", type=_count, default=1, help="notebooks verified at a time"
    )
    _history(parser)
    _format(parser, "text", "json", "github", "junit")
    parser.add_argument("--output", metavar="FILE", help="write the report to this file")
    _strict(parser, "noise counts, too")
    _verbose(parser, "show every cell")


def _extract(parser: ArgumentParser) -> None:
    parser.add_argument("notebook", metavar="NOTEBOOK")
    parser.add_argument(
        "--cells",
        metavar="ID_OR_RANGE",
        help="ids, prompts ([4]) or indices (7), separated by commas; ranges as [4]-[6] or 7-9; "
        "lines of a cell as [4]:2-7, two places of the same code in it as [4]:1-3,[4]:5-7; "
        "without it: list what is worth extracting",
    )
    parser.add_argument(
        "--module", metavar="PATH", help="from the project's root: src/pkg/clean.py"
    )
    parser.add_argument("--name", metavar="NAME", help="of the function")
    parser.add_argument(
        "--split",
        action="store_true",
        help="each section below a heading goes to a module of its own; "
        "--module names their folder then, --cells what may move (default: all)",
    )
    _what_is_written(parser)
    _how_it_is_proven(parser)
    parser.add_argument("--diff", action="store_true", help="show the diff and write nothing")
    _format(parser, "text", "json")


def _what_is_written(parser: ArgumentParser) -> None:
    """Of an extraction."""
    flags = {
        "--no-autoreload": "no lines that load an edited module anew",
        "--no-annotations": "no types in the signature",
        "--no-docstring": "none for the function",
        "--pure": "the function copies the inputs that it changes",
        "--several": "as many functions as the cells need, each up to what is shown",
        "--update": "replace a function of the module that has the name",
        "--install": "install the project, to be edited, in the kernel's environment",
    }
    for flag, words in flags.items():
        parser.add_argument(flag, action="store_true", help=words)
    names = {
        "--constants": "names for literals that move to the module: LIMIT,RATE",
        "--defaults": "names for literals that become keywords with that default",
        "--parameters": "names that functions are given at each call: the page binds them anew",
        "--returns": "names that functions set by `global`: they return them",
    }
    for flag, words in names.items():
        parser.add_argument(flag, metavar="NAMES", type=_names, default=(), help=words)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(",") if (name := part.strip()))


def _how_it_is_proven(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--no-proof", action="store_true", help="do not run the page before and after"
    )
    parser.add_argument(
        "--test", action="store_true", help="write a test with the values of the proof, too"
    )


def _fix(parser: ArgumentParser) -> None:
    parser.add_argument("notebook", metavar="NOTEBOOK")
    parser.add_argument(
        "--check",
        metavar="CHECKS",
        action="append",
        default=[],
        help="findings of these checks, possible ones, too (default: all certain findings)",
    )
    parser.add_argument("--id", metavar="ID", help="this one fix, by its id in `check`'s JSON")
    _history(parser)
    parser.add_argument("--diff", action="store_true", help="show the diff and write nothing")
    _format(parser, "text", "json")


def _undo(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--finish", action="store_true", help="write the rest of one that was interrupted"
    )


def _paths(parser: ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="+",
        help="a notebook (.ipynb, jupytext .py or .md), a folder or a glob",
    )


def _history(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--history", metavar="FILE", help="what the kernel ran, as JSON lines, oldest first"
    )
    parser.add_argument(
        "--existing", metavar="CONNECTION_FILE", help="ask this running kernel what it ran"
    )


def _format(parser: ArgumentParser, *formats: str) -> None:
    parser.add_argument("--format", choices=formats, default=formats[0])


def _strict(parser: ArgumentParser, meaning: str) -> None:
    parser.add_argument("--strict", action="store_true", help=meaning)


def _verbose(parser: ArgumentParser, meaning: str) -> None:
    parser.add_argument("--verbose", "-v", action="store_true", help=meaning)


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < float("inf"):
        raise ValueError(text)
    return seconds


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


COMMANDS = {
    "check": (_check, "analyse notebooks without running them"),
    "graph": (_graph, "show which cell feeds which"),
    "explain": (_explain, "print the page of a check, or list them"),
    "verify": (_verify, "run in a fresh kernel and compare"),
    "extract": (_extract, "move cells into a function of a module, or list which are worth it"),
    "fix": (_fix, "apply fixes to a notebook"),
    "undo": (_undo, "take back the last extraction or fix"),
}
