"""`extract` and `undo` on files, through the command line."""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from documents import cell, document

Cli = Callable[..., "subprocess.CompletedProcess[str]"]
Save = Callable[..., Path]
ROOT = Path(__file__).parents[2]
PAGE = ((1, "prices = [3, 1, 2]"), (2, "total = sum(prices)\nmean = total / 3"), (3, "mean"))
CALL = (
    "extract",
    "n.ipynb",
    "--cells",
    "[2]",
    "--module",
    "src/shop/sums.py",
    "--name",
    "sums",
    "--no-proof",
)


@pytest.fixture
def files(save: Save, tmp_path: Path) -> Callable[[], dict[str, bytes]]:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "shop"\n')
    save("n.ipynb", *PAGE)

    def read() -> dict[str, bytes]:
        every = (file for file in tmp_path.rglob("*") if file.is_file())
        names = {file.relative_to(tmp_path).as_posix(): file.read_bytes() for file in every}
        return {name: data for name, data in names.items() if not name.startswith(".")}

    return read


def test_a_diff_writes_nothing(cli: Cli, files: Callable[[], dict[str, bytes]]) -> None:
    before = files()
    done = cli(*CALL, "--diff")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Would move `sums` to src/shop/sums.py")
    assert "+def sums(prices):" in done.stdout.splitlines()
    (note,) = [line for line in done.stdout.splitlines() if "would save the cell" in line]
    assert "`pyproject.toml` gives no version" in note
    assert "-m pip install --no-deps --editable" in note
    assert files() == before


def test_extract_and_undo(cli: Cli, files: Callable[[], dict[str, bytes]]) -> None:
    before = files()
    done = cli(*CALL)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Moved `sums` to src/shop/sums.py")
    after = files()
    assert sorted(after.keys() - before.keys()) == ["src/shop/__init__.py", "src/shop/sums.py"]
    assert b"sums(prices)" in after["n.ipynb"]
    done = cli("undo")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Took back the last extraction from n.ipynb.\n")
    assert files() == before
    done = cli("undo")
    assert (done.returncode, done.stdout) == (2, "")
    assert "There is no extraction to undo here." in done.stderr


def test_json_has_the_keys_of_the_contract(cli: Cli, files: Callable[[], dict[str, bytes]]) -> None:
    files()
    golden = json.loads((ROOT / "tests/wire/extract.json").read_text())
    preview = json.loads(cli(*CALL, "--diff", "--format", "json").stdout)
    assert preview.keys() == golden.keys()
    assert (preview["status"], preview["undo_id"]) == ("preview", None)
    applied = json.loads(cli(*CALL, "--format", "json").stdout)
    assert (applied["status"], applied["function"]) == ("applied", "sums")
    assert applied["undo_id"]


def test_what_can_be_left_out(cli: Cli, files: Callable[[], dict[str, bytes]]) -> None:
    files()
    flags = ("--no-autoreload", "--no-docstring")
    whole, bare = cli(*CALL, "--diff").stdout, cli(*CALL, *flags, "--diff").stdout
    gone = set(whole.splitlines()) - set(bare.splitlines())
    left = {line for line in gone if line.startswith("+")}
    assert left == {"+%load_ext autoreload", "+%autoreload 2", '+    """Return `total`, `mean`."""'}


def test_names_for_literals(cli: Cli, save: Save, files: Callable[[], dict[str, bytes]]) -> None:
    code = "total = sum(prices) * RATE\nmean = total / COUNT"
    save("n.ipynb", (1, "prices = [3, 1, 2]\nRATE = 2\nCOUNT = 3"), (2, code), (3, "RATE, mean"))
    before = files()
    done = cli(*CALL, "--constants", "COUNT", "--defaults", "RATE")
    assert (done.returncode, done.stderr) == (0, "")
    assert "  in   RATE = 2  made in [1]" in done.stdout.splitlines()
    assert "  set  RATE = 2  a keyword (--constants RATE)" in done.stdout.splitlines()
    assert "  set  COUNT = 3  a constant (--defaults COUNT)" in done.stdout.splitlines()
    after = files()
    module = after["src/shop/sums.py"].decode()
    assert "\n\nCOUNT = 3\n\n\ndef sums(prices, *, RATE=2):\n" in module
    assert b"total, mean = sums(prices, RATE=RATE)" in after["n.ipynb"]
    assert b"COUNT" not in after["n.ipynb"]
    assert cli("undo").returncode == 0
    assert files() == before
    given = json.loads(cli(*CALL, "--constants", "COUNT", "--diff", "--format", "json").stdout)
    ways = ["argument", "default", "constant"]
    assert given["settings"] == [
        {"name": "RATE", "text": "2", "given": "argument", "offered": ways},
        {"name": "COUNT", "text": "3", "given": "constant", "offered": ways},
    ]


