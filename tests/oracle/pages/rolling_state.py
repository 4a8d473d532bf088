# ruff: noqa
# %%
stock = {"apple": 5, "pear": 2}
orders = [("apple", 3), ("pear", 1), ("apple", 4)]
# %%
refused = []


def serve(order):
    kind, count = order
    if stock.get(kind, 0) < count:
        refused.append(order)
        return False
    stock[kind] -= count
    return True


# %%
served = [order for order in orders if serve(order)]
served
# %%
stock, refused


# %%
def restock(kind, count=10):
    stock[kind] = stock.get(kind, 0) + count


# %%
restock("apple")
restock("plum", 4)
# %%
print(sorted(stock.items()))
# %%
retry = [serve(order) for order in refused]
retry
# %%
value = {"apple": 2, "pear": 3, "plum": 1}
worth = sum(stock[kind] * value[kind] for kind in stock)
worth
# %%
stock = {kind: count for kind, count in stock.items() if count}
len(stock)
# %%
audit = []
for kind, count in stock.items():
    audit.append(f"{kind}:{count}")
kind, count
# %%
print("; ".join(audit))
# %%
orders.clear()
# %%
bool(orders), len(served)
# %% [raw]
# snippets:
# stock["apple"] = 100
#
# serve(("plum", 1))
#
# restock("pear")
#
# refused = []
#
# value["plum"] = 50
