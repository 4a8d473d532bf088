"""One piece of IPython's syntax to one line of plain Python that reads and binds the same."""

from __future__ import annotations

import ast
import keyword
import re
from collections.abc import Callable, Iterable, Sequence

from ..records import dataclass
from .magic_kinds import (
    ARGUMENT_IS_PYTHON,
    BINDS_NOTHING,
    NEVER_EXPANDED,
    OPTIONS,
    MagicKind,
    MagicLine,
    Transformed,
    kind_of,
)
from .magic_reads import Expanded, expanded
from .magic_syntax import Special

_HELP = frozenset({"pinfo", "pinfo2", "psearch"})
_UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)
Nested = Callable[[str], Transformed]


@dataclass(frozen=True)
class LineCode:
    """``code`` is a statement, or an expression where the piece is assigned. ``optional``
    are names that it reads if they are there; ``inner`` the magics in its argument."""

    code: str
    kind: MagicKind
    name: str
    optional: frozenset[str] = frozenset()
    inner: tuple[MagicLine, ...] = ()


def line_code(special: Special, nested: Nested) -> LineCode:
    """Python for ``special``. ``nested`` transforms the argument of ``%time`` and the like."""
    if special.form == "code":
        return LineCode(special.argument, "python", special.name)
    if special.form == "usage" or special.name in _HELP:
        return LineCode(_value((), special), "quiet", "?")
    if special.form in ("system", "getoutput"):
        return _expanding(special, "shell", "!")
    name = f"%{special.name}"
    if special.name in ARGUMENT_IS_PYTHON:
        return _python(special, name, nested)
    kind = kind_of(special.name, special.argument)
    named = _named(special)
    return LineCode(named, kind, name) if named else _expanding(special, kind, name)


def _expanding(special: Special, kind: MagicKind, name: str) -> LineCode:
    reads = Expanded() if special.name in NEVER_EXPANDED else expanded(special.argument)
    certain = set(re.findall(r"[^\W\d]\w*", special.before))
    return LineCode(_value(reads.expressions, special), kind, name, reads.names - certain)


def _value(reads: Sequence[str], special: Special) -> str:
    """A new object made from the reads; as a statement, the reads alone."""
    if special.is_assigned:
        return made_of(reads)
    return f"({', '.join(reads)},)" if reads else "pass"


def made_of(reads: Sequence[str]) -> str:
    """A new list that shares nothing with what it was made of."""
    return f"[{', '.join(f'not ({read})' for read in reads)}]"


# --- magics that run Python ---------------------------------------------------------------


def without_options(name: str, argument: str) -> str:
    """``argument`` of the magic ``name`` after its options."""
    valued = OPTIONS.get(name, "")
    short = "|-[a-zA-Z]+" if name in OPTIONS else ""
    if valued:
        short = rf"|-[a-zA-Z]*?[{valued}]\s*[^\s-]\S*{short}"
    option = re.compile(rf"\s*(?:--[a-z][\w-]*(?:=\S+)?{short})(?=\s|$)")
    position = 0
    while match := option.match(argument, position):
        position = match.end()
    return argument[position:].strip()


def _python(special: Special, name: str, nested: Nested) -> LineCode:
    code = without_options(special.name, special.argument)
    inner = nested(code) if code else Transformed("")
    tree = _parsed(inner.code)
    if tree is None or inner.cell_magic or "\n" in inner.code:
        return LineCode(_value((), special), "other", name)
    if special.name in BINDS_NOTHING:
        python = _unbound(inner.code, tree, special)
    elif special.is_assigned:
        python = _as_value(inner.code, tree)
    else:
        python = inner.code or "pass"
    if special.name == "lprun":
        python = f"{_profiled(special.argument)}{python}"
    optional = frozenset(read for _, read in inner.optional)
    return LineCode(python, "python", name, optional, inner.magics)


def _parsed(code: str) -> ast.Module | None:
    try:
        return ast.parse(code, filename="<cell>")
    except _UNREADABLE:
        return None


