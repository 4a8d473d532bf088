"""`POST extract`, `apply`, `undo` on a real server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import HTTPClientError

pytestmark = pytest.mark.kernel

CELLS = ["import math", "x = math.floor(2.5)\ny = x + 1\ny", "print(x, y)"]


@pytest.fixture
def project(jp_root_dir: Path) -> Path:
    root = jp_root_dir / "work"
    (root / "notebooks").mkdir(parents=True)
    (root / "pyproject.toml").write_text('[project]\nname = "sales"\n')
    return root


def body(**more: Any) -> dict[str, Any]:
    cells = [
        {"id": f"c{i}", "type": "code", "source": source, "execution_count": i + 1}
        for i, source in enumerate(CELLS)
    ]
    return {
        "path": "work/notebooks/n.ipynb",
        "cells": cells,
        "language": "python",
        "kernel_id": None,
        "selection": ["c1"],
        "module": None,
        "name": "compute",
        **more,
    }


@pytest.fixture
def post(jp_fetch):
    async def call(route: str, given: dict[str, Any]) -> dict[str, Any]:
        response = await jp_fetch("jupyter-prodready", route, method="POST", body=json.dumps(given))
        return json.loads(response.body)

    return call


async def failing(call, status: int) -> dict[str, Any]:
    with pytest.raises(HTTPClientError) as caught:
        await call
    assert caught.value.code == status
    answer = json.loads(caught.value.response.body)
    assert set(answer) >= {"message", "hint"}
    return answer


def edited(given: dict[str, Any], edits: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The page after the panel made ``edits``."""
    cells = []
    for index, cell in enumerate([*given["cells"], None]):
        here = [edit for edit in edits if edit["index"] == index]
        cells += [
            {"id": edit["cell_id"], "type": "code", "source": edit["after"]}
            for edit in here
            if edit["action"] == "insert"
        ]
        if cell is None or any(edit["action"] == "delete" for edit in here):
            continue
        new = [edit["after"] for edit in here if edit["action"] == "replace"]
        cells.append({**cell, "source": new[0]} if new else cell)
    return cells


async def test_preview_writes_nothing(post, project: Path):
    answer = await post("extract", body())
    assert answer["status"] == "preview"
    assert answer["module"] == "work/src/sales/n.py"
    assert answer["files"] == ["work/src/sales/__init__.py", "work/src/sales/n.py"]
    assert answer["inputs"] == []
    assert answer["outputs"] == [
        {"name": "x", "annotation": None, "reason": "used in [3]", "default": None},
        {
            "name": "y",
            "annotation": None,
            "reason": "used in the line that is shown",
            "default": None,
        },
    ]
    assert [(edit["action"], edit["index"], edit["after"]) for edit in answer["cells"]] == [
        (
            "insert",
            1,
            'import sys\n\nsys.path.append("../src")  # where this notebook finds `sales`\n'
            "%load_ext autoreload\n%autoreload 2\nfrom sales.n import compute",
        ),
        ("replace", 1, "x, y = compute()\ny"),
    ]
    assert sorted(path.name for path in project.rglob("*")) == ["notebooks", "pyproject.toml"]


async def test_options_are_planned_anew_and_belong_to_the_plan(post, project: Path):
    plain = await post("extract", body())
    assert '"""Return' in plain["diff"]
    assert plain["setup"] == plain["cells"][0]["after"]
    assert plain["setup_binds"] == ["sys", "compute"]
    assert (plain["importable"], plain["no_test"]) == (False, None)
    added = "a cell adds `../src` to its path."
    assert plain["reach"] == f"No installed `sales` is known to this kernel: {added}"
    lines = plain["diff"].splitlines()
    told = [(o["option"], lines[o["first"] - 1 : o["last"]]) for o in plain["optional"]]
    assert [option for option, _ in told] == ["autoreload", "docstring"]
    assert told[0][1] == ["+%load_ext autoreload", "+%autoreload 2"]
    options = {"autoreload": False, "docstring": False}
    bare = await post("extract", body(options=options))
    assert bare["optional"] == []
    assert '"""Return' not in bare["diff"]
    assert bare["setup"].endswith("`sales`\nfrom sales.n import compute")
    assert "autoreload" not in bare["diff"]
    await failing(post("apply", body(base=plain["base"], options=options)), 409)
    done = await post("apply", body(base=bare["base"], options=options))
    assert done["diff"] == bare["diff"]
    assert (project / "src/sales/n.py").read_text().count('"""') == 2  # that of the module


