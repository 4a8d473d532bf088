# ruff: noqa
# %% [raw]
# file: sales.csv
# day,city,units,price
# 2024-01-01,Oslo,3,9.5
# 2024-01-01,Bergen,1,9.5
# 2024-01-02,Oslo,,10.0
# 2024-01-03,Bergen,4,10.0
# 2024-01-03,Tromso,2,11.0
# %% [markdown]
# # Weekly sales
# %%
import pandas as pd

# %%
df = pd.read_csv("sales.csv", parse_dates=["day"])
df.head()
# %%
df.isna().sum()
# %%
df["units"] = df["units"].fillna(0)
# %%
df["revenue"] = df["units"] * df["price"]
df["revenue"].sum()
# %%
vat = 0.25
df["gross"] = df["revenue"] * (1 + vat)
# %%
big = df[df["revenue"] > 15]
big
# %%
by_city = df.groupby("city")["gross"].agg(["sum", "mean"]).round(2)
by_city


# %%
def share(table, column):
    total = table[column].sum()
    return (table[column] / total).round(3)


# %%
by_city["share"] = share(by_city, "sum")
by_city
# %%
top = by_city["sum"].idxmax()
print(f"best city: {top}")
# %%
by_city.to_csv("by_city.csv")
# %%
print(open("by_city.csv").read().splitlines()[0])
# %% [raw]
# snippets:
# vat = 0.15
#
# df = df[df["city"] != "Oslo"]
#
# df["price"] = df["price"] + 1
#
# df.shape
