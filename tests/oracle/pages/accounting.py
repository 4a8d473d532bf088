# ruff: noqa
# %%
from decimal import Decimal
from fractions import Fraction

# %%
lines = [("rent", Decimal("900.00")), ("food", Decimal("312.40")), ("misc", Decimal("45.10"))]
# %%
total = Decimal(0)
for label, amount in lines:
    total += amount
total
# %%
label
# %%
rate = Fraction(1, 4)
tax = total * rate.numerator / rate.denominator
print(tax)
# %%
lines.append(("tax", tax))
# %%
ledger = dict(lines)
ledger["food"] -= 10
# %%
ledger
# %%
total = sum(ledger.values())
print("total", total)
# %%
biggest, amount = max(ledger.items(), key=lambda pair: pair[1])
biggest
# %%
budget = {"rent": 1000, "food": 300}
over = {name: ledger[name] - budget[name] for name in budget if ledger[name] > budget[name]}
over
# %%
budget |= {"misc": 50}
left = {name: budget[name] - ledger[name] for name in budget}
# %%
print(*(f"{name}: {value}" for name, value in left.items()), sep="\n")
# %%
total = round(total)
total
# %%
total = total + 1
# %%
print(total)
# %% [raw]
# snippets:
# rate = Fraction(1, 5)
#
# lines.append(("gift", Decimal("20")))
#
# budget["food"] = 400
#
# total = 0
#
# ledger["rent"] = 1
