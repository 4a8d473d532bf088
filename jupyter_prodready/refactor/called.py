"""What selected statements do beyond their results, with all that they call on the page."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..analysis.bindings import Binding, Step
from ..analysis.calls import dotted
from ..analysis.facts import Mutation, StatementFacts, facts_of
from ..analysis.memory import Memory
from ..analysis.needs import Use
from ..analysis.nodes import walk
from ..analysis.timeline import walk_plan
from ..analysis.use import use_of
from ..model import Notebook
from .fresh import bound_anew
from .page import DEFINITIONS, Page, PageStatement, import_texts, words_of
from .parts import Parts

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SETTINGS = ("@options", "@cwd", "@environ", "@path")
_UNREPEATABLE = frozenset({"clock", "network", "stdin", "random"})
Place = tuple[int, int]


@dataclass(frozen=True)
class Deeds:
    """``changed`` are names of objects from above that are changed in place, ``kinds`` those of
    the effects; ``trees`` is the code that runs; ``sets``: does it change settings?"""

    changed: frozenset[str]
    kinds: frozenset[str]
    trees: tuple[ast.AST, ...]
    sets: bool


def deeds_of(notebook: Notebook, page: Page, parts: Parts) -> Deeds:
    """What the body of ``parts`` does when the page runs top to bottom."""
    steps, places = _steps(notebook), {s.place for s in parts.body}
    body = [(s, steps[s.place]) for s in page.statements if s.place in places & steps.keys()]
    reached = _reached([step for _, step in body], _definitions(page, max(places, default=(0, 0))))
    trees = (*(s.tree for s, _ in body), *reached)
    facts = [one for tree in trees for one in _facts(tree, page)]
    sets = any(_sets(one) for one in facts) or any(_sets_module(step) for _, step in body)
    return Deeds(
        frozenset(_changed(body)),
        frozenset(_kinds([step for _, step in body], facts)),
        trees,
        sets or any(_sets_outside(tree, page) for tree in trees),
    )


def _use(step: Step) -> Use:
    return use_of(step.facts, step.reads.get)


@lru_cache(maxsize=2)
def _steps(notebook: Notebook) -> Mapping[Place, Step]:
    plan = walk_plan(notebook, None, Memory())
    return {(one.cell.index, n): step for one in plan.cells for n, step in enumerate(one.steps)}


# --- what is changed ----------------------------------------------------------------------------


def _changed(body: Sequence[tuple[PageStatement, Step]]) -> Iterator[str]:
    """Names from above whose objects, or what these hold, may be changed."""
    given: dict[str, Binding | None] = {}
    bound: set[str] = set()
    anew: set[str] = set()
    for statement, step in body:
        given |= {n: b for n, b in step.reads.items() if n not in bound and n not in given}
        for mutation in _use(step).mutations:
            if mutation.name in given and mutation.name not in anew:
                yield mutation.name
            yield from _others(mutation, step.reads.get(mutation.name), given)
        bound |= statement.flow.written
        anew = (anew - statement.flow.written) | {bound_anew(statement.tree)}


def _others(
    mutation: Mutation, changed: Binding | None, given: Mapping[str, Binding | None]
) -> Iterator[str]:
    """Names from above that share what is changed."""
    if changed is None:
        return
    tokens = changed.own | changed.holds if mutation.deep else changed.own
    for name, binding in given.items():
        is_value = binding is None or binding.immutable or binding.module or "[" in name
        if not is_value and binding is not None and tokens & (binding.own | binding.holds):
            yield name


# --- who calls ---------------------------------------------------------------------------------


def calls_in(tree: ast.AST) -> set[str]:
    """First words of what is called in it: of `Shape.of(3)` it is `Shape`."""
    nodes = (node for node in walk(tree) if isinstance(node, ast.Call))
    return {dotted(node.func).partition(".")[0] for node in nodes}


def makers_of(name: str, page: Page) -> set[str]:
    """The class ``name``, classes made of it, and functions of the page that call one of them."""
    found, before = {name}, 0
    while len(found) > before:
        before = len(found)
        for node in (one for s in page.statements for one in s.definitions):
            bases = {dotted(base) for base in getattr(node, "bases", ())}
            if isinstance(node, DEFINITIONS) and found & (bases | calls_in(node)):
                found.add(node.name)
    return found


# --- what is called -----------------------------------------------------------------------------


def _definitions(page: Page, last: Place) -> dict[str, list[ast.AST]]:
    """Functions and classes of the page by name, named lambdas too."""
    found: dict[str, list[ast.AST]] = {}
    for statement in (s for s in page.statements if s.place < last):
        for node in statement.definitions:
            if isinstance(node, DEFINITIONS):
                found.setdefault(node.name, []).append(node)
        if isinstance(statement.tree, ast.Assign):
            for node in walk(statement.tree.value):
                if isinstance(node, ast.Lambda):
                    for name in statement.flow.bound:
                        found.setdefault(name, []).append(node)
    return found


def _reached(steps: Sequence[Step], known: Mapping[str, list[ast.AST]]) -> list[ast.AST]:
    """Definitions that the steps name, or whose instances they use, and what those name."""
    names = {name for step in steps for name in (*_named(step), *_names(step.facts.node))}
    words = {word for step in steps for word in words_of(step.facts.node)}
    found: dict[int, ast.AST] = {}
    before = -1
    while len(found) > before:
        before = len(found)
        nodes = (node for name in sorted(names & known.keys()) for node in known[name])
        found |= {id(one): one for node in nodes for one in _parts(node, words)}
        names |= {name for one in found.values() for name in _names(one)}
        words |= {word for one in found.values() for word in words_of(one)}
    return list(found.values())


def _named(step: Step) -> Iterator[str]:
    """What a step reads, and the classes and functions behind it."""
    for name, binding in step.reads.items():
        yield name
        if binding is not None and binding.deferred:
            made = binding.chain.oldest.step.facts
            yield from (call.func for call in made.calls)


def _names(tree: ast.AST) -> set[str]:
    return {node.id for node in walk(tree) if isinstance(node, ast.Name)}


def _parts(node: ast.AST, words: set[str]) -> Iterator[ast.AST]:
    """A function itself; of a class its bases, and what is called by itself or in ``words``."""
    if not isinstance(node, ast.ClassDef):
        yield node
        return
    yield from node.bases
    for one in node.body:
        if isinstance(one, _FUNCTIONS) and (one.name in words or one.name.startswith("__")):
            yield one


# --- what that does outside ---------------------------------------------------------------------


def _kinds(body: Sequence[Step], facts: Iterable[StatementFacts]) -> set[str]:
    """Kinds of effects; what comes out otherwise each time, for no reason seen, is random."""
    uses = [_use(step) for step in body]
    steps = [step.facts for step in body]
    found = {effect.kind for one in (*steps, *facts) for effect in one.effects}
    is_own = any(use.unrepeatable for use in uses) and found.isdisjoint(_UNREPEATABLE)
    return found | ({"random"} if is_own or any(use.draws for use in uses) else set())


def _sets(facts: StatementFacts) -> bool:
    """Does it seed a generator, or set options, the working folder or the environment?"""
    return bool(facts.seeds) or any(one.startswith(_SETTINGS) for one in facts.ambient_writes)


def _sets_module(step: Step) -> bool:
    stored = (step.reads.get(one.name) for one in _use(step).mutations if one.store)
    return any(one is not None and one.module for one in stored)


def _facts(tree: ast.AST, page: Page) -> tuple[StatementFacts, ...]:
    """Of the statement, and of what functions in it do when they run, as it stands there and
    with imported names as the module calls them."""
    try:
        text = ast.unparse(ast.Module(body=_bodies(tree), type_ignores=[]))
        plain = ast.unparse(_Imported(page).visit(ast.parse(text)))
    except RecursionError:
        return ()
    return tuple(one for source in {text, plain} for one in facts_of(source).statements)


def _bodies(tree: ast.AST) -> list[ast.stmt]:
    found: list[ast.stmt] = []
    if isinstance(tree, ast.stmt) and not isinstance(tree, DEFINITIONS):
        found.append(tree)
    for node in walk(tree):
        if isinstance(node, _FUNCTIONS):
            found += node.body
        elif isinstance(node, ast.Lambda):
            found.append(ast.Expr(node.body))
    return found


class _Imported(ast.NodeTransformer):
    """Imported names as the module calls them: ``r.random()`` is ``random.random()``."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def visit_Name(self, node: ast.Name) -> ast.AST:
        writers = self.page.writers.get(node.id, ())
        if not writers or not all(one.is_import for one in writers):
            return node
        for module, original, _ in import_texts(writers[0].tree, node.id):
            text = f"{module}.{original}" if original else module
            return node if text.startswith(".") else ast.parse(text, mode="eval").body
        return node


def _sets_outside(tree: ast.AST, page: Page) -> bool:
    """Does it set a part of what an imported function gives: ``getcontext().prec = 3``?"""
    return any(_is_imported_call(target, page) for target in _targets(walk(tree)))


def _targets(nodes: Iterable[ast.AST]) -> Iterator[ast.expr]:
    for node in nodes:
        if isinstance(node, ast.Assign):
            yield from node.targets
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            yield node.target


def _is_imported_call(target: ast.expr, page: Page) -> bool:
    called = False
    while isinstance(target, ast.Attribute | ast.Subscript | ast.Call):
        called = called or isinstance(target, ast.Call)
        target = target.func if isinstance(target, ast.Call) else target.value
    return called and isinstance(target, ast.Name) and page.everywhere(target.id) == "import"
