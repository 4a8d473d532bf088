"""The tables of mutators against the real libraries: every method of every row is called on a
sample object, which is compared before and after. What cannot be imported is skipped."""

from __future__ import annotations

import copy
import importlib
import re
import warnings
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

from jupyter_prodready.analysis.evidence import from_runs
from jupyter_prodready.analysis.mutation import (
    IDEMPOTENT,
    MUTATING_METHODS,
    RETURNS_NONE,
    effect_of,
)
from jupyter_prodready.analysis.mutator_tables import LIBRARIES, Kind, Library
from jupyter_prodready.checks import analyse
from jupyter_prodready.model import Cell, Notebook, Run

Look = Callable[[Any], object]


class Sample(NamedTuple):
    """How to make an object of a kind, what it is compared by, and calls of its methods.

    ``calls`` are texts: those of methods that need arguments; all others are called with none.
    """

    imports: str
    make: str
    look: Look
    calls: str = ""


def listed(value: Any) -> object:
    return list(value.items()) if hasattr(value, "items") else list(value)


def frame(value: Any) -> object:
    """Values, labels and their names, types."""
    parts = [value.to_dict() if hasattr(value, "to_dict") else list(value)]
    for labels in (getattr(value, "index", None), getattr(value, "columns", None)):
        parts += [list(labels), labels.name] if hasattr(labels, "name") else []
    return repr([*parts, getattr(value, "name", None), getattr(value, "dtypes", None)])


def axes(value: Any) -> object:
    legend = value.get_legend()
    shown = [
        value.get_title(),
        value.get_xlabel(),
        value.get_ylabel(),
        value.get_xscale(),
        value.get_yscale(),
    ]
    limits = [
        value.get_xlim(),
        value.get_ylim(),
        list(value.get_xticks()),
        list(value.get_yticks()),
    ]
    grid = [line.get_visible() for line in value.xaxis.get_gridlines()]
    sizes = [label.get_size() for label in value.get_xticklabels()]
    return repr([
        len(value.get_children()), len(value.figure.axes), shown, limits, grid, sizes, value.axison,
        legend and [text.get_text() for text in legend.get_texts()],
    ])  # fmt: skip


def figure(value: Any) -> object:
    title = value.get_suptitle()
    pars = value.subplotpars
    return repr(
        [len(value.axes), title, list(value.get_size_inches()), pars.left, pars.bottom, pars.top]
    )


def estimator(value: Any) -> object:
    """All that it holds; arrays as they are written, objects without their addresses."""
    plain = {
        key: one.tolist() if hasattr(one, "tolist") else one for key, one in vars(value).items()
    }
    return re.sub(r" at 0x\w+", "", repr(sorted(plain.items())))


def module(value: Any) -> object:
    state = {key: one.tolist() for key, one in value.state_dict().items()}
    types = [str(one.dtype) for one in value.parameters()]
    grads = [one.grad is not None and one.grad.tolist() for one in value.parameters()]
    needs = [one.requires_grad for one in value.parameters()]
    return repr([state, types, grads, needs, value.training, list(dict(value.named_buffers()))])


def tensor(value: Any) -> object:
    return repr([value.detach().tolist(), list(value.shape), value.requires_grad, value.grad])


