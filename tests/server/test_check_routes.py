"""`check`, `graph` and `checks` without a kernel: shapes, paths, errors, big bodies."""

from __future__ import annotations

import json

import pytest
from page import Page, told
from tornado.httpclient import HTTPClientError

from jupyter_prodready import checks

pytestmark = pytest.mark.kernel

CELLS = {"a": "x = 1", "b": "y = x", "c": "print(y, gone)"}


async def refused(fetch, *parts, **options) -> tuple[int, dict[str, str]]:
    with pytest.raises(HTTPClientError) as error:
        await fetch("jupyter-prodready", *parts, **options)
    answer = json.loads(error.value.response.body)
    assert set(answer) == {"message", "hint"}
    assert all(isinstance(value, str) and value for value in answer.values())
    return error.value.code, answer


async def test_graph(jp_fetch):
    body = json.dumps(Page(jp_fetch, CELLS).body())
    response = await jp_fetch("jupyter-prodready", "graph", method="POST", body=body)
    assert json.loads(response.body) == {
        "path": "n.ipynb",
        "edges": [
            {"from": 0, "to": 1, "names": ["x"]},
            {"from": 1, "to": 2, "names": ["y"]},
        ],
    }
    assert response.headers["Content-Type"].startswith("application/json")


async def test_graph_through_a_function_of_the_project(jp_fetch, jp_root_dir):
    (jp_root_dir / "helpers.py").write_text("def feed(rows):\n    rows.append(2)\n")
    cells = {"a": "from helpers import feed\nx = [1]", "b": "feed(x)", "c": "print(x)"}
    body = json.dumps(Page(jp_fetch, cells).body())
    response = await jp_fetch("jupyter-prodready", "graph", method="POST", body=body)
    assert {"from": 1, "to": 2, "names": ["x"]} in json.loads(response.body)["edges"]


async def test_list_and_page_of_checks(jp_fetch):
    listed = json.loads((await jp_fetch("jupyter-prodready", "checks")).body)
    assert [one["name"] for one in listed] == [check.name for check in checks.load()]
    assert {"name", "severity", "summary"} == {key for one in listed for key in one}
    for one in listed:
        response = await jp_fetch("jupyter-prodready", "checks", one["name"])
        page = json.loads(response.body)
        assert {**one, "page": page["page"]} == page
        assert "## What to do" in page["page"]


async def test_unknown_check(jp_fetch):
    code, answer = await refused(jp_fetch, "checks", "deleted-definitoin")
    assert code == 404
    assert "deleted-definition" in answer["hint"]


async def test_unknown_route(jp_fetch):
    with pytest.raises(HTTPClientError) as error:
        await jp_fetch("jupyter-prodready", "nothing")
    assert error.value.code == 404


@pytest.mark.parametrize(
    "path", ["../n.ipynb", "a/../../n.ipynb", "..", "/../n.ipynb", "a\\..\\..\\n.ipynb"]
)
@pytest.mark.parametrize("route", ["check", "graph"])
async def test_path_outside_of_the_root(jp_fetch, route: str, path: str):
    body = json.dumps(Page(jp_fetch, CELLS, path=path).body())
    code, answer = await refused(jp_fetch, route, method="POST", body=body)
    assert code == 403
    assert "outside" in answer["message"]


@pytest.mark.parametrize("path", ["a..b.ipynb", "./n.ipynb", "/n.ipynb", "ä b/ñ %41.ipynb"])
async def test_paths_that_are_fine(jp_fetch, path: str):
    report = await Page(jp_fetch, CELLS, path=path).check()
    assert report["path"] == path.removeprefix(".").removeprefix("/")


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("", "JSON"),
        ("{", "JSON"),
        ("[]", "request body"),
        ("{}", "cells"),
        ('{"cells": {}}', "cells"),
        ('{"cells": [], "path": 1}', "path"),
        ('{"cells": [1], "path": "n"}', "cell"),
        ('{"cells": [{"id": "a", "source": ["x"]}], "path": "n"}', "source"),
        ('{"cells": [{"id": "a", "source": "", "type": "sql"}], "path": "n"}', "type"),
        ('{"cells": [], "path": "n", "runs": [{"status": "maybe"}]}', "status"),
        ('{"cells": [], "path": "n", "runs": 1}', "runs"),
        ('{"cells": [{"id": "a", "source": "", "tags": 1}], "path": "n"}', "tags"),
        ('{"cells": [], "path": "n", "kernel_id": 7}', "kernel_id"),
        ('{"cells": [], "path": "a\\u0000b"}', "NUL"),
        (b"\xff\xfe", "JSON"),
    ],
)
async def test_bad_bodies(jp_fetch, body: str | bytes, names: str):
    code, answer = await refused(jp_fetch, "check", method="POST", body=body)
    assert code == 400
    assert names in answer["message"]


