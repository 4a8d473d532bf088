# ruff: noqa
# %% [markdown]
# # One shop, one queue
# %%
import heapq
from collections import deque
from random import Random as Dice, expovariate, seed as set_seed
from types import MappingProxyType

# %%
set_seed(31)
arrivals, clock = [], 0.0
while len(arrivals) < 12:
    clock += expovariate(1.0)
    arrivals.append(round(clock, 2))
arrivals[-1]
# %%
COSTS = MappingProxyType({"wait": 2, "idle": 1})
service = {"fast": 0.5, "slow": 1.4}


# %%
class Shop:
    speed = "slow"

    def __init__(self, arrivals):
        self.line = deque(arrivals)
        self._waits = []

    def __len__(self):
        return len(self.line)

    def __iter__(self):
        free = 0.0
        while self.line:
            came = self.line.popleft()
            begin = max(came, free)
            free = begin + service[self.speed]
            self._waits.append(round(begin - came, 2))
            yield came, begin

    @property
    def waits(self):
        return self._waits

    @staticmethod
    def price(wait):
        return COSTS["wait"] * wait

    def __contains__(self, time):
        return time in self.line


# %%
shop = Shop(arrivals)
len(shop), arrivals[0] in shop
# %%
for came, begin in shop:
    if begin - came > 1:
        break
print(came, round(begin, 2), len(shop))
# %%
served = [*shop]
len(served), len(shop), bool(shop)
# %%
waits = shop.waits
waits.sort()
print("median", waits[len(waits) // 2])
# %%
Shop.speed = "fast"
quick = Shop(arrivals)
total = sum(begin - came for came, begin in quick)
f"{total:.2f}"
# %%
sum(map(Shop.price, shop.waits)) > sum(map(quick.price, quick.waits))


# %%
def simulate(days, dice=Dice(4)):
    found = []
    for day in range(days):
        times = sorted(dice.uniform(0, 8) for _ in range(10))
        day_shop = Shop(times)
        deque(day_shop, maxlen=0)
        found.append((round(max(day_shop.waits), 2), day))
    return found


# %%
week = simulate(5)
heapq.heapify(week)
worst = heapq.nlargest(2, week)
worst
# %%
heapq.heappush(week, (0.0, 99))
best = heapq.heappop(week)
print(best, len(week))
# %%
service["fast"] = 0.3
more = simulate(2)
max(more)


# %%
def advice(wait, limit=1.5):
    match wait:
        case (w, day) if w > limit:
            return f"day {day}: one more till"
        case (w, _):
            return "fine" if w else "empty"


# %%
{advice(one) for one in (best, *worst)} - {"fine"}
# %%
shop.line.extend([1.0, 2.0])
list(shop)[-1], len(shop.waits)
# %% [raw]
# snippets:
# Shop.speed = "slow"
#
# service["fast"] = 2
#
# shop.line.append(50.0)
#
# simulate(1)
#
# arrivals.pop()
#
# set_seed(1)
#
# waits.clear()
#
# quick = Shop([1, 1, 1])
