# %% [markdown]
# # Who leaves?
# A first model of churn.

# %%
import warnings

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, classification_report, confusion_matrix, roc_auc_score, roc_curve
from sklearn.model_selection import GridSearchCV, cross_val_score, train_test_split
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

warnings.filterwarnings("ignore")

RANDOM_STATE = 42
TEST_SIZE = 0.25
TARGET = "churned"

# %%
df = pd.read_csv("../data/customers.csv")
print(df.shape)
df.sample(5, random_state=RANDOM_STATE)

# %%
print(df[TARGET].value_counts(normalize=True))
df.groupby("plan")[TARGET].mean().plot.bar(title="churn by plan");

# %% [markdown]
# ## Features

# %%
df["calls_per_month"] = df["support_calls"] / df["tenure_months"].clip(lower=1)
df["is_new"] = (df["tenure_months"] < 6).astype(int)
df["spend_band"] = pd.cut(df["monthly_spend"], bins=[0, 20, 50, 200], labels=["low", "mid", "high"])
df.head()

# %%
num_cols = ["age", "monthly_spend", "tenure_months", "support_calls", "calls_per_month"]
cat_cols = ["plan", "city", "spend_band"]
features = num_cols + cat_cols + ["is_new"]

X = df[features]
y = df[TARGET]
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=TEST_SIZE, stratify=y, random_state=RANDOM_STATE)
X_train.shape, X_test.shape

# %%
numeric = Pipeline([("impute", SimpleImputer(strategy="median")), ("scale", StandardScaler())])
categorical = OneHotEncoder(handle_unknown="ignore")
prep = ColumnTransformer([
    ("num", numeric, num_cols),
    ("cat", categorical, cat_cols),
], remainder="passthrough")

# %% [markdown]
# ## Baseline

# %%
baseline = Pipeline([("prep", prep), ("model", LogisticRegression(max_iter=1000))])
baseline.fit(X_train, y_train)
y_pred = baseline.predict(X_test)
print("accuracy", accuracy_score(y_test, y_pred))
print(classification_report(y_test, y_pred))

# %%
scores = cross_val_score(baseline, X_train, y_train, cv=3, scoring="roc_auc")
print(f"AUC: {scores.mean():.3f} +/- {scores.std():.3f}")

# %% [markdown]
# ## Forest

# %%
# %%time
params = {"model__n_estimators": [10, 20], "model__max_depth": [3, None]}
rf = Pipeline([("prep", prep), ("model", RandomForestClassifier(random_state=RANDOM_STATE))])
search = GridSearchCV(rf, params, cv=3, scoring="roc_auc")
search.fit(X_train, y_train)
print(search.best_params_)

# %%
best = search.best_estimator_
proba = best.predict_proba(X_test)[:, 1]
auc = roc_auc_score(y_test, proba)
auc


# %%
def plot_roc(models, X, y):
    fig, ax = plt.subplots(figsize=(4, 4))
    for name, m in models.items():
        fpr, tpr, _ = roc_curve(y, m.predict_proba(X)[:, 1])
        ax.plot(fpr, tpr, label=name)
    ax.plot([0, 1], [0, 1], "k:")
    ax.legend()
    return ax


plot_roc({"logistic": baseline, "forest": best}, X_test, y_test)
plt.show()

# %%
cm = confusion_matrix(y_test, best.predict(X_test))
pd.DataFrame(cm, index=["stayed", "left"], columns=["pred stayed", "pred left"])

# %%
names = best.named_steps["prep"].get_feature_names_out()
importances = pd.Series(best.named_steps["model"].feature_importances_, index=names)
importances.sort_values(ascending=False).head(8)

# %%
threshold = 0.5
results = []
for threshold in np.arange(0.2, 0.8, 0.1):
    flagged = proba >= threshold
    results.append({"threshold": round(threshold, 1), "flagged": int(flagged.sum()), "caught": int(y_test[flagged].sum())})
results = pd.DataFrame(results)
results
