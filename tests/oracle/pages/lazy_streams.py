# ruff: noqa
# %%
import itertools

# %%
readings = [3, 8, 1, 9, 4, 7]
# %%
stream = (value * 10 for value in readings)
# %%
first_two = [next(stream), next(stream)]
first_two
# %%
remaining = list(stream)
remaining
# %%
pairs = zip(readings, remaining)
print(dict(pairs))
# %%
counter = itertools.count(1)
ids = [next(counter) for _ in readings[:3]]
# %%
ids.append(next(counter))
ids


# %%
def running(values):
    total = 0
    for value in values:
        total += value
        yield total


# %%
sums = running(readings)
# %%
next(sums), next(sums)
# %%
max(sums)
# %%
evens = filter(lambda value: value % 2 == 0, readings)
readings.append(12)
# %%
sorted(evens)
# %%
grouped = {
    key: list(group) for key, group in itertools.groupby(sorted(readings), key=lambda v: v > 5)
}
grouped
# %%
with open("readings.txt", "w") as handle:
    handle.writelines(f"{value}\n" for value in readings)
# %%
handle = open("readings.txt")
head = handle.readline().strip()
print(head)
# %%
body = handle.read().split()
len(body)
# %%
handle.close()
# %% [raw]
# snippets:
# readings.append(100)
#
# next(counter)
#
# stream = iter([1, 2, 3])
#
# readings = [5, 6, 7, 8]
