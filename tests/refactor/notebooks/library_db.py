# %% [markdown]
# # A small library in SQLite

# %%
import sqlite3
import random
import datetime as dt
from contextlib import closing
import pandas as pd

random.seed(11)

# %%
conn = sqlite3.connect(":memory:")
conn.row_factory = sqlite3.Row
cur = conn.cursor()

# %%
cur.executescript(
    """
    CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT, author TEXT, year INTEGER);
    CREATE TABLE members (id INTEGER PRIMARY KEY, name TEXT, joined TEXT);
    CREATE TABLE loans (book_id INTEGER, member_id INTEGER, taken TEXT, returned TEXT);
    """
)

# %% [markdown]
# ## Fill it

# %%
books = [
    ("The Tin Harbour", "A. Moreau", 1951),
    ("Counting Gulls", "A. Moreau", 1958),
    ("Glass and Rain", "T. Okafor", 1987),
    ("Small Engines", "L. Brandt", 2003),
    ("A Year of Salt", "T. Okafor", 1994),
    ("The Long Index", "P. Lindqvist", 2015),
]
cur.executemany("INSERT INTO books (title, author, year) VALUES (?, ?, ?)", books)
names = ["Ines", "Tom", "Yuki", "Ravi", "Mara"]
for i, name in enumerate(names):
    joined = dt.date(2021, 1, 1) + dt.timedelta(days=40 * i)
    cur.execute("INSERT INTO members (name, joined) VALUES (?, ?)", (name, joined.isoformat()))
conn.commit()

# %%
def random_loan(start):
    taken = start + dt.timedelta(days=random.randint(0, 300))
    back = taken + dt.timedelta(days=random.randint(1, 60)) if random.random() < 0.8 else None
    return (
        random.randint(1, len(books)),
        random.randint(1, len(names)),
        taken.isoformat(),
        back.isoformat() if back else None,
    )


loans = [random_loan(dt.date(2022, 1, 1)) for _ in range(60)]
cur.executemany("INSERT INTO loans VALUES (?, ?, ?, ?)", loans)
conn.commit()
cur.execute("SELECT COUNT(*) FROM loans").fetchone()[0]

# %% [markdown]
# ## Questions

# %%
rows = conn.execute("SELECT author, COUNT(*) AS n FROM books GROUP BY author ORDER BY n DESC, author").fetchall()
for row in rows:
    print(row["author"], row["n"])

# %%
query = """
SELECT b.title, COUNT(*) AS loans, SUM(l.returned IS NULL) AS still_out
FROM loans l JOIN books b ON b.id = l.book_id
GROUP BY b.title
ORDER BY loans DESC
"""
popular = pd.read_sql_query(query, conn)
popular

# %%
top = popular.iloc[0]
print(f"Most read: {top.title} ({top.loans} loans)")


# %%
def member_history(name):
    sql = """SELECT b.title, l.taken, l.returned FROM loans l
             JOIN members m ON m.id = l.member_id JOIN books b ON b.id = l.book_id
             WHERE m.name = ? ORDER BY l.taken"""
    return pd.read_sql_query(sql, conn, params=(name,), parse_dates=["taken", "returned"])


hist = member_history("Yuki")
hist["days"] = (hist["returned"] - hist["taken"]).dt.days
hist.head()

# %%
late = {}
for name in names:
    h = member_history(name)
    days = (h["returned"] - h["taken"]).dt.days
    late[name] = int((days > 30).sum())
late

# %%
FINE = 0.2
fines = {name: round(n * 30 * FINE, 2) for name, n in late.items()}
total = sum(fines.values())
print(f"total fines: {total:.2f}")
for name, amount in sorted(fines.items(), key=lambda kv: -kv[1]):
    print(f"  {name:6s} {amount:6.2f}")

# %%
df = pd.read_sql_query("SELECT * FROM loans", conn)
df["month"] = df["taken"].str[:7]
df.groupby("month").size()

# %%
try:
    conn.execute("INSERT INTO books (id, title) VALUES (1, 'again')")
except sqlite3.IntegrityError as e:
    print("refused:", e)

# %%
conn.execute("UPDATE loans SET returned = '2023-01-01' WHERE returned IS NULL")
conn.commit()
left = conn.execute("SELECT COUNT(*) FROM loans WHERE returned IS NULL").fetchone()[0]
left

# %%
conn.close()
