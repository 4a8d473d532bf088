# ruff: noqa
# %%
from contextlib import contextmanager
from itertools import islice, pairwise

import pandas as pd

# %%
trace = []


@contextmanager
def section(name):
    trace.append(f"begin {name}")
    try:
        yield trace
    finally:
        trace.append(f"end {name}")


class Unit:
    """Readings inside of the block are in another unit."""

    current = "C"

    def __init__(self, unit):
        self.unit = unit

    def __enter__(self):
        self.before, Unit.current = Unit.current, self.unit
        return self

    def __exit__(self, *problem):
        Unit.current = self.before
        return False


# %%
def make_sensor(start, step):
    value, reads = start, 0

    def read():
        nonlocal value, reads
        reads += 1
        value += step
        return value if Unit.current == "C" else value * 9 / 5 + 32

    def status():
        return {"value": value, "reads": reads}

    return read, status


# %%
read, status = make_sensor(20, 0.5)
with section("warm up"):
    first = [read() for _ in range(3)]
first
# %%
with Unit("F"), section("abroad"):
    print(round(read(), 1))
# %%
status()


# %%
def forever(read):
    while True:
        yield read()


def smooth(values, weight=0.5):
    level = None
    for value in values:
        level = value if level is None else weight * value + (1 - weight) * level
        yield round(level, 3)


# %%
stream = smooth(forever(read))
list(islice(stream, 3))
# %%
print(next(stream), status()["reads"])
# %%
window = [*islice(stream, 4)]
steps = {round(b - a, 3) for a, b in pairwise(window)}
len(steps)
# %%
table = pd.DataFrame({"temp": window, "t": range(len(window))}).set_index("t")
try:
    table["humid"] = table["humidity"] / 100
except KeyError:
    table["humid"] = 0.5
table
# %%
columns = table.columns
table.columns = [f"{name}_{Unit.current}" for name in columns]
list(table), list(columns)
# %%
for column in [*table]:
    if column.startswith("humid"):
        del table[column]
table.shape
# %%
hot = table[table["temp_C"] > 22.5]
hot.index.tolist()
# %%
table.iloc[0, 0] = 99.0
print(hot["temp_C"].max(), table["temp_C"].max())
# %%
print(*trace, sep="; ")
# %%
tries = 0
while tries < 10:
    tries += 1
    if read() > 30:
        break
tries, status()
# %% [raw]
# snippets:
# read()
#
# next(stream)
#
# Unit.current = "F"
#
# read, status = make_sensor(0, 1)
#
# trace.clear()
#
# with section("again"):
#     first.append(read())
#
# window = [20, 21, 25]
