"""Lines that a backslash continues are indented like the rest; texts stay as they are."""

from pathlib import Path

import pytest

from .running import assert_kept

CASES = {
    "t = a + \\\n    a\n": "    t = a + \\\n        a\n",
    "t = a + \\\n  a + \\\n  a\n": "    t = a + \\\n      a + \\\n      a\n",
    "t = (a +\n     a)\n": "    t = (a +\n         a)\n",
    "for k in (1, 2):\n    t = a + \\\n        k\n": (
        "    for k in (1, 2):\n        t = a + \\\n            k\n"
    ),
    "t = 'x \\\n  y' + \\\n  str(a)\n": "    t = 'x \\\n  y' + \\\n      str(a)\n",
    "t = f'''{a} \\\n  y'''\n": "    t = f'''{a} \\\n  y'''\n",
    "assert a, \\\n    'no'\nt = a\n": "    assert a, \\\n        'no'\n    t = a\n",
}


@pytest.mark.parametrize("body", CASES)
def test_continued_lines(body: str, tmp_path: Path) -> None:
    found = assert_kept(tmp_path, ("a = 1", f"{body}u = 2", "print(t, u)"), (1,))
    assert CASES[body] in (found.change.files[-1].after or "")
