"""One extraction, worked out: what moves, under which signature, and what is against it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import libcst as cst

from ..errors import BadInputError
from ..fixes import diff
from ..model import Cell, CellEdit, ChangeSet, Extraction, FileEdit, Notebook, Refusal, Setting
from . import naming
from .annotations import TYPE_CHECKING, Annotations, Types, annotate
from .called import Deeds, deeds_of
from .captured import refuse_captured
from .copies import DEEP, copies_of
from .definition_texts import definitions_of
from .function import (
    Default,
    Function,
    call_arguments,
    returned,
    with_path_parameters,
    without_blanks,
    write,
)
from .halves import halves
from .import_lines import ImportLine
from .in_module import refuse_in_module
from .keywords import on_original, wanted_of, with_keywords
from .labels import changed_inputs, documented, labels_of
from .left_magics import refuse_magics
from .module import Definition, Merged, imports_at_top, merge, written
from .moves import Moves, moves_of
from .notebook_edits import PageChange, Replaced, edits_of
from .options import DEFAULT, Options
from .page import BUILTINS, Page, PageStatement
from .parts import Parts, refuse_cut, refuse_parts, split
from .project import Project, refuse_module
from .refusals import awaits_itself, refuse_cells
from .settings import View, refuse_settings, settings_of, unread, with_defaults, with_remedies
from .shown_values import refuse_shown
from .signature import GONE, Signature, signature_of
from .source import Node, Ranges, SelectedCell, read_parts
from .update import is_only_imported, refuse_update
from .whole_page import (
    muted,
    refuse_circle,
    refuse_folder,
    refuse_left,
    refuse_name,
    refuse_numbers,
)
from .words import listed_names

MANY_INPUTS = 6
MANY_OUTPUTS = 4


@dataclass(frozen=True)
class Planner:
    """``notebook`` is ``original`` with keywords for what its functions read."""

    original: Notebook
    notebook: Notebook
    page: Page
    parts: Parts
    project: Project
    asked_name: str | None
    base: str
    types: Types | None = None
    options: Options = DEFAULT
    changed: tuple[str, ...] = ()
    twins: frozenset[tuple[int, int]] = frozenset()
    """Definitions that the page has already above."""

    @cached_property
    def signature(self) -> Signature:
        signature = signature_of(self.parts, self.page, self.options.constants)
        return replace(signature, inputs=with_defaults(signature.inputs, self.options, self.page))

    @cached_property
    def moves(self) -> Moves:
        return moves_of(self.parts, self.page, self.signature.needs, self.options.parameters)

    @cached_property
    def deeds(self) -> Deeds:
        return deeds_of(self.notebook, self.page, self.parts)

    def with_keywords(self, selection: Sequence[str], lines: Ranges) -> Planner:
        """The planner of the page on which functions that move are given what they read.

        Their callers may read it then, and are given it in turn.
        """
        wanted = wanted_of(self.moves.captured)
        notebook = with_keywords(self.notebook, wanted) if wanted else None
        if notebook is None:
            return self
        cells, page, _ = selected_of(notebook, selection, lines)
        page = page.without(self.twins)
        notes = (
            f"`{owner}` takes {listed_names(names)} as a keyword; its calls are changed."
            for owner, names in wanted.items()
        )
        planner = replace(
            self,
            notebook=notebook,
            page=page,
            parts=split(cells, page),
            changed=(*self.changed, *notes),
        )
        return planner.with_keywords(selection, lines)

    def run(self, early: tuple[Refusal, ...]) -> Extraction:
        told = self.annotations(self.signature, self.moves)
        signature = annotated(self.signature, told)
        function = self._function(signature, told)
        if function is not None:
            function = without_unread(function, self.unread((self.parts,), self.moves))
        call = call_of(function) if function is not None else ""
        extraction = self.extraction(signature, self.moves, function)
        replaced = (Replaced(self.parts, call),)
        refusals = (*early, *self.refusals())
        return self.finished(extraction, function, replaced, self.moves, refusals)

    def refusals(self) -> Iterator[Refusal]:
        """What stands against this selection, whatever it is called and wherever it goes."""
        yield from (*refuse_parts(self.parts, self.page), *refuse_shown(self.parts, self.page))
        yield from (*self.signature.refusals, *self.moves.refusals)
        yield from refuse_captured(self.moves.captured)
        yield from refuse_in_module(self.parts, self.moves, self.page, self.project)
        yield from refuse_settings(self.signature, self.moves, self.options, self._view)

    def settings(self, moves: Moves) -> tuple[Setting, ...]:
        return tuple(settings_of(self.signature, moves, self.options, self._view))

    @property
    def _view(self) -> View:
        return View(self.page, self.parts)

    def unread(self, selected: Sequence[Parts], moves: Moves) -> tuple[PageStatement, ...]:
        """Literals that leave the page with the selection."""
        return unread(self.options, moves, selected, self.page)

    def finished(
        self,
        extraction: Extraction,
        function: Function | None,
        replaced: Sequence[Replaced],
        moves: Moves,
        refusals: Iterable[Refusal],
    ) -> Extraction:
        """``extraction`` with its change; refused for ``refusals``, or what the whole plan adds."""
        merged = self._merged(function, moves, [one.parts for one in replaced])
        is_there = self._is_imported(function)
        left = moves.without(self.unread([one.parts for one in replaced], moves))
        gone = tuple(name for s in left.gone for name in s.flow.bound)
        names = [*([function.name] if function and not is_there else []), *left.names]
        reload = self.options.autoreload
        made = edits_of(self.notebook, self.page, replaced, left, names, self.project, reload)
        edits, muted_lines = muted(self.page, on_original(made.edits, self.original, self.notebook))
        notes = (*extraction.notes, *map(GONE.format, gone), *muted_lines)
        lost = (*extraction.lost, *gone, *made.lost)
        extraction = replace(extraction, notes=notes, lost=lost)
        against = (
            *refusals,
            *(refuse_name(self.asked_name, self.page) if function and not is_there else ()),
            *refuse_module(self.project),
            *refuse_circle(self.project, moves.imports),
            *with_remedies(merged.refusals, self.options),
            *self._refuse_update(merged),
            *refuse_numbers(self.page, edits),
            *refuse_left(self.page, edits),
            *refuse_magics(self.page, edits),
            *refuse_folder(self.project, self.original, edits),
        )
        if against:
            against = tuple(dict.fromkeys(against))
            return replace(extraction, status="refused", refusals=against)
        return self._with_change(_with_setup(extraction, made), merged, edits)

    def _is_imported(self, function: Function | None) -> bool:
        """Does the page have the name already, of the module whose function is replaced?"""
        own = self.project.import_name
        if not self.options.update or function is None:
            return False
        return is_only_imported(function.name, own, self.page, self.parts.places)

    def _refuse_update(self, merged: Merged) -> Iterator[Refusal]:
        own, text = self.project.import_name, self.project.module_text
        if merged.updated and text:
            yield from refuse_update(text, merged.updated, own, self.page)

    # --- writing --------------------------------------------------------------------

    def annotations(self, signature: Signature, moves: Moves) -> Annotations | None:
        if self.types is None or not self.parts.body or not self.options.annotations:
            return None
        outputs = tuple(output.name for output in signature.outputs)
        present = self._module_names()
        imports = (*moves.imports, *imports_at_top(self.project.module_text))
        return annotate(self.types, self.parts, self.page, outputs, imports, moves.names, present)

    def _function(self, signature: Signature, told: Annotations | None) -> Function | None:
        if not self.parts.has_function:
            return None
        function = self.plain_function(signature, told)
        taken = self.taken | {function.name} | self.words
        return with_path_parameters(function, taken)

    def plain_function(self, signature: Signature, told: Annotations | None) -> Function:
        """The function with its paths as they stand in the code."""
        outputs = tuple(output.name for output in signature.outputs)
        cells = self.parts.calling
        labels = labels_of(self.parts, signature, self.deeds)
        does = naming.doing(labels, [p.name for p in signature.inputs])
        auto = naming.function_name(self.notebook, cells, outputs, self.taken, does)
        asked = self.asked_name or ""
        return Function(
            name=asked if naming.is_name(asked) else auto,
            parameters=tuple(one.name for one in signature.inputs if one.default is None),
            defaults=tuple(Default(p.name, p.default) for p in signature.inputs if p.default),
            body=self._body(),
            footer=cells[-1].footer if self.parts.display is None else (),
            returns="" if self.parts.result else ", ".join(outputs),
            docstring=self._docstring(signature, outputs),
            is_async=any(awaits_itself(s.tree) for s in self.parts.body),
            annotations=told,
            copies=self._copies(signature),
        )

    def _copies(self, signature: Signature) -> tuple[str, ...]:
        types = self.types.inputs if self.types is not None else {}
        changed = changed_inputs(signature, self.deeds) if self.options.pure else ()
        return copies_of(changed, types)

    @cached_property
    def taken(self) -> frozenset[str]:
        """Names that a function, or a keyword of it, had better not have."""
        return self.page.names | BUILTINS | self._module_names()

    def _docstring(self, signature: Signature, outputs: tuple[str, ...]) -> str:
        text = naming.docstring(self.notebook, self.parts.calling, outputs)
        labels = labels_of(self.parts, signature, self.deeds, self.options.pure)
        return documented(text, labels, outputs) if self.options.docstring else ""

    def _body(self) -> tuple[Node, ...]:
        """The body's statements; a blank line and the comments between parts two cells."""
        if self.parts.result:
            return (returned(self.parts.body[0].node),)
        nodes: list[Node] = []
        waiting: list[cst.EmptyLine] = []
        for selected in self.parts.cells:
            own = [s.node for s in self.parts.body if s.cell.id == selected.cell.id]
            if own and (nodes or waiting):
                lines = without_blanks(own[0].leading_lines)
                first = own[0].with_changes(leading_lines=[*waiting, cst.EmptyLine(), *lines])
                own, waiting = [first, *own[1:]], []
            nodes += own
            waiting += selected.footer if selected is not self.parts.cells[-1] else ()
        return tuple(nodes)

    @cached_property
    def words(self) -> set[str]:
        """Every name in the body, those of nested functions and their parameters included."""
        nodes = [node for s in self.parts.body for node in ast.walk(s.tree)]
        names = {node.id for node in nodes if isinstance(node, ast.Name)}
        return names | {node.arg for node in nodes if isinstance(node, ast.arg)}

    def _module_names(self) -> frozenset[str]:
        """Those that the module uses, but for what surely is Python's own there."""
        try:
            tree = ast.parse(self.project.module_text or "")
        except (SyntaxError, ValueError):
            return frozenset()
        bound = written(tree.body)
        own = BUILTINS - bound if "*" not in bound else frozenset()
        names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
        return frozenset((names | bound) - own)

    def _merged(self, function: Function | None, moves: Moves, selected: Sequence[Parts]) -> Merged:
        own = self.project.import_name
        imports = [line for line in moves.imports if line.module != own]
        definitions = definitions_of(selected, moves)
        if function is not None:
            definitions.append(Definition(function.name, write(function)))
        where = f"Extracted from {self.project.notebook.rpartition('/')[2]}."
        text = self.project.module_text
        told = function.annotations if function is not None else None
        typing = told.imports if told is not None else ()
        imports = [*imports, TYPE_CHECKING] if typing else imports
        deep = function is not None and any(DEEP in line for line in function.copies)
        imports = [*imports, ImportLine("copy", DEEP)] if deep else imports
        module, update = self.project.module, self.options.update
        return merge(module, text, imports, definitions, moves.builtins, where, typing, update)

    # --- the answer -----------------------------------------------------------------

    def extraction(
        self, signature: Signature, moves: Moves, function: Function | None
    ) -> Extraction:
        return Extraction(
            status="preview",
            function=function.name if function else next(iter(moves.names), ""),
            module=self.project.module,
            inputs=signature.inputs,
            outputs=signature.outputs,
            notes=self._notes(signature, moves, function),
            labels=labels_of(self.parts, signature, self.deeds, self.options.pure),
            base=self.base,
            importable=self.project.is_on_path,
            reach=self.project.reach,
            settings=self.settings(moves),
            lost=signature.lost,
        )

    def _notes(
        self, signature: Signature, moves: Moves, function: Function | None
    ) -> tuple[str, ...]:
        notes = [*self.changed, *signature.notes, *moves.notes]
        if function is not None and function.is_async:
            notes.append(f"`{function.name}` is async, and the notebook awaits it.")
        if function is None and self.asked_name:
            notes.append(f"Only definitions move: the name `{self.asked_name}` is not used.")
        if len(signature.inputs) > MANY_INPUTS or len(signature.outputs) > MANY_OUTPUTS:
            count = f"{len(signature.inputs)} inputs and {len(signature.outputs)} outputs"
            smaller = f"This function has {count}: smaller selections read better."
            notes.append(f"{smaller} {halves(self.parts, self.page)}".strip())
        if len(self.parts.cells) > 1:
            notes.append("What the selected cells print appears below one cell.")
        return tuple(notes)

    def _with_change(
        self, extraction: Extraction, merged: Merged, edits: tuple[CellEdit, ...]
    ) -> Extraction:
        files = [FileEdit(path, None, "") for path in self.project.missing_inits]
        files.append(FileEdit(self.project.module, self.project.module_text, merged.text))
        reused = tuple(f"`{name}` is in the module already." for name in merged.reused)
        change = ChangeSet(tuple(files), edits)
        shown = diff.of_files(files) + diff.of_page(
            self.project.notebook, self.original.cells, edits
        )
        updated = (
            f"`{name}` of the module is replaced: all that imports it gets the new one."
            for name in merged.updated
        )
        notes = (*extraction.notes, *reused, *updated)
        return replace(extraction, change=change, diff=shown, notes=notes)


