"""Put definitions into a module's text; every other byte of it stays as it is."""

from __future__ import annotations

import ast
import builtins
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..model import Refusal, RefusalCode
from .import_lines import ImportLine, parted, texts_of
from .words import lines_of


@dataclass(frozen=True)
class Definition:
    """A function, class or constant to stand at the top level of the module."""

    name: str
    text: str


@dataclass(frozen=True)
class Merged:
    """The module's text afterwards, or why the definitions cannot be put into it."""

    text: str
    refusals: tuple[Refusal, ...] = ()
    reused: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()


def merge(
    path: str,
    text: str | None,
    imports: Sequence[ImportLine],
    definitions: Sequence[Definition],
    builtins_read: frozenset[str] = frozenset(),
    docstring: str = "",
    typing: Sequence[ImportLine] = (),
    update: bool = False,
) -> Merged:
    """``text`` with imports added below its own and definitions at its end.

    An import that is there is not repeated, a definition with an equal body is reused.
    ``typing`` are imports for annotations only, which do not run. With ``update`` another
    function or class of the same name is replaced where it stands.
    Refused: a name that the module uses for something else, a module that does not
    parse or imports everything from another, and a builtin that it hides.
    """
    imports = tuple(dict.fromkeys(imports))
    if text is None or not text.strip():
        head = [f'"""{docstring}"""'] if docstring else []
        return Merged(_joined(head, imports, definitions, typing))
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError) as error:
        return Merged(text, (_unreadable(path, text, error),))
    bound = _Bound.of(tree)
    reused = tuple(item.name for item in definitions if bound.has(item))
    other = [item for item in definitions if item.name not in reused]
    newer = [item for item in other if update and replaceable(tree, item.name)]
    new = [item for item in other if item not in newer]
    refusals = _clashes(path, bound, imports, new, builtins_read)
    missing = [line for line in imports if line not in bound.imports]
    typing = [line for line in typing if line not in bound.imports and other]
    text = with_replaced(text, newer)
    inserted = _inserted(text, ast.parse(text), missing, new, typing)
    return Merged(inserted, refusals, reused, tuple(item.name for item in newer))


@dataclass(frozen=True)
class _Bound:
    """What a module's top level binds, by nested blocks too. ``dumps`` are what it defines once,
    and nothing binds anew."""

    imports: frozenset[ImportLine]
    others: frozenset[str]
    dumps: dict[str, str]
    star: int | None

    @classmethod
    def of(cls, tree: ast.Module) -> _Bound:
        imports: set[ImportLine] = set()
        star = None
        for node in tree.body:
            imports |= set(_lines_of(node))
            if isinstance(node, ast.ImportFrom):
                star = node.lineno if any(a.name == "*" for a in node.names) else star
        often = Counter(name for node in tree.body for name in written([node]))
        often.update(n for one in ast.walk(tree) if isinstance(one, ast.Global) for n in one.names)
        defined = [(name, node) for node in tree.body for name in _defined(node)]
        dumps = {name: ast.dump(node) for name, node in defined if often[name] == 1}
        rest = [n for n in tree.body if not isinstance(n, ast.Import | ast.ImportFrom)]
        return cls(frozenset(imports), frozenset(written(rest)), dumps, star)

    def has(self, item: Definition) -> bool:
        node = ast.parse(item.text).body[0]
        return self.dumps.get(item.name) == ast.dump(node)


def _defined(node: ast.stmt) -> tuple[str, ...]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return (node.name,)
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target = node.targets[0]
        return (target.id,) if isinstance(target, ast.Name) else ()
    return ()


def written(nodes: Iterable[ast.AST]) -> set[str]:
    """Names bound by these statements, without what lies inside of functions and classes."""
    names: set[str] = set()
    stack = list(nodes)
    while stack:
        node = stack.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
            names.add(node.id)
        if isinstance(node, ast.alias):
            names.add((node.asname or node.name).partition(".")[0])
        if isinstance(node, ast.ExceptHandler) and node.name:
            names.add(node.name)
        stack += ast.iter_child_nodes(node)
    return names


