"""A server that is killed between two writes; the next one finishes it, or takes it back."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

pytestmark = [pytest.mark.kernel, pytest.mark.slow]

SERVER = """
import os, signal, sys
how = sys.argv.pop(1)
def dying(event, args):
    if event != "open" or not str(args[0]).endswith("src/sales/n.py") or "w" not in str(args[1]):
        return
    if how == "half":  # it is open, and a part of it is on the disk
        with os.fdopen(os.open(args[0], os.O_WRONLY | os.O_TRUNC), "wb", closefd=False) as file:
            file.write(b"import ma")
    os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(dying)
from jupyter_server.serverapp import main
main()
"""
CELLS = ["import math", "x = math.floor(2.5)\ny = x + 1\ny", "print(x, y)"]
MODULE = "src/sales/n.py"
Bytes = dict[str, bytes]


def body(folder: str, **more: Any) -> dict[str, Any]:
    cells = [{"id": f"c{i}", "type": "code", "source": s} for i, s in enumerate(CELLS)]
    return {"path": f"{folder}/n.ipynb", "cells": cells, **more}


def files(root: Path) -> Bytes:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def project(root: Path, how: str) -> Path:
    """With a module that is made, or written anew."""
    (root / "src/sales").mkdir(parents=True)
    (root / "pyproject.toml").write_text('[project]\nname = "sales"\n')
    if how == "half":
        (root / "src/sales/__init__.py").touch()
        (root / MODULE).write_bytes(b"a = 1\nb = 2\n")
    else:
        (root / "src/sales").rmdir()
    return root


def killed_while_writing(contents: Path, folder: str, how: str) -> None:
    """Runs a server until the apply kills it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "root_dir": contents,
        "port": port,
        "port_retries": 0,
        "open_browser": False,
        "allow_root": True,
        "jpserver_extensions": "{'jupyter_prodready': True}",
    }
    options = [f"--ServerApp.{name}={value}" for name, value in settings.items()]
    options.append("--IdentityProvider.token=t")
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, how, *options], stderr=subprocess.DEVNULL
    )
    try:
        asked = body(folder, selection=["c1"], name="compute")
        base = call(process, port, "extract", asked)["base"]
        with pytest.raises((OSError, HTTPException)):
            call(process, port, "apply", {**asked, "base": base})
        assert process.wait(10) == -9
    finally:
        process.kill()
        process.wait()


def call(process: subprocess.Popen[bytes], port: int, route: str, asked: dict[str, Any]) -> Any:
    """The answer, once the server listens."""
    url = f"http://127.0.0.1:{port}/jupyter-prodready/{route}"
    headers = {"Authorization": "token t", "Content-Type": "application/json"}
    while process.poll() is None:
        request = Request(url, json.dumps(asked).encode(), headers)
        try:
            with urlopen(request, timeout=30) as answer:
                return json.loads(answer.read())
        except HTTPError:
            raise
        except ConnectionRefusedError:
            time.sleep(0.1)
        except OSError as error:
            if not isinstance(getattr(error, "reason", None), ConnectionRefusedError):
                raise
            time.sleep(0.1)
    raise ConnectionError("the server is gone")


@pytest.mark.parametrize("how", ["between", "half"])
async def test_the_next_server_finishes_it_or_takes_it_back(
    how: str, jp_fetch, jp_root_dir: Path
) -> None:
    async def post(route: str, folder: str, **more: Any) -> dict[str, Any]:
        given = json.dumps(body(folder, **more))
        answer = await jp_fetch("jupyter-prodready", route, method="POST", body=given)
        return json.loads(answer.body)

    root = project(jp_root_dir / "undone", how)
    before = files(root)
    killed_while_writing(jp_root_dir, "undone", how)
    left = files(root)
    assert b"def compute" not in left.get(MODULE, b"")
    assert left != before
    shutil.copytree(root, jp_root_dir / "finished")

    (entry,) = [(await post("journal", "undone"))["unfinished"]]
    assert (entry["what"], entry["is_written"]) == ("extraction", False)
    assert (await post("undo", "undone", id=entry["id"]))["cells"] == []
    assert files(root) == before

    other = jp_root_dir / "finished"
    done = await post("finish", "finished", id=entry["id"])
    assert [edit["action"] for edit in done["cells"]] == ["insert", "replace"]
    assert b"def compute():" in (other / MODULE).read_bytes()
    page = [(c["id"], c["source"]) for c in body("")["cells"]]
    after = {edit["cell_id"]: edit["after"] for edit in done["cells"]}
    first = done["cells"][0]["cell_id"]
    page = [page[0], (first, ""), *page[1:]]
    cells = [{"id": i, "type": "code", "source": after.get(i, source)} for i, source in page]
    assert await post("journal", "finished", cells=cells) == {"unfinished": None}
    undone = await post("undo", "finished", id=entry["id"], cells=cells)
    assert [edit["action"] for edit in undone["cells"]] == ["delete", "replace"]
    assert files(other) == before
