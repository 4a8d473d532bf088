"""What decorators say of a function."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from .nodes import last_name

_KEEPING = frozenset(
    ["lru_cache", "cache", "cached", "cached_property", "memoize", "cache_data", "cache_resource"]
)
"""Decorators that keep results, of functools, joblib, cachetools and streamlit."""

_BY_NAME = frozenset({"property", "cached_property", "setter", "staticmethod", "classmethod"})


def is_of_class(decorators: Iterable[ast.expr]) -> bool:
    return any(last_name(one) == "classmethod" for one in decorators)


def keeps_results(decorators: Iterable[ast.expr]) -> bool:
    called = (one.func if isinstance(one, ast.Call) else one for one in decorators)
    return any(last_name(one) in _KEEPING for one in called)


def run_by_name(decorators: Iterable[ast.expr]) -> bool:
    """Is the method run where code names it, and nowhere else?"""
    return all(last_name(one) in _BY_NAME for one in decorators)
