# %% [markdown]
# # Sales, first look
# Orders of 2023. Questions: what sells, where, and is the discount worth it?

# %%
import pandas as pd
import numpy as np
import matplotlib.pyplot as plt
from pathlib import Path

# %matplotlib inline
pd.set_option("display.max_columns", 30)
plt.rcParams["figure.figsize"] = (5, 3)

# %%
DATA = Path("../data")
df = pd.read_csv(DATA / "orders.csv", parse_dates=["date"])
df.head()

# %%
df.shape

# %%
df.info()

# %%
df.isna().sum()

# %% [markdown]
# ## Cleaning

# %%
# duplicates
print("before:", len(df))
df = df.drop_duplicates(subset="order_id", keep="first")
print("after:", len(df))

# %%
df["region"] = df["region"].str.title().fillna("Unknown")
df["region"].value_counts()


# %%
def parse_discount(x):
    """Discounts come as 0.1 or as 5%."""
    if pd.isna(x):
        return 0.0
    x = str(x)
    if x.endswith("%"):
        return float(x[:-1]) / 100
    return float(x)


df["discount"] = df["discount"].apply(parse_discount)
df["price"] = df.groupby("product")["price"].transform(lambda s: s.fillna(s.median()))
df["revenue"] = df["quantity"] * df["price"] * (1 - df["discount"])
df.describe().round(2)

# %% [markdown]
# ## What sells

# %%
by_product = df.groupby("product")["revenue"].agg(["sum", "mean", "count"]).sort_values("sum", ascending=False)
by_product

# %%
fig, ax = plt.subplots()
ax.bar(by_product.index, by_product["sum"])
ax.set_title("Revenue by product")
for i, v in enumerate(by_product["sum"]):
    ax.text(i, v, f"{v:,.0f}", ha="center")
plt.show()

# %%
pivot = df.pivot_table(index="region", columns="product", values="revenue", aggfunc="sum", fill_value=0)
pivot["total"] = pivot.sum(axis=1)
pivot.loc["total"] = pivot.sum()
pivot.round(0)

# %% [markdown]
# ## Over time

# %%
monthly = df.set_index("date").resample("MS")["revenue"].sum()
ax = monthly.plot(marker="o", title="Monthly revenue")
ax.axhline(monthly.mean(), ls="--", color="grey")
best = monthly.idxmax()
print(f"best month: {best:%B %Y} with {monthly.max():,.0f}")

# %%
# does a discount sell more?
with_discount = df[df.discount > 0]
without = df[df.discount == 0]
for name, part in [("with", with_discount), ("without", without)]:
    print(f"{name:8s} n={len(part):4d} mean quantity={part.quantity.mean():.2f}")
lift = with_discount.quantity.mean() / without.quantity.mean() - 1

# %%
summary = {
    "orders": len(df),
    "revenue": round(df.revenue.sum(), 2),
    "best_product": by_product.index[0],
    "lift": round(lift, 3),
}
summary

# %%
df.to_csv("orders_clean.csv", index=False)
