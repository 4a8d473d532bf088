# ruff: noqa
# %%
import json
from dataclasses import dataclass, field

# %%
rows = [
    {"id": 1, "tags": ["x", "y"], "score": 4},
    {"id": 2, "tags": [], "score": 9},
    {"id": 3, "tags": ["y"], "score": 7},
]
# %%
least = 5
good = [row for row in rows if row["score"] > least]
len(good)
# %%
for row in good:
    row["passed"] = True
# %%
rows[1]


# %%
@dataclass
class Item:
    id: int
    score: float
    tags: list = field(default_factory=list)

    @property
    def weight(self):
        return self.score * bonus

    @classmethod
    def of(cls, row):
        return cls(row["id"], row["score"], row["tags"])


# %%
bonus = 2
items = [Item.of(row) for row in rows]
# %%
items[0].weight
# %%
items[0].tags.append("z")
# %%
print(rows[0]["tags"])
# %%
by_id = {item.id: item for item in items}
by_id[3].score = 1
# %%
total = sum(item.weight for item in items)
total
# %%
by_tag = {}
for item in items:
    for tag in item.tags:
        by_tag.setdefault(tag, []).append(item.id)
by_tag
# %%
dropped = rows.pop()
print(dropped["id"], len(rows))
# %%
json.dumps(rows[0], sort_keys=True)
# %% [raw]
# snippets:
# bonus = 10
#
# rows.append({"id": 4, "tags": ["x"], "score": 1})
#
# items.clear()
#
# least = 8
#
# by_id[1].score = 0
