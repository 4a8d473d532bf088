"""Modules of the project that import each other: what a call does through the ring is known,
whichever of them is asked for first."""

from __future__ import annotations

import pytest

from jupyter_prodready.surroundings import modules

from .cases import Case, assert_case, delete, each, nothing, played, rerun

TWO = {
    "ping.py": """
import pong

def down(x, n):
    if n:
        pong.up(x, n - 1)

def grow(x):
    x.append(0)

def look(x, n):
    return pong.size(x, n - 1) if n else len(x)
""",
    "pong.py": """
import ping

said = []

def up(x, n):
    ping.grow(x)
    ping.down(x, n)

def size(x, n):
    return ping.look(x, n)

def say(n):
    said.append(n)
    return len(said)
""",
}
THREE = {
    "one.py": "import two\n\ndef first(x):\n    two.second(x)\n\ndef last(x):\n    x.append(0)\n",
    "two.py": "import three\n\ndef second(x):\n    three.third(x)\n",
    "three.py": "import one\n\ndef third(x):\n    one.last(x)\n\ndef note(x):\n    return len(x)\n",
}
PACKAGE = {
    "kit/__init__.py": "",
    "kit/left.py": """
from kit import right
import kit.right as other

def put(x):
    other.place(x)

def add(x):
    x.append(1)
""",
    "kit/right.py": """
import kit.left as left

def place(x):
    left.add(x)
""",
}
ONE = "x = [1]"


def case(
    name: str, files: dict[str, str], page: list[str], perturb: object, expect: str, edges: str
) -> Case:
    return Case(name, page, perturb, expect, edges, files=files)  # type: ignore[arg-type]


CASES = [
    case(
        "a ring of two, entered where it goes on",
        TWO,
        [f"import ping\n{ONE}", "ping.down(x, 1)", "print(x)"],
        delete(1),
        "lingering-effect c2",
        "0>1 ping x, 0>2 x, 1>2 x",
    ),
    case(
        "a ring of two, both asked for",
        TWO,
        [f"import pong, ping\n{ONE}", "ping.down(x, 1)", "print(x)"],
        delete(1),
        "lingering-effect c2",
        "0>1 ping x, 0>2 x, 1>2 x",
    ),
    case(
        "a ring of two, the other way around",
        TWO,
        [f"from ping import down\nfrom pong import up\n{ONE}", "up(x, 0)", "print(x)"],
        rerun(1),
        "repeated-run c1",
        "0>1 up x, 0>2 x, 1>2 x",
    ),
    case(
        "a ring that looks",
        TWO,
        [f"import ping, pong\n{ONE}", "ping.look(x, 2);\npong.size(x, 1);", "print(x)"],
        rerun(1),
        "",
        "0>1 ping pong x, 0>2 x",
    ),
    case(
        "what a module of a ring keeps",
        TWO,
        ["import pong", "print(pong.say(1))"],
        rerun(1),
        "repeated-run c1",
        "0>1 pong",
    ),
    case(
        "a ring of three",
        THREE,
        [f"import one\n{ONE}", "one.first(x)", "print(x)"],
        delete(1),
        "lingering-effect c2",
        "0>1 one x, 0>2 x, 1>2 x",
    ),
    case(
        "a ring of three, entered in its middle",
        THREE,
        [f"import one, two\n{ONE}", "two.second(x)", "print(x)"],
        delete(1),
        "lingering-effect c2",
        "0>1 two x, 0>2 x, 1>2 x",
    ),
    case(
        "a ring of three that is asked for at its end",
        THREE,
        [f"import one, three\n{ONE}", "three.third(x)\nprint(three.note(x))", "print(x)"],
        delete(1),
        "lingering-effect c2",
        "0>1 three x, 0>2 x, 1>2 x",
    ),
    case(
        "a ring inside of a package",
        PACKAGE,
        [f"import kit.left as left\n{ONE}", "left.put(x)", "print(x)"],
        delete(1),
        "lingering-effect c2",
        "0>1 left x, 0>2 x, 1>2 x",
    ),
    case(
        "nothing happened in a ring",
        TWO,
        [f"import ping, pong\n{ONE}", "ping.down(x, 2)", "pong.up(x, 0)\npong.say(1)", "print(x)"],
        nothing,
        "",
        "0>1 ping x, 0>2 pong x, 1>2 x, 0>3 x, 1>3 x, 2>3 x",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)


@pytest.mark.parametrize("first", ["one", "two", "three"])
def test_which_was_asked_first_makes_no_difference(first: str) -> None:
    modules._PARTS.clear()
    every = {"one": "first", "two": "second", "three": "third"}
    asked = Case(
        f"first {first}",
        [f"import {first}\n{ONE}", f"{first}.{every[first]}(x)", "print(x)"],
        delete(1),
        "",
        "",
        files=THREE,
    )
    played(asked)
    for name, function in every.items():
        again = Case(
            f"then {name}",
            [f"import {name}\n{ONE}", f"{name}.{function}(x)", "print(x)"],
            delete(1),
            "lingering-effect c2",
            "",
            files=THREE,
        )
        assert_case(again, answers=False)
