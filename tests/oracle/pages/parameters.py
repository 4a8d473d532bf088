# ruff: noqa
# %%
config = {"rounds": 3, "step": 0.5, "names": ["one", "two"]}
# %%
rounds = config["rounds"]
step = config.get("step", 1.0)
# %%
defaults = dict(config)
defaults["names"].append("three")
# %%
config["names"]


# %%
def simulate(start, rounds=rounds, step=step):
    value = start
    path = [value]
    for _ in range(rounds):
        value = value * (1 + step)
        path.append(round(value, 3))
    return path


# %%
path = simulate(1)
path
# %%
config.update(rounds=5)
# %%
simulate(1, config["rounds"])[-1]


# %%
def describe():
    return f"{config['rounds']} rounds, step {step}"


# %%
describe()
# %%
removed = config.pop("step")
print(removed, sorted(config))
# %%
first, *middle, last = path
print(first, middle, last)
# %%
limit = 2
over = [one for one in path if one > limit]
over
# %%
{**config, "limit": limit}
# %% [raw]
# snippets:
# step = 0.1
#
# config["rounds"] = 2
#
# limit = 3
#
# config["names"].clear()
#
# rounds = 1
