"""Modules of Python's library of which something is called where values are followed.

Only what follows from its arguments alone is here. What would give much of little is measured
before it is done.
"""

from __future__ import annotations

import copy
import functools
import itertools
import json
import math
import os.path
import re
import statistics
import string
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .value_calls import (
    BUILTINS,
    CALLER,
    MOST_DIGITS,
    MOST_ITEMS,
    Marker,
    Unknown,
    print_of_python,
)

DATA_CLASS, FIELD = Marker("dataclass"), Marker("field")
AS_DICT, REPLACE = Marker("asdict"), Marker("replace")
_ENDLESS = frozenset({"factorial", "comb", "perm", "ldexp"})
_MOST_TO_MATCH = 300
_SLOW = re.compile(r"\)\s*[*+?{]|\\\d|\(\?|\d{3}")
"""What a pattern must not have: repeated groups, references to groups, large numbers."""


def _length(value: Any) -> int:
    if not hasattr(value, "__len__"):
        raise Unknown
    return len(value)


def _few(count: int) -> None:
    if count > MOST_ITEMS:
        raise Unknown


def _small_number(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= MOST_ITEMS:
        raise Unknown
    return value


# --- itertools and functools --------------------------------------------------------------


def _product(*given: Any, repeat: int = 1) -> Iterable[Any]:
    sizes = [_length(one) for one in given] * min(_small_number(repeat), 20)
    _few(math.prod(sizes) if repeat <= 20 else MOST_ITEMS + 1)
    return itertools.product(*given, repeat=repeat)


def _permutations(given: Any, r: int | None = None) -> Iterable[Any]:
    size = _length(given)
    _few(math.perm(size, size if r is None else _small_number(r)) if size < 40 else 10**9)
    return itertools.permutations(given, r)


def _combinations(given: Any, r: int) -> Iterable[Any]:
    _few(math.comb(_length(given), _small_number(r)))
    return itertools.combinations(given, r)


def _pairwise(given: Any) -> Iterable[Any]:
    return itertools.pairwise(given)


def _accumulate(given: Any, func: Any = None, *, initial: Any = None) -> Iterable[Any]:
    if not _length(given) or not all(type(one) in (int, float) for one in given):
        raise Unknown
    return itertools.accumulate(given, func, initial=initial)


def _islice(given: Any, *ends: int | None) -> Iterable[Any]:
    for one in ends:
        if one is not None:
            _small_number(one)
    return itertools.islice(given, *ends)


def _chain(*given: Any) -> Iterable[Any]:
    return itertools.chain(*given)


def _group_by(given: Any, key: Any = None) -> Iterable[Any]:
    return itertools.groupby(given, key)


def _zip_longest(*given: Any, fillvalue: Any = None) -> Iterable[Any]:
    return itertools.zip_longest(*given, fillvalue=fillvalue)


def _reduce(function: Any, given: Any, *initial: Any) -> Any:
    if not callable(function):
        raise Unknown
    return functools.reduce(function, given, *initial)


# --- collections --------------------------------------------------------------------------


def _counter(*given: Any, **options: Any) -> Counter[Any]:
    return Counter(*[one if isinstance(one, dict) else [*one] for one in given], **options)


def _ordered_dict(*given: Any, **options: Any) -> OrderedDict[Any, Any]:
    return OrderedDict(*given, **options)


def _deque(*given: Any, **options: Any) -> deque[Any]:
    return deque(*given, **options)


# --- texts --------------------------------------------------------------------------------


def _matching(function: Callable[..., Any]) -> Callable[..., Any]:
    """``function`` of `re`, for patterns and texts that do not take long."""

    def found(pattern: Any, *given: Any, **options: Any) -> Any:
        texts = [pattern, *given, *options.values()]
        if not all(isinstance(one, (str, int)) for one in texts) or not isinstance(pattern, str):
            raise Unknown
        if any(len(one) > _MOST_TO_MATCH for one in texts if isinstance(one, str)):
            raise Unknown
        if _SLOW.search(pattern) or sum(map(pattern.count, "*+?{")) > 3:
            raise Unknown
        return function(pattern, *given, **options)

    return found


def _of(module: Any, names: str) -> dict[str, Any]:
    return {name: getattr(module, name) for name in names.split()}


_CALLERS: Mapping[str, Mapping[str, Any]] = {
    "itertools": {
        "product": _product, "permutations": _permutations, "combinations": _combinations,
        "pairwise": _pairwise, "accumulate": _accumulate, "islice": _islice, "chain": _chain,
        "groupby": _group_by, "zip_longest": _zip_longest,
    },
    "functools": {"reduce": _reduce},
    "collections": {"Counter": _counter, "OrderedDict": _ordered_dict, "deque": _deque},
}  # fmt: skip
"""What may be given iterators, and functions of the page."""
_PATHS = _of(os.path, "join basename dirname splitext split normpath isabs commonprefix")
MODULES: Mapping[str, Mapping[str, Any]] = {
    **_CALLERS,
    "math": {name: one for name, one in vars(math).items() if name not in _ENDLESS},
    "copy": {"copy": copy.copy, "deepcopy": copy.deepcopy},
    "decimal": {"Decimal": Decimal},
    "fractions": {"Fraction": Fraction},
    "dataclasses": {one.name: one for one in (DATA_CLASS, FIELD, AS_DICT, REPLACE)},
    "json": {"dumps": json.dumps, "loads": json.loads},
    "datetime": {"date": date, "datetime": datetime, "timedelta": timedelta},
    "statistics": _of(statistics, "mean median median_low median_high mode multimode stdev pstdev"),
    "string": _of(string, "ascii_letters ascii_lowercase ascii_uppercase digits punctuation"),
    "re": {
        **{one.__name__: _matching(one) for one in (re.findall, re.sub, re.split)},
        "escape": re.escape,
    },
    "os": {"path": _PATHS},
    "os.path": _PATHS,
}
"""Modules of which these functions and numbers are known."""
BUILTIN_OF = {id(function): name for name, function in BUILTINS.items()}
"""The name of a builtin, and an empty one for a function of a module."""
BUILTIN_OF[id(print_of_python)] = "print"
BUILTIN_OF |= {
    id(one): CALLER if name in _CALLERS else ""
    for name, module in MODULES.items()
    for one in (_PATHS if name == "os" else module).values()
    if callable(one) or isinstance(one, Marker)
}


def module_of(name: str, asname: str) -> Mapping[str, Any] | None:
    """What ``import name as asname`` binds; ``import os.path`` binds ``os``."""
    root = name.partition(".")[0]
    return MODULES.get(root if asname == root else name)


def is_wide(name: str, options: Mapping[str, Any]) -> bool:
    """Does an option ask a function of a module for much text, as ``indent`` does?"""
    numbers = [one for one in options.values() if isinstance(one, int)]
    return not name and any(one > MOST_DIGITS for one in numbers)
