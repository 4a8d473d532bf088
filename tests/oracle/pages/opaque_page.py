# ruff: noqa
# %% [raw]
# file: helper.py
# factor = 3
#
# def scale(value):
#     return value * factor
# %% [raw]
# file: setup_names.py
# unit = "kg"
# start = 5
# %%
from helper import *

# %%
# %run setup_names.py
# %%
weight = scale(start)
print(weight, unit)
# %%
globals()["dynamic"] = weight + 1
# %%
dynamic
# %%
exec("hidden = dynamic * 2")
# %%
print(hidden)
# %%
import helper

helper.factor = 10
# %%
scale(2)
# %%
names = ["north", "south"]
for place, name in enumerate(names):
    globals()[f"{name}_index"] = place
# %%
print(south_index)
# %%
formula = "weight + start"
eval(formula)
# %%
plain = [1, 2]
plain.append(len(names))
plain
# %% [raw]
# snippets:
# factor = 7
#
# start = 1
#
# weight = 100
#
# formula = "start"
#
# names.append("east")