async def test_why_there_can_be_no_test_is_told_before_the_proof(post, project: Path):
    preview = await post("extract", body(selection=["c2"], name="show"))
    assert preview["no_test"] == "it gives nothing back that could be compared."


async def test_apply_and_undo(post, project: Path):
    preview = await post("extract", body())
    done = await post("apply", body(base=preview["base"]))
    applied = {"status": "applied", "undo_id": done["undo_id"], "optional": []}
    assert done == {**preview, **applied}
    module = project / "src/sales/n.py"
    assert module.read_text().startswith('"""Extracted from n.ipynb."""\n\nimport math\n')
    assert not (project / "notebooks/n.ipynb").exists()

    page = edited(body(), done["cells"])
    undone = await post("undo", body(id=done["undo_id"], cells=page))
    assert undone["files"] == ["work/src/sales/__init__.py", "work/src/sales/n.py"]
    restored = edited({"cells": page}, undone["cells"])
    assert [cell["source"] for cell in restored] == CELLS
    assert sorted(path.name for path in project.rglob("*")) == ["notebooks", "pyproject.toml"]
    await failing(post("undo", body(id=done["undo_id"], cells=page)), 404)


async def test_undo_before_the_panel_made_its_edits(post, project: Path):
    preview = await post("extract", body())
    done = await post("apply", body(base=preview["base"]))
    undone = await post("undo", body(id=done["undo_id"]))
    assert undone["cells"] == []
    assert not (project / "src").exists()


async def test_undo_after_the_page_was_edited(post, project: Path):
    preview = await post("extract", body())
    done = await post("apply", body(base=preview["base"]))
    page = edited(body(), done["cells"])
    page[2]["source"] += "  # mine"
    answer = await failing(post("undo", body(id=done["undo_id"], cells=page)), 409)
    assert answer["message"] == "The cell 'c1' was changed after the extraction."
    assert (project / "src/sales/n.py").exists()


async def test_undo_with_other_cells_moved(post, project: Path):
    preview = await post("extract", body())
    done = await post("apply", body(base=preview["base"]))
    page = [{"id": "new", "type": "code", "source": "1"}, *edited(body(), done["cells"])]
    undone = await post("undo", body(id=done["undo_id"], cells=page))
    restored = edited({"cells": page}, undone["cells"])
    assert [cell["source"] for cell in restored] == ["1", *CELLS]


@pytest.mark.parametrize("change", ["cell", "module", "name", "package"])
async def test_apply_after_a_change_is_stale(change: str, post, project: Path):
    preview = await post("extract", body())
    given = body(base=preview["base"])
    if change == "cell":
        given["cells"][2]["source"] = "print(y)"
    if change == "module":
        (project / "src/sales").mkdir(parents=True)
        (project / "src/sales/n.py").write_text("a = 1\n")
    if change == "name":
        given["name"] = "other"
    if change == "package":
        (project / "src/core").mkdir(parents=True)
        (project / "src/core/__init__.py").touch()
    answer = await failing(post("apply", given), 409)
    assert answer["hint"] == "Preview the extraction again."
    assert not list(project.rglob("*.json"))


