# %% [markdown]
# # Warehouse stock
# JSON in, tables out. Mostly dictionaries.

# %%
import json
import os
import copy
from datetime import date, timedelta
from itertools import groupby, product
from operator import itemgetter
from pprint import pprint

DATA_DIR = os.path.join("..", "data")
today = date(2024, 3, 1)

# %%
skus = [f"{a}{b}" for a, b in product("AB", (1, 2, 3))]
stock = {sku: 20 + 7 * i for i, sku in enumerate(skus)}
stock

# %%
moves = []
for day in range(30):
    for i, sku in enumerate(skus):
        if (day + i) % 4 == 0:
            moves.append({"sku": sku, "date": today + timedelta(days=day), "qty": -(i + 1), "kind": "sale"})
    if day % 10 == 9:
        moves.append({"sku": skus[day % len(skus)], "date": today + timedelta(days=day), "qty": 25, "kind": "delivery"})
len(moves)

# %%
pprint(moves[:2])

# %% [markdown]
# ## Play the moves

# %%
opening = copy.deepcopy(stock)
history = {sku: [q] for sku, q in stock.items()}
for move in moves:
    stock[move["sku"]] += move["qty"]
    history[move["sku"]].append(stock[move["sku"]])
stock

# %%
for sku in skus:
    print(sku, opening[sku], "->", stock[sku], "low!" if stock[sku] < 10 else "")

# %%
moves.sort(key=itemgetter("kind", "sku"))
totals = {}
for (kind, sku), group in groupby(moves, key=itemgetter("kind", "sku")):
    totals.setdefault(kind, {})[sku] = sum(m["qty"] for m in group)
totals

# %%
class Warehouse:
    """Holds stock and reorders when it runs low."""

    def __init__(self, stock, minimum=15, lot=40):
        self.stock = dict(stock)
        self.minimum = minimum
        self.lot = lot
        self.orders = []

    def take(self, sku, qty):
        if self.stock.get(sku, 0) < qty:
            raise KeyError(f"not enough {sku}")
        self.stock[sku] -= qty
        if self.stock[sku] < self.minimum:
            self.reorder(sku)

    def reorder(self, sku):
        self.orders.append((sku, self.lot))
        self.stock[sku] += self.lot

    def __len__(self):
        return sum(self.stock.values())


wh = Warehouse(opening)
len(wh)

# %%
failed = 0
for m in sorted(moves, key=itemgetter("date")):
    if m["kind"] != "sale":
        continue
    try:
        wh.take(m["sku"], -m["qty"] * 2)
    except KeyError as err:
        failed += 1
        print(err)
print("orders:", wh.orders, "failed:", failed)

# %%
wh2 = Warehouse(opening, minimum=5)
while True:
    smallest = min(wh2.stock, key=wh2.stock.get)
    if wh2.orders:
        break
    wh2.take(smallest, 3)
smallest, wh2.orders

# %% [markdown]
# ## Stations have stock too

# %%
with open(os.path.join(DATA_DIR, "stations.json")) as f:
    stations = json.load(f)["stations"]
heights = {s["name"]: s["elevation"] for s in stations}
sorted(heights, key=heights.get)

# %%
route = sorted(heights, key=heights.get)
climb = sum(max(0, heights[b] - heights[a]) for a, b in zip(route, route[1:]))
print(" > ".join(route), f"climbs {climb} m")

# %%
weeks = {}
for m in moves:
    weeks.setdefault(m["date"].isocalendar()[1], []).append(m["qty"])
weekly = {w: (sum(q for q in qs if q < 0), sum(q for q in qs if q > 0)) for w, qs in sorted(weeks.items())}
print("week   out    in")
for w, (out, inn) in weekly.items():
    print(f"{w:4d} {out:5d} {inn:5d}")

# %%
snapshot = json.dumps({"stock": wh.stock, "orders": wh.orders, "as_of": str(today)}, sort_keys=True)
print(snapshot)
