"""What goes to the top level of the module: definitions, transitively, and imports."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from ..analysis.scope import parameters
from ..model import Refusal, RefusalCode, Remedy
from .aliases import named_by
from .called import calls_in, makers_of
from .captured import Captured, remedy_of, why_not
from .definition_time import eager
from .import_lines import ImportLine
from .page import (
    IPYTHON_NAME,
    MODULE_NAME,
    Kind,
    Page,
    PageStatement,
    code_of,
    import_texts,
    named,
)
from .parts import Parts
from .pickled import pickler
from .printed_functions import shown_function
from .printed_names import has_own_text, module_reader, runner_of_tests, shown_instance
from .rebound import may_be_given
from .refusals import refuse_statement
from .returning import may_be_returned
from .spread import Spread

_LEAVE = "Leave this line in the notebook."
_LATER = "Do this when a function is called, or keep the definition in the notebook."


@dataclass(frozen=True)
class Moves:
    """Definitions in page order, the imports they and the body need, and what is against it.

    ``captured`` is nothing against it if it becomes keywords first. ``gone`` leave the page, and
    are not imported again.
    """

    definitions: tuple[PageStatement, ...]
    imports: tuple[ImportLine, ...]
    import_cells: frozenset[int]
    builtins: frozenset[str]
    captured: tuple[Captured, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()
    gone: tuple[PageStatement, ...] = ()

    @property
    def places(self) -> frozenset[tuple[int, int]]:
        return frozenset(statement.place for statement in self.definitions)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for s in self.definitions for name in sorted(s.flow.bound))

    def without(self, gone: tuple[PageStatement, ...]) -> Moves:
        """What of them the page imports again."""
        kept = tuple(one for one in self.definitions if one not in gone)
        return replace(self, definitions=kept, gone=gone)


@dataclass(frozen=True)
class Needs:
    """What the body takes from the module's top level."""

    imports: frozenset[PageStatement]
    import_names: frozenset[str]
    definitions: tuple[PageStatement, ...]
    builtins: frozenset[str]


def moves_of(parts: Parts, page: Page, needs: Needs, parameters: Collection[str] = ()) -> Moves:
    """Follow every name that a moved definition reads to what supplies it. Those among
    ``parameters`` are to be keywords although the page binds them anew."""
    return _Mover(parts, page, parameters).run(needs)


