# ruff: noqa
# %%
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

# %%
SEED = 7
rng = np.random.default_rng(SEED)
# %%
X = pd.DataFrame(rng.normal(size=(60, 3)), columns=["a", "b", "c"])
y = (X["a"] + 0.5 * X["b"] > 0).astype(int)
X.shape
# %%
X["ab"] = X["a"] * X["b"]
features = ["a", "b", "ab"]
# %%
X_train, X_test, y_train, y_test = train_test_split(
    X[features], y, test_size=0.25, random_state=SEED
)
print(len(X_train), len(X_test))
# %%
scaler = StandardScaler()
scaler.fit(X_train)
# %%
Z_train = scaler.transform(X_train)
Z_test = scaler.transform(X_test)
# %%
model = LogisticRegression(C=1.0)
# %%
model.fit(Z_train, y_train)
# %%
predicted = model.predict(Z_test)
score = accuracy_score(y_test, predicted)
print(f"accuracy {score:.3f}")
# %%
coefficients = dict(zip(features, model.coef_[0].round(2).tolist()))
coefficients
# %%
threshold = 0.6
sure = model.predict_proba(Z_test).max(axis=1) > threshold
sure.sum()
# %%
results = {"score": score}
results["sure"] = int(sure.sum())
results
# %% [raw]
# snippets:
# features = ["a", "c"]
#
# model = LogisticRegression(C=0.01)
#
# model.set_params(C=0.01)
#
# scaler.fit(X_test)
#
# SEED = 8
