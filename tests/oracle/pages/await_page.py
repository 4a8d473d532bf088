# ruff: noqa
# %%
import asyncio

# %%
delay = 0
sources = ["north", "south"]


# %%
async def fetch(name):
    await asyncio.sleep(delay)
    return {"name": name, "size": len(name)}


# %%
results = await asyncio.gather(*(fetch(name) for name in sources))
results
# %%
sizes = {one["name"]: one["size"] for one in results}
# %%
sizes["south"] += 1
# %%
print(sum(sizes.values()))


# %%
async def numbers(stop):
    for n in range(stop):
        await asyncio.sleep(0)
        yield n


# %%
seen = []
async for n in numbers(4):
    seen.append(n)
# %%
seen
# %%
async with asyncio.Lock() as nothing:
    locked = True
print(locked, nothing)
# %%
sources.append("east")
# %%
later = await fetch(sources[-1])
later["size"] * seen[-1]
# %% [raw]
# snippets:
# sources = ["a"]
#
# seen.append(9)
#
# await fetch("console")
#
# sizes = {}