class _Mover:
    def __init__(self, parts: Parts, page: Page, parameters: Collection[str]) -> None:
        self.parts = parts
        self.parameters = parameters
        self.page = page
        self.queue: list[PageStatement] = []
        self.imports: dict[ImportLine, tuple[int, int, int]] = {}
        self.builtins: set[str] = set()
        self.captured: list[Captured] = []
        self.refusals: list[Refusal] = []
        self.notes: list[str] = []

    def run(self, needs: Needs) -> Moves:
        chosen = {statement.place for statement in self.parts.definitions}
        self.queue = [s for s in self.page.statements if s.place in chosen]
        self.queue += [s for s in needs.definitions if s not in self.queue]
        self.builtins |= needs.builtins
        for name in sorted(needs.import_names):
            self._import(name, needs.imports)
        for statement in self.queue:  # grows while it is walked
            self._definition(statement, selected=statement.place in self.parts.places)
        self._futures()
        self._side_effects()
        definitions = sorted(dict.fromkeys(self.queue), key=lambda s: s.place)
        return Moves(
            definitions=tuple(definitions),
            imports=tuple(sorted(self.imports, key=lambda one: self.imports[one])),
            import_cells=frozenset(index for index, _, _ in self.imports.values()),
            builtins=frozenset(self.builtins),
            captured=tuple(dict.fromkeys(self.captured)),
            refusals=tuple(dict.fromkeys(self.refusals)),
            notes=tuple(dict.fromkeys(self.notes)),
        )

    def _import(self, name: str, statements: Iterable[PageStatement]) -> None:
        for statement in sorted(statements, key=lambda s: s.place):
            for module, original, asname in import_texts(statement.tree, name):
                line = ImportLine(module, original, asname)
                self.imports.setdefault(line, (*statement.place, _position(statement.tree, line)))

    def _futures(self) -> None:
        """A `__future__` import of the notebook holds for all cells below it."""
        for statement in self.page.statements:
            if isinstance(statement.tree, ast.ImportFrom) and statement.tree.module == "__future__":
                for name in statement.flow.bound:
                    self._import(name, [statement])

    def _side_effects(self) -> None:
        """An import that nobody reads is there for what it does to its package."""
        packages = {line.module.partition(".")[0] for line in self.imports}
        read = {
            n for s in self.page.statements for n in (*s.flow.exposed, *s.flow.late, *s.flow.soft)
        }
        for statement in self.page.statements:
            tree = statement.tree
            if not isinstance(tree, ast.ImportFrom) or statement.flow.bound & read:
                continue
            module = tree.module or ""
            if "experimental" in module and module.partition(".")[0] in packages:
                for alias in tree.names:
                    line = ImportLine(module, alias.name, alias.asname)
                    self.imports[line] = (*statement.place, _position(tree, line))

    # --- one definition -------------------------------------------------------------

    def _definition(self, statement: PageStatement, *, selected: bool) -> None:
        (name,) = statement.flow.bound or {""}
        self._other_definitions(statement, name)
        if not selected:
            self._fails(statement, name)
            self.refusals += refuse_statement(statement.cell, statement.tree, self.page)
            self.notes.append(f"`{name}` moves along from {named(statement.cell)}.")
        for declared, line in statement.flow.declared.items():
            message = f"`{name}()` changes the notebook variable `{declared}`."
            back = Remedy("returns", names=(declared,))
            action = back if may_be_returned(self.page, declared) else None
            remedy, where = f"Make it return `{declared}`.", statement.cell.id
            self.refusals.append(Refusal(where, line, message, remedy, action=action))
        for call, line in statement.flow.unseen.items():
            message = f"`{call}` evaluates a text that is not written here."
            self._refuse(statement, line, message, "Write the text in the call.")
        for line, message in eager(statement.tree, self.page):
            self._refuse(statement, line, message, _LATER)
        for effect in statement.facts.effects:
            message = f"`{effect.detail}` runs when `{name}` is defined."
            self._refuse(statement, effect.line, message, _LATER)
        self._asked_for(statement, name)
        if isinstance(statement.tree, ast.ClassDef):
            self._class(statement, statement.tree)
        elif statement.is_definition:
            self._function(statement, name)
        self._reads(statement, name)

    def _reads(self, statement: PageStatement, name: str) -> None:
        for read, exposed in statement.flow.exposed.items():
            if read != name:
                self._read(statement, name, read, exposed.line)
        for read, line in statement.quoted.items():
            if read != name and self.page.everywhere(read) in ("import", "definition"):
                self._read(statement, name, read, line)
        own = _parameters(statement.tree)
        for read, line in statement.flow.soft.items():
            if read not in own and read in self.page.writers:
                self._read(statement, name, read, line)

    def _asked_for(self, statement: PageStatement, name: str) -> None:
        """By code that asks where something was defined, or looks for tests."""
        reader = module_reader(self.page)
        if reader is not None:
            message = f"{named(reader.cell)} reads `__module__`, which is another one then."
            self._refuse(statement, statement.tree.lineno, message, "Leave that line out.")
        runner = runner_of_tests(self.page, statement.tree)
        if runner is not None:
            message = f"{named(runner.cell)} runs the notebook's own tests: `{name}` is none then."
            remedy = f"Keep `{name}` in the notebook, or run its tests elsewhere."
            self._refuse(statement, statement.tree.lineno, message, remedy)

    def _fails(self, statement: PageStatement, name: str) -> None:
        """A module binds what its cell, which goes on after an error, may not."""
        if "raises-exception" in statement.cell.tags:
            message = f"`{name}` stands in {named(statement.cell)}, which is meant to fail."
            self._refuse(statement, statement.tree.lineno, message, "Move it to another cell.")

    def _other_definitions(self, statement: PageStatement, name: str) -> None:
        line = statement.tree.lineno
        writers = self.page.writers.get(name, ())
        if len(writers) > 1:
            other = next(w for w in writers if w.place != statement.place)
            message = f"`{name}` is also bound in {named(other.cell)}."
            self._refuse(statement, line, message, "Give one of the two another name.")
        early = self.page.used_above(name, statement.place)
        if early is not None:
            message = f"{named(early.cell)} uses `{name}` above its definition."
            self._refuse(statement, line, message, "Define it further up.")

    def _read(self, statement: PageStatement, owner: str, name: str, line: int) -> None:
        kind = self.page.everywhere(name)
        writers = self.page.writers.get(name, ())
        hidden = self.page.hidden_by(writers) if kind != "variable" else None
        if hidden is not None and kind != "unbound":
            message = f"`{name}` may be bound anew by {hidden.tree_text} in {named(hidden.cell)}."
            self._refuse(statement, line, message, "Import by name there.", code_of(hidden))
        elif kind == "builtin":
            self.builtins.add(name)
        elif kind == "import":
            self._import(name, writers)
        elif kind == "definition":
            if writers[0] not in self.queue:
                self.queue.append(writers[0])
        elif len(writers) == 1 and writers[0] in self.queue:
            pass
        elif self._may_hold(kind, name, statement) and self._may_move(writers[0]):
            self.queue.append(writers[0])
        else:
            self._variable(statement, owner, name, line)

    def _may_hold(self, kind: Kind, name: str, reader: PageStatement) -> bool:
        """Is it a literal, or a name for a type that an annotation of the reader needs?"""
        return kind == "constant" or (kind == "variable" and name in named_by(reader, self.page))

    def _may_move(self, constant: PageStatement) -> bool:
        """A constant of the body is the function's own; one of another cell may come along."""
        own = constant.place in self.parts.places
        return not own and self.page.can_move_alone(constant)

    def _variable(self, statement: PageStatement, owner: str, name: str, line: int) -> None:
        writers = self.page.writers.get(name, ())
        plain = _plain_problem(statement, owner, name, writers)
        captured = Captured(statement, owner, name)
        if plain is not None:
            self._rebound(captured, line, plain)
            return
        against = why_not(self.page, captured)
        if against is None:
            self.captured.append(captured)
            return
        where = named(writers[0].cell)
        message = f"`{owner}` reads the notebook variable `{name}` from {where}, {against}."
        code = code_of(self.page.hidden_by(writers[:1]))
        remedy = remedy_of(self.page, captured) or _given_to(statement, owner, name)
        self._refuse(statement, line, message, remedy, code)

    def _rebound(self, captured: Captured, line: int, plain: tuple[str, str]) -> None:
        can_be_given = may_be_given(self.page, captured)
        if can_be_given and captured.name in self.parameters:
            self.captured.append(captured)
            return
        message, remedy = plain
        action = Remedy("parameters", names=(captured.name,)) if can_be_given else None
        where = captured.function.cell.id
        self.refusals.append(Refusal(where, line, message, remedy, action=action))

    def _function(self, statement: PageStatement, name: str) -> None:
        shown = shown_function(self.page, name)
        if shown is not None:
            message = f"{named(shown.cell)} shows `{name}` itself, with the name of its module."
            remedy = f"Leave out the line that shows `{name}`."
            self._refuse(statement, statement.tree.lineno, message, remedy)

    def _class(self, statement: PageStatement, tree: ast.ClassDef) -> None:
        pickles = pickler(self.page)
        prints = shown_instance(self.page, tree)
        if pickles is not None:
            message = (
                f"Moving `{tree.name}` changes its pickled name, and {named(pickles.cell)} pickles."
            )
            self._refuse(statement, tree.lineno, message, "Keep the class in the notebook.")
        elif prints is not None:
            shown = named(prints.cell)
            message = f"Moving `{tree.name}` changes its printed name, which {shown} may show."
            remedy = f"Give `{tree.name}` a `__repr__`."
            if has_own_text(tree, Spread(self.page, tree)):
                remedy = f"Keep the class in the notebook, or leave out what shows it in {shown}."
            self._refuse(statement, tree.lineno, message, remedy)
        else:
            self.notes.append(f"Moving `{tree.name}` changes its pickled name.")
            self._instances(statement, tree.name)

    def _instances(self, statement: PageStatement, name: str) -> None:
        """Nothing turns objects that a kernel holds into those of another class."""
        own = {*self.parts.places, statement.place}
        made = (s for s in self.page.statements if s.place not in own and not s.is_definition)
        ran = (s for s in made if s.cell.execution_count is not None)
        makers = makers_of(name, self.page)
        maker = next((s for s in ran if makers & calls_in(s.tree)), None)
        if maker is not None:
            until = f"until {named(maker.cell)} runs again"
            self.notes.append(f"Objects of `{name}` in your kernel stay of the old class {until}.")

    def _refuse(
        self,
        statement: PageStatement,
        line: int,
        message: str,
        remedy: str,
        code: RefusalCode = "",
    ) -> None:
        self.refusals.append(Refusal(statement.cell.id, line, message, remedy, code=code))


