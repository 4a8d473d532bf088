# ruff: noqa
# %%
def parse(text):
    name, _, number = text.partition("=")
    return name.strip(), int(number)


# %%
raw = ["a = 1", "b = 20", "c = 7"]
# %%
parsed = dict(parse(one) for one in raw)
parsed
# %%
names = sorted(parsed, key=parsed.get)
names
# %%
errors = []
for one in ["d = 4", "e = ?"]:
    try:
        key, value = parse(one)
        parsed[key] = value
    except ValueError as problem:
        errors.append(type(problem).__name__)
# %%
errors, len(parsed)
# %%
assert len(parsed) > 3, "too few"
low, high = min(parsed.values()), max(parsed.values())
# %%
span = high - low
print("span", span)
# %%
scaled = {name: (value - low) / span for name, value in parsed.items()}
scaled["a"]
# %%
del low, high
# %%
table = "\n".join(f"{name:>3} {value:.2f}" for name, value in scaled.items())
print(table)
# %%
parsed.clear()
# %%
parsed.update(scaled)
list(parsed)[:2]
# %% [raw]
# snippets:
# raw.append("z = 100")
#
# parsed["a"] = 50
#
# errors.append("mine")
#
# span = 1