def _clashes(
    path: str,
    bound: _Bound,
    imports: Sequence[ImportLine],
    definitions: Sequence[Definition],
    builtins_read: frozenset[str],
) -> tuple[Refusal, ...]:
    other_module = "Choose another module."
    refusals = []
    if bound.star is not None:
        message = f"`{path}` imports everything from a module (line {bound.star})."
        refusals.append(_refusal(message, "Replace `*` with names, or choose another module."))
    imported = {line.bound for line in bound.imports}
    for line in imports:
        if line.module == "__future__" and line not in bound.imports:
            message = f"`{path}` does not have the notebook's `{line.text}`."
            refusals.append(_refusal(message, other_module))
    for line in imports:
        rivals = {i for i in bound.imports if i.bound == line.bound and i != line}
        if line.bound in bound.others or (rivals and not _same_package(line, rivals)):
            message = f"`{path}` uses the name `{line.bound}` for something else."
            refusals.append(_refusal(message, other_module))
    for item in definitions:
        if (item.name in bound.others or item.name in imported) and not bound.has(item):
            message = f"`{path}` already has a different `{item.name}`."
            remedy = "Choose another name, or another module."
            refusals.append(_refusal(message, remedy, "other-definition"))
    hidden = builtins_read & (bound.others | imported) & frozenset(dir(builtins))
    for name in sorted(hidden):
        message = f"`{path}` hides the builtin `{name}` that this code uses."
        refusals.append(_refusal(message, other_module))
    return tuple(refusals)


def _same_package(line: ImportLine, rivals: Iterable[ImportLine]) -> bool:
    """``import a.b`` beside ``import a``: both bind `a` to the same package."""
    plain = all(rival.name is None and rival.asname is None for rival in rivals)
    return plain and line.name is None and line.asname is None


def _unreadable(path: str, text: str, error: Exception) -> Refusal:
    if text.startswith("\ufeff"):
        return _refusal(f"`{path}` begins with a byte order mark.", "Save it as UTF-8 without one.")
    line = getattr(error, "lineno", None)
    where = f" (line {line})" if line else ""
    return _refusal(f"`{path}` is not valid Python{where}.", "Mend it first.")


def _refusal(message: str, remedy: str, code: RefusalCode = "") -> Refusal:
    return Refusal(None, None, message, remedy, code=code)


# --- text ---------------------------------------------------------------------------


def _joined(
    head: list[str],
    imports: Sequence[ImportLine],
    definitions: Sequence[Definition],
    typing: Sequence[ImportLine],
) -> str:
    future, plain = parted(imports)
    blocks = (head, future, plain, _typing_block(typing))
    top = "\n\n".join("\n".join(block) for block in blocks if block)
    return "\n\n\n".join([*([top] if top else []), *_blocks(definitions)]) + "\n"


def _typing_block(typing: Sequence[ImportLine]) -> list[str]:
    lines = [f"    {text}" for text in texts_of(typing)]
    return ["if TYPE_CHECKING:", *lines] if lines else []


def _own_typing_block(tree: ast.Module) -> ast.If | None:
    """The module's own ``if TYPE_CHECKING:``."""
    for node in tree.body:
        if isinstance(node, ast.If) and not node.orelse and node.body[0].lineno > node.lineno:
            name = getattr(node.test, "id", getattr(node.test, "attr", ""))
            if name == "TYPE_CHECKING":
                return node
    return None


def _blocks(definitions: Sequence[Definition]) -> list[str]:
    """Definitions to be parted by two blank lines; constants in a row stay together."""
    blocks: list[str] = []
    last_is_constant = False
    for item in definitions:
        is_constant = _is_constant(item.text)
        if blocks and is_constant and last_is_constant:
            blocks[-1] += "\n" + item.text.strip("\n")
        else:
            blocks.append(item.text.strip("\n"))
        last_is_constant = is_constant
    return blocks


def _is_constant(text: str) -> bool:
    return isinstance(ast.parse(text).body[0], ast.Assign | ast.AnnAssign)


def _inserted(
    text: str,
    tree: ast.Module,
    imports: Sequence[ImportLine],
    new: Sequence[Definition],
    typing: Sequence[ImportLine],
) -> str:
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = lines_of(text)
    own = _own_typing_block(tree)
    if own is not None and typing:
        last = own.body[-1].end_lineno or own.lineno
        indent = " " * own.body[0].col_offset
        lines[last:last] = [f"{indent}{text}{newline}" for text in texts_of(typing)]
    if imports or typing:
        future, plain = parted(imports)
        plain += ["", *_typing_block(typing)] if typing and own is None else []
        _insert(lines, _last_line(tree, futures=False), plain, newline)
        _insert(lines, _last_line(tree, futures=True), future, newline)
    if not new:
        return "".join(lines)
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += newline
    block = "\n\n\n".join(_blocks(new)) + "\n"
    place = len(lines) - _lines_of_guard(tree, lines_of(text))
    above, below = lines[:place], lines[place:]
    blank = [line for line in above[-2:] if not line.strip()] if below else []
    parts = [newline] * (2 - len(blank)) if above else []
    ends = [newline] * 2 if below else []
    return "".join([*above, *parts, block.replace("\n", newline), *ends, *below])


