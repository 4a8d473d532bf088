"""What the form of a statement says of the objects that it binds or changes.

Most statements bind one name. What the kind of the value, or the name of what it calls, cannot
say is not looked for: `_BY_KIND` and `_BY_CALL` list what each can.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from . import mutation as known
from .aliases import (
    ADDING,
    SHARING,
    SHARING_KINDS,
    added,
    aliases_of,
    copied,
    extended,
    pair_aliases,
)
from .chained import places_of
from .copying import COPYING, OFTEN_ANOTHER, merged
from .facts import Alias, Closed, StatementFacts
from .folding import FOLDED, folded_part, may_fold
from .growing import DEFAULTS, first_keys
from .handles import BOUND, GETTER, RECORD, changing_method, grip, put_off
from .held import held_in
from .nodes import last_name, unfolded
from .patterns import (
    CONSTRUCTORS,
    MAYBE_CONSUMABLE,
    SAYING,
    call_replay,
    consumables_of,
    defined_unless,
    is_consumable,
    is_immutable,
    is_sequence,
    named_replay,
    part_replay,
)
from .shapes import SHAPING, closed_keys, shape_in_place, shape_of
from .stocks import MAKING, put_into, stock_of
from .verbs import may_repeat

_Reader = Callable[[StatementFacts, ast.Name, Any], None]


def _of_expression(facts: StatementFacts, node: ast.Expr) -> None:
    call = node.value
    if type(call) is ast.Call and type(called := call.func) is ast.Attribute:
        _of_call(facts, call, called.attr)


def _of_augmented(facts: StatementFacts, node: ast.AugAssign) -> None:
    value, target = node.value, node.target
    if type(value) in FOLDED:
        facts.folded = folded_part(node)
    if type(value) is ast.Name and type(target) is ast.Name:
        if type(node.op) is ast.Add or type(node.op) is ast.BitOr:
            facts.aliases += (Alias(target.id, value.id, "summed"),)
    else:
        facts.aliases += tuple(extended(node))


def _of_annotated(facts: StatementFacts, node: ast.AnnAssign) -> None:
    target, value = node.target, node.value
    if value is None:
        return
    _of_objects(facts, [target], value)
    if type(value) is ast.Call and last_name(value.func) in DEFAULTS and type(target) is ast.Name:
        _growing(facts, target, value)


def _of_function(facts: StatementFacts, node: ast.FunctionDef) -> None:
    _given_by_default(facts)


def _of_compound(facts: StatementFacts, node: ast.stmt) -> None:
    parts = unfolded(node)
    if unless := defined_unless(node):
        facts.rarely().unless = unless
    consumables: list[str] = []
    aliases: list[Alias] = []
    for one in parts:
        if type(one) in SHARING_KINDS:
            aliases += aliases_of(one)
            if type(one) is not ast.Expr and type(one) is not ast.For:
                consumables += consumables_of(one)
    if consumables:
        facts.rarely().consumables = frozenset(consumables)
    facts.aliases += tuple(aliases)


def _of_assignment(facts: StatementFacts, node: ast.Assign) -> None:
    targets, value = node.targets, node.value
    target = targets[0]
    if len(targets) > 1:
        _of_objects(facts, targets, value)
        if not facts.immutable and (places := places_of(targets, value)):
            facts.rarely().chained = places
    elif type(target) is ast.Name:
        if type(value) is ast.Call:
            func = value.func
            last = func.attr if type(func) is ast.Attribute else last_name(func)
            readers = _BY_CALL.get(last, _OF_ANY_CALL)
        else:
            readers = _BY_KIND.get(type(value), ())
        for read in readers:
            read(facts, target, value)
    else:
        _of_objects(facts, targets, value)
        if replay := part_replay(target, value):
            facts.rarely().replays = (replay,)


def _of_objects(facts: StatementFacts, targets: Sequence[ast.expr], value: ast.expr) -> None:
    """What holds of the value, wherever it is put."""
    if type(value) is ast.Call and last_name(value.func) not in _BY_CALL:
        return
    facts.immutable = is_immutable(value)
    if type(value) in _SHARING_NOTHING:
        return
    facts.sequence = is_sequence(value)
    if is_consumable(value):
        if type(value) is ast.Call and last_name(value.func) == "tee":
            targets = [one for target in targets for one in getattr(target, "elts", [target])]
        facts.rarely().consumables = frozenset(
            [one.id for one in targets if isinstance(one, ast.Name)]
        )
        facts.deferred += tuple([pair for one in targets for pair in put_into(one)])
    aliases = [alias for target in targets for alias in pair_aliases(target, value)]
    if aliases:
        facts.aliases += tuple(aliases)


def _of_call(facts: StatementFacts, call: ast.Call, method: str) -> None:
    """A call by itself says something if it is one of a method that is known."""
    if (call.keywords or method == "insert") and (shape := shape_in_place(call)):
        facts.rarely().shapes = (shape,)
    if (method in known.IDEMPOTENT or may_repeat(call, method)) and (replay := call_replay(call)):
        facts.rarely().replays = (replay,)
    if method in ADDING and (aliases := added(call)):
        facts.aliases += tuple(aliases)


# --- what a name is bound to ------------------------------------------------------------------


def _literal(facts: StatementFacts, target: ast.Name, value: ast.Constant) -> None:
    """A name for a literal shares nothing."""
    facts.immutable = True
    facts.folded = value


def _immutable(facts: StatementFacts, target: ast.Name, value: ast.expr) -> None:
    facts.immutable = is_immutable(value)


def _folded(facts: StatementFacts, target: ast.Name, value: ast.expr) -> None:
    if may_fold(value):
        facts.folded = value


def _sequence(facts: StatementFacts, target: ast.Name, value: ast.expr) -> None:
    facts.sequence = is_sequence(value)


def _closed(facts: StatementFacts, target: ast.Name, value: ast.expr) -> None:
    if (found := closed_keys(value)) is not None:
        facts.rarely().closed = (Closed(target.id, *found),)


def _shaped(facts: StatementFacts, target: ast.Name, value: ast.expr) -> None:
    if shape := shape_of(target.id, value):
        facts.rarely().shapes = (shape,)


def _repeated(facts: StatementFacts, target: ast.Name, value: ast.expr) -> None:
    said = facts.said
    if not said.odd and target.id not in said.names:
        return  # what it says of the name before is nothing
    if replay := named_replay(target, value):
        facts.rarely().replays = (replay,)


def _consumed(facts: StatementFacts, target: ast.Name, value: ast.expr) -> None:
    if is_consumable(value):
        facts.rarely().consumables = frozenset([target.id])


def _stocked(facts: StatementFacts, target: ast.Name, value: ast.expr) -> None:
    """``{"rng": Random(3)}`` is changed by what uses the generator."""
    for call in facts.calls:
        if call.func in MAKING or call.method in MAKING:
            if (made := stock_of(value)) is not None:
                facts.deferred += ((target.id, made),)
            return


def _shared(facts: StatementFacts, target: ast.Name, value: ast.expr) -> None:
    if aliases := pair_aliases(target, value):
        facts.aliases += tuple(aliases)


def _listed(facts: StatementFacts, target: ast.Name, value: ast.BinOp) -> None:
    """``[r] * 2`` and ``[r] + rows`` hold ``r``, ``a + b`` and ``a | b`` what these hold."""
    left, right = value.left, value.right
    for part in (left, right):
        if type(part) in _WRITTEN:
            _shared(facts, target, part)
    if type(left) in _MERGED and type(right) in _MERGED:
        names, how = merged(value)
        facts.aliases += tuple([Alias(target.id, one, how) for one in names])


def _copied(facts: StatementFacts, target: ast.Name, value: ast.Call) -> None:
    """Of calls whose names are mostly others'."""
    given = value.args
    if given and (type(given[0]) is not ast.Constant or type(given[-1]) is not ast.Constant):
        found = copied(last_name(value.func), value)
        facts.aliases += tuple([Alias(target.id, one, how) for one, how in found])