def test_a_name_that_cannot_be_a_constant(cli: Cli, files: Callable[[], dict[str, bytes]]) -> None:
    before = files()
    done = cli(*CALL, "--constants", "prices, size")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines() == [
        "✗ Nothing was written, for 2 reasons:",
        "  `prices` cannot be a constant of the module: [1] does not bind it to a plain literal.",
        "    → Leave `prices` an argument.",
        "  `size` cannot be a constant of the module: [2] does not read it.",
        "    → Leave `size` out.",
    ]
    assert files() == before


def test_the_same_code_twice_in_one_cell(
    cli: Cli, save: Save, files: Callable[[], dict[str, bytes]]
) -> None:
    twice = "low = sorted(prices)\nmean = low[0]\nprint(mean)\nhigh = sorted(others)\ntop = high[0]"
    save("n.ipynb", (1, "prices = [3, 1]\nothers = [4]"), (2, twice), (3, "low, high, mean, top"))
    call = [*CALL]
    call[call.index("[2]")] = "[2]:1-2,[2]:4-5"
    done = cli(*call, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert "low, mean = sums(prices)" in files()["n.ipynb"].decode()
    assert "high, top = sums(others)" in files()["n.ipynb"].decode()
    call[call.index("[2]:1-2,[2]:4-5")] = "[2]:1-2,[2]:2-3"
    assert "names lines twice." in cli(*call).stderr


def test_a_refusal_has_every_reason(
    cli: Cli, save: Save, files: Callable[[], dict[str, bytes]]
) -> None:
    save("n.ipynb", (1, "x = 1"), (2, "y = missing + x\nexec('z = 1')"), (3, "y"))
    before = files()
    done = cli(*CALL)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("✗ Nothing was written, for ")
    assert "`missing`" in done.stdout
    assert "`exec`" in done.stdout
    assert files() == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("none.ipynb", "--cells", "1", "--module", "m.py"), "There is no file `none.ipynb`."),
        (("n.ipynb", "--cells", "[9]", "--module", "m.py"), "No cell shows [9]."),
        (("n.ipynb", "--cells", "[2]", "--module", "../m.py"), "lies outside the project."),
        (("n.ipynb", "--cells", "[2]"), "--module"),
        (("n.ipynb", "--cells", "[2]:9", "--module", "m.py"), "`[2]:9`: the cell has lines 1 to"),
        (
            ("n.ipynb", "--cells", "[2]", "--module", "m.py", "--test", "--diff"),
            "--diff runs none.",
        ),
    ],
)
def test_what_cannot_be_extracted(
    cli: Cli, files: Callable[[], dict[str, bytes]], arguments: tuple[str, ...], message: str
) -> None:
    before = files()
    done = cli("extract", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert files() == before


def test_without_cells_what_is_worth_it_is_listed(
    cli: Cli, save: Save, files: Callable[[], dict[str, bytes]]
) -> None:
    save("n.ipynb", PAGE[0], (2, "total = 0\nfor one in prices:\n    total += one"), (3, "total"))
    before = files()
    done = cli("extract", "n.ipynb")
    assert (done.returncode, done.stderr) == (0, "")
    command = (
        "jupyter prodready extract n.ipynb --cells '[2]' --module src/shop/n.py --name make_total"
    )
    assert done.stdout.splitlines() == [
        "n.ipynb: 1 suggestion",
        "  make_total  [2]  pure",
        "    Takes `prices`, gives `total`.",
        f"    {command}",
    ]
    (one,) = json.loads(cli("extract", "n.ipynb", "--format", "json").stdout)["suggestions"]
    assert (one["cells"], one["command"]) == (["c1"], command)
    assert files() == before
    done = cli(*shlex.split(command)[2:], "--no-proof")
    assert done.stdout.startswith("Moved `make_total` to src/shop/n.py")
    assert cli("extract", "n.ipynb").stdout == "n.ipynb: nothing that is worth extracting.\n"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--test",), "--test says nothing where no cells are extracted. Add --cells"),
        (("--no-docstring",), "--no-docstring says nothing where no cells are extracted."),
        (("--install",), "--install says nothing where no cells are extracted."),
        (("--constants", "K"), "--constants says nothing where no cells are extracted."),
        (("--name", "f"), "--name says nothing where no cells are extracted. Add --cells"),
        (("--cells", "[2]"), "An extraction needs a module to write to. Add --module"),
    ],
)
def test_what_does_not_go_together(
    options: tuple[str, ...], words: str, cli: Cli, files: Callable[[], dict[str, bytes]]
) -> None:
    before = files()
    done = cli("extract", "n.ipynb", *options)
    assert done.returncode == 2
    assert words in done.stderr
    assert files() == before


