# %% [markdown]
# # Three weather stations

# %%
import json
from datetime import datetime
import pandas as pd
import numpy as np
import matplotlib.pyplot as plt
import matplotlib.dates as mdates

# %config InlineBackend.figure_format = 'png'

# %%
with open("../data/stations.json") as fh:
    meta = json.load(fh)
stations = pd.json_normalize(meta["stations"])
updated = datetime.strptime(meta["updated"], "%Y-%m-%d")
stations

# %%
raw = pd.read_csv("../data/weather.csv")
raw.dtypes

# %%
w = raw.copy()
w["date"] = pd.to_datetime(w["date"])
w["tmin"] = pd.to_numeric(w["tmin"], errors="coerce")
print(w.tmin.isna().sum(), "missing")
w["tmin"] = w.groupby("station")["tmin"].transform(lambda s: s.interpolate())
w["tmean"] = w[["tmin", "tmax"]].mean(axis=1)

# %%
w = w.merge(stations[["id", "name", "elevation"]], left_on="station", right_on="id", how="left").drop(columns="id")
w.tail(3)

# %% [markdown]
# ## Seasons

# %%
season_of = {12: "winter", 1: "winter", 2: "winter", 3: "spring", 4: "spring", 5: "spring",
             6: "summer", 7: "summer", 8: "summer", 9: "autumn", 10: "autumn", 11: "autumn"}
w["season"] = w["date"].dt.month.map(season_of)
by_season = w.pivot_table(index="name", columns="season", values="tmean")[["winter", "spring", "summer", "autumn"]]
by_season.round(1)

# %%
colors = {"Harbour": "tab:blue", "Old Mill": "tab:green", "Airport": "tab:red"}
fig, ax = plt.subplots(figsize=(7, 3))
for name, g in w.groupby("name"):
    ax.plot(g["date"], g["tmean"].rolling(5).mean(), color=colors[name], label=name)
ax.xaxis.set_major_formatter(mdates.DateFormatter("%b"))
ax.legend(loc="upper left")
plt.show()

# %%
rain = w.set_index("date").groupby("name")["rain_mm"].resample("MS").sum().unstack(0)
rain.plot.bar(stacked=True, figsize=(7, 3), legend=False);

# %% [markdown]
# ## Anomalies

# %%
def zscore(s, window=9):
    m = s.rolling(window, center=True, min_periods=3).mean()
    sd = s.rolling(window, center=True, min_periods=3).std()
    return (s - m) / sd

w["z"] = w.groupby("station")["tmean"].transform(zscore)
outliers = w.loc[w["z"].abs() > 1.8, ["date", "name", "tmean", "z"]]
outliers.sort_values("z").head()

# %%
worst = w.loc[w["rain_mm"].idxmax()]
print(f"Wettest: {worst['rain_mm']} mm at {worst['name']} on {worst['date']:%d %B}")

# %%
dry = (w.rain_mm == 0)
longest = {}
for st in w.station.unique():
    run = best = 0
    for d in dry[w.station == st]:
        run = run + 1 if d else 0
        best = max(best, run)
    longest[st] = best
longest

# %%
wide = w.pivot(index="date", columns="station", values="tmean")
wide.corr().round(3)

# %%
wide["spread"] = wide.max(axis=1) - wide.min(axis=1)
trend = np.polyfit(np.arange(len(wide)), wide["spread"], 1)
print(f"slope {trend[0]:.4f} per reading")
del raw

# %%
out = {"updated": updated.isoformat(), "stations": {k: round(float(v), 2) for k, v in wide.drop(columns="spread").mean().items()}}
with open("weather_summary.json", "w") as fh:
    json.dump(out, fh, indent=2)
print(json.dumps(out, indent=2))
