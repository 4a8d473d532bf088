"""What is worth extracting: only what a plan accepts, the best first."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Sequence

from ..model import Extraction, Notebook, Suggestion
from ..records import replace
from . import naming
from .candidates import Candidate, candidates_of
from .page import Page
from .parts import split
from .plan import answer
from .planner import MANY_INPUTS, MANY_OUTPUTS, Planner
from .project import Project
from .refusals import refuse_cells
from .words import listed_names

MOST_PLANNED = 40
"""Places to be planned: each costs about twenty milliseconds on a page of a hundred cells."""
MOST = 12
"""More would not be read."""
MOST_KEYWORDS = 3
LEAST_SCORE = 0.4
_LARGEST = 25
_PURITY = {
    "pure": 1.0,
    "mutates": 0.9,
    "prints": 0.8,
    "draws": 0.8,
    "reads files": 0.8,
    "random": 0.6,
    "clock": 0.6,
    "environment": 0.6,
}
_IMPURE = 0.4
_KINDS = {"run": 0.7}
"""Cells in a row may be of one mind only by chance."""
_CALLED = 1.3
"""What people gave a heading or a comment is one thing to them."""
ProjectFor = Callable[[str], Project]
"""The project, to write to this module."""


def suggest(
    notebook: Notebook, *, project: Project, project_for: ProjectFor
) -> tuple[Suggestion, ...]:
    """What can be extracted and is worth it, best first; no two of the same cells.

    All go to the module of ``project``, but for sections, which get one of their own.
    """
    if notebook.language != "python":
        return ()
    page = Page.of(notebook)
    found: list[tuple[float, Candidate, Suggestion]] = []
    for candidate in _affordable(candidates_of(notebook, page)):
        own = project_for(_module_for(project, candidate)) if candidate.heading else project
        planned = _planned(notebook, page, candidate, own)
        if planned is not None:
            score = _score(notebook, candidate, planned)
            found.append((score, candidate, _told(candidate, planned, page)))
    found.sort(key=lambda one: (-one[0], one[1].cells[0].cell.index))
    return tuple(_apart(found))


def _affordable(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    left = MOST_PLANNED
    for candidate in candidates:
        if candidate.places <= left:
            left -= candidate.places
            yield candidate


def _planned(
    notebook: Notebook, page: Page, candidate: Candidate, project: Project
) -> Extraction | None:
    """The extraction, None where it is refused or has too many names for a reader."""
    early = refuse_cells(candidate.cells, page)
    if early:
        return None
    planner = Planner(notebook, notebook, page, split(candidate.cells, page), project, None, "")
    found = answer(planner, candidate.cells, early)
    if found.status == "refused" or bool(found.calls) != (candidate.kind == "same-code"):
        return None
    many = len(found.inputs) > MANY_INPUTS or len(found.outputs) > MANY_OUTPUTS
    keywords = max((len(call.keywords) for call in found.calls), default=0)
    return None if many or keywords > MOST_KEYWORDS else found


def _module_for(project: Project, candidate: Candidate) -> str:
    name = naming.module_of(candidate.heading)
    return posixpath.join(posixpath.dirname(project.module), f"{name}.py")


def _score(notebook: Notebook, candidate: Candidate, found: Extraction) -> float:
    """Much code behind few names, that does little besides."""
    called = _CALLED if naming.text_of(notebook, candidate.cells) else 1.0
    keywords = sum(len(call.keywords) for call in found.calls[:1])
    names = len(found.inputs) + len(found.outputs) + keywords
    purity = min((_purity(label) for label in found.labels), default=1.0)
    kind = _KINDS.get(candidate.kind, 1.0)
    return kind * called * purity * min(candidate.size, _LARGEST) / (2 + names)


def _purity(label: str) -> float:
    return _PURITY.get("mutates" if label.startswith("mutates ") else label, _IMPURE)


def _apart(found: Sequence[tuple[float, Candidate, Suggestion]]) -> Iterator[Suggestion]:
    """Those that share no cell with a better one, each under a name of its own."""
    taken: set[str] = set()
    names: set[str] = set()
    for score, candidate, one in found:
        if score < LEAST_SCORE or taken & set(candidate.ids) or len(names) == MOST:
            continue
        taken |= set(candidate.ids)
        if candidate.kind != "definitions":
            one = replace(one, function=naming.free(one.function, names))
        names.add(one.function)
        yield one


def _told(candidate: Candidate, found: Extraction, page: Page) -> Suggestion:
    return Suggestion(
        kind=candidate.kind,
        cells=candidate.ids,
        function=found.function,
        module=found.module,
        text=_text(candidate, found),
        labels=found.labels,
        inputs=tuple(one.name for one in found.inputs),
        outputs=tuple(one.name for one in found.outputs),
        needs=_needs(candidate, page),
    )


def _needs(candidate: Candidate, page: Page) -> tuple[str, ...]:
    """Imported names that the code reads."""
    places = {statement.place for cell in candidate.cells for statement in cell.statements}
    own = (statement for statement in page.statements if statement.place in places)
    read = {name: None for s in own for name in (*s.flow.exposed, *s.flow.late)}
    return tuple(name for name in read if page.everywhere(name) == "import")


def _text(candidate: Candidate, found: Extraction) -> str:
    if candidate.kind == "same-code":
        return found.notes[0]
    if candidate.kind == "definitions":
        count = sum(s.is_definition for cell in candidate.cells for s in cell.statements)
        others = f" and {count - 1} more" if count > 1 else ""
        return f"Move `{found.function}`{others}."
    takes = listed_names([one.name for one in found.inputs])
    gives = listed_names([one.name for one in found.outputs])
    if not takes:
        return f"Gives {gives}." if gives else "Takes and gives nothing."
    return f"Takes {takes}, gives {gives or 'nothing back'}."
