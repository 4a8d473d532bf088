"""What was agreed to once is not run over and over."""

from __future__ import annotations

import pytest
from documents import cell, document

from jupyter_prodready.fixes import pages
from jupyter_prodready.formats import notebook_of
from jupyter_prodready.verify.again import does_more, not_again
from jupyter_prodready.verify.plan import plan_of

POST = "import requests\nrequests.post('https://example.org', json={})"


def why(*sources: str, skip: tuple[str, ...] = ()) -> str:
    page = document(*[cell(source) for source in sources])
    return not_again(plan_of(notebook_of(page, "n.ipynb"), page, skip))


@pytest.mark.parametrize(
    "source", [POST, "!make clean", "%%bash\nrm x", "import os\nos.system('x')"]
)
def test_the_network_and_the_shell_are_not_used_again_and_again(source: str):
    assert why("x = 1", source).startswith("[2] uses the network or a shell")
    assert why("x = 1", source, skip=("c1",)) == ""


@pytest.mark.parametrize(
    "source", ["!ls -l", "files = !ls", "%pip list", "open('a', 'w').write('x')"]
)
def test_what_looks_only_or_writes_anew_may_run_again(source: str):
    assert why(source) == ""


@pytest.mark.parametrize(
    "source", ["import shutil\nshutil.rmtree('data')", POST, "!rm x", "input()"]
)
def test_lost_code_that_touches_the_world_is_not_run_for_a_proof(source: str):
    page = notebook_of(document(cell("x = 1")), "n.ipynb")
    restored = pages.insertion(page, 0, source)
    assert does_more(pages.fix_of("restore-source", "", (restored,)))
    harmless = pages.insertion(page, 0, "y = 2")
    assert not does_more(pages.fix_of("restore-source", "", (harmless,)))


def test_what_the_page_does_already_is_no_more():
    page = notebook_of(document(cell(f"{POST}\ny")), "n.ipynb")
    renamed = pages.replacement(page.cells[0], f"{POST}\nx")
    assert not does_more(pages.fix_of("rename", "", (renamed,)))
    assert not does_more(pages.fix_of("move-cells", "", (pages.move(page.cells[0], 1),)))
