# ruff: noqa
# %% [raw]
# file: speech.txt
# The cat sat on the mat.
# The dog sat on the log.
# A cat and a dog met.
# %%
import re
from collections import Counter
from pathlib import Path

# %%
text = Path("speech.txt").read_text()
print(len(text))
# %%
stop_words = {"the", "a", "on", "and"}


# %%
def words(line, least=1):
    found = re.findall(r"[a-z]+", line.lower())
    return [word for word in found if word not in stop_words and len(word) >= least]


# %%
lines = iter(text.splitlines())
title = next(lines)
title
# %%
counts = Counter()
for line in lines:
    counts.update(words(line))
# %%
counts.most_common(2)
# %%
counts["cat"] += 1
# %%
longest = max(counts, key=lambda word: (counts[word], word))
print(longest, counts[longest])
# %%
rest = list(lines)
len(rest)
# %%
stop_words.add("met")
# %%
words("We met a cat")
# %%
if (n := len(counts)) > 3:
    verdict = "rich"
else:
    verdict = "poor"
print(verdict, n)
# %%
Path("counts.txt").write_text(
    "\n".join(f"{word} {count}" for word, count in sorted(counts.items()))
)
# %%
print(Path("counts.txt").read_text())
# %% [raw]
# snippets:
# stop_words.add("cat")
#
# counts.clear()
#
# text = text.upper()
#
# next(lines, None)
#
# sorted(counts)
