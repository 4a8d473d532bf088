# ruff: noqa
# %%
import os
import random

random.seed(3)
# %%
hits = 0
history = []


def register(value):
    global hits
    hits += 1
    history.append(value)
    return hits


# %%
for _ in range(3):
    register(random.randint(1, 100))
# %%
print(hits, history)
# %%
random.random()
# %%
os.environ["REPORT_MODE"] = "short"
# %%
mode = os.environ.get("REPORT_MODE", "none")
print(mode)


# %%
def report():
    if os.environ.get("REPORT_MODE") == "short":
        return history[-1]
    return history


# %%
report()


# %%
def reset():
    global hits, history
    hits = 0
    history = []


# %%
average = sum(history) / len(history)
round(average, 1)
# %%
try:
    cache
except NameError:
    cache = {}
cache["average"] = average
# %%
sorted(cache)
# %%
reset()
# %%
hits, history
# %% [raw]
# snippets:
# register(5)
#
# os.environ["REPORT_MODE"] = "long"
#
# hits = 100
#
# cache = {"old": 1}
#
# random.seed(4)