def _unbound(code: str, tree: ast.Module, special: Special) -> str:
    """What the code reads and changes, without binding its names."""
    bare = code.rstrip().removesuffix(";")
    only = tree.body[0] if len(tree.body) == 1 else None
    if isinstance(only, ast.Expr):
        return made_of([bare]) if special.is_assigned else f"({bare})"
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    stored = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
    if not stored and not special.is_assigned and not _defines(tree):
        return code or "pass"
    if isinstance(only, ast.Assign) and all(isinstance(t, ast.Name) for t in only.targets):
        return _value([ast.unparse(only.value)], special)
    loaded = {node.id for node in names if isinstance(node.ctx, ast.Load)}
    return _value(sorted(loaded - stored), special)


def _defines(tree: ast.Module) -> bool:
    definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    return any(isinstance(node, definitions) for node in ast.walk(tree))


def _as_value(code: str, tree: ast.Module) -> str:
    """``y = %time x = f()`` binds both, and ``y`` to nothing."""
    only = tree.body[0] if len(tree.body) == 1 else None
    if isinstance(only, ast.Expr):
        return f"({code.rstrip().removesuffix(';')})"
    if isinstance(only, ast.Assign) and all(isinstance(t, ast.Name) for t in only.targets):
        names = [t.id for t in only.targets if isinstance(t, ast.Name)]
        return f"[{names[0]} := ({ast.unparse(only.value)})]"
    return "[]"


def _profiled(argument: str) -> str:
    """The functions that ``%lprun -f function`` names."""
    names = re.findall(r"(?:^|\s)-f\s*([^\W\d][\w.]*)", argument)
    return "".join(
        f"{name}; " for name in dict.fromkeys(names) if all(map(is_name, name.split(".")))
    )


# --- magics that name variables -----------------------------------------------------------


def _named(special: Special) -> str:
    """Code of a magic whose words are names of variables; empty where it is none."""
    words = special.argument.split()
    names = list(dict.fromkeys(word for word in words if is_name(word)))
    if special.name == "store" and "-r" in words:
        return _bound(names, special)
    if special.name == "store" and names and not words[0].startswith("-"):
        into_file = any(word.startswith(">") for word in words)
        return _value(names[:1] if into_file else names, special)
    if special.name == "xdel" and names and not special.is_assigned:
        return f"del {names[-1]}"
    if special.name == "macro" and len(words) > 1:
        return _bound(names[:1], special)
    if special.name == "sc":
        target = re.match(r"(?:-\w+\s+)*([^\W\d]\w*)\s*=", special.argument)
        return _bound([target[1]] if target and is_name(target[1]) else [], special)
    if special.name == "Rpush":
        return _value(names, special)
    if special.name == "Rpull":
        return _bound(names, special)
    return exchanged(special.argument, special) if special.name == "R" else _sql(special)


def _sql(special: Special) -> str:
    target = result_name(special.argument)
    return _bound([target], special) if target else ""


def result_name(argument: str) -> str | None:
    """``x`` of ``%sql x << SELECT ...``."""
    match = re.match(r"\s*(?:\S+\s+)?([^\W\d]\w*)\s*=?\s*<<", argument)
    return match[1] if match and is_name(match[1]) else None


def is_name(word: str) -> bool:
    return word.isidentifier() and not keyword.iskeyword(word)


def _bound(names: Iterable[str], special: Special) -> str:
    if special.is_assigned:
        return "[" + ", ".join(f"({name} := [])" for name in names) + "]"
    return "; ".join(f"{name} = []" for name in names)


def exchanged(argument: str, special: Special | None = None) -> str:
    """``-i a,b`` of R is read, ``-o c`` is bound."""
    given = re.findall(r"(?:^|\s)(?:-i|--input)[= ]?\s*([\w.,=]+)", argument)
    taken = re.findall(r"(?:^|\s)(?:-o|--output)[= ]?\s*([\w,]+)", argument)
    reads = [name for text in given for name in re.findall(r"[\w.]+(?=,|$)", text)]
    reads = [name for name in reads if all(is_name(part) for part in name.split("."))]
    binds = [name for text in taken for name in text.split(",") if is_name(name)]
    if special is not None and special.is_assigned:
        return _value([*reads], special)
    statements = [f"({', '.join(reads)},)"] if reads else []
    return "; ".join([*statements, *(f"{name} = []" for name in binds)])
