"""Would a second kernel fit beside the person's?"""

from __future__ import annotations

from dataclasses import dataclass

import psutil


@dataclass(frozen=True)
class Shortage:
    """Bytes that the kernel uses with its children, and that are left on the machine."""

    used: int
    free: int

    @property
    def message(self) -> str:
        return f"Your kernel uses {gigabytes(self.used)}, {gigabytes(self.free)} are free."


def shortage(process: int | None) -> Shortage | None:
    """Where a copy of the kernel ``process`` would need more memory than there is.

    None where it fits, or where the process is not known. Pages that are shared are counted
    once for each of its processes: too much rather than too little.
    """
    if process is None:
        return None
    try:
        kernel = psutil.Process(process)
        family = [kernel, *kernel.children(recursive=True)]
        used = sum(one.memory_info().rss for one in family)
    except psutil.Error:
        return None
    free = int(psutil.virtual_memory().available)
    return Shortage(used, free) if used > free else None


def gigabytes(size: int) -> str:
    return f"{size / 2**30:.1f} GB" if size < 10 * 2**30 else f"{size / 2**30:.0f} GB"
