"""One top-level statement's AST to its facts."""

from __future__ import annotations

import ast
import re
from collections.abc import Hashable, Iterable, Sequence

from ..model import Effect
from .ambient import magic_ambient, registered
from .assigned import COMPOUND, FORMS
from .facts import StatementFacts
from .flow import METHODS
from .keys import KEYS
from .magic_statements import if_there, with_magics
from .magics import MagicLine, Transformed
from .rare import PLAIN, Rare
from .restored import is_manager
from .said import Written
from .scope import FunctionNode, yielded
from .walker import Walker
from .words import NOTHING, joined

_SHOWING = frozenset({"shell", "other", "python", "binds"})
_LAST_RESULTS = {"_": "@out", "__": "@out2", "___": "@out3"}
_SCRIPT = re.compile(r"%?run\s+([\w./][\w./-]*\.py)(?=\s|$)")
_SHOWS_NOTHING = frozenset({"print", "display"})
_BY_TEXT, _BY_SHAPE = KEYS.by_text, KEYS.by_shape


_Statements = tuple[StatementFacts, ...]


def statements_of(tree: ast.Module, transformed: Transformed) -> tuple[_Statements, _Statements]:
    """Facts of all statements of a cell, and those of them that do more than common ones: they
    define functions, or do what is rare. May raise `RecursionError`."""
    lines, body, binds = transformed.code.split("\n"), tree.body, transformed.binds
    standing = with_magics(body, transformed.magics) if transformed.magics else {}
    body = [*standing] if standing else body
    final = body[-1] if body else None
    walker = Walker(NOTHING, NOTHING, None)
    found: list[StatementFacts] = []
    uncommon: list[StatementFacts] = []
    for node in body:
        magics = standing[node] if standing else ()
        found.append(_statement(walker, node, lines, magics, node is final, binds, uncommon))
    if transformed.output or transformed.optional or transformed.cell_magic == "capture":
        _forgiven(found, transformed)
    return tuple(found), tuple(uncommon)


def _forgiven(found: list[StatementFacts], transformed: Transformed) -> None:
    """What IPython goes on without, and where it puts what is shown."""
    hidden, optional = transformed.cell_magic == "capture", transformed.optional
    for facts in found:
        if transformed.output:
            facts.rarely().output = transformed.output
        reads = facts.reads
        facts.reads = tuple([if_there(read, optional, hidden=hidden) for read in reads])
        if facts.reads != reads:
            facts.rarely().forgives = True


def _statement(
    walker: Walker, node: ast.stmt, lines: Sequence[str], magics: tuple[MagicLine, ...],
    last: bool, binds: bool, uncommon: list[StatementFacts],
) -> StatementFacts:  # fmt: skip
    """Facts of ``node``, a top-level statement of a cell whose code is ``lines``."""
    kind, facts = type(node), StatementFacts()
    walker.begin(Written())
    METHODS[kind](walker, node)
    start, end = node.lineno, node.end_lineno or node.lineno
    text = lines[end - 1] if end == start else "\n".join(lines[start - 1 : end])
    shared = ";" in text
    hushed, extra = _beside(node, lines, magics, last) if magics or shared else (False, "")
    writes, reads = frozenset(walker.bound) if walker.bound else NOTHING, walker.reads
    if reads and "_" in text and (results := _results_read(reads)):
        walker.rarely().ambient_reads |= results
    met: Hashable = text
    if extra or shared or not binds:
        met = (text, extra, (node.col_offset, node.end_col_offset) if shared else None, binds)
    facts.key = _BY_TEXT[met] if met in _BY_TEXT else _key(node, met, extra, walker, writes, binds)
    facts.line, facts.end_line, facts.text, facts.node = start, end, text, node
    facts.said, facts.writes = walker.said, writes if binds else NOTHING
    facts.rare = rare = walker.rare
    facts.shows, facts.looked_at, facts.is_compound = walker.shows, NOTHING, kind in COMPOUND
    facts.reads = tuple(reads.values()) if reads else ()
    facts.mutations, facts.calls, facts.invoked = walker.mutations, walker.calls, walker.invoked
    facts.functions = facts.aliases = facts.deferred = facts.anonymous = ()
    facts.folded = facts.result_of = facts._parts = facts.plain = None
    facts.gives = facts.immutable = facts.sequence = False
    if rare is not PLAIN or walker.deferred or walker.anonymous or walker.body.held or extra:
        uncommon.append(facts)
        _do_more(facts, walker, magics, extra, binds)
    if kind is ast.Expr:
        _of_value(facts, node.value, walker, last, hushed)  # type: ignore[attr-defined]
    elif kind is ast.Assign or kind is ast.AnnAssign:
        facts.result_of = walker.result_of
    if walker.looked_at or walker.deleted:
        _collected(facts, walker)
    if binds and kind in FORMS:
        FORMS[kind](facts, node)
    return facts


