"""How many rows and which columns a value has, as far as these do not hang on the values in it:
`X.shape`, `len(y)` and `df.columns` show the same after another seed, or other numbers.

Equal sizes are promised to be equal, different ones may be. What is not read here has the size
that its derivation gives it, and nothing is said of what has none.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from .bindings import Binding, Columns, Step
from .nodes import last_name
from .words import words

if TYPE_CHECKING:
    from typing import TypeGuard

_WHOLE = words("shape size ndim empty")
_READERS = words("read_csv read_parquet read_excel read_feather read_json read_table")
_KEEPING = words("astype round copy abs fillna clip cumsum shift rank")
"""Methods of tables and arrays that give as many rows of the same columns."""
_OF_ROWS = words("dropna query head tail sample drop_duplicates sort_values nlargest nsmallest")
"""Methods of tables that give other rows of the same columns."""
_DRAWS = words(
    "normal uniform random integers randint standard_normal poisson exponential binomial lognormal"
)
"""NumPy's draws, of which as many are given as ``size`` says."""
_GENERATORS = words("default_rng RandomState")
_ONE_BY_ONE = (ast.BinOp, ast.Compare, ast.UnaryOp)


class Size(NamedTuple):
    """``rows``: the dimensions of an array, of a table the first; ``columns`` of a table, in order.
    Both are numbers and names, or say what they follow from."""

    rows: tuple[object, ...]
    columns: tuple[object, ...] | None = None


def measured(node: ast.stmt) -> Mapping[str, bool]:
    """Names of which an expression uses the size alone: of their columns only, or of the whole?"""
    if not isinstance(node, ast.Expr):
        return {}
    found: dict[str, bool] = {}
    seen: dict[str, int] = {}
    for one in ast.walk(node):
        name, whole = _measure(one)
        if name:
            seen[name] = seen.get(name, 0) + 1
            found[name] = found.get(name, False) or whole
        elif isinstance(one, ast.Name):
            seen[one.id] = seen.get(one.id, 0) - 1
    return {name: whole for name, whole in found.items() if seen[name] == 0}


def _measure(node: ast.AST) -> tuple[str, bool]:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        if node.attr in _WHOLE:
            return node.value.id, True
        return (node.value.id, False) if node.attr == "columns" else ("", False)
    is_len = isinstance(node, ast.Call) and getattr(node.func, "id", None) == "len"
    given = node.args[0] if isinstance(node, ast.Call) and is_len and node.args else None
    return (given.id, True) if isinstance(given, ast.Name) else ("", False)


def same_size(name: str, one: Binding, two: Binding, *, whole: bool) -> bool:
    """Have they the same columns, and, if ``whole``, as many rows?"""
    first, second = size_of(name, one), size_of(name, two)
    if first is None or second is None or first.columns != second.columns:
        return False
    return first.rows == second.rows if whole else first.columns is not None


def size_of(name: str, binding: Binding) -> Size | None:
    """The size of what stands under the name; None where it cannot be told."""
    link = binding.chain
    while link.before is not None:
        if not _sets_elements(name, link.step.facts.node):
            return None
        link = link.before
    node, known = link.step.facts.node, binding.columns
    size = _of_assigned(name, node, link.step) if isinstance(node, ast.Assign) else None
    if size is None or (size.columns is not None and link is not binding.chain):
        return None
    return size if known is None else _with_columns(size, known)


def _sets_elements(name: str, node: ast.stmt) -> bool:
    """``a[i] = ...``: an array has as many elements as before."""
    target = node.targets[0] if isinstance(node, ast.Assign) and len(node.targets) == 1 else None
    target = node.target if isinstance(node, ast.AugAssign) else target
    return isinstance(target, ast.Subscript) and getattr(target.value, "id", None) == name


def _with_columns(size: Size, known: Columns) -> Size | None:
    """After ``df["c"] = ...`` and ``del df["c"]``."""
    if size.columns is None or known.via is not None or known.attributes:
        return None
    if not all(known.there.get(key) for key in known.written) or False in known.there.values():
        return None
    new = [key for key in known.written if key not in size.columns]
    return Size(size.rows, (*size.columns, *new))


# --- what makes it ------------------------------------------------------------------------


def _of_assigned(name: str, node: ast.Assign, step: Step) -> Size | None:
    target = node.targets[0] if len(node.targets) == 1 else None
    if isinstance(target, ast.Name):
        return _of(node.value, step)
    if not isinstance(target, ast.Tuple) or not isinstance(node.value, ast.Call):
        return None
    names = [one.id if isinstance(one, ast.Name) else "" for one in target.elts]
    is_split = last_name(node.value.func) == "train_test_split" and name in names
    return _half(node.value, names.index(name), step) if is_split else None


