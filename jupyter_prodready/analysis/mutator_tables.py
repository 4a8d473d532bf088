"""Which methods change the object that they are called on, and which functions an argument.

One row for each type, read in the documentation of the version that the library names.
`tests/analysis/test_mutators.py` calls every method of the rows of Python, NumPy and pandas
on a sample object and compares it before and after; it does so for Matplotlib, scikit-learn,
Polars and PyTorch where they can be imported, and for the documents of `DATA`. Rows of `OTHERS`
are not executed.

What is in no row is *unknown*, and so is a method that changes one type and leaves another.
"""

from __future__ import annotations

from .mutator_kinds import Kind, Library, functions
from .other_mutators import DATA, OTHERS
from .words import words

PYTHON = Library(
    "python",
    "3.13",
    "The Python Standard Library: Built-in Types; collections; io; array; queue; csv; random; "
    "heapq; bisect; operator",
    (
        Kind(
            "list",
            silent=words("append clear extend insert remove reverse sort"),
            giving=words("pop"),
            leaves=words("copy count index"),
            again=words("clear sort"),
        ),
        Kind(
            "dict",
            silent=words("clear update"),
            giving=words("pop popitem setdefault"),
            leaves=words("copy get items keys values"),
            again=words("clear update setdefault"),
        ),
        Kind(
            "set",
            silent=words(
                "add clear difference_update discard intersection_update remove "
                "symmetric_difference_update update"
            ),
            giving=words("pop"),
            leaves=words(
                "copy difference intersection isdisjoint issubset issuperset "
                "symmetric_difference union"
            ),
            again=words("add clear difference_update discard intersection_update update"),
        ),
        Kind(
            "bytearray",
            silent=words("append clear extend insert remove reverse"),
            giving=words("pop"),
            leaves=words("copy count decode find hex index startswith upper"),
            again=words("clear"),
        ),
        Kind(
            "str",
            leaves=words(
                "capitalize casefold center count encode endswith expandtabs find format index "
                "isalnum isalpha isdigit islower isspace istitle isupper join ljust lower lstrip "
                "partition removeprefix removesuffix replace rfind rindex rjust rpartition "
                "rsplit rstrip split splitlines startswith strip swapcase title translate upper "
                "zfill"
            ),
        ),
        Kind(
            "collections.deque",
            silent=words("append appendleft clear extend extendleft insert remove reverse rotate"),
            giving=words("pop popleft"),
            leaves=words("copy count index"),
            again=words("clear"),
        ),
        Kind(
            "collections.Counter",
            silent=words("clear subtract update"),
            giving=words("pop popitem setdefault"),
            leaves=words("copy elements get items keys most_common total values"),
            again=words("clear setdefault"),
        ),
        Kind(
            "collections.OrderedDict",
            silent=words("clear move_to_end update"),
            giving=words("pop popitem setdefault"),
            leaves=words("copy get items keys values"),
            again=words("clear move_to_end setdefault update"),
        ),
        Kind(
            "array.array",
            words("append byteswap extend fromlist insert remove reverse"),
            words("pop"),
        ),
        Kind(
            "io.StringIO",
            silent=words("close writelines"),
            giving=words("read readline readlines seek truncate write"),
            leaves=words("getvalue readable seekable tell writable"),
            again=words("close seek truncate"),
        ),
        Kind(
            "object",
            silent=words("__setitem__ __delitem__ __setattr__ __delattr__"),
            again=words("__setitem__ __setattr__"),
        ),
        Kind("generator", silent=words("close"), giving=words("send"), again=words("close")),
        Kind(
            "queue.Queue",
            words("put put_nowait"),
            words("get get_nowait"),
            words("empty full qsize"),
        ),
    ),
    (
        *functions("delattr next setattr", "builtins"),
        *functions("heapify heappop heappush heappushpop heapreplace", "heapq hq"),
        *functions("insort insort_left insort_right", "bisect"),
        *functions("delitem iadd iconcat setitem", "operator"),
        *functions("shuffle", "*"),
    ),
)

