"""Fresh kernels for a verification: how they are started, watched and ended.

A provider lives on the event loop that started its kernels. The messages of the kernel
are read elsewhere: zmq's asyncio sockets never yield while messages are waiting.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel
from jupyter_client.manager import AsyncKernelManager, KernelManager

from ..errors import BadInputError, KernelGoneError
from .processes import Family, describe_exit, killed_for_memory

WATCH_SECONDS = 0.3
LOOK_SECONDS = 3.0
QUIET = ("--HistoryManager.hist_file=:memory:", "--IPKernelApp.log_level=ERROR")
_UNSAID = (
    f"[argv.__delitem__(slice(-{len(QUIET)}, None))"
    " for argv in (__import__('sys').argv, getattr(__import__('sys'), 'orig_argv', []))"
    f" if argv[-{len(QUIET)}:] == {[*QUIET]!r}]"
)
_SUBREAPER = (
    "(lambda c: c.CDLL(None).prctl(36, *map(c.c_ulong, (1, 0, 0, 0))))(__import__('ctypes'))"
    " if __import__('sys').platform == 'linux' else None"
)
PREPARED = f"({_UNSAID}, {_SUBREAPER})"
"""Evaluated in a Python kernel before the first cell: takes out of the arguments that its code
sees what nobody else gives it, and makes daemons stay its children, so that they are found."""

Connection = Mapping[str, Any]
OnDeath = Callable[[str], None]


class Kernels(Protocol):
    """Starts, interrupts and ends the kernels of one verification, one at a time."""

    async def start(self, on_death: OnDeath) -> Connection:
        """A new kernel's connection info. ``on_death`` gets, once, how it died by itself.

        `BadInputError` where the kernel does not exist, `KernelGoneError` where it does
        not start.
        """

    async def interrupt(self) -> None:
        """Ask the running cell to stop; nothing if the kernel is gone."""

    async def end(self) -> None:
        """Interrupt, terminate, kill: the kernel and all who are known to descend from it."""


class LocalKernels:
    """Kernels of this process, without a server: for the command line."""

    def __init__(self, name: str | None, folder: Path) -> None:
        self._name = name or "python3"
        self._folder = folder
        self._manager: AsyncKernelManager | None = None
        self._watch: KernelWatch | None = None

    async def start(self, on_death: OnDeath) -> Connection:
        spec = kernel_spec(KernelSpecManager(), self._name)
        self._manager = AsyncKernelManager(kernel_name=self._name)
        try:
            await self._manager.start_kernel(
                cwd=str(self._folder), extra_arguments=quiet_and_private(spec)
            )
        except OSError as error:
            raise cannot_start(self._name, error) from error
        self._watch = KernelWatch(self._manager, on_death)
        return connection_of(self._manager)

    async def interrupt(self) -> None:
        if self._manager is not None and await self._manager.is_alive():
            await self._manager.interrupt_kernel()

    async def end(self) -> None:
        manager, self._manager = self._manager, None
        watch, self._watch = self._watch, None
        if watch is not None:
            await watch.stop()
        if manager is not None and manager.has_kernel:
            await manager.shutdown_kernel(now=False)
        if watch is not None:
            await asyncio.to_thread(watch.family.end)


class KernelWatch:
    """Watches a kernel's process and says once, through ``on_death``, that it died."""

    def __init__(self, manager: KernelManager, on_death: OnDeath) -> None:
        provisioner = manager.provisioner
        self.family = Family(int(getattr(provisioner, "pid", None) or 0))
        self._killed_before = killed_for_memory()
        self._task = asyncio.ensure_future(self._run(manager, on_death))

    async def stop(self) -> None:
        """Watch no more. A last look while it lives finds who left its session."""
        self._task.cancel()
        await asyncio.wait({self._task})
        await asyncio.to_thread(self.family.look)

    async def _run(self, manager: KernelManager, on_death: OnDeath) -> None:
        looks = 0
        while manager.provisioner is not None:
            code = await manager.provisioner.poll()
            if code is not None:
                for_memory = killed_for_memory() > self._killed_before
                on_death(describe_exit(code, self.family.peak_memory, for_memory))
                return
            self.family.weigh()
            if looks % round(LOOK_SECONDS / WATCH_SECONDS) == 0:
                await asyncio.to_thread(self.family.look)
            looks += 1
            await asyncio.sleep(WATCH_SECONDS)


def kernel_spec(specs: KernelSpecManager, name: str) -> KernelSpec:
    """The kernel's specification; `BadInputError` where it is not installed."""
    try:
        spec: KernelSpec = specs.get_kernel_spec(name)
    except NoSuchKernel as error:
        known = ", ".join(sorted(specs.find_kernel_specs())) or "none"
        raise BadInputError(
            f"The notebook asks for the kernel `{name}`, which is not installed here.",
            f"Install it, or choose another kernel for the notebook (installed: {known}).",
        ) from error
    return spec


def quiet_and_private(spec: KernelSpec) -> list[str]:
    """Arguments that keep a verification out of the person's own IPython history, and the
    kernel's warnings (TCP without encryption) out of their terminal: errors still show."""
    is_ipykernel = any("ipykernel" in part for part in spec.argv)
    return [*QUIET] if is_ipykernel else []


def cannot_start(name: str, error: BaseException) -> KernelGoneError:
    return KernelGoneError(
        f"The kernel `{name}` does not start: {error}.",
        "Check its kernel.json, or choose another kernel for the notebook.",
    )


def connection_of(manager: KernelManager) -> Connection:
    """What a client elsewhere needs to talk to the kernel."""
    return dict(manager.get_connection_info(session=False))
