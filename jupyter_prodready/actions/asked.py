"""What was asked for, planned, and planned again with what a proof saw."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from ..fixes import pages
from ..model import Call, Extraction, FileEdit, Notebook, Refusal
from ..refactor import Options, Project, Types, ends_of, plan_cells, plan_split, with_calls
from ..refactor.characterization import cannot_be_tested
from ..refactor.copies import PURE_NEEDS_PROOF
from ..refactor.options import DEFAULT
from ..refactor.selection import Selection
from ..verify.claim import Claim
from ..verify.seen import Look, Observer, Seen, known, look
from ..verify.staging import Proved, Staged
from .install import as_installed, offer, reread_lines
from .kept_test import Kept, Trial, files_of, trial_of
from .project import Located

if TYPE_CHECKING:
    from typing_extensions import Self

WRITE_ANYWAY = "Compare with --diff; --no-proof writes it all the same."


@dataclass(frozen=True)
class Asked:
    """What was asked for, planned again as more is known; can be sent to another process."""

    notebook: Notebook
    chosen: Selection
    located: Located
    module: str | None
    name: str | None
    stars: Mapping[str, Sequence[str]] = field(default_factory=dict)
    options: Options = DEFAULT

    def plan(self, types: Sequence[Types] = ()) -> Extraction:
        """``types`` are those of each function, as `functions` has them."""
        found = plan_cells(
            self.notebook,
            self.chosen.cells,
            module=self.module,
            name=self.name,
            project=self.located.project,
            lines=self.chosen.lines,
            stars=self.stars,
            types=types,
            options=self.options,
        )
        return self._told(found)

    def _told(self, found: Extraction) -> Extraction:
        made = [step.made for step in found.steps] or [found]
        reasons = [cannot_be_tested(one) for one in made]
        no_test = reasons[0] if all(reasons) else None
        install, reread = offer(self.located), reread_lines(self.located)
        return replace(found, no_test=no_test, install=install, reread=reread)

    def as_installed(self) -> Self:
        """As if the project were installed in the kernel's environment."""
        return replace(self, located=as_installed(self.located))

    def functions(self, extraction: Extraction) -> tuple[Extraction, ...]:
        """Each function that is made, with its ``calls``: none where only definitions move."""
        if extraction.steps:
            proof = extraction.proof
            return tuple(replace(step.made, proof=proof) for step in extraction.steps)
        ends = ends_of(self.notebook, self.chosen.cells, self.chosen.lines)
        return (with_calls(extraction, ends),)

    def looks(self, extraction: Extraction) -> tuple[Look, ...]:
        """At the types, and values, of what goes in and comes out, as the page runs: the types
        in all places that call a function, the values in the first. Those are optional where
        no test is wanted: it may be, next."""
        found: list[Look] = []
        needless = not self.options.test
        for number, one in enumerate(self.functions(extraction)):
            for place, call in enumerate(one.calls):
                key = f"{number}.{place}"
                found.append(look(f"inputs {key}", call.first, "before", "types", call.inputs))
                found.append(look(f"outputs {key}", call.last, "after", "types", call.outputs))
            for call in one.calls[:1] if cannot_be_tested(one) is None else ():
                entry, end = f"entry {number}", f"end {number}"
                found.append(look(entry, call.first, "before", "values", call.inputs, needless))
                found.append(look(end, call.last, "after", "values", call.outputs, needless))
        return tuple(found)

    def claim(self, extraction: Extraction) -> Claim:
        """What a proof of the extraction has to show, and see."""
        edits = extraction.change.cells
        modules = staged_modules(extraction.change.files, self.located)
        calls = [one.calls for one in self.functions(extraction)]
        observer = Observer(self.looks(extraction), partial(self.staged, calls))
        after, lost = pages.edited(self.notebook, edits), frozenset(extraction.lost)
        new = frozenset(extraction.setup_binds)
        root = self.located.root
        file = root / self.located.project.notebook
        return Claim(self.notebook, after, edits, modules, observer, lost, new, file, root)

    def staged(self, calls: Sequence[Sequence[Call]], seen: Seen) -> Sequence[Staged]:
        """The modules, made anew with what was seen."""
        return staged_modules(self.plan(_types(calls, seen)).change.files, self.located)

    def proved(self, extraction: Extraction, found: Proved) -> Extraction:
        """The extraction with its types and proof; refused where before and after differ."""
        if found.seen:
            extraction = self.plan(self.types(extraction, found.seen))
        if found.proof == "differs":
            refusal = Refusal(None, None, f"{found.detail} Nothing was written.", WRITE_ANYWAY)
            return replace(extraction, status="refused", proof="differs", refusals=(refusal,))
        if found.proof == "not-run" and self.options.pure:
            refusal = Refusal(None, None, PURE_NEEDS_PROOF, f"Leave the copies out. {found.detail}")
            return replace(extraction, status="refused", refusals=(refusal,))
        reason = (f"Not proven: {found.detail.rstrip('.')}.",) if found.detail else ()
        notes = (*extraction.notes, *reason)
        return replace(extraction, proof=found.proof, baseline=found.baseline, notes=notes)

    def types(self, extraction: Extraction, seen: Seen) -> tuple[Types, ...]:
        """Those of each function, as far as they were seen."""
        return _types([one.calls for one in self.functions(extraction)], seen)

    def trials(self, extraction: Extraction, found: Proved) -> tuple[Trial | Kept, ...]:
        """The tests of what was proved; the ``options`` must want them."""
        staged = staged_modules(extraction.change.files, self.located)
        trials: list[Trial | Kept] = []
        for number, one in enumerate(self.functions(extraction)):
            values = (known(found.seen, f"entry {number}"), known(found.seen, f"end {number}"))
            taken = {file.path for trial in trials for file in files_of(trial)}
            trials.append(trial_of(one, values, self.of_module(one), staged, taken))
        return tuple(trials)

    def of_module(self, one: Extraction) -> Located:
        """The project to write to the module of one of the `functions`."""
        return self.located


