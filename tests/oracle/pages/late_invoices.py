# ruff: noqa
# %% [markdown]
# # Who pays late?
# %%
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime as dt, timedelta
from enum import Enum
from itertools import groupby

# %%
TODAY = dt(2024, 3, 15)
GRACE = timedelta(days=14)


# %%
class Status(Enum):
    OPEN = "open"
    LATE = "late"
    PAID = "paid"


# %%
@dataclass
class Invoice:
    number: int
    client: str
    amount: float
    sent: dt
    status: Status = Status.OPEN
    notes: list = field(default_factory=list)

    @property
    def due(self):
        return self.sent + GRACE

    @property
    def is_late(self):
        return self.status is not Status.PAID and TODAY > self.due


# %%
first = Invoice(1, "Nord AS", 1200.0, dt(2024, 2, 1))
invoices = [
    first,
    replace(first, number=2, amount=350.5, sent=dt(2024, 3, 10)),
    replace(first, number=3, client="Sol", amount=80, status=Status.PAID),
    Invoice(4, "Sol", 999.9, dt.strptime("2024-01-20", "%Y-%m-%d")),
]
# %%
first.notes.append("called on Monday")
[len(one.notes) for one in invoices]
# %%
for one in invoices:
    if one.is_late:
        one.status = Status.LATE
[one.status.value for one in invoices]


# %%
def client(one):
    return one.client


# %%
invoices.sort(key=client)
by_client = {name: list(group) for name, group in groupby(invoices, key=client)}
{name: len(group) for name, group in by_client.items()}
# %%
owed = {
    name: sum(one.amount for one in group if one.status is not Status.PAID)
    for name, group in by_client.items()
}
# %%
for name, value in owed.items():
    print(f"{name:>10}: {value:>10,.2f}")
# %%
worst = max(invoices, key=lambda one: (one.is_late, one.amount))
worst.number, f"{worst.due:%d %b}"
# %%
worst.status = Status.PAID
# %%
sorted({one.status.name for one in invoices})
# %%
asdict(invoices[-1])["amount"]
# %%
letter = "Dear {client}, invoice {number} of {amount:.0f} kr is due {due:%Y-%m-%d}."
for one in invoices:
    match one.status:
        case Status.LATE:
            print(letter.format(due=one.due, **asdict(one)))
        case Status.PAID:
            print("paid:", one.number)
        case _:
            pass
# %% [raw]
# snippets:
# GRACE = timedelta(days=60)
#
# TODAY = dt(2024, 6, 1)
#
# first.amount = 5000
#
# invoices.append(replace(first, number=9, client="Vik"))
#
# def client(one):
#     return one.client[0]
#
# worst.notes.append("paid in cash")
#
# [one for one in invoices if one.is_late]
