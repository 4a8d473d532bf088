# ruff: noqa
# %%
folder = "out"
# !mkdir -p {folder}
# %%
# %time numbers = [n * n for n in range(5)]
# %%
numbers[-1]
# %%
# %%capture quiet
print("hidden", numbers)
shown = sum(numbers)
# %%
print(quiet.stdout.split()[0], shown)
# %%
word = "hello"
# answer = !echo {word} $word
# %%
answer
# %%
# %%bash
# echo from bash > out/note.txt
# %%
note = open("out/note.txt").read().strip()
note
# %%
# listing = !ls out
# %%
print(list(listing))
# %%
from os import path

path.exists("out/note.txt")
# %%
# %%time
total = sum(numbers) + len(answer)
# %%
total
# %%
# %pwd
where = len(numbers)
# %%
print(where + total)
# %% [raw]
# snippets:
# word = "bye"
#
# numbers.append(100)
#
# folder = "out2"
#
# %time numbers = [1, 2]
#
# total = 0
