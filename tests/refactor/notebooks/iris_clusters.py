# %% [markdown]
# # Iris without labels

# %%
# %load_ext autoreload
# %autoreload 2
import numpy as np
import pandas as pd
import matplotlib.pyplot as plt
from sklearn import datasets
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import adjusted_rand_score, silhouette_score
from sklearn.preprocessing import scale

np.random.seed(0)

# %%
iris = datasets.load_iris(as_frame=True)
X = iris.data
y = iris.target
print(iris.DESCR[:200])

# %%
X.columns = [c.replace(" (cm)", "").replace(" ", "_") for c in X.columns]
X.describe().T

# %%
corr = X.corr()
plt.imshow(corr, cmap="coolwarm", vmin=-1, vmax=1)
plt.xticks(range(4), X.columns, rotation=45)
plt.colorbar();

# %% [markdown]
# ## Two dimensions

# %%
Xs = scale(X)
pca = PCA(n_components=2)
Z = pca.fit_transform(Xs)
print("explained:", pca.explained_variance_ratio_.round(3))


# %%
def scatter(Z, labels, title="", ax=None):
    if ax is None:
        fig, ax = plt.subplots()
    for k in np.unique(labels):
        ax.scatter(*Z[labels == k].T, s=8, label=str(k))
    ax.set_title(title)
    ax.legend()


scatter(Z, y, "species")

# %% [markdown]
# ## How many clusters?

# %%
inertia = {}
sil = {}
for k in range(2, 7):
    km = KMeans(n_clusters=k, n_init=5, random_state=0).fit(Xs)
    inertia[k] = km.inertia_
    sil[k] = silhouette_score(Xs, km.labels_)

pd.DataFrame({"inertia": inertia, "silhouette": sil}).round(3)

# %%
fig, axes = plt.subplots(1, 2, figsize=(8, 3))
axes[0].plot(list(inertia), list(inertia.values()), "o-")
axes[0].set_xlabel("k")
axes[1].bar(list(sil), list(sil.values()))
plt.tight_layout()

# %%
best_k = max(sil, key=sil.get)
best_k

# %%
# we know that there are three
km = KMeans(n_clusters=3, n_init=5, random_state=0)
labels = km.fit_predict(Xs)
ari = adjusted_rand_score(y, labels)
print(f"ARI = {ari:.3f}")
pd.crosstab(y.map(dict(enumerate(iris.target_names))), labels)

# %%
fig, axes = plt.subplots(1, 2, figsize=(8, 3), sharey=True)
scatter(Z, y, "species", ax=axes[0])
scatter(Z, labels, "clusters", ax=axes[1])

# %% [markdown]
# ## By hand, to understand it


# %%
def my_kmeans(X, k, n_iter=10):
    centers = X[np.random.choice(len(X), k, replace=False)]
    for _ in range(n_iter):
        d = ((X[:, None, :] - centers[None]) ** 2).sum(-1)
        lab = d.argmin(axis=1)
        centers = np.array([X[lab == j].mean(axis=0) if (lab == j).any() else centers[j] for j in range(k)])
    return lab, centers


mine, centers = my_kmeans(Xs, 3)
print(adjusted_rand_score(labels, mine))
np.round(centers, 2)

# %%
X["cluster"] = labels
means = X.groupby("cluster").mean()
means.style.format("{:.1f}") if False else means
