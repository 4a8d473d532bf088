"""Random numbers are drawn from a generator that no cell above seeds.

## Why it matters
Every run draws other numbers. What the page shows cannot be shown again, and a change of the
code cannot be told from luck.

## Flagged
    # %% In [1]
    import numpy as np
    # %% In [2]
    noise = np.random.normal(size=3)  # warning: `np.random.normal` draws from NumPy's global generator, which no cell above seeds
    # %% In [3]
    np.random.rand()

## Flagged
    # %% In [1]
    import random
    import numpy as np
    np.random.seed(0)
    # %% In [2]
    def pick(items):
        return random.choice(items)
    # %% In [3]
    pick([1, 2, 3])  # warning: `pick` draws from the generator of `random`, which no cell above seeds

## Flagged
    # %% In [1]
    from sklearn.model_selection import train_test_split
    from sklearn.ensemble import RandomForestClassifier as Forest
    a, b = train_test_split([1, 2, 3, 4])  # warning: `train_test_split` draws from NumPy's global generator, which no cell above seeds
    model = Forest(n_estimators=10)

## Flagged
    # %% In [1]
    import numpy as np
    rng = np.random.default_rng()  # warning: `np.random.default_rng` makes a generator without a seed
    rng.normal()

## Flagged
    # %% In [1]
    import pandas as pd
    df = pd.DataFrame({"a": range(9)})
    df.sample(3)  # warning: `df.sample` draws from NumPy's global generator, which no cell above seeds

## Flagged
    # %% In [1]
    import torch
    torch.rand(2)  # warning: `torch.rand` draws from PyTorch's generator, which no cell above seeds
    torch.manual_seed(0)

## Flagged
    # %% In [1]
    import uuid
    name = uuid.uuid4()  # info: `uuid.uuid4` gives another value in every run

## Not flagged
    # %% In [1]
    import random
    import numpy as np
    import pandas as pd
    import torch
    from sklearn.model_selection import train_test_split, KFold
    # %% In [2]
    def seed_all(seed):
        random.seed(seed)
        np.random.seed(seed)
        torch.manual_seed(seed)
    seed_all(1)
    # %% In [3]
    random.random(), np.random.rand(2), torch.rand(2)
    train_test_split([1, 2, 3, 4])
    pd.DataFrame({"a": range(9)}).sample(3)

## Not flagged
    # %% In [1]
    import numpy as np
    import pandas as pd
    from sklearn.model_selection import train_test_split, KFold
    SEED = 4
    rng = np.random.default_rng(SEED)
    rng.normal()
    train_test_split([1, 2], random_state=SEED)
    train_test_split([1, 2], shuffle=False)
    KFold(n_splits=2)
    pd.DataFrame({"a": range(9)}).sample(frac=0.5, random_state=rng)

## Flagged
    # %% In [1]
    import pandas as pd
    df = pd.DataFrame({"a": range(9)})
    # %% In [2]
    few = df.dropna().sort_values("a").sample(3)  # warning: `df.dropna().sort_values('a').sample` draws from NumPy's global generator, which no cell above seeds

## Not flagged
    # %% In [1]
    import pandas as pd
    df = pd.DataFrame({"a": range(9)})
    # %% In [2]
    few = df.dropna().sort_values("a").sample(3, random_state=1)
    more = df.to_dict().get("sampler")

## Not flagged
    # %% In [1]
    import random
    def never_called():
        return random.random()

## What to do
Seed the generator in the first cell: `np.random.seed(0)`, `random.seed(0)`,
`torch.manual_seed(0)`. Better still, make one and pass it on: `rng = np.random.default_rng(0)`,
`random_state=0`. If a run of this session seeded with a line that is gone, the fix puts that line
back, so that what the page shows stays what a clean run gives.

## Known limits
The calls of `random`, NumPy, pandas, SciPy, scikit-learn, PyTorch and TensorFlow are known by
name; what other libraries draw is not seen. The order of a set and the hash of a text are not
looked at. A function of another module with `seed` in its name is taken to seed everything.
"""

import ast
from collections.abc import Iterator, Sequence

from ..analysis.effect_tables import SYSTEM_DRAWS
from ..analysis.randomness import NAMES, drawn, may_draw_or_seed, seeded, unseeded_generator
from ..analysis.rule import Draft, check
from ..analysis.sites import Site, Sites, spread
from ..analysis.timeline import Plan
from ..fixes.seed import seeded as seeded_fixes
from ..model import Run, Severity


@check(severity=Severity.WARNING, subject="reproducibility")
def find(sites: Sites, plan: Plan, runs: Sequence[Run]) -> Iterator[Draft]:
    for source, group in _unseeded(sites).items():
        first = group[0]
        quiet = source in SYSTEM_DRAWS
        yield Draft(
            first.cell_id,
            first.line,
            _message(source, first),
            affected=spread(plan, group),
            fixes=seeded_fixes(source, group, plan, runs, _unseeded),
            severity=Severity.INFO if quiet else None,
        )


def _unseeded(sites: Sites) -> dict[str, list[Site]]:
    """The calls that draw without a seed, by what they draw from."""
    known: set[str] = set()
    groups: dict[str, list[Site]] = {}
    for site in sites.named(may_draw_or_seed):
        if not isinstance(site, Site) or site.call is None:
            continue
        known |= seeded(site.call, site.name)
        source = drawn(site.call, site.name, sites.modules)
        if unseeded_generator(site.call, site.name) or site.name in SYSTEM_DRAWS:
            source = site.name
        if source is not None and source not in known:
            groups.setdefault(source, []).append(site)
    return groups


def _message(source: str, site: Site) -> str:
    shown = f"`{site.through or ast.unparse(site.call.func if site.call else site.node)}`"
    if source in NAMES:
        return f"{shown} draws from {NAMES[source][0]}, which no cell above seeds"
    if source in SYSTEM_DRAWS:
        return f"{shown} gives another value in every run"
    return f"{shown} makes a generator without a seed"
