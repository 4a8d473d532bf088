"""Cell templates over tables, arrays, models and pictures."""

TABULAR = """
== column-set | frame:df |
<df>["margin"] = <df>["sales"] - <df>["cost"]
---
print(<df>["margin"].sum())

== column-again | frame:df |
<df>["sales"] = <df>["sales"] * <n>
---
<df>.head(2)

== filter | frame:df | frame:part
<part> = <df>[<df>["sales"] > <n>]
---
print(len(<part>), <part>["cost"].sum())

== filter-self | frame:df |
<df> = <df>[<df>["sales"] >= <n>]
---
print(len(<df>))

== copy | frame:df | frame:part
<part> = <df>.copy()
<part>["sales"] = <n>
---
print(<df>["sales"].sum(), <part>["sales"].sum())

== same-frame | frame:df | frame:part
<part> = <df>
<part>["flag"] = <part>["sales"] > <n>
---
list(<df>.columns)

== group | frame:df | num:y
by_city = <df>.groupby("city")["sales"].sum()
by_city
---
<y> = float(by_city.max())
print(<y>)

== inplace | frame:df |
<df>.sort_values("cost", inplace=True)
---
print(<df>["cost"].tolist())

== inplace-drop | frame:df |
<df>["spare_<n>"] = 1
---
<df>.drop(columns="spare_<n>", inplace=True)
---
print(<df>.shape[1])

== drop-column | frame:df |
<df>["spare_<n>"] = 2
<df> = <df>.drop(columns=["spare_<n>"])
---
print(sorted(<df>.columns))

== rename-column | frame:df | frame:part
<part> = <df>.rename(columns={"cost": "price"}).rename(columns={"price": "cost"})
---
<part>.columns.tolist()

== fillna | frame:df |
<df> = <df>.fillna(0)
---
print(int(<df>["sales"].isna().sum()))

== loc | frame:df |
<df>.loc[<df>["city"] == "A", "cost"] = <n>.5
---
print(<df>["cost"].tolist())

== apply-function | frame:df, func:f | num:y
<y> = float(<df>["sales"].apply(<f>).sum())
print(round(<y>, 2))

== frame-function | frame:df | frame:part
def clean(table, least=<n>):
    table = table[table["sales"] >= least].copy()
    table["cost"] = table["cost"].round(1)
    return table
---
<part> = clean(<df>)
---
<part>

== frame-mutating-function | frame:df |
def add_total(table):
    table["total"] = table["sales"] + table["cost"]
---
add_total(<df>)
---
print(<df>["total"].tolist())

== csv | frame:df | frame:back
<df>.to_csv("table.csv", index=False)
---
<back> = pd.read_csv("table.csv")
---
print(<back>.shape)

== concat | frame:df, frame:other | frame:both
<both> = pd.concat([<df>, <other>], ignore_index=True)
---
len(<both>)

== merge | frame:df | frame:joined
regions = pd.DataFrame({"city": ["A", "B", "C"], "region": ["x", "y", "x"]})
---
<joined> = <df>.merge(regions, on="city")
---
<joined>.groupby("region")["sales"].sum()

== eval-query | frame:df, num:x |
print(len(<df>.query("sales > @<x>")))

== series-alias | frame:df |
sales_col = <df>["sales"]
---
print(sales_col.mean())

== options | frame:df |
pd.set_option("display.precision", <d>)
---
<df>["cost"].describe()

== array-view | array:arr | array:view
<view> = <arr>[:4]
---
<view>[0] = <n>
---
print(<arr>)

== array-inplace | array:arr |
<arr> += <n>
---
print(<arr>.sum())

== array-slice-set | array:arr |
<arr>[1:3] = <n>
---
<arr>[:5]

== array-copy | array:arr | array:other
<other> = <arr>.copy()
<other>[0] = -<n>
---
print(<arr>[0], <other>[0])

== array-reshape | array:arr | num:y
square_<n> = <arr>[:4].reshape(2, 2)
square_<n>[0, 0] += <n>
---
<y> = float(<arr>[0])
print(<y>)

== array-new | array:arr | array:scaled
<scaled> = (<arr> - <arr>.mean()) / (<arr>.std() + <n>)
---
print(<scaled>.round(3))

== array-fill | array:arr |
<arr>.fill(<n>)
---
print(<arr>[0])

== numpy-seed | | num:y
np.random.seed(<n>)
---
<y> = int(np.random.randint(0, 1000))
print(<y>)
---
np.random.rand(2).round(3)

== numpy-generator | | array:arr
rng_np = np.random.default_rng(<n>)
---
<arr> = rng_np.normal(size=8).round(3)
---
print(<arr>[:3], rng_np.integers(0, 100))

== numpy-shuffle | array:arr |
np.random.default_rng(<n>).shuffle(<arr>)
---
print(<arr>[:3])

== model | frame:df | num:y
from sklearn.linear_model import LinearRegression
model = LinearRegression()
---
model.fit(<df>[["sales"]], <df>["cost"])
---
<y> = round(float(model.predict(<df>[["sales"]])[0]), 3)
print(<y>)

== scaler | array:arr | array:scaled
from sklearn.preprocessing import StandardScaler
scaler = StandardScaler()
---
<scaled> = scaler.fit_transform(<arr>.reshape(-1, 1)).ravel()
---
print(<scaled>.round(2), scaler.mean_.round(2))

== plot | array:arr |
import matplotlib.pyplot as plt
fig, ax = plt.subplots(figsize=(2, 1.5))
ax.plot(<arr>);
---
ax.set_title("n <n>")
print(len(ax.lines))

== plot-state | list:xs |
import matplotlib.pyplot as plt
plt.figure(figsize=(2, 1.5))
plt.plot(<xs>[:3])
plt.title("n <n>")
plt.show()
"""
