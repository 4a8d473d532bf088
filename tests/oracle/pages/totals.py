# ruff: noqa
# %%
rate = 0.2
prices = [10, 20, 30]


# %%
def with_tax(price):
    return round(price * (1 + rate), 2)


# %%
taxed = [with_tax(price) for price in prices]
taxed

# %%
total = sum(taxed)
print(f"total {total:.2f}")

# %%
prices.append(40)
len(prices)

# %%
view = prices[:2]
alias = prices
alias.sort(reverse=True)
prices, view

# %%
counter = 0

# %%
for price in prices:
    counter += price
counter

# %%
best, *others = prices
best, others

# %%
del counter
sorted(others)

# %% [raw]
# snippets:
# rate = 0.25
#
# prices.append(99)
#
# extra = 5
# prices[0] = extra
