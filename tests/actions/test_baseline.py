"""A page's own run is that of an earlier proof only where it would be the same run."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from documents import cell, document

from jupyter_prodready import formats
from jupyter_prodready.actions.asked import Asked
from jupyter_prodready.actions.notebook_text import edit_cells
from jupyter_prodready.actions.project import locate
from jupyter_prodready.model import Extraction
from jupyter_prodready.refactor import Options
from jupyter_prodready.refactor.selection import Selection
from jupyter_prodready.verify import ground
from jupyter_prodready.verify.baseline import Shelf, Stored, stored
from jupyter_prodready.verify.claim import Claim
from jupyter_prodready.verify.ground import Ground, listing
from jupyter_prodready.verify.kernels import Connection, LocalKernels, OnDeath
from jupyter_prodready.verify.proof import prove
from jupyter_prodready.verify.run import Limits
from jupyter_prodready.verify.seen import Seen
from jupyter_prodready.verify.staging import Proved, Staged

HERE = str(Path(__file__).resolve().parents[2])
pytestmark = [pytest.mark.kernel, pytest.mark.slow]

PAGE = (
    "import json\nimport sys\nsys.path.insert(0, '../lib')\nfrom rates import rate",
    "with open('../data.json') as file:\n    prices = json.load(file)",
    "total = sum(prices) * rate\nprint(total)",
    "half = total / 2\nprint(half)",
    "names = ['a'] * 3",
)


class Counting(LocalKernels):
    started = 0

    async def start(self, on_death: OnDeath) -> Connection:
        self.started += 1
        return await super().start(on_death)


@dataclass
class Proofs:
    """Proofs of one page, each with what those before it left; as the server has them."""

    root: Path
    key: str = "kernel"
    held: list[Stored] = field(default_factory=list)
    spoil: tuple[str, str] = ("", "")

    @property
    def page(self) -> Path:
        return self.root / "notebooks" / "n.ipynb"

    def write(self, *sources: str) -> None:
        self.page.write_text(json.dumps(document(*map(cell, sources))))

    def plan(self, cell_id: str, options: Options) -> tuple[Asked, Extraction]:
        located = locate(self.page, "src/shop/sums.py")
        chosen = Selection((cell_id,))
        page = formats.read(self.page)
        asked = Asked(page, chosen, located, "src/shop/sums.py", f"of_{cell_id}", {}, options)
        made = asked.plan()
        assert made.status == "preview", made.refusals
        return asked, made

    def prove(self, cell_id: str, **options: bool) -> tuple[str, int, bool]:
        """How it ended, how many kernels that took, and whether an earlier run was used."""
        asked, made = self.plan(cell_id, Options(**options))
        found, kernels = self.proved(asked.claim(made))
        if not self.spoil[0]:
            assert asked.proved(made, found).baseline == found.baseline
        return found.proof, kernels, found.baseline is not None

    def proved(self, claim: Claim) -> tuple[Proved, int]:
        if self.spoil[0] and claim.observer is not None:
            make = claim.observer.staged

            def staged(seen: Seen) -> list[Staged]:
                return [replace(one, text=one.text.replace(*self.spoil)) for one in make(seen)]

            claim = replace(claim, observer=replace(claim.observer, staged=staged))
        kernels = Counting("python3", self.page.parent)
        ground = Ground(self.key, (self.page.parent, self.root), self.page)
        shelf = Shelf(ground, [one.baseline() for one in reversed(self.held)])
        found = asyncio.run(prove(claim, kernels, Limits(), shelf=shelf))
        self.held = [one for one in self.held if one.at not in shelf.stale]
        self.held += [stored(one) for one in shelf.kept]
        return found, kernels.started

    def apply(self, cell_id: str) -> None:
        _, made = self.plan(cell_id, Options(annotations=False))
        for edit in made.change.files:
            path = self.root / edit.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(edit.after or "")
        self.page.write_text(edit_cells(self.page.read_text(), made.change.cells))


@pytest.fixture(autouse=True)
def compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Imports write what they compiled, as they do for people."""
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)


