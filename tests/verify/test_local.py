"""Real notebooks in real kernels, as the command line runs them."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import IPython
import psutil
import pytest
from documents import cell, document, result, stdout

from jupyter_prodready.errors import MissingError
from jupyter_prodready.model import VerifyReport
from jupyter_prodready.verify.imported import Kept
from jupyter_prodready.verify.local import verify_notebook
from jupyter_prodready.verify.run import UNREADABLE, Limits
from jupyter_prodready.verify.verification import TOO_LONG, Options

pytestmark = [pytest.mark.kernel, pytest.mark.slow]


def verified(folder: Path, *cells: Any, **options: Any) -> VerifyReport:
    path = folder / "n.ipynb"
    path.write_text(json.dumps(document(*cells)))
    before = path.read_bytes()
    report = verify_notebook(path, **options).report
    assert path.read_bytes() == before
    assert psutil.Process().children(recursive=True) == []
    return report


def verdicts(report: VerifyReport) -> list[str]:
    return [one.verdict for one in report.cells]


CELLS: list[tuple[dict[str, Any], str, str | None]] = [
    (cell("# Title\nx = 1\nprint(x)", stdout("1\n")), "identical", None),
    (cell("object()", result("<object at 0x7f0000aaaa>")), "equivalent", None),
    (
        cell("import random\nrandom.random()", result("0.5")),
        "nondeterministic",
        "two clean runs differ: randomness without a seed",
    ),
    (cell("x + 1", result("3")), "changed", "shows '2', the page '3'"),
    (
        cell("missing + x", result("9")),
        "error",
        "NameError: name 'missing' is not defined",
    ),
    (cell("y = missing2"), "error", None),
    (cell("z = y", result("1")), "blocked", "blocked by [6]"),
    (cell("'free'", result("'free'")), "identical", None),
    (cell("1 / 0", tags=("skip-execution",)), "skipped", "tagged skip-execution"),
    (cell("1 / 0", tags=("raises-exception",)), "changed", None),
    (
        cell("import time\ntime.time()", result("1"), tags=("nbval-ignore-output",)),
        "equivalent",
        "not compared: tagged nbval-ignore-output",
    ),
    (cell("'new'", count=None), "equivalent", "never run: nothing to compare with"),
]


def test_each_cell_has_its_verdict(tmp_path: Path):
    seen = []
    report = verified(tmp_path, *[one for one, _, _ in CELLS], on_progress=seen.append)
    assert verdicts(report) == [verdict for _, verdict, _ in CELLS]
    details = [one.detail for one in report.cells]
    assert details == [
        said if detail is None else detail
        for said, (_, _, detail) in zip(details, CELLS, strict=True)
    ]
    assert report.verdict == "fails"
    assert report.message.startswith("[5] fails in a clean kernel: ")
    assert "`missing`" in report.message
    assert report.cause is not None
    assert (report.cause.cell_id, report.cause.line) == ("c4", 1)
    assert (seen[0].done, seen[0].total, seen[0].running) == (0, 12, "c0")
    assert (seen[-1].done, seen[-1].running) == (12, None)


@pytest.mark.parametrize(
    ("source", "verdict", "detail", "check", "line"),
    [
        (
            "import nope_nope.sub",
            "error",
            "ModuleNotFoundError: No module named 'nope_nope'",
            "module-not-found",
            1,
        ),
        (
            "a = 1\nopen('nope.csv')",
            "error",
            "FileNotFoundError: [Errno 2] No such file or directory: 'nope.csv'",
            "missing-file",
            2,
        ),
        ("\n1 / 0", "error", "ZeroDivisionError: division by zero", "ZeroDivisionError", 2),
        (
            "import sys\nsys.exit(3)",
            "error",
            "SystemExit: 3 (sys.exit ends a run here)",
            "SystemExit",
            None,
        ),
        ("input('name? ')", "needs-input", "asks for input: name?", "needs-input", None),
        (
            "from getpass import getpass\ngetpass('key')",
            "needs-input",
            "asks for input: key",
            "needs-input",
            None,
        ),
        (
            "try:\n    input()\nexcept Exception:\n    pass",
            "needs-input",
            "asks for input",
            "needs-input",
            None,
        ),
    ],
)
def test_causes_that_are_not_hidden_state(
    tmp_path: Path, source: str, verdict: str, detail: str, check: str, line: int | None
):
    report = verified(tmp_path, cell(source), cell("2", result("2")))
    assert [(one.verdict, one.detail) for one in report.cells] == [
        (verdict, detail),
        ("identical", ""),
    ]
    assert report.verdict == "fails"
    assert report.cause is not None
    assert (report.cause.check, report.cause.cell_id, report.cause.line) == (check, "c0", line)


def test_a_kernel_that_cannot_be_read_any_more(tmp_path: Path):
    cells = cell("import json\njson.dumps = lambda *a, **k: 'broken'"), cell("1", result("1"))
    report = verified(tmp_path, *cells)
    assert verdicts(report) == ["kernel-died", "blocked"]
    assert report.cells[0].detail == UNREADABLE
    assert report.cause is not None
    assert report.cause.cell_id == "c0"


def test_a_kernel_that_dies(tmp_path: Path):
    started = time.monotonic()
    report = verified(tmp_path, cell("import os, signal\nos.kill(os.getpid(), 9)"), cell("1"))
    assert time.monotonic() - started < 20
    assert verdicts(report) == ["kernel-died", "blocked"]
    assert "killed by SIGKILL (by its own code, by another program, or" in report.cells[0].detail
    assert report.cause is not None
    assert (report.cause.check, "memory runs out" in report.message) == ("kernel-died", False)
    found = re.search(r"it was seen to use up to (\d+) MiB", report.cells[0].detail)
    assert found is not None
    assert int(found[1]) > 25


def test_a_cell_that_cannot_be_interrupted(tmp_path: Path):
    stubborn = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
    report = verified(tmp_path, cell(stubborn), cell("1", result("1")), options=Options(Limits(1)))
    assert verdicts(report) == ["timeout", "blocked"]
    assert report.message == "[1] fails in a clean kernel: took longer than 1 s"


def test_until_and_skip(tmp_path: Path):
    cells = (cell("a = 1"), cell("b = 2"), cell("a + 1", result("2")), cell("1 / 0"))
    report = verified(tmp_path, *cells, until="c2", skip=("c1",))
    assert verdicts(report) == ["identical", "skipped", "identical", "skipped"]
    assert report.message == "Runs from a clean start and shows the same (2 cells were not run)"
    report = verified(tmp_path, *cells, until="c2", skip=("c0",))
    assert verdicts(report) == ["skipped", "identical", "blocked", "skipped"]
    assert report.cells[2].detail == "blocked by [1], which was not run"
    with pytest.raises(MissingError):
        verified(tmp_path, *cells, until="c9")


def test_nothing_to_compare(tmp_path: Path):
    report = verified(tmp_path, cell("1", count=None), cell("print(2)", count=None))
    assert report.verdict == "reproduces"
    assert report.message == "Runs from a clean start; there is nothing to compare"


def test_noise_alone(tmp_path: Path):
    report = verified(tmp_path, cell("import uuid\nprint(uuid.uuid4())", stdout("a\n")))
    assert report.verdict == "reproduces-but-noise"
    assert report.message == "Runs from a clean start; [1] varies from run to run"
    noise = cell("import uuid\nprint(uuid.uuid4())", stdout("a\n"))
    report = verified(tmp_path, noise, noise)
    assert report.message == "Runs from a clean start; [1], [2] vary from run to run"
    report = verified(
        tmp_path,
        cell("import uuid\nprint(uuid.uuid4())", stdout("a\n")),
        options=Options(twice=False),
    )
    assert report.verdict == "differs"


def test_displays_as_a_front_end_shows_them(tmp_path: Path):
    display = {"output_type": "display_data", "data": {"text/plain": "'b'"}, "metadata": {}}
    report = verified(
        tmp_path,
        cell("from IPython.display import display, clear_output"),
        cell("handle = display('a', display_id=True)", display),
        cell("handle.update('b')"),
        cell("print(1)\nclear_output()\nprint(2)", stdout("2\n")),
        cell("print(1)\nclear_output(wait=True)\nprint(2)", stdout("2\n")),
    )
    assert verdicts(report) == ["identical"] * 5
    assert Kept().of(tmp_path / "n.ipynb") == {"IPython": IPython.__version__}


def test_a_long_output_is_bounded_and_still_compared(tmp_path: Path):
    line = "x" * 199 + "\n"
    source = "for _ in range(20_000):\n    print('x' * 199)"
    report = verified(tmp_path, cell(source, stdout(line * 20_000)))
    assert verdicts(report) == ["identical"]
    report = verified(tmp_path, cell(source, stdout(line * 19_999 + "y" * 199 + "\n")))
    assert verdicts(report) == ["changed"]
    assert (report.repairs, report.repairs_skipped) == ((), TOO_LONG)
    half = stdout(line * 10_000)
    assert verdicts(verified(tmp_path, cell(source, half, half))) == ["identical"]


def test_a_kernel_that_is_not_installed(tmp_path: Path):
    path = tmp_path / "n.ipynb"
    path.write_text(json.dumps(document(cell("1"), kernel="nope")))
    report = verify_notebook(path).report
    assert (report.verdict, report.cells) == ("unverified", ())
    assert "the kernel `nope`, which is not installed here" in report.message


@pytest.mark.parametrize("ignored", [False, True], ids=["foreground", "background"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_leaves_no_kernel(tmp_path: Path, number: int, ignored: bool):
    path = tmp_path / "n.ipynb"
    path.write_text(json.dumps(document(cell("while True: print(1)"))))
    code = (
        f"import signal; signal.signal(signal.SIGINT, signal.{'SIG_IGN' if ignored else 'default_int_handler'});"
        "from pathlib import Path; from jupyter_prodready.verify.local import verify_notebook;"
        f"verify_notebook(Path({str(path)!r}), on_progress=lambda p: print(p.running, flush=True))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=os.getcwd(),
    )
    assert process.stdout is not None
    family: list[psutil.Process] = []
    try:
        assert process.stdout.readline() == b"c0\n"
        time.sleep(1)
        family = psutil.Process(process.pid).children(recursive=True)
        assert len(family) == 1
        process.send_signal(number)
        process.wait(timeout=20)
        _, alive = psutil.wait_procs(family, timeout=3)
        assert alive == []
    finally:
        process.stdout.close()
        for left in [process, *family]:
            with contextlib.suppress(psutil.NoSuchProcess):
                left.kill()
