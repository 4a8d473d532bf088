"""The tables of mutators against the real libraries: every method of every row is called on a
sample object, which is compared before and after. What cannot be imported is skipped."""

from __future__ import annotations

import importlib
import re
import warnings
from typing import Any

import pytest

from jupyter_prodready.analysis.mutation import (
    IDEMPOTENT,
    MUTATING_METHODS,
    RETURNS_NONE,
    effect_of,
)
from jupyter_prodready.analysis.mutator_tables import LIBRARIES, Kind

from .mutator_samples import CHANGED_OTHERWISE, ESTIMATOR_CALLS, ESTIMATORS, SAMPLES, estimator

# --- every row ----------------------------------------------------------------------------


def rows() -> dict[str, Kind]:
    """Each kind of object of which there is a sample, by the name of the sample."""
    named = {
        f"polars.{kind.name}" if library.name == "polars" else kind.name: kind
        for library in LIBRARIES
        for kind in library.kinds
    }
    return {key: kind for key, kind in named.items() if key in SAMPLES and key != "estimator"}


ROWS = rows()


def made(key: str) -> tuple[Any, dict[str, Any]]:
    sample = SAMPLES[key]
    for name in re.findall(r"import (\w+)|from (\w+)", sample.imports):
        pytest.importorskip(name[0] or name[1]) if (name[0] or name[1]).islower() else None
    names: dict[str, Any] = {}
    exec(sample.imports, names)
    names["x"] = eval(sample.make, names)
    return names["x"], names


def call_of(key: str, method: str) -> str:
    calls = re.findall(r"(\w+)(\((?:[^()]|\([^()]*\))*\))(?=\s|$)", SAMPLES[key].calls)
    given = dict(calls)
    return f"x.{method}{given.get(method, '()')}"


def outcome(key: str, method: str, keyword: str = "") -> tuple[bool, bool, Any]:
    """(did the call change the object?, did a second call change it more?, the result)"""
    value, names = made(key)
    look, call = SAMPLES[key].look, call_of(key, method)
    if keyword:
        call = call[:-1] + (", " if call[-2] != "(" else "") + keyword + ")"
    before = look(value)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = eval(call, names)
        after = look(value)
        try:
            eval(call, names)
        except Exception:
            return before != after, True, result
    return before != after, after != look(value), result


@pytest.mark.parametrize("key", ROWS)
def test_methods(key: str) -> None:
    kind, (value, _) = ROWS[key], made(key)
    methods = sorted(kind.changes | kind.leaves | kind.inplace)
    known = [method for method in methods if hasattr(value, method)]
    assert known
    assert {m: wrong for m in known if (wrong := wrong_of(kind, key, m))} == {}


def wrong_of(kind: Kind, key: str, method: str) -> list[str]:
    """What the table says of a method, and is not so."""
    changed, again, result = outcome(key, method)
    otherwise = (key, method) in CHANGED_OTHERWISE
    says = {
        "changes": method not in kind.changes or otherwise or changed,
        "leaves": method not in kind.leaves | kind.inplace or not changed,
        "silent": method not in kind.silent or result is None,
        "giving": method not in kind.giving or key == "generator" or result is not None,
        "again": method not in kind.again or not again,
        "inplace": method not in kind.inplace or outcome(key, method, "inplace=True")[0],
    }
    return [column for column, holds in says.items() if not holds]


@pytest.mark.parametrize("name", ESTIMATORS)
def test_estimators(name: str) -> None:
    """What an estimator has of the row does as the row says."""
    pytest.importorskip("sklearn")
    place, options, changing = ESTIMATORS[name]
    kind = next(kind for library in LIBRARIES for kind in library.kinds if kind.name == "estimator")
    calls = dict(re.findall(r"(\w+)(\((?:[^()]|\([^()]*\))*\))(?=\s|$)", ESTIMATOR_CALLS))
    space = {name: getattr(importlib.import_module(place), name)}
    for method in sorted(kind.changes | kind.leaves):
        model = eval(f"{name}({options})", space)
        if not hasattr(model.fit([[0.0], [2.0]], [0, 1]), method):
            continue
        if method in kind.changes:
            model = eval(f"{name}({options})", space)
        call = f"x.{method}{calls.get(method, '()')}"
        if method == "set_params" and name == "StandardScaler":
            call = "x.set_params(with_mean=False)"
        before = estimator(model)
        eval(call, {"x": model})
        after = estimator(model)
        assert (before != after) == (method in kind.changes), (name, method)
        assert (method in kind.changes) == (method in changing.split()), (name, method)
        if method in kind.again and "random" not in method:
            eval(call, {"x": model})
            assert estimator(model) == after, (name, method)


# --- the tables ---------------------------------------------------------------------------


def test_words_for_methods_of_unknown_objects() -> None:
    known = {
        name: effect_of(name) for name in ("append", "sort", "plot", "head", "drop", "frobnicate")
    }
    assert known == {
        "append": "may change", "sort": "may change", "plot": "may change", "head": "leaves",
        "drop": "leaves", "frobnicate": "unknown",
    }  # fmt: skip


def test_the_sets_of_the_engine_follow_from_the_tables() -> None:
    assert {"append", "pop", "fit", "add_", "insert"} <= MUTATING_METHODS
    assert not {"plot", "replace", "head", "get", "scatter", "partition"} & MUTATING_METHODS
    assert {"append", "sort", "update", "insert"} <= RETURNS_NONE
    assert not {"extend", "pop", "fit"} & RETURNS_NONE
    assert {"sort", "clear", "discard", "fill", "zero_grad"} <= IDEMPOTENT
    assert (
        not {"reverse", "append", "update", "add", "pop", "put", "setdefault", "fit"} & IDEMPOTENT
    )


def test_every_library_names_its_source_and_no_method_is_in_two_columns() -> None:
    for library in LIBRARIES:
        assert library.source
        for kind in library.kinds:
            assert not kind.silent & kind.giving, kind.name
            assert not kind.changes & kind.leaves, kind.name
            assert kind.again <= kind.changes, kind.name
