"""What begins anew: `fit` of scikit-learn's estimators, the next query of a cursor."""

from __future__ import annotations

import ast

from .arguments import Look
from .bindings import UNKNOWN, Binding, Step
from .facts import Mutation
from .nodes import last_name, walk
from .sql import beginning, changes_data

_ROOTS = frozenset({"sklearn", "imblearn"})


def is_estimator(binding: Binding) -> bool:
    """Was it made by a call of scikit-learn such that fitting it twice is fitting it once?

    Not with ``warm_start``, nor with a generator that every fit draws from.
    """
    made = binding.chain.step
    node = made.facts.node
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Call):
        return False
    if binding.chain.before is not None or made.facts.rare.draws or made.facts.rare.unrepeatable:
        return False
    if not _is_of_library(node.value.func, made):
        return False
    calls = [one for one in walk(node.value) if isinstance(one, ast.Call)]
    return all(_is_of_library(one.func, made) and _is_plain(one, made) for one in calls)


BEGIN_ANEW = frozenset({"fit", "ask", "fetch"})
"""Kinds of changes before which `before_fit` has to look."""


def before_fit(binding: Binding, mutation: Mutation) -> Binding | None:
    """What the next fit, or query, begins from."""
    if mutation.how == "fetch":
        return binding.unfitted
    anew = mutation.how == "ask" or (mutation.how == "fit" and is_estimator(binding))
    return binding if anew else None


def is_spared(target: Binding, mutation: Mutation) -> bool:
    """Does what may change some objects leave this one alone?"""
    _, _, _, how, store, _, guess = mutation
    if target.opaque or (target.module and not store) or how == "added":
        return True
    if guess:
        return any(one.method(guess) is not None for one in target.deferred)
    return how in ("ask", "fetch") and not is_cursor(target)


def meant(mutation: Mutation, look: Look) -> Mutation:
    """``con.execute(q)``: whether it changes anything, the text says that ``q`` holds."""
    if mutation.how != "told":
        return mutation
    held = look(mutation.guess)
    if held is not None and isinstance(held.constant, str):
        asks = not changes_data(beginning(ast.Constant(held.constant)))
    else:
        node = held.chain.step.facts.node if held is not None else None
        text = beginning(node.value) if isinstance(node, ast.Assign) else ""
        asks = held is None or (bool(text) and not changes_data(text))
    return Mutation(mutation.name, how="ask") if asks else Mutation(mutation.name, deep=True)


def is_cursor(binding: Binding) -> bool:
    """Was it made by ``connection.cursor()``, so that the next query forgets the one before?"""
    node = binding.chain.oldest.step.facts.node
    value = node.value if isinstance(node, ast.Assign) else None
    return isinstance(value, ast.Call) and last_name(value.func) == "cursor"


def _is_of_library(function: ast.expr, made: Step) -> bool:
    while isinstance(function, ast.Attribute):
        function = function.value
    binding = made.reads.get(function.id) if isinstance(function, ast.Name) else None
    imports = binding.chain.step.facts.rare.imports if binding is not None else ()
    return bool(imports) and all(one.module.split(".")[0] in _ROOTS for one in imports)


def _is_plain(call: ast.Call, made: Step) -> bool:
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    state = given.get("random_state")
    if None in given or "warm_start" in given:
        return False
    if isinstance(state, ast.Name):
        binding = made.reads.get(state.id)
        return binding is not None and binding.constant is not UNKNOWN
    return state is None or isinstance(state, ast.Constant)
