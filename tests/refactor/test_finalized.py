"""Objects that act when they are let go: a function must not let go of them earlier, or later."""

from __future__ import annotations

from pathlib import Path

import pytest

from refactor.running import assert_kept, extract

TEMP = "from tempfile import TemporaryDirectory, NamedTemporaryFile\nimport os"
OWN = "class Own:\n    def __del__(self):\n        print('let go')"
LOUD = "def loud():\n    try:\n        yield 1\n    finally:\n        print('closed')"
FOLDER = "tmp = TemporaryDirectory()\nfolder = tmp.name"

RETURNED: dict[str, tuple[tuple[str, ...], str]] = {
    "a folder that is bound anew": ((TEMP, FOLDER, "print(os.path.exists(folder))\nfolder = 0", "tmp = 1"), "tmp"),
    "a file of that kind": ((TEMP, "f = NamedTemporaryFile()\nname = f.name", "print(os.path.exists(name))\nname = 0", "f = 1"), "f"),
    "made by a function": ((TEMP + "\ndef make():\n    t = TemporaryDirectory()\n    return t", "t = make()\nfolder = t.name", "print(os.path.exists(folder))\nfolder = 0", "t = 1"), "t"),
    "made by a function of a function": ((TEMP + "\ndef make():\n    return TemporaryDirectory()\ndef two():\n    return make(), 1", "t, n = two()\nfolder = t.name", "print(os.path.exists(folder))\nfolder = 0", "t = 1"), "t"),
    "a file that is written to": (("a = 'text'", "f = open('a.txt', 'w')\nn = f.write(a)", "print(open('a.txt').read())", "f = 1"), "f"),
    "a file of a path": (("from pathlib import Path\na = 'text'", "f = Path('a.txt').open('w')\nn = f.write(a)", "print(open('a.txt').read())", "f = 1"), "f"),
    "a writer that holds a file": (("import csv\na = 'text'", "w = csv.writer(open('a.txt', 'w'))\nn = w.writerow([a])", "print(open('a.txt').read())", "w = 1"), "w"),
    "files in a list": (("a = 'text'", "fs = []\nfs.append(open('a.txt', 'w'))\nn = fs[0].write(a)", "print(open('a.txt').read())", "fs = 1"), "fs"),
    "a finalizer of the page": ((OWN, "own = Own()\nn = 1", "print('later')", "own = 1"), "own"),
    "what inherits one": ((OWN + "\nclass B(Own):\n    pass", "own = B()\nn = 1", "print('later')", "own = 1"), "own"),
    "an attribute that has one": ((OWN + "\nclass Box:\n    def __init__(self):\n        self.own = Own()", "box = Box()\nn = 1", "print('later')", "box = 1"), "box"),
    "a generator that is not done": ((LOUD, "g = loud()\nn = next(g)", "print('later')", "g = 1"), "g"),
    "watched": (("import weakref\nclass A:\n    n = 1", "a = A()\nr = weakref.ref(a)", "print(r() is None)\nr = 0", "a = 1"), "a"),
    "on all paths but not closed": (("n = 1\nf = None", "if n:\n    f = open('a.txt', 'w')\n    k = f.write('text')\n    if n > 2:\n        f.close()", "print(open('a.txt').read())", "f = 1"), "f"),
}  # fmt: skip

NOT_RETURNED: dict[str, tuple[tuple[str, ...], str]] = {
    "closed": (("a = 'text'", "f = open('a.txt', 'w')\nn = f.write(a)\nf.close()\nk = n", "print(open('a.txt').read())", "f = 1"), "f"),
    "closed at last": (("a = 'text'", "f = open('a.txt', 'w')\ntry:\n    n = f.write(a)\nfinally:\n    f.close()", "print(open('a.txt').read())", "f = 1"), "f"),
    "cleaned up": ((TEMP, FOLDER + "\ntmp.cleanup()\nk = 1", "print(os.path.exists(folder))\nfolder = 0", "tmp = 1"), "tmp"),
    "of a with": ((TEMP, "with TemporaryDirectory() as tmp:\n    n = len(tmp) > 0", "print(n)", "tmp = 1"), "tmp"),
    "in a with": (("a = 'text'", "f = open('a.txt', 'w')\nwith f:\n    n = f.write(a)", "print(open('a.txt').read())", "f = 1"), "f"),
    "a file that is read": (("a = open('a.txt', 'w')\nb = a.write('text')\na.close()\na = 1", "f = open('a.txt')\nt = f.read()", "print(t)", "f = 1"), "f"),
    "used at once": (("a = 'text'", "n = open('a.txt', 'w').write(a)\nk = n + 1", "print(open('a.txt').read(), k)", "n = 1"), "n"),
    "a function that closes": (("def save(t):\n    f = open('a.txt', 'w')\n    f.write(t)\n    f.close()\n    return len(t)", "n = save('text')\nk = n", "print(open('a.txt').read(), k)", "n = 1"), "n"),
}  # fmt: skip

REFUSED = {
    "a file of a loop": (("a = 'text'", "for p in ['a.txt']:\n    f = open(p, 'w')\n    n = f.write(a)", "print(open('a.txt').read())"), "`f` is a file that is written to, let go when a function returns."),
    "let go of": (("f = open('a.txt', 'w')\nn = f.write('text')", "f = open('b.txt', 'w')\nprint(open('a.txt').read())", "f = 1"), "`f` is a file that is written to from above, and this cell lets go of it."),
}  # fmt: skip

KEPT = {
    "a file of a loop that is closed": ("a = 'text'", "for p in ['a.txt']:\n    f = open(p, 'w')\n    n = f.write(a)\n    f.close()", "print(open('a.txt').read())"),
    "a method of the page of that name": ("class S:\n    def connect(self):\n        return 3\ns = S()", "for i in 'ab':\n    c = s.connect()", "print(1)\ns = 0"),
    "files of a loop that are read": ("f = open('a.txt', 'w')\nn = f.write('text')\nf.close()\nf = 0", "t = []\nfor p in ['a.txt']:\n    g = open(p)\n    t.append(g.read())", "print(t)"),
    "closed above": ("f = open('a.txt', 'w')\nn = f.write('text')\nf.close()", "f = open('a.txt')\nt = f.read()\nf.close()", "print(t)\nf = 1"),
}  # fmt: skip


@pytest.mark.parametrize("name", RETURNED)
def test_what_acts_when_it_is_let_go_is_returned(name: str, tmp_path: Path):
    cells, output = RETURNED[name]
    found = assert_kept(tmp_path, cells, (1,))
    assert output in [one.name for one in found.outputs]


@pytest.mark.parametrize("name", NOT_RETURNED)
def test_what_does_nothing_is_not(name: str, tmp_path: Path):
    cells, output = NOT_RETURNED[name]
    found = assert_kept(tmp_path, cells, (1,))
    assert output not in [one.name for one in found.outputs]


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_held_is_refused(name: str, tmp_path: Path):
    cells, message = REFUSED[name]
    found = extract(tmp_path, cells, (1,))
    assert message in [refusal.message for refusal in found.refusals]


@pytest.mark.parametrize("name", KEPT)
def test_what_is_closed_is_kept(name: str, tmp_path: Path):
    assert_kept(tmp_path, KEPT[name], (1,))
