# ruff: noqa
# %% [raw]
# file: survey.csv
# id,email,age,answer,tools
# 1, Ann@Mail.org ,34,Very good,python;sql
# 2,bob@mail.org,n/a,good,r
# 3,CAT@post.net,29,bad,python;excel;sql
# 4,dan@post.net,61,very good,excel
# 5,eve@mail.org,45,,python
# %%
from string import capwords

import numpy as np
import pandas as pd

pd.set_option("display.max_columns", 10)
# %%
answers = pd.read_csv("survey.csv", na_values=["n/a"]).set_index("id")
answers.dtypes
# %%
answers["email"] = answers["email"].str.strip().str.lower()
answers["host"] = answers["email"].str.extract(r"@(\w+)\.")
answers["host"].value_counts()
# %%
SCALE = {"very good": 2, "good": 1, "bad": -1}
answers["score"] = answers["answer"].str.lower().map(SCALE)
answers[["answer", "score"]]
# %%
answers["score"].fillna(0).sum()
# %%
no_age = answers["age"].isna()
answers.loc[no_age, "age"] = answers["age"].median()
answers.loc[:, "age"].tolist()
# %%
answers["decade"] = (answers["age"] // 10 * 10).astype(int)
answers["old"] = np.where(answers["age"] >= 40, "40+", "<40")
pd.crosstab(answers["old"], answers["host"])
# %%
tools = answers["tools"].str.split(";")
counts = tools.explode().value_counts().sort_index()
counts
# %%
users = {}
for number, row in tools.items():
    for tool in row:
        users.setdefault(tool, set()).add(number)
users["sql"]
# %%
tools[3].append("git")
len(answers.loc[3, "tools"].split(";")), len(tools[3])
# %%
answers = answers.drop(columns=["email"]).rename(columns=str.title)
answers.columns.tolist()
# %%
short = (
    answers.assign(Answer=lambda t: t["Answer"].fillna("none").map(capwords))
    .loc[lambda t: t["Decade"].between(30, 60)]
    .sort_index(ascending=False)
)
short[["Answer", "Old"]]
# %%
answers["Score"].mean(), short["Score"].mean()
# %%
answers.at[5, "Score"] = -1
# %%
answers.groupby("Host", sort=False)["Score"].agg(["count", "mean"])
# %%
lowest, highest = answers["Score"].agg(["min", "max"])
f"{lowest:+.1f} .. {highest:+.1f}"
# %%
pairs = [(tool, len(who)) for tool, who in users.items() if len(who) > 1]
pairs.sort(key=lambda pair: (-pair[1], pair[0]))
pairs
# %% [raw]
# snippets:
# SCALE["good"] = 5
#
# answers.loc[1, "Age"] = 20
#
# answers = answers[answers["Score"] > 0]
#
# users["r"].add(9)
#
# tools[1].clear()
#
# no_age.sum()
#
# counts["python"] = 0
