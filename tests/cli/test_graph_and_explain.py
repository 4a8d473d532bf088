"""`graph` and `explain`."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from jupyter_prodready import checks

Cli = Callable[..., "subprocess.CompletedProcess[str]"]
Save = Callable[..., Path]
FED = ((1, "a, b = 1, 2"), (2, 'c = f"{a} \\"{b}\\""'), "print(c)")


def test_graph_as_json(cli: Cli, save: Save) -> None:
    save("n.ipynb", *FED)
    done = cli("graph", "n.ipynb", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {
        "version": 1,
        "notebooks": [
            {
                "path": "n.ipynb",
                "edges": [
                    {"from": 0, "to": 1, "names": ["a", "b"]},
                    {"from": 1, "to": 2, "names": ["c"]},
                ],
            }
        ],
    }


def test_graph_through_a_function_of_the_project(cli: Cli, save: Save) -> None:
    folder = save("n.ipynb", "from helpers import feed\nx = [1]", "feed(x)", "print(x)").parent
    (folder / "helpers.py").write_text("def feed(rows):\n    rows.append(2)\n")
    edges = json.loads(cli("graph", "n.ipynb", "--format", "json").stdout)["notebooks"][0]["edges"]
    assert {"from": 1, "to": 2, "names": ["x"]} in edges


def test_graph_as_text(cli: Cli, save: Save) -> None:
    save("n.ipynb", *FED)
    assert cli("graph", "n.ipynb").stdout.splitlines() == [
        "n.ipynb",
        "[1] `a, b = 1, 2`",
        '  → [2] `c = f"{a} \\"{b}\\""`  a, b',
        '[2] `c = f"{a} \\"{b}\\""`',
        "  → [ ] `print(c)`  c",
        "[ ] `print(c)`",
    ]


def test_graph_as_mermaid(cli: Cli, save: Save) -> None:
    save("n.ipynb", (1, "a = '<b>'"), "a")
    assert cli("graph", "n.ipynb", "--format", "mermaid").stdout.splitlines() == [
        "flowchart TD",
        '  c0["[1] #96;a = #39;#60;b#62;#39;#96;"]',
        '  c1["[ ] #96;a#96;"]',
        '  c0 -->|"a"| c1',
    ]


def test_graph_of_another_language_says_so(cli: Cli, save: Save) -> None:
    save("n.ipynb", (1, "x <- 1"), kernelspec={"language": "R"})
    done = cli("graph", "n.ipynb")
    assert done.returncode == 0
    assert done.stderr == (
        "jupyter prodready: n.ipynb: not judged. Code analysis is for Python, not R.\n"
    )


def test_graph_of_nothing(cli: Cli) -> None:
    done = cli("graph", "none.ipynb")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "jupyter prodready: error: There is no file `none.ipynb`. Check the path and the folder.\n"
    )


def test_explain_lists_every_check(cli: Cli) -> None:
    done = cli("explain")
    listed = [line.split()[:2] for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert listed == [[check.name, check.severity.value] for check in checks.load()]


@pytest.mark.parametrize("check", [check.name for check in checks.load()])
def test_explain_prints_the_page(cli: Cli, check: str) -> None:
    done = cli("explain", check)
    known = checks.page(check)
    assert done.returncode == 0
    assert done.stdout == f"# {check} ({known.severity.value})\n\n{known.page}\n"


def test_explain_of_no_check(cli: Cli) -> None:
    done = cli("explain", "deleted-defintion")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Try: deleted-definition" in done.stderr


@pytest.mark.parametrize("arguments", [(), ("fix",), ("check",), ("check", "n", "--format", "x")])
def test_a_call_that_makes_no_sense(cli: Cli, arguments: tuple[str, ...]) -> None:
    done = cli(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "usage: jupyter prodready" in done.stderr


def test_version(cli: Cli) -> None:
    assert cli("--version").stdout == "0.1.0\n"
