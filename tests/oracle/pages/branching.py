# ruff: noqa
# %%
debug = False
level = 3
# %%
if debug:
    limit = 1
elif level > 2:
    limit = 20
else:
    limit = 10
# %%
limit
# %%
try:
    value = int("12x")
except ValueError as error:
    value = -1
    reason = str(error)
# %%
print(value, reason[:7])
# %%
try:
    import ujson_that_is_not_there as json
except ImportError:
    import json
# %%
json.dumps({"limit": limit})
# %%
command = ("go", 3, {"fast": True})
match command:
    case ("go", steps, {"fast": fast}):
        moved = steps * (2 if fast else 1)
    case ("stop", *rest):
        moved = 0
# %%
moved, steps
# %%
for attempt in range(5):
    if attempt * level > limit // 4:
        break
else:
    attempt = -1
# %%
attempt
# %%
while limit > 5:
    limit -= level
limit
# %%
from contextlib import suppress

with suppress(ZeroDivisionError):
    ratio = level / 0
    never = 1
ratio = level / 2
ratio
# %%
any((found := n) > 2 for n in range(level + 1))
# %%
found
# %%
with open("state.txt", "w") as state:
    print(limit, attempt, file=state)
# %%
state.closed, open("state.txt").read()
# %% [raw]
# snippets:
# debug = True
#
# level = 1
#
# limit = 50
#
# command = ("stop", 1)
#
# del reason
