"""Cells that become one show their figures at one end: refused where that could be seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from refactor.running import extract

IMPORTS = "import matplotlib.pyplot as plt\nimport pandas as pd"
SPEAKS = "print('done')"

OPEN = {
    "a loop that plots": "for k in (1, 2):\n    plt.plot([k, 2])",
    "axes of the cell": "fig, ax = plt.subplots()\nfor k in (1, 2):\n    ax.plot([k, 2])",
    "a plot of pandas": "ax = pd.DataFrame({'a': [1, 2]}).plot.bar()",
    "a function that plots": "def draw(k):\n    plt.plot([k, 2])\ndraw(1); x = 1",
    "by way of another": "def draw(k):\n    plt.plot([k, 2])\ndef both():\n    draw(1)\n    draw(2)\nx = both()",
    "shown, and drawn again": "plt.figure()\nplt.show()\nax = plt.gca()",
}
CLOSED = {
    "shown": "ax = plt.plot([1, 2])\nplt.show()",
    "shown by the function": "def draw(k):\n    plt.plot([k, 2])\n    plt.show()\nx = draw(1)",
    "closed": "fig = plt.figure()\nplt.close(fig); x = 1",
    "only set up": "import os\nx = plt.rcParams.get('figure.dpi')\nplt.style.use('default'); y = 1",
    "another plot": "class P:\n    def sketch(self):\n        return 1\nx = P().sketch()",
}  # fmt: skip


@pytest.mark.parametrize("name", OPEN)
def test_an_open_figure_is_refused(name: str, tmp_path: Path):
    found = extract(tmp_path, (IMPORTS, OPEN[name], SPEAKS), (1, 2))
    assert [refusal.message for refusal in found.refusals] == [
        "The figure of [2] is shown when that cell ends."
    ]


@pytest.mark.parametrize("name", CLOSED)
def test_a_closed_figure_is_not(name: str, tmp_path: Path):
    found = extract(tmp_path, (IMPORTS, CLOSED[name], SPEAKS), (1, 2))
    assert found.refusals == ()


def test_nothing_shows_behind_it(tmp_path: Path):
    found = extract(tmp_path, (IMPORTS, OPEN["a loop that plots"], "a = 1\nb = a + 1"), (1, 2))
    assert found.refusals == ()


def test_without_a_drawing_library(tmp_path: Path):
    cells = ("a = [1]", "def plot(x):\n    return x\nb = plot(a)", SPEAKS)
    assert extract(tmp_path, cells, (1, 2)).refusals == ()
