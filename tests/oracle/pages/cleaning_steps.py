# ruff: noqa
# %%
import numpy as np
import pandas as pd

# %%
raw = pd.DataFrame(
    {
        "name": [" Ada", "Bob ", None, "Cy", "Cy"],
        "age": [36, np.nan, 51, 22, 22],
        "income": ["1,200", "900", "3,100", "780", "780"],
    }
)
# %%
clean = raw.copy()
clean["name"] = clean["name"].str.strip()
clean
# %%
clean = clean.drop_duplicates()
len(clean)
# %%
clean["income"] = clean["income"].str.replace(",", "").astype(int)
# %%
median_age = clean["age"].median()
median_age
# %%
clean["age"] = clean["age"].fillna(median_age)
# %%
clean = clean.dropna(subset=["name"])
clean.reset_index(drop=True, inplace=True)
clean
# %%
clean.drop(columns=["income"]).mean(numeric_only=True)
# %%
bins = [0, 30, 60]
clean["group"] = pd.cut(clean["age"], bins=bins).astype(str)
# %%
clean["group"].value_counts().sort_index()
# %%
raw.shape, clean.shape
# %%
clean = clean.rename(columns={"income": "salary"})
# %%
print(clean["salary"].max())
# %% [raw]
# snippets:
# clean = raw.dropna()
#
# bins = [0, 25, 40, 60]
#
# clean["age"] = 40
#
# raw.loc[0, "age"] = 99
