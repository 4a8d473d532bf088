"""The wheel in an environment of its own, without Node: `make wheel` makes both.

WHEELENV is that environment; PATH has nothing but it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.packaging

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def environment() -> Path:
    return Path(os.environ["WHEELENV"])


def run(environment: Path, program: str, *arguments: str) -> str:
    answer = subprocess.run(
        [environment / "bin" / program, *arguments],
        cwd=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout + answer.stderr


def test_there_is_no_node_here():
    assert shutil.which("node") is None
    assert shutil.which("jlpm") is not None, "PATH is not that of the environment"


def test_what_is_in_the_wheel():
    [wheel] = (PROJECT / "dist").glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert any(
        name.endswith("share/jupyter/labextensions/jupyter-prodready/package.json")
        for name in names
    )
    assert any(name.endswith("jupyter_server_config.d/jupyter_prodready.json") for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert "jupyter_prodready/checks/deleted_definition.py" in names
    stray = re.compile(
        r"^(tests|src|sample|ui-tests|node_modules|bench)/|^jupyter_prodready/labextension/|\.map$"
    )
    assert [name for name in names if stray.search(name)] == []


def test_installing_enables_both_halves(environment: Path):
    lab = run(environment, "jupyter", "labextension", "list")
    assert re.search(r"jupyter-prodready v\S+ .*enabled.*OK", lab), lab
    server = run(environment, "jupyter", "server", "extension", "list")
    assert re.search(r"jupyter_prodready \S+ .*OK", server), server


def test_the_command_line(environment: Path):
    listed = run(environment, "jupyter", "prodready", "explain")
    assert "deleted-definition" in listed


@pytest.mark.parametrize(("program", "page"), [("lab", "lab"), ("notebook", "tree")])
def test_the_panel_and_the_routes_are_served(environment: Path, program: str, page: str, tmp_path):
    with_server = serve(environment, program, tmp_path)
    base = next(with_server)
    try:
        html = fetch(f"{base}{page}")
        config = re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', html, re.DOTALL)
        assert config is not None
        extensions = json.loads(config.group(1))["federated_extensions"]
        [ours] = [one for one in extensions if one["name"] == "jupyter-prodready"]
        assert "var _JUPYTERLAB" in fetch(f"{base}lab/extensions/jupyter-prodready/{ours['load']}")
        assert "deleted-definition" in fetch(f"{base}jupyter-prodready/checks")
    finally:
        with_server.close()


def fetch(address: str) -> str:
    request = urllib.request.Request(address, headers={"Authorization": "token t"})
    with urllib.request.urlopen(request, timeout=30) as response:
        text: str = response.read().decode()
    return text


def serve(environment: Path, program: str, folder: Path) -> Iterator[str]:
    """The address of a server; closing the iterator ends it."""
    port = 8931 if program == "lab" else 8932
    options = ["--no-browser", f"--ServerApp.port={port}", "--IdentityProvider.token=t"]
    root = ["--allow-root"] if os.getuid() == 0 else []
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [environment / "bin" / "jupyter", program, *options, *root],
            cwd=folder,
            stdout=log,
            stderr=log,
            env={**os.environ, "JUPYTER_CONFIG_DIR": str(folder / "config")},
        )
        try:
            base = f"http://localhost:{port}/"
            wait_for(base, server, folder / "log")
            yield base
        finally:
            server.terminate()
            server.wait(20)


def wait_for(base: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            fetch(f"{base}api/status")
            return
        except (urllib.error.URLError, ConnectionError):
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.3)