NUMPY = Library(
    "numpy",
    "2.4",
    "NumPy reference: Array objects, The N-dimensional array; Array manipulation routines; "
    "Indexing routines; Universal functions (ufunc.at); Random sampling (shuffle)",
    (
        Kind(
            "ndarray",
            silent=words("fill itemset partition put resize setfield setflags sort"),
            leaves=words(
                "all any argmax argmin argpartition argsort astype byteswap choose clip compress "
                "conj copy cumprod cumsum diagonal dot flatten item max mean min nonzero prod "
                "ravel repeat reshape round squeeze std sum swapaxes take tobytes "
                "tolist trace transpose var view"
            ),
            again=words("fill itemset put resize setfield setflags sort"),
            inplace=words("byteswap"),
        ),
    ),
    functions("copyto fill_diagonal place put put_along_axis putmask", "np numpy", bare=False),
)
OUT_MODULES = frozenset({"np", "numpy", "torch", "scipy"})
OUT_METHODS = words(
    """
    all any argmax argmin choose clip compress cumprod cumsum dot max mean min prod round std sum
    take trace var random standard_normal standard_exponential standard_gamma permuted
    """
)
"""Functions of these modules, and these methods, write their result into ``out``."""

_FRAME_LEAVES = words(
    """
    abs add agg align all any apply astype bfill clip combine_first copy corr count cov cummax
    cumsum describe diff div drop drop_duplicates dropna duplicated equals expanding explode ffill
    fillna filter groupby head idxmax infer_objects interpolate isin isna items iterrows itertuples
    join keys map mask max mean median melt memory_usage merge min mode mul ne nlargest notna
    nsmallest nunique pct_change pipe pivot_table plot prod quantile query rank reindex rename
    rename_axis replace reset_index rolling round sample select_dtypes sem set_axis set_index shift
    skew sort_index sort_values squeeze stack std sub subtract sum tail take to_csv to_dict to_json
    to_numpy to_string transform transpose truncate unique unstack value_counts var where
    """
)
_FRAME_INPLACE = words(
    "bfill clip drop drop_duplicates dropna ffill fillna interpolate mask query rename rename_axis "
    "replace reset_index set_index sort_index sort_values where"
)
_ONLY_FRAMES = words(
    "iterrows itertuples join melt merge pivot_table query select_dtypes set_index stack unstack"
)

PANDAS = Library(
    "pandas",
    "3.1",
    "pandas API reference: DataFrame, Series, Index",
    (
        Kind(
            "DataFrame",
            silent=words("insert isetitem update"),
            giving=words("pop"),
            leaves=(_FRAME_LEAVES - {"unique"}) | words("assign boxplot eval hist"),
            again=words("isetitem update"),
            inplace=_FRAME_INPLACE | words("eval"),
        ),
        Kind(
            "Series",
            silent=words("update"),
            giving=words("pop"),
            leaves=(_FRAME_LEAVES - _ONLY_FRAMES) | words("autocorr between get hist to_frame"),
            again=words("update"),
            inplace=_FRAME_INPLACE - _ONLY_FRAMES,
        ),
        Kind("DataFrame.plot", leaves=words("area bar barh box hist line pie scatter")),
        Kind(
            "Index",
            leaves=words(
                "append astype copy delete difference drop get_loc insert intersection isin map "
                "max min rename sort_values tolist union unique where"
            ),
            inplace=words("rename"),
        ),
    ),
)

POLARS = Library(
    "polars",
    "1",
    "Polars Python API reference: DataFrame, Series, LazyFrame",
    (
        Kind(
            "DataFrame",
            giving=words("drop_in_place extend insert_column replace_column"),
            leaves=words(
                "clear clone drop drop_nulls fill_null filter group_by head join lazy "
                "limit partition_by pivot rename reverse sample select sort tail to_dict "
                "unique unpivot update vstack with_columns with_row_index"
            ),
            again=words("replace_column"),
        ),
        Kind(
            "Series",
            giving=words("append extend scatter"),
            leaves=words(
                "abs alias cast clear clip cum_sum drop_nulls fill_null filter head max mean "
                "rename reverse round sort sum tail to_list to_numpy unique"
            ),
            again=words("scatter"),
        ),
        Kind(
            "LazyFrame",
            leaves=words(
                "clear clone collect drop fill_null filter group_by head join rename reverse "
                "select sort tail unique with_columns"
            ),
        ),
    ),
)

