"""What a kernel holds: fingerprints that change nothing and run nothing of the person's."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager
from starts import started

from jupyter_prodready.verify.in_kernel import fingerprints
from jupyter_prodready.verify.kernels import connection_of
from jupyter_prodready.verify.live_state import BUSY, NO_KERNEL, live_state
from jupyter_prodready.verify.state import differences


def mark(value: object) -> str | None:
    found = json.loads(fingerprints({"x": value}))["x"][2]
    assert found is None or isinstance(found, str)
    return found


def frame() -> pd.DataFrame:
    return pd.DataFrame({"a": [1, 2], "b": ["x", None], "t": pd.to_datetime(["2020", "2021"])})


class Cell:
    y = 1


SAME: list[Callable[[], object]] = [
    lambda: None,
    lambda: float("nan"),
    lambda: 10**4000,
    lambda: "ü\ud800",
    lambda: b"x" * 100,
    lambda: [1, (2.5, "x"), {"k": {1, 2}}],
    lambda: {"b": 1, "a": frozenset({3})},
    lambda: range(5),
    lambda: lambda x, y=2: x + y,
    lambda: np.arange(6).reshape(2, 3).T,
    lambda: np.float32(1.5),
    lambda: np.array(["a", None, 3], dtype=object),
    lambda: np.zeros(3_000_000),
    frame,
    lambda: frame().set_index("b"),
    lambda: pd.Series(["x", "y"], dtype="category"),
    lambda: pd.Series([1, None], dtype="Int64"),
    lambda: pd.Series(["x", None], dtype="string"),
    lambda: pd.MultiIndex.from_product([["a"], [1, 2]]),
    lambda: np,
    lambda: len,
    lambda: Cell,
]


@pytest.mark.parametrize("make", SAME)
def test_equal_values_have_equal_marks(make: Callable[[], object]):
    assert mark(make()) is not None
    assert mark(make()) == mark(make())


def swapped() -> np.ndarray[Any, Any]:
    large = np.arange(4_000_000.0)
    large[[10, 11]] = large[[11, 10]]
    return large


OTHERS: list[tuple[object, object]] = [
    (1, 1.0),
    (1, True),
    ("1", b"1"),
    ([1, 2], [2, 1]),
    ([1, 2], (1, 2)),
    ({"a": 1}, {"a": 2}),
    (np.zeros(3), np.zeros(3, dtype="f4")),
    (np.zeros((2, 3)), np.zeros((3, 2))),
    (np.arange(4_000_000.0), swapped()),
    (frame(), frame().rename(columns={"a": "c"})),
    (frame(), frame().iloc[::-1]),
    (frame(), frame().assign(b=["x", "z"])),
    (pd.Series([1], name="a"), pd.Series([1], name="b")),
    (pd.Series([1, None], dtype="Int64"), pd.Series([1, 0], dtype="Int64")),
    (lambda x: x + 1, lambda x: x + 2),
    (np, pd),
]


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_other_values_have_other_marks(one: object, other: object):
    assert mark(one) is not None
    assert mark(other) is not None
    assert mark(one) != mark(other)


def test_code_of_the_person_is_never_run():
    class Trap:
        def __getattribute__(self, name: str) -> object:
            raise AssertionError(name)

        __eq__ = __hash__ = __repr__ = __len__ = __iter__ = __getattribute__  # type: ignore[assignment]

    class Array(np.ndarray):
        def __array_finalize__(self, other: object) -> None:
            pass

        def view(self, *_: object) -> Any:
            raise AssertionError

    class Frame(pd.DataFrame):
        @property
        def shape(self) -> Any:
            raise AssertionError

    class Meta(type):
        def __getattribute__(cls, name: str) -> object:
            raise AssertionError(name)

    kind = Meta("Kind", (), {})
    objects = np.empty(1, dtype=object)
    objects.fill(Trap())
    space = {
        "trap": Trap(),
        "inside": [1, Trap()],
        "array": np.zeros(2).view(Array),
        "frame": Frame({"a": [1]}),
        "objects": objects,
        "kind": kind,
        "instance": type.__call__(kind),
        "text": type("Text", (str,), {"__len__": lambda self: 1 / 0})("x"),
    }
    found = json.loads(fingerprints(space))
    assert {name: one[2] for name, one in found.items()} == dict.fromkeys(space)


def test_cycles_and_too_much_end():
    cycle: list[object] = [1]
    cycle.append(cycle)
    other: list[object] = [1]
    other.append(other)
    assert mark(cycle) is not None
    assert mark(cycle) == mark(other)
    assert mark([[0] * 1000] * 1000) is None
    assert json.loads(fingerprints({"x": "a" * 100_000_000}, seconds=0.0))["x"][2] is None


def test_what_differs_is_told():
    live = {
        "gone": ("int", "1", "a"),
        "df": ("pandas.DataFrame", "3 x 2", "b"),
        "same": ("int", "1", "a"),
        "other": ("int", "2", "b"),
        "model": ("sklearn.Pipeline", "", None),
    }
    fresh = {
        "new": ("str", "'x'", "c"),
        "df": ("pandas.DataFrame", "4 x 2", "c"),
        "same": ("int", "1", "a"),
        "other": ("list", "2 items", "c"),
        "model": ("sklearn.Pipeline", "", None),
    }
    assert [(one.name, one.kind, one.detail) for one in differences(live, fresh)] == [
        ("df", "differs", "pandas.DataFrame 3 x 2, in a clean run pandas.DataFrame 4 x 2"),
        ("gone", "only-live", "int 1"),
        ("model", "not-comparable", "sklearn.Pipeline"),
        ("new", "only-fresh", "str 'x'"),
        ("other", "differs", "int 2, in a clean run list 2 items"),
    ]


# --- of a running kernel ------------------------------------------------------------------


@dataclass
class Session:
    """A running kernel; ``ask`` evaluates silently."""

    manager: KernelManager
    client: BlockingKernelClient

    def run(self, code: str) -> None:
        assert self.client.execute_interactive(code, timeout=30)["content"]["status"] == "ok"

    def ask(self, expression: str) -> str:
        reply = self.client.execute_interactive(
            "", silent=True, user_expressions={"x": expression}, timeout=30
        )
        return str(reply["content"]["user_expressions"]["x"]["data"]["text/plain"])


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    manager, client = started()
    try:
        yield Session(manager, client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


EVERYTHING = "(sorted(get_ipython().user_ns), In, _, get_ipython().execution_count, x.tolist())"


@pytest.mark.kernel
def test_a_kernel_is_asked_and_stays_as_it_is(session: Session):
    session.run(
        "import numpy as np\nx = np.arange(3)\n_secret = 1\nmany = {n: str(n) for n in range(9000)}"
    )
    session.run("'shown'")
    before = session.ask(EVERYTHING)
    held, why = asyncio.run(live_state(connection_of(session.manager)))
    assert why == ""
    assert held is not None
    assert sorted(held) == ["many", "np", "x"]
    assert held["x"][:2] == ("numpy.ndarray", "3")
    assert None not in [mark for _, _, mark in held.values()]
    assert session.ask(EVERYTHING) == before
    assert "shown" in before


@pytest.mark.kernel
def test_a_busy_kernel_is_let_alone(session: Session):
    assert asyncio.run(live_state(None)) == (None, NO_KERNEL)
    session.client.execute("import time; time.sleep(2)")
    assert asyncio.run(live_state(connection_of(session.manager), 0.5)) == (None, BUSY)