def _concatenated(facts: StatementFacts, target: ast.Name, value: ast.Call) -> None:
    """``sum(a, [])`` holds what is in the lists of ``a``."""
    if len(value.args) == 2 and type(value.args[1]) is ast.List:
        _copied(facts, target, value)


def _rows(facts: StatementFacts, target: ast.Name, value: ast.Call) -> None:
    """``list(a)`` has the rows of an array."""
    given = value.args[0] if len(value.args) == 1 else None
    if type(given) is ast.Name and type(value.func) is ast.Name:
        facts.aliases += (Alias(target.id, given.id, "rows"),)


def _growing(facts: StatementFacts, target: ast.Name, value: ast.Call) -> None:
    if (keys := first_keys(value)) is not None:
        facts.rarely().closed = (Closed(target.id, keys, grows=True),)


def _record(facts: StatementFacts, target: ast.Name, value: ast.Call) -> None:
    facts.deferred += ((target.id, RECORD),)


def _bound(facts: StatementFacts, target: ast.Name, value: ast.Attribute | ast.Call) -> None:
    if changing_method(value) is not None:
        facts.deferred += ((target.id, BOUND),)
    elif (later := put_off(value)) is not None:
        facts.deferred += ((target.id, later),)


def _grips(facts: StatementFacts, target: ast.Name, value: ast.expr) -> None:
    """``{"add": a.append}`` changes ``a`` when it is used."""
    for part in held_in(value) if facts.aliases else ():
        if type(part) is ast.Attribute and (made := grip(part)) is not None:
            facts.deferred += ((target.id, made),)


