"""The command line: `jupyter prodready COMMAND` (docs/cli.md).

Each command is a module with a ``run(arguments) -> int`` that answers exit-code bits. It is
imported when it is asked for, so that `check --format json` starts without the terminal
library and without anything of Jupyter.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module

from ..errors import ProdreadyError
from .arguments import parsed
from .say import COULD_NOT_RUN, complain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; what comes back is the exit code.

    Bits: 1 certain findings (or: differs, fails, refused), 2 could not run.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without ✗ shall not end the run
    if argv is not None:
        return _run(argv)
    # what is imported is no garbage, nor is what is there at the end: looking through it
    # would take a tenth of the time of `check`
    gc.disable()
    code = _run(sys.argv[1:])
    gc.freeze()
    return code


def _run(argv: Sequence[str]) -> int:
    arguments = parsed(argv)
    try:
        command = import_module(f"{__name__}.{arguments.command}")
        gc.freeze()
        gc.unfreeze()  # what was imported counts as old now, without having been looked through
        gc.enable()
        code: int = command.run(arguments)
        sys.stdout.flush()
    except ProdreadyError as error:
        complain(error)
    except BrokenPipeError:
        # the reader (`| head`) has gone: say nothing more, and let the exit code tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        print("\nInterrupted.", file=sys.stderr)
    except Exception:
        # a bug of ours is a traceback, and must not look like exit code 1, "findings"
        import traceback

        traceback.print_exc()
    else:
        return code
    return COULD_NOT_RUN
