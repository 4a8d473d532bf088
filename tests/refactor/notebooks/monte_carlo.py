# %% [markdown]
# # Monte Carlo playground

# %%
import numpy as np
import math
import time
import matplotlib.pyplot as plt

rng = np.random.default_rng(2024)
N = 20_000

# %% [markdown]
# ## Pi

# %%
x = rng.random(N)
y = rng.random(N)
inside = x**2 + y**2 <= 1
pi_hat = 4 * inside.mean()
print(f"pi ~ {pi_hat:.4f}, error {abs(pi_hat - math.pi):.4f}")

# %%
# running estimate
running = 4 * np.cumsum(inside) / np.arange(1, N + 1)
plt.semilogx(running)
plt.axhline(np.pi, color="r")
plt.show()

# %% [markdown]
# ## Random walks


# %%
def walk(n, p=0.5):
    steps = np.where(rng.random(n) < p, 1, -1)
    return np.concatenate([[0], steps.cumsum()])


paths = [walk(200) for _ in range(50)]
for path in paths[:10]:
    plt.plot(path, alpha=0.5)
plt.title("ten of them")

# %%
ends = np.array([path[-1] for path in paths])
ends.mean(), ends.std()

# %%
returned = sum(1 for path in paths if (path[1:] == 0).any())
print(f"{returned} of {len(paths)} came back to 0")

# %% [markdown]
# ## Birthdays

# %%
def shared_birthday(k):
    days = rng.integers(0, 365, size=k)
    return len(set(days.tolist())) < k

trials = 300
probs = {}
for k in (5, 10, 23, 40):
    probs[k] = np.mean([shared_birthday(k) for _ in range(trials)])
probs

# %% [markdown]
# ## A portfolio

# %%
mu = np.array([0.05, 0.08, 0.12])
sigma = np.array([[0.02, 0.005, 0.002], [0.005, 0.04, 0.01], [0.002, 0.01, 0.09]])
weights = np.array([0.5, 0.3, 0.2])
returns = rng.multivariate_normal(mu, sigma, size=5000)
portfolio = returns @ weights

# %%
var_95 = -np.percentile(portfolio, 5)
cvar_95 = -portfolio[portfolio <= -var_95].mean()
print(f"VaR 95%:  {var_95:.3f}")
print(f"CVaR 95%: {cvar_95:.3f}")

# %%
best = None
best_sharpe = -1
for i in range(500):
    w = rng.random(3)
    w /= w.sum()
    r = (returns @ w).mean()
    s = (returns @ w).std()
    if r / s > best_sharpe:
        best_sharpe = r / s
        best = w
best.round(3), round(best_sharpe, 3)

# %%
fig, ax = plt.subplots()
ax.hist(portfolio, bins=40)
ax.axvline(-var_95, color="k", ls=":")
ax.annotate("VaR", (-var_95, 10))
fig

# %% [markdown]
# ## Buffon's needle

# %%
L, D = 1.0, 2.0
theta = rng.uniform(0, np.pi / 2, N)
d = rng.uniform(0, D / 2, N)
hits = (d <= L / 2 * np.sin(theta)).sum()
estimate = 2 * L * N / (D * hits)
assert abs(estimate - np.pi) < 0.2
estimate
