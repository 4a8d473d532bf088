"""Is a test worth writing? A fresh kernel runs it, with the module and with spoiled copies."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import ProdreadyError
from ..model import Cell, Notebook
from .kernels import Kernels
from .plan import Plan, Step
from .run import Ask, Limits, run_plan
from .staging import Staged, staging_of

_SCRIPT = Path(__file__).with_name("probe_in_kernel.py")


@dataclass(frozen=True)
class Probe:
    """A test of ``function`` in ``module``. ``files`` are from the test's folder; ``outputs``
    says how many values come back, ``unchanged`` which arguments are to stay as they are.
    ``folder`` is where the package is found that is not installed, ``""`` for one that is."""

    name: str
    text: str
    files: Mapping[str, bytes]
    module: str
    function: str
    outputs: int
    unchanged: tuple[int, ...]
    staged: tuple[Staged, ...]
    folder: str = ""


async def why_not(probe: Probe, kernels: Kernels, limits: Limits) -> str | None:
    """Why the test says nothing, or nothing true; None where it passes, and fails where the
    function does something else. Nothing is written in the project."""
    with tempfile.TemporaryDirectory() as folder:
        path = await asyncio.to_thread(_written, Path(folder), probe)
        asked = (str(path), probe.module, probe.function, probe.outputs, [*probe.unchanged])
        reach = f"__import__('sys').path.append({probe.folder!r})\n" if probe.folder else ""
        source = f"{_SCRIPT.read_text(encoding='utf-8')}\n{reach}probe{asked!r}\n"
        cell = Cell("probe", 0, "code", source)
        plan = Plan(Notebook("probe.ipynb", (cell,)), (Step(cell, (), None),), "python3")
        try:
            ask = Ask(before=staging_of(probe.staged))
            (run,) = (await run_plan(plan, kernels, {}, limits, ask=ask)).cells
        except ProdreadyError as error:
            return str(error)
    return run.detail.removeprefix("ProbeError: ") if run.failed else None


def _written(folder: Path, probe: Probe) -> Path:
    files: Sequence[tuple[str, bytes]] = [(probe.name, probe.text.encode()), *probe.files.items()]
    for name, data in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder / probe.name
