"""What is shown alike whatever changed: under other display options numbers, texts and shapes, but
no table and no array; of other values the name of their class, of a model how it was made."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping

from .bindings import UNKNOWN, Binding, Step
from .facts import DeferredFacts
from .identity import class_of
from .words import words

OPTIONS = "@options"
_MEASURES = frozenset({"len", "int", "float", "bool", "type"})
_SIZES = frozenset({"shape", "size", "ndim", "empty"})
_OF_PYTHON = frozenset({"tolist", "item"})
_ALWAYS_BOOL = (ast.In, ast.NotIn, ast.Is, ast.IsNot)
_SHOWING = frozenset(
    {"__repr__", "__str__", "__format__", "__getattr__", "__getattribute__", "_ipython_display_"}
)
_FITTING = frozenset({"fit", "partial_fit"})
_QUIET_MODELS = words(
    "StandardScaler MinMaxScaler MaxAbsScaler RobustScaler Normalizer LabelEncoder LabelBinarizer"
    " OneHotEncoder OrdinalEncoder SimpleImputer KNNImputer PolynomialFeatures PCA LinearRegression"
    " DecisionTreeClassifier DecisionTreeRegressor RandomForestClassifier RandomForestRegressor"
    " ExtraTreesClassifier ExtraTreesRegressor KNeighborsClassifier KNeighborsRegressor GaussianNB"
    " DummyClassifier DummyRegressor CountVectorizer TfidfVectorizer"
)
"""Models of scikit-learn whose fit warns of nothing that hangs on values: no solver runs that may
stop before it converges. By the source of scikit-learn 1.9."""
_Reads = Mapping[str, Binding | None]


def looks_alike(step: Step) -> bool:
    """Does it show only what no option of NumPy, pandas or Matplotlib changes?"""
    shown, reads = _shown(step.facts.node), step.reads
    if shown is None or any(one and one.deferred for one in reads.values()):
        return False
    return _all(shown, reads)


def labels(step: Step) -> list[str] | None:
    """What it shows, where that is the names of classes and addresses alone: ``print(shop)`` of an
    instance without a ``__repr__``. None where it shows more."""
    shown = _shown(step.facts.node)
    found = [_label(one, step.reads) for one in shown or ()]
    return [one for one in found if one is not None] if shown and None not in found else None


def _shown(node: ast.stmt) -> list[ast.expr] | None:
    """What an expression shows: what it prints, or itself."""
    if not isinstance(node, ast.Expr):
        return None
    call = node.value
    if isinstance(call, ast.Call) and getattr(call.func, "id", None) == "print":
        return [*call.args, *[one.value for one in call.keywords]]
    return [call]


def _label(node: ast.expr, reads: _Reads) -> str | None:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return _fitted(node.func, reads)
    binding = reads.get(node.id) if isinstance(node, ast.Name) else None
    if binding is None or not isinstance(node, ast.Name) or binding.opaque:
        return None
    if (defined := class_of(node.id, binding)) is not None:
        return f"class {node.id}" if _is_plain_class(defined) else None
    made = binding.chain.oldest.step
    call = made.facts.result_of
    maker = made.reads.get(call.func) if call is not None else None
    if call is None or maker is None or len(maker.deferred) != 1:
        return None
    (code,) = maker.deferred
    if code.kind == "function":
        return f"generator {call.func}" if code.lazy and not code.decorated else None
    shows_itself = [1 for key, _ in code.methods if key in _SHOWING or key.startswith("_repr_")]
    is_own = _is_plain_class(code) and not shows_itself and binding.deferred == maker.deferred
    return f"{call.func} object" if is_own else None


def _fitted(func: ast.Attribute, reads: _Reads) -> str | None:
    """``model.fit(X, y)`` of scikit-learn shows how the model was made, and nothing of the data."""
    binding = reads.get(func.value.id) if isinstance(func.value, ast.Name) else None
    if binding is None or func.attr not in _FITTING or binding.columns is not None:
        return None
    *later, first = binding.chain.newest_first()
    if not all(_is_fitting(link.step.facts.node, func.value) for link in later):
        return None
    made = first.step.facts.node
    call = made.value if isinstance(made, ast.Assign) and len(made.targets) == 1 else None
    name = call.func.id if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) else ""
    maker = first.step.reads.get(name)
    given = maker.chain.oldest.step.facts.rare.imports if maker is not None else ()
    known = [one.name for one in given if one.asname == name and one.module[:8] == "sklearn."]
    quiet = _QUIET_MODELS.issuperset(known) and not _tells(call)
    return f"{name} made by {first.value}" if known and quiet else None


def _tells(call: ast.expr | None) -> bool:
    """Is the model asked to tell how it gets on, or to score what may have no score?"""
    asked = [one.arg for one in call.keywords] if isinstance(call, ast.Call) else []
    return "verbose" in asked or "oob_score" in asked


def _is_fitting(node: ast.stmt, model: ast.expr) -> bool:
    call = node.value if isinstance(node, (ast.Expr, ast.Assign)) else None
    func = call.func if isinstance(call, ast.Call) else None
    if not isinstance(func, ast.Attribute) or func.attr not in _FITTING:
        return False
    return ast.dump(func.value) == ast.dump(model)


def _is_plain_class(code: DeferredFacts) -> bool:
    node = code.node
    if not isinstance(node, ast.ClassDef) or code.kind != "class":
        return False
    return not (node.bases or node.keywords or node.decorator_list)


def _is_plain(node: ast.expr, reads: _Reads) -> bool:
    rule = _RULES.get(type(node))
    return rule is not None and rule(node, reads)


def _all(nodes: list[ast.expr], reads: _Reads) -> bool:
    return all(_is_plain(one, reads) for one in nodes)


def _name(node: ast.Name, reads: _Reads) -> bool:
    binding = reads.get(node.id)
    if binding is None:
        return False
    if binding.module or binding.constant is not UNKNOWN:
        return True
    step, made = binding.chain.step, binding.chain.step.facts.node
    if binding.chain.before is not None or not isinstance(made, ast.Assign):
        return False
    alone = len(made.targets) == 1 and isinstance(made.targets[0], ast.Name)
    return alone and step.reads is not reads and _is_plain(made.value, step.reads)


def _call(node: ast.Call, reads: _Reads) -> bool:
    func = node.func
    if isinstance(func, ast.Name):
        return func.id in _MEASURES and reads.get(func.id) is None
    return isinstance(func, ast.Attribute) and func.attr in _OF_PYTHON


def _compare(node: ast.Compare, reads: _Reads) -> bool:
    if all(isinstance(one, _ALWAYS_BOOL) for one in node.ops):
        return True
    return _all([node.left, *node.comparators], reads)


def _formatted(node: ast.FormattedValue, reads: _Reads) -> bool:
    return node.format_spec is not None or _is_plain(node.value, reads)


_RULES: Mapping[type, Callable[..., bool]] = {
    ast.Constant: lambda node, reads: True,
    ast.Name: _name,
    ast.Attribute: lambda node, reads: node.attr in _SIZES,
    ast.Subscript: lambda node, reads: _is_plain(node.value, reads),
    ast.Call: _call,
    ast.Compare: _compare,
    ast.JoinedStr: lambda node, reads: _all(node.values, reads),
    ast.FormattedValue: _formatted,
    ast.Tuple: lambda node, reads: _all(node.elts, reads),
    ast.List: lambda node, reads: _all(node.elts, reads),
    ast.BinOp: lambda node, reads: _all([node.left, node.right], reads),
    ast.UnaryOp: lambda node, reads: isinstance(node.op, ast.Not) or _is_plain(node.operand, reads),
    ast.BoolOp: lambda node, reads: _all(node.values, reads),
}
