"""A better version of a value is computed and never used, while the older one still is.

## Why it matters
The cells below work on what the cleaning was meant to replace. Nothing fails and nothing
looks wrong; the results are those of the raw data.

## Flagged
    # %% In [1]
    import pandas as pd
    raw = pd.read_csv("sales.csv")
    # %% In [2]
    complete = raw.dropna().drop_duplicates()  # info: `complete` is made of `raw` and never used; [3] still uses `raw`
    # %% In [3]
    raw["price"].mean()

## Flagged
    # %% In [1]
    raw = [" a", "b "]
    # %% In [2]
    def tidy(rows):
        return [row.strip() for row in rows]
    # %% In [3]
    clean = tidy(raw)  # info: `clean` is made of `raw` and never used; [4] still uses `raw`
    # %% In [4]
    len(raw)

## Flagged
    # %% In [1]
    from sklearn.preprocessing import StandardScaler
    X = [[1.0], [2.0]]
    # %% In [2]
    X_scaled = StandardScaler().fit_transform(X)  # info: `X_scaled` is made of `X` and never used; [3] still uses `X`
    # %% In [3]
    print(sum(row[0] for row in X))

## Not flagged
    # %% In [1]
    raw = [" a", "b "]
    # %% In [2]
    clean = [row.strip() for row in raw]
    # %% In [3]
    print(len(raw), len(clean))

## Not flagged
    # %% In [1]
    raw = [" a", "b "]
    # %% In [2]
    count = len(raw)
    # %% In [3]
    print(raw)

## Not flagged
    # %% In [1]
    raw = [" a", "b "]
    # %% In [2]
    clean = [row.strip() for row in raw]
    # %% In [3]
    raw = ["c"]
    # %% In [4]
    print(raw)

## Not flagged
    # %% In [1]
    items = [3, 1]
    # %% In [2]
    items_new = items.copy()
    items.append(2)
    # %% In [3]
    print(items)

## Not flagged
    # %% In [1]
    raw = [" a", "b "]
    clean = [row.strip() for row in raw]
    # %% In [2]
    def report():
        return clean
    # %% In [3]
    print(raw)

## Known limits
What is a version of another value is guessed: by calls that clean (`dropna`, `fillna`,
`drop_duplicates`), or by the name (`clean`, `df2`, `X_scaled`). Where a page hides what it
reads (`exec`, `%run`), nothing is told. It is never certain.

## What to do
Use the new value below, or delete the cell that makes it.
"""

import ast
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ..analysis.bindings import Step
from ..analysis.facts import CellFacts, facts_of
from ..analysis.kept import by_source
from ..analysis.names import label
from ..analysis.nodes import walk
from ..analysis.rule import Draft, check
from ..analysis.timeline import Plan, PlannedCell
from ..analysis.words import words
from ..analysis.written import WrittenCell, written
from ..model import Severity

CLEANING = words("dropna fillna ffill bfill interpolate drop_duplicates drop_nulls fill_null")
BETTER = words(
    """
    clean cleaned cleansed filtered fixed processed preprocessed prepared prepped normalized
    normalised scaled standardized standardised imputed encoded transformed sorted deduped
    deduplicated trimmed balanced corrected validated tidy new
    """
)
WORSE = words("raw old orig original dirty unclean input unsorted unscaled")
COPIES = words("copy deepcopy list dict set tuple array")
_WORK = frozenset({ast.Call, ast.BinOp, ast.ListComp, ast.Subscript})
_WORDS = re.compile(r"\d+|[A-Z]?[a-z]+|[A-Z]+")


@check(severity=Severity.INFO, subject="reproducibility")
def find(plan: Plan) -> Iterator[Draft]:
    sources = [planned.cell.source for planned in plan.cells]
    cells = [written(source) for source in sources]
    read = frozenset().union(*[cell.loaded for cell in cells])
    found = [
        (place, *one)
        for place, cell in enumerate(cells)
        if not cell.given <= read
        for one in _results(sources[place])
        if one[1] not in read and plan.cells[place].steps
    ]
    if not found or plan.is_opaque:
        return
    made = [
        (place, plan.cells[place].steps[number], name, older)
        for place, number, name in found
        for older in _data(sources[place], name, plan.cells[place].steps[number])
    ]
    touching = _touching(plan, cells, frozenset([older for *_, older in made]))
    told: set[Step] = set()
    for place, step, name, older in made:
        reader = _reader(plan, touching[older], place, step, older) if step not in told else None
        if reader is None:
            continue
        told.add(step)
        if not any(name in _used(source) for source in sources if name in source):
            text = f"`{name}` is made of `{older}` and never used; "
            text += f"{label(reader)} still uses `{older}`"
            planned = plan.cells[place]
            yield Draft(planned.cell.id, step.facts.line, text, names=(name, older))


