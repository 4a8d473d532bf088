"""`check` through the door that people and CI use."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starts import started

Cli = Callable[..., "subprocess.CompletedProcess[str]"]
Save = Callable[..., Path]
ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample" / "notebooks"
CLEAN = ((1, "x = 1"), (2, "x"))
BROKEN = ("print(missing)",)


def found(done: subprocess.CompletedProcess[str]) -> list[list[tuple[str, str, bool]]]:
    """(check, cell, certain) of each finding, by notebook."""
    return [
        [(one["check"], one["cell_id"], one["certain"]) for one in notebook["findings"]]
        for notebook in json.loads(done.stdout)["notebooks"]
    ]


def test_a_saved_file_has_no_history(process: Cli, save: Save) -> None:
    save("n.ipynb", *CLEAN)
    done = process("check", "n.ipynb")
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == "n.ipynb"
    assert done.stdout.splitlines()[1].startswith("? ")
    assert done.stderr.startswith("jupyter prodready: n.ipynb: not judged: edited-since-run, ")
    assert done.stderr.endswith(" (no kernel history).\n")


def test_exit_codes_are_bits(cli: Cli, save: Save) -> None:
    save("clean.ipynb", *CLEAN)
    save("broken.ipynb", *BROKEN)
    save("x/bad.ipynb").write_text("{")
    assert cli("check", "clean.ipynb").returncode == 0
    assert cli("check", "clean.ipynb", "broken.ipynb").returncode == 1
    assert cli("check", "clean.ipynb", "x/bad.ipynb").returncode == 2
    assert cli("check", "broken.ipynb", "x/bad.ipynb", "none.ipynb").returncode == 3


def test_one_bad_file_does_not_stop_the_others(process: Cli, save: Save) -> None:
    save("a.ipynb", *CLEAN).write_text("{")
    save("b.ipynb", *BROKEN)
    done = process("check", "--format", "json", "none.ipynb", ".")
    assert done.returncode == 3
    assert found(done) == [[("undefined-name", "c0", True)]]
    assert done.stderr.splitlines()[:2] == [
        "jupyter prodready: error: There is no file `none.ipynb`. Check the path and the folder.",
        "jupyter prodready: error: `a.ipynb` is not JSON: Expecting property name enclosed in "
        "double quotes at line 1, column 2. Restore it from a checkpoint or from version control.",
    ]


def test_strict_counts_what_is_possible(cli: Cli, save: Save, tmp_path: Path) -> None:
    save("n.ipynb", (3, "x = 1"), (2, "x"))
    log = runs(tmp_path / "log", run(1, "x = 0", "c0"), run(2, "x", "c1"), run(3, "x = 1", "c0"))
    call = ("check", "n.ipynb", "--history", log)
    done = cli(*call, "--format", "json")
    assert (done.returncode, found(done)) == (0, [[("stale-input", "c1", False)]])
    folded = cli(*call)
    assert "  1 possible problem (--verbose shows)" in folded.stdout.splitlines()
    assert "stale-input" not in folded.stdout
    strict = cli(*call, "--strict")
    assert strict.returncode == 1
    assert "  [2] `x` line 1  possible  stale-input" in strict.stdout.splitlines()


def test_json_has_the_keys_of_the_contract(cli: Cli, save: Save) -> None:
    done = cli(
        "check",
        str(SAMPLE / "troubles.ipynb"),
        "--history",
        str(SAMPLE / "troubles.jsonl"),
        "--format",
        "json",
    )
    answer = json.loads(done.stdout)
    assert (answer["version"], len(answer["notebooks"])) == (1, 1)
    golden = json.loads((ROOT / "tests/wire/check.json").read_text())
    notebook = answer["notebooks"][0]
    assert list(notebook) == list(golden)
    assert notebook["verdict"].keys() == golden["verdict"].keys()
    for key in ("cells", "findings", "skipped"):
        for one in notebook[key]:
            assert one.keys() == golden[key][0].keys()


def test_select_and_ignore(cli: Cli, save: Save) -> None:
    save("n.ipynb", *BROKEN, "def f(:")
    both = [("undefined-name", "c0", True), ("unparsable-cell", "c1", True)]
    call = ("check", "n.ipynb", "--format", "json")
    assert sorted(found(cli(*call))[0]) == both
    assert found(cli(*call, "--select", "undefined-name")) == [both[:1]]
    assert found(cli(*call, "--ignore", "undefined-name,never-run")) == [both[1:]]
    done = cli(*call, "--ignore", "undefined-nam")
    assert (done.returncode, done.stdout) == (2, "")
    assert "`--ignore` names no check: `undefined-nam`." in done.stderr


def test_settings_of_the_project(cli: Cli, save: Save, tmp_path: Path) -> None:
    save("drafts/n.ipynb", *BROKEN)
    save("n.ipynb", *BROKEN)
    settings = tmp_path / "pyproject.toml"
    settings.write_text(
        '[tool.jupyter-prodready]\nper-file-ignores = { "drafts/*" = ["undefined-name"] }\n'
    )
    done = cli("check", ".", "--format", "json")
    assert found(done) == [[("undefined-name", "c0", True)], []]
    settings.write_text("[tool.jupyter-prodready]\nchecks = []\n")
    done = cli("check", ".")
    assert done.returncode == 2
    assert "`checks` in `[tool.jupyter-prodready]`" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_verdict_names_the_first_cell_that_fails(cli: Cli, save: Save) -> None:
    """Whatever is wrong with it: `width` is defined below, `rate` and `threshold` nowhere."""
    save("n.ipynb", (1, "100 * rate"), (2, "width * 2"), (3, "width = 1"), (4, "threshold"))
    shown = cli("check", "n.ipynb").stdout
    assert "Will not run from a clean start: [1] needs `rate`" in shown
    assert "[2] `width * 2` line 1  error  definition-below" in shown


@pytest.mark.parametrize("language", ["R", "julia"])
def test_another_language_is_never_called_clean(cli: Cli, save: Save, language: str) -> None:
    save("n.ipynb", (1, "x <- 1"), kernelspec={"language": language, "name": "k"})
    done = cli("check", "n.ipynb")
    assert done.returncode == 0
    assert done.stderr == (
        "jupyter prodready: n.ipynb: not judged: code (code analysis is for Python, "
        f"and this notebook is in {language}).\n"
    )
    assert "✓" not in done.stdout


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((1, 2, 3), "Ran in page order;"),
        ((1, 3, 2), "Out of page order: [3] ran after [2], which stands below it;"),
        ((1, 2, None), "Ran in page order, but not all cells;"),
        ((None, None, None), "Not run in this kernel yet;"),
    ],
)
def test_the_order_of_another_language(
    cli: Cli, save: Save, counts: tuple[int | None, ...], words: str
) -> None:
    cells = [("x <- 1" if count is None else (count, "x <- 1")) for count in counts]
    save("n.ipynb", *cells, kernelspec={"language": "R", "name": "k"})
    assert f"{words} code analysis is for Python" in cli("check", "n.ipynb").stdout


def test_an_empty_notebook_is_never_called_clean(cli: Cli, save: Save) -> None:
    save("n.ipynb")
    done = cli("check", "n.ipynb")
    assert (done.returncode, "✓" in done.stdout) == (0, False)
    assert "not judged" in done.stderr


def test_a_cell_never_run_says_what_is_not_known(cli: Cli, save: Save) -> None:
    save("n.ipynb", "x = 1", "x")
    done = cli("check", "n.ipynb")
    assert (done.returncode, "✓" in done.stdout) == (0, False)
    assert "not judged" in done.stderr


def test_source_is_printed_as_it_is(process: Cli, save: Save) -> None:
    save("n.ipynb", "print(missing['[bold red]x[/]'], '\x1b[31m', ':smile:')")
    done = process("check", "n.ipynb")
    assert "print(missing['[bold red]x[/]'], '', ':smile:')" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_terminal_of_few_letters(process: Cli, save: Save) -> None:
    save("n.ipynb", *BROKEN)
    done = process("check", "n.ipynb", PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_reader_that_leaves_early(save: Save, tmp_path: Path) -> None:
    save("n.ipynb", *[f"print(missing{n})" for n in range(400)])
    done = subprocess.run(
        f"{sys.executable} -m jupyter_prodready check n.ipynb --format json | head -c 10",
        cwd=tmp_path,
        shell=True,
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in done.stderr
    assert "Error" not in done.stderr


def test_annotations(cli: Cli, save: Save) -> None:
    save("a,b.ipynb", "print(missing)  # 100%")
    done = cli("check", "a,b.ipynb", "--format", "github")
    assert done.returncode == 1
    (line,) = done.stdout.splitlines()
    assert line.startswith("::error file=a%2Cb.ipynb,title=undefined-name::[ ] `print(missing)")
    assert "# 100%25`, line 1: " in line


# --- what the kernel ran -------------------------------------------------------------


def runs(file: Path, *lines: Any) -> str:
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return file.name


def run(count: int, source: str, cell_id: str | None = None, **keys: Any) -> dict[str, Any]:
    return {"execution_count": count, "source": source, "cell_id": cell_id, **keys}


def test_history_tells_of_a_deleted_cell(cli: Cli, save: Save, tmp_path: Path) -> None:
    save("n.ipynb", (2, "total = 100 * rate"))
    log = runs(tmp_path / "log", run(1, "rate = 0.2", "gone"), run(2, "total = 100 * rate", "c0"))
    done = cli("check", "n.ipynb", "--history", log, "--format", "json")
    assert done.returncode == 1
    (finding,) = json.loads(done.stdout)["notebooks"][0]["findings"]
    assert (finding["check"], finding["names"]) == ("deleted-definition", ["rate"])
    assert (finding["cause"]["execution_count"], finding["cause"]["source"]) == (1, "rate = 0.2")
    text = cli("check", "n.ipynb", "--history", log)
    assert "  [2] `total = 100 * rate` line 1  error  deleted-definition" in text.stdout
    assert "      rate = 0.2" in text.stdout


def test_history_in_order_is_clean(cli: Cli, save: Save, tmp_path: Path) -> None:
    save("n.ipynb", *CLEAN)
    log = runs(tmp_path / "log", run(1, "x = 1", "c0"), run(2, "x", "c1", status="ok"))
    done = cli("check", "n.ipynb", "--history", log, "--format", "json")
    assert (done.returncode, found(done), done.stderr) == (0, [[]], "")
    assert cli("check", "n.ipynb", "--history", log).stdout.splitlines()[1].startswith("✓ ")


def test_an_empty_history_is_a_fresh_kernel(cli: Cli, save: Save, tmp_path: Path) -> None:
    save("n.ipynb", *CLEAN)
    done = cli("check", "n.ipynb", "--history", runs(tmp_path / "log"), "--format", "json")
    (notebook,) = json.loads(done.stdout)["notebooks"]
    states = [cell["state"] for cell in notebook["cells"]]
    assert (done.returncode, states) == (0, ["old-session", "old-session"])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "Line 2 of `log` is not JSON: "),
        ("[]", "Line 2 of `log`: Expected a run to be a JSON object."),
        ('{"status": "done"}', "Line 2 of `log`: `status` of a run is 'done'."),
        ('{"execution_count": "3"}', "Line 2 of `log`: `execution_count` must be a whole number."),
    ],
)
def test_a_bad_line_of_history_is_named(
    cli: Cli, save: Save, tmp_path: Path, line: str, message: str
) -> None:
    save("n.ipynb", *CLEAN)
    (tmp_path / "log").write_text(json.dumps(run(1, "x = 1")) + "\n" + line + "\n")
    done = cli("check", "n.ipynb", "--history", "log")
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["n.ipynb", "--history", "none"], "There is no history file `none`."),
        (["n.ipynb", "m.ipynb", "--history", "log"], "A history belongs to one notebook, and 2"),
        (["n.ipynb", "--history", "log", "--existing", "k"], "are two sources"),
        (["n.ipynb", "--existing", "none.json"], "There is no connection file `none.json`."),
        (["n.ipynb", "--existing", "n.ipynb"], "`n.ipynb` is not a kernel's connection file."),
    ],
)
def test_evidence_that_cannot_be_had(
    cli: Cli, save: Save, tmp_path: Path, arguments: list[str], message: str
) -> None:
    save("n.ipynb", *CLEAN)
    save("m.ipynb", *CLEAN)
    runs(tmp_path / "log", run(1, "x = 1"))
    done = cli("check", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.fixture
def kernel() -> Any:
    manager, client = started()
    yield manager, client
    client.stop_channels()
    if manager.has_kernel:
        manager.shutdown_kernel(now=True)


@pytest.mark.kernel
@pytest.mark.slow
def test_an_existing_kernel_is_asked(process: Cli, save: Save, kernel: Any) -> None:
    manager, client = kernel
    for source in ("rate = 0.2", "total = 100 * rate"):
        client.execute_interactive(source, timeout=30)
    save("n.ipynb", (2, "total = 100 * rate"))
    client.execute("import time; time.sleep(60)")  # busy: the control channel answers
    done = process("check", "n.ipynb", "--existing", manager.connection_file, "--format", "json")
    assert done.returncode == 1
    (finding,) = json.loads(done.stdout)["notebooks"][0]["findings"]
    assert (finding["check"], finding["names"]) == ("deleted-definition", ["rate"])
    assert finding["cause"]["source"] == "rate = 0.2"


@pytest.mark.kernel
@pytest.mark.slow
def test_a_dead_kernel_is_one_sentence(
    process: Cli, save: Save, kernel: Any, tmp_path: Path
) -> None:
    manager, _ = kernel
    copy = tmp_path / "kernel.json"
    copy.write_bytes(Path(manager.connection_file).read_bytes())
    manager.shutdown_kernel(now=True)
    save("n.ipynb", *CLEAN)
    done = process("check", "n.ipynb", "--existing", "kernel.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(
        "jupyter prodready: error: The kernel of `kernel.json` does not answer. "
    )
