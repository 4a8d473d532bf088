from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """``cli("check", "n.ipynb")`` in the test's own folder, in this process: it is ten times
    as fast as `process`, which the tests of start-up, streams and kernels use."""
    from jupyter_prodready.cli import main

    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        capsys.readouterr()
        try:
            code = main(arguments)
        except SystemExit as end:  # argparse
            code = int(end.code or 0)
        said = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, said.out, said.err)

    return call


@pytest.fixture
def process(tmp_path: Path) -> Cli:
    """The same as a person calls it: a process of its own, without a terminal."""

    def call(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "jupyter_prodready", *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=100,
        )

    return call


@pytest.fixture
def save(tmp_path: Path) -> Callable[..., Path]:
    """``save("n.ipynb", "x = 1", (3, "x"))``: code cells, with a count where one is given."""

    def write(name: str, *cells: str | tuple[int, str], **metadata: Any) -> Path:
        document = {
            "cells": [_cell(f"c{index}", cell) for index, cell in enumerate(cells)],
            "metadata": metadata,
            "nbformat": 4,
            "nbformat_minor": 5,
        }
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(document), encoding="utf-8")
        return file

    return write


def _cell(cell_id: str, cell: str | tuple[int, str]) -> dict[str, Any]:
    count, source = (None, cell) if isinstance(cell, str) else cell
    return {
        "cell_type": "code",
        "id": cell_id,
        "source": source,
        "metadata": {},
        "outputs": [],
        "execution_count": count,
    }
