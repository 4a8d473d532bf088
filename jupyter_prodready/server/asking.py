"""Questions before cells are run: 409, with what the person may agree to."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ..analysis.facts import facts_of
from ..model import Cell, Effect
from ..wire import Json, asked_effects_to_json
from .memory import Shortage

ASKED_ABOUT = ("writes-file", "network", "shell")
Asked = list[tuple[Cell, tuple[Effect, ...]]]


def unconfirmed(cells: Iterable[Cell], confirmed: Collection[str]) -> Asked:
    """Those of the cells that touch the world, and were not confirmed."""
    asked: Asked = []
    for cell in cells:
        if cell.id in confirmed:
            continue
        effects = facts_of(cell.source).effects
        touching = tuple(effect for effect in effects if effect.kind in ASKED_ABOUT)
        if touching:
            asked.append((cell, touching))
    return asked


def about_effects(asked: Asked) -> Json:
    names = ", ".join(_name(cell) for cell, _ in asked)
    return {
        "message": f"These cells would write files or use the network again: {names}.",
        "hint": "Confirm them, or skip them.",
        "effects": asked_effects_to_json(asked),
    }


def about_memory(short: Shortage) -> Json:
    return {
        "message": short.message,
        "hint": "Confirm it, free memory, or verify on another machine.",
        "memory": {"used": short.used, "free": short.free},
    }


def _name(cell: Cell) -> str:
    return cell.label if cell.execution_count is not None else f"cell {cell.index + 1}"
