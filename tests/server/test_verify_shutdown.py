"""A real server that is stopped in the middle of a verification leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from documents import cell, document, live

pytestmark = [pytest.mark.kernel, pytest.mark.slow]


class Server:
    """A `jupyter server` of its own process."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        options = {
            "root_dir": str(folder),
            "port": self.port,
            "open_browser": False,
            "allow_root": True,
            "jpserver_extensions": {"jupyter_prodready": True},
        }
        self.runtime = folder / "runtime"
        environment = {
            **os.environ,
            "JUPYTER_CONFIG_DIR": str(folder / "config"),
            "JUPYTER_RUNTIME_DIR": str(self.runtime),
        }
        config = folder / "server.json"
        config.write_text(
            json.dumps({"ServerApp": options, "IdentityProvider": {"token": "secret"}})
        )
        self.process = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server", f"--config={config}"],
            env=environment,
            stderr=subprocess.DEVNULL,
        )
        self._wait()

    def fetch(self, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": "token secret"},
        )
        with urllib.request.urlopen(request, timeout=10) as response:
            return json.loads(response.read())

    def _wait(self) -> None:
        ends = time.monotonic() + 60
        while True:
            try:
                self.fetch("api/status")
                return
            except OSError:
                assert time.monotonic() < ends
                time.sleep(0.2)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    yield server
    server.process.kill()
    server.process.wait()


def test_sigterm_leaves_no_kernel(server: Server):
    page = document(
        cell("import subprocess\np = subprocess.Popen(['sleep', '300'])"),
        cell("while True:\n    print('x' * 1000)"),
    )
    bodies = [live(name, page, confirmed=["c0"]) for name in ("n.ipynb", "waiting.ipynb")]
    running, waiting = [server.fetch("jupyter-prodready/verify", body)["id"] for body in bodies]
    ends = time.monotonic() + 60
    while server.fetch(f"jupyter-prodready/verify/{running}")["running"] != "c1":
        assert time.monotonic() < ends
        time.sleep(0.2)
    assert server.fetch(f"jupyter-prodready/verify/{waiting}")["state"] == "queued"
    family = psutil.Process(server.process.pid).children(recursive=True)
    commands = [" ".join(process.cmdline()) for process in family]
    assert [sum(word in one for one in commands) for word in ("ipykernel", "sleep", "worker")] == [
        1,
        1,
        1,
    ], commands
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(timeout=30) == 0
    _, alive = psutil.wait_procs(family, timeout=5)
    assert [process.cmdline() for process in alive] == []
    left = [one for one in psutil.process_iter(["cmdline"]) if _is_of(one, server)]
    assert [one.info["cmdline"] for one in left] == []


def _is_of(process: psutil.Process, server: Server) -> bool:
    """Kernels name their connection file, which is in the server's runtime folder."""
    folder = str(server.runtime)
    return any(folder in part for part in process.info["cmdline"] or [])
