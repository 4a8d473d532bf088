"""The run was ended: a limit, a question, an exit, memory."""

from __future__ import annotations

from ...model import VerifyCause
from ..processes import OUT_OF_MEMORY
from .scene import Scene

_REMEDIES = {
    "timeout": "Give it more time (`verify.timeout`), or skip the cell.",
    "needs-input": "Give the value as a parameter, or tag the cell `skip-execution`.",
    "exit": "Take the call out: it ends every run.",
    "SystemExit": "Take the call out: it ends every run.",
}


def cause(scene: Scene) -> VerifyCause | None:
    error, detail = scene.trouble.error or "", scene.trouble.detail
    if error == "MemoryError" or (error == "kernel-died" and OUT_OF_MEMORY in detail):
        remedy = "Load less at once, or verify on a machine with more memory."
        return scene.because("memory", detail or error, remedy)
    if error == "kernel-died":
        return scene.because(error, detail, "Run the cell by itself and look at its log.")
    if error in _REMEDIES:
        return scene.because(error, detail, _REMEDIES[error])
    return None
