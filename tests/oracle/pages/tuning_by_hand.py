# ruff: noqa
# %%
from collections import namedtuple
from copy import copy, deepcopy
from itertools import chain, product
from random import Random

# %%
grid = {"depth": [2, 3, 4], "rate": [0.1, 0.3], "kind": ["a", "b"]}
Trial = namedtuple("Trial", "number config score")
# %%
rand = Random(17)
offsets = {kind: rand.uniform(-1, 1) for kind in grid["kind"]}
print(", ".join(f"{kind}={offset:+.3f}" for kind, offset in offsets.items()))


# %%
def evaluate(config):
    penalty = (config["depth"] - best_depth) ** 2
    return round(10 - penalty - 5 * config["rate"] + offsets[config["kind"]], 3)


# %%
best_depth = 3
default = dict(zip(grid, (values[0] for values in grid.values())))
evaluate(default)
# %%
trials, patience = [], 4
for number, values in enumerate(product(*grid.values())):
    config = dict(zip(grid, values))
    trials.append(Trial(number, config, evaluate(config)))
    recent = [one.score for one in trials[-patience:]]
    if len(recent) == patience and max(recent) < max(one.score for one in trials):
        break
len(trials), number
# %%
best, *others = sorted(trials, key=lambda one: one.score, reverse=True)
best.number, best.score
# %%
numbers, configs, scores = zip(*trials)
print(f"{min(scores)} to {max(scores)}, spread {max(scores) - min(scores):.3f}")
# %%
tuned, kept = copy(best.config), deepcopy(best.config)
tuned["rate"] = 0.05
evaluate(tuned) > best.score, kept == best.config
# %%
config
# %%
config["depth"] = 9
trials[-1].config["depth"]
# %%
improved = best._replace(score=evaluate(tuned), config=tuned)
improved.config["kind"], round(improved.score - best.score, 3)
# %%
del config, values
total = sum(scores)
total = f"{total / len(scores):.2f}"
total
# %%
values = [rand.random() < 0.5 for _ in range(6)]
values.count(True)
# %%
flat = list(chain.from_iterable(sorted(one.config.items()) for one in trials[:2]))
flat[:3]
# %%
seen = {}
for one in trials:
    key = one.config["depth"], one.config["kind"]
    if key in seen and seen[key] >= one.score:
        continue
    seen[key] = one.score
print(*(f"{d}{k}:{score}" for (d, k), score in seen.items()))
# %% [raw]
# snippets:
# best_depth = 2
#
# grid["rate"] = [0.2]
#
# rand.seed(1)
#
# offsets["a"] = 3
#
# trials.pop()
#
# patience = 2
#
# tuned["depth"] = 4
#
# rand.random()
