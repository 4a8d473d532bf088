"""Types of values, in words. This file's text is sent to kernels and runs there.

It stands alone and runs no code of the person's own: a type is read off the value itself, a
library's name for it off the library's own namespace. What has no public name is unknown.
"""

from __future__ import annotations

import json
import sys
from typing import Any

MOST_ELEMENTS = 10_000
"""Longer containers are said to hold anything."""

PLAIN = {bool: "bool", int: "int", float: "float", complex: "complex", str: "str", bytes: "bytes"}
CONTAINERS = (list, set, frozenset, tuple, dict)


def types(namespace: dict[str, Any], names: Any) -> str:
    """JSON: for each of ``names`` (None: all) that is there ``pandas.DataFrame``,
    ``list[str]``, or null."""
    asked = list(namespace) if names is None else names
    return json.dumps({name: described(namespace[name]) for name in asked if name in namespace})


def described(value: Any) -> str | None:
    kind = type(value)
    if value is None:
        return "None"
    if kind in PLAIN:
        return PLAIN[kind]
    if kind in CONTAINERS:
        return contained(value, kind)
    return public_name(kind)


def contained(value: Any, kind: type) -> str:
    """With the type of its elements, if they are all of one plain type."""
    name = kind.__name__
    if not 0 < len(value) <= MOST_ELEMENTS:
        return name
    held = [one_of(value.keys()), one_of(value.values())] if kind is dict else [one_of(value)]
    if None in held:
        return name
    more = ", ..." if kind is tuple else ""
    return f"{name}[{', '.join(str(one) for one in held)}{more}]"


def one_of(values: Any) -> str | None:
    kinds = {type(value) for value in tuple(values)}
    return PLAIN.get(kinds.pop()) if len(kinds) == 1 else None


def public_name(kind: type) -> str | None:
    """The shortest path of modules without an underscore under which the class is found."""
    module = type.__getattribute__(kind, "__module__")
    name = type.__getattribute__(kind, "__qualname__")
    if type(module) is not str or type(name) is not str or "." in name:
        return None
    parts = module.split(".")
    for count in range(1, len(parts) + 1):
        path = ".".join(parts[:count])
        held = sys.modules.get(path)
        if held is None or (path != "__main__" and parts[count - 1].startswith("_")):
            continue
        space = object.__getattribute__(held, "__dict__")
        if type(space) is dict and space.get(name) is kind:
            return f"{path}.{name}"
    return None