def _with_setup(extraction: Extraction, made: PageChange) -> Extraction:
    return replace(extraction, setup=made.setup, setup_binds=made.binds)


def annotated(signature: Signature, told: Annotations | None) -> Signature:
    if told is None:
        return signature
    inputs = (replace(p, annotation=_bare(told.inputs.get(p.name))) for p in signature.inputs)
    outputs = (replace(p, annotation=_bare(told.outputs.get(p.name))) for p in signature.outputs)
    return replace(signature, inputs=tuple(inputs), outputs=tuple(outputs))


def _bare(text: str | None) -> str | None:
    return None if text is None else text.strip('"')


def call_of(function: Function) -> str:
    """The line of the notebook that calls it."""
    word = "await " if function.is_async else ""
    call = f"{word}{function.name}({call_arguments(function)})"
    return f"{function.returns} = {call}" if function.returns else call


def without_unread(function: Function, unread: Sequence[PageStatement]) -> Function:
    """Called without what the page does not hold any more."""
    gone = {name for statement in unread for name in statement.flow.bound}
    defaults = (replace(one, is_passed=one.name not in gone) for one in function.defaults)
    return replace(function, defaults=tuple(defaults))


def selected_of(
    notebook: Notebook, selection: Sequence[str], lines: Ranges
) -> tuple[tuple[SelectedCell, ...], Page, tuple[Refusal, ...]]:
    page = Page.of(notebook)
    cells = _code_cells(notebook, selection)
    selected = tuple(part for cell in cells for part in read_parts(cell, lines))
    return selected, page, (*refuse_cut(selected), *refuse_cells(selected, page))


def _code_cells(notebook: Notebook, selection: Sequence[str]) -> list[Cell]:
    for cell_id in selection:
        if notebook.cell(cell_id) is None:
            raise BadInputError(
                f"There is no cell {cell_id!r} in the notebook.", "Select the cells again."
            )
    return [cell for cell in notebook.code_cells if cell.id in selection]
