# ruff: noqa
# %%
import pandas as pd

pd.options.display.width = 100
# %%
orders = pd.DataFrame(
    {"order": [1, 2, 3, 4], "customer": ["a", "b", "a", "c"], "amount": [10.0, 20.0, 5.0, 8.0]}
)
customers = pd.DataFrame({"customer": ["a", "b", "d"], "country": ["NO", "SE", "NO"]})
# %%
joined = orders.merge(customers, on="customer", how="left")
joined
# %%
missing = joined["country"].isna().sum()
print("without country:", missing)
# %%
joined.fillna({"country": "??"}, inplace=True)
# %%
pivot = joined.pivot_table(index="country", values="amount", aggfunc="sum")
pivot
# %%
orders["amount"] *= 2
# %%
joined["amount"].sum(), orders["amount"].sum()
# %%
rates = {"NO": 1.0, "SE": 1.1}
joined["converted"] = joined["amount"] * joined["country"].map(rates).fillna(1)
# %%
joined[["order", "converted"]]
# %%
small = joined.query("amount < 9")
small.shape


# %%
def top(table, n=2, by="converted"):
    return table.nlargest(n, by)["order"].tolist()


# %%
top(joined)
# %%
joined.set_index("order", inplace=True)
# %%
joined.loc[2, "converted"] = 0
joined["converted"].round(1).to_dict()
# %%
summary = pd.concat([pivot, pivot * 2], axis=1, keys=["one", "two"])
summary.columns = ["one", "two"]
summary
# %% [raw]
# snippets:
# rates["NO"] = 2.0
#
# customers = customers[customers["country"] == "NO"]
#
# joined["amount"] = 0.0
#
# orders.loc[0, "amount"] = 1000.0
