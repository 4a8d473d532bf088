"""A cell installs packages.

## Why it matters
What is installed then depends on the day, and the next run starts from another environment.
`!pip` may not even be the kernel's pip, and a package that was imported above stays as it was.

## Flagged
    # %% In [1]
    !pip install pandas==2.2  # warning: `!pip` may install into another environment than the kernel's
    # %% In [2]
    import pandas

## Flagged
    # %% In [1]
    import sklearn
    # %% In [2]
    %pip install scikit-learn==1.5  # warning: installs `scikit-learn` after `sklearn` was imported: the old one stays in use

## Flagged
    # %% In [1]
    %pip install pandas  # info: installs `pandas` without a version: another day gives another one
    # %% In [2]
    import pandas

## Not flagged
    # %% In [1]
    %pip install pandas==2.2
    %pip list
    !pip freeze
    # %% In [2]
    import pandas

## What to do
Declare the package in `pyproject.toml` or `requirements.txt`. Where the notebook must stand
alone, write `%pip install name==version` into the first cell.

## Known limits
`subprocess` calls of pip are seen where the words stand in the cell.
"""

import ast
import re
from collections.abc import Iterator

from ..analysis.distributions import installed_by, likely, normalised, required_name
from ..analysis.rule import Draft, check, quoted
from ..analysis.sites import ImportSite, ShellSite, Site, Sites, spread
from ..analysis.timeline import Plan
from ..model import Severity

_INSTALL = re.compile(
    r"^(?:python3? -m |uv |sudo )*(pip3?|conda|mamba|uv|poetry) (?:\S+ )*?(install|add)\b"
)
_RUNS_COMMAND = ("os.system", "subprocess.run", "subprocess.check_call", "subprocess.call")
_KERNELS_OWN = re.compile(r"^\"?\{?\$?\{?sys\.executable")


@check(severity=Severity.WARNING, subject="reproducibility")
def find(sites: Sites, plan: Plan) -> Iterator[Draft]:
    wrong, loose = [], []
    for site, command in _installs(sites):
        late = _imported_above(sites, site, command)
        if isinstance(site, Site) or (site.is_shell and not _KERNELS_OWN.match(command)):
            wrong.append((site, command))
        elif late is not None:
            package, module = late
            message = (
                f"installs `{package}` after `{module}` was imported: the old one stays in use"
            )
            yield Draft(site.cell_id, site.line, message, names=(module,))
        elif unpinned := _unpinned(command):
            loose.append((site, unpinned))
    if wrong:
        yield _wrong(wrong, plan)
    if loose:
        first = loose[0][0]
        packages = tuple(dict.fromkeys(name for _, names in loose for name in names))
        message = f"installs {quoted(packages)} without a version: another day gives another one"
        cells = spread(plan, [site for site, _ in loose], below=False)
        yield Draft(first.cell_id, first.line, message, affected=cells, severity=Severity.INFO)


def _wrong(found: list[tuple[Site | ShellSite, str]], plan: Plan) -> Draft:
    first, command = found[0]
    tool = (_INSTALL.match(command) or ("", "pip"))[1]
    shown = f"!{tool}" if isinstance(first, ShellSite) and first.name == "!" else tool
    message = f"`{shown}` may install into another environment than the kernel's"
    cells = spread(plan, [site for site, _ in found], below=False)
    return Draft(first.cell_id, first.line, message, affected=cells)


def _installs(sites: Sites) -> Iterator[tuple[Site | ShellSite, str]]:
    """Each line that installs, as ``pip install ...``."""
    for shell in sites.shells:
        command = shell.command if shell.is_shell else f"{shell.name.lstrip('%')} {shell.command}"
        if _INSTALL.match(command) or (_KERNELS_OWN.match(command) and " install " in command):
            yield shell, command
    for site in sites.named(_RUNS_COMMAND.__contains__):
        if isinstance(site, Site):
            words = [n.value for n in ast.walk(site.node) if isinstance(n, ast.Constant)]
            text = " ".join(word for word in words if isinstance(word, str))
            own = "sys.executable" in ast.unparse(site.node)
            if _INSTALL.match(text.removeprefix("-m ")) and not own:
                yield site, text


def _imported_above(sites: Sites, site: Site | ShellSite, command: str) -> tuple[str, str] | None:
    """(package, module) of the first package that was imported before it is installed."""
    packages = [required_name(name) for name in installed_by(command)]
    for one in sites.every:
        if one is site:
            return None
        if isinstance(one, ImportSite):
            for package in packages:
                if package in likely(one.top):
                    return str(package), one.top
    return None


def _unpinned(command: str) -> tuple[str, ...]:
    if "-r " in command or "--requirement" in command:
        return ()
    loose = [name for name in installed_by(command) if not re.search(r"[=<>@~]|^[./]|^git\+", name)]
    return tuple(normalised(name) for name in loose)
