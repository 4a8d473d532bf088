"""One top-level statement's AST to its facts."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from ..model import Effect
from .facts import Call, StatementFacts
from .magics import MagicLine
from .patterns import aliases_of, is_immutable, replays_of
from .walker import Walker

_SHOWING = frozenset({"shell", "other", "python", "binds"})


def statement_facts(
    node: ast.stmt, lines: Sequence[str], magics: tuple[MagicLine, ...], *, last: bool, binds: bool
) -> StatementFacts:
    """Facts of ``node``, a top-level statement of a cell whose code is ``lines``."""
    walker = Walker()
    walker.visit(node)
    end = node.end_lineno or node.lineno
    hushed = isinstance(node, ast.Expr) and _ends_in_semicolon(node, lines)
    shown = walker.shows or _shows_value(node, last=last, hushed=hushed, walker=walker)
    extra = (";" if hushed and last else "") + "".join(f"\n{m.text}" for m in magics)
    return StatementFacts(
        line=node.lineno,
        end_line=end,
        text="\n".join(lines[node.lineno - 1 : end]),
        node=node,
        extra=extra,
        reads=tuple(walker.reads.values()),
        writes=frozenset(walker.bound) if binds else frozenset(),
        maybe_writes=frozenset(walker.maybe - walker.bound) if binds else frozenset(),
        mutations=tuple(walker.mutations),
        deletes=frozenset(walker.deleted),
        aliases=tuple(aliases_of(node)) if binds else (),
        augmented=frozenset(walker.augmented),
        result_of=_result_of(node, walker.calls),
        deferred=tuple(walker.deferred.items()),
        anonymous=tuple(walker.anonymous),
        invoked=frozenset(walker.invoked),
        calls=tuple(walker.calls),
        imports=tuple(walker.imports),
        effects=(*walker.effects, *_magic_effects(magics)),
        replays=tuple(replays_of(node)),
        shows=shown or any(magic.kind in _SHOWING for magic in magics),
        opaque=walker.opaque or _opaque_magic(magics),
        resets=any(magic.kind == "resets" for magic in magics),
        immutable=is_immutable(node),
        consumable=walker.consumable,
        draws=frozenset(walker.draws),
        seeds=frozenset(walker.seeds),
        unrepeatable=walker.unrepeatable,
    )


def _result_of(node: ast.stmt, calls: list[Call]) -> Call | None:
    if not isinstance(node, ast.Assign | ast.AnnAssign) or not isinstance(node.value, ast.Call):
        return None
    func = node.value.func
    if not isinstance(func, ast.Name):
        return None
    return next(
        (call for call in reversed(calls) if call.func == func.id and call.method is None), None
    )


def _ends_in_semicolon(node: ast.stmt, lines: Sequence[str]) -> bool:
    end = (node.end_lineno or node.lineno) - 1
    rest = lines[end].encode()[node.end_col_offset or 0 :].decode(errors="replace")
    return rest.lstrip().startswith(";")


def _shows_value(node: ast.stmt, *, last: bool, hushed: bool, walker: Walker) -> bool:
    if not isinstance(node, ast.Expr) or isinstance(node.value, ast.Constant):
        return isinstance(node, ast.Expr) and last and not hushed
    if last:
        return not hushed or walker.called
    return walker.called and not walker.silent


def _opaque_magic(magics: tuple[MagicLine, ...]) -> str | None:
    for magic in magics:
        if magic.kind == "binds" or (magic.kind == "other" and not magic.name.startswith("%%")):
            return f"`{magic.name}` can define names unseen"
        if magic.kind == "other":
            return f"`{magic.name}` is not known: it can define names unseen"
    return None


def _magic_effects(magics: tuple[MagicLine, ...]) -> tuple[Effect, ...]:
    kinds = {"shell": "shell", "writes-file": "writes-file", "binds": "opaque", "other": "opaque"}
    return tuple(Effect(kinds[m.kind], m.line, m.name) for m in magics if m.kind in kinds)
