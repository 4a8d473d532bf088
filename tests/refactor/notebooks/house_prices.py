# %% [markdown]
# # House prices

# %% tags=["parameters"]
data_file = "../data/houses.csv"
n_splits = 4
seed = 7

# %%
import joblib
import numpy as np
import pandas as pd
import matplotlib.pyplot as plt
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.metrics import mean_absolute_error, r2_score
from sklearn.model_selection import KFold, cross_validate, train_test_split
from sklearn.preprocessing import StandardScaler

# %%
houses = pd.read_csv(data_file)
houses.info()
houses.head()

# %%
houses["age"] = 2023 - houses["year"]
houses["garden"] = houses["garden"].map({"yes": 1, "no": 0})
houses = pd.get_dummies(houses, columns=["district"], drop_first=True, dtype=int)
houses["log_price"] = np.log(houses["price"])
houses.drop(columns=["year"], inplace=True)
houses.head()

# %%
fig, axs = plt.subplots(1, 3, figsize=(9, 2.5))
for ax, col in zip(axs, ["area", "distance_km", "age"]):
    ax.scatter(houses[col], houses["price"] / 1000, s=5)
    ax.set(xlabel=col, ylabel="price (k)")
fig.tight_layout()

# %%
X = houses.drop(columns=["price", "log_price"])
y = houses["price"]
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=seed)
print(X_train.shape, X_test.shape)

# %%
scaler = StandardScaler().fit(X_train)
X_train_s = scaler.transform(X_train)
X_test_s = scaler.transform(X_test)

# %% [markdown]
# ## Models

# %%
models = {
    "linear": LinearRegression(),
    "ridge": Ridge(alpha=1.0),
    "boosting": GradientBoostingRegressor(n_estimators=30, random_state=seed),
}

# %%
scores = {}
cv = KFold(n_splits=n_splits, shuffle=True, random_state=seed)
for name, model in models.items():
    res = cross_validate(model, X_train_s, y_train, cv=cv, scoring=("r2", "neg_mean_absolute_error"))
    scores[name] = {"r2": res["test_r2"].mean(), "mae": -res["test_neg_mean_absolute_error"].mean()}
pd.DataFrame(scores).T.sort_values("r2", ascending=False).round(3)

# %%
best_name = max(scores, key=lambda k: scores[k]["r2"])
best_model = models[best_name].fit(X_train_s, y_train)
y_hat = best_model.predict(X_test_s)
print(best_name, "r2", round(r2_score(y_test, y_hat), 3), "mae", round(mean_absolute_error(y_test, y_hat)))

# %%
residuals = y_test - y_hat
fig, (ax1, ax2) = plt.subplots(1, 2, figsize=(8, 3))
ax1.scatter(y_hat, residuals, s=8)
ax1.axhline(0, color="k", lw=0.5)
ax2.hist(residuals, bins=20)
plt.show()

# %%
imp = permutation_importance(best_model, X_test_s, y_test, n_repeats=3, random_state=seed)
importance = pd.Series(imp.importances_mean, index=X.columns).sort_values()
importance.plot.barh()
plt.title("importance")
plt.show()

# %% [markdown]
# ## Save it

# %%
joblib.dump({"model": best_model, "scaler": scaler, "columns": list(X.columns)}, "house_model.joblib")
loaded = joblib.load("house_model.joblib")
assert np.allclose(loaded["model"].predict(X_test_s), y_hat)


# %%
def predict_price(area, rooms, distance_km, garden=False, age=30, district="A"):
    row = pd.DataFrame([{"area": area, "rooms": rooms, "distance_km": distance_km, "garden": int(garden), "age": age}])
    for c in loaded["columns"]:
        if c.startswith("district_"):
            row[c] = int(c == f"district_{district}")
    return float(loaded["model"].predict(loaded["scaler"].transform(row[loaded["columns"]]))[0])


print(f"{predict_price(80, 3, 2.5):,.0f}")
print(f"{predict_price(120, 4, 8, garden=True, district='C'):,.0f}")

# %%
grid = np.linspace(40, 200, 5)
curve = [predict_price(a, rooms=max(1, int(a // 28)), distance_km=5) for a in grid]
plt.plot(grid, curve, "o-")
plt.xlabel("area");
