# ruff: noqa
# %% [raw]
# file: temps.csv
# date,temp
# 2023-01-01,1.5
# 2023-01-02,2.5
# 2023-01-03,-1.0
# 2023-01-04,0.0
# 2023-02-01,4.0
# 2023-02-02,6.5
# %%
import pandas as pd

path = "temps.csv"
# %%
temps = pd.read_csv(path, index_col="date", parse_dates=True)["temp"]
temps.index.name = None
# %%
temps.describe().round(2)
# %%
window = 2
smooth = temps.rolling(window).mean()
smooth.tail(3)
# %%
monthly = temps.groupby(temps.index.month).mean()
monthly
# %%
base = monthly.loc[1]
anomaly = (temps - base).round(2)
# %%
anomaly.max()
# %%
cold = anomaly[anomaly < 0]
print(len(cold), "cold days")
# %%
temps.iloc[0] = 100
# %%
temps.max(), monthly.max()


# %%
def to_f(c):
    return c * 9 / 5 + freezing


# %%
freezing = 32
temps.map(to_f).head(2)
# %%
smooth = smooth.dropna()
smooth.shape
# %%
smooth.to_csv("smooth.csv")
again = pd.read_csv("smooth.csv", index_col=0)
again.shape
# %% [raw]
# snippets:
# window = 3
#
# freezing = 0
#
# temps = temps.dropna()
#
# base = 0
#
# temps.iloc[1] = -50
