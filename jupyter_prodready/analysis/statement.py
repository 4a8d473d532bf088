"""One top-level statement's AST to its facts."""

from __future__ import annotations

import ast
import re
from collections.abc import Hashable, Iterable, Sequence

from ..model import Effect
from .ambient import magic_ambient, registered
from .assigned import read_form
from .facts import Call, StatementFacts
from .flow import METHODS
from .keys import KEYS
from .magic_statements import if_there, with_magics
from .magics import MagicLine, Transformed
from .nodes import last_name
from .scope import MANAGERS, FunctionNode, yielded
from .walker import Walker
from .words import NOTHING, joined

_SHOWING = frozenset({"shell", "other", "python", "binds"})
_COMPOUND = frozenset(
    {ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.If, ast.Match}
)
_LAST_RESULTS = {"_": "@out", "__": "@out2", "___": "@out3"}
_SCRIPT = re.compile(r"%?run\s+([\w./][\w./-]*\.py)(?=\s|$)")
_SHOWS_NOTHING = frozenset({"print", "display"})


def statements_of(tree: ast.Module, transformed: Transformed) -> tuple[StatementFacts, ...]:
    """Facts of all statements of a cell. May raise `RecursionError`."""
    lines = transformed.code.split("\n")
    body = with_magics(tree.body, transformed)
    final, binds = body[-1][0] if body else None, transformed.binds
    found: list[StatementFacts] = []
    for node, magics in body:
        found.append(_statement(node, lines, magics, last=node is final, binds=binds))
    hidden = transformed.cell_magic == "capture"
    if transformed.output or transformed.optional or hidden:
        for facts in found:
            facts.output = transformed.output
            reads = facts.reads
            optional = transformed.optional
            facts.reads = tuple([if_there(read, optional, hidden=hidden) for read in reads])
    return tuple(found)


def _statement(
    node: ast.stmt, lines: Sequence[str], magics: tuple[MagicLine, ...], *, last: bool, binds: bool
) -> StatementFacts:
    """Facts of ``node``, a top-level statement of a cell whose code is ``lines``."""
    walker = Walker()
    METHODS[type(node)](walker, node)
    value = node.value if type(node) is ast.Expr else None
    if last and type(value) is ast.Name:
        walker.looked_at |= {value.id}
    start, end = node.lineno, node.end_lineno or node.lineno
    text = lines[end - 1] if end == start else "\n".join(lines[start - 1 : end])
    hushed = value is not None and ";" in text and _ends_in_semicolon(node, lines)
    extra = ";" if hushed and last else ""
    if magics:
        extra += "".join([f"\n{magic.text}" for magic in magics])
    writes = frozenset(walker.bound) if walker.bound else NOTHING
    key = _key(node, text, extra, walker, writes, binds=binds)
    facts = StatementFacts(start, end, text, node, key)
    facts.extra = extra
    if value is not None:
        facts.gives = last and not hushed and not _prints(value)
        facts.shows = _shows_value(value, last=last, hushed=hushed, walker=walker)
    if walker.shows:
        facts.shows = True
    if binds:
        facts.writes = writes
        if walker.maybe:
            facts.maybe_writes = joined(walker.maybe - writes)
    _names(facts, walker)
    _deeds(facts, walker)
    facts.said = walker.said
    if walker.functions:
        facts.functions = tuple(walker.functions.items())
    if magics or _has_ambient(walker):
        _around(facts, walker, magics)
    if facts.opaque:
        facts.unseen = _unseen(node, magics)
    if binds:
        read_form(facts, node)
    return facts


def _names(facts: StatementFacts, walker: Walker) -> None:
    """What it reads and removes, and which of the names that it reads it may call."""
    if walker.reads:
        facts.reads = tuple(walker.reads.values())
        if "_" in facts.text and (results := _results_read(walker.reads)):
            facts.ambient_reads = frozenset(results)
    if walker.deleted:
        facts.deletes = walker.deleted
    if walker.unbound:
        facts.unbinds = joined(walker.unbound - facts.writes)
    if walker.augmented:
        facts.augmented = walker.augmented
    if walker.looked_at:
        facts.looked_at = joined(walker.looked_at - walker.invoked)
    if walker.invoked or walker.looked_at:
        facts.invoked = walker.looked_at | walker.invoked
    if walker.annotations:
        facts.annotations = tuple(walker.annotations.values())


