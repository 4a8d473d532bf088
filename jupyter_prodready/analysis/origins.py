"""Who gave a name its object, and an object its parts: ``df["x"] = ...`` gave one to ``df``, and
to all that was made of ``df`` since."""

from __future__ import annotations

import ast
import re
from typing import NamedTuple

from .bindings import Binding, Step, part, root_name
from .extensions import MAGIC, makes_magic
from .facts import Shape
from .nodes import dotted, walk
from .submodules import LOADED, gives_module
from .timeline import PlannedCell


class Origin(NamedTuple):
    """The step that gave a name or a part, under the ``name`` that it had there. ``through`` is
    the cell that first made another object of one that had the part."""

    step: Step
    name: str
    through: str | None = None


def giver_of(name: str, binding: Binding) -> Origin:
    """The step that gave the name or part, not one that changed its object afterwards."""
    if root_name(name) != name:
        return origin_of(name, binding)
    steps = [link.step for link in binding.chain.newest_first()]
    own = (s for s in steps if name in s.facts.writes or name in s.facts.maybe_writes)
    return Origin(next(own, steps[-1]), name)


def binds(planned: PlannedCell, name: str) -> bool:
    """Does the cell give the name or part?"""
    if root_name(name) != name:
        key = key_of(name)
        return any(gives_part(step, key) for step in planned.steps)
    if name.startswith(LOADED):
        return any(gives_module(one, name) for one in planned.facts.statements)
    if name.startswith(MAGIC):
        return any(makes_magic(one, name) for one in planned.facts.statements)
    written = (one.writes | one.maybe_writes for one in planned.facts.statements)
    return any(name in names for names in (*written, *(s.given or () for s in planned.steps)))


def sets_such(node: ast.AST, name: str) -> bool:
    """Does it set names of this form, and is the form written down: ``globals()[f"{x}_index"]``?"""
    for one in walk(node):
        place = one.slice if isinstance(one, ast.Subscript) else None
        if isinstance(place, ast.JoinedStr) and _is_globals(one):
            texts = [
                part.value if isinstance(part, ast.Constant) else None for part in place.values
            ]
            form = "".join([".*" if text is None else re.escape(str(text)) for text in texts])
            if any(texts) and re.fullmatch(form, name):
                return True
    return False


def _is_globals(place: ast.AST) -> bool:
    called = place.value if isinstance(place, ast.Subscript) else None
    stored = isinstance(place, ast.Subscript) and isinstance(place.ctx, ast.Store)
    return stored and isinstance(called, ast.Call) and dotted(called.func) == "globals"


def key_of(location: str) -> str:
    """``x`` of ``df["x"]``."""
    return location[len(root_name(location)) + 2 : -2]


def origin_of(location: str, binding: Binding) -> Origin:
    """Who gave the part that ``location`` stands for, ``binding`` being what was read there."""
    name, key, through = root_name(location), key_of(location), None
    while True:
        steps = _own_steps(binding)
        if (found := next((one for one in steps if gives_part(one, key)), None)) is not None:
            return Origin(found, part(name, key), through)
        made = next(((one, of) for one in steps if (of := _made_of(one, name))), None)
        source = made[0].reads.get(made[1].source) if made else None
        if made is None or source is None:
            return Origin(binding.step, part(name, key), through)
        step, shape = made
        if key in shape.adds:
            return Origin(step, part(name, key), through)
        name, binding, through = shape.source, source, step.owner.cell_id


def _own_steps(binding: Binding) -> list[Step]:
    """What made the object what it is, newest first, as far as it is not of another one."""
    found: list[Step] = []
    for link in reversed(binding.links()):
        found.append(link.step)
        if link.carried:
            break
    return found


def gives_part(step: Step, key: str) -> bool:
    """Is it ``df["x"] = ...``, under whatever name of the object?"""
    made = step.facts.mutations
    return any(one.how in ("set", "put") and key in (one.items or ()) for one in made)


def _made_of(step: Step, name: str) -> Shape | None:
    """How ``name`` came from another object."""
    made = (one for one in step.facts.shapes if one.target == name and one.source in step.reads)
    return next(made, None)
