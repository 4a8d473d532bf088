"""How `check` starts: what it does not import, and how long it takes against Python alone."""

from __future__ import annotations

import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Save = Callable[..., Path]
STARTUP = Path(__file__).parents[2] / "benchmarks" / "startup.py"
MARGIN = 1.4
"""A busy machine may add this; importing rich or Jupyter doubles the time and more."""
LEAN = """
import sys
from jupyter_prodready.cli import main
code = main(["check", "--format", sys.argv[1], "n.ipynb"])
heavy = ("nbformat", "jupytext", "yaml", "tornado", "jupyter_server", "jupyter_client", "zmq",
         "jupyter_core", "IPython", "traitlets", "rich", "libcst", "asyncio", "logging",
         "importlib.metadata", "traceback", "shutil")
print([name for name in heavy if name in sys.modules], code, file=sys.stderr)
"""


@pytest.mark.parametrize("form", ["json", "text", "github"])
def test_start_up_is_lean(save: Save, tmp_path: Path, form: str) -> None:
    save("n.ipynb", (1, "x = 1"), (2, "x"))
    done = subprocess.run(
        [sys.executable, "-c", LEAN, form], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stderr.splitlines()[-1] == "[] 0"


@pytest.mark.timing
@pytest.mark.slow
def test_start_up_is_a_few_times_that_of_python() -> None:
    measured = list(runpy.run_path(str(STARTUP))["measured"](9, of_processor=True))
    assert [name for name, *_ in measured] == ["check --format json", "check"]
    for name, bar, taken, bare in measured:
        assert taken <= MARGIN * bar * bare, (
            f"{name}: {taken:.0f} ms, {taken / bare:.1f} times Python's {bare:.0f}"
        )
