# ruff: noqa
# %% [raw]
# file: service.log
# 10:00:01 INFO web start port=80
# 10:00:03 WARN db slow ms=340
# 10:00:04 ERROR db lost retry=1
# 10:00:09 INFO web hit path=/home ms=12
# 10:00:11 INFO web hit path=/login ms=55
# 10:00:12 ERROR auth denied user=eve
# %%
import csv
import re
from collections import defaultdict as dd
from io import StringIO

# %%
PATTERN = re.compile(r"(?P<time>[\d:]+) (?P<level>\w+) (?P<part>\w+) (?P<what>\w+)(?P<rest>.*)")
PAIR = re.compile(r"(\w+)=(\S+)")


# %%
def lines(path):
    with open(path) as handle:
        yield from handle


def parsed(source):
    for line in source:
        if found := PATTERN.match(line):
            yield {**found.groupdict(), **dict(PAIR.findall(found["rest"]))}


# %%
stream = parsed(lines("service.log"))
head = next(stream)
head["what"], head["port"]
# %%
events = [head, *stream]
len(events)
# %%
per_part = dd(list)
for event in events:
    per_part[event["part"]].append(event["level"])
print(dict(per_part))
# %%
quiet = [part for part in ("web", "mail") if not per_part[part]]
quiet
# %%
sorted(per_part)
# %%
times = dd(lambda: dd(int))
for event in events:
    if "ms" in event:
        times[event["part"]][event["what"]] += int(event["ms"])
times["web"]["hit"]
# %%
alarms = []
for event in events:
    match event:
        case {"level": "ERROR", "user": user}:
            alarms.append(f"user {user}")
        case {"level": "ERROR", "part": part, "retry": count}:
            alarms.append(f"{part} tried {count}x")
        case {"level": "WARN"}:
            alarms.append(event["what"])
alarms
# %%
last_error = None
for event in reversed(events):
    if event["level"] == "ERROR":
        last_error = event
        break
last_error["time"]
# %%
last_error["level"] = "FIXED"
# %%
out = StringIO()
writer = csv.DictWriter(out, ["time", "level", "part"], extrasaction="ignore")
writer.writeheader()
writer.writerows(events)
print(out.getvalue().splitlines()[-1])
# %%
out.seek(0)
columns = list(zip(*csv.reader(out)))
columns[1]
# %%
masked = re.sub(r"\d", "#", columns[0][1])
hour, *_rest = columns[0][1].split(":")
f"{masked} at {int(hour):02d}h"
# %%
longest = max(events, key=len)
{key: value for key, value in longest.items() if key != "rest"}
# %% [raw]
# snippets:
# events.pop()
#
# per_part["mail"].append("INFO")
#
# events[0]["level"] = "ERROR"
#
# stream = parsed(lines("service.log"))
#
# PAIR = re.compile(r"(ms)=(\d+)")
#
# alarms.clear()
#
# out.read()
