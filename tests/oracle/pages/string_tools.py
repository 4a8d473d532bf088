# ruff: noqa
# %%
import string
import textwrap

# %%
template = "Dear {name},\nyou owe {amount:.2f}."
people = {"Ada": 10, "Bob": 22.5}
# %%
letters = {name: template.format(name=name, amount=amount) for name, amount in people.items()}
print(letters["Ada"])


# %%
def initials(text: "str", sep: "str | None" = None) -> "str":
    return "".join(part[0] for part in text.split(sep))


# %%
initials("Ada Bell Cole")
# %%
width: int = 12
wrapped = textwrap.wrap(letters["Bob"], width=width)
wrapped
# %%
alphabet = string.ascii_lowercase
shift = 3
table = str.maketrans(alphabet, alphabet[shift:] + alphabet[:shift])
# %%
secret = "hello".translate(table)
secret


# %%
def decode(text):
    back = str.maketrans(alphabet[shift:] + alphabet[:shift], alphabet)
    return text.translate(back)


# %%
decode(secret)
# %%
joined = ", ".join(sorted(people))
joined += "."
joined
# %%
joined = joined.replace("Ada", "Eve")
# %%
print(joined, len(wrapped))
# %%
people["Cy"] = sum(people.values())
# %%
f"{people['Cy']:>{width}}"
# %% [raw]
# snippets:
# shift = 5
#
# people["Ada"] = 0
#
# width = 20
#
# template = "Hi {name}: {amount}"
#
# joined += "!"
