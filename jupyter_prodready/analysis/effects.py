"""What one call does beyond its objects, looked up in `effect_tables`."""

from __future__ import annotations

import ast

from . import effect_tables as known


def random_state_of(node: ast.Call, name: str, last: str) -> tuple[frozenset[str], frozenset[str]]:
    """(generators drawn from, generators seeded), as ambient locations: ``@random:numpy``."""
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


def is_unrepeatable(name: str, last: str) -> bool:
    """Is the result of such a call its own, however often the same code runs?"""
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


def effects_of(node: ast.Call, name: str, last: str) -> list[tuple[str, str]]:
    """(kind, the call's name) of each thing that the call does outside of the notebook."""
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
    if _is_network(name, last) or _url_argument(node, last):
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


def _url_argument(node: ast.Call, last: str) -> bool:
    return any(
        isinstance(arg, ast.Constant)
        and isinstance(arg.value, str)
        and arg.value.startswith(("http://", "https://", "s3://", "gs://", "ftp://"))
        for arg in node.args[:1]
    ) and last in known.READS_FILE | {"open", "get", "post", "put"}
