# ruff: noqa
# %%
import json
from enum import IntEnum, auto
from functools import cached_property
from pathlib import Path as P
from time import perf_counter

started = perf_counter()
# %%
ROOT = P("registry")
ROOT.mkdir(exist_ok=True)


# %%
class Stage(IntEnum):
    DEV = auto()
    STAGING = auto()
    PROD = auto()


# %%
class Scorer:
    """A model: a weighted sum that counts its calls."""

    def __init__(self, version, weights, bias=0.0):
        self.version = version
        self.weights = weights
        self.bias = bias
        self.calls = 0

    def __call__(self, row):
        self.calls += 1
        return sum(w * x for w, x in zip(self.weights, row)) + self.bias

    @cached_property
    def norm(self):
        return sum(w * w for w in self.weights) ** 0.5

    @property
    def tag(self):
        return f"v{self.version:03d}"


# %%
weights = [3.0, 4.0]
scorer = Scorer(1, weights)
challenger = Scorer(2, weights, bias=0.5)
# %%
scorer([1, 1]), scorer.norm
# %%
weights[0] = 6.0
scorer([1, 1]), scorer.norm, challenger.norm
# %%
registry = {}
for one in (scorer, challenger):
    registry.setdefault(one.tag, {})["stage"] = Stage.DEV
    registry[one.tag]["meta"] = {"norm": round(one.norm, 3), "bias": one.bias}
registry["v001"]["meta"]
# %%
registry["v002"]["stage"] = Stage.PROD
# %%
for tag, entry in registry.items():
    (ROOT / f"{tag}.json").write_text(json.dumps(entry))
sorted(p.stem for p in ROOT.glob("*.json"))
# %%
loaded = {p.stem: json.loads(p.read_text()) for p in sorted(ROOT.iterdir())}
live = [tag for tag, entry in loaded.items() if entry["stage"] == Stage.PROD]
live
# %%
rows = [(1, 2), (0, 1), (2, 2)]
scores = [*map(challenger, rows)]
scores
# %%
print(f"{scorer.calls} + {challenger.calls} calls")


# %%
def promote(tag):
    entry = json.loads((ROOT / f"{tag}.json").read_text())
    entry["stage"] = Stage(entry["stage"] + 1) if entry["stage"] < Stage.PROD else Stage.PROD
    (ROOT / f"{tag}.json").write_text(json.dumps(entry))
    return entry["stage"].name


# %%
promote("v001")
# %%
elapsed = perf_counter() - started
"fast" if elapsed < 100 else "slow"
# %%
challenger.weights = [0, 1]
print(challenger(rows[0]), challenger.norm)
# %% [raw]
# snippets:
# promote("v001")
#
# weights.append(1.0)
#
# challenger.bias = 10
#
# del scorer.norm
#
# registry["v001"]["stage"] = Stage.PROD
#
# rows = [(1, 1)]
#
# (ROOT / "v003.json").write_text('{"stage": 3}')
