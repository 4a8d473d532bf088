"""`[tool.jupyter-prodready]` and `# prodready: ignore[...]`, through the command line."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Cli

Save = Callable[..., Path]
PAGE = ("print(missing)", "import random\nprint(random.random())")


def report(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    (notebook,) = json.loads(done.stdout)["notebooks"]
    return dict(notebook)


def found(done: subprocess.CompletedProcess[str]) -> list[tuple[str, str]]:
    return [(one["check"], one["severity"]) for one in report(done)["findings"]]


# --- settings --------------------------------------------------------------------------------

BAD = {
    "selct = []": "`selct` in `[tool.jupyter-prodready]` of `{file}` is not a setting. Known: select, ",
    'select = "never-run"': "`select` in `[tool.jupyter-prodready]` of `{file}` is wrong: 'never-run'. ",
    'select = ["never-ran"]': "`select` in `[tool.jupyter-prodready]` of `{file}` is wrong: 'never-ran'. ",
    "ignore = [3]": "`ignore` in `[tool.jupyter-prodready]` of `{file}` is wrong: [3]. ",
    'severity = { never-run = "loud" }': "`severity.never-run` in `[tool.jupyter-prodready]` of `{file}` is wrong: 'loud'. ",
    'severity = "error"': "`severity` in `[tool.jupyter-prodready]` of `{file}` is wrong: 'error'. ",
    'per-file-ignores = { "*" = "never-run" }': "`per-file-ignores.*` in `[tool.jupyter-prodready]` of `{file}` is wrong: 'never-run'. ",
    "verify.timeout = -1": "`verify.timeout` in `[tool.jupyter-prodready]` of `{file}` is wrong: -1. ",
    'verify.rtol = "1"': "`verify.rtol` in `[tool.jupyter-prodready]` of `{file}` is wrong: '1'. ",
    "verify.retries = 2": "`verify.retries` in `[tool.jupyter-prodready]` of `{file}` is not a setting. ",
    'extract.package-dir = "/etc"': "`extract.package-dir` in `[tool.jupyter-prodready]` of `{file}` is wrong: '/etc'. ",
    "select = [": "`{file}` is not valid TOML: ",
}


@pytest.mark.parametrize("command", ["check", "fix"])
@pytest.mark.parametrize("setting", BAD)
def test_a_bad_setting_is_one_sentence(
    cli: Cli, save: Save, tmp_path: Path, setting: str, command: str
) -> None:
    before = save("n.ipynb", *PAGE).read_bytes()
    file = tmp_path / "pyproject.toml"
    file.write_text(f"[tool.jupyter-prodready]\n{setting}\n")
    done = cli(command, "n.ipynb")
    (line,) = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (2, "")
    assert line.startswith("jupyter prodready: error: " + BAD[setting].format(file=file))
    assert (tmp_path / "n.ipynb").read_bytes() == before


def test_a_table_that_is_none(cli: Cli, save: Save, tmp_path: Path) -> None:
    save("n.ipynb", *PAGE)
    (tmp_path / "pyproject.toml").write_text("[tool]\njupyter-prodready = 3\n")
    done = cli("check", "n.ipynb")
    assert (done.returncode, done.stdout) == (2, "")
    assert "is not a table. Write `[tool.jupyter-prodready]`." in done.stderr


def test_a_bad_setting_stops_its_own_notebooks_only(cli: Cli, save: Save, tmp_path: Path) -> None:
    save("good/n.ipynb", "x = 1\nx")
    save("bad/n.ipynb", "x = 1\nx")
    (tmp_path / "bad" / "pyproject.toml").write_text("[tool.jupyter-prodready]\nselct = 1\n")
    done = cli("check", "bad", "good", "--format", "json")
    assert done.returncode == 2
    assert report(done)["path"] == "good/n.ipynb"


SETTINGS = {
    "": [("undefined-name", "error"), ("unseeded-random", "warning")],
    'ignore = ["unseeded-random"]': [("undefined-name", "error")],
    'select = ["unseeded-random"]': [("unseeded-random", "warning")],
    "select = []": [],
    'severity = { undefined-name = "info" }': [
        ("undefined-name", "info"),
        ("unseeded-random", "warning"),
    ],
    # what is only possible is never an error
    'severity = { unseeded-random = "error" }': [
        ("undefined-name", "error"),
        ("unseeded-random", "warning"),
    ],
    'per-file-ignores = { "drafts/*" = ["undefined-name"] }': [("unseeded-random", "warning")],
    'per-file-ignores = { "n.ipynb" = ["undefined-name"] }': [("unseeded-random", "warning")],
    'per-file-ignores = { "other/*" = ["undefined-name"] }': [
        ("undefined-name", "error"),
        ("unseeded-random", "warning"),
    ],
}


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_setting_of_the_project(cli: Cli, save: Save, tmp_path: Path, setting: str) -> None:
    save("drafts/n.ipynb", *PAGE)
    (tmp_path / "pyproject.toml").write_text(f"[tool.jupyter-prodready]\n{setting}\n")
    done = cli("check", "drafts/n.ipynb", "--format", "json")
    assert found(done) == SETTINGS[setting]
    assert done.returncode == int("undefined-name" in dict(SETTINGS[setting]))


# --- comments --------------------------------------------------------------------------------

UNUSED = [("unused-suppression", "info")]


def test_a_comment_silences_its_line_and_keeps_the_reason(cli: Cli, save: Save) -> None:
    save(
        "n.ipynb",
        "print(missing)  # prodready: ignore[undefined-name] made by the runner\nprint(y)",
    )
    done = cli("check", "n.ipynb", "--format", "json")
    assert found(done) == [("undefined-name", "error")]
    (suppressed,) = report(done)["suppressed"]
    assert (suppressed["check"], suppressed["names"]) == ("undefined-name", ["missing"])
    assert suppressed["reason"] == "made by the runner"
    text = cli("check", "n.ipynb", "--verbose").stdout
    assert (
        "  suppressed  `missing` is not defined by any cell above (undefined-name): "
        "made by the runner\n" in text
    )
    assert "  1 suppressed\n" in cli("check", "n.ipynb").stdout


@pytest.mark.parametrize("strict", [(), ("--strict",)])
def test_what_is_silenced_does_not_fail(cli: Cli, save: Save, strict: tuple[str, ...]) -> None:
    save("n.ipynb", "# prodready: ignore[undefined-name] a template\nprint(missing)\nprint(more)")
    assert cli("check", "n.ipynb", *strict).returncode == 0


COMMENTS = {
    "of a line where nothing is wrong": ("x = 1  # prodready: ignore[undefined-name] once", UNUSED),
    "of another check": (
        "print(missing)  # prodready: ignore[unseeded-random] no",
        [("undefined-name", "error"), *UNUSED],
    ),
    "of a name that no check has": ("x = 1  # prodready: ignore[no-such-check] no", UNUSED),
    "of two checks, one of them": (
        "print(missing)  # prodready: ignore[undefined-name, unseeded-random] both",
        UNUSED,
    ),
    "in a text": (
        'print(missing, "# prodready: ignore[undefined-name] x")',
        [("undefined-name", "error")],
    ),
    "in a cell that does not parse": (
        "def (:  # prodready: ignore[unparsable-cell] an exercise",
        [],
    ),
}


@pytest.mark.parametrize("comment", COMMENTS)
def test_a_comment(cli: Cli, save: Save, comment: str) -> None:
    source, findings = COMMENTS[comment]
    save("n.ipynb", source)
    done = cli("check", "n.ipynb", "--format", "json")
    assert found(done) == findings
    strict = cli("check", "n.ipynb", "--strict")
    assert strict.returncode == int(bool(findings))


def test_an_unused_comment_is_named_where_it_stands(cli: Cli, save: Save) -> None:
    save("n.ipynb", "x = 1", "y = 2\nz = 3  # prodready: ignore[undefined-name] long ago")
    done = cli("check", "n.ipynb", "--format", "json")
    (one,) = report(done)["findings"]
    assert (one["cell_id"], one["line"], one["certain"]) == ("c1", 2, False)
    assert one["message"] == "`ignore[undefined-name]` suppresses nothing here"
    assert done.returncode == 0


def test_a_comment_of_a_check_that_was_skipped_is_not_called_unused(cli: Cli, save: Save) -> None:
    save("n.ipynb", "x = 1  # prodready: ignore[never-run] only an example")
    done = cli("check", "n.ipynb", "--format", "json")
    assert "never-run" in {one["check"] for one in report(done)["skipped"]}
    assert found(done) == []


COMMENT = "x = 1  # prodready: ignore[{}] an example"
OFF = {
    'ignore = ["undefined-name"]': [],
    'select = ["unused-suppression"]': [],
    'per-file-ignores = { "n.ipynb" = ["undefined-name"] }': [],
    'per-file-ignores = { "other.ipynb" = ["undefined-name"] }': UNUSED,
    'ignore = ["unseeded-random"]': UNUSED,
    'select = ["undefined-name", "unused-suppression"]': UNUSED,
}


@pytest.mark.parametrize("setting", OFF)
def test_a_comment_of_a_check_that_is_off_is_not_called_unused(
    cli: Cli, save: Save, tmp_path: Path, setting: str
) -> None:
    save("n.ipynb", COMMENT.format("undefined-name"))
    (tmp_path / "pyproject.toml").write_text(f"[tool.jupyter-prodready]\n{setting}\n")
    assert found(cli("check", "n.ipynb", "--format", "json")) == OFF[setting]


OPTIONS = {
    ("--ignore", "undefined-name", "undefined-name"): [],
    ("--select", "unused-suppression", "undefined-name"): [],
    # a misspelt name is wrong whatever is asked for
    ("--select", "unused-suppression", "undefined-nam"): UNUSED,
}


@pytest.mark.parametrize("option", OPTIONS)
def test_a_comment_of_a_check_that_was_not_asked_for(
    cli: Cli, save: Save, option: tuple[str, str, str]
) -> None:
    *asked, name = option
    save("n.ipynb", COMMENT.format(name))
    assert found(cli("check", "n.ipynb", "--format", "json", *asked)) == OPTIONS[option]