def _lines_of_guard(tree: ast.Module, lines: Sequence[str]) -> int:
    """The last lines that are an ``if __name__ == ...`` with its comments: definitions go above."""
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.If) or not isinstance(last.test, ast.Compare):
        return 0
    if not isinstance(last.test.left, ast.Name) or last.test.left.id != "__name__":
        return 0
    begin = last.lineno - 1
    while begin and lines[begin - 1].startswith("#"):
        begin -= 1
    return len(lines) - begin


def _insert(lines: list[str], after: int, texts: list[str], newline: str) -> None:
    """Put ``texts`` below line ``after`` (1-based; 0: at the top), parted from code."""
    if not texts:
        return
    if after and not lines[after - 1].endswith(("\n", "\r")):
        lines[after - 1] += newline
    below_import = after and lines[after - 1].lstrip().startswith(("import ", "from ", ")"))
    above = [newline] if after and not below_import else []
    at_end = after >= len(lines) or not lines[after].strip()
    below = [] if at_end or below_import else [newline]
    lines[after:after] = [*above, *(line + newline for line in texts), *below]


def _last_line(tree: ast.Module, *, futures: bool) -> int:
    """The last line of the leading docstring and imports; 0 where there are none."""
    last = 0
    for index, node in enumerate(tree.body):
        is_docstring = index == 0 and isinstance(node, ast.Expr)
        is_docstring = is_docstring and isinstance(getattr(node, "value", None), ast.Constant)
        is_future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
        is_import = isinstance(node, ast.Import | ast.ImportFrom) and not futures
        if not (is_docstring or is_future or is_import):
            break
        last = node.end_lineno or last
    return last


# --- a newer definition ---------------------------------------------------------------


def imports_at_top(text: str | None) -> frozenset[ImportLine]:
    """What a module imports for sure, under names that it binds to nothing else."""
    try:
        tree = ast.parse(text or "")
    except (SyntaxError, ValueError):
        return frozenset()
    bound: dict[str, set[ImportLine | None]] = {}
    for node in tree.body:
        for line in _lines_of(node):
            bound.setdefault(line.bound, set()).add(line)
    for name in written(node for node in tree.body if not _lines_of(node)):
        bound.setdefault(name, set()).add(None)
    return frozenset(line for one in bound.values() if len(one) == 1 for line in one if line)


def _lines_of(node: ast.stmt) -> list[ImportLine]:
    if isinstance(node, ast.Import):
        return [ImportLine(alias.name, None, alias.asname) for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        source = "." * node.level + (node.module or "")
        return [ImportLine(source, alias.name, alias.asname) for alias in node.names]
    return []


def replaceable(tree: ast.Module, name: str) -> ast.stmt | None:
    """The module's only statement that binds ``name``, if it defines a function or class."""
    binding = [node for node in tree.body if name in written([node])]
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return binding[0] if len(binding) == 1 and isinstance(binding[0], kinds) else None


def with_replaced(text: str, definitions: Iterable[Definition]) -> str:
    """``text`` with these definitions in place of those that are there, comments included;
    every other byte stays."""
    newline = "\r\n" if "\r\n" in text else "\n"
    for item in definitions:
        node = replaceable(ast.parse(text), item.name)
        assert node is not None
        lines = lines_of(text)
        first, last = first_line(node, lines), node.end_lineno or node.lineno
        end = lines[last - 1][len(lines[last - 1].rstrip("\r\n")) :]
        lines[first - 1 : last] = [item.text.strip("\n").replace("\n", newline) + end]
        text = "".join(lines)
    return text


def first_line(node: ast.stmt, lines: Sequence[str]) -> int:
    """Where a definition starts, with its decorators and the comments right above."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(one.lineno for one in decorators)])
    while first > 1 and lines[first - 2].startswith("#"):
        first -= 1
    return first
