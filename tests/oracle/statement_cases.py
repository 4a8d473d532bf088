"""Cell templates: names, control flow, classes and imports."""

STATEMENTS = """
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
"""
