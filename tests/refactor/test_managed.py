"""What `with` closed is not given back, unless something could tell."""

from pathlib import Path

import pytest

from .running import assert_kept

WRITE = "from concurrent.futures import ThreadPoolExecutor\nimport json, tempfile, pathlib\np = pathlib.Path('k.json')\np.write_text('[1]')\n"
READ = "with open('k.json') as f:\n    cfg = json.load(f)\nk = len(cfg)"
GONE = {
    "file": READ,
    "of-a-path": "with p.open() as f:\n    cfg = json.load(f)\nk = len(cfg)",
    "temporary-folder": "with tempfile.TemporaryDirectory() as f:\n    cfg = len(f) > 0\nk = 1",
    "pool": ("with ThreadPoolExecutor() as f:\n    cfg = list(f.map(abs, [-1]))\nk = 1"),
}


@pytest.mark.parametrize("case", GONE)
def test_nobody_needs_what_is_closed(case: str, tmp_path: Path) -> None:
    found = assert_kept(tmp_path, (WRITE, GONE[case], "print(k, cfg)"), (1,))
    assert [one.name for one in found.outputs] == ["cfg", "k"]
    assert found.lost == ("f",)
    assert found.function == "make_cfg"


KEPT = {
    "read-below": (WRITE, READ, "print(k, cfg, f.closed)"),
    "bound-above": (WRITE + "f = 3", READ, "print(k, cfg)"),
    "bound-otherwise": (WRITE, f"{READ}\nf = 3\n", "print(k, cfg)"),
    "looked-for": (WRITE, READ, "print(k, 'f' in dir())"),
    "own-manager": (
        f"{WRITE}import contextlib\n@contextlib.contextmanager\ndef open(p):\n"
        "    yield pathlib.Path(p).read_text()",
        "with open('k.json') as f:\n    cfg = json.loads(f)\nk = len(cfg)",
        "print(k, cfg)",
    ),
}


@pytest.mark.parametrize("case", KEPT)
def test_returned_where_something_could_tell(case: str, tmp_path: Path) -> None:
    found = assert_kept(tmp_path, KEPT[case], (1,))
    assert "f" in [one.name for one in found.outputs]
