"""Why a clean run fails or differs where the person's kernel did not. One file, one kind."""

from __future__ import annotations

from ...model import VerifyCause
from . import files, hidden_state, limits, modules, versions, world
from .scene import Scene

KINDS = (
    limits.cause,
    modules.cause,
    files.cause,
    versions.cause,
    world.named,
    hidden_state.cause,
    world.behind,
)
"""Asked in this order: what the error itself names comes before what could be behind it."""


def cause_of(scene: Scene) -> VerifyCause | None:
    """The first kind that can say why; None where only the output differs and none can."""
    found = (kind(scene) for kind in KINDS)
    return next((cause for cause in found if cause is not None), None) or scene.bare()
