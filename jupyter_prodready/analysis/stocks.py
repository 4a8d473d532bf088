"""Generators of chance, iterators and files that have no name of the page's own: an attribute, an
item, a default, a variable of the function around holds them.

Every use changes them, and with them what holds them.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterable

from .bindings import Binding
from .calls import root
from .effect_tables import DRAWS
from .facts import Call, DeferredFacts, Mutation, Read
from .items import literal_keys
from .known_names import ONLY_LOOK, STORING
from .mutation import CONSUMABLE, PLAIN_PARTS
from .nodes import walk
from .patterns import MAYBE_CONSUMABLE, is_consumable
from .scope import all_defaults, mutable_defaults, parameters
from .words import joined

MAKING = CONSUMABLE | MAYBE_CONSUMABLE
"""Last names of calls that may make an iterator or a generator of chance."""
ANY = "[]"
"""Among the keys of a stock: every element."""
_OF_CONTAINERS = frozenset(dir(list)) | frozenset(dir(dict)) | frozenset(dir(tuple))


def goes_on_with(how: str, node: ast.AST, source: Binding) -> bool:
    """Is a name that is bound by ``node``, and shares ``source`` in the way ``how``, an iterator
    itself, or a method of one?"""
    if how == "exact" or how == "either":
        return source.consumable
    value = node.value if how == "part" and type(node) is ast.Assign else None
    if type(value) is ast.Attribute:
        if source.consumable:
            return value.attr not in PLAIN_PARTS
        keys = {value.attr}
    elif type(value) is ast.Subscript:
        keys = {*(literal_keys(value.slice) or ()), ANY}
    else:
        return False
    whole = type(value.value) is ast.Name
    return whole and True in [not one.stocks.isdisjoint(keys) for one in source.deferred]


def stock_of(value: ast.expr, named: str = "") -> DeferredFacts | None:
    """The iterators and generators of chance in a container that is written down; ``named``: the
    name of one."""
    keys: list[str] = []

    def is_stored(one: ast.expr) -> bool:
        return one.id == named if type(one) is ast.Name else _is_stored(one)

    if type(value) is ast.Dict:
        every = [is_stored(one) for one in value.values]
        texts = [key.value if type(key) is ast.Constant else None for key in value.keys]
        keys = [key for key, yes in zip(texts, every, strict=True) if yes and type(key) is str]
        if every and not keys and all(every):
            keys = [ANY]
    elif type(value) is ast.Call:
        keys = [one.arg for one in value.keywords if one.arg and is_stored(one.value)]
    elif type(value) is ast.List or type(value) is ast.Tuple:
        keys = [ANY] if value.elts and all(map(is_stored, value.elts)) else []
    elif type(value) is ast.ListComp:
        keys = [ANY] if is_stored(value.elt) else []
    elif type(value) is ast.DictComp:
        keys = [ANY] if is_stored(value.value) else []
    return stock(keys, [named] if named else []) if keys else None


def stock_with(name: str, source: Binding, node: ast.AST) -> tuple[DeferredFacts, ...]:
    """The stock that ``node`` writes down with the iterator of that name in it."""
    if not source.consumable or type(node) is not ast.Assign:
        return ()
    made = stock_of(node.value, name)
    return () if made is None else (made,)


def put_into(target: ast.expr) -> list[tuple[str, DeferredFacts]]:
    """What an iterator makes of the object that it is put into: ``d["rng"] = Random(3)``."""
    if not isinstance(target, (ast.Attribute, ast.Subscript)) or type(target.value) is not ast.Name:
        return []
    keys = (target.attr,) if isinstance(target, ast.Attribute) else literal_keys(target.slice)
    return [(target.value.id, stock(keys))] if keys else []


def stock(keys: Iterable[str], names: Iterable[str] = ()) -> DeferredFacts:
    """What stands for it among the code that a name holds; ``names`` have the same objects."""
    made = DeferredFacts("stock")
    made.stocks, made.returns = frozenset(keys), frozenset(names)
    return made


def given_stock(node: ast.AST, look: Look) -> DeferredFacts | None:
    """The generators of chance that a new instance is given, and keeps: ``C(default_rng(3))``."""
    call = node.value if type(node) is ast.Assign else None
    if type(call) is not ast.Call or type(call.func) is not ast.Name:
        return None
    given: list[tuple[int | str | None, ast.expr]] = [*enumerate(call.args)]
    given += [(one.arg, one.value) for one in call.keywords]
    found = [(place, one) for place, one in given if _gives_consumable(one, look)]
    made_of = look(call.func.id) if found else None
    defined = made_of.chain.oldest.step.facts.node if made_of is not None else None
    if not isinstance(defined, ast.ClassDef):
        return None
    kept = [(number, *pair) for number, pair in enumerate(_kept_as(defined))]
    keys = [key for n, param, key in kept for place, _ in found if place in (n, param)]
    return stock(keys, [one.id for _, one in found if type(one) is ast.Name]) if keys else None


def _gives_consumable(value: ast.expr, look: Look) -> bool:
    if type(value) is ast.Name:
        binding = look(value.id)
        return binding is not None and binding.consumable
    return _is_stored(value)


def _kept_as(defined: ast.ClassDef) -> list[tuple[str, str]]:
    """(parameter, attribute that keeps it) for each parameter of a new instance, in order."""
    for one in defined.body:
        if isinstance(one, ast.FunctionDef) and one.name == "__init__":
            params = parameters(one.args)[1:]
            sets = {
                value.id: target.attr
                for node in walk(one)
                if isinstance(node, (ast.Assign, ast.AnnAssign))
                for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
                if type(target) is ast.Attribute and type(value := node.value) is ast.Name
            }
            return [(param, sets.get(param, "")) for param in params]
    fields = [one.target for one in defined.body if isinstance(one, ast.AnnAssign)]
    return [(one.id, one.id) for one in fields if isinstance(one, ast.Name)]


def _is_stored(value: ast.expr) -> bool:
    return type(value) is ast.Call and is_consumable(value) and not is_opened(value)


def from_stock(
    name: str, held: DeferredFacts, read: Read | None, calls: Iterable[Call]
) -> Mutation | None:
    """What code that reads the name so, and makes these calls, changes of it."""
    if ANY in held.stocks:
        asked = {one.method for one in calls if one.func.removeprefix("*") == name} - {None}
        return Mutation(name) if asked - _OF_CONTAINERS else None
    if read is None or not read.items:
        return None
    used = held.stocks.intersection([item.key for item in read.items])
    if not used or not is_asked(name, calls):
        return None
    return Mutation(name, False, tuple(sorted(used)), attribute=read.items[0].attribute)


def is_opened(value: ast.expr | None) -> bool:
    """Is it what a library opens, which need not be a file: ``Image.open(path)``?"""
    if type(value) is not ast.Call or type(value.func) is not ast.Attribute:
        return False
    module = value.func.value
    return value.func.attr == "open" and type(module) is ast.Name and module.id not in _FILES


_FILES = frozenset({"io", "gzip", "bz2", "lzma", "codecs"})


def keep_defaults(facts: DeferredFacts, arguments: ast.arguments) -> None:
    """Defaults are made once for all calls: what one changes, the next finds."""
    if facts.changes_params:
        facts.own_state = joined(facts.changes_params & mutable_defaults(arguments))
    for one in (*arguments.defaults, *arguments.kw_defaults):
        if type(one) is ast.Call or type(one) is ast.GeneratorExp:
            facts.own_state |= frozenset(
                [
                    name
                    for name, default in all_defaults(arguments)
                    if is_consumable(default) and is_asked(name, facts.calls)
                ]
            )
            return


def factories(node: ast.ClassDef) -> list[tuple[str, ast.expr]]:
    """The fields of a data class that a function makes, each with that."""
    return [
        (one.target.id if isinstance(one.target, ast.Name) else "", keyword.value)
        for one in node.body
        if isinstance(one, ast.AnnAssign) and isinstance(one.value, ast.Call)
        for keyword in one.value.keywords
        if keyword.arg == "default_factory"
    ]


def makes_consumable(factory: ast.expr) -> bool:
    if isinstance(factory, ast.Lambda):
        return is_consumable(factory.body)
    return is_consumable(ast.Call(factory, [], []))


def made_by(
    fields: list[tuple[str, ast.expr]],
    name: str,
    read: Callable[[ast.arguments, list[ast.expr]], DeferredFacts],
) -> DeferredFacts:
    """What making the ``fields`` of a new instance of the class ``name`` does."""
    every = [one for _, one in fields]
    named = [one for one in every if isinstance(one, (ast.Name, ast.Attribute))]
    calls: list[ast.expr] = [ast.copy_location(ast.Call(one, [], []), one) for one in named]
    made = read(ast.arguments([], [], None, [], [], None, []), calls)
    for one in every:
        if isinstance(one, ast.Lambda):
            _add_lambda(made, read(one.args, [one.body]))
        elif isinstance(one, ast.Attribute) and is_consumable(one):
            made.mutations += (Mutation(root(one)[0] or name),)
    return made


def _add_lambda(made: DeferredFacts, factory: DeferredFacts) -> None:
    """What a factory without a name uses up, new instances do. What else it reads is not needed
    where the field is given."""
    drawn = [call.func for call in factory.calls if call.method in DRAWS]
    used = {*[mutation.name for mutation in factory.mutations], *drawn}
    made.reads += tuple([r._replace(certain=False) for r in factory.reads if r.name in used])
    made.calls += tuple([call for call in factory.calls if call.func in used])
    made.mutations += factory.mutations


def note_stocks(name: str, methods: Collection[DeferredFacts], shared: frozenset[str]) -> None:
    """Have the ``methods`` of the class change what they use up; ``shared`` are attributes of the
    class itself."""
    stocks = joined(shared, *[facts.stocks for facts in methods])
    for facts in methods if stocks else ():
        used = stocks & facts.attributes
        for read in facts.reads if used else ():
            if read.name == name and read.items:
                by_class = used.intersection([item.key for item in read.items])
                if by_class:
                    facts.mutations += (Mutation(name, False, tuple(sorted(by_class))),)
                    used -= by_class
        if used and facts.params:
            facts.changes_params |= frozenset(facts.params[:1])
            facts.parts_changed |= used


Look = Callable[[str], Binding | None]
_LEAVES_ALONE = ONLY_LOOK | STORING


def is_asked(name: str, calls: Iterable[Call]) -> bool:
    """Is the name, or a method of it, called here, or given to a call that may use it up?"""
    for func, method, args, keywords, _, _ in calls:
        if func == name:
            return True
        given = name in args or (keywords and name in [one for _, one in keywords])
        if given and (method or func) not in _LEAVES_ALONE:
            return True
    return False
