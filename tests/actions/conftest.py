"""What the tests of extraction share."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.disk import LAYOUTS, notebook


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "sales"\n')
    (tmp_path / "notebooks").mkdir()
    notebook(tmp_path).write_bytes(LAYOUTS["4.5, as Jupyter saves"]())
    return tmp_path
