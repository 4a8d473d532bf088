"""Functions of the library, followed by value: what the engine says that they show, Python shows."""

from __future__ import annotations

import pytest

from .cases import Play, change
from .followed import UNTOLD as NOT_TOLD
from .followed import assert_as_in_python, assert_stale_where_changed, followed

FOLLOWED: dict[str, list[str]] = {
    "counters": [
        "from collections import Counter\nimport collections",
        "parts = [3, 1, 3, 2, 1, 3]\nc = Counter(parts)",
        "c, c.most_common(2), c.most_common(1)[0][1], c[9], len(c), c.total()",
        "c.update([9, 9])\nc[1] -= 1",
        "c",
        "c['k'] = 4\ndel c[3]",
        "sorted(c.items(), key=str), dict(c), list(c), c.get(3), 3 in c",
        "d = collections.Counter('abca', k=2)\nd - Counter('a'), d + d, d & Counter('ab')",
        "d.subtract('kk')\nd",
        "Counter(x % 2 for x in parts)",
        "for one, n in c.most_common():\n    print(one, n)",
        "e = d\ne += Counter('z')",
        "d['z'], d == e, f'{d}'",
    ],
    "other collections": [
        "from collections import OrderedDict, deque",
        "q = deque([1, 2, 3], maxlen=3)\nq.append(4)\nq",
        "r = q\nr.popleft()",
        "r.appendleft(0)\nr.rotate(1)",
        "q, list(q), q[0], len(q), 4 in q, q.maxlen, sum(q), q == r",
        "q[0] = 7\nq.extend([1, 2])",
        "q",
        "o = OrderedDict(b=1, a=2)\no.move_to_end('b')",
        "o, list(o), o['a']",
    ],
    "itertools": [
        "import itertools\nfrom itertools import chain, groupby, product",
        "list(product('ab', [1, 2])), list(product([0, 1], repeat=2))",
        "list(itertools.permutations([1, 2, 3], 2)), list(itertools.combinations('abc', 2))",
        "list(chain([1], (2, 3), 'a')), list(itertools.islice([1, 2, 3, 4], 1, 3))",
        "list(itertools.accumulate([1, 2, 3])), list(itertools.accumulate([1, 2], lambda a, b: a * b))",
        "list(itertools.zip_longest([1, 2], 'a', fillvalue=0))",
        "{k: list(g) for k, g in groupby(sorted([5, 1, 8]), key=lambda v: v > 4)}",
        "[(k, len(list(g))) for k, g in groupby('aabc')]",
        "for a, b in itertools.pairwise([1, 2, 3]):\n    print(a, b)",
        "list(itertools.islice((x * x for x in range(9)), 3))",
    ],
    "functools and statistics": [
        "from functools import reduce\nfrom statistics import mean, median, stdev",
        "reduce(lambda a, b: a * b, [1, 2, 3]), reduce(lambda a, b: a + b, [], 5)",
        "mean([1, 2, 4]), median([3, 1, 2]), round(stdev([1, 2, 4]), 6), mean([1, 2])",
    ],
    "dates": [
        "from datetime import date, datetime, timedelta\nimport datetime as dt",
        "d = date(2024, 2, 28)\nw = timedelta(days=2)",
        "d + w, (d + w).isoformat(), d.year, d.weekday(), d < d + w, (d + w - d).days",
        "f'{d} {d:%Y-%m-%d}', str(w), w.total_seconds(), w * 2",
        "dt.datetime(2024, 1, 1, 12).hour, datetime(2024, 1, 1) - datetime(2023, 1, 1)",
        "[date(2024, 1, 1) + timedelta(days=i) for i in range(2)]",
    ],
    "texts": [
        "import re\nimport string\nimport os\nimport os.path\nfrom os.path import basename",
        "re.findall(r'\\d+', 'a1b22'), re.sub('a+', 'x', 'caat'), re.split(r'[,;] ?', 'a, b;c')",
        "string.digits[:3], sorted(string.ascii_lowercase)[0], len(string.punctuation)",
        "os.path.join('a', 'b'), basename('a/b.txt'), os.path.splitext('b.txt')",
    ],
}
IMPORTS = {line for page in FOLLOWED.values() for line in page[0].splitlines()} | {
    "from datetime import date",
    "import re",
    "from collections import Counter, deque",
}
UNTOLD: dict[str, list[str]] = {
    "what has no order": [
        "from collections import Counter, deque",
        "Counter({'a', 'b'})",
        "deque({'a', 'b'})",
        "deque([1]).extend({1, 2})",
    ],
    "the language of the machine": [
        "from datetime import date",
        "f'{date(2024, 1, 1):%B}'",
        "'{:%B}'.format(date(2024, 1, 1))",
    ],
    "what a class is": ["from collections import Counter", "isinstance(Counter(), Counter)"],
    "the clock": ["from datetime import date", "date.today() > date(2024, 1, 1)"],
    "what is not of the text alone": ["import os", "os.path.exists('a')", "os.getcwd()"],
}


TOO_MUCH = [
    "len(list(product(range(100), repeat=5)))",
    "len(list(permutations(range(12))))",
    "len(list(combinations(range(60), 30)))",
    "re.findall('(a+)+b', 'a' * 60)",
    "re.findall('a*a*a*a*b', 'a' * 250)",
    "re.sub('', 'x' * 300, 'a' * 300)",
    "len(list(accumulate(['x' * 5000] * 900)))",
    "len(list(islice(range(10**9), 10**8)))",
    "deque(range(10**8), maxlen=1)[0]",
]
LIBRARY = """\
import re
from collections import deque
from itertools import accumulate, combinations, islice, permutations, product
"""


@pytest.mark.parametrize("name", FOLLOWED)
def test_it_is_as_in_python(name: str) -> None:
    assert_as_in_python(FOLLOWED[name], IMPORTS)


@pytest.mark.parametrize("name", UNTOLD)
def test_it_is_not_guessed(name: str) -> None:
    assert set(followed(UNTOLD[name])) == {NOT_TOLD}


@pytest.mark.parametrize("source", TOO_MUCH)
def test_what_would_take_long_is_let_be(source: str) -> None:
    assert followed([LIBRARY, source])[-1] == NOT_TOLD


SESSIONS: dict[str, tuple[list[str], Play]] = {
    "the most common one": (
        ["parts = [1, 2, 1]", "from collections import Counter", "c = Counter(parts)",
         "c.most_common(1)[0][1]", "c", "len(c)"],
        change(0, "parts = [1, 1, 3]", 2),
    ),
    "a queue under two names": (
        ["from collections import deque", "q = deque([1, 2, 3])", "r = q", "r.popleft()", "len(q)", "q"],
        change(1, "q = deque([9, 2, 3])"),
    ),
    "groups": (
        ["from itertools import groupby\nxs = [1, 5, 2]",
         "{k: len(list(g)) for k, g in groupby(sorted(xs), key=lambda v: v > 3)}", "xs[1]"],
        change(0, "from itertools import groupby\nxs = [1, 6, 3]"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SESSIONS)
def test_what_shows_the_same_is_let_be(name: str) -> None:
    assert_stale_where_changed(*SESSIONS[name])
