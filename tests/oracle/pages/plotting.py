# ruff: noqa
# %%
import matplotlib.pyplot as plt
import numpy as np

# %%
plt.rcParams["figure.figsize"] = (2, 1.5)
# %%
t = np.linspace(0, 1, 20)
freq = 2
# %%
wave = np.sin(2 * np.pi * freq * t)
# %%
plt.plot(t, wave)
plt.title("wave")
# %%
fig, ax = plt.subplots()
ax.plot(t, wave**2, label="power")
# %%
ax.legend()
ax.set_ylim(0, 2)
fig
# %%
peak = float(wave.max())
print(f"peak {peak:.3f}")


# %%
def sketch(values, title="values"):
    figure, axes = plt.subplots()
    axes.bar(range(len(values)), values)
    axes.set_title(title)
    return axes


# %%
bars = sketch(wave[:4])
# %%
wave *= 2
# %%
len(ax.lines), bars.get_title()
# %%
print(round(float(wave.sum()), 6) + 0.0, wave.max().round(2))
# %% [raw]
# snippets:
# freq = 3
#
# ax.plot(t, t)
#
# wave = wave + 1
#
# plt.rcParams["lines.linewidth"] = 5
