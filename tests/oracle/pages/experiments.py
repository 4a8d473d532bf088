# ruff: noqa
# %%
import numpy as np
from types import SimpleNamespace

# %%
params = SimpleNamespace(lr=0.1, steps=20, seed=0)
log = []


# %%
def loss(w, x, y):
    return float(((x @ w - y) ** 2).mean())


# %%
def train(x, y, params, log=None):
    w = np.zeros(x.shape[1])
    for step in range(params.steps):
        gradient = 2 * x.T @ (x @ w - y) / len(y)
        w -= params.lr * gradient
        if log is not None and step % 10 == 0:
            log.append(round(loss(w, x, y), 4))
    return w


# %%
rng = np.random.default_rng(params.seed)
x = rng.normal(size=(30, 2))
true_w = np.array([1.5, -2.0])
y = x @ true_w
# %%
w = train(x, y, params, log)
w.round(2)
# %%
log
# %%
params.lr = 0.01
slow = train(x, y, params)
# %%
print(f"{loss(w, x, y):.4f} {loss(slow, x, y):.3f}")
# %%
results = {}
for lr in (0.05, 0.2):
    params.lr = lr
    results[lr] = round(loss(train(x, y, params), x, y), 5)
# %%
results
# %%
best_lr = min(results, key=results.get)
params.lr = best_lr
# %%
vars_shown = (params.lr, params.steps)
vars_shown
# %%
w[0] += 1
loss(w, x, y) > 0.5
# %%
history = [*log, *results.values()]
len(history)
# %% [raw]
# snippets:
# params.steps = 5
#
# params.lr = 0.5
#
# log.append(-1)
#
# y = y + 1
#
# w = true_w
