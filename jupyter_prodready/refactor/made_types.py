"""Classes that a call makes (`namedtuple("Point", "x y")`): their module is the one that calls."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from ..analysis.calls import dotted
from ..model import Refusal
from .page import Page, PageStatement, named
from .pickled import sender
from .printed_names import module_reader, shown_instance

_SHOWN = frozenset({"namedtuple", "NamedTuple", "TypedDict", "NewType", "make_dataclass"})
"""The text of what they make names its module; that of its instances does not."""
_ONLY_PICKLED = frozenset(
    {"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "TypeVar", "ParamSpec", "TypeVarTuple"}
)
_LEAVE = "Leave this line in the notebook."
_TYPE_ARGUMENTS = 3


def refuse_made_types(statements: Iterable[PageStatement], page: Page) -> Iterator[Refusal]:
    """What ``statements`` make by calls, and the page pickles or may show with its module."""
    for statement in statements:
        for call, names in _made(statement.tree, (), page):
            message = _problem(call, names, page)
            if message is not None:
                yield Refusal(statement.cell.id, call.lineno, message, _LEAVE)


def _problem(call: ast.Call, names: tuple[str, ...], page: Page) -> str | None:
    called = f"`{names[0]}`" if names else "what this makes"
    sends, asks = sender(page), module_reader(page)
    if sends is not None:
        return f"Moving {called} changes its pickled name, and {named(sends.cell)} pickles."
    if asks is not None:
        return f"{named(asks.cell)} reads `__module__`, which is another one then."
    if _last_name(call) in _ONLY_PICKLED:
        return None
    if not names:
        return "The class that this makes has the name of its module, and no name here."
    shown = (shown_instance(page, _as_class(call, name)) for name in names)
    found = next((one for one in shown if one is not None), None)
    if found is None:
        return None
    return f"Moving {called} changes its printed name, which {named(found.cell)} may show."


def _made(
    node: ast.AST, names: tuple[str, ...], page: Page
) -> Iterator[tuple[ast.Call, tuple[str, ...]]]:
    """Calls that make a class, with the names that they may be bound to. One that a class
    inherits from is known by the class."""
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr):
        names = tuple(_bound(node))
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        names = (node.name,)
    if isinstance(node, ast.Call) and _makes(node, page):
        yield node, names
    children = node.body if isinstance(node, ast.ClassDef) else ast.iter_child_nodes(node)
    for child in children:
        yield from _made(child, names, page)


def _bound(node: ast.AST) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store):
            yield one.id


def _makes(call: ast.Call, page: Page) -> bool:
    name = dotted(call.func)
    if name == "type":
        return len(call.args) == _TYPE_ARGUMENTS and "type" not in page.writers
    is_known = _last_name(call) in _SHOWN | _ONLY_PICKLED
    return is_known and page.everywhere(name.partition(".")[0]) == "import"


def _last_name(call: ast.Call) -> str:
    return dotted(call.func).rpartition(".")[2]


def _as_class(call: ast.Call, name: str) -> ast.ClassDef:
    """A class statement that makes the same, as far as texts of it go."""
    bases: list[ast.expr] = [ast.Name("NamedTuple", ast.Load())]
    if _last_name(call) == "type" and not _has_own_text(call):
        given = call.args[1]
        bases = given.elts if isinstance(given, ast.Tuple) else []
    told: list[ast.stmt] = [
        ast.AnnAssign(ast.Name(one, ast.Store()), ast.Name("tuple", ast.Load()), None, 1)
        for one in ("_fields", "_field_defaults", *_plain_members(call))
    ]
    return ast.ClassDef(name, bases, [], told, [])


def _has_own_text(call: ast.Call) -> bool:
    texts = (node.value for node in ast.walk(call) if isinstance(node, ast.Constant))
    return "__repr__" in texts


def _plain_members(call: ast.Call) -> Iterator[str]:
    """Names of members that are literals, of those that the call shows."""
    given = call.args[-1] if call.args else None
    pairs = zip(given.keys, given.values, strict=True) if isinstance(given, ast.Dict) else ()
    for key, value in pairs:
        if isinstance(key, ast.Constant) and isinstance(value, ast.Constant):
            yield str(key.value)
