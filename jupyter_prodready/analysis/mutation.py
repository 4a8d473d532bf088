"""What known calls do to objects: which change one, share one, show something.

Which methods change their object is read off `mutator_tables`, which names its sources. The
other tables are from the Python library reference (data model, built-in types, os) and the
API references of pandas, NumPy, scikit-learn and Matplotlib. Of calls that are in no table the
name decides (`verbs`); `docs/engine.md` says what follows.
"""

from __future__ import annotations

from typing import Literal

from .mutator_tables import KINDS, LIBRARIES, OUT_METHODS, OUT_MODULES, PYTHON
from .numpy_tables import ARRAY_MODULES as ARRAY_MODULES
from .numpy_tables import BINARY, UNARY
from .numpy_tables import VIEW_FUNCTIONS as VIEW_FUNCTIONS
from .words import words

Effect = Literal["changes", "may change", "leaves", "unknown"]

_SILENT = frozenset().union(*[kind.silent for kind in KINDS])
_CHANGES = frozenset().union(*[kind.changes for kind in KINDS])
_LEAVES = frozenset().union(*[kind.leaves for kind in KINDS])
_INPLACE = frozenset().union(*[kind.inplace for kind in KINDS])

MUTATING_METHODS = (_CHANGES - _LEAVES) | (_SILENT & _LEAVES) - {"partition"}
"""Methods that are taken to change the object they are called on: those that change every
type that has them, and those that return None where they do (see `RETURNS_NONE`). Of a text
or an array, `partition` is nearly always the text's."""

RETURNS_NONE = _SILENT & _LEAVES
"""Of these, the ones whose result tells the type: where it is assigned, the object is of
another kind (`Series.add`, `pandas.Index.insert`) and is left alone."""

INPLACE_KEYWORD = "inplace"
OUT_KEYWORD = "out"
FILE_KEYWORD = "file"
CONNECTION_KEYWORD = "con"

RETURNS_SELF = frozenset(
    ["fit", "partial_fit", "set_params", "train", "eval", "requires_grad_", "set_index_"]
)
"""Methods whose result is the object itself."""

FITS = frozenset({"fit", "fit_transform", "fit_predict"})
"""Methods of estimators that forget what was fitted before (see `refits`)."""

VIEWS = words(
    """
    T values view reshape ravel flat squeeze swapaxes transpose diagonal get setdefault items keys
    loc iloc at iat data real imag
    """
)
"""Attributes and methods whose result shares memory or elements with the object."""

SHALLOW_COPIES = words("list tuple set sorted deque reversed iter")
"""Builtins whose result holds what the argument holds."""
GETTERS = frozenset({"itemgetter", "attrgetter"})
"""Functions of `operator` that make functions which return a part of what they are given."""

GENERATORS = words("default_rng RandomState Random Generator")
"""Calls that make generators of chance."""
PLAIN_PARTS = words(
    """
    name mode closed encoding errors newlines line_num fieldnames bit_generator buffer
    """
)
"""Attributes of generators of chance, iterators and files that are no methods of theirs."""
BUILTIN_ITERATORS = words("iter map filter zip enumerate reversed")
"""Those of Python's builtins: methods with these names mostly give tables."""
CONSUMABLE = (
    GENERATORS
    | BUILTIN_ITERATORS
    | words(
        """
    open reader DictReader islice chain cycle starmap
    takewhile dropwhile pairwise zip_longest tee finditer scandir iterdir iglob rglob
    from_iterable permutations combinations
    combinations_with_replacement iterrows itertuples iter_rows iter_lines
    """
    )
)
"""Calls whose result changes with every use."""
CONSUMED_OF = {
    **dict.fromkeys(
        ["product", "accumulate", "count", "repeat", "compress", "groupby"], "itertools"
    ),
    "walk": "os",
}
"""Functions whose result changes with every use, if they are this module's."""
IN_CHUNKS = words("read_csv read_table read_fwf read_json read_sql read_sql_query read_sql_table")
"""Functions whose result does, if it is read in chunks."""