SKLEARN = Library(
    "scikit-learn",
    "1.9",
    "scikit-learn: Developing scikit-learn estimators (fitting again overwrites, but for "
    "warm_start and partial_fit); API Reference, sklearn.base",
    (
        Kind(
            "estimator",
            giving=words("fit fit_predict fit_transform partial_fit set_output set_params"),
            leaves=words(
                "decision_function get_params inverse_transform predict predict_proba score "
                "transform"
            ),
            again=words("fit fit_predict fit_transform set_output set_params"),
        ),
    ),
)

MATPLOTLIB = Library(
    "matplotlib",
    "3.11",
    "Matplotlib API reference: matplotlib.axes.Axes, matplotlib.figure.Figure",
    (
        Kind(
            "Axes",
            silent=words(
                "clear grid invert_xaxis invert_yaxis set_axis_off set_xscale set_yscale "
                "tick_params"
            ),
            giving=words(
                "annotate axhline axhspan axvline axvspan bar barh boxplot contour errorbar "
                "fill_between hist hlines imshow legend pie plot scatter set set_title set_xlabel "
                "set_xlim set_xticks set_ylabel set_ylim set_yticks stem step text twinx vlines"
            ),
            leaves=words("get_legend get_lines get_title get_xlabel get_xlim get_ylim has_data"),
            again=words(
                "clear grid legend set set_axis_off set_title set_xlabel set_xlim set_xscale "
                "set_xticks set_ylabel set_ylim set_yscale set_yticks tick_params"
            ),
        ),
        Kind(
            "Figure",
            silent=words("set_size_inches tight_layout"),
            giving=words("add_subplot subplots suptitle"),
            leaves=words("get_axes get_size_inches savefig"),
            again=words("set_size_inches suptitle"),
        ),
    ),
)
AMBIENT_FIGURE = frozenset({"plt", "pyplot", "matplotlib.pyplot", "pylab"})
"""Functions of these modules draw into the current figure. In a notebook that is closed at
the end of each cell (`%matplotlib inline`), so none of it reaches another cell."""

_TENSOR_IN_PLACE = words(
    """
    abs_ add_ addcdiv_ addcmul_ bernoulli_ ceil_ clamp_ copy_ div_ exp_ fill_ floor_ log_
    masked_fill_ mul_ neg_ normal_ pow_ relu_ requires_grad_ round_ sigmoid_ sqrt_ sub_ tanh_
    uniform_ unsqueeze_ zero_
    """
)
TORCH = Library(
    "torch",
    "2",
    "PyTorch documentation: torch.Tensor (a trailing underscore works in place), "
    "torch.nn.Module, torch.optim.Optimizer, torch.nn.init, torch.nn.utils",
    (
        Kind(
            "Tensor",
            silent=words("backward"),
            giving=_TENSOR_IN_PLACE,
            leaves=words(
                "abs add clamp clone contiguous cpu detach div exp float item long masked_fill "
                "mean mul numpy permute pow relu reshape round sqrt squeeze sub sum to tolist "
                "transpose unsqueeze view"
            ),
            again=words(
                "ceil_ clamp_ copy_ fill_ floor_ masked_fill_ relu_ requires_grad_ round_ zero_"
            ),
        ),
        Kind(
            "nn.Module",
            silent=words("add_module register_buffer zero_grad"),
            giving=words(
                "apply cpu double eval float half load_state_dict requires_grad_ to train"
            ),
            leaves=words("children parameters state_dict"),
            again=words(
                "add_module cpu double eval float half load_state_dict register_buffer "
                "requires_grad_ to train zero_grad"
            ),
        ),
        Kind(
            "optim.Optimizer",
            silent=words("add_param_group load_state_dict zero_grad"),
            giving=words("step"),
            leaves=words("state_dict"),
            again=words("load_state_dict zero_grad"),
        ),
    ),
    (
        *functions(
            "constant_ eye_ kaiming_normal_ kaiming_uniform_ normal_ ones_ orthogonal_ uniform_ "
            "xavier_normal_ xavier_uniform_ zeros_",
            "init nn.init torch.nn.init",
        ),
        *functions("clip_grad_norm_ clip_grad_value_", "nn.utils torch.nn.utils"),
    ),
)

LIBRARIES = (PYTHON, NUMPY, PANDAS, POLARS, SKLEARN, MATPLOTLIB, TORCH, DATA, OTHERS)
KINDS = tuple(kind for library in LIBRARIES for kind in library.kinds)
