# ruff: noqa
# %%
import statistics as st

import numpy as np
import numpy.random as npr
from numpy.random import default_rng

# %%
npr.seed(12)
heights = npr.normal(170, 9, size=40).round(1)
heights[:5]
# %%
rng = default_rng(99)
REPEATS = 200


# %%
def bootstrap(values, statistic, repeats=None):
    found = np.empty(repeats or REPEATS)
    for i in range(len(found)):
        found[i] = statistic(rng.choice(values, size=len(values)))
    return found


# %%
means = bootstrap(heights, np.mean)
low, high = np.percentile(means, [2.5, 97.5])
print(f"[{low:.1f}, {high:.1f}]")
# %%
medians = bootstrap(heights, np.median, 50)
medians.std().round(3)
# %%
tall = heights > 175
heights[tall].size, tall.mean()
# %%
kind = np.where(tall, "tall", np.where(heights < 160, "short", "middle"))
names, counts = np.unique(kind, return_counts=True)
dict(zip(names.tolist(), counts.tolist()))
# %%
view = heights[:10]
view.sort()
print(view[0], heights[0], heights[10])
# %%
outlier = heights.argmax()
heights[outlier] = 250
# %%
st.median(heights.tolist()), round(st.pstdev(heights.tolist()), 2)
# %%
clipped = np.clip(heights, None, 200)
clipped -= clipped.mean()
float(abs(clipped.sum())) < 1e-6
# %%
groups = npr.randint(0, 3, size=len(heights))
table = [heights[groups == g].mean().round(1) for g in range(3)]
table
# %%
difference = table[0] - table[2]
seen = 0
for _ in range(100):
    npr.shuffle(groups)
    if abs(heights[groups == 0].mean() - heights[groups == 1].mean()) >= abs(difference):
        seen += 1
print("p about", seen / 100)
# %%
rng.integers(0, 100, 3)
# %% [raw]
# snippets:
# npr.seed(0)
#
# rng = default_rng(1)
#
# REPEATS = 50
#
# heights[0] = 100
#
# tall = heights > 180
#
# rng.random()
#
# bootstrap(heights, np.min).mean()
