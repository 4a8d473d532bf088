# ruff: noqa
# %%
import operator as op
from functools import lru_cache, partial, reduce
from math import ceil, prod

# %%
store = {"flour": 2.0, "egg": 3.5, "milk": 1.2}
dough = {"flour": 3, "egg": 2}
menu = {"bread": dough, "pancake": dough, "custard": {"milk": 4, "egg": 3}}
# %%
menu["pancake"]["milk"] = 2
menu["bread"]


# %%
def cost(recipe, prices=store):
    return sum(prices[name] * amount for name, amount in recipe.items())


# %%
{name: cost(recipe) for name, recipe in menu.items()}
# %%
store["egg"] = 5
cost(menu["custard"])
# %%
ranked = sorted(menu, key=lambda name: cost(menu[name]), reverse=True)
ranked


# %%
@lru_cache
def portions(dish, guests=4):
    return ceil(guests * cost(menu[dish]) / 10)


# %%
portions("custard"), portions("bread", guests=2)
# %%
menu["custard"]["sugar"] = 1
store.setdefault("sugar", 0.5)
portions("custard")
# %%
store |= {"sugar": 4.0}
portions("custard", 4), round(cost(menu["custard"]), 2)
# %%
shout = partial(print, "*", sep=" ")
shout(*ranked)


# %%
def parts(tree, depth=0):
    """Recursive: menus in menus."""
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from parts(value, depth + 1)
        else:
            yield key, value, depth


# %%
names, amounts, depths = zip(*parts({"day": menu, "bread": dough}))
prod(amounts), max(depths)
# %%
needed = reduce(op.add, amounts)
card = "{0}: {needed:>5} units, {egg:.1f} an egg".format("Today", needed=needed, **store)
print(card)
# %%
menu["bread"] = {**dough, "salt": 0}
menu["bread"].pop("milk", None)
len(dough), len(menu["bread"])
# %%
cheap = {name for name, price in store.items() if price < (limit := 3)}
sorted(cheap), limit
# %% [raw]
# snippets:
# store["egg"] = 1
#
# dough["flour"] = 10
#
# portions.cache_clear()
#
# menu["custard"] = {"milk": 1}
#
# def cost(recipe, prices=store):
#     return 7
#
# menu.pop("pancake", None)
#
# cost(dough)