async def test_a_name_for_a_literal_as_the_person_wants_it(post, project: Path):
    sources = ("LIMIT = 5\nrows = [3, 9]", "kept = [r for r in rows if r < LIMIT]\nn = len(kept)")
    cells = [{"id": f"c{i}", "type": "code", "source": s} for i, s in enumerate(sources)]
    given = body(cells=cells, options={"constants": ["LIMIT"]})
    preview = await post("extract", given)
    ways = ["argument", "default", "constant"]
    assert preview["settings"] == [
        {"name": "LIMIT", "text": "5", "given": "constant", "offered": ways}
    ]
    assert (await post("apply", {**given, "base": preview["base"]}))["status"] == "applied"
    assert "\n\nLIMIT = 5\n\n\ndef compute(rows):\n" in (project / "src/sales/n.py").read_text()
    other = {**given, "options": {"defaults": ["LIMIT"]}, "base": preview["base"]}
    assert "changed since" in (await failing(post("apply", other), 409))["message"]


async def test_the_same_code_twice_in_one_cell(post, project: Path):
    source = "c = sorted(a)\nm = max(c)\nprint(m)\nd = sorted(b)\nn = max(d)"
    sources = ("a = [3, 1]\nb = [4]", source, "print(c, d, m, n)")
    cells = [{"id": f"c{i}", "type": "code", "source": s} for i, s in enumerate(sources)]
    given = body(cells=cells, lines={"c1": [[4, 5], [1, 2]]})
    preview = await post("extract", given)
    done = await post("apply", {**given, "base": preview["base"]})
    after = "c, m = compute(a)\nprint(m)\nd, n = compute(b)"
    assert after in [edit["after"] for edit in done["cells"]]


async def test_refused(post, project: Path):
    given = body(module="work/src/sales/random.py")
    preview = await post("extract", given)
    assert preview["status"] == "refused"
    assert [found["message"] for found in preview["refusals"]] == ["`random` is a standard module."]
    assert (await post("apply", {**given, "base": preview["base"]}))["status"] == "refused"
    assert not (project / "src").exists()


@pytest.mark.parametrize(
    ("more", "status", "message"),
    [
        ({"selection": ["zz"]}, 400, "There is no cell 'zz' in the notebook."),
        ({"selection": "c1"}, 400, "`selection` must be a list of cell ids."),
        (
            {"options": {"autoreload": "no"}},
            400,
            "`options` must be true or false for autoreload, annotations, docstring, test, update, pure, several, names for constants, defaults, parameters and returns.",
        ),
        (
            {"options": {"comments": True}},
            400,
            "`options` must be true or false for autoreload, annotations, docstring, test, update, pure, several, names for constants, defaults, parameters and returns.",
        ),
        (
            {"options": {"constants": "LIMIT"}},
            400,
            "`options` must be true or false for autoreload, annotations, docstring, test, update, pure, several, names for constants, defaults, parameters and returns.",
        ),
        ({"module": 3}, 400, "`module` must be a text."),
        (
            {"module": "../../x.py"},
            403,
            "'../../x.py' points outside of the folder that this server shows.",
        ),
        (
            {"module": "elsewhere/x.py"},
            403,
            "`elsewhere/x.py` lies outside of the notebook's project `work`.",
        ),
        (
            {"path": "../n.ipynb"},
            403,
            "'../n.ipynb' points outside of the folder that this server shows.",
        ),
    ],
)
async def test_bad_requests(more: dict[str, Any], status: int, message: str, post, project: Path):
    assert (await failing(post("extract", body(**more)), status))["message"] == message


async def test_project_outside_of_the_contents_root(post, jp_root_dir: Path):
    (jp_root_dir.parent / "pyproject.toml").touch()
    try:
        answer = await failing(post("extract", body(path="n.ipynb")), 403)
        assert "lies outside of the folder" in answer["message"]
    finally:
        (jp_root_dir.parent / "pyproject.toml").unlink()


