# %% [markdown]
# # Words of a fable
# Plain Python, no libraries.

# %%
import string
import math
import itertools
from collections import Counter
from pathlib import Path

# %%
path = Path("../data/fable.txt")
text = path.read_text(encoding="utf-8")
text[:80]

# %%
paragraphs = [p.replace("\n", " ") for p in text.split("\n\n")]
for i, p in enumerate(paragraphs, 1):
    print(i, len(p))

# %% [markdown]
# ## Tokens

# %%
STOPWORDS = {"the", "a", "and", "of", "he", "had", "in", "was", "were", "at", "to", "it", "what", "that", "there", "his"}


def tokenize(s, keep_stopwords=False):
    """Lower-case words, no punctuation."""
    words = s.lower().translate(str.maketrans("", "", string.punctuation)).split()
    return [w for w in words if keep_stopwords or w not in STOPWORDS]


tokens = tokenize(text)
print(len(tokens), "tokens,", len(set(tokens)), "different")

# %%
counts = Counter(tokens)
counts.most_common(10)

# %%
width = max(len(w) for w, _ in counts.most_common(8))
for word, n in counts.most_common(8):
    print(word.rjust(width), "*" * n)

# %%
lengths = {}
for w in tokens:
    lengths.setdefault(len(w), set()).add(w)
{k: sorted(v)[:3] for k, v in sorted(lengths.items())}

# %% [markdown]
# ## TF-IDF by hand

# %%
docs = [Counter(tokenize(p)) for p in paragraphs]
vocab = sorted(set(itertools.chain.from_iterable(docs)))
df = {w: sum(w in d for d in docs) for w in vocab}
idf = {w: math.log(len(docs) / df[w]) for w in vocab}
len(vocab)


# %%
def tfidf(doc):
    total = sum(doc.values())
    return {w: n / total * idf[w] for w, n in doc.items()}


vectors = [tfidf(d) for d in docs]
for i, v in enumerate(vectors):
    top = sorted(v, key=v.get, reverse=True)[:3]
    print(i, ", ".join(top))


# %%
def cosine(a, b):
    dot = sum(a[w] * b[w] for w in a if w in b)
    na = math.sqrt(sum(x * x for x in a.values()))
    nb = math.sqrt(sum(x * x for x in b.values()))
    return dot / (na * nb) if na and nb else 0.0


sims = [[round(cosine(a, b), 3) for b in vectors] for a in vectors]
sims

# %% [markdown]
# ## A chain that writes

# %%
import random


class Markov:
    def __init__(self, order=1):
        self.order = order
        self.table = {}

    def feed(self, words):
        for i in range(len(words) - self.order):
            key = tuple(words[i : i + self.order])
            self.table.setdefault(key, []).append(words[i + self.order])
        return self

    def write(self, n, seed=0):
        r = random.Random(seed)
        key = r.choice(sorted(self.table))
        out = list(key)
        while len(out) < n:
            nxt = r.choice(self.table.get(key) or ["."])
            out.append(nxt)
            key = tuple(out[-self.order :])
        return " ".join(out)


# %%
chain = Markov().feed(tokenize(text, keep_stopwords=True))
print(chain.write(15))
print(chain.write(15, seed=3))

# %%
longest = max(chain.table, key=lambda k: len(chain.table[k]))
print(longest, len(chain.table[longest]))
branching = sum(len(set(v)) for v in chain.table.values()) / len(chain.table)
round(branching, 3)

# %%
palindromes = [w for w in set(tokens) if w == w[::-1] and len(w) > 1]
anagrams = {}
for w in set(tokens):
    anagrams.setdefault("".join(sorted(w)), []).append(w)
anagrams = {k: sorted(v) for k, v in anagrams.items() if len(v) > 1}
print(palindromes)
print(anagrams)
