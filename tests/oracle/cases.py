"""Cell templates, one engine case each. `templates.py` says how they are written."""

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

PLAIN = """
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

== del-name | num:x |
scratch = <x> + <n>
print(scratch)
---
del scratch

== del-item | list:xs |
<xs>.append(<n>)
del <xs>[0]
---
print(<xs>)

== except-unbinds | | text:t
try:
    int("<w>")
except ValueError as error:
    <t> = str(error)[:10]
---
print(<t>.upper())

== comprehension | list:xs | list:ys
<ys> = [one + <n> for one in <xs> if one > 0] + [1, 2, 3]
---
print(max(<ys>), len(<ys>))

== walrus | list:xs | num:last
doubled = [(<last> := one) * 2 for one in <xs>]
---
print(<last>, doubled[:2])

== match | | num:x
point_<n> = ("move", <n>, <m>)
---
match point_<n>:
    case ("move", across, <x>):
        print("moved", across)
    case _:
        <x> = across = 0
---
print(across, <x>)

== star-unpack | list:xs | num:head, list:rest
<head>, *<rest> = <xs> + [4, 5, 6, 7]
---
print(<head>, <rest>)

== loop-variable | list:xs | num:total
<total> = 0
for item in <xs>:
    <total> += item
---
print(item, <total>)

== loop-over-items | list:xs | num:total
<total> = 0
---
for item in <xs>:
    <total> += item * <n>
print(<total>)

== loop-mutates-elements | | list:xs
rows = [{"v": <n>}, {"v": <m>}, {"v": <k>}]
---
for row in rows:
    row["v"] += 1
---
<xs> = [row["v"] for row in rows]
print(<xs>)

== while | num:x | num:y
<y> = <x>
while <y> < 40:
    <y> += <n>
---
<y>

== augmented | num:x |
<x> += <n>
---
print(<x>)

== augmented-shown | num:x |
<x> *= <n>
<x>

== rebound-and-read | num:x |
<x> = <x> + <n>
print(<x>)

== rebound-only | num:x |
<x> = abs(<x>)
print(<x>)

== swap | num:x, num:y |
<x>, <y> = <y>, <x>
print(<x>, <y>)

== class | num:x | num:y
class Account:
    rate = <n>

    def __init__(self, amount):
        self.amount = amount + <x>

    def grow(self):
        self.amount += self.rate
        return self.amount
---
account = Account(<m>)
---
account.grow()
---
<y> = account.amount
print(<y>)

== class-attribute | | num:y
class Settings:
    depth = <n>
---
Settings.depth = <m>
---
<y> = Settings.depth
print(<y>, Settings().depth)

== class-inherits | num:x | num:y
class Base:
    def value(self):
        return <x>
---
class Child(Base):
    def value(self):
        return super().value() + <n>
---
<y> = Child().value()
print(<y>)

== dataclass | num:x | num:y
from dataclasses import dataclass

@dataclass
class Point:
    across: int
    down: int = <n>

    def size(self):
        return self.across + self.down
---
<y> = Point(<x>).size()
<y>

== conditional-definition | num:x | num:y
if <x> > <n>:
    <y> = <x>
else:
    <y> = <m>
---
print("chosen", <y>)

== conditional-function | num:x | func:f
if <x> % 2:
    def <f>(value):
        return value + <n>
else:
    def <f>(value):
        return value - <n>
---
<f>(<m>)

== name-error-idiom | | num:x
try:
    settled_<n>
except NameError:
    settled_<n> = <m>
---
<x> = settled_<n> + <n>
print(<x>)

== globals-guard | num:x |
if "guarded_<n>" not in globals():
    guarded_<n> = <x>
---
print(guarded_<n>)

== string-annotation | num:x | num:y
def scaled(value: "Ratio", by: "float" = <n>) -> "Ratio":
    return value * by
---
<y>: "Ratio" = scaled(<x>)
print(<y>)

== import-dotted | list:xs | num:y
import os.path
import collections
---
<y> = collections.Counter(<xs>).most_common(1)[0][1]
print(os.path.join("a", "b"), <y>)

== import-from | num:x | num:y
from math import floor as down, sqrt
---
<y> = down(sqrt(<x> + <n>))
print(<y>)

== seeded | list:xs | num:y
import random
random.seed(<n>)
---
<y> = random.randint(1, 1000)
print(<y>)
---
random.sample(<xs>, 2)

== generator-object | | num:y
import random
rng_<n> = random.Random(<m>)
---
<y> = rng_<n>.randint(1, 1000)
---
print(<y>, rng_<n>.randint(1, 1000))

== environment | num:x |
import os
os.environ["ORACLE_MODE"] = str(<x>)
---
print("mode", os.environ["ORACLE_MODE"])

== file | list:xs | num:y
with open("numbers.txt", "w") as out:
    out.write("\\n".join(str(one) for one in <xs>))
---
<y> = sum(int(line) for line in open("numbers.txt"))
print(<y>)

== file-pathlib | dict:d | num:y
import json
from pathlib import Path
Path("settings.json").write_text(json.dumps(<d>, default=str))
---
<y> = len(json.loads(Path("settings.json").read_text()))
<y>

== file-appended | num:x |
with open("log.txt", "a") as log:
    log.write(f"{<x>}\\n")
---
print(open("log.txt").read().count("\\n"))

== underscore | num:x | num:y
<x> * <n>
---
<y> = _ + <m>
print(<y>)

== underscore-function | num:x |
def shout(value):
    return f"<{value}>"
---
shout(<x>)
---
print(_)

== time-magic | num:x | num:y
%time <y> = <x> + <n>
---
print(<y>)

== capture-magic | num:x | text:t
%%capture captured_<n>
print("quiet", <x>)
---
<t> = captured_<n>.stdout.strip() + " b c d"
print(<t>)

== shell-out | num:x | text:t
lines_<n> = !echo {<x>} and $<x>
---
<t> = lines_<n>[0] + " x y z"
<t>

== await | | num:x
import asyncio

async def fetch(value):
    await asyncio.sleep(0)
    return value + <n>
---
<x> = await fetch(<m>)
print(<x>)

== text-join | list:xs, text:t | text:u
<u> = <t> + " " + "-".join(str(one) for one in <xs>)
---
print(<u>.title())

== f-string | num:x, text:t |
f"{<t>[:5]}: {<x>:>6}"

== call-function | func:f, num:x | num:y
<y> = <f>(<x>)
---
print("result", <y>)

== map-function | func:f, list:xs | list:ys
<ys> = [<f>(one) for one in <xs>]
---
print(<ys>[:3])

== redefine-function | func:f |
def <f>(value):
    return value * <n>
---
print(<f>(<m>))

== wrap-function | func:f | func:g
def <g>(value):
    return <f>(value) + <n>
---
<g>(<m>)

== sorted-copy | list:xs | list:ys
<ys> = sorted(<xs>, reverse=True)
---
print(<ys>[0], <xs>[0])

== set-and-sum | list:xs | num:y
unique = set(<xs>)
unique.add(<n>)
<y> = sum(unique)
---
print(sorted(unique), <y>)

== defaultdict | list:xs | dict:d
from collections import defaultdict
groups = defaultdict(list)
for one in <xs>:
    groups[one % 2].append(one)
---
<d> = {"a": len(groups[0]), "b": len(groups[1]), "total": len(<xs>)}
print(<d>)

== no-op-rerun | list:xs | num:y
<y> = len(<xs>)
<y>

== display-call | num:x |
display(<x> + <n>)

== multi-output | num:x, list:xs |
print("n", len(<xs>))
print("x", <x>)
<x> * 2

== quiet | num:x | num:y
<y> = <x> - <n>
<y>;
---
assert <y> == <x> - <n>
print("checked")
"""
