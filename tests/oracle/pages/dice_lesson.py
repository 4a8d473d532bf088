# ruff: noqa
# %%
import random as rnd
from collections import Counter
from random import choice, seed
from statistics import mean

seed(2024)
# %%
sides = 6
throws = [rnd.randint(1, sides) for _ in range(30)]
print(throws[:10])
# %%
tally = Counter(throws)
tally.most_common(3)
# %%
print(f"mean {mean(throws):.2f}, expected {(1 + sides) / 2:.2f}")
# %%
players = ["Ida", "Jon", "Kim"]
points = dict.fromkeys(players, 0)
rounds_played = 0


# %%
def play_round():
    global rounds_played
    rounds_played += 1
    winner = choice(players)
    points[winner] += rnd.randint(1, sides)
    return winner


# %%
winners = [play_round() for _ in range(5)]
winners
# %%
while (leader := max(points, key=points.get)) and points[leader] < 15:
    play_round()
print(leader, points)
# %%
rounds_played
# %%
streak = 0
for value in throws:
    if value == sides:
        break
    streak += 1
streak
# %%
seed(7)
hand = rnd.sample(range(1, 53), 5)
hand.sort()
hand
# %%
rnd.shuffle(players)
players
# %%
a, (b, *c) = hand[0], hand[1:]
print(a, b, c)
# %%
for name, score in sorted(points.items()):
    print(f"{name:<6}|{'#' * score:<20}|{score:>3}")
# %% [raw]
# snippets:
# seed(1)
#
# sides = 20
#
# play_round()
#
# throws = throws[:10]
#
# points["Ida"] = 40
#
# players.append("Lea")
#
# choice(players)
