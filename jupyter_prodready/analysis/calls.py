"""What one call expression does, looked up in the tables of `mutation`."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from . import mutation as known


@dataclass(frozen=True)
class CallFacts:
    """``mutates``: roots changed by the call, with whether through something held."""

    mutates: tuple[tuple[str, bool], ...] = ()
    shows: bool = False
    silent: bool = False
    effects: tuple[tuple[str, str], ...] = ()
    opaque: str | None = None
    draws: frozenset[str] = frozenset()
    seeds: frozenset[str] = frozenset()
    unrepeatable: bool = False
    consumable: bool = False


def dotted(node: ast.expr) -> str:
    """``a.b.c`` of a plain attribute chain, else the empty text."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([node.id, *reversed(parts)])


def root(node: ast.expr) -> tuple[str | None, bool]:
    """(name at the root of an access path, does the path go through an element?)"""
    deep = False
    while True:
        if isinstance(node, ast.Name):
            return node.id, deep
        if isinstance(node, ast.Attribute | ast.Subscript):
            node = node.value
            deep = True
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr not in known.VIEWS | known.RETURNS_SELF:
                return None, False
            node = node.func.value
            deep = True
        else:
            return None, False


def call_facts(node: ast.Call) -> CallFacts:
    name = dotted(node.func)
    last = _last_name(node.func)
    draws, seeds = _random(node, name, last)
    unrepeatable = _unrepeatable(name, last)
    return CallFacts(
        mutates=tuple(_mutated(node, last)),
        shows=last in known.SHOWING or name.startswith(("logging.", "logger.")),
        silent=last in known.SILENT_STATEMENTS,
        effects=tuple(_effects(node, name, last)),
        opaque=None
        if "." in name and last in ("exec", "globals")
        else known.OPAQUE_CALLS.get(last),
        draws=draws,
        seeds=seeds,
        unrepeatable=unrepeatable,
        consumable=last in known.CONSUMABLE,
    )


def _last_name(func: ast.expr) -> str:
    if isinstance(func, ast.Attribute):
        return func.attr
    return func.id if isinstance(func, ast.Name) else ""


def _mutated(node: ast.Call, last: str) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    if isinstance(node.func, ast.Attribute):
        name, deep = root(node.func.value)
        in_place = any(
            keyword.arg == known.INPLACE_KEYWORD and _is_true(keyword.value)
            for keyword in node.keywords
        )
        if name and (last in known.MUTATING_METHODS or in_place):
            found.append((name, deep))
    position = known.MUTATING_FUNCTIONS.get(last)
    if position is not None and len(node.args) > position:
        name, deep = root(node.args[position])
        if name:
            found.append((name, deep))
    return found


def _is_true(node: ast.expr) -> bool:
    return not (isinstance(node, ast.Constant) and node.value is False)


def _random(node: ast.Call, name: str, last: str) -> tuple[frozenset[str], frozenset[str]]:
    module = known.RANDOM_MODULES.get(name.rpartition(".")[0])
    if module and last in known.SEEDING:
        return frozenset(), frozenset({f"@random:{module}"})
    if module and last not in known.NOT_DRAWS and (module != "torch" or last in known.TORCH_DRAWS):
        return frozenset({f"@random:{module}"}), frozenset()
    if last in known.DRAWS_WITHOUT_STATE or (last in known.DRAWING_METHODS and "." in name):
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        state = given.get("random_state")
        if (state is None and None not in given and last != "sample") or _is_none(state):
            return frozenset({"@random:numpy"}), frozenset()
        if last == "sample" and state is None and not module and _looks_like_frame_sample(given):
            return frozenset({"@random:numpy"}), frozenset()
    return frozenset(), frozenset()


def _is_none(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _looks_like_frame_sample(given: dict[str | None, ast.expr]) -> bool:
    return bool({"n", "frac"} & {key for key in given if key})


def _unrepeatable(name: str, last: str) -> bool:
    return (
        name in known.CLOCK
        or name in known.UNREPEATABLE
        or name in known.STDIN
        or _is_network(name, last)
    )


def _is_network(name: str, last: str) -> bool:
    return last in known.NETWORK_CALLS or (
        name.split(".")[0] in known.NETWORK_ROOTS
        and "." in name
        and not name.startswith("urllib.parse")
    )


def _effects(node: ast.Call, name: str, last: str) -> list[tuple[str, str]]:
    detail = name or last
    found: list[tuple[str, str]] = []
    if name in known.SHELL_CALLS:
        found.append(("shell", detail))
    if name in known.STDIN:
        found.append(("stdin", detail))
    if name in known.CLOCK:
        found.append(("clock", detail))
    if name in known.ENVIRONMENT:
        found.append(("environment", detail))
    if _is_network(name, last) or _url_argument(node):
        found.append(("network", detail))
    if last in known.WRITES_FILE or name in known.WRITES_FILE_DOTTED or _opens(node, last, "wax+"):
        found.append(("writes-file", detail))
    elif last in known.READS_FILE or name in known.READS_FILE_DOTTED or _opens(node, last, "r"):
        found.append(("reads-file", detail))
    return found


def _opens(node: ast.Call, last: str, modes: str) -> bool:
    if last != "open":
        return False
    given = [keyword.value for keyword in node.keywords if keyword.arg == "mode"]
    positional = node.args[1:2] if isinstance(node.func, ast.Name) else node.args[:1]
    mode = next(iter(given or positional), None)
    text = mode.value if isinstance(mode, ast.Constant) and isinstance(mode.value, str) else "r"
    return any(letter in text for letter in modes)


def _url_argument(node: ast.Call) -> bool:
    return any(
        isinstance(arg, ast.Constant)
        and isinstance(arg.value, str)
        and arg.value.startswith(("http://", "https://", "s3://", "gs://", "ftp://"))
        for arg in node.args[:1]
    ) and _last_name(node.func) in known.READS_FILE | {"open", "get", "post", "put"}