@pytest.fixture
def proofs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Proofs:
    # on a busy machine a cell of an instant takes seconds
    monkeypatch.setattr("jupyter_prodready.verify.baseline.MOST_EXTRA_SECONDS", 60.0)
    # this checkout is where Python looks for modules, and `make test` builds into it meanwhile
    monkeypatch.setattr(ground, "listing", lambda path: None if path == HERE else listing(path))
    root = tmp_path / "project"
    for folder in ("notebooks", "lib"):
        (root / folder).mkdir(parents=True)
    (root / "pyproject.toml").write_text('[project]\nname = "shop"\n')
    (root / "lib" / "rates.py").write_text("rate = 2\n")
    (root / "data.json").write_text("[3, 1, 2]")
    found = Proofs(root)
    found.write(*PAGE)
    return found


def test_options_and_the_next_cell_share_the_run_of_the_page(proofs: Proofs):
    assert proofs.prove("c2") == ("equal", 2, False)
    assert proofs.prove("c2", docstring=False) == ("equal", 1, True)
    assert proofs.prove("c3") == ("equal", 1, True)
    assert proofs.prove("c4") == ("equal", 2, False)


def test_the_types_and_values_of_a_shared_run_are_those_of_a_run(proofs: Proofs):
    proofs.prove("c2")
    asked, made = proofs.plan("c3", Options())
    shared, kernels = proofs.proved(asked.claim(made))
    anew, _ = replace(proofs, held=[]).proved(asked.claim(made))
    assert kernels == 1
    values = {key: shared.seen[key] for key in shared.seen}
    assert values == {key: anew.seen[key] for key in values}
    diffs = [asked.proved(made, found).diff for found in (shared, anew)]
    assert diffs[0] == diffs[1]
    assert "def of_c3(total: int) -> float:" in diffs[0]


def test_a_test_is_made_of_the_values_that_the_first_proof_saw(proofs: Proofs):
    assert proofs.prove("c2") == ("equal", 2, False)
    assert proofs.prove("c2", test=True) == ("equal", 1, True)
    assert proofs.prove("c3", test=True) == ("equal", 2, False), "nobody looked at its values"


def change_the_data(proofs: Proofs) -> None:
    (proofs.root / "data.json").write_text("[3, 1, 4]")


def change_a_module(proofs: Proofs) -> None:
    (proofs.root / "lib" / "rates.py").write_text("rate = 3\n")


def change_a_source(proofs: Proofs) -> None:
    proofs.write(PAGE[0], PAGE[1].replace("file)", "file)[:2]"), *PAGE[2:])


def change_the_environment(proofs: Proofs) -> None:
    proofs.key = "another kernel"


def install_something(proofs: Proofs) -> None:
    (proofs.root / "lib" / "json.py").write_text("def load(file): return [7]\n")


def touch_the_data(proofs: Proofs) -> None:
    """Who keeps size and time may still have written something else."""
    path = proofs.root / "data.json"
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    path.write_text("[3, 1, 9]")
    os.utime(path, ns=times)


CHANGES: tuple[Callable[[Proofs], None], ...] = (
    change_the_data,
    change_a_module,
    change_a_source,
    change_the_environment,
    install_something,
    touch_the_data,
)


def test_what_changed_is_run_anew(proofs: Proofs):
    assert proofs.prove("c2") == ("equal", 2, False)
    for change in CHANGES:
        change(proofs)
        assert proofs.prove("c2") == ("equal", 2, False), change.__name__
    assert proofs.prove("c2") == ("equal", 1, True)


def test_what_a_kernel_runs_at_its_start_belongs_to_it(
    proofs: Proofs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "own.py").write_text("given = 1\n")
    assert proofs.prove("c2") == ("equal", 2, False)
    assert proofs.prove("c2") == ("equal", 1, True)
    (startup / "own.py").write_text("given = 2\n")
    assert proofs.prove("c2") == ("equal", 2, False)
    (startup / "more.py").write_text("more = 2\n")
    assert proofs.prove("c2") == ("equal", 2, False)


def test_what_is_not_needed_may_change(proofs: Proofs):
    assert proofs.prove("c2") == ("equal", 2, False)
    proofs.write(*PAGE[:4], "names = ['b'] * 3")
    assert proofs.prove("c2") == ("equal", 1, True)


