"""Small changes of source that people make: another number, another column, one line less."""

from __future__ import annotations

import ast
import random
import re

_NUMBER = re.compile(r"(?<![\w.'\"])\d+(?:\.\d+)?(?![\w.'\"])")
_MAGIC = re.compile(r"^%%?time(it)? ?|^%.*$|^!.*$", re.MULTILINE)
_OUTPUT = re.compile(r"^(\w+) = [!%].*$", re.MULTILINE)


def tree_of(source: str) -> ast.Module | None:
    """None for what is not plain Python (a magic, a broken line)."""
    try:
        return ast.parse(source)
    except SyntaxError:
        return None


def bound(source: str) -> list[str]:
    """Names that statements at the top of the cell bind, first to last."""
    tree = tree_of(_MAGIC.sub("", _OUTPUT.sub(r"\1 = 0", source)))
    names: list[str] = re.findall(r"%%capture (\w+)", source)
    for node in _top(tree) if tree else ():
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.append(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            names.append(node.name)
        elif isinstance(node, ast.alias):
            names.append((node.asname or node.name).split(".")[0])
    return list(dict.fromkeys(name for name in names if name != "*"))


def _top(node: ast.AST) -> list[ast.AST]:
    """Nodes outside of functions and classes."""
    found: list[ast.AST] = []
    for child in ast.iter_child_nodes(node):
        found.append(child)
        inner = (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef, ast.Lambda)
        if not isinstance(child, (*inner, ast.ListComp, ast.SetComp, ast.DictComp)):
            found += _top(child)
    return found


def uses(source: str, name: str) -> bool:
    return re.search(rf"(?<![\w.]){name}\b", source) is not None


def renamed(source: str, name: str, new: str) -> str:
    return re.sub(rf"(?<![\w.]){name}\b", new, source)


def commented(source: str, rng: random.Random) -> str:
    """The same code with another comment or another blank line."""
    if source.startswith("%%"):
        return source + "\n"
    return rng.choice([f"# checked\n{source}", f"{source}  # looks right", f"{source}\n"])


def changed(source: str, rng: random.Random) -> str | None:
    """One small change of what the cell says, or None where none was found."""
    ways = [_number, _text, _operator, _drop, _show]
    rng.shuffle(ways)
    ways.sort(key=lambda way: way is not _number and rng.random() < 0.5)
    for way in ways:
        new = way(source, rng)
        if new is not None and new != source:
            return new
    return None


def _number(source: str, rng: random.Random) -> str | None:
    places = list(_NUMBER.finditer(source))
    if not places:
        return None
    found = rng.choice(places)
    value = found[0]
    new = str(float(value) + 0.5) if "." in value else str(int(value) + rng.choice([1, 2, 3]))
    return source[: found.start()] + new + source[found.end() :]


def _text(source: str, rng: random.Random) -> str | None:
    places = [
        found
        for found in re.finditer(r"(?<![\w'\"])(['\"])([A-Za-z][\w ]*)\1(?!['\"])", source)
        if tree_of(source) is not None
    ]
    if not places:
        return None
    found = rng.choice(places)
    new = f"{found[1]}{found[2]}s{found[1]}"
    return source[: found.start()] + new + source[found.end() :]


_OPERATORS = {
    " + ": " - ",
    " - ": " + ",
    " * ": " + ",
    " > ": " >= ",
    " < ": " <= ",
    " == ": " != ",
}


def _operator(source: str, rng: random.Random) -> str | None:
    present = [sign for sign in _OPERATORS if sign in source]
    if not present:
        return None
    sign = rng.choice(present)
    return source.replace(sign, _OPERATORS[sign], 1)


def _drop(source: str, rng: random.Random) -> str | None:
    """One statement less."""
    tree = tree_of(source)
    if tree is None or len(tree.body) < 2:
        return None
    return without(source, rng.choice(tree.body))


def without(source: str, node: ast.stmt) -> str:
    lines = source.splitlines()
    first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])
    del lines[first - 1 : node.end_lineno]
    return "\n".join(lines)


def _show(source: str, rng: random.Random) -> str | None:
    """One more line that shows a name of the cell."""
    names = bound(source)
    if not names or source.startswith("%%"):
        return None
    name = rng.choice(names)
    return f"{source}\n{rng.choice([f'print({name})', name, f'type({name})'])}"


def broken(source: str, rng: random.Random) -> str | None:
    """The cell with a line that raises, somewhere between its statements."""
    tree = tree_of(source)
    if tree is None or not tree.body:
        return None
    node = rng.choice(tree.body)
    lines = source.splitlines()
    line = rng.choice(["1 / 0", "raise ValueError('stop')", "not_there_yet", "int('x')"])
    first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])
    place = rng.choice([first - 1, node.end_lineno or node.lineno])
    lines.insert(place, line)
    new = "\n".join(lines)
    return new if tree_of(new) else None
