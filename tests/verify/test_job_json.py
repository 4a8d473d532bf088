"""JOB is written as the golden file that the panel's tests read."""

from __future__ import annotations

import json
from pathlib import Path

from jupyter_prodready.model import VerifiedCell, VerifyCause, VerifyReport
from jupyter_prodready.wire import verify_job_to_json

GOLDEN = Path(__file__).parent.parent / "wire" / "verify-job.json"


def test_the_job_is_the_golden_file():
    golden = json.loads(GOLDEN.read_text())
    cells = tuple(VerifiedCell(**one) for one in golden["cells"])
    report = golden["report"]
    made = VerifyReport(
        path=report["path"],
        verdict=report["verdict"],
        seconds=report["seconds"],
        message=report["message"],
        cells=cells,
        cause=VerifyCause(**report["cause"]),
    )
    written = verify_job_to_json("v1", "n.ipynb", "done", 2, 2, None, cells, made)
    assert json.loads(json.dumps(written)) == golden
