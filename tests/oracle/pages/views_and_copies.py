# ruff: noqa
# %%
import numpy as np

np.set_printoptions(precision=3, suppress=True)
# %%
grid = np.arange(12).reshape(3, 4)
grid
# %%
row = grid[1]
corner = grid[:2, :2].copy()
# %%
row[:] = 0
# %%
grid.sum()
# %%
flat = grid.ravel()
flat[-1] = 100
grid
# %%
transposed = grid.T
transposed += 1
# %%
print(grid.max(), corner.max())
# %%
scaled = grid / grid.max()
scaled.mean(axis=0)
# %%
mask = grid > 5
grid[mask] = -1
grid


# %%
def normalise(a):
    a -= a.min()
    return a


# %%
shifted = normalise(grid)
shifted is grid
# %%
print(grid.sum(), shifted.sum(), scaled.sum().round(3))
# %%
pair = [grid, corner]
pair[1][0, 0] = 42
corner
# %% [raw]
# snippets:
# grid[0, 0] = 77
#
# row = grid[2]
#
# grid = np.zeros((3, 4))
#
# corner += 5
#
# grid.shape
