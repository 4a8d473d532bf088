"""A cell reads an environment variable or the machine's own name, user or home folder.

## Why it matters
On another machine, or for another user, the value is another or is not there.

## Flagged
    # %% In [1]
    import os
    # %% In [2]
    key = os.environ["API_KEY"]  # info: reads the environment variables `API_KEY` and `REGION`, which no cell sets
    # %% In [3]
    region = os.getenv("REGION", "eu")

## Flagged
    # %% In [1]
    from pathlib import Path
    data = Path.home() / "data"  # info: depends on the machine and its user through `Path.home`

## Not flagged
    # %% In [1]
    import os
    os.environ["OMP_NUM_THREADS"] = "1"
    %env REGION=eu
    os.environ.setdefault("MODE", "test")
    os.environ |= {"LEVEL": "3"}
    # %% In [2]
    os.environ["OMP_NUM_THREADS"], os.environ.get("REGION"), os.getenv("MODE"), os.getenv("LEVEL")

## What to do
Name the variables that the notebook needs in its first text cell or in the README, or set them
in a cell. A password or key belongs in the environment: then suppress this with that reason.

## Known limits
A variable whose name is computed is counted, but not named.
"""

import ast
from collections.abc import Iterator

from ..analysis.ambient import is_environ
from ..analysis.effect_tables import ENVIRONMENT_READS
from ..analysis.rule import Draft, check
from ..analysis.sites import ShellSite, Site, Sites, spread
from ..analysis.timeline import Plan
from ..model import Severity


@check(severity=Severity.INFO, subject="reproducibility")
def find(sites: Sites, plan: Plan) -> Iterator[Draft]:
    variables: list[tuple[Site, str]] = []
    machine: list[Site] = []
    known: set[str] = set()
    for site in sites.named(_may_concern):
        known |= _sets(site)
        kind = ENVIRONMENT_READS.get(site.name) if isinstance(site, Site) else None
        if not isinstance(site, Site) or kind is None or _is_stored(site.node):
            continue
        if kind != "variable":
            machine.append(site)
        elif (name := _variable(site.node)) not in known:
            variables.append((site, name))
    if variables and (merged := _merged(sites)):
        variables = [(site, name) for site, name in variables if name not in merged]
    if variables:
        yield _of_variables(variables, plan)
    if machine:
        shown = dict.fromkeys(ast.unparse(site.call.func) for site in machine if site.call)
        message = "depends on the machine and its user through " + ", ".join(
            f"`{one}`" for one in shown
        )
        first = machine[0]
        yield Draft(first.cell_id, first.line, message, affected=spread(plan, machine))


_SETS = ("os.environ.setdefault", "os.putenv", "os.environ.update", "%env", "%set_env")


def _may_concern(name: str) -> bool:
    """May what is called so read a variable, or set one?"""
    return name in ENVIRONMENT_READS or name in _SETS or name.endswith("[]")


def _merged(sites: Sites) -> set[str]:
    """The variables that ``os.environ |= {...}`` gives a value."""
    found: set[str] = set()
    for _, one in sites.statements:
        if isinstance(one, ast.AugAssign) and is_environ(one.target):
            keys = one.value.keys if isinstance(one.value, ast.Dict) else []
            found |= {str(key.value) for key in keys if isinstance(key, ast.Constant)}
    return found


def _of_variables(found: list[tuple[Site, str]], plan: Plan) -> Draft:
    first = found[0][0]
    names = tuple(dict.fromkeys(name for _, name in found if name))
    listed = " and ".join(f"`{name}`" for name in names[:2]) if len(names) < 3 else ""
    listed = listed or ", ".join(f"`{name}`" for name in names)
    what = f"the environment variable{'s' if len(names) > 1 else ''} {listed}"
    message = f"reads {what if names else 'environment variables'}, which no cell sets"
    affected = spread(plan, [site for site, _ in found])
    return Draft(first.cell_id, first.line, message, names=names, affected=affected)


def _is_stored(node: ast.expr) -> bool:
    return isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load)


def _variable(node: ast.expr) -> str:
    key = node.slice if isinstance(node, ast.Subscript) else None
    if isinstance(node, ast.Call) and node.args:
        key = node.args[0]
    return str(key.value) if isinstance(key, ast.Constant) else ""


def _sets(site: Site | ShellSite) -> set[str]:
    """The variables that this gives a value."""
    if isinstance(site, ShellSite):
        words = site.command.replace("=", " ").split()
        return set(words[:1]) if site.name in ("%env", "%set_env") and len(words) > 1 else set()
    if site.name in ("os.environ.setdefault", "os.putenv") or _is_stored(site.node):
        return {_variable(site.node)}
    if site.name == "os.environ.update" and site.call is not None:
        keys = [k.arg for k in site.call.keywords]
        for given in site.call.args:
            nodes = given.keys if isinstance(given, ast.Dict) else []
            keys += [str(key.value) for key in nodes if isinstance(key, ast.Constant)]
        return {key for key in keys if key}
    return set()
