# ruff: noqa
# %%
price = 40
# %%
price * 3
# %%
double = _ * 2
print(double)
# %%
[n for n in range(price // 10)]
# %%
largest = max(_)
largest
# %%
Out[2] + 1
# %%
text = "a,b,c"
# %%
text.split(",")
# %%
parts = _
parts.append("d")
# %%
parts
# %%
len(_) + price
# %%
quiet = price
quiet
# %%
print(quiet)
# %% [raw]
# snippets:
# price
#
# price = 50
#
# text = "x,y"
#
# parts.append("e")
