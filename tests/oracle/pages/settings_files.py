# ruff: noqa
# %% [raw]
# file: settings.json
# {"depth": 3, "mode": "fast", "limits": {"low": 1, "high": 9}}
# %%
import json
import os
from pathlib import Path

# %%
settings = json.loads(Path("settings.json").read_text())
settings["mode"]
# %%
here = Path("results")
here.mkdir(exist_ok=True)
# %%
low, high = settings["limits"]["low"], settings["limits"]["high"]
numbers = list(range(low, high, settings["depth"]))
numbers
# %%
out = here / "numbers.json"
out.write_text(json.dumps(numbers))
# %%
settings["depth"] += 1
settings["limits"]["high"] = 20
# %%
Path("settings.json").write_text(json.dumps(settings))
# %%
again = json.loads(Path("settings.json").read_text())
again["depth"], again["limits"]
# %%
with (here / "log.txt").open("a") as log:
    log.write(f"{len(numbers)}\n")
# %%
print((here / "log.txt").read_text().split())
# %%
sorted(one.name for one in here.iterdir())
# %%
os.remove(out)
out.exists()
# %%
size = os.path.getsize("settings.json")
size > 10
# %%
name = f"{settings['mode']}-{high}"
print(name)
# %% [raw]
# snippets:
# settings["mode"] = "slow"
#
# Path("settings.json").write_text('{"depth": 1, "mode": "x", "limits": {"low": 0, "high": 5}}')
#
# numbers.append(1000)
#
# high = 4