SECTIONS = ("md ## Sum up", PAGE[1][1], "md ## Order", "prices.sort()\nlow = prices[0]", "low")


class TestSplit:
    @pytest.fixture
    def page(self, files: Callable[[], dict[str, bytes]], tmp_path: Path) -> Path:
        files()
        md, code = "md ", [cell("prices = [3, 1, 2]")]
        made = [s.removeprefix(md) if s.startswith(md) else cell(s) for s in SECTIONS]
        path = tmp_path / "n.ipynb"
        path.write_text(json.dumps(document(*code, *made)))
        return path

    def test_each_section_goes_to_a_module_of_its_own(
        self, cli: Cli, files: Callable[[], dict[str, bytes]], page: Path
    ) -> None:
        before = files()
        done = cli("extract", "n.ipynb", "--split", "--no-proof")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.splitlines()[:4] == [
            "Moved 2 functions to modules in src/shop",
            "  Before and after: not-run. `jupyter prodready undo` takes it back.",
            "  Sum up: sum_up(prices) -> total, mean  src/shop/sum_up.py",
            "  Order: order(prices) -> low  src/shop/order.py",
        ]
        new = files().keys() - before.keys()
        assert new == {f"src/shop/{name}.py" for name in ("__init__", "sum_up", "order")}
        assert cli("undo").returncode == 0
        assert files() == before

    def test_a_folder_and_some_cells(self, cli: Cli, page: Path) -> None:
        options = ("--module", "src/other", "--cells", "4", "--format", "json", "--diff")
        found = json.loads(cli("extract", "n.ipynb", "--split", *options).stdout)
        assert [step["module"] for step in found["steps"]] == ["src/other/order.py"]

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (("--name", "x"), "--name names one function, and --split makes several."),
            (("--cells", "4:1-1"), "names lines, and a notebook is split by whole cells."),
        ],
    )
    def test_what_means_nothing(
        self, options: tuple[str, ...], said: str, cli: Cli, page: Path
    ) -> None:
        done = cli("extract", "n.ipynb", "--split", *options)
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr


def test_several_functions_where_one_cannot_show_it_all(
    cli: Cli, save: Save, tmp_path: Path
) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "shop"\n')
    page = ((1, "rows = [3, 1, 2]\nrows.sort()\nrows"), (2, "total = sum(rows)\nmean = total / 3"))
    save("n.ipynb", *page, (3, "print(mean)"))
    command = ("extract", "n.ipynb", "--cells", "[1]-[2]", "--module", "src/shop/sums.py")
    refused = cli(*command, "--diff")
    assert "shows a value that a function cannot show." in refused.stdout
    assert "Or make 2 functions of them. (--several)" in refused.stdout
    done = cli(*command, "--several", "--no-proof")
    assert done.stdout.splitlines()[0] == "Moved 2 functions to src/shop/sums.py"
    assert "  [1]: make_rows() -> rows  src/shop/sums.py" in done.stdout.splitlines()
    named = cli(*command, "--several", "--name", "f")
    assert "--name names one function, and --several makes several." in named.stderr


REBOUND = ("limit = 3\nrows = [1, 5]", "def keep(xs):\n    return [x for x in xs if x < limit]")
SETS = ("n = 0", "def bump(k):\n    global n\n    n += k")


@pytest.mark.kernel
@pytest.mark.parametrize(
    ("cells", "option", "call"),
    [
        ((*REBOUND, "limit = 7", "print(keep(rows))"), "--parameters limit", "keep(rows, limit=limit)"),
        ((*SETS, "bump(2)", "print(n)"), "--returns n", "n = bump(2, n=n)"),
    ],
)  # fmt: skip
def test_what_a_function_reads_or_sets(
    cells: tuple[str, ...], option: str, call: str, cli: Cli, save: Save, tmp_path: Path
) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "shop"\n')
    page = save("m.ipynb", *((count, one) for count, one in enumerate(cells, 1)))
    before = page.read_bytes()
    command = ("extract", "m.ipynb", "--cells", "[2]", "--module", "src/shop/m.py")
    refused = cli(*command)
    assert refused.returncode == 1
    assert f"({option})" in refused.stdout
    assert page.read_bytes() == before
    done = cli(*command, *option.split(" "))
    assert (done.returncode, "Before and after: equal." in done.stdout) == (0, True)
    assert call in page.read_text()
    assert cli("undo").returncode == 0
    assert page.read_bytes() == before