def _given_to(statement: PageStatement, owner: str, name: str) -> str:
    if isinstance(statement.tree, ast.ClassDef):
        return f"Give it to `{owner}` as an argument, or keep `{owner}` in the notebook."
    return f"Make `{name}` a parameter of `{owner}`."


def _plain_problem(
    reader: PageStatement, owner: str, name: str, writers: tuple[PageStatement, ...]
) -> tuple[str, str] | None:
    """Why ``name`` can be nothing that a module knows, whoever calls ``owner``."""
    if MODULE_NAME.match(name):
        return f"`{name}` means the notebook, a module has its own.", _LEAVE
    if not writers and IPYTHON_NAME.match(name):
        return f"`{name}` exists only in IPython.", _LEAVE
    if not writers:
        message = f"`{owner}` reads `{name}`, which no cell defines."
        return message, "Define it, or make it a parameter."
    if len(writers) > 1:
        message = f"`{owner}` reads `{name}`, which {named(writers[-1].cell)} changes."
        return message, _given_to(reader, owner, name)
    tree = writers[0].tree
    if isinstance(tree, ast.Try | ast.If) and _imports(tree):
        return f"`{name}` is imported under a condition.", "Import it in a plain line."
    return None


def _parameters(tree: ast.stmt) -> tuple[str, ...]:
    if isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef):
        return parameters(tree.args)
    return ()


def _position(tree: ast.AST, line: ImportLine) -> int:
    """Where the statement names it, among all that it imports."""
    named = [(one.name, one.asname) for one in getattr(tree, "names", ())]
    return named.index((line.name or line.module, line.asname))


def _imports(tree: ast.AST) -> bool:
    return any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(tree))