TABLE = "pd.DataFrame({'a': [3.0, None, 1.0, 1.0], 'b': [1, 2, 3, 3]}, index=[4, 3, 2, 1])"
FRAME_CALLS = """
add(1) agg('sum') align(x) apply(len) astype(str) combine_first(x) cov() clip(0, 1) corr() div(2) drop(2) equals(x) explode('a')
filter([2]) groupby([1,1,2,2]) isin([1]) map(str) mask(x > 1, 0) mul(2) ne(1) nlargest(1,'a') nsmallest(1,'a')
pipe(len) quantile(0.5) reindex([4]) rename(str) rename_axis('i') replace(1, 2) rolling(2) set_axis([1,2,3,4]) sub(1)
subtract(1) take([0]) transform(abs) truncate(1) where(x > 1, 0) query('a > 1') join(x, rsuffix='2') merge(x) melt()
pivot_table(index='a') select_dtypes('number') set_index('a') sort_values('a') drop_duplicates() assign(c=1) eval('c = a + b')
insert(0, 'c', 1) isetitem(0, [9, 9, 9, 9]) update(pd.DataFrame({'a': [9.0, 9.0]}, index=[4, 3])) pop('a') plot() hist() boxplot() explode('a') unstack() stack()
rename(columns=str.upper) fillna(0) interpolate()
"""
SERIES_CALLS = """
explode() nlargest(1) nsmallest(1) sort_values() between(1, 2) corr(x) cov(x) get(4) autocorr() drop_duplicates()
where(x > 1, 0) pop(4) interpolate() rename('new') update(pd.Series([9.0, 9.0], index=[4, 3])) apply(str) reset_index(drop=True)
"""
ESTIMATOR_CALLS = """
fit([[0.0], [2.0]], [0, 1]) partial_fit([[0.0], [2.0]], [0, 1], [0, 1]) fit_transform([[0.0], [2.0]])
fit_predict([[0.0], [2.0]]) set_params(verbose=3) set_output(transform='pandas') predict([[1.0]])
predict_proba([[1.0]]) decision_function([[1.0]]) score([[1.0], [2.0]], [0, 1]) transform([[1.0]])
inverse_transform([[1.0]])
"""
SAMPLES: dict[str, Sample] = {
    "list": Sample("", "[3, 1, 2]", copy.copy, "append(4) extend([4]) insert(0, 9) remove(1) count(1) index(1)"),
    "dict": Sample("", "{'k': 1}", listed, "get('k') pop('k') setdefault('j', 2) update(j=2)"),
    "set": Sample(
        "", "{1, 2}", copy.copy,
        "add(3) discard(1) remove(1) update({3}) difference_update({1}) intersection_update({1}) "
        "symmetric_difference_update({1}) difference({1}) intersection({1}) isdisjoint({1}) issubset({1}) "
        "issuperset({1}) symmetric_difference({1}) union({1})",
    ),
    "bytearray": Sample(
        "", "bytearray(b'ab')", bytes,
        "append(1) extend(b'c') insert(0, 1) remove(97) count(b'a') find(b'a') index(b'a') startswith(b'a')",
    ),
    "str": Sample(
        "", "'aB c'", str,
        "center(9) count('a') endswith('c') find('a') index('a') join(['x']) ljust(9) partition(' ') "
        "removeprefix('a') removesuffix('c') replace('a', 'b') rfind('a') rindex('a') rjust(9) rpartition(' ') "
        "startswith('a') translate({}) zfill(9)",
    ),
    "collections.deque": Sample(
        "import collections", "collections.deque([3, 1, 2])", listed,
        "append(4) appendleft(4) extend([4]) extendleft([4]) insert(0, 9) remove(1) rotate(1) count(1) index(1)",
    ),
    "collections.Counter": Sample(
        "import collections", "collections.Counter('aab')", listed,
        "subtract('a') update('a') pop('a') setdefault('z', 1) get('a')",
    ),
    "collections.OrderedDict": Sample(
        "import collections", "collections.OrderedDict(a=1, b=2)", listed,
        "move_to_end('a') update(c=1) pop('a') setdefault('z', 1) get('a')",
    ),
    "array.array": Sample(
        "import array", "array.array('i', [3, 1, 2])", listed,
        "append(4) extend([4]) fromlist([4]) insert(0, 9) remove(1) count(1) index(1)",
    ),
    "io.StringIO": Sample(
        "import io", "io.StringIO('a\\nb\\n')", lambda x: x.closed or (x.tell(), x.getvalue()),
        "seek(1) truncate(1) write('c') writelines(['c'])",
    ),
    "generator": Sample("", "(n for n in [1, 2, 3])", lambda x: (x.gi_frame and x.gi_frame.f_lasti), "send(None)"),
    "queue.Queue": Sample(
        "import queue", "[q := queue.Queue(), q.put(1), q.put(2), q.put(3)][0]", lambda x: listed(x.queue), "put(1) put_nowait(1)"
    ),
    "ndarray": Sample(
        "import numpy as np", "np.array([[3, 1], [2, 4]])",
        lambda x: (x.tobytes(), x.shape, str(x.dtype), x.flags.writeable),
        "fill(7) partition(1) put([0], [9]) resize(2, 1, refcheck=False) setfield(7, 'i8') setflags(write=False) itemset(0, 9) "
        "argpartition(1) astype(float) choose([0, 1, 2, 3, 4]) clip(1, 2) compress([True]) dot(x) item(0) repeat(2) "
        "reshape(4, 1) swapaxes(0, 1) take([0])",
    ),
    "DataFrame": Sample("import pandas as pd", TABLE, frame, FRAME_CALLS),
    "Series": Sample("import pandas as pd", f"{TABLE}['a']", frame, FRAME_CALLS + SERIES_CALLS),
    "DataFrame.plot": Sample(
        "import pandas as pd\nimport matplotlib\nmatplotlib.use('agg')", f"{TABLE}.fillna(0).plot",
        lambda x: frame(x._parent), "pie(y='b') scatter(x='a', y='b')",
    ),
    "Index": Sample(
        "import pandas as pd", "pd.Index([2, 1], name='i')", frame,
        "append(x) astype(str) delete(0) difference(x) drop(2) get_loc(2) insert(0, 9) intersection(x) isin([1]) map(str) "
        "rename('j') union(x) where(x > 1)",
    ),
    "polars.DataFrame": Sample(
        "import polars as pl", "pl.DataFrame({'a': [3, 1, 1], 'b': [1, 2, 3]})", lambda x: repr(x.to_dict(as_series=False)),
        "drop_in_place('a') extend(x.clone()) insert_column(0, pl.Series('c', [1, 2, 3])) "
        "replace_column(0, pl.Series('c', [1, 2, 3])) drop('a') fill_null(0) filter(pl.col('a') > 1) "
        "group_by('a') join(x,on='a') partition_by('a') pivot('b',index='a',values='b') rename({'a': 'z'}) "
        "select('a') sort('a') update(x * 2) vstack(x) with_columns(c=1) unpivot() sample(1)",
    ),
    "polars.Series": Sample(
        "import polars as pl", "pl.Series('a', [3, 1, 2])", lambda x: (x.name, x.to_list()),
        "append(x.clone()) extend(x.clone()) scatter(0, 9) alias('b') cast(str) clip(1, 2) fill_null(0) "
        "filter(x > 1) rename('b')",
    ),
    "polars.LazyFrame": Sample(
        "import polars as pl", "pl.LazyFrame({'a': [3, 1, 1], 'b': [1, 2, 3]})", lambda x: repr(x.collect().to_dict(as_series=False)),
        "drop('a') fill_null(0) filter(pl.col('a') > 1) group_by('a') join(x,on='a') rename({'a': 'z'}) select('a') "
        "sort('a') with_columns(c=1)",
    ),
    "estimator": Sample("", "", estimator, ESTIMATOR_CALLS),
    "Axes": Sample(
        "import matplotlib\nmatplotlib.use('agg')\nfrom matplotlib.figure import Figure",
        "[a := Figure().subplots(), a.plot([1, 2], label='l')][0]", axes,
        "annotate('t', (0, 0)) bar([1], [1]) barh([1], [1]) boxplot([1, 2]) contour([[1, 2], [3, 4]]) "
        "errorbar([1], [1], 1) fill_between([1, 2], 1, 2) hist([1]) imshow([[1]]) pie([1]) plot([5, 6]) "
        "scatter([1], [1]) set(title='t') set_title('t') set_xlabel('t') set_xlim(0, 9) set_xscale('log') "
        "set_xticks([0]) set_ylabel('t') set_ylim(0, 9) set_yscale('log') set_yticks([0]) step([1], [1]) "
        "grid(True) tick_params(labelsize=30)",
    ),
    "Figure": Sample(
        "import io\nimport matplotlib\nmatplotlib.use('agg')\nfrom matplotlib.figure import Figure",
        "[f := Figure(), f.subplots()][0]", figure,
        "set_size_inches(9, 9) suptitle('t') savefig(io.BytesIO())",
    ),
    "Tensor": Sample(
        "import torch", "torch.tensor([0.5, 1.7])", tensor,
        "add_(1) sub_(1) mul_(2) div_(2) pow_(2) clamp_(1) fill_(9) copy_(torch.zeros(2)) masked_fill_(x > 1, 0) "
        "addcmul_(x.clone(), x.clone()) addcdiv_(x.clone(), x.clone()) unsqueeze_(0) add(1) sub(1) mul(2) div(2) "
        "pow(2) clamp(1) masked_fill(x > 1, 0) permute(0) reshape(2, 1) to(torch.float64) transpose(0, 0) "
        "unsqueeze(0) view(2, 1)",
    ),
    "nn.Module": Sample(
        "import torch", "torch.nn.Linear(1, 1).eval()", module,
        "add_module('m', torch.nn.Linear(1, 1)) register_buffer('t', torch.zeros(1)) "
        "apply(lambda m: m.weight.data.fill_(9)) load_state_dict({'weight': torch.ones(1, 1), 'bias': torch.ones(1)}) "
        "requires_grad_(False) to(torch.float64)",
    ),
}  # fmt: skip
CHANGED_OTHERWISE = {
    ("DataFrame", "pop"), ("list", "pop"), ("nn.Module", "cpu"), ("nn.Module", "float"),
    ("nn.Module", "eval"), ("nn.Module", "zero_grad"), ("Tensor", "abs_"), ("Tensor", "relu_"),
    ("Tensor", "neg_"), ("io.StringIO", "readable"), ("Tensor", "backward"),
}  # fmt: skip
"""Methods that change some objects of the type and not this sample."""
ESTIMATORS = {
    "StandardScaler": (
        "sklearn.preprocessing",
        "copy=True",
        "fit fit_transform partial_fit set_output set_params",
    ),
    "SGDClassifier": ("sklearn.linear_model", "random_state=0", "fit partial_fit set_params"),
    "KMeans": (
        "sklearn.cluster",
        "2, n_init=1, random_state=0",
        "fit fit_predict fit_transform set_output set_params",
    ),
}


