"""A cell imports a package that the project does not declare.

## Why it matters
The package happens to be installed here. Wherever the project is installed from what it
declares, the import fails.

## Flagged
    # declared: pandas
    # %% In [1]
    import pandas as pd
    import seaborn as sns  # warning: `seaborn`, `sklearn` are not declared in pyproject.toml
    # %% In [2]
    from sklearn.svm import SVC

## Flagged
    # declared: pandas
    # brought: numpy by pandas
    # %% In [1]
    import numpy as np  # info: `numpy` is not declared in pyproject.toml: it comes with `pandas`

## Flagged
    # declared: pandas
    # %% never run
    import housemade_tools  # info: `housemade_tools` may not be declared in pyproject.toml: it is not installed here

## Not flagged
    # declared: pandas, scikit-learn, Pillow
    # %% In [1]
    import json
    import pandas
    from sklearn.svm import SVC
    from PIL import Image
    from IPython.display import display
    try:
        import seaborn
    except ImportError:
        seaborn = None

## Not flagged
    # %% In [1]
    import seaborn

## What to do
Add the package to the dependencies of the project.

## Known limits
Without a file that declares dependencies nothing is said; a `setup.py` is not run. Which
package an import belongs to is known for what is installed.
"""

from collections.abc import Iterator

from ..analysis.distributions import installed_by, likely, required_name
from ..analysis.rule import Draft, check, quoted
from ..analysis.sites import ImportSite, Sites, spread
from ..analysis.timeline import Plan
from ..model import Severity, Surroundings

_PROVIDED = frozenset({"IPython", "ipykernel", "google.colab", ""})


@check(severity=Severity.WARNING, subject="reproducibility")
def find(sites: Sites, surroundings: Surroundings, plan: Plan) -> Iterator[Draft]:
    if surroundings.declared is None:
        return
    undeclared: list[ImportSite] = []
    unknown: list[ImportSite] = []
    brought: dict[str, list[ImportSite]] = {}
    for site in _foreign(sites, surroundings):
        distributions = surroundings.distributions.get(site.top)
        if distributions is None:
            unknown.append(site)
            continue
        by = next((b for d in distributions if (b := surroundings.required_by.get(d))), None)
        (undeclared if by is None else brought.setdefault(by, [])).append(site)
    where = f"declared in {surroundings.declaration or 'the project'}"
    if undeclared:
        yield _draft(undeclared, "{} not " + where, plan)
    for by, group in brought.items():
        text = f"{{}} not {where}: {_it(group)} with `{by}`"
        yield _draft(group, text, plan, Severity.INFO)
    if unknown:
        text = f"{{}} not be {where}: {_it(unknown, 'is', 'are')} not installed here"
        yield _draft(unknown, text, plan, Severity.INFO, may=True)


def _foreign(sites: Sites, surroundings: Surroundings) -> Iterator[ImportSite]:
    """Imports of packages that neither the project nor the page provides."""
    declared = surroundings.declared or frozenset()
    installed = {
        required_name(name)
        for shell in sites.shells
        for name in installed_by(f"{shell.name.lstrip('%!')} {shell.command}")
    }
    for site in sites.imports:
        known = site.top in surroundings.standard | surroundings.local | _PROVIDED
        if known or site.optional or site.module.startswith("google.colab"):
            continue
        names = {*likely(site.top), *surroundings.distributions.get(site.top, ())}
        if not names & (declared | installed):
            yield site


def _draft(
    group: list[ImportSite],
    text: str,
    plan: Plan,
    severity: Severity | None = None,
    may: bool = False,
) -> Draft:
    first = group[0]
    names = tuple(dict.fromkeys(site.top for site in group))
    verb = " may" if may else " is" if len(names) == 1 else " are"
    affected = spread(plan, group, below=False)
    message = text.format(quoted(names) + verb)
    return Draft(
        first.cell_id, first.line, message, names=names, affected=affected, severity=severity
    )


def _it(group: list[ImportSite], one: str = "comes", more: str = "come") -> str:
    return f"it {one}" if len({site.top for site in group}) == 1 else f"they {more}"
