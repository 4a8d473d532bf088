"""Columns that a call on a table needs by name: ``df.sort_values("c")``, ``df.query("c > 1")``.

Source: the signatures of pandas 2 and 3 and of polars 1.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from .items import Needed, literal_keys
from .nodes import children, dotted
from .shapes import of_a_table
from .words import words


class _Takes(NamedTuple):
    """Where a method has names of columns: at these ``places`` and ``keywords``, in texts and
    lists of these."""

    places: tuple[int, ...]
    keywords: tuple[str, ...] = ()
    levels: bool = False


_TABLE = {
    "groupby": _Takes((0,), ("by",), levels=True),
    "group_by": _Takes((0, 1, 2, 3)),
    "sort_values": _Takes((0,), ("by",), levels=True),
    "sort": _Takes((0, 1, 2, 3), ("by",)),
    "drop": _Takes((), ("columns",)),
    "set_index": _Takes((0,), ("keys",)),
    "merge": _Takes((), ("on", "left_on"), levels=True),
    "join": _Takes((), ("on", "left_on"), levels=True),
    "drop_duplicates": _Takes((0,), ("subset",)),
    "duplicated": _Takes((0,), ("subset",)),
    "unique": _Takes((0,), ("subset",)),
    "dropna": _Takes((), ("subset",), levels=True),
    "drop_nulls": _Takes((0,), ("subset",)),
    "nlargest": _Takes((1,), ("columns",)),
    "nsmallest": _Takes((1,), ("columns",)),
    "explode": _Takes((0,), ("column",)),
    "pivot_table": _Takes((0, 1, 2), ("values", "index", "columns"), levels=True),
    "pivot": _Takes((), ("on", "index", "columns", "values"), levels=True),
    "melt": _Takes((0, 1), ("id_vars", "value_vars")),
    "unpivot": _Takes((0,), ("on", "index")),
    "select": _Takes((0, 1, 2, 3)),
    "with_columns": _Takes((0, 1, 2, 3)),
    "get_column": _Takes((0,)),
    "filter": _Takes(()),
    "plot": _Takes((), ("x", "y"), levels=True),
    "agg": _Takes(()),
    "aggregate": _Takes(()),
    "astype": _Takes(()),
    "query": _Takes((), levels=True),
}
READERS = frozenset(_TABLE)
"""Methods that name columns."""
_OF_EXPRESSIONS = frozenset({"select", "with_columns", "filter", "sort", "agg"})
"""Methods of polars that take `pl.col`."""
_BY_KEY = frozenset({"agg", "aggregate", "astype"})
"""Methods that take a dict by column."""
_ASKS_OTHERWISE = frozenset({"axis", "errors", "default"})
"""Arguments with which names may be those of rows, or need not be there."""
OF_GROUPS = words(
    """
    agg aggregate all any apply bfill boxplot corr corrwith count cov cumcount cummax cummin
    cumprod cumsum describe diff dtype dtypes ewm expanding ffill fillna filter first get_group
    groups head hist idxmax idxmin indices keys kurt last level mad max mean median min ndim ngroup
    ngroups nth nunique obj ohlc pad pct_change pipe plot prod quantile rank resample rolling
    sample sem shift size skew std sum tail take transform tshift value_counts var
    """
)
"""Attributes of `DataFrame.groupby` that are no columns (`dir`, pandas 1 to 3)."""
_COLUMN = frozenset({"pl.col", "polars.col"})
_GROUPS = frozenset({"groupby", "group_by"})
_NO_COLUMNS = frozenset({"index", "inf", "Inf", "nan", "NaN"})
_LOCAL = re.compile(r"@[^\W\d]\w*|`[^`]*`")


def columns_needed(node: ast.Call, last: str, certain: bool, reached: bool) -> list[Needed]:
    """What the call needs of the tables that it is called on, or given."""
    base, grouped = _table(node.func.value) if type(node.func) is ast.Attribute else (None, False)
    if base is None:
        return []
    given = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
    if not _ASKS_OTHERWISE.isdisjoint(given):
        return []
    if last == "merge":
        found = [*_merged(node, base, given)]
    elif grouped and last not in _BY_KEY:
        return []
    else:
        levels = grouped or _TABLE[last].levels
        found = [(base, keys, sure, levels) for keys, sure in _keys(node, last, given)]
    return [
        Needed(name, keys, node.lineno, certain and sure, reached and sure, levels)
        for name, keys, sure, levels in found
    ]


def _table(node: ast.expr) -> tuple[str | None, bool]:
    """(the name of the table, is it grouped?)"""
    grouped = False
    while type(node) is ast.Call and type(node.func) is ast.Attribute:
        if node.func.attr not in _GROUPS:
            break
        grouped, node = True, node.func.value
    return of_a_table(node), grouped


def _keys(
    node: ast.Call, last: str, given: dict[str, ast.expr]
) -> list[tuple[tuple[str, ...], bool]]:
    """(names of columns, must they be there?)"""
    takes, args = _TABLE[last], node.args
    found = [
        (keys, _is_sure(last, place, args[place]))
        for place in (takes.places if last not in _GROUPS or len(args) == 1 else ())
        if place < len(args) and (keys := literal_keys(args[place])) is not None
    ]
    if given:
        found += [
            (keys, _is_sure(last, name, given[name]))
            for name in takes.keywords
            if name in given and (keys := literal_keys(given[name])) is not None
        ]
    if last in _BY_KEY:
        found += _by_key(node, last)
    if last in _OF_EXPRESSIONS and (named := _in_expressions(node)):
        found.append((named, True))
    if last == "query" and args and isinstance(args[0], ast.Constant):
        found.append((_in_text(args[0].value), True))
    return found


def _is_sure(last: str, place: int | str, keys: ast.expr) -> bool:
    """A list of keys to group by may be taken for values, if it is as long as the table."""
    if last == "pivot_table":
        return place in (0, "values")
    return last not in _GROUPS or type(keys) is ast.Constant


def _by_key(node: ast.Call, last: str) -> Iterator[tuple[tuple[str, ...], bool]]:
    """``agg({"c": "sum"})`` and ``agg(total=("c", "sum"))``."""
    first = node.args[0] if node.args else None
    for key in first.keys if isinstance(first, ast.Dict) else ():
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            yield (key.value,), True
    for keyword in node.keywords if last != "astype" else ():
        value = keyword.value
        if isinstance(value, ast.Tuple) and value.elts and (keys := literal_keys(value.elts[0])):
            yield keys, True


def _in_expressions(node: ast.Call) -> tuple[str, ...]:
    """The columns that polars is asked for by ``pl.col("c")``, patterns left out."""
    found: list[str] = []
    waiting: list[ast.AST] = [*node.args, *[keyword.value for keyword in node.keywords]]
    while waiting:
        one = waiting.pop()
        if isinstance(one, ast.Call):
            if dotted(one.func) in _COLUMN:
                for named in one.args:
                    found += literal_keys(named) or ()
            elif _start_of(one.func) not in ("pl", "polars", ""):
                continue  # of another table, or what a function makes of it
        if not isinstance(one, ast.Lambda):
            waiting += children(one)
    return tuple([name for name in found if name != "*" and name[:1] != "^"])


def _start_of(node: ast.AST) -> str:
    """The name that a chain of calls begins with; empty where it begins with an expression."""
    while isinstance(node, (ast.Attribute, ast.Call)):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return node.id if isinstance(node, ast.Name) else ""


def _in_text(text: object) -> tuple[str, ...]:
    """The columns of an expression: its names, but for functions and names of the page."""
    if not isinstance(text, str):
        return ()
    try:
        tree = ast.parse(_LOCAL.sub("1", text.strip()), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    called = {id(one.func) for one in ast.walk(tree) if isinstance(one, ast.Call)}
    names = [one for one in ast.walk(tree) if isinstance(one, ast.Name) and id(one) not in called]
    return tuple(dict.fromkeys(one.id for one in names if one.id not in _NO_COLUMNS))


def _merged(
    node: ast.Call, base: str, given: dict[str, ast.expr]
) -> Iterator[tuple[str, tuple[str, ...], bool, bool]]:
    """``left.merge(right, on="c")`` and ``pd.merge(left, right, on="c")``."""
    tables = [given.get("left"), *node.args, given.get("right")]
    left, right = (one.id if isinstance(one, ast.Name) else None for one in _two(tables, base))
    for table, own in ((left, "left_on"), (right, "right_on")):
        for keyword in ("on", own):
            keys = literal_keys(given[keyword]) if keyword in given else None
            if table is not None and keys is not None:
                yield table, keys, True, True


def _two(tables: list[ast.expr | None], base: str) -> list[ast.expr | None]:
    found: list[ast.expr | None] = [one for one in tables if one is not None]
    if base not in ("pd", "pandas"):
        found = [ast.Name(base), *found]
    return [*found, None, None][:2]