# --- every row ----------------------------------------------------------------------------


def rows() -> Iterator[Any]:
    for library in LIBRARIES:
        for kind in library.kinds:
            key = f"polars.{kind.name}" if library.name == "polars" else kind.name
            if key in SAMPLES and key not in ("estimator",):
                for method in sorted(kind.changes | kind.leaves | kind.inplace):
                    yield pytest.param(library, kind, key, method, id=f"{key}.{method}")


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
    if not hasattr(value, method):
        pytest.skip(f"{key} has no {method} here")
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


@pytest.mark.parametrize(("library", "kind", "key", "method"), list(rows()))
def test_method(library: Library, kind: Kind, key: str, method: str) -> None:
    changed, again, result = outcome(key, method)
    if method in kind.changes and (key, method) not in CHANGED_OTHERWISE:
        assert changed
    if method in kind.leaves | kind.inplace:
        assert not changed
    if method in kind.silent:
        assert result is None
    if method in kind.giving and key != "generator":
        assert result is not None
    if method in kind.again:
        assert not again
    if method in kind.inplace:
        assert outcome(key, method, "inplace=True")[0]


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


# --- functions ----------------------------------------------------------------------------

CALLS = {
    "delattr": ("import types; x = types.SimpleNamespace(a=1)", "delattr(x, 'a')"),
    "next": ("x = (n for n in [1, 2])", "next(x)"),
    "setattr": ("import types; x = types.SimpleNamespace(a=1)", "setattr(x, 'b', 1)"),
    "heapify": ("import heapq; x = [3, 1, 2]", "heapq.heapify(x)"),
    "heappop": ("import heapq; x = [1, 2]", "heapq.heappop(x)"),
    "heappush": ("import heapq; x = [1, 2]", "heapq.heappush(x, 3)"),
    "heappushpop": ("import heapq; x = [1, 2]", "heapq.heappushpop(x, 3)"),
    "heapreplace": ("import heapq; x = [1, 2]", "heapq.heapreplace(x, 3)"),
    "insort": ("import bisect; x = [1, 2]", "bisect.insort(x, 3)"),
    "insort_left": ("import bisect; x = [1, 2]", "bisect.insort_left(x, 3)"),
    "insort_right": ("import bisect; x = [1, 2]", "bisect.insort_right(x, 3)"),
    "delitem": ("import operator; x = [1, 2]", "operator.delitem(x, 0)"),
    "iadd": ("import operator; x = [1, 2]", "operator.iadd(x, [3])"),
    "iconcat": ("import operator; x = [1, 2]", "operator.iconcat(x, [3])"),
    "setitem": ("import operator; x = [1, 2]", "operator.setitem(x, 0, 9)"),
    "shuffle": ("import random; random.seed(1); x = list(range(9))", "random.shuffle(x)"),
    "copyto": ("import numpy as np; x = np.array([1, 2])", "np.copyto(x, 9)"),
    "fill_diagonal": ("import numpy as np; x = np.zeros((2, 2))", "np.fill_diagonal(x, 9)"),
    "place": ("import numpy as np; x = np.array([1, 2])", "np.place(x, x > 1, [9])"),
    "put": ("import numpy as np; x = np.array([1, 2])", "np.put(x, [0], [9])"),
    "put_along_axis": (
        "import numpy as np; x = np.array([1, 2])", "np.put_along_axis(x, np.array([0]), 9, 0)",
    ),
    "putmask": ("import numpy as np; x = np.array([1, 2])", "np.putmask(x, x > 1, 9)"),
    "at": ("import numpy as np; x = np.array([1, 2])", "np.add.at(x, 0, 9)"),
    "out of a function": ("import numpy as np; x = np.array([1, 2])", "np.add(x, 1, out=x)"),
    "out of a method": ("import numpy as np; x = np.array([1, 2])", "np.array([5, 6]).cumsum(out=x)"),
    "shuffle of a generator": (
        "import numpy as np; r = np.random.default_rng(1); x = np.arange(9)", "r.shuffle(x)",
    ),
    "clip_grad_norm_": (
        "import torch; x = torch.nn.Linear(1, 1).weight; (x * 9).sum().backward()",
        "torch.nn.utils.clip_grad_norm_(x, 1.0)",
    ),
    "clip_grad_value_": (
        "import torch; x = torch.nn.Linear(1, 1).weight; (x * 9).sum().backward()",
        "torch.nn.utils.clip_grad_value_(x, 1.0)",
    ),
} | {
    name: ("import torch; torch.manual_seed(0); x = torch.full((2, 2), 7.0)", f"torch.nn.init.{name}(x{more})")
    for name, more in {
        "constant_": ", 3", "eye_": "", "kaiming_normal_": "", "kaiming_uniform_": "", "normal_": "",
        "ones_": "", "orthogonal_": "", "uniform_": "", "xavier_normal_": "", "xavier_uniform_": "",
        "zeros_": "",
    }.items()
}  # fmt: skip