def _deeds(facts: StatementFacts, walker: Walker) -> None:
    """What it calls, makes and changes."""
    facts.is_compound = type(facts.node) in _COMPOUND
    if walker.mutations:
        facts.mutations = tuple(walker.mutations)
    if walker.calls:
        facts.calls = tuple(walker.calls)
        facts.result_of = _result_of(facts.node, walker.calls)
    if walker.deferred:
        facts.deferred = tuple(walker.deferred.items())
        if isinstance(facts.node, FunctionNode) and facts.node.decorator_list:
            walker.ambient_writes |= registered(facts.node)
            if any(last_name(one) in MANAGERS for one in facts.node.decorator_list):
                facts.deferred[0][1].returns |= yielded(facts.node)
    if walker.rare is not None:
        facts.aliases = walker.rare.named
        facts.deferred += walker.rare.held
    if walker.anonymous:
        facts.anonymous = tuple(walker.anonymous)
    if walker.imports:
        facts.imports = walker.imports
    if walker.effects:
        facts.effects = walker.effects
    if walker.needs:
        facts.needs = walker.needs
    if walker.identifies:
        facts.identifies = True
    if walker.opaque:
        facts.opaque = walker.opaque


def _has_ambient(walker: Walker) -> bool:
    """Has it to do with anything beside names?"""
    if walker.ambient_reads or walker.ambient_writes or walker.unrepeatable:
        return True
    return bool(walker.draws or walker.seeds)


def _around(facts: StatementFacts, walker: Walker, magics: tuple[MagicLine, ...]) -> None:
    """What it draws from, reads and sets beside names; what the magics on its lines do."""
    facts.unrepeatable = walker.unrepeatable
    facts.draws = walker.draws
    facts.seeds = walker.seeds
    around = [magic_ambient(magic) for magic in magics]
    own = joined(facts.ambient_reads, walker.ambient_reads)
    facts.ambient_reads = joined(own, *[read for read, _ in around])
    facts.ambient_writes = joined(walker.ambient_writes, *[done for _, done in around])
    for magic in magics:
        if magic.name == "%alias" and (words := magic.text.split())[1:]:
            facts.writes |= {words[1]}
    facts.resets = any(magic.kind == "resets" for magic in magics)
    facts.shows = facts.shows or any(magic.kind in _SHOWING for magic in magics)
    facts.effects += _magic_effects(magics)
    facts.opaque = facts.opaque or _opaque_magic(magics)


def _results_read(reads: Iterable[str]) -> set[str]:
    """``_`` and ``_3``: what an earlier cell showed."""
    found = set()
    for name in reads:
        if name[0] == "_" and (name in _LAST_RESULTS or name[1:].isdigit()):
            found.add(f"@out:{name[1:]}" if name[1:].isdigit() else _LAST_RESULTS[name])
    return found


def _prints(value: ast.expr) -> bool:
    func = value.func if isinstance(value, ast.Call) else None
    return isinstance(func, ast.Name) and func.id in _SHOWS_NOTHING


def _key(
    node: ast.stmt, text: str, extra: str, walker: Walker, writes: frozenset[str], *, binds: bool
) -> int:
    """Texts of two statements on one line differ in their columns alone."""
    met: Hashable = text
    if extra or not binds or ";" in text:
        met = (text, extra, (node.col_offset, node.end_col_offset) if ";" in text else None, binds)
    known = KEYS.by_text.get(met)
    if known is not None:
        return known
    calls, mutations = walker.calls, walker.mutations
    shape = (
        type(node), extra, binds, writes, tuple(walker.reads), walker.constant,
        calls[-1] if calls else None,
        mutations[-1] if mutations else None,
    )  # fmt: skip
    return KEYS.number(met, node, hash(shape))


def _result_of(node: ast.stmt, calls: list[Call]) -> Call | None:
    if type(node) is not ast.Assign and type(node) is not ast.AnnAssign:
        return None
    value = node.value
    if type(value) is ast.Call and type(called := value.func) is ast.Name:
        name = called.id
        for call in reversed(calls):
            if call.func == name and call.method is None:
                return call
    return None


def _ends_in_semicolon(node: ast.stmt, lines: Sequence[str]) -> bool:
    end = (node.end_lineno or node.lineno) - 1
    if ";" not in lines[end]:
        return False
    rest = lines[end].encode()[node.end_col_offset or 0 :].decode(errors="replace")
    return rest.lstrip().startswith(";")


def _shows_value(value: ast.expr, *, last: bool, hushed: bool, walker: Walker) -> bool:
    if isinstance(value, ast.Constant):
        return last and not hushed
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


def _unseen(node: ast.stmt, magics: tuple[MagicLine, ...]) -> str:
    if isinstance(node, ast.ImportFrom) and not node.level:
        return node.module or ""
    script = _SCRIPT.match(magics[0].text) if len(magics) == 1 else None
    return f"%run {script[1]}" if script and isinstance(node, ast.Pass) else ""


def _magic_effects(magics: tuple[MagicLine, ...]) -> tuple[Effect, ...]:
    kinds = {"shell": "shell", "writes-file": "writes-file", "binds": "opaque", "other": "opaque"}
    return tuple([Effect(kinds[m.kind], m.line, m.name) for m in magics if m.kind in kinds])