@dataclass(frozen=True)
class AskedSplit(Asked):
    """The page, split at its headings. ``module`` is the folder that was asked for,
    ``projects`` are there for each module in it."""

    projects: Mapping[str, Project] = field(default_factory=dict)

    def plan(self, types: Sequence[Types] = ()) -> Extraction:
        found = plan_split(
            self.notebook,
            folder=posixpath.dirname(self.located.project.module),
            projects=self.projects,
            chosen=self.chosen.cells,
            stars=self.stars,
            types=types,
            options=self.options,
        )
        return self._told(found)

    def as_installed(self) -> Self:
        projects = {m: replace(one, importable=True) for m, one in self.projects.items()}
        return replace(super().as_installed(), projects=projects)

    def of_module(self, one: Extraction) -> Located:
        return replace(self.located, project=self.projects[one.module])


def without_values(found: Proved) -> Proved:
    """With what an apply needs: the tests were made of the values."""
    seen = {key: found.seen[key] for key in found.seen if key.startswith(("inputs ", "outputs "))}
    return replace(found, seen=seen)


def _types(calls: Sequence[Sequence[Call]], seen: Seen) -> tuple[Types, ...]:
    """For each function by the names of its first call, what all calls agree on."""
    return tuple(_types_of(number, own, seen) for number, own in enumerate(calls))


def _types_of(number: int, calls: Sequence[Call], seen: Seen) -> Types:
    inputs = _agreed(f"inputs {number}", [call.inputs for call in calls], seen)
    return Types(inputs, _agreed(f"outputs {number}", [call.outputs for call in calls], seen))


def _agreed(key: str, names: Sequence[tuple[str, ...]], seen: Seen) -> dict[str, str]:
    facts = [known(seen, f"{key}.{place}") for place in range(len(names))]
    told = {
        alike[0]: {fact.get(name) for name, fact in zip(alike, facts, strict=True)}
        for alike in zip(*names, strict=True)
    }
    return {
        name: str(*found) for name, found in told.items() if len(found - {None}) == len(found) == 1
    }


def staged_modules(files: Sequence[FileEdit], located: Located) -> tuple[Staged, ...]:
    """The modules among the files to write, under the names that the page imports."""
    source_root = located.project.source_root or "."
    found = []
    for edit in files:
        inside = posixpath.relpath(edit.path, source_root)
        if edit.path.endswith(".py") and edit.after is not None and not inside.startswith("../"):
            name = inside.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            found.append(Staged(name, str(located.root / edit.path), edit.after))
    return tuple(found)