def seen(value: Any) -> object:
    if hasattr(value, "gi_frame"):
        return value.gi_frame.f_lasti
    if hasattr(value, "grad") and hasattr(value, "tolist"):
        return repr([value.tolist(), value.grad])
    return repr(value.tolist() if hasattr(value, "tolist") else value)


@pytest.mark.parametrize("case", CALLS)
def test_function(case: str) -> None:
    """The call changes its argument, and the analysis knows it: shown before, it is stale."""
    setup, call = CALLS[case]
    if "torch" in setup:
        pytest.importorskip("torch")
    names: dict[str, Any] = {}
    exec(setup, names)
    before = seen(names["x"])
    eval(call, names)
    assert seen(names["x"]) != before
    assert reported(setup, call, "print(x)") == ["later-mutation"]


def test_every_function_is_executed() -> None:
    functions = {function.name for library in LIBRARIES for function in library.functions}
    assert functions <= CALLS.keys()


# --- what follows -------------------------------------------------------------------------


def reported(*sources: str) -> list[str]:
    """The checks that fire where the last cell ran before the one above it."""
    cells = tuple(Cell(f"c{n}", n, "code", source, n + 1) for n, source in enumerate(sources))
    order = [*cells[:-2], cells[-1], cells[-2]]
    runs = [Run(n, cell.source, "ok", cell.id) for n, cell in enumerate(order, 1)]
    notebook = Notebook("n.ipynb", cells)
    order_checks = ("later-mutation", "out-of-order-run", "shadowed-definition")
    found = analyse(notebook, from_runs(notebook, runs)).findings
    assert not any(one.certain for one in found)
    return [one.check for one in found if one.check in order_checks]


@pytest.mark.parametrize(
    ("setup", "call", "changes"),
    [
        ("x = [2, 1]", "x.sort()", True),
        ("x = [2, 1]", "y = x.sort('a')", False),
        ("x = load()", "x.truncate(3)", False),
        ("x = load()", "x.plot.scatter('a', 'b')", False),
        ("x = load()", "x.unheard_of()", False),
        ("import queue; q = queue.Queue(); x = [1]", "q.put(x)", False),
        ("x = [1]", "place(x)", False),
        ("x = 'path'", "save(1, out=x)", False),
        ("x = load()", "x.drop(columns='a')", False),
        ("x = load()", "x.drop(columns='a', inplace=True)", True),
        ("x = load()", "x.drop(columns='a', inplace=False)", False),
        ("x = load()", "x.zero_()", True),
        ("x = load()", "x.in_([1])", False),
        ("x = load()", "x.insert(0, 'a', 1)", True),
        ("x = load()", "y = x.insert(0, 'a')", False),
    ],
)
def test_calls_on_what_is_not_known(setup: str, call: str, changes: bool) -> None:
    given = "from somewhere import load, place, save"
    assert reported(given, setup, call, "print(x)") == ["later-mutation"] * changes


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
