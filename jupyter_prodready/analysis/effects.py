"""What one call does beyond its objects, looked up in `effect_tables`."""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import Literal

from ..records import dataclass
from . import effect_tables as known
from .words import NOTHING


def may_draw(name: str, last: str) -> bool:
    """Can `random_state_of` find anything for a call of this name?"""
    methods = known.DRAWING_METHODS if "." in name else NOTHING
    return (
        name.rpartition(".")[0] in known.RANDOM_MODULES
        or last in known.DRAWS_WITHOUT_STATE
        or last in known.GENERATORS
        or last in methods
    )


def may_reach_out(name: str, last: str) -> bool:
    """Can `effects_of` find anything for a call of this name?"""
    return (
        name in _REACHING_OUT
        or last in known.WRITES_FILE
        or last in _TAKES_URL
        or _is_network(name, last)
    )


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
        if last == "sample" and state is None and not module and _is_of_frame(node, given):
            return frozenset({"@random:numpy"}), frozenset()
    return frozenset(), frozenset()


def begins_anywhere(node: ast.Call, name: str, last: str) -> bool:
    """Does the call make a generator of its own without a seed?"""
    if last not in known.GENERATORS and name != "random.Random":
        return False
    return all(map(_is_none, [*node.args, *[keyword.value for keyword in node.keywords]]))


def _is_none(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_of_frame(node: ast.Call, given: dict[str | None, ast.expr]) -> bool:
    """Is it ``df.sample(3)`` or ``df.sample(frac=.1)``, and not a distribution's or a list's?"""
    if not given.keys().isdisjoint({"n", "frac"}):
        return True
    if given.keys() - {"replace", "weights", "axis", "ignore_index"} or len(node.args) != 1:
        return False
    count = node.args[0]
    return isinstance(count, ast.Name) or type(getattr(count, "value", None)) is int


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
    return (
        any(
            isinstance(arg, ast.Constant)
            and isinstance(arg.value, str)
            and arg.value.startswith(("http://", "https://", "s3://", "gs://", "ftp://"))
            for arg in node.args[:1]
        )
        and last in _TAKES_URL
    )


_REACHING_OUT = (
    known.SHELL_CALLS
    | known.STDIN
    | known.CLOCK
    | known.ENVIRONMENT
    | known.WRITES_FILE_DOTTED
    | known.READS_FILE_DOTTED
)
_TAKES_URL = known.READS_FILE | {"open", "get", "post", "put"}


# --- files, by full name --------------------------------------------------------------------


@dataclass(frozen=True)
class FileUse:
    """``path`` is the expression that names the file; None where none was found."""

    kind: Literal["reads", "writes", "makes"]
    """``makes``: a folder."""
    path: ast.expr | None


def path_given(node: ast.Call, name: str) -> ast.expr | None:
    """The expression that names the file which this call reads or writes, or the folder
    that it makes, or adds to the places of modules."""
    if not may_use_file(name):
        return None
    if name in known.ADDS_MODULES and node.args:
        return node.args[-1]
    use = file_use(node, name)
    return use.path if use is not None else None


@lru_cache(maxsize=4096)
def may_use_file(name: str) -> bool:
    """Can `path_given` find anything for a call of this full name?"""
    module, _, last = name.rpartition(".")
    return (
        name in known.ADDS_MODULES
        or name in known.OPENERS
        or name in known.READS_PATH
        or last in known.READS_PATH_IN.get(module, "").split()
        or last == "open"
        or last in _OF_RECEIVER
        or last in known.MAKES_FOLDER
        or _writes_at(name, last) is not None
    )


def _writes_at(name: str, last: str) -> int | None:
    """The position of the path in a call that writes there; None where it does not."""
    position = known.WRITES_PATH.get(last)
    if position and name.split(".")[0] not in known.WRITES_ONLY_IN:
        return None
    return position


_OF_RECEIVER = known.RECEIVER_READS | known.RECEIVER_WRITES


def file_use(node: ast.Call, name: str) -> FileUse | None:
    """What a call does to a file, by its full name; None where that is nothing."""
    if not may_use_file(name):
        return None
    module, _, last = name.rpartition(".")
    if name in known.OPENERS:
        return FileUse(_by_mode(node, 1), _argument(node, 0))
    if name in known.READS_PATH or last in known.READS_PATH_IN.get(module, "").split():
        return FileUse("reads", _argument(node, 0))
    function = node.func
    made = last in known.MAKES_FOLDER
    if made and (module == "os" or not isinstance(function, ast.Attribute)):
        return FileUse("makes", _argument(node, 0))
    if not isinstance(function, ast.Attribute):
        return None
    if made:
        return FileUse("makes", function.value)
    if last == "open" and module in ("", "pathlib.Path()"):
        return FileUse(_by_mode(node, 0), function.value)
    if last in _OF_RECEIVER:
        return FileUse("reads" if last in known.RECEIVER_READS else "writes", function.value)
    position = _writes_at(name, last)
    return None if position is None else FileUse("writes", _argument(node, position))


def _by_mode(node: ast.Call, position: int) -> Literal["reads", "writes"]:
    given = [keyword.value for keyword in node.keywords if keyword.arg == "mode"]
    mode: ast.expr | None = next(iter([*given, *node.args[position : position + 1]]), None)
    if mode is None:
        return "reads"
    text = mode.value if isinstance(mode, ast.Constant) else "+"
    return "writes" if not isinstance(text, str) or set("wax+") & set(text) else "reads"


def _argument(node: ast.Call, position: int) -> ast.expr | None:
    if len(node.args) > position:
        return node.args[position]
    named = [k.value for k in node.keywords if k.arg in known.PATH_KEYWORDS]
    return named[0] if named else None
