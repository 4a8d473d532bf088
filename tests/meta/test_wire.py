"""The golden files of tests/wire, which the panel's tests read too, are what we write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from jupyter_prodready.errors import StaleError
from jupyter_prodready.model import (
    Cause,
    CellEdit,
    CellReport,
    ChangeSet,
    Edge,
    Effect,
    Extraction,
    FileEdit,
    Finding,
    Fix,
    FixKind,
    Graph,
    Install,
    InstallState,
    JobState,
    OptionalLines,
    PageCell,
    Parameter,
    Refusal,
    Remedy,
    Repair,
    Report,
    Run,
    Setting,
    Severity,
    Skipped,
    StateDifference,
    Step,
    Suggestion,
    Verdict,
    VerifiedCell,
    VerifyCause,
    VerifyReport,
)
from jupyter_prodready.server.errors import body_of, status_of
from jupyter_prodready.server.jobs import hash_of
from jupyter_prodready.wire import (
    graph_to_json,
    live_from_json,
    report_to_json,
    run_from_json,
    verify_job_to_json,
)
from jupyter_prodready.wire_edits import extraction_to_json, suggestions_to_json

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "wire"


def golden(name: str) -> Any:
    return json.loads((GOLDEN / name).read_text(encoding="utf-8"))


def written(value: object) -> Any:
    """As the browser gets it: tuples become lists."""
    return json.loads(json.dumps(value))


def test_check():
    report = Report(
        path="n.ipynb",
        verdict=Verdict("broken", "Will not run from a clean start: [12] needs `df_clean`"),
        cells=(
            CellReport(
                "c0", 0, 3, "stale", False, "stale", "ok", "ok", "total = 100 * rate",
                (Effect("writes-file", 2, "to_csv"),),
            ),
        ),
        findings=(
            Finding(
                "deleted-definition", Severity.ERROR, True, "c7", 7, 2,
                "`df_clean` comes from a cell that was deleted (In [12])", ("df_clean",),
                Cause(None, 12, "df_clean = df.dropna()"), ("c8", "c9"),
                (
                    Fix(
                        "Restore the deleted cell above [15]", id="9c1f", kind="restore-source",
                        checked=True, cells=(CellEdit("insert", "n1", 7, None, "df_clean = 1"),),
                    ),
                    Fix(
                        "Run [3] and [15]", id="7d2e", kind="run-cells", checked=True,
                        run=("c0", "c7"),
                    ),
                ),
                consequence="will fail after a restart",
            ),
        ),
        suppressed=(
            Finding(
                "never-run", Severity.INFO, True, "c0", 0, 1, "[ ] was never run",
                reason="only an example",
            ),
        ),
        skipped=(Skipped("stale-input", "no kernel history"),),
    )  # fmt: skip
    assert written(report_to_json(report)) == golden("check.json")


def test_graph():
    graph = Graph("n.ipynb", (Edge(0, 2, ("df",)),))
    assert written(graph_to_json(graph)) == {
        "path": "n.ipynb",
        "edges": [{"from": 0, "to": 2, "names": ["df"]}],
    }


def test_extract():
    expected = golden("extract.json")
    module = FileEdit("src/sales/clean.py", None, "def clean(df): ...")
    cell = CellEdit(
        "replace", "c3", 3, "df.dropna(inplace=True)",
        "from sales.clean import clean\n\ndf = clean(df)",
    )  # fmt: skip
    extraction = Extraction(
        status="preview",
        function="clean",
        module="src/sales/clean.py",
        inputs=(
            Parameter("df", None, "made in [2]"),
            Parameter("LIMIT", "int", "made in [1]", "5"),
        ),
        outputs=(Parameter("df", "pd.DataFrame", "used in [5]"),),
        notes=("`df` is changed in place, as before",),
        labels=("mutates df",),
        change=ChangeSet((module,), (cell,)),
        diff=expected["diff"],
        optional=(
            OptionalLines("docstring", 5, 6),
            OptionalLines("section", 1, 6, "src/sales/clean.py"),
        ),
        baseline=1795262580.7,
        base="9f2c4a",
        setup="from sales.clean import clean",
        setup_binds=("clean",),
        lost=("part",),
        importable=False,
        reach=expected["reach"],
        install=Install(
            "sales",
            "/opt/env/bin/python -m pip install --no-deps --editable /home/ada/shop",
            ("pyproject.toml",),
            "--- /dev/null\n+++ b/pyproject.toml\n@@ -0,0 +1 @@\n+[project]\n",
        ),
        settings=(Setting("LIMIT", "5", "default", ("argument", "default", "constant")),),
    )
    assert written(extraction_to_json(extraction)) == expected


def test_split():
    made = Extraction(
        status="preview",
        function="clean",
        module="src/sales/clean.py",
        inputs=(Parameter("df", None, "made in [2]"),),
        outputs=(Parameter("df", "pd.DataFrame", "used in [5]"),),
        notes=("`df` is changed in place, as before",),
        labels=("mutates df",),
        base="1",
    )
    module = FileEdit("src/sales/clean.py", None, "def clean(df): ...")
    extraction = Extraction(
        status="preview",
        function="clean",
        module="src/sales",
        notes=("[7] stays: `exec` reads names that nobody sees.",),
        change=ChangeSet((module,)),
        diff="--- /dev/null\n+++ b/src/sales/clean.py\n",
        base="9f2c4a",
        setup="from sales.clean import clean",
        setup_binds=("clean",),
        lost=("part",),
        steps=(Step("Clean", ("c3", "c4"), made),),
    )
    assert written(extraction_to_json(extraction)) == golden("extract-split.json")


def test_suggest():
    module = "work/src/sales/n.py"
    found = (
        Suggestion("cell", ("c3",), "clean_prices", module, "Takes `raw`, gives `prices`.",
                   ("pure",), ("raw",), ("prices",), ("pd",)),
        Suggestion("same-code", ("c5", "c7"), "fit", module,
                   "One function for [5] and [7]: same code, other names.",
                   ("mutates model",), ("model", "X"), ("model",)),
        Suggestion("definitions", ("c1",), "read", module, "Move `read` and 2 more.", needs=("pd",)),
    )  # fmt: skip
    assert written(suggestions_to_json(found)) == golden("suggest.json")


def test_refusals_with_remedies():
    edit = CellEdit("replace", "c1", 1, "from shop import *", "from shop import rate")
    lines = Remedy("lines", cell="c3", lines=(4, 12))
    extraction = Extraction(
        status="refused",
        function="",
        module="src/sales/clean.py",
        refusals=(
            Refusal("c3", 3, "Line 3 (`!ls`) must stay in the notebook.",
                    "Move this line to a cell of its own. Or extract lines 4 to 12 only.", action=lines),
            Refusal("c2", None, "[2] runs between the selected cells.", "Select it too.",
                    wanted=("c2",), action=Remedy("cells", cells=("c1", "c2", "c3"))),
            Refusal("c1", 1, "This cell imports everything from `shop`.",
                    "Replace `*` with the names that are used.", action=Remedy("replace", edits=(edit,)),
                    code="star-import"),
            Refusal(None, None, "`random` is a standard module.", "Choose another name."),
        ),
        base="9f2c4a",
    )  # fmt: skip
    assert written(extraction_to_json(extraction)) == golden("extract-refused.json")


def test_verify_job():
    cells = (
        VerifiedCell("c0", 0, "identical", "", 0.2),
        VerifiedCell("c9", 9, "error", "NameError: name 'features' is not defined", 0.1),
    )
    message = "`features` comes from an older version of [9]"
    put_back = "Put `features` back into [9]"
    edit = CellEdit("replace", "c7", 7, "x = 1", "features = 1")
    report = VerifyReport(
        "n.ipynb", "fails", 3.1, f"[12] fails in a clean kernel: {message}", cells,
        VerifyCause("outdated-definition", "c9", 1, message, 'features = ["age"]', f"{put_back}."),
        (Repair(put_back, True, "--- a/n.ipynb\n", "0a1b2c3d4e5f", "reproduces", (edit,), ("c0",)),),
        state=(StateDifference("features", "only-live", "list 1 item"),),
    )  # fmt: skip
    page = (
        PageCell("c0", hash_of('columns = ["age"]'), 14, 'columns = ["age"]'),
        PageCell("c9", hash_of("# größer\nprint(features)"), 12, "print(features)"),
    )
    job = JobState(
        "v1", "n.ipynb", "done", 2, 2, None, 1795296600.0, 1795296603.1, page, cells, report
    )
    assert written(verify_job_to_json(job)) == golden("verify-job.json")


def test_the_job_of_an_install():
    said = InstallState(("Building editable for sales", "Done"), "`sales` is installed.")
    job = verify_job_to_json(JobState("v2", "n.ipynb", "done", kind="install", install=said))
    assert written(job["install"]) == golden("install.json")


def test_the_panel_knows_every_kind_of_fix():
    """A kind that it does not know makes it refuse the whole report."""
    parts = (ROOT / "src" / "wire" / "parts.ts").read_text()
    assert [kind for kind in get_args(FixKind) if f"'{kind}'" not in parts] == []


def test_error():
    expected = golden("error.json")
    error = StaleError(**expected)
    assert (status_of(error), body_of(error, 409, "Conflict")) == (409, expected)


@pytest.mark.parametrize("status", ["ok", "error", "aborted", "running"])
def test_a_run_as_the_interface_gives_it(status: str):
    line = {"execution_count": 4, "source": "x = 1", "status": status, "cell_id": "c1"}
    assert run_from_json(line) == Run(4, "x = 1", status, "c1")


def test_live_as_the_interface_gives_it():
    text = (Path(__file__).parents[2] / "docs" / "interface.md").read_text(encoding="utf-8")
    example = text.split("### LIVE")[1].split("```json")[1].split("```")[0]
    live = live_from_json(json.loads(example))
    assert live.notebook.path == "work/n.ipynb"
    assert live.runs == (Run(3, "x = 1", "ok", "c0"),)
    assert [cell.source for cell in live.notebook.cells] == ["x = 1"]