async def test_a_second_extraction_appends(post, project: Path):
    preview = await post("extract", body())
    done = await post("apply", body(base=preview["base"]))
    first = (project / "src/sales/n.py").read_text()
    page = edited(body(), done["cells"])
    again = body(cells=page, selection=["c2"], name="show")
    preview = await post("extract", again)
    assert (await post("apply", {**again, "base": preview["base"]}))["status"] == "applied"
    second = (project / "src/sales/n.py").read_text()
    assert second == first + "\n\ndef show(x, y):\n    print(x, y)\n"


async def test_read_only_module(post, project: Path):
    module = project / "src/sales/n.py"
    module.parent.mkdir(parents=True)
    module.write_text("")
    module.chmod(0o444)
    preview = await post("extract", body())
    answer = await failing(post("apply", body(base=preview["base"])), 403)
    assert answer["message"] == "`src/sales/n.py` is read-only."
    assert module.read_text() == ""


async def test_a_server_that_hides_the_folder_takes_everything_back(
    post, project: Path, jp_serverapp
):
    (project / "src").mkdir()
    preview = await post("extract", body(module="work/src/.hidden/n.py"))
    assert preview["status"] == "refused"
    jp_serverapp.contents_manager.pre_save_hook = _refuse_modules
    preview = await post("extract", body())
    answer = await failing(post("apply", body(base=preview["base"])), 403)
    assert answer["message"] == "`src/sales/n.py` could not be written: no modules here."
    assert list((project / "src").iterdir()) == []
    assert not (project / ".jupyter-prodready").exists()


def _refuse_modules(model, path, contents_manager):
    if path.endswith("n.py"):
        from tornado.web import HTTPError

        raise HTTPError(403, "no modules here")


async def test_a_hook_that_formats_is_undone_too(post, project: Path, jp_serverapp):
    jp_serverapp.contents_manager.pre_save_hook = _format
    preview = await post("extract", body())
    done = await post("apply", body(base=preview["base"]))
    assert (project / "src/sales/n.py").read_text().endswith("# formatted\n")
    await post("undo", body(id=done["undo_id"]))
    assert not (project / "src").exists()


def _format(model, path, contents_manager):
    if path.endswith("n.py"):
        model["content"] += "# formatted\n"


class TestWithJupytext:
    @pytest.fixture
    def jp_server_config(self, jp_server_config):
        config = {k: dict(v) for k, v in jp_server_config.items()}
        config["ServerApp"]["contents_manager_class"] = "jupytext.TextFileContentsManager"
        return config

    async def test_apply_and_undo(self, post, project: Path):
        preview = await post("extract", body())
        done = await post("apply", body(base=preview["base"]))
        assert "def compute():" in (project / "src/sales/n.py").read_text()
        undone = await post("undo", body(id=done["undo_id"], cells=edited(body(), done["cells"])))
        assert len(undone["cells"]) == 2
        assert not (project / "src").exists()


class TestWithoutFiles:
    @pytest.fixture
    def jp_server_config(self, jp_server_config):
        config = {k: dict(v) for k, v in jp_server_config.items()}
        name = "jupyter_server.services.contents.manager.ContentsManager"
        config["ServerApp"]["contents_manager_class"] = name
        return config

    async def test_refused(self, post, jp_root_dir: Path):
        answer = await failing(post("extract", body()), 400)
        assert answer["message"] == "This server keeps its notebooks somewhere else than in files."


class TestWithoutWritePermission:
    @pytest.fixture
    def jp_server_config(self, jp_server_config):
        from jupyter_server.auth.authorizer import Authorizer

        class ReadOnly(Authorizer):
            def is_authorized(self, handler, user, action, resource):
                return action != "write"

        config = {k: dict(v) for k, v in jp_server_config.items()}
        config["ServerApp"]["authorizer_class"] = ReadOnly
        return config

    async def test_preview_only(self, post, project: Path):
        preview = await post("extract", body())
        assert preview["status"] == "preview"
        await failing(post("apply", body(base=preview["base"])), 403)
        await failing(post("undo", body(id="1")), 403)
        assert not (project / "src").exists()
