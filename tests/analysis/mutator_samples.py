"""Sample objects for the tables of mutators: how they are made, compared and called."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Any, NamedTuple

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
    "ElementTree.Element": Sample(
        "import xml.etree.ElementTree as ET", "ET.fromstring('<r k=\"v\"><a/><b/></r>')", lambda x: [(one.tag, dict(one.attrib)) for one in x.iter()],
        "append(ET.Element('z')) extend([ET.Element('z')]) insert(0, ET.Element('z')) remove(x[0]) "
        "set('k', 'w') find('a') findall('a') findtext('a') get('k')",
    ),
    "configparser.ConfigParser": Sample(
        "import configparser", "[c := configparser.ConfigParser(), c.read_string('[a]\\nb = 1')][0]",
        lambda x: {name: dict(x[name]) for name in x},
        "add_section('z') read_dict({'y': {}}) read_string('[w]') set('a', 'c', '2') remove_option('a', 'b') "
        "remove_section('a') get('a', 'b') getboolean('a', 'b') getfloat('a', 'b') getint('a', 'b') "
        "has_option('a', 'b') has_section('a') options('a')",
    ),
    "email.message.Message": Sample(
        "import email", "email.message_from_string('A: b\\nC: d\\n\\ntext')",
        lambda x: x.as_string(),
        "add_header('N', 'v') replace_header('A', 'z') set_param('a', 'b') set_payload('p')",
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
    "Series": Sample("import pandas as pd", f"{TABLE}['a'].copy()", frame, FRAME_CALLS + SERIES_CALLS),
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
        "axhspan(0, 1) axvspan(0, 1) hlines(0, 0, 1) vlines(0, 0, 1) stem([1]) text(0, 0, 'a') "
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
