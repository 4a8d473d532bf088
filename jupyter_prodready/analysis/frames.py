"""Columns of tables that are read as attributes: ``df.c``.

The text alone does not say that ``c`` is a column: it may be anything that a table has. That
it was one is seen where a run read it just after the column had been written.
"""

from __future__ import annotations

from collections.abc import Iterator

from .bindings import Binding, Step, part
from .facts import Read
from .origins import key_of, origin_of
from .words import words

FRAME_ATTRIBUTES = words(
    """
    abs add add_prefix add_suffix agg aggregate align all any append apply applymap asfreq
    asof assign astype at at_time attrs axes backfill between_time bfill bool boxplot clip
    columns combine combine_first compare convert_dtypes copy corr corrwith count cov cummax
    cummin cumprod cumsum describe diff div divide dot drop drop_duplicates droplevel dropna
    dtypes duplicated empty eq equals eval ewm expanding explode ffill fillna filter first
    first_valid_index flags floordiv from_arrow from_dict from_records ge get groupby gt
    head hist iat idxmax idxmin iloc index infer_objects info insert interpolate isetitem
    isin isna isnull items iteritems iterrows itertuples join keys kurt kurtosis last
    last_valid_index le loc lookup lt mad map mask max mean median melt memory_usage merge
    min mod mode mul multiply ndim ne nlargest notna notnull nsmallest nunique pad
    pct_change pipe pivot pivot_table plot pop pow prod product quantile query radd rank
    rdiv reindex reindex_like rename rename_axis reorder_levels replace resample reset_index
    rfloordiv rmod rmul rolling round rpow rsub rtruediv sample select select_dtypes sem
    set_axis set_flags set_index shape shift size skew slice_shift sort_index sort_values
    sparse squeeze stack std style sub subtract sum swapaxes swaplevel T tail take
    to_clipboard to_csv to_dict to_excel to_feather to_gbq to_hdf to_html to_iceberg to_json
    to_latex to_markdown to_numpy to_orc to_parquet to_period to_pickle to_records to_sql
    to_stata to_string to_timestamp to_xarray to_xml transform transpose truediv truncate
    tshift tz_convert tz_localize unstack update value_counts values var where xs
    """
)
"""What a `pandas.DataFrame` has by itself: no column of such a name is read as an attribute.
Source: ``dir`` of it in pandas 3.0, and the methods of 1.5 and 2 that are gone since."""


def columns_gone(expected: Step, actual: Step) -> Iterator[Read]:
    """Columns that ``actual`` read as attributes and a clean run, which does the same in
    ``expected``, does not have."""
    for read in expected.facts.reads:
        for item in read.items or ():
            key, location = item.key, part(read.name, item.key)
            if not item.attribute or item.optional or key in FRAME_ATTRIBUTES:
                continue
            had, has = actual.reads.get(location), expected.reads.get(location)
            if had and has and _was_written(had, location) and _never_had(has, read.name, key):
                yield Read(location, read.line, item.certain and read.certain)


def _was_written(binding: Binding, location: str) -> bool:
    """By ``df["c"] = ...``"""
    step, name, _ = origin_of(location, binding)
    key, made = key_of(name), step.facts.mutations
    return any(one.how == "set" and not one.attribute and key in (one.items or ()) for one in made)


def _never_had(binding: Binding, name: str, key: str) -> bool:
    """Was the table made with other columns, written down there, and left as it was? Or of such
    a one?"""
    chain = binding.chain
    if (chain.before is not None and not chain.carried) or binding.provenance != chain.value:
        return False
    facts, reads = chain.step.facts, chain.step.reads
    for shape in facts.rare.shapes:
        source = reads.get(shape.source) if shape.target == name else None
        known = source.columns if source is not None else None
        if known is not None and key not in shape.adds:
            return known.closed and not known.attributes and known.lacks(key)
    made = [one for one in facts.rare.closed if one.name == name and not one.attributes]
    return bool(made) and all(key not in one.keys and not one.grows for one in made)
