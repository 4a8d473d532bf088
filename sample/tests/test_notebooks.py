"""The notebook runs in a fresh kernel and shows what it showed when it was saved."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[1]


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], cwd=PROJECT, capture_output=True, text=True, check=False
    )


def test_sample_reproduces() -> None:
    run("make_data.py").check_returncode()
    verified = run("-m", "jupyter_prodready", "verify", "notebooks/sample.ipynb")
    assert verified.returncode == 0, verified.stdout + verified.stderr
