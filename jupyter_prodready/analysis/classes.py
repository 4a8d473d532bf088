"""Classes of the page where values are followed: what a definition makes."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from .attributes import Attributes
from .data_classes import FieldMade, data_class, fields_of
from .evaluator import Body
from .harmless import hands_out, only_looks
from .nodes import walk
from .objects import METHOD, OF_CLASS, PROPERTY, STATIC, Class, Function
from .value_calls import Unknown
from .values import is_fixed, is_plain

_KINDS = frozenset({STATIC, OF_CLASS, PROPERTY})


def _names(text: str) -> frozenset[str]:
    return frozenset([f"__{one}__" for one in text.split()])


_MAKING = _names("init post_init")
_SEEN = _names("init post_init call enter exit len")
_NEVER_ASKED = _names(
    "repr str format eq ne lt le gt ge hash bool iter next contains getitem setitem delitem "
    "reversed add radd iadd sub rsub isub mul rmul imul truediv floordiv mod pow neg abs int "
    "float index and or xor matmul doc"
)
"""Special methods that only run where what is asked for is not known anyway."""
_NOTES = (ast.Name, ast.Attribute, ast.Subscript, ast.Constant, ast.BinOp, ast.Tuple, ast.List)


def made_of(interpreter: Attributes, node: ast.ClassDef) -> Class:
    """The class that the definition makes of the names that it reads."""
    if (
        node.keywords
        or len(node.bases) > 1
        or interpreter.scopes
        or getattr(node, "type_params", ())
    ):
        raise Unknown
    made = Class()
    made.name = node.name
    made.base = _base(interpreter, node)
    options = data_class(interpreter, node)
    body, members = _body(interpreter, node)
    fields = fields_of(node, body, made.base) if options is not None else None
    if any(isinstance(one, FieldMade) for one in body.values()) or (
        fields is None and made.base is not None and made.base.fields is not None
    ):
        raise Unknown
    made.members, made.attributes, made.fields = members, dict(body), fields
    by_object = [one.node for name, (_, one) in members.items() if name not in _MAKING]
    made.hands_out = frozenset().union(*map(hands_out, by_object))
    made.restless = _is_restless(members, body) or "" in made.hands_out
    made.frozen = bool((options or {}).get("frozen"))
    return made


def _base(interpreter: Attributes, node: ast.ClassDef) -> Class | None:
    if not node.bases:
        return None
    found = interpreter.evaluate(node.bases[0])
    if not isinstance(found, Class):
        raise Unknown
    return found


def _body(
    interpreter: Attributes, node: ast.ClassDef
) -> tuple[Body, dict[str, tuple[str, Function]]]:
    body = Body()
    members: dict[str, tuple[str, Function]] = {}
    interpreter.scopes = (body,)
    try:
        for one in node.body:
            if isinstance(one, ast.FunctionDef):
                members[one.name] = _method(interpreter, one)
            else:
                _check(one)
                interpreter.execute([one])
            for name in [name for name, value in body.items() if isinstance(value, Function)]:
                members[name] = METHOD, body.pop(name)
            if body.keys() & members.keys():
                raise Unknown
    finally:
        interpreter.scopes = ()
    for name in (*body, *members):
        if name[:2] == "__" and name not in _SEEN | _NEVER_ASKED:
            raise Unknown
    _check_values(body)
    return body, members


def _check(one: ast.stmt) -> None:
    """Refuse what is more than a name that gets a value."""
    if isinstance(one, ast.Assign):
        fits = all(isinstance(target, ast.Name) for target in one.targets)
    elif isinstance(one, ast.AnnAssign):
        notes = [*walk(one.annotation)]
        fits = isinstance(one.target, ast.Name) and all(
            isinstance(note, (*_NOTES, ast.operator, ast.expr_context)) for note in notes
        )
    else:
        doc = isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)
        fits = doc or isinstance(one, ast.Pass)
    if not fits:
        raise Unknown


def _check_values(body: Body) -> None:
    for value in body.values():
        if not is_plain(value) and not isinstance(value, FieldMade):
            raise Unknown


def _method(interpreter: Attributes, node: ast.FunctionDef) -> tuple[str, Function]:
    kind = METHOD
    for one in node.decorator_list:
        kind = one.id if isinstance(one, ast.Name) else ""
        if kind not in _KINDS or not interpreter.is_free(kind) or len(node.decorator_list) > 1:
            raise Unknown
    return kind, interpreter.function(node)


def _is_restless(members: Mapping[str, tuple[str, Function]], body: Body) -> bool:
    """May a method change its object, or what all instances share? Where it is not plain that a
    method runs, that would not be seen."""
    changing = {
        name
        for name, (kind, function) in members.items()
        if name not in _MAKING and not only_looks(function.node, own=members.keys())
    }
    by_dot = [function for kind, function in members.values() if kind in (PROPERTY, OF_CLASS)]
    if changing and not all(only_looks(one.node, own=()) for one in by_dot):
        raise Unknown
    if changing and not all(map(is_fixed, body.values())):
        raise Unknown
    return bool(changing)
