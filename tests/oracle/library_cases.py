"""Cell templates: objects of libraries and of the project's own modules, which calls change."""

TOOLBOX = """
rounds = []


def feed(rows, more=1):
    rows.append(more)


def largest(rows):
    return max(rows)


def noted(value):
    rounds.append(value)
    return len(rounds)


def through(rows):
    feed(rows, 4)
    return rows


class Ledger:
    def __init__(self, start):
        self.entries = [start]

    def book(self, amount):
        self._keep(amount)

    def _keep(self, amount):
        self.entries.append(amount)

    def balance(self):
        return sum(self.entries)
"""
"""`toolbox.py` beside each page that was composed."""

LIBRARY = """
== database | num:x | num:y
import sqlite3
base_<n> = sqlite3.connect(":memory:")
base_<n>.execute("create table t (n)");
---
base_<n>.execute("insert into t values (?)", (<x>,));
---
<y> = base_<n>.execute("select sum(n) from t").fetchone()[0] or 0
print(<y>)
---
base_<n>.execute("select count(*) from t").fetchone()

== database-cursor | num:x |
import sqlite3
store_<n> = sqlite3.connect(":memory:")
cur_<n> = store_<n>.cursor()
cur_<n>.execute("create table t (n)");
---
cur_<n>.execute(f"INSERT INTO t VALUES ({<x>})");
---
cur_<n>.execute("SELECT n FROM t");
---
print(cur_<n>.fetchall())

== parser | num:x |
import argparse
options_<n> = argparse.ArgumentParser(prog="p", exit_on_error=False)
---
options_<n>.add_argument("--<w>", type=int, default=<x>)
None
---
options_<n>.set_defaults(extra=<m>)
---
print(options_<n>.parse_args([]))

== document | num:x | num:y
import xml.etree.ElementTree as ET
tree_<n> = ET.Element("rows")
---
ET.SubElement(tree_<n>, "row", n=str(<x>));
---
<y> = len(tree_<n>)
print(ET.tostring(tree_<n>).decode())

== print-file | num:x | text:t
import io
report_<n> = io.StringIO()
---
print("line", <x>, file=report_<n>)
---
<t> = report_<n>.getvalue() + "a b c"
print(<t>)

== configuration | num:x |
import configparser
conf_<n> = configparser.ConfigParser()
conf_<n>.add_section("main")
---
conf_<n>.set("main", "size", str(<x>))
---
print(dict(conf_<n>["main"]))

== bound-method | list:xs |
put_<n> = <xs>.append
---
put_<n>(<m>)
---
print(sum(<xs>))

== star-import | num:x | num:y
from math import *
---
<y> = floor(sqrt(abs(<x>))) + <n>
print(<y>)

== path-in-a-name | list:xs | num:y
from pathlib import Path
target_<n> = Path("numbers_<n>.txt")
---
target_<n>.write_text(" ".join(map(str, <xs>)))
---
<y> = len(target_<n>.read_text().split())
print(<y>)

== path-joined | num:x |
import os
name_<n> = os.path.join(".", "one_<n>.txt")
---
with open(name_<n>, "w") as out:
    out.write(str(<x>))
---
print(open(name_<n>).read())

== callable-object | num:x | num:y
class Counter_<n>:
    def __init__(self, start):
        self.at = start
    def __call__(self, by):
        self.at += by
        return self.at
count_<n> = Counter_<n>(<x>)
---
count_<n>(<m>);
---
<y> = count_<n>.at
print(<y>)

== context-object | num:x |
class Depth_<n>:
    level = 0
    def __enter__(self):
        self.level += 1
        return self
    def __exit__(self, *problem):
        return False
depth_<n> = Depth_<n>()
---
with depth_<n>:
    print("in", <x>)
---
print(depth_<n>.level)

== project-function | list:xs | num:y
from toolbox import feed, largest
---
feed(<xs>, <m>)
---
<y> = largest(<xs>)
print(<y>)

== project-module | list:xs | list:ys
import toolbox
---
<ys> = toolbox.through(<xs>)
---
print(len(<xs>), len(<ys>))

== project-state | num:x |
import toolbox
---
toolbox.noted(<x>);
---
print(toolbox.rounds)

== project-class | num:x | num:y
from toolbox import Ledger
ledger_<n> = Ledger(<x>)
---
ledger_<n>.book(<m>)
---
<y> = ledger_<n>.balance()
print(<y>)
"""
