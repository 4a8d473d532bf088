"""Copies and merges that have the very same things inside, and what is like them and has not."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, nothing, rerun

DICT, LISTS = "a = {'x': [1]}", "a = [[1], [2]]"
IN_DICT, IN_LISTS, IN_FIELD = "a['x'].append(2)", "a[0].append(2)", "a.x.append(2)"
RECORD = "from collections import namedtuple\nT = namedtuple('T', 'n x')"
FIELDS = "from dataclasses import dataclass, replace\n@dataclass\nclass P:\n    x: list\n    n: int\na = P([1], 1)"
NUMPY = "import numpy as np\na = np.eye(2)"
SHARING = {
    "copy": (f"from copy import copy\n{LISTS}", "b = copy(a)", IN_LISTS),
    "dataclasses.replace": (FIELDS, "b = replace(a, n=2)", IN_FIELD),
    "merged dicts": (DICT, "b = a | {'y': 0}", IN_DICT),
    "merged in place": (DICT, "b = {}\nb |= a", IN_DICT),
    "added lists": (LISTS, "b = a + []", IN_LISTS),
    "added in place": (LISTS, "b = []\nb += a", IN_LISTS),
    "from_iterable": (f"from itertools import chain\n{LISTS}", "b = list(chain.from_iterable([a]))", IN_LISTS),
    "nlargest": (f"import heapq\n{LISTS}", "b = heapq.nlargest(2, a)", IN_LISTS),
    "sample": (f"from random import Random\n{LISTS}", "b = Random(1).sample(a, 2)", IN_LISTS),
    "popped off a copy": (LISTS, "c = list(a)\nb = c.pop(0)", IN_LISTS),
    "reduce": (f"from functools import reduce\n{LISTS}", "b = reduce(lambda x, y: x + [y], a, [])", IN_LISTS),
    "sum of lists": ("a = [[[1]]]", "b = sum(a, [])", "a[0][0].append(2)"),
    "vars": ("class V: pass\na = V()\na.x = 1", "b = vars(a)", "a.x = 2"),
    "SimpleNamespace": (f"from types import SimpleNamespace\n{DICT}", "b = SimpleNamespace(**a)", IN_DICT),
    "record of arguments": (f"{RECORD}\na = [1, [1]]", "b = T(*a)", "a[1].append(2)"),
    "_make": (f"{RECORD}\na = [1, [1]]", "b = T._make(a)", "a[1].append(2)"),
    "_replace": (f"{RECORD}\na = T(1, [1])", "b = a._replace(n=2)", IN_FIELD),
    "_asdict": (f"{RECORD}\na = T(1, [1])", "b = a._asdict()", IN_FIELD),
    "defaultdict": (f"from collections import defaultdict\n{DICT}", "b = defaultdict(list, a)", IN_DICT),
    "OrderedDict": (f"from collections import OrderedDict\n{DICT}", "b = OrderedDict(a)", IN_DICT),
    "ChainMap": (f"from collections import ChainMap\n{DICT}", "b = ChainMap(a)", IN_DICT),
    "MappingProxyType": (f"from types import MappingProxyType\n{DICT}", "b = MappingProxyType(a)", "a['y'] = 1"),
    "through a ChainMap": ("from collections import ChainMap\nb = {'x': [1]}", "a = ChainMap(b)", "a['y'] = 1"),
    "Series of lists": (f"import pandas as pd\n{LISTS}", "b = pd.Series(a)", IN_LISTS),
    "diagonal": (NUMPY, "b = a.diagonal()", "a[0, 0] = 5"),
    "values of a dict": (DICT, "b = list(a.values())", IN_DICT),
    "pairs of a dict": (DICT, "b = sorted(a.items())", IN_DICT),
    "rows of an array": (NUMPY, "b = list(a)", "a[0, 0] = 5"),
}  # fmt: skip
APART = {
    "asdict": (FIELDS.replace("replace", "asdict"), "b = asdict(a)", IN_FIELD),
    "deepcopy": (f"from copy import deepcopy\n{LISTS}", "b = deepcopy(a)", IN_LISTS),
    "added lists": (LISTS, "b = a + []", "a.append([3])"),
    "merged dicts": (DICT, "b = a | {'y': 0}", "a['z'] = 1"),
    "added numbers": ("a = abs(-1)\nc = abs(-2)", "b = a + c\nb += c", "a += 9\nc += 1"),
    "summed numbers": ("a = [1, 2]\nc = abs(-1)", "b = sum(a, c)", "a[0] = 5\nc += 1"),
    "text": ("a = str(1)", "b = a.replace('1', '2')", "a += 'x'"),
    "sampled numbers": ("from random import Random\na = [1, 2]", "b = Random(1).sample(a, 2)", "a[0] = 5"),
    "popped off a copy of numbers": ("a = [1, 2]", "c = list(a)\nb = c.pop()", "a[0] = 5"),
    "record of numbers": (f"{RECORD}\na = [1, 2]", "b = T(*a)", "a[0] = 5"),
    "list of numbers of an array": ("import numpy as np\na = np.array([1, 2])", "b = list(a)", "a[0] = 5"),
    "columns": ("import pandas as pd\na = pd.DataFrame({'x': [1, 2]})", "b = a.sample(1, random_state=0)\nc = a.nlargest(1, 'x')", "a['x'] = 0"),
    "keys, sorted": (DICT, "b = sorted(a)", IN_DICT),
    "keys, sorted by their values": (DICT, "b = sorted(a, key=lambda k: len(a[k]))", IN_DICT),
    "keys of a dict with one key more": (f"{DICT}\na['y'] = [2]", "b = list(a)", IN_DICT),
}  # fmt: skip
PUT = {
    "bound where it is put": ("", "trials.append(config := {'n': 1})"),
    "bound where it is put, in a loop": ("", "for n in range(2):\n    trials.append(config := {'n': n})"),
    "in a record": (RECORD, "config = {'n': 1}\ntrials.append(T(1, config))"),
    "in a record, in a loop": (RECORD, "for n in range(2):\n    config = {'n': n}\n    trials.append(T(n, config))"),
}  # fmt: skip
CASES = [
    *[
        Case(name, [f"{first}\n{share}", "print(b)", change], rerun(1), "later-mutation c1", "0>1 b, 0>2 a")
        for name, (first, share, change) in SHARING.items()
    ],
    *[
        Case(f"apart: {name}", [f"{first}\n{share}", "print(b)", change], rerun(1), "", "0>1 b, 0>2 a c" if "c +=" in change else "0>1 b, 0>2 a")
        for name, (first, share, change) in APART.items()
    ],
    *[
        Case(f"in order: {name}", [f"{first}\n{share}", "print(b)", change], nothing, "", "0>1 b, 0>2 a")
        for name, (first, share, change) in SHARING.items()
    ],
    *[
        Case(f"put {name}", [f"{first}\ntrials = []\n{share}", "trials", "config['n'] = 9"], rerun(1), "later-mutation c1", "0>1 trials, 0>2 config")
        for name, (first, share) in PUT.items()
    ],
    Case("one object for all keys", ["d = dict.fromkeys('ab', [])", "d['b']", "d['a'].append(1)"], rerun(1), "later-mutation c1", "0>1 d, 0>2 d"),
    Case("copied and changed in a function", ["from collections import OrderedDict\ndef more(given):\n    new = OrderedDict(given)\n    new['x'] = 3\n    return new\na = {'y': 1}", "a", "more(a)"], rerun(1), "", "0>1 a, 0>2 OrderedDict a more"),
    Case("each key its own number", ["d = dict.fromkeys('ab', 0)", "d['b']", "d['a'] += 1"], rerun(1), "", "0>1 d, 0>2 d"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case, answers=bool(case.expect))