_UNCHANGING = words(
    """
    fillna dropna drop_duplicates sort_values sort_index astype ffill bfill abs round strip
    lstrip rstrip lower upper title casefold sorted set frozenset unique clip to_datetime
    to_numeric tz_convert capitalize normalize convert_dtypes infer_objects tolist nan_to_num
    """
)
_AGAIN = frozenset(
    name
    for library in LIBRARIES
    for kind in library.kinds
    for name in kind.again & (kind.silent if library is PYTHON else kind.changes)
)
_NOT_AGAIN = frozenset().union(*[kind.changes - kind.again for kind in KINDS])
IDEMPOTENT = _UNCHANGING | (_AGAIN - _NOT_AGAIN - _LEAVES) | {"sort", "clear"}
"""Calls that change nothing when applied to their own result, or made on the same object
once more, with the same arguments."""

SHOWING = words(
    """
    print pprint display show info hist plot scatter imshow bar barh boxplot pie pairplot
    heatmap histplot scatterplot lineplot barplot countplot violinplot jointplot displot catplot
    regplot distplot kdeplot subplots figure matshow contour contourf pcolormesh
    plot_confusion_matrix warn debug warning error critical exception tqdm trange summary_
    summary Markdown HTML
    """
)
"""Calls by last name that may show something although their result is assigned."""

SILENT_STATEMENTS = MUTATING_METHODS - SHOWING - {"fit", "fit_predict"} | words(
    """
    seed manual_seed setattr delattr filterwarnings simplefilter set_option makedirs mkdir
    abs all any bool dict enumerate filter float format frozenset getattr hash id int isinstance
    issubclass iter len list map max min next ord range repr reversed round set sorted str sum
    tuple type vars zip islice chain deepcopy copy deque Counter
    head tail describe value_counts nunique unique mean median std var count idxmax idxmin isna
    notna isnull notnull tolist to_list items keys values get join split strip upper lower replace
    startswith endswith index groupby agg sort_values reset_index merge dropna fillna astype corr
    nlargest nsmallest
    """
)
"""Calls that show nothing when they stand alone in a line that is not the last, but for what code
of the page shows that they run."""

OPAQUE_CALLS = {
    "exec": "`exec` runs code that the source does not show",
    "globals": "`globals()` can define names unseen",
    "run_line_magic": "a magic called by name can define names unseen",
    "run_cell_magic": "a magic called by name can define names unseen",
    "run_cell": "`run_cell` runs code that the source does not show",
    "runfile": "`runfile` defines names unseen",
}


def effect_of(method: str) -> Effect:
    """What a call of the method does to an object of a type that is not known."""
    if method in _CHANGES:
        return "may change" if method in _LEAVES else "changes"
    if method in _INPLACE:
        return "leaves"
    return "leaves" if method in _LEAVES else "unknown"


def changed_argument(called: str) -> int | None:
    """The position of the argument that a call changes; ``called`` is its full name as it
    is written (`random.shuffle`, `np.put`, `np.add.at`)."""
    module, _, last = called.rpartition(".")
    if last == "at" and module.startswith(("np.", "numpy.")):
        return 0
    if module in ARRAY_MODULES and (place := _PLACES_OF_OUT.get(last)) is not None:
        return place
    function = _FUNCTIONS.get(last)
    if function is None or not (module in function.modules or "*" in function.modules):
        return None
    return function.position


def changing_functions(module: str) -> list[str]:
    """The functions of the module that change an argument."""
    return [name for name, function in _FUNCTIONS.items() if module in function.modules]


def writes_out(called: str, method: str) -> bool:
    """Does the call write into its argument ``out``, ``file`` or ``con``?"""
    if method == "to_sql" or called == "print":
        return True
    return called.partition(".")[0] in OUT_MODULES or method in OUT_METHODS


_PLACES_OF_OUT = {**dict.fromkeys(UNARY, 1), **dict.fromkeys(BINARY, 2)}
_FUNCTIONS = {function.name: function for library in LIBRARIES for function in library.functions}
