# ruff: noqa
# %%
import numpy as np
import pandas as pd
from sklearn.linear_model import LinearRegression as OLS, LogisticRegression as Logit
from sklearn.metrics import accuracy_score as accuracy
from sklearn.model_selection import train_test_split as split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler as Scale

# %%
rs = np.random.RandomState(3)
n = 80
people = pd.DataFrame(
    {
        "months": rs.randint(1, 60, n),
        "calls": rs.poisson(2, n),
        "plan": rs.choice(["basic", "plus"], n),
    }
)
people.head(3)
# %%
noise = rs.rand(n)
people["left"] = ((people["calls"] > 2) & (noise > 0.2)).astype(int)
people["left"].mean()
# %%
people.loc[people["plan"] == "plus", "calls"] -= 1
people.groupby("plan")["calls"].mean().round(2)
# %%
features = ["months", "calls"]
dummies = pd.get_dummies(people["plan"], prefix="plan").astype(int)
X = people[features].join(dummies)
y = people["left"]
list(X)
# %%
settings = dict(test_size=0.3, random_state=5)
X_train, X_test, y_train, y_test = split(X, y, **settings)
X_train.shape, X_test.shape
# %%
pipe = make_pipeline(Scale(), Logit(C=0.5))
_ = pipe.fit(X_train, y_train)
# %%
print(f"{accuracy(y_test, pipe.predict(X_test)):.3f}")
# %%
trend = OLS().fit(people[["months"]], people["calls"])
float(trend.coef_[0].round(4))
# %%
history = []
best = None
for c in (0.01, 0.1, 1, 10):
    candidate = make_pipeline(Scale(), Logit(C=c)).fit(X_train, y_train)
    result = round(candidate.score(X_test, y_test), 3)
    history.append((c, result))
    if best is None or result > best[1]:
        best = (c, result)
    elif result < best[1]:
        break
best
# %%
values, results = zip(*history)
print(values, results)
# %%
pipe.set_params(logisticregression__C=values[0])
pipe.named_steps["logisticregression"]
# %%
risk = pd.Series(pipe.predict_proba(X_test)[:, 1], index=X_test.index, name="risk")
risk.nlargest(3).round(2)
# %%
X_test["risk"] = risk
X_test.sort_values("risk").tail(2)[["months", "risk"]].round(2)
# %%
report = "best C={c}, rows={rows:d}, left={left:.1%}"
print(report.format(c=best[0], rows=len(X_test), left=y_test.mean()))
# %% [raw]
# snippets:
# settings["test_size"] = 0.5
#
# people["months"] = people["months"] / 12
#
# pipe.fit(X_train, y_train)
#
# features = ["months"]
#
# history.clear()
#
# X_train["calls"] = 0
#
# best = (1, 1.0)
