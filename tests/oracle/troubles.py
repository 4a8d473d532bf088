"""One trouble in a page that was fine: what people do to a notebook that ran from the top."""

from __future__ import annotations

import ast
import random
from collections.abc import Callable

from . import edits
from .desk import Desk
from .page import Page, hand_written

SEEDED = (
    ("import numpy as np\nnp.random.seed(42)", "x = np.random.rand(3)", "print(x.round(3))"),
    (
        "import random",
        "random.seed(7)",
        "picks = [random.randint(0, 99) for _ in range(4)]",
        "picks",
    ),
    (
        "import numpy as np",
        "rng = np.random.default_rng(1)",
        "a = rng.normal(size=2)",
        "a.round(4)",
    ),
    (
        "import random\nimport numpy as np\nrandom.seed(1)\nnp.random.seed(2)",
        "rows = list(range(10))",
        "random.shuffle(rows)\nrows",
        "np.random.permutation(5)",
    ),
    (
        "import pandas as pd\nimport numpy as np",
        "np.random.seed(3)\ndf = pd.DataFrame({'a': np.random.rand(8), 'b': range(8)})",
        "sample = df.sample(3)\nsample",
        "sample['b'].sum()",
    ),
)
"""Pages that show chance from a seed."""

Trouble = Callable[[Desk], bool]


def seeded_pages() -> tuple[Page, ...]:
    made = [
        Page(f"seeded{n}", cells, tuple(f"seeded{n}[{i}]" for i in range(len(cells))))
        for n, cells in enumerate(SEEDED)
    ]
    return (*made, *(page for page in hand_written() if _seeds("\n".join(page.sources))))


def _seeds(source: str) -> bool:
    return "seed(" in source or "default_rng(" in source


def _given(desk: Desk) -> list[tuple[int, str]]:
    """(place, name) of what a cell binds and a cell below uses."""
    return [
        (place, name)
        for place, cell in enumerate(desk.cells)
        for name in edits.bound(cell.source)
        if any(edits.uses(below.source, name) for below in desk.cells[place + 1 :])
    ]


def deleted_definition(desk: Desk) -> bool:
    given = _given(desk)
    if not given:
        return False
    desk.delete(desk.rng.choice(given)[0])
    return True


def _is_imported(source: str, name: str) -> bool:
    tree = edits.tree_of(source)
    nodes = ast.walk(tree) if tree is not None else ()
    return any(
        isinstance(node, ast.alias) and name == (node.asname or node.name.split(".")[0])
        for node in nodes
    )


def renamed(desk: Desk) -> bool:
    """The definition is renamed and run, the uses below it are not."""
    given = [one for one in _given(desk) if not _is_imported(desk.cells[one[0]].source, one[1])]
    if not given:
        return False
    place, name = desk.rng.choice(given)
    desk.edit(place, edits.renamed(desk.cells[place].source, name, f"{name}_new"))
    desk.run(place)
    return True


def moved(desk: Desk) -> bool:
    """The definition goes below its first use."""
    given = _given(desk)
    if not given:
        return False
    place, name = desk.rng.choice(given)
    below = range(place + 1, len(desk.cells))
    use = next(one for one in below if edits.uses(desk.cells[one].source, name))
    desk.move(place, desk.rng.randrange(use, len(desk.cells)))
    return True


def lost_import(desk: Desk) -> bool:
    found = [
        (place, node)
        for place, cell in enumerate(desk.cells)
        if (tree := edits.tree_of(cell.source)) is not None
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    return bool(found) and _take_out(desk, *desk.rng.choice(found))


def missing_seed(desk: Desk) -> bool:
    found = [
        (place, node)
        for place, cell in enumerate(desk.cells)
        if (tree := edits.tree_of(cell.source)) is not None
        for node in tree.body
        if isinstance(node, ast.Expr) and _seeds(ast.unparse(node))
    ]
    return bool(found) and _take_out(desk, *desk.rng.choice(found))


def _take_out(desk: Desk, place: int, node: ast.stmt) -> bool:
    source = edits.without(desk.cells[place].source, node)
    if source.strip():
        desk.edit(place, source)
        if desk.rng.random() < 0.5:
            desk.run(place)
    else:
        desk.delete(place)
    return True


def repeated_run(desk: Desk) -> bool:
    place = desk.rng.randrange(len(desk.cells))
    desk.run(place)
    if desk.rng.random() < 0.5:
        desk.run(*range(place + 1, len(desk.cells)))
    return True


TROUBLES: dict[str, Trouble] = {
    "deleted definition": deleted_definition,
    "renamed": renamed,
    "moved": moved,
    "lost import": lost_import,
    "repeated run": repeated_run,
    "missing seed": missing_seed,
}


def inject(name: str, number: int) -> Desk | None:
    """Desk ``number`` with this trouble, the same at each call; None where it has no place."""
    rng = random.Random(f"{name}/{number}")
    pages = seeded_pages() if name == "missing seed" else hand_written()
    desk = Desk.of(rng.choice(pages), rng)
    desk.run_all()
    desk.kinds.append(name)
    return desk if TROUBLES[name](desk) else None
