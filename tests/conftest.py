from __future__ import annotations

import json
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from kernels import Kernel
from ports import keep_apart
from tornado.simple_httpclient import HTTPTimeoutError

from jupyter_prodready.server.worker import patient_worker, shared_worker

# what takes seconds to import, and no test needs: not here, nor in the processes that are started
WITHOUT = str(Path(__file__).with_name("without"))
sys.path.insert(0, WITHOUT)
os.environ["PYTHONPATH"] = os.pathsep.join([WITHOUT, *filter(None, [os.environ.get("PYTHONPATH")])])

# no clock decides whether a test passes: other work may have the machine
# the same examples each time, so that a red run is red again; `make acceptance` draws anew
settings.register_profile(
    "ours",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="EXAMPLES" not in os.environ,
)
settings.load_profile("ours")

keep_apart()

pytest_plugins = ("pytest_jupyter.jupyter_server",)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever starts a server is a `kernel` test, said or not."""
    for item in items:
        if "jp_serverapp" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.kernel)


@pytest.fixture(autouse=True)
def jp_server_cleanup(request: pytest.FixtureRequest) -> None:
    """pytest-jupyter makes and ends a server after every test; only those of servers need it."""
    if "jp_serverapp" in request.fixturenames:
        request.getfixturevalue("jp_server_cleanup")


@pytest.fixture(autouse=True)
def end_worker() -> Iterator[None]:
    """No test finds the worker process of the one before it."""
    yield
    shared_worker().end()
    patient_worker().end()


@pytest.fixture(autouse=True, scope="session")
def own_jupyter_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What verifications remember does not go to the person's own folder."""
    os.environ["JUPYTER_DATA_DIR"] = str(tmp_path_factory.mktemp("jupyter"))


@pytest.fixture
def jp_server_config(jp_server_config: dict[str, Any]) -> dict[str, Any]:
    """A server as people run it: our extension on, no route open to strangers."""
    return {
        "ServerApp": {
            "jpserver_extensions": {"jupyter_prodready": True},
            "allow_unauthenticated_access": False,
        }
    }


@pytest.fixture
def start_kernel(
    jp_fetch: Any, jp_ws_fetch: Any, jp_asyncio_loop: Any
) -> Iterator[Callable[..., Awaitable[Kernel]]]:
    """``await start_kernel(name)``: a real kernel of the test's server, ended afterwards."""
    kernels: list[Kernel] = []

    async def start(name: str = "python3") -> Kernel:
        body = json.dumps({"name": name})
        for attempt in range(3):
            response = await jp_fetch("api", "kernels", method="POST", body=body)
            kernel_id = json.loads(response.body)["id"]
            try:
                socket = await jp_ws_fetch("api", "kernels", kernel_id, "channels")
            except HTTPTimeoutError:  # another process took a port that was picked for the kernel
                await jp_fetch("api", "kernels", kernel_id, method="DELETE")
                if attempt == 2:
                    raise
            else:
                kernels.append(Kernel(kernel_id, socket))
                break
        return kernels[-1]

    async def stop() -> None:
        listed = json.loads((await jp_fetch("api", "kernels")).body)
        alive = {kernel["id"] for kernel in listed}
        for kernel in kernels:
            kernel.socket.close()
            if kernel.id in alive:
                await jp_fetch("api", "kernels", kernel.id, method="DELETE")

    yield start
    jp_asyncio_loop.run_until_complete(stop())


@pytest.fixture
def kernel(start_kernel: Callable[..., Awaitable[Kernel]], jp_asyncio_loop: Any) -> Kernel:
    """One Python kernel. pytest-jupyter runs async tests, but no async fixtures."""
    started: Kernel = jp_asyncio_loop.run_until_complete(start_kernel())
    return started
