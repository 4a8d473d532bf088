"""What a loop binds for sure: by each `break` of `while True`, or since its body surely runs."""

from pathlib import Path

import pytest

from .running import assert_kept, extract

LOCK = "import threading\nlock = threading.Lock()"
KEPT = {
    "every-break-binds": (
        "n = 0",
        "while True:\n    v = n\n    n += 1\n    if v > 2:\n        break",
    ),
    "two-breaks": (
        "n = 0",
        "while True:\n    v = n\n    if v > 5:\n        break\n    n += 1\n    w = n\n    if w:\n"
        "        break",
    ),
    "in-a-try": (
        "n = 0",
        "while 1:\n    try:\n        v = 4 // n\n        break\n    except ZeroDivisionError:\n"
        "        n += 1",
    ),
    "range": ("n = 0", "for i in range(3):\n    v = i + n\nt = f'{v}'"),
    "number-of-the-page": ("N = 2\nn = 0", "for i in range(N):\n    v = i\nt = v"),
    "literal-tuple": (
        "n = 0",
        "for i in (1, 2):\n    v = i + n\n    if v > 1:\n        break\nt = v",
    ),
    "continue-after": ("n = 0", "for i in (1, 2):\n    v = i\n    if n:\n        continue\nt = v"),
    "lock": (LOCK, "with lock:\n    v = 1\nt = v"),
    "lock-by-name": (
        "from threading import RLock\nlock = RLock()",
        "with lock:\n    v = 1\nt = v",
    ),
}
REFUSED = {
    "one-break-before": (
        "n = 0",
        "while True:\n    if n > 2:\n        break\n    v = n\n    n += 1",
    ),
    "in-a-branch": ("n = 0", "while True:\n    if n:\n        v = n\n    break"),
    "true-by-a-name": ("n = 0\ngo = True", "while go:\n    v = n\n    break"),
    "unbound-by-except": (
        "n = 0",
        "while True:\n    try:\n        v = 1 // n\n    except ZeroDivisionError as v:\n        break",
    ),
    "deleted-at-last": (
        "n = 0",
        "while True:\n    v = n\n    try:\n        break\n    finally:\n        del v",
    ),
    "of-the-inner-loop": (
        "n = 0",
        "while True:\n    for i in range(n):\n        v = i\n        break\n    break",
    ),
    "never-runs": ("n = 0", "for i in range(0):\n    v = i"),
    "may-be-empty": ("xs = []", "for i in xs:\n    v = i"),
    "only-starred": ("xs = []", "for i in [*xs]:\n    v = i"),
    "continue-before": ("n = 0", "for i in (1, 2):\n    if not n:\n        continue\n    v = i"),
    "break-before": ("n = 0", "for i in range(2):\n    if not n:\n        break\n    v = i"),
    "number-bound-anew": ("N = 2\nN = 0", "for i in range(N):\n    v = i"),
    "own-range": ("def range(n):\n    return []", "for i in range(3):\n    v = i"),
    "swallows": (
        "import contextlib\nlock = contextlib.suppress(ValueError)",
        "with lock:\n    v = 1",
    ),
    "lock-bound-anew": (
        f"{LOCK}\nimport contextlib\nlock = contextlib.suppress(ValueError)",
        "with lock:\n    v = 1",
    ),
}


@pytest.mark.parametrize("case", KEPT)
def test_bound_when_the_loop_ends(case: str, tmp_path: Path) -> None:
    above, body = KEPT[case]
    assert_kept(tmp_path, (above, body, "print(v)"), (1,))


@pytest.mark.parametrize("case", REFUSED)
def test_not_bound_for_sure(case: str, tmp_path: Path) -> None:
    above, body = REFUSED[case]
    found = extract(tmp_path, (above, body, "print(v)"), (1,))
    messages = [one.message for one in found.refusals]
    assert any("`v` is bound on some paths only" in one for one in messages), messages


def test_what_nobody_reads_is_dropped_as_ever(tmp_path: Path) -> None:
    body = "t = 0\nfor i in range(3):\n    k = i\n    t += k\nu = t"
    found = assert_kept(tmp_path, ("n = 0", body, "print(t, u)"), (1,))
    assert [one.name for one in found.outputs] == ["t", "u"]
    assert found.lost == ("i", "k")
