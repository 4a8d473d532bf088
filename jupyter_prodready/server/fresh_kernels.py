"""Fresh kernels for verifications, started through the server's own kernel manager."""

from __future__ import annotations

import asyncio
import atexit
from collections.abc import Mapping

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import KernelManager
from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.kernelmanager import MappingKernelManager
from jupyter_server.utils import ApiPath
from tornado.web import HTTPError

from ..errors import BadInputError
from ..verify.kernels import (
    Connection,
    KernelWatch,
    OnDeath,
    cannot_start,
    connection_of,
    kernel_spec,
    quiet_and_private,
)
from ..verify.processes import Family

START_ERRORS = (OSError, RuntimeError, ValueError, HTTPError)
_families: set[Family] = set()


class ServerKernels:
    """Kernels as a session of the notebook would get them, but without a session.

    A session with the notebook's path would be adopted by the page. Everything here runs
    on the server's loop; the kernel's messages are read elsewhere, so the manager's own
    watch of them is ended: a cell that prints for ever would fill the server's memory.
    """

    def __init__(
        self, manager: MappingKernelManager, name: str | None, path: str, env: Mapping[str, str]
    ) -> None:
        self._manager = manager
        self._name = name or manager.default_kernel_name
        self._path = path
        self._env = dict(env)
        self._starting: asyncio.Future[str] | None = None
        self._watch: KernelWatch | None = None

    @property
    def env(self) -> Mapping[str, str]:
        return self._env

    def spec(self) -> KernelSpec:
        """`BadInputError` where the kernel is not installed."""
        specs = self._manager.kernel_spec_manager or KernelSpecManager()
        return kernel_spec(specs, self._name)

    async def start(self, on_death: OnDeath) -> Connection:
        arguments = self._extra_arguments()
        start = self._manager.start_kernel(
            path=ApiPath(self._path),
            kernel_name=self._name,
            env=self._env,
            extra_arguments=arguments,
        )
        self._starting = asyncio.ensure_future(start)
        try:
            kernel_id = await asyncio.shield(self._starting)
            manager = self._manager.get_kernel(kernel_id)
            await _until_ready(manager)
        except START_ERRORS as error:
            raise cannot_start(self._name, error) from error
        self._watch = KernelWatch(manager, on_death)
        _families.add(self._watch.family)
        self._leave_alone(kernel_id, manager)
        return connection_of(manager)

    async def interrupt(self) -> None:
        kernel_id = await self._started()
        if kernel_id is None:
            return
        if await ensure_async(self._manager.get_kernel(kernel_id).is_alive()):
            await ensure_async(self._manager.get_kernel(kernel_id).interrupt_kernel())

    async def end(self) -> None:
        watch, self._watch = self._watch, None
        if watch is not None:
            await watch.stop()
        kernel_id = await self._started()
        self._starting = None
        if kernel_id is not None:
            gone = self._manager.shutdown_kernel(kernel_id, now=False)  # type: ignore[no-untyped-call]
            await ensure_async(gone)
        if watch is not None:
            await asyncio.to_thread(watch.family.end)
            _families.discard(watch.family)

    def _extra_arguments(self) -> list[str]:
        if "gateway" in type(self._manager).__module__:
            raise BadInputError(
                "Verifying on the kernels of a gateway is not supported yet.",
                "Verify where the gateway runs, with `jupyter prodready verify`.",
            )
        return quiet_and_private(self.spec())

    async def _started(self) -> str | None:
        """The id of the kernel, if there is one and the manager still has it."""
        if self._starting is None:
            return None
        try:
            kernel_id = await asyncio.shield(self._starting)
        except START_ERRORS:
            return None
        return kernel_id if kernel_id in self._manager else None

    def _leave_alone(self, kernel_id: str, manager: KernelManager) -> None:
        """No restart after a death, no reading of its output, no culling while it runs."""
        manager.stop_restarter()
        self._manager.stop_watching_activity(kernel_id)  # type: ignore[no-untyped-call]  # jupyter
        setattr(manager, "execution_state", "busy")  # noqa: B010  # not typed in jupyter_client


async def _until_ready(manager: KernelManager) -> None:
    ready = manager.ready
    await (ready if isinstance(ready, asyncio.Future) else asyncio.wrap_future(ready))
    await asyncio.sleep(0)  # lets the manager's own callbacks for a started kernel run


@atexit.register
def _end_all() -> None:
    """The last net: the server went down while a verification was about to start a kernel."""
    for family in _families:
        family.end(seconds=0.5)
