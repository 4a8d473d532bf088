"""The acceptance of extraction: a page in a real kernel prints the same before and after."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest

from jupyter_prodready.actions import extract_file, undo_last

pytestmark = [pytest.mark.kernel, pytest.mark.slow]

CELLS = [
    "%matplotlib inline\nimport pandas as pd\nimport matplotlib.pyplot as plt\n"
    "from sklearn.ensemble import RandomForestRegressor\n"
    "from sklearn.metrics import mean_absolute_error",
    "md ## Read the data",
    "train = pd.read_csv('../data/train.csv')\ntest = pd.read_csv('../data/test.csv')\ntrain.head(2)",
    "# look\ntrain.plot.scatter('a', 'y')\nplt.show()",
    "md ## Fill the gaps",
    "means = train.mean()\nfor frame in (train, test):\n    frame.fillna(means, inplace=True)\n"
    "train = train[train.a > means.a - 10]\ntest.isna().sum()",
    "features = ['a', 'b']\nX, y = train[features], train.y",
    "def score(model, X, y):\n    return mean_absolute_error(y, model.predict(X))",
    "# train a forest\nmodel = RandomForestRegressor(n_estimators=5, random_state=0)\n"
    "model.fit(X, y)\nprint('error', score(model, X, y))",
    "print(model.predict(test[features]).round(3), len(train))",
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "prices"\n')
    rows = [f"{i},{'' if i % 4 == 0 else i * 2},{i * 3}" for i in range(20)]
    (tmp_path / "data/train.csv").write_text("a,b,y\n" + "\n".join(rows) + "\n")
    (tmp_path / "data/test.csv").write_text("a,b\n1,\n2,5\n,7\n")
    cells = [
        nbformat.v4.new_markdown_cell(source.removeprefix("md "))
        if source.startswith("md ")
        else nbformat.v4.new_code_cell(source)
        for source in CELLS
    ]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    made = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    nbformat.write(made, tmp_path / "notebooks/n.ipynb")
    return tmp_path


def outputs(project: Path) -> list[Any]:
    """Run a copy in a fresh kernel, as Jupyter would: cwd is the notebook's folder."""
    notebook = nbformat.read(project / "notebooks/n.ipynb", as_version=4)
    resources = {"metadata": {"path": str(project / "notebooks")}}
    nbclient.NotebookClient(notebook, timeout=120, resources=resources).execute()
    found = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [_plain(output) for output in found]


def _plain(output: Any) -> Any:
    keys = {
        key: value for key, value in output.items() if key not in ("execution_count", "metadata")
    }
    data = {k: v for k, v in keys.get("data", {}).items() if k != "text/html"}
    return re.sub(r"0x[0-9a-f]+", "0x", repr({**keys, "data": data}))


def test_clean_and_train(project: Path):
    path = project / "notebooks/n.ipynb"
    start = path.read_bytes()
    before = outputs(project)
    indices = {"2": "read_data", "5": "fill_gaps", "8": "train_forest"}
    moved = 0  # the cell with the path comes in above
    for index, name in indices.items():
        done = extract_file(path, str(int(index) + moved), None, None, False)
        assert done.status == "applied", done.refusals
        assert done.function == name
        moved = len(nbformat.read(path, as_version=4).cells) - len(CELLS)
    module = (project / "src/prices/n.py").read_text()
    assert "from sklearn.ensemble import RandomForestRegressor" in module
    assert "def score(model, X, y):" in module
    assert outputs(project) == before
    for _ in indices:
        undo_last(project)
    assert path.read_bytes() == start
    assert not (project / "src").exists()
