# ruff: noqa
# %%
import numpy as np

np.random.seed(11)
# %%
n = 400
points = np.random.rand(n, 2)
# %%
inside = (points**2).sum(axis=1) <= 1
estimate = 4 * inside.mean()
print(f"{estimate:.3f}")
# %%
noise = np.random.normal(size=3)
noise.round(2)
# %%
gen = np.random.default_rng(5)
# %%
draws = gen.integers(0, 10, size=6)
draws
# %%
shuffled = gen.permutation(draws)
shuffled


# %%
def bootstrap(values, rounds=20):
    return np.array([gen.choice(values, len(values)).mean() for _ in range(rounds)])


# %%
means = bootstrap(draws)
means.mean().round(3), means.std().round(3)


# %%
def reseeded(seed):
    return np.random.default_rng(seed).random(2).round(3)


# %%
reseeded(1)
# %%
state = {"draws": draws, "seed": 5}
state["draws"][0] = 99
# %%
draws.max()
# %%
clipped = np.clip(draws, None, 9)
clipped.sum()
# %% [raw]
# snippets:
# gen = np.random.default_rng(6)
#
# np.random.seed(12)
#
# gen.random()
#
# n = 300
#
# draws[1] = 50
