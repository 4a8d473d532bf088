"""A kernel whose ports another program took is started again; one that cannot start is told."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import psutil
import pytest
from documents import cell, document, result, stdout

from jupyter_prodready.model import VerifyReport
from jupyter_prodready.verify.local import verify_notebook
from jupyter_prodready.verify.starting import STARTS

pytestmark = [pytest.mark.kernel, pytest.mark.slow]

LAUNCH = """
import json, pathlib, runpy, socket, sys
file, starts, taken = sys.argv[-1], pathlib.Path({starts!r}), {taken}
starts.write_text(starts.read_text() + "x")
if len(starts.read_text()) <= taken:
    held = socket.create_server(
        ("127.0.0.1", json.loads(pathlib.Path(file).read_text())["shell_port"])
    )
sys.argv[1:] = ["-f", file, *sys.argv[1:-1]]
runpy.run_module("ipykernel_launcher", run_name="__main__")
"""
"""A kernel of which the ports are taken, as by another program, at its first starts."""


@pytest.fixture
def starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    counted = tmp_path / "starts"
    counted.write_text("")
    return counted


def verified(starts: Path, taken: int) -> VerifyReport:
    spec = starts.parent / "kernels/unlucky"
    spec.mkdir(parents=True)
    (spec / "launch.py").write_text(LAUNCH.format(starts=str(starts), taken=taken))
    argv = [sys.executable, str(spec / "launch.py"), "{connection_file}"]
    kernel = {"argv": argv, "display_name": "Unlucky", "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(kernel))
    page = starts.parent / "n.ipynb"
    page.write_text(json.dumps(document(cell("1 + 1", result("2")), kernel="unlucky")))
    report = verify_notebook(page).report
    assert psutil.Process().children(recursive=True) == []
    return report


def test_ports_that_are_taken_are_others_at_the_next_start(starts: Path):
    report = verified(starts, taken=1)
    assert (report.verdict, starts.read_text()) == ("reproduces", "xx")


def test_a_kernel_that_never_starts_is_told(starts: Path):
    report = verified(starts, taken=99)
    assert starts.read_text() == "x" * STARTS
    assert report.cells[0].verdict == "kernel-died"
    assert report.cells[0].detail.startswith("the kernel died: exit code 1")


ARGUMENTS = """
import argparse, sys
known, rest = argparse.ArgumentParser().parse_known_args()
print(rest[::2], len(rest), len(sys.argv), sys.orig_argv[-2])
"""


def test_what_a_verification_says_to_a_kernel_is_not_among_its_arguments(tmp_path: Path):
    page = tmp_path / "n.ipynb"
    page.write_text(json.dumps(document(cell(ARGUMENTS, stdout("['-f'] 2 3 -f\n")))))
    report = verify_notebook(page).report
    assert [(one.verdict, one.detail) for one in report.cells] == [("identical", "")]
