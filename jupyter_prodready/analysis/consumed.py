"""How much code surely asks for of what gives its elements one by one, and what it surely comes to.

A generator runs as far as it is asked: to its first element, or to its end.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping

from ..records import replace
from .arguments import Look
from .bindings import Binding
from .deeds import Call, Read
from .facts import NOT_BEGUN, DeferredFacts
from .nodes import children, last_name, walk
from .words import words

Test = Callable[[ast.AST], bool]
NOTHING_OF, FIRST, ALL = 0, 1, 2
_ALL = words("list tuple set frozenset sorted sum max min dict Counter deque join extend")
_FIRST = words("next any all")
_RUNNING = words("run run_until_complete")
_GATHERING = words("gather wait_for shield")
_EACH = words("enumerate map filter")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_LATER = (*_FUNCTIONS, ast.Lambda, ast.ClassDef)
_COMPREHENDED = (ast.ListComp, ast.SetComp, ast.DictComp)
_LEAVING = (ast.Return, ast.Break, ast.Continue)


def is_lazy(body: DeferredFacts) -> bool:
    """Does a call run nothing of it?"""
    return body.lazy is not None or type(body.node) is ast.AsyncFunctionDef


def begun(body: DeferredFacts) -> DeferredFacts:
    """The generator, as what surely happens when its first element is asked for."""
    reads, calls = body.lazy or NOT_BEGUN
    seen = tuple([_as_seen(read, reads) for read in body.reads])
    later = [_unsure(call) for call in body.calls[calls:]]
    return replace(body, reads=seen, calls=(*body.calls[:calls], *later))


def _as_seen(read: Read, reads: Mapping[str, Read]) -> Read:
    known = reads.get(read.name)
    certain, reached = (known.certain, known.reached) if known is not None else (False, False)
    return read._replace(certain=certain, reached=reached)


def _unsure(call: Call) -> Call:
    return call._replace(certain=False, reached=False)


def asked_of(node: ast.AST, is_it: Test, look: Look, *, loops: bool = False) -> int:
    """How much the code surely asks of what ``is_it``; ``loops``: unless one is empty."""
    return max([_asked(one, is_it, look) for one in sure_parts(node, loops=loops)], default=0)


def sure_parts(node: ast.AST, *, loops: bool = False) -> Iterator[ast.AST]:
    """The code that is surely come to, if ``node`` is; ``loops``: unless one is empty."""
    yield node
    for child in _sure_children(node, loops):
        yield from sure_parts(child, loops=loops)


def _sure_children(node: ast.AST, loops: bool) -> Iterable[ast.AST]:
    if isinstance(node, (ast.For, ast.AsyncFor, ast.While)):
        first = node.test if isinstance(node, ast.While) else node.iter
        return [first, *(_before_leaving(node.body) if loops else ())]
    if isinstance(node, (*_COMPREHENDED, ast.GeneratorExp)):
        return _comprehended(node, loops)
    if isinstance(node, (ast.If, ast.IfExp, ast.Assert)):
        return [node.test]
    if isinstance(node, ast.BoolOp):
        return node.values[:1]
    if isinstance(node, ast.Compare):
        return [node.left, node.comparators[0]]
    if isinstance(node, (ast.With, ast.AsyncWith)):
        given = [one.context_expr for one in node.items]
        held = [last_name(one.func) for one in given if isinstance(one, ast.Call)]
        return [*given, *(() if "suppress" in held else _before_leaving(node.body))]
    if isinstance(node, ast.Try):
        return () if node.handlers else _before_leaving(node.body)
    if isinstance(node, ast.Match):
        return [node.subject]
    return () if isinstance(node, _LATER) else children(node)


def _comprehended(node: ast.AST, loops: bool) -> Iterable[ast.AST]:
    first, *others = node.generators  # type: ignore[attr-defined]
    if not loops or others or isinstance(node, ast.GeneratorExp):
        return [first.iter]
    if first.ifs:
        return [first.iter, first.ifs[0]]
    return [first.iter, *([node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt])]  # type: ignore[attr-defined]


def body_of(node: ast.AST | None) -> ast.AST:
    """What a function runs when it is called, as far as it surely comes to it."""
    return ast.With([], _before_leaving(node.body)) if isinstance(node, _FUNCTIONS) else ast.Pass()


def _before_leaving(body: list[ast.stmt]) -> list[ast.stmt]:
    """The statements as far as none before may leave them."""
    for place, one in enumerate(body):
        if any(isinstance(inner, _LEAVING) for inner in walk(one)):
            return body[: place + 1]
    return body


def _asked(node: ast.AST, is_it: Test, look: Look) -> int:
    """How much ``node`` itself asks for."""
    kind = type(node)
    if kind is ast.For or kind is ast.AsyncFor:
        stops = any(isinstance(one, (ast.Break, ast.Return)) for one in walk(node))
        return min(FIRST if stops else ALL, _through(node.iter, is_it, look))  # type: ignore[attr-defined]
    if kind in _COMPREHENDED:
        return _through(node.generators[0].iter, is_it, look)  # type: ignore[attr-defined]
    if kind is ast.Call:
        return _of_call(node, is_it, look)  # type: ignore[arg-type]
    if kind is ast.Await and _gathers(node.value, is_it):  # type: ignore[attr-defined]
        return ALL
    if kind is ast.Starred or kind is ast.Await:
        return _through(node.value, is_it, look)  # type: ignore[attr-defined]
    if kind is ast.With or kind is ast.AsyncWith:
        return ALL * any(is_it(one.context_expr) for one in node.items)  # type: ignore[attr-defined]
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], (ast.Tuple, ast.List)):
        return min(FIRST, _through(node.value, is_it, look))
    return NOTHING_OF


def _gathers(node: ast.expr, is_it: Test) -> bool:
    """Does it wait for coroutines that are made in the call: ``gather(*[f(x) for x in xs])``?"""
    if not isinstance(node, ast.Call) or last_name(node.func) not in _GATHERING or node.keywords:
        return False
    return any(is_it(inner) for one in node.args for inner in walk(one))


def _of_call(node: ast.Call, is_it: Test, look: Look) -> int:
    last, given = last_name(node.func), node.args
    if not given or not (last in _ALL or last in _FIRST or last in _RUNNING):
        return NOTHING_OF
    if isinstance(node.func, ast.Attribute):
        much = ALL if last in ("join", "extend") or last in _RUNNING else NOTHING_OF
    else:
        much = FIRST if last in _FIRST else ALL
        much = much if _is_python(last, look) else NOTHING_OF
    return min(much, _through(given[0], is_it, look)) if much else NOTHING_OF


def _through(node: ast.expr, is_it: Test, look: Look) -> int:
    """How much is asked for where all of ``node`` is."""
    if is_it(node):
        return ALL
    if isinstance(node, ast.GeneratorExp):
        return _through(node.generators[0].iter, is_it, look)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
        name = node.func.id
        if name in _EACH and _is_python(name, look):
            return _through(node.args[0 if name == "enumerate" else -1], is_it, look)
        if name == "zip" and _is_python(name, look):
            return min(FIRST, _through(node.args[0], is_it, look))
    return NOTHING_OF


def _is_python(name: str, look: Look) -> bool:
    """Is it Python's own, or from a library?"""
    binding = look(name)
    return binding is None or (binding.module and not binding.deferred)


def calls_of(name: str, method: str = "") -> Test:
    """Is it a call of that name, or of the method of that?"""

    def is_it(node: ast.AST) -> bool:
        func = node.func if isinstance(node, ast.Call) else None
        if method and isinstance(func, ast.Attribute):
            return (
                func.attr == method and isinstance(func.value, ast.Name) and func.value.id == name
            )
        return not method and isinstance(func, ast.Name) and func.id == name

    return is_it


def is_named(name: str) -> Test:
    return lambda node: isinstance(node, ast.Name) and node.id == name


def is_unasked(name: str, made_by: DeferredFacts, binding: Binding | None) -> bool:
    """Does the name stand for a generator of that function that was asked for nothing yet?"""
    made = binding.chain if binding is not None else None
    call = made.step.facts.result_of if made is not None and made.before is None else None
    giver = made.step.reads.get(call.func) if made is not None and call is not None else None
    if giver is None or call is None or name == call.func or call.method is not None:
        return False
    return len(giver.deferred) == 1 and giver.deferred[0] is made_by
