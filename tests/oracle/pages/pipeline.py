# ruff: noqa
# %%
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import Ridge
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

# %%
homes = pd.DataFrame(
    {
        "area": [50, 70, 90, 65, 120, 80],
        "rooms": [2, 3, 4, 2, 5, 3],
        "town": ["A", "B", "A", "C", "B", "C"],
        "price": [100, 150, 210, 120, 300, 170],
    }
)
homes.describe().round(1)
# %%
target = "price"
numeric = ["area", "rooms"]
categorical = ["town"]
# %%
homes["per_room"] = homes["area"] / homes["rooms"]
numeric.append("per_room")
# %%
train, test = homes.iloc[:4], homes.iloc[4:]
train.shape, test.shape
# %%
prepare = ColumnTransformer(
    [
        ("num", StandardScaler(), numeric),
        ("cat", OneHotEncoder(handle_unknown="ignore"), categorical),
    ]
)
# %%
alpha = 1.0
model = Pipeline([("prepare", prepare), ("ridge", Ridge(alpha=alpha))])
# %%
model.fit(train[numeric + categorical], train[target])


# %%
def error_of(model, table):
    guessed = model.predict(table[numeric + categorical])
    return abs(guessed - table[target]).mean().round(1)


# %%
error_of(model, test)
# %%
scores = {}
for alpha in (0.1, 1.0, 10.0):
    model.set_params(ridge__alpha=alpha)
    model.fit(train[numeric + categorical], train[target])
    scores[alpha] = float(error_of(model, test))
scores
# %%
best = min(scores, key=scores.get)
print("best alpha", best, "last", alpha)
# %%
model.set_params(ridge__alpha=best).fit(homes[numeric + categorical], homes[target])
error_of(model, homes)
# %% [raw]
# snippets:
# alpha = 5.0
#
# numeric = ["area"]
#
# homes["area"] = homes["area"] * 2
#
# model.fit(homes[numeric + categorical], homes[target]);
#
# train = homes