@by_source
def _results(source: str) -> tuple[tuple[int, str], ...]:
    """(number of the statement, name) of what is given to the result of some work."""
    found = []
    for number, facts in enumerate(facts_of(source).statements):
        node = facts.node
        if type(node) is not ast.Assign or type(node.value) not in _WORK or not facts.writes:
            continue
        target = node.targets[0]
        if len(node.targets) == 1 and isinstance(target, ast.Name) and target.id[0] != "_":
            found.append((number, target.id))
    return tuple(found)


@by_source
def _used(source: str) -> frozenset[str]:
    """Every name that the cell reads, deletes or mentions in a text or a magic."""
    return frozenset(_mentioned(facts_of(source)))


def _mentioned(facts: CellFacts) -> Iterator[str]:
    for statement in facts.statements:
        yield from statement.augmented
        for node in walk(statement.node):
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store):
                yield node.id
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from re.findall(r"\w+", node.value)
    for magic in facts.magics:
        yield from re.findall(r"\w+", magic.text)


# --- versions of a value ------------------------------------------------------------------


def _data(source: str, name: str, step: Step) -> Iterator[str]:
    """The data that ``name`` is a better version of."""
    kept = _asked(source)
    if step.number not in kept:
        kept[step.number] = tuple(_olders(step.facts.node, name))
    for older in kept[step.number]:
        binding = step.reads.get(older)
        if binding is None or binding.module or binding.deferred or binding.immutable:
            continue
        yield older


@by_source
def _asked(source: str) -> dict[int, tuple[str, ...]]:
    """`_olders` of the statements of this source that were asked for, by their numbers."""
    return {}


def _olders(node: ast.stmt, name: str) -> Iterator[str]:
    """Names that it may be a better version of, as it is written."""
    assert isinstance(node, ast.Assign)
    value = node.value
    sources = dict.fromkeys(_sources(value))
    for older in sources:
        if older != name and (_cleans(value) or _is_better(name, older, alone=len(sources) == 1)):
            yield older


def _sources(value: ast.expr) -> Iterator[str]:
    """The names that the work is done on: what a call is given, else what it is called on."""
    if isinstance(value, ast.Name):
        yield value.id
    elif isinstance(value, ast.BinOp):
        yield from _sources(value.left)
        yield from _sources(value.right)
    elif isinstance(value, ast.ListComp):
        yield from _sources(value.generators[0].iter)
    elif isinstance(value, (ast.Subscript, ast.Attribute)):
        yield from _sources(value.value)
    elif isinstance(value, ast.Call) and _called(value) not in COPIES:
        given = [name for argument in value.args for name in _sources(argument)]
        if given:
            yield from given
        elif isinstance(value.func, ast.Attribute):
            yield from _sources(value.func.value)


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _cleans(value: ast.expr) -> bool:
    """Is it a chain of calls that do nothing but clean?"""
    steps = 0
    while isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        if value.func.attr not in CLEANING:
            return False
        value, steps = value.func.value, steps + 1
    return steps > 0 and isinstance(value, ast.Name)


def _is_better(name: str, older: str, *, alone: bool) -> bool:
    """Does the name say so? ``clean`` of ``raw``, ``df2`` of ``df``, ``X_scaled`` of ``X``,
    ``df`` of ``raw_df``. ``alone``: it is made of nothing else."""
    mine, theirs = _words(name), _words(older)
    more, less = mine - theirs, theirs - mine
    if more and more <= BETTER:
        return bool(mine & theirs) or (alone and "new" not in mine)
    if more and all(word.isdigit() for word in more):
        return all(word.isdigit() for word in less)
    return not more and bool(less) and less <= WORSE


def _words(name: str) -> set[str]:
    return {word.lower() for word in _WORDS.findall(name)}


# --- the older one ------------------------------------------------------------------------


def _touching(
    plan: Plan, cells: Sequence[WrittenCell], names: frozenset[str]
) -> dict[str, list[int]]:
    """The cells that mention each of the names, in page order."""
    found: dict[str, list[int]] = {name: [] for name in names}
    for number, cell in enumerate(cells) if names else ():
        facts = plan.cells[number].facts
        if facts.magics or not (names.isdisjoint(cell.loaded) and names.isdisjoint(cell.given)):
            for name in names if facts.magics else names & (cell.loaded | cell.given):
                if name in facts.source:
                    found[name].append(number)
    return found


def _reader(
    plan: Plan, places: list[int], place: int, maker: Step, older: str
) -> PlannedCell | None:
    """The first of the cells at ``places``, from ``place`` down where ``maker`` is, that reads
    the older value as it was when the new one was made."""
    then = maker.reads[older]
    for number in places[bisect_left(places, place) :]:
        planned, is_here = plan.cells[number], number == place
        for step in planned.steps:
            if is_here and step.number <= maker.number:
                continue
            now = step.reads.get(older)
            if older in step.facts.mutates | step.facts.writes | step.facts.deletes:
                return None
            if now is not None and then is not None and not is_here:
                return planned if now.chain.value == then.chain.value else None
    return None
