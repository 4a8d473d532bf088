"""Cell templates: what stands beside the names (chance, the environment, files, magics), and
plain cells that use what others made."""

BESIDE = """
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
"""

USES = """
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