async def test_a_body_that_is_too_large(jp_fetch):
    body = json.dumps(Page(jp_fetch, {"a": "#" * (17 * 2**20)}).body())
    code, _ = await refused(jp_fetch, "check", method="POST", body=body)
    assert code == 413


async def test_project_settings_are_those_of_the_command_line(jp_fetch, jp_root_dir):
    (jp_root_dir / "work").mkdir()
    page = Page(jp_fetch, CELLS, path="work/n.ipynb")
    assert told(await page.check()) == [("undefined-name", "c", True)]
    settings = '[tool.jupyter-prodready]\nper-file-ignores = {"work/*" = ["undefined-name"]}\n'
    (jp_root_dir / "pyproject.toml").write_text(settings)
    assert told(await page.check()) == []
    page.path = "elsewhere.ipynb"
    assert told(await page.check()) == [("undefined-name", "c", True)]


async def test_a_comment_of_a_check_that_the_project_switched_off(jp_fetch, jp_root_dir):
    page = Page(jp_fetch, {"a": "x = 1  # prodready: ignore[undefined-name] an example"})
    assert told(await page.check()) == [("unused-suppression", "a", False)]
    settings = '[tool.jupyter-prodready]\nignore = ["undefined-name"]\n'
    (jp_root_dir / "pyproject.toml").write_text(settings)
    assert told(await page.check()) == []


async def test_broken_project_settings(jp_fetch, jp_root_dir):
    (jp_root_dir / "pyproject.toml").write_text('[tool.jupyter-prodready]\nselct = ["x"]\n')
    body = json.dumps(Page(jp_fetch, CELLS).body())
    code, answer = await refused(jp_fetch, "check", method="POST", body=body)
    assert code == 400
    assert "selct" in answer["message"]


async def test_markdown_and_raw_cells_count_in_the_index(jp_fetch):
    page = Page(jp_fetch, {"m": "# title", "r": "raw", "c": "gone"})
    cells = page.body()["cells"]
    cells[0]["type"], cells[1]["type"] = "markdown", "raw"
    report = await page.check(cells=cells)
    assert [(cell["id"], cell["index"]) for cell in report["cells"]] == [("c", 2)]
    assert [finding["cell_index"] for finding in report["findings"]] == [2]


class TestJupytext:
    """The same with jupytext's contents manager, which is not the server's own class."""

    @pytest.fixture
    def jp_server_config(self, jp_server_config):
        jp_server_config["ServerApp"]["jpserver_extensions"]["jupyterlab_jupytext"] = True
        return jp_server_config

    async def test_a_page_kept_as_a_script(self, jp_fetch, jp_root_dir, jp_serverapp):
        assert "jupytext" in type(jp_serverapp.contents_manager).__module__
        (jp_root_dir / "page.py").write_text("# %%\nx = 1\n")
        (jp_root_dir / "pyproject.toml").write_text(
            '[tool.jupyter-prodready]\nignore = ["undefined-name"]\n'
        )
        report = await Page(jp_fetch, CELLS, path="page.py").check()
        assert report["path"] == "page.py"
        assert told(report) == []


class TestHubAddress:
    """As JupyterHub serves it: below an address with an escaped character."""

    @pytest.fixture
    def jp_base_url(self):
        return "/user/a%40b/"

    async def test_routes_are_below_the_base_url(self, jp_fetch, jp_serverapp):
        assert jp_serverapp.base_url == "/user/a%40b/"
        assert told(await Page(jp_fetch, CELLS).check()) == [("undefined-name", "c", True)]
        await jp_fetch("jupyter-prodready", "checks", "undefined-name")
