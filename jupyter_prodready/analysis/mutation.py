"""What known calls do to objects: which change one, share one, show something.

Sources: the Python library reference (data model, built-in types, random, heapq, os),
and the API references of pandas, NumPy, scikit-learn and matplotlib. Calls that are in
no table are taken to leave their arguments alone; `docs/engine.md` says what follows.
"""

from __future__ import annotations

from .words import words

MUTATING_METHODS = words(
    """
    append appendleft extend extendleft insert remove pop popleft popitem clear update sort
    reverse setdefault add discard difference_update intersection_update
    symmetric_difference_update rotate subtract move_to_end fill resize partition itemset
    setflags put fit fit_transform fit_predict partial_fit set_params load_state_dict step
    zero_grad backward train compile add_module register_buffer write writelines writerow
    writerows readline readlines read seek truncate close send put_nowait get_nowait next set
    set_title set_xlabel set_ylabel set_xlim set_ylim
    set_xticks set_yticks legend axhline axvline annotate grid twinx tight_layout suptitle
    set_style
    """
)
"""Methods that change the object they are called on."""

RETURNS_NONE = frozenset({"add", "append", "extend", "insert", "sort", "subtract", "update"})
"""Of these, the ones that return None: where the result is assigned, the object is of
another kind (`Series.add`, `pandas.Index.insert`) and is left alone."""

INPLACE_KEYWORD = "inplace"

RETURNS_SELF = frozenset(
    ["fit", "partial_fit", "set_params", "train", "eval", "requires_grad_", "set_index_"]
)
"""Methods whose result is the object itself."""

VIEWS = words(
    """
    T values view reshape ravel flat squeeze swapaxes transpose get setdefault items keys loc
    iloc at iat data real imag
    """
)
"""Attributes and methods whose result shares memory or elements with the object."""

MUTATING_FUNCTIONS = {
    "shuffle": 0, "setattr": 0, "delattr": 0, "next": 0, "heappush": 0, "heappop": 0, "heapify": 0,
    "heapreplace": 0, "heappushpop": 0, "insort": 0, "insort_left": 0, "insort_right": 0,
    "fill_diagonal": 0, "copyto": 0, "put": 0, "place": 0, "putmask": 0, "put_along_axis": 0,
}  # fmt: skip
"""Functions that change an argument, with its position."""

CONSUMABLE = words(
    """
    default_rng RandomState Random iter open reader DictReader map filter zip enumerate
    Generator
    """
)
"""Calls whose result changes with every use."""

IDEMPOTENT = words(
    """
    fillna dropna drop_duplicates sort_values sort_index astype ffill bfill abs round strip
    lstrip rstrip lower upper title casefold sorted set frozenset unique clip to_datetime
    to_numeric tz_convert capitalize normalize convert_dtypes infer_objects tolist nan_to_num
    """
)
"""Calls that change nothing when applied to their own result with the same arguments."""

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

SILENT_STATEMENTS = MUTATING_METHODS - frozenset(
    ["plot", "scatter", "bar", "barh", "hist", "imshow", "fit", "fit_predict"]
) | words(
    """
    seed manual_seed setattr delattr filterwarnings simplefilter set_option makedirs mkdir
    """
)
"""Calls that show nothing when they stand alone in a line that is not the last."""

OPAQUE_CALLS = {
    "exec": "`exec` runs code that the source does not show",
    "globals": "`globals()` can define names unseen",
    "run_line_magic": "a magic called by name can define names unseen",
    "run_cell_magic": "a magic called by name can define names unseen",
    "run_cell": "`run_cell` runs code that the source does not show",
    "runfile": "`runfile` defines names unseen",
}
