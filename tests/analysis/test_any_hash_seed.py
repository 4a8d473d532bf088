"""A report is the same whatever order Python's sets have in a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from documents import cell, document

USE = "print(xml.dom, xml.etree, xml.parsers)"


def names(page: Path, log: Path, seed: int) -> list[str]:
    command = [sys.executable, "-m", "jupyter_prodready", "check", "--format", "json"]
    told = subprocess.run(
        [*command, str(page), "--history", str(log)],
        env={**os.environ, "PYTHONHASHSEED": str(seed)},
        capture_output=True,
        check=False,
    )
    (finding,) = json.loads(told.stdout)["notebooks"][0]["findings"]
    return list(finding["names"])


def test_modules_that_are_gone_are_told_in_the_order_of_their_import(tmp_path: Path):
    page, log = tmp_path / "n.ipynb", tmp_path / "runs.jsonl"
    page.write_text(json.dumps(document(cell("import xml"), cell(USE))))
    ran = [("c0", "import xml"), (None, "import xml.parsers, xml.dom, xml.etree"), ("c1", USE)]
    lines = [
        {"execution_count": count, "source": source, "status": "ok", "cell_id": cell_id}
        for count, (cell_id, source) in enumerate(ran, start=1)
    ]
    log.write_text("\n".join(map(json.dumps, lines)))
    for seed in (0, 1, 3):
        assert names(page, log, seed) == ["xml.parsers", "xml.dom", "xml.etree"]