def _half(call: ast.Call, at: int, step: Step) -> Size | None:
    """Of what scikit-learn splits. How many go into each half is said by numbers alone."""
    if at // 2 >= len(call.args) or any(isinstance(one, ast.Starred) for one in call.args):
        return None
    given = _of(call.args[at // 2], step)
    shares = [one.value for one in call.keywords if one.arg not in ("random_state", "shuffle")]
    if given is None or not all(isinstance(one, ast.Constant) for one in shares):
        return None
    return Size((*given.rows, at % 2, *map(ast.dump, shares)), given.columns)


def _of(node: ast.expr, step: Step) -> Size | None:
    if isinstance(node, ast.Name):
        binding = step.reads.get(node.id)
        return None if binding is None else size_of(node.id, binding)
    if isinstance(node, ast.Subscript):
        return _of_part(node, step)
    if isinstance(node, _ONE_BY_ONE):
        return _of_elements(
            [one for one in ast.iter_child_nodes(node) if isinstance(one, ast.expr)], step
        )
    return _of_call(node, step) if isinstance(node, ast.Call) else None


def _of_part(node: ast.Subscript, step: Step) -> Size | None:
    """``df["c"]`` and ``df[["a", "b"]]``."""
    table, names = _of(node.value, step), _texts(_written(node.slice, step))
    if table is None or table.columns is None:
        return None
    is_column = isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str)
    return Size(table.rows, names) if names else Size(table.rows) if is_column else None


def _written(node: ast.expr, step: Step) -> ast.expr:
    """A name that was given a list once, as that list."""
    binding = step.reads.get(node.id) if isinstance(node, ast.Name) else None
    if binding is None or binding.chain.before is not None or binding.columns is not None:
        return node
    made = binding.chain.step.facts.node
    alone = isinstance(made, ast.Assign) and isinstance(made.targets[0], ast.Name)
    return made.value if alone and isinstance(made, ast.Assign) else node


def _of_elements(parts: Sequence[ast.expr], step: Step) -> Size | None:
    """One by one of arrays and columns of one size, and of numbers."""
    sizes = {_of(one, step) for one in parts if not _is_number(one, step)}
    return sizes.pop() if len(sizes) == 1 else None


def _of_call(call: ast.Call, step: Step) -> Size | None:
    last, func = last_name(call.func), call.func
    if last in _READERS:
        return Size(("read", step.value), (("read", step.value),))
    if last == "DataFrame":
        return _of_table(call, step)
    if not isinstance(func, ast.Attribute) or any(one.arg == "inplace" for one in call.keywords):
        return None
    if last in _DRAWS and _is_generator(func.value, step):
        return _drawn(call)
    table = _of(func.value, step) if last in _KEEPING or last in _OF_ROWS else None
    if table is None or last in _KEEPING:
        return table
    asked = {one.arg for one in call.keywords}
    if table.columns is None or "axis" in asked:
        return None
    return Size(("of", step.value), table.columns)


def _drawn(call: ast.Call) -> Size | None:
    """``rng.normal(size=(60, 3))``."""
    size = next((one.value for one in call.keywords if one.arg == "size"), None)
    if size is None or not all(
        _is_number(one) or isinstance(one, ast.Constant) for one in call.args
    ):
        return None
    found = size.elts if isinstance(size, ast.Tuple) else [size]
    counts = [one.value for one in found if isinstance(one, ast.Constant)]
    return Size(tuple(counts)) if len(counts) == len(found) else None


def _of_table(call: ast.Call, step: Step) -> Size | None:
    """``pd.DataFrame({"a": [1, 2]})``, or of drawn numbers with ``columns=["a"]``."""
    given = {one.arg: one.value for one in call.keywords}
    if len(call.args) != 1 or given.keys() - {"columns"}:
        return None
    (values,) = call.args
    if isinstance(values, ast.Dict):
        return None if given else _of_lists(values)
    names = _texts(given["columns"]) if given else None
    drawn = _of(values, step)
    if drawn is None or names is None or drawn.columns is not None:
        return None
    return Size(drawn.rows[:1], names) if drawn.rows[1:] == (len(names),) else None


def _of_lists(written: ast.Dict) -> Size | None:
    names = _texts(ast.List([key for key in written.keys if key is not None]))
    rows = {len(one.elts) if _is_written(one) else -1 for one in written.values}
    if not names or len(names) < len(written.keys) or len(rows) != 1 or -1 in rows:
        return None
    return Size((*rows,), names)


def _is_written(node: ast.expr) -> TypeGuard[ast.List]:
    return isinstance(node, ast.List) and not any(isinstance(one, ast.Starred) for one in node.elts)


def _texts(node: ast.expr) -> tuple[str, ...] | None:
    """The texts of a list of literals."""
    if not isinstance(node, ast.List):
        return None
    found = [one.value for one in node.elts if isinstance(one, ast.Constant)]
    texts = [one for one in found if isinstance(one, str)]
    return tuple(texts) if len(texts) == len(node.elts) == len(set(texts)) else None


def _is_number(node: ast.expr, step: Step | None = None) -> bool:
    if isinstance(node, ast.UnaryOp):
        return _is_number(node.operand, step)
    if isinstance(node, ast.Constant):
        return isinstance(node.value, (int, float))
    binding = step.reads.get(node.id) if step and isinstance(node, ast.Name) else None
    return binding is not None and isinstance(binding.constant, (int, float))


def _is_generator(node: ast.expr, step: Step) -> bool:
    """Is it ``np.random``, or a name for a generator of NumPy's?"""
    if isinstance(node, ast.Attribute) and node.attr == "random":
        node = node.value
    binding = step.reads.get(node.id) if isinstance(node, ast.Name) else None
    made = binding.chain.oldest.step.facts.node if binding is not None else None
    if binding is not None and binding.module:
        return True
    value = made.value if isinstance(made, ast.Assign) else None
    return isinstance(value, ast.Call) and last_name(value.func) in _GENERATORS
