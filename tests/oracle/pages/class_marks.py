# ruff: noqa
# %%
from functools import partial
from io import StringIO

import pandas as pd

# %%
text = """name;group;test;mark
Ann;A;algebra;51
Ann;A;geometry;78
Ben;A;algebra;92
Ben;A;geometry;
Cat;B;algebra;65
Cat;B;geometry;70
Dan;B;algebra;38
Dan;B;geometry;44
"""
marks = pd.read_csv(StringIO(text), sep=";")
marks.shape
# %%
marks["mark"].isna().sum()
# %%
pass_mark = 50
limits = [0, pass_mark, 75, 100]


# %%
def fill(table, column, value=0):
    return table.assign(**{column: table[column].fillna(value)})


def graded(table, bins):
    return table.assign(grade=lambda t: pd.cut(t["mark"], bins, labels=["F", "C", "A"]))


# %%
fill_mean = partial(fill, value=round(marks["mark"].mean()))
full = (
    marks.pipe(fill_mean, "mark")
    .pipe(graded, limits)
    .assign(passed=lambda t: t["mark"] > pass_mark)
    .sort_values(["name", "test"])
)
full.head(3)
# %%
full["grade"].value_counts().sort_index()
# %%
wide = full.pivot_table(index="name", columns="test", values="mark")
wide
# %%
wide["total"] = wide.sum(axis=1)
wide.loc[wide["total"] < 100, "total"] += 5
# %%
wide.sort_values("total", ascending=False, inplace=True)
wide.index.tolist()
# %%
teachers = pd.DataFrame({"group": ["A", "B"], "teacher": ["Moe", "Liv"]})
joined = full.merge(teachers, on="group")
# %%
summary = joined.groupby("teacher").agg(best=("mark", "max"), n=("name", "nunique"))
summary
# %%
full.query("mark < @pass_mark")["name"].unique().tolist()
# %%
for (group, test), part in full.groupby(["group", "test"]):
    print(f"{group} {test:<10}{part['mark'].mean():6.1f}")
# %%
del joined["grade"]
list(joined)
# %%
try:
    extra = joined["bonus"].sum()
except KeyError as missing:
    extra = 0
    print("no column", missing)
# %%
wide.describe().loc[["min", "max"], "total"] + extra
# %% [raw]
# snippets:
# pass_mark = 60
#
# limits[1] = 40
#
# marks.loc[0, "mark"] = 99
#
# full = full[full["group"] == "A"]
#
# joined["bonus"] = 1
#
# teachers.loc[0, "teacher"] = "Eli"
#
# wide = wide.drop(columns="total")
