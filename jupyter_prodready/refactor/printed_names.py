"""Classes whose name, and with it that of their module, people may see."""

from __future__ import annotations

import ast

from ..analysis.unseen import runs_tests
from .page import BUILTINS, DEFINITIONS, Page, PageStatement, words_of
from .spread import CLASS, INSTANCE, Spread, bases_of, is_text

_WITH_REPR = frozenset(
    {
        *(
            "dataclass",
            "Enum",
            "IntEnum",
            "StrEnum",
            "Flag",
            "NamedTuple",
            "namedtuple",
            "TypedDict",
        ),
        *("Protocol", "define", "attrs", "BaseEstimator", "BaseModel", "Module"),
        *("dict", "list", "tuple", "str", "int", "float", "set", "frozenset", "UserDict"),
        *("UserList", "Counter", "OrderedDict", "defaultdict", "deque"),
    }
)
_WITH_LONG_NAME = frozenset({"dataclass"})
"""The texts of their instances name the function in which the class was made."""
_ENUMS = frozenset({"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"})
_SHOWING_CALLS = frozenset(
    {"print", "repr", "str", "ascii", "display", "format", "pprint", "input", "exit"}
)
_SHOWING_METHODS = frozenset(
    {
        *("format", "write", "writelines", "pprint", "display"),
        *("debug", "info", "warning", "error", "critical", "exception", "log"),
    }
)
_AS_TEXT = frozenset({"print", "str", "format"})
_TABLES = frozenset({"to_string", "to_html", "to_markdown", "to_csv", "to_latex"})


def shown_instance(
    page: Page, tree: ast.ClassDef, *, in_function: bool = False
) -> PageStatement | None:
    """A statement that may show the class, or an instance whose text names its module or, made
    ``in_function``, that function."""
    spread = Spread(page, tree)
    if _is_enum(tree, spread):
        return None
    shown = CLASS if has_own_text(tree, spread, in_function=in_function) else CLASS | INSTANCE
    own = {node.name for one in bases_of(tree, spread.classes) for node in _methods(one)}
    shows = _Shows(page, spread, shown, "__str__" in own)
    return next((s for s in spread.touched() if shows.statement(s)), None)


def _is_enum(tree: ast.ClassDef, spread: Spread) -> bool:
    """Neither the text of an enumeration nor that of its members has a module in it."""
    family = bases_of(tree, spread.classes)
    bases = frozenset[str]().union(*(words_of(base) for one in family for base in one.bases))
    marked = any(one.keywords or one.decorator_list for one in family)
    return bool(bases & _ENUMS) and not marked


def has_own_text(tree: ast.ClassDef, spread: Spread, *, in_function: bool = False) -> bool:
    """Do its instances show themselves without the name of the module?"""
    family = bases_of(tree, spread.classes)
    own = {node.name for one in family for node in _methods(one)}
    heads = [node for one in family for node in [*one.bases, *one.decorator_list]]
    marks = frozenset[str]().union(*map(words_of, heads))
    plain = _WITH_REPR - _WITH_LONG_NAME if in_function else _WITH_REPR
    return bool("__repr__" in own or marks & plain or marks & _exceptions())


def _methods(tree: ast.ClassDef) -> list[ast.FunctionDef]:
    return [node for node in tree.body if isinstance(node, ast.FunctionDef)]


def module_reader(page: Page) -> PageStatement | None:
    """A statement that asks where something was defined."""
    return next((s for s in page.statements if "__module__" in s.words), None)


def runner_of_tests(page: Page, tree: ast.stmt) -> PageStatement | None:
    """A statement that runs tests of the notebook, and would not find those of ``tree``, or name
    them otherwise."""
    nodes = [node for node in ast.walk(tree) if isinstance(node, DEFINITIONS)]
    examples = any(">>>" in (ast.get_docstring(node) or "") for node in nodes)
    cases = any("TestCase" in words_of(base) for n in nodes for base in getattr(n, "bases", ()))
    if not examples and not cases:
        return None
    runs = (s for s in page.statements if any(runs_tests(node) for node in ast.walk(s.tree)))
    return next(runs, None)


def _exceptions() -> set[str]:
    return {name for name in BUILTINS if name.endswith(("Error", "Exception", "Warning"))}


class _Shows:
    """Finds what is shown of a class; ``asked`` are the kinds of value that would tell."""

    def __init__(self, page: Page, spread: Spread, asked: int, has_text: bool) -> None:
        self.page, self.spread, self.asked = page, spread, asked
        self.has_text = has_text
        self.all_are_shown = any("ast_node_interactivity" in s.cell.source for s in page.statements)

    def statement(self, statement: PageStatement) -> bool:
        tree = statement.tree
        is_shown = isinstance(tree, ast.Expr) and self._is_last(statement)
        if isinstance(tree, ast.Expr) and is_shown and self._tells(tree.value):
            return True
        return self._inside(tree)

    def _is_last(self, statement: PageStatement) -> bool:
        source = statement.cell.source.rstrip()
        rest = source.split("\n")[statement.facts.end_line :]
        is_last = all(not line.strip() or line.lstrip().startswith("#") for line in rest)
        return self.all_are_shown or (is_last and not source.endswith(";"))

    def _inside(self, node: ast.AST) -> bool:
        with self.spread.inside(node):
            if self._node(node):
                return True
            return any(self._inside(child) for child in ast.iter_child_nodes(node))

    def _node(self, node: ast.AST) -> bool:
        if isinstance(node, ast.FormattedValue):
            return self._tells(node.value, as_text=node.conversion != ord("r"))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and is_text(node.left):
            return self._tells(node.right)
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            return any(self._tells(arg) for arg in node.exc.args)
        return isinstance(node, ast.Call) and self._call(node)

    def _call(self, call: ast.Call) -> bool:
        func = call.func
        if isinstance(func, ast.Attribute):
            if func.attr in _TABLES:
                return self._tells(func.value)
            return func.attr in _SHOWING_METHODS and self._any(call.args, as_text=False)
        name = func.id if isinstance(func, ast.Name) else ""
        if name == "map" and call.args and isinstance(call.args[0], ast.Name):
            return call.args[0].id in _SHOWING_CALLS and self._any(call.args[1:], as_text=False)
        return name in _SHOWING_CALLS and self._any(call.args, as_text=name in _AS_TEXT)

    def _any(self, nodes: list[ast.expr], *, as_text: bool) -> bool:
        return any(self._tells(node, as_text=as_text) for node in nodes)

    def _tells(self, node: ast.expr, *, as_text: bool = False) -> bool:
        kind = self.spread.kind(node)
        if as_text and self.has_text and self._is_one(node):
            kind &= ~INSTANCE
        return bool(kind & self.asked)

    def _is_one(self, node: ast.expr) -> bool:
        """Surely an instance itself, and nothing that holds some: `__str__` shows it."""
        if isinstance(node, ast.Name) and node.id != self.spread.me:
            writers = self.page.writers.get(node.id, ())
            values = [getattr(writer.tree, "value", None) for writer in writers]
            return bool(values) and all(self._makes(value) for value in values)
        return isinstance(node, ast.Name) or self._makes(node)

    def _makes(self, node: ast.expr | None) -> bool:
        func = node.func if isinstance(node, ast.Call) else None
        return isinstance(func, ast.Name) and func.id == self.spread.tree.name