def _getter(facts: StatementFacts, target: ast.Name, value: ast.Call) -> None:
    facts.deferred += ((target.id, GETTER),)


def _of_lambda(facts: StatementFacts, target: ast.Name, value: ast.Lambda) -> None:
    _given_by_default(facts)


def _given_by_default(facts: StatementFacts) -> None:
    """A function holds its defaults."""
    name, deferred = facts.deferred[0]
    if deferred.takes is not None:
        facts.aliases += tuple([Alias(name, one, "default") for _, one in deferred.takes.defaults])


def _renamed(facts: StatementFacts, target: ast.Name, value: ast.Name) -> None:
    facts.folded = value
    facts.aliases = (Alias(target.id, value.id, "exact"),)


_WRITTEN = frozenset({ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp})
_MERGED = _WRITTEN | {ast.Name, ast.Tuple}
_SHARING_NOTHING = frozenset({ast.Constant, ast.BinOp, ast.UnaryOp, ast.Compare, ast.JoinedStr})
_BY_KIND: Mapping[type, tuple[_Reader, ...]] = {
    ast.Constant: (_literal,),
    ast.Name: (_renamed, _shaped),
    ast.BinOp: (_immutable, _folded, _listed),
    ast.UnaryOp: (_immutable, _folded),
    ast.Compare: (_immutable, _folded),
    ast.JoinedStr: (_immutable,),
    ast.Tuple: (_immutable, _folded, _shared, _grips, _stocked),
    ast.Attribute: (_folded, _shared, _bound, _consumed),
    ast.IfExp: (_folded, _consumed, _shared),
    ast.Subscript: (_shaped, _repeated, _shared),
    ast.List: (_sequence, _shared, _grips, _stocked),
    ast.ListComp: (_sequence, _shared, _stocked),
    ast.Dict: (_closed, _shared, _grips, _stocked),
    ast.Lambda: (_of_lambda,),
    ast.GeneratorExp: (_consumed, _shared),
    ast.BoolOp: (_consumed, _shared),
    **dict.fromkeys([ast.Set, ast.SetComp, ast.NamedExpr], (_shared,)),
    ast.DictComp: (_shared, _stocked),
}
_OF_ANY_CALL: tuple[_Reader, ...] = (_folded,)


def _by_call(*tables: tuple[Collection[str], _Reader]) -> dict[str, tuple[_Reader, ...]]:
    """For each last name of a call what can be told of its result."""
    names = frozenset().union(*[names for names, _ in tables])
    return {
        name: (*_OF_ANY_CALL, *[reader for names, reader in tables if name in names])
        for name in names
    }


_BY_CALL = _by_call(
    (CONSTRUCTORS, _immutable),
    (["list", "sorted"], _sequence),
    (["list", "tuple"], _rows),
    (OFTEN_ANOTHER, _copied),
    (DEFAULTS, _growing),
    (["sum"], _concatenated),
    (["namedtuple", "make_dataclass"], _record),
    (["SimpleNamespace", "DataFrame"], _closed),
    (["SimpleNamespace", "dict"], _stocked),
    (SHAPING, _shaped),
    (known.IDEMPOTENT | SAYING, _repeated),
    (known.CONSUMABLE | MAYBE_CONSUMABLE, _consumed),
    (SHARING | (COPYING - OFTEN_ANOTHER - {"sum"}), _shared),
    (known.GETTERS, _getter),
    (["partial", "getattr"], _bound),
)
COMPOUND = frozenset(
    [ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.If, ast.Match]
)
FORMS: Mapping[type, Callable[[StatementFacts, Any], None]] = {
    ast.Assign: _of_assignment,
    ast.Expr: _of_expression,
    ast.AugAssign: _of_augmented,
    ast.AnnAssign: _of_annotated,
    ast.FunctionDef: _of_function,
    **dict.fromkeys(COMPOUND, _of_compound),
}
"""Each adds to the facts what can be told without walking the statement."""