def test_a_difference_is_found_with_a_shared_run(proofs: Proofs):
    """It is never the earlier run alone that says so."""
    assert proofs.prove("c2") == ("equal", 2, False)
    proofs.spoil = ("sum(prices)", "sum(prices[1:])")
    assert proofs.prove("c2") == ("differs", 4, False)
    assert proofs.prove("c2") == ("differs", 4, False)
    proofs.spoil = ("", "")
    assert proofs.prove("c2") == ("equal", 1, True)


def test_what_nobody_could_see_is_run_anew(proofs: Proofs, tmp_path: Path):
    """The size of a file elsewhere is read without opening it."""
    (tmp_path / "far.txt").write_text("a")
    size = f"import os\nprices = [os.path.getsize({str(tmp_path / 'far.txt')!r})]"
    proofs.write(PAGE[0], size, *PAGE[2:])
    assert proofs.prove("c2") == ("equal", 2, False)
    (tmp_path / "far.txt").write_text("abc")
    assert proofs.prove("c2") == ("equal", 3, False)


DOUBTS = {
    "the clock": "import time\nprices = [int(time.time()) // 10**9]",
    "the day, under another name": "from datetime import date as d\nprices = [d.today().year]",
    "a shell": "import subprocess, sys\nprices = [len(subprocess.check_output(['echo']))]",
    "a shell of a module": "import shell\nprices = shell.run()",
    "the clock of a module": "import shell\nprices = [shell.year()]",
    "a socket": "import socket\nprices = [len(socket.getaddrinfo('localhost', 80)) * 0]",
    "a database": "import sqlite3\nprices = [sqlite3.connect('../shop.db').total_changes]",
    "a file that is written": "import logging\nlogging.FileHandler('../log.txt').close()\nprices = [1]",
    "chance": "import random\nprices = [random.random()]",
    "a library that opens files by itself": "import lmdb\nprices = [lmdb.opened]",
    "another one": "import pyarrow.parquet\nprices = [1]",
    "a process": "import multiprocessing as m\nwith m.Pool(1) as pool:\n    prices = pool.map(abs, [1])",
}


@pytest.mark.parametrize("case", DOUBTS)
def test_what_is_in_doubt_is_never_kept(proofs: Proofs, case: str):
    (proofs.root / "lib" / "lmdb.py").write_text("opened = 1\n")
    (proofs.root / "lib" / "pyarrow").mkdir()
    (proofs.root / "lib" / "pyarrow" / "parquet.py").write_text("")
    (proofs.root / "lib" / "shell.py").write_text(
        "import os\nfrom datetime import datetime as at\n"
        "def run(): return [os.system('true')]\ndef year(): return at.now().year\n"
    )
    proofs.write(PAGE[0], DOUBTS[case], *PAGE[2:])
    how = "equal-where-deterministic" if case == "chance" else "equal"
    assert proofs.prove("c2") == (how, 3 if case == "chance" else 2, False)
    assert proofs.held == []


def test_a_file_that_changes_meanwhile_is_in_doubt(proofs: Proofs):
    slow = "import time\nwith open('../data.json') as file:\n    prices = json.load(file)\n"
    proofs.write(PAGE[0], f"{slow}time.sleep(1)", *PAGE[2:])
    script = "import sys, time\ntime.sleep(1.5)\nopen(sys.argv[1], 'w').write('[3, 1, 2]')"
    data = str(proofs.root / "data.json")
    with subprocess.Popen([sys.executable, "-c", script, data]):
        assert proofs.prove("c2") == ("equal", 2, False)
    assert [one.is_after for one in proofs.held] == [True], "the second run began later"


def test_the_page_after_is_the_page_before_of_the_next_proof(proofs: Proofs):
    assert proofs.prove("c2", annotations=False) == ("equal", 2, False)
    proofs.apply("c2")
    assert proofs.prove("c3", annotations=False) == ("equal", 1, True)
    module = proofs.root / "src/shop/sums.py"
    module.write_text(module.read_text() + "\n")
    assert proofs.prove("c3", annotations=False) == ("equal", 2, False)
