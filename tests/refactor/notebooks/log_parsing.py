# %% [markdown]
# # Web server log

# %%
import re
from collections import Counter, defaultdict, namedtuple
from datetime import datetime, timedelta

# %%
LOG = "../data/access.log"
with open(LOG) as f:
    lines = f.readlines()
print(len(lines), "lines")
print(lines[0])

# %%
!head -2 ../data/access.log

# %%
pattern = re.compile(r'(?P<ip>\S+) - - \[(?P<time>[^\]]+)\] "(?P<method>\S+) (?P<path>\S+) [^"]*" (?P<status>\d+) (?P<size>\d+)')
m = pattern.match(lines[0])
m.groupdict()

# %%
Hit = namedtuple("Hit", "ip time method path status size")


def parse(line):
    m = pattern.match(line)
    if not m:
        return None
    d = m.groupdict()
    return Hit(
        d["ip"],
        datetime.strptime(d["time"], "%d/%b/%Y:%H:%M:%S %z"),
        d["method"],
        d["path"],
        int(d["status"]),
        int(d["size"]),
    )


# %%
hits = []
bad = []
for line in lines:
    hit = parse(line)
    if hit is None:
        bad.append(line.strip())
    else:
        hits.append(hit)
print(f"{len(hits)} parsed, {len(bad)} bad")
bad[:3]

# %% [markdown]
# ## Status codes

# %%
status = Counter(h.status for h in hits)
for code, n in status.most_common():
    print(code, "#" * (n // 2), n)

# %%
errors = [h for h in hits if h.status >= 400]
error_rate = len(errors) / len(hits)
f"{error_rate:.1%}"

# %%
by_path = defaultdict(list)
for h in hits:
    by_path[h.path].append(h)

table = sorted(((len(v), k, sum(h.size for h in v)) for k, v in by_path.items()), reverse=True)
for n, path, size in table:
    print(f"{n:5d} {path:20s} {size/1024:8.1f} kB")

# %% [markdown]
# ## Traffic by hour

# %%
per_hour = Counter()
for h in hits:
    per_hour[h.time.hour] += 1
busiest, n = per_hour.most_common(1)[0]
print("busiest hour:", busiest, "with", n)
sorted(per_hour.items())

# %%
# sessions: same ip, less than 30 minutes apart
GAP = timedelta(minutes=30)
sessions = defaultdict(list)
last_seen = {}
for h in hits:
    if h.ip not in last_seen or h.time - last_seen[h.ip] > GAP:
        sessions[h.ip].append([])
    sessions[h.ip][-1].append(h.path)
    last_seen[h.ip] = h.time

lengths = [len(s) for ss in sessions.values() for s in ss]
print("sessions:", len(lengths), "mean length:", round(sum(lengths) / len(lengths), 2))

# %%
pairs = Counter()
for ip, ss in sessions.items():
    for s in ss:
        pairs.update(zip(s, s[1:]))
pairs.most_common(5)

# %%
normalise = lambda p: re.sub(r"/\d+", "/{id}", p)
Counter(map(normalise, by_path)).most_common(3)

# %%
report = "\n".join(
    [
        "Report",
        "======",
        f"period: {hits[0].time:%Y-%m-%d %H:%M} to {hits[-1].time:%Y-%m-%d %H:%M}",
        f"hits: {len(hits)}",
        f"errors: {error_rate:.1%}",
    ]
)
print(report)
