"""A cell reads a file that is not there.

## Why it matters
A clean run stops here, whatever the kernel still holds in memory.

## Flagged
    # files: none
    # %% never run
    import pandas as pd
    sales = pd.read_csv("sales.csv")  # error: `sales.csv` does not exist, and no cell above writes it

## Flagged
    # files: data/
    # %% In [1]
    path = "data/sales.csv"
    if input():
        print(open(path).read())  # warning: `data/sales.csv` does not exist, and no cell above writes it

## Flagged
    # files: root/data/sales.csv
    # %% never run
    import pandas as pd
    pd.read_csv("data/sales.csv")  # warning: `data/sales.csv` is there from the project's folder, but not from the notebook's

## Flagged
    # files: none
    # %% never run
    import prepare
    prepare.run()
    open("sales.csv").read()  # warning: `sales.csv` does not exist, and no cell above writes it

## Not flagged
    # files: data/sales.csv
    # %% never run
    import pandas as pd
    from pathlib import Path
    DATA = Path("data")
    pd.read_csv(DATA / "sales.csv")
    pd.read_csv("https://example.org/sales.csv")
    pd.read_csv("data/*.csv")

## Not flagged
    # files: none
    # %% never run
    import pandas as pd
    pd.DataFrame({"a": [1]}).to_csv("sales.csv")
    with open("note.txt", "w") as note:
        note.write("x")
    # %% never run
    pd.read_csv("sales.csv"), open("note.txt").read()

## Not flagged
    # files: none
    # %% never run
    import os
    from pathlib import Path
    os.makedirs("out/new", exist_ok=True)
    PLOTS = Path("plots")
    PLOTS.mkdir(exist_ok=True)
    os.listdir("out"), [one for one in PLOTS.iterdir()]

## Flagged
    # files: none
    # %% never run
    import os
    os.makedirs("out")
    open("out/sales.csv").read()  # warning: `out/sales.csv` does not exist, and no cell above writes it

## Not flagged
    # files: none
    # %% never run
    !unzip archive.zip
    open("sales.csv").read()

## Not flagged
    # files: none
    # %% In [1]
    import pandas as pd
    pd.read_csv("data/sales.csv")

## What to do
Put the file where the cell looks for it, correct the path, or add the step that makes it.

## Known limits
Paths are followed where they are texts of the page: literals, names bound once, joined parts.
Below a shell command, a change of the folder, or a call that may make files, nothing is said.
Absolute paths are left to `absolute-path`. Where the cell ran well in this session and its
folder is not here either, the kernel sees other files than we do.
"""

import ntpath
import posixpath
import re
from collections.abc import Iterator

from ..analysis.builtin_names import is_builtin
from ..analysis.effect_tables import CHANGES_FOLDER, MAKES_FILES, PLAIN_MODULES
from ..analysis.effects import file_use
from ..analysis.rule import Draft, check, failing
from ..analysis.sites import ShellSite, Site, Sites, spread
from ..analysis.timeline import Plan
from ..model import Severity, Surroundings
from ..records import dataclass, field

_PLAIN_SHELL = re.compile(
    r"(ls|echo|pwd|cat|head|tail|wc|which|date|nvidia-smi|pip|python -V|du)\b"
)
_QUIET_MAGICS = frozenset(
    ["%matplotlib", "%config", "%load_ext", "%autoreload", "%pip", "%conda", "%time", "%timeit"]
)
_RAISES_NOT = frozenset({"cv2.imread"})
_RUNS_ANYTHING = frozenset({"exec", "eval", "__import__", "compile"})


@check(severity=Severity.ERROR, subject="reproducibility")
def find(
    sites: Sites, surroundings: Surroundings, ran: frozenset[str], plan: Plan
) -> Iterator[Draft]:
    groups: dict[str, list[tuple[Site, bool]]] = {}
    for site, certain in _Above().missing(sites, surroundings):
        here = surroundings.folders.get(site.path or "", False)
        if site.cell_id in ran and not here:
            continue
        beyond_doubt = certain and here and site.cell_id not in ran
        groups.setdefault(site.path or "", []).append((site, beyond_doubt))
    for path, group in groups.items():
        site, certain = group[0]
        message = f"`{path}` does not exist, and no cell above writes it"
        if path in surroundings.from_root:
            message = f"`{path}` is there from the project's folder, but not from the notebook's"
            certain = False
        affected = spread(plan, [one for one, _ in group])
        yield Draft(
            site.cell_id,
            site.line,
            message,
            certain,
            (path,),
            affected=affected,
            consequence=failing(certain=certain),
        )


@dataclass
class _Above:
    """What the page above has done to the files."""

    written: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)
    """Those that it makes, which have in them only what is written."""
    hidden: bool = False
    doubtful: bool = False

    def missing(self, sites: Sites, surroundings: Surroundings) -> Iterator[tuple[Site, bool]]:
        """Reads of relative paths that are not there, with whether they must raise."""
        for site in sites.every:
            if self.hidden:
                return
            if isinstance(site, Site):
                if self._lacks(site, surroundings):
                    yield site, site.certain and not self.doubtful and site.name not in _RAISES_NOT
                self._take(site)
            elif isinstance(site, ShellSite):
                plain = site.is_shell and _PLAIN_SHELL.match(site.command)
                self.hidden = not plain and site.name not in _QUIET_MAGICS
            else:
                self.hidden = site.name == "*"

    def _lacks(self, site: Site, surroundings: Surroundings) -> bool:
        use = file_use(site.call, site.name) if site.call is not None else None
        if use is None or use.kind != "reads" or site.path is None:
            return False
        if posixpath.isabs(site.path) or ntpath.isabs(site.path):
            return False
        path = posixpath.normpath(site.path)
        made = any(path == one or path.startswith((one + "/", one + ".")) for one in self.written)
        made = made or any(one == path or one.startswith(path + "/") for one in self.folders)
        return not made and surroundings.files.get(site.path) is False

    def _take(self, site: Site) -> None:
        use = file_use(site.call, site.name) if site.call is not None else None
        if use is not None and use.kind == "makes":
            if site.path is not None:
                self.folders.add(posixpath.normpath(site.path))
            return
        if use is not None and use.kind == "writes":
            if site.path is not None:
                self.written.add(posixpath.normpath(site.path))
            elif use.path is not None:
                self.hidden = True
            return
        top = site.name.partition(".")[0].partition("(")[0]
        plain = not site.name or top in PLAIN_MODULES or site.name.startswith("os.path.")
        words = set(site.last.lower().split("_"))
        if site.name in CHANGES_FOLDER or (not plain and words & MAKES_FILES):
            self.hidden = True
        known = plain or site.name.startswith(".") or (is_builtin(top) and top == site.name)
        if not known and use is None:
            self.doubtful = True
        self.doubtful = self.doubtful or site.name in _RUNS_ANYTHING
