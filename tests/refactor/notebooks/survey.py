# %% [markdown]
# # Staff survey: cleaning

# %%
import pandas as pd
import numpy as np
import re
import matplotlib.pyplot as plt
from IPython.display import display

pd.options.display.float_format = "{:.2f}".format

# %%
raw = pd.read_csv("../data/survey.csv", na_values=["N/A", "n/a"])
raw.columns = raw.columns.str.strip().str.lower().str.replace(r"\W+", "_", regex=True)
display(raw.head(3))
print(list(raw.columns))

# %%
df = raw.rename(columns={"q1_satisfaction": "satisfaction", "q2_workload": "workload", "q3_tools": "tools"})
df["job_title"] = df["job_title"].str.strip().str.lower().astype("category")
df.job_title.value_counts()

# %%
# two date formats in one column, as always
def to_date(s):
    for fmt in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return pd.to_datetime(s, format=fmt)
        except ValueError:
            continue
    return pd.NaT

df["submitted"] = df["submitted"].map(to_date)
df["submitted"].agg(["min", "max"])

# %%
questions = ["satisfaction", "workload", "tools"]
df[questions] = df[questions].apply(pd.to_numeric, errors="coerce")
missing = df[questions].isna().mean()
missing.map("{:.0%}".format)

# %%
answered = df[questions].notna().sum(axis=1)
df = df[answered >= 2].reset_index(drop=True)
print(f"{len(df)} of {len(raw)} kept")

# %%
for q in questions:
    df[q] = df[q].fillna(df.groupby("job_title", observed=True)[q].transform("median"))
df["score"] = df[questions].mean(axis=1)
df[["respondent_id", "score"]].head()

# %% [markdown]
# ## Answers

# %%
long = df.melt(id_vars=["respondent_id", "job_title"], value_vars=questions, var_name="question", value_name="answer")
table = long.pivot_table(index="job_title", columns="question", values="answer", observed=True)
table

# %%
ax = table.plot.barh(figsize=(6, 3), xlim=(0, 5))
ax.legend(loc="lower right", fontsize=7)
ax.set_ylabel("")
plt.tight_layout()

# %%
dist = long.groupby(["question", "answer"]).size().unstack(fill_value=0)
dist.div(dist.sum(axis=1), axis=0)

# %%
df["age_group"] = pd.Categorical(df["age_group"], categories=["18-25", "26-35", "36-50", "50+"], ordered=True)
by_age = df.groupby("age_group", observed=False)["score"].agg(["mean", "count"])
by_age.loc[by_age["count"] < 5, "mean"] = np.nan
by_age

# %% [markdown]
# ## Comments

# %%
words = {}
topics = {"meetings": r"meeting", "tools": r"tool|laptop", "team": r"team"}
for topic, rx in topics.items():
    df[f"about_{topic}"] = df["comments"].fillna("").str.contains(rx, flags=re.I)
    words[topic] = int(df[f"about_{topic}"].sum())
words

# %%
def describe(topic):
    part = df[df[f"about_{topic}"]]
    return f"{topic}: {len(part)} comments, mean score {part['score'].mean():.2f}"

for t in topics:
    print(describe(t))

# %%
corr = df[questions].corr()
mask = np.triu(np.ones_like(corr, dtype=bool))
corr.where(~mask).stack()

# %%
best = df.nlargest(3, "score")[["respondent_id", "job_title", "score"]]
worst = df.nsmallest(3, "score")[["respondent_id", "job_title", "score"]]
display(best, worst)
extremes = pd.concat([best.assign(kind="best"), worst.assign(kind="worst")], ignore_index=True)
extremes
