"""A path that exists on one machine only is written into a cell.

## Why it matters
On another machine, or after the folder has moved, the file is not found.

## Flagged
    # %% In [1]
    import pandas as pd
    DATA = "/home/ada/data"  # warning: `/home/ada/data` is a path of one machine
    # %% In [2]
    df = pd.read_csv(f"{DATA}/train.csv")
    test = pd.read_csv("/home/ada/data/test.csv")

## Flagged
    # %% In [1]
    table = open("C:\\\\Users\\\\ada\\\\table.csv")  # warning: `C:\\Users\\ada\\table.csv` is a path of one machine

## Flagged
    # %% In [1]
    import sys
    sys.path.append("/mnt/share/tools")  # warning: `/mnt/share/tools` is a path of one machine

## Flagged
    # %% In [1]
    import pandas as pd
    df = pd.read_csv("~/data/train.csv")  # warning: `~/data/train.csv` is a path of one machine

## Not flagged
    # %% In [1]
    from pathlib import Path
    data = Path("..") / "data"
    route = "/api/v1/users"
    about = "~5 km"
    open("/dev/null", "w").close()
    scratch = Path("/tmp/scratch.txt")
    print("see /home/ada/data for the rest")

## What to do
Keep the data below the project, and write the path from the notebook's folder: `../data/x.csv`.
Or read the folder from an environment variable.

## Known limits
A text is taken for a path where it is given to a call that reads or writes files, or begins as
paths of a user, a mount, a drive or a hosted notebook do.
"""

import re
from collections.abc import Iterator

from ..analysis.effects import may_use_file
from ..analysis.rule import Draft, check
from ..analysis.sites import Site, Sites
from ..model import Severity

_MACHINE = re.compile(
    r"(/home/[\w.-]+|/Users/[\w.-]+|/root/\w|/mnt/\w|/media/\w|/Volumes/\w|/content/drive/"
    r"|/kaggle/|/dbfs/|[A-Z]:[\\/]\w[\w .-]|\\\\\w+\\)"
)
_ANYWHERE = ("/dev/", "/proc/", "/sys/", "/tmp/", "/var/tmp/")


@check(severity=Severity.WARNING, subject="reproducibility")
def find(sites: Sites) -> Iterator[Draft]:
    groups: dict[str, list[tuple[str, int, str]]] = {}
    found = list(_paths(sites))
    if not found:
        return
    places = {cell_id: place for place, (cell_id, _) in enumerate(reversed([*sites.statements]))}
    found.sort(key=lambda one: (-places.get(one[0], 0), one[1]))
    for cell_id, line, text in found:
        groups.setdefault(_start(text), []).append((cell_id, line, text))
    for group in groups.values():
        cell_id, line, text = group[0]
        others = dict.fromkeys(cell for cell, _, _ in group if cell != cell_id)
        message = f"`{text}` is a path of one machine"
        yield Draft(cell_id, line, message, affected=tuple(others), consequence=_CONSEQUENCE)


_CONSEQUENCE = "may fail on another machine"


def _paths(sites: Sites) -> Iterator[tuple[str, int, str]]:
    for text in sites.texts:
        if _MACHINE.match(text.text) and "\n" not in text.text:
            yield text.cell_id, text.line, text.text
    for site in sites.named(may_use_file):
        path = site.path or "" if isinstance(site, Site) else ""
        if path.startswith(("/", "~")) and not path.startswith(_ANYWHERE) and len(path) > 1:
            yield site.cell_id, site.line, path


def _start(path: str) -> str:
    """The first two folders: one cause for all that lies below."""
    parts = [part for part in re.split(r"[\\/]+", path) if part]
    return "/".join(parts[:2])
