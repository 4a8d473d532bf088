"""Cell templates: objects that are changed and shared, and functions. One engine case each;
`templates.py` says how they are written."""

SOURCES = """
== source-list | | list:xs
<xs> = [<n>, <m>, <k>, 7, 2]

== source-dict | | dict:d
<d> = {"a": <n>, "b": <m>, "total": <k>}

== source-number | | num:x
<x> = <n>

== source-text | | text:t
<t> = "north south <w> east"

== source-frame | | frame:df
import pandas as pd
<df> = pd.DataFrame({"city": ["A", "B", "A", "C"], "sales": [<n>, <m>, 30, 4], "cost": [1.5, 2.0, <k>, 3.5]})

== source-array | | array:arr
import numpy as np
<arr> = np.arange(<n>, <n> + 8, dtype=float)
"""

OBJECTS = """
== source-function | num:x | func:f
def <f>(value):
    return value + <x>

== method-mutation | list:xs |
<xs>.append(<n>)
---
print(<xs>)

== method-sort | list:xs |
<xs>.sort()
<xs>[:3]

== alias-mutation | list:xs | list:ys
<ys> = <xs>
---
<ys>.append(<n>)
---
print(len(<xs>), sum(<xs>))

== copy-not-alias | list:xs | list:ys
<ys> = list(<xs>)
<ys>.append(<n>)
---
print(sum(<xs>), sum(<ys>))

== nested-list | list:xs | list:outer
box = {"inner": <xs>}
---
box["inner"].append(<n>)
---
print(<xs>[-1], len(box["inner"]))
<outer> = box["inner"]

== dict-pop | dict:d |
<d>["spare"] = <n>
---
spare = <d>.pop("spare")
print(spare, sorted(<d>))

== dict-set | dict:d |
<d>["a"] = <d>["a"] + <n>
---
print(<d>["a"])

== dict-update | dict:d, num:x |
<d>.update(extra=<x>)
---
for key, value in sorted(<d>.items()):
    print(key, value)

== setdefault | dict:d |
<d>.setdefault("seen", []).append(<n>)
---
len(<d>["seen"])

== iterator | list:xs | num:first
stream = iter(<xs>)
---
<first> = next(stream)
print(<first>)
---
print(list(stream))

== generator | list:xs | num:best
squares = (one * one for one in <xs>)
---
<best> = max(squares)
<best>

== zip-consumed | list:xs | list:pairs
both = zip(<xs>, "abcde")
---
matched = list(both)
<pairs> = [number for number, _ in matched] + [1, 2, 3]
print(matched)

== argument-mutated | list:xs |
def grow(items, by=<n>):
    items.append(by)
    return len(items)
---
size = grow(<xs>)
print(size)
---
print(<xs>)

== argument-plus-equals | list:xs |
def extend(items):
    items += [<n>]
---
extend(<xs>)
---
<xs>[-2:]

== argument-dict | dict:d |
def register(table, name, value):
    table[name] = value
---
register(<d>, "late", <n>)
---
print(len(<d>), <d>["late"])
"""

FUNCTIONS = """
== function-global-before | num:x | func:f
def <f>(value):
    return value * <n> + <x>
---
print(<f>(<m>))

== function-global-later | | func:f
def <f>(value):
    return value + offset_<n>
---
offset_<n> = <m>
---
<f>(<k>)

== function-chain | num:x | func:f
def inner_step(value):
    return value + <x>
---
def <f>(value):
    return inner_step(value) * <n>
---
print(<f>(<m>))

== function-default | num:x | func:f
def <f>(value, scale=<x>):
    return value * scale
---
<f>(<n>)

== lambda-late | num:x | func:f
<f> = lambda value: value - <x>
---
print(<f>(<n>), <f>(<m>))

== closure | num:x | func:f
def make_adder(amount):
    def add(value):
        return value + amount + <x>
    return add
---
<f> = make_adder(<n>)
---
<f>(<m>)

== closure-state | | num:x
def counter():
    seen = 0
    def step():
        nonlocal seen
        seen += 1
        return seen
    return step
---
tick = counter()
---
<x> = tick()
print(<x>)

== decorator | num:x | func:f
import functools

def logged(function):
    @functools.wraps(function)
    def wrapper(*args):
        print("call", function.__name__, <n>)
        return function(*args)
    return wrapper
---
@logged
def <f>(value):
    return value + <x>
---
<f>(<m>)

== cached-function | num:x | func:f
from functools import lru_cache

@lru_cache
def <f>(value):
    return value + <x>
---
print(<f>(<n>))

== global-statement | num:x |
def bump(by=<n>):
    global <x>
    <x> += by
---
bump()
---
print(<x>)

== global-made | | num:x
def configure():
    global <x>
    <x> = <n>
---
configure()
---
<x> + <m>
"""