def _beside(
    node: ast.stmt, lines: Sequence[str], magics: tuple[MagicLine, ...], last: bool
) -> tuple[bool, str]:
    """Does a ``;`` keep it from showing anything? And what its magics and a last ``;`` say."""
    hushed = type(node) is ast.Expr and _ends_in_semicolon(node, lines)
    extra = "".join([f"\n{magic.text}" for magic in magics])
    return hushed, f";{extra}" if hushed and last else extra


def _collected(facts: StatementFacts, walker: Walker) -> None:
    """What it looks at, and removes."""
    if walker.looked_at:
        facts.looked_at = joined(walker.looked_at - walker.invoked)
        facts.invoked = walker.looked_at | walker.invoked
    if walker.deleted:
        facts.rarely().deletes = walker.deleted


def _do_more(
    facts: StatementFacts, walker: Walker, magics: tuple[MagicLine, ...], extra: str, binds: bool
) -> None:
    """What is rare of it, what it defines, and what its magics do."""
    if facts.rare is not PLAIN:
        _settle(facts, facts.rare, magics, binds)
    if walker.deferred or walker.anonymous or walker.body.held:
        _defined(facts, walker)
    if extra:
        _of_magics(facts, magics, extra)


def _settle(facts: StatementFacts, rare: Rare, magics: tuple[MagicLine, ...], binds: bool) -> None:
    """What was collected of the rare, where the names are known that it binds."""
    if rare.maybe_writes:
        rare.maybe_writes = joined(rare.maybe_writes - facts.writes) if binds else NOTHING
    if rare.unbinds:
        rare.unbinds = joined(rare.unbinds - facts.writes)
    if rare.opaque:
        rare.unseen = _unseen(facts.node, magics)
    facts.aliases = rare.named


def _of_value(
    facts: StatementFacts, value: ast.expr, walker: Walker, last: bool, hushed: bool
) -> None:
    """What comes of the value of an expression that stands by itself."""
    if last and not hushed:
        facts.gives = not _prints(value)
    if not facts.shows:
        facts.shows = _shows_value(value, last, hushed, walker)
    if last and type(value) is ast.Name:
        walker.looked_at |= {value.id}


def _defined(facts: StatementFacts, walker: Walker) -> None:
    """The functions and classes that it makes."""
    node = facts.node
    facts.functions = tuple(walker.functions.items())
    facts.deferred, facts.anonymous = tuple(walker.deferred.items()), walker.anonymous
    if facts.deferred and isinstance(node, FunctionNode) and node.decorator_list:
        facts.rarely().ambient_writes |= registered(node)
        if is_manager(node):
            facts.deferred[0][1].returns |= yielded(node)
    facts.deferred += walker.body.held


def _of_magics(facts: StatementFacts, magics: tuple[MagicLine, ...], extra: str) -> None:
    """What the magics on its lines do; ``extra`` is what they say, and a last ``;``."""
    rare = facts.rarely()
    rare.extra = extra
    for magic in magics:
        read, done = magic_ambient(magic)
        rare.ambient_reads |= read
        rare.ambient_writes |= done
        if magic.name == "%alias" and (words := magic.text.split())[1:]:
            facts.writes |= {words[1]}
    rare.resets = any(magic.kind == "resets" for magic in magics)
    facts.shows = facts.shows or any(magic.kind in _SHOWING for magic in magics)
    rare.effects += _magic_effects(magics)
    rare.opaque = rare.opaque or _opaque_magic(magics)
    if rare.opaque:
        rare.unseen = _unseen(facts.node, magics)


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
    node: ast.stmt, met: Hashable, extra: str, walker: Walker, writes: frozenset[str], binds: bool
) -> int:
    """The number of a statement of a text that was not ``met`` yet."""
    calls, mutations = walker.calls, walker.mutations
    shape = (
        type(node), extra, binds, writes, walker.constant,
        calls[-1] if calls else None, mutations[-1] if mutations else None, *walker.reads,
    )  # fmt: skip
    number = hash(shape)
    if number in _BY_SHAPE:
        return KEYS.number(met, node, number)
    key = _BY_TEXT[met] = KEYS.next = KEYS.next + 1
    _BY_SHAPE[number] = (key, node, None)
    return key


def _ends_in_semicolon(node: ast.stmt, lines: Sequence[str]) -> bool:
    end = (node.end_lineno or node.lineno) - 1
    if ";" not in lines[end]:
        return False
    rest = lines[end].encode()[node.end_col_offset or 0 :].decode(errors="replace")
    return rest.lstrip().startswith(";")


def _shows_value(value: ast.expr, last: bool, hushed: bool, walker: Walker) -> bool:
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
