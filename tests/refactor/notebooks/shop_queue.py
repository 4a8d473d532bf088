# %% [markdown]
# # One till or two?
# A queue simulated event by event.

# %%
import heapq
import random
import statistics as st
from dataclasses import dataclass
from enum import Enum

random.seed(5)
OPEN_MINUTES = 480
verbose = False


# %%
class Kind(Enum):
    ARRIVE = 1
    LEAVE = 2


@dataclass(order=True)
class Event:
    time: float
    number: int
    kind: Kind = None
    customer: int = -1


# %%
def simulate(tills, mean_gap=3.0, mean_service=4.5, seed=0):
    r = random.Random(seed)
    events, waits, queue = [], {}, []
    free = tills
    t, i = 0.0, 0
    while t < OPEN_MINUTES:
        t += r.expovariate(1 / mean_gap)
        heapq.heappush(events, Event(t, i, Kind.ARRIVE, i))
        i += 1
    number = i
    arrived = {}
    while events:
        e = heapq.heappop(events)
        if e.kind is Kind.ARRIVE:
            arrived[e.customer] = e.time
            queue.append(e.customer)
        else:
            free += 1
        while free and queue:
            c = queue.pop(0)
            free -= 1
            waits[c] = e.time - arrived[c]
            number += 1
            heapq.heappush(events, Event(e.time + r.expovariate(1 / mean_service), number, Kind.LEAVE, c))
        if verbose:
            print(e)
    return list(waits.values())


# %%
waits = simulate(2)
print(f"{len(waits)} customers, mean wait {st.mean(waits):.1f} min, max {max(waits):.1f}")

# %% [markdown]
# ## Compare

# %%
results = {}
for tills in (1, 2, 3):
    runs = [simulate(tills, seed=s) for s in range(5)]
    results[tills] = [st.mean(w) for w in runs]
results

# %%
for tills, means in results.items():
    print(f"{tills} tills: {st.mean(means):7.2f} +/- {st.stdev(means):.2f}")

# %%
COST_PER_TILL = 12.5
COST_PER_WAIT = 0.4
costs = {}
for tills in results:
    costs[tills] = tills * COST_PER_TILL * OPEN_MINUTES / 60 + COST_PER_WAIT * st.mean(results[tills]) * 150
cheapest = min(costs, key=costs.get)
print(costs)
cheapest

# %%
def histogram(values, bins=8, width=30):
    lo, hi = min(values), max(values)
    step = (hi - lo) / bins or 1
    counts = [0] * bins
    for v in values:
        counts[min(int((v - lo) / step), bins - 1)] += 1
    for i, c in enumerate(counts):
        print(f"{lo + i * step:6.1f} | {'#' * (c * width // max(counts))}")

histogram(simulate(2, seed=1))

# %% [markdown]
# ## Sensitivity

# %%
grid = [(g, s) for g in (2.5, 3.0, 4.0) for s in (3.5, 4.5)]
table = []
for gap, service in grid:
    w = simulate(2, mean_gap=gap, mean_service=service, seed=2)
    table.append({"gap": gap, "service": service, "wait": round(st.mean(w), 2), "load": round(service / gap / 2, 2)})
table.sort(key=lambda row: row["wait"])
table

# %%
print(f"{'gap':>5} {'service':>8} {'load':>6} {'wait':>8}")
for row in table:
    print(f"{row['gap']:5.1f} {row['service']:8.1f} {row['load']:6.2f} {row['wait']:8.2f}")

# %%
worst, *_, best = sorted(table, key=lambda r: -r["wait"])
print("worst:", worst)
print("best: ", best)

# %%
counter = 0


def next_ticket():
    global counter
    counter += 1
    return f"T{counter:03d}"


tickets = [next_ticket() for _ in range(5)]
tickets

# %%
shuffled = tickets[:]
random.shuffle(shuffled)
order = {t: i for i, t in enumerate(shuffled)}
inversions = sum(order[a] > order[b] for i, a in enumerate(tickets) for b in tickets[i + 1 :])
shuffled, inversions
