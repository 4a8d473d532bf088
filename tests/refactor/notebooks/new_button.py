# %% [markdown]
# # Did the new button help?

# %%
import numpy as np
import pandas as pd
from scipy import stats
import matplotlib.pyplot as plt

SEED = 99
alpha = 0.05
rng = np.random.RandomState(SEED)

# %% [markdown]
# ## Simulated visitors

# %%
n = 800
visitors = pd.DataFrame({
    "group": rng.choice(["A", "B"], size=n),
    "device": rng.choice(["phone", "desktop", "tablet"], p=[0.6, 0.3, 0.1], size=n),
    "seconds": rng.exponential(40, size=n).round(1),
})
p = np.where(visitors.group == "B", 0.14, 0.10)
visitors["converted"] = rng.rand(n) < p
visitors.head()

# %%
rates = visitors.groupby("group")["converted"].agg(["mean", "sum", "size"])
rates.columns = ["rate", "conversions", "visitors"]
rates

# %%
lift = rates.loc["B", "rate"] - rates.loc["A", "rate"]
print(f"lift: {lift:+.2%}")

# %% [markdown]
# ## z-test

# %%
c = rates["conversions"]
v = rates["visitors"]
pooled = c.sum() / v.sum()
se = np.sqrt(pooled * (1 - pooled) * (1 / v["A"] + 1 / v["B"]))
z = lift / se
p_value = 2 * (1 - stats.norm.cdf(abs(z)))
print(f"z = {z:.2f}, p = {p_value:.3f}")
if p_value < alpha:
    verdict = "significant"
else:
    verdict = "not significant"
verdict

# %% [markdown]
# ## Permutation test


# %%
def permutation_test(a, b, n_perm=500, seed=None):
    r = np.random.RandomState(seed)
    both = np.concatenate([a, b])
    observed = b.mean() - a.mean()
    count = 0
    for _ in range(n_perm):
        r.shuffle(both)
        if both[len(a):].mean() - both[:len(a)].mean() >= observed:
            count += 1
    return (count + 1) / (n_perm + 1)


a = visitors.loc[visitors.group == "A", "converted"].to_numpy()
b = visitors.loc[visitors.group == "B", "converted"].to_numpy()
p_perm = permutation_test(a, b, seed=SEED)
p_perm

# %% [markdown]
# ## Bootstrap

# %%
boot = []
for _ in range(400):
    sa = rng.choice(a, size=len(a))
    sb = rng.choice(b, size=len(b))
    boot.append(sb.mean() - sa.mean())
boot = np.array(boot)
low, high = np.percentile(boot, [2.5, 97.5])
print(f"95% interval: [{low:.3f}, {high:.3f}]")

# %%
plt.hist(boot, bins=30, color="lightgrey")
plt.axvline(lift, color="k")
plt.axvspan(low, high, alpha=0.2)
plt.title("bootstrap of the lift")
plt.show()

# %% [markdown]
# ## By device

# %%
rows = []
for device, g in visitors.groupby("device"):
    t = pd.crosstab(g["group"], g["converted"])
    chi2, p, dof, expected = stats.chi2_contingency(t)
    rows.append((device, len(g), chi2, p))
by_device = pd.DataFrame(rows, columns=["device", "n", "chi2", "p"]).set_index("device")
by_device.style if len(by_device) > 10 else by_device

# %%
by_device["p_adjusted"] = (by_device["p"] * len(by_device)).clip(upper=1)
by_device.query("p_adjusted < @alpha")

# %%
def power(n, base, lift, alpha=0.05):
    se = np.sqrt(2 * base * (1 - base) / n)
    return 1 - stats.norm.cdf(stats.norm.ppf(1 - alpha / 2) - lift / se)

sizes = [200, 500, 1000, 2000, 5000]
powers = [power(s, 0.10, 0.04, alpha) for s in sizes]
for s, pw in zip(sizes, powers):
    print(f"{s:6d} {pw:.2f}")

# %%
needed = next((s for s, pw in zip(sizes, powers) if pw > 0.8), None)
print("visitors per group:", needed)
