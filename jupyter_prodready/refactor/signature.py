"""Inputs and outputs of the function, each with its reason, or why there is none."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ..model import Parameter, Refusal, RefusalCode
from .finalized import lasting, makers_of
from .flow import Exposed, Flow, flow_of
from .handles import handle
from .managers import done_with, known_of
from .moves import Needs
from .page import (
    Later,
    Page,
    PageStatement,
    code_of,
    later_of,
    named,
)
from .parts import Parts
from .unbound import why_unbound

KEPT = "kept for what comes next"
"""The reason of an output that no cell of the page reads."""
GONE = "`{}` will no longer exist in the notebook."


@dataclass(frozen=True)
class Signature:
    """Names in the order of the call, and what the body takes from the module. ``lost`` are
    names that are the function's own then, and that nothing binds anew; notes tell of them."""

    inputs: tuple[Parameter, ...]
    outputs: tuple[Parameter, ...]
    needs: Needs
    flow: Flow
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def signature_of(parts: Parts, page: Page, constants: Collection[str] = ()) -> Signature:
    """What the body of ``parts`` reads from above and what is used of it below. Names for
    literals that are among ``constants`` are taken from the module."""
    return _Signer(parts, page, frozenset(constants)).run()


class _Signer:
    def __init__(self, parts: Parts, page: Page, constants: frozenset[str]) -> None:
        self.parts = parts
        self.page = page
        self.constants = constants
        trees = [statement.tree for statement in parts.body]
        self.flow = flow_of(trees, known_of(trees, page))
        self.start = min((s.place for s in parts.body), default=(0, 0))
        self.places = parts.places
        self.later = self._later()
        self.makers = makers_of(page)
        self.lasting = lasting((s.tree for s in parts.body), page, self.makers)
        self.done_with = done_with(trees, page) - self.lasting.keys()
        self.inputs: dict[str, str] = {}
        self.outputs: dict[str, str] = {}
        self.modules: dict[str, tuple[PageStatement, ...]] = {}
        self.definitions: list[PageStatement] = []
        self.builtins: set[str] = set()
        self.refusals: list[Refusal] = []
        self.notes: list[str] = []
        self.lost: list[str] = []

    def run(self) -> Signature:
        for name, exposed in self.flow.exposed.items():
            self._input(name, exposed)
        for name, line in self.flow.soft.items():
            self._soft_input(name, line)
        self._quoted()
        self._outputs()
        self._mutated()
        self._dangers()
        imports = frozenset(s for writers in self.modules.values() for s in writers)
        needs = Needs(
            imports, frozenset(self.modules), tuple(self.definitions), frozenset(self.builtins)
        )
        return Signature(
            inputs=tuple(Parameter(n, None, r) for n, r in self._data_first()),
            outputs=tuple(Parameter(n, None, r) for n, r in self.outputs.items()),
            needs=needs,
            flow=self.flow,
            refusals=tuple(dict.fromkeys(self.refusals)),
            notes=(*dict.fromkeys(self.notes), *map(GONE.format, self.lost)),
            lost=tuple(self.lost),
        )

    def _later(self) -> Later:
        """What reads and binds names below: the display that stays comes first."""
        end = max((s.place for s in self.parts.body), default=(0, 0))
        display = self.parts.display.place if self.parts.display else None
        rest = [s for s in self.page.statements if s.place not in self.places or s.place == display]
        after = [s for s in rest if s.place > end]
        return later_of(self.page, after, [s for s in rest if s.place < end])

    # --- inputs ---------------------------------------------------------------------

    def _input(self, name: str, exposed: Exposed) -> None:
        reaching = self._reaching(name)
        kind = self.page.kind_of(name, reaching)
        if kind in ("builtin", "import", "definition"):
            self._module_level(name, kind, reaching, exposed.line)
        elif not reaching:
            own = name in self.flow.written and not self.page.opaque_before(self.start)
            if exposed.certain or not own:
                self._unbound(name, exposed.line)
        elif any(_has_import(writer.tree) for writer in reaching):
            message = f"`{name}` is imported under a condition."
            self._refuse(exposed.line, message, "Import it in a plain line.")
        elif any(writer.is_definition and name in writer.flow.bound for writer in reaching):
            cells = " and ".join(dict.fromkeys(named(writer.cell) for writer in reaching))
            self._refuse(exposed.line, f"`{name}` is defined in {cells}.", "Keep one definition.")
        elif self._is_deleted(name, reaching):
            message = f"`{name}` may have been deleted above."
            self._refuse(exposed.line, message, "Define it above this cell.")
        elif not exposed.certain and not self.page.is_bound(name, self.start):
            message = f"`{name}` may not exist yet when this cell runs."
            self._refuse(exposed.line, message, f"Give `{name}` a value above.")
        else:
            self._variable(name, exposed.line, reaching)

    def _reaching(self, name: str) -> tuple[PageStatement, ...]:
        """Who supplies a name that the body reads: the selection's own imports and
        definitions stand above the body, as they will in the module."""
        own = {s.place for s in (*self.parts.imports, *self.parts.definitions)}
        inside = tuple(s for s in self.page.writers.get(name, ()) if s.place in own)
        return inside or self.page.reaching(name, self.start)

    def _module_level(
        self, name: str, kind: str, reaching: tuple[PageStatement, ...], line: int
    ) -> None:
        hidden = self.page.hidden_by(reaching, self.start)
        if hidden is not None:
            message = f"`{name}` may be bound anew by {hidden.tree_text} in {named(hidden.cell)}."
            self._refuse(line, message, "Import by name there.", code=code_of(hidden))
        elif name in self.flow.written or name in self.flow.deleted:
            what = {"import": "an import", "definition": "a definition"}.get(kind, "a builtin")
            message = f"`{name}` is {what} that this cell also binds anew."
            self._refuse(line, message, f"Give the variable another name than `{name}`.")
        elif kind == "import":
            self.modules[name] = reaching
        elif kind == "definition":
            self.definitions.append(reaching[0])
        else:
            self.builtins.add(name)

    def _unbound(self, name: str, line: int) -> None:
        message, remedy, code = why_unbound(name, self.page, self.parts, self.start)
        self._refuse(line, message, remedy, code=code)

    @staticmethod
    def _is_deleted(name: str, reaching: Sequence[PageStatement]) -> bool:
        return any(name in s.flow.deleted and name not in s.flow.bound for s in reaching)

    def _variable(self, name: str, line: int, reaching: tuple[PageStatement, ...]) -> None:
        if name in self.constants and self.page.everywhere(name) == "constant":
            self.definitions.append(reaching[0])
            return
        used_up = next((what for s in reaching if (what := handle(s, self.page))), None)
        if used_up is not None:
            message = f"`{name}` is {used_up}, made in {named(reaching[-1].cell)}."
            remedy = f"Select {named(reaching[-1].cell)} too."
            self._refuse(line, message, remedy, wanted=(reaching[-1].cell.id,))
        if not self.page.is_bound(name, self.start):
            self.notes.append(
                f"`{name}` may not exist: then the call fails, and no line of it runs."
            )
        self.inputs[name] = f"made in {named(reaching[-1].cell)}"

    def _soft_input(self, name: str, line: int) -> None:
        """A name in a text that may be evaluated: it counts where it can be supplied."""
        reaching = self._reaching(name)
        kind = self.page.kind_of(name, reaching)
        is_local = name in self.flow.written or kind in ("variable", "constant")
        if self.flow.depth.get(name) and is_local:
            message = f"A text inside of a function or comprehension may look up `{name}`."
            self._refuse(line, message, "Use the name itself instead of the text.")
        if name in self.flow.exposed or name in self.flow.written:
            return
        if not reaching or self.page.kind_of(name, reaching) == "builtin":
            return
        self._input(name, Exposed(line, certain=False))

    def _quoted(self) -> None:
        """Classes and imports that annotations name by a text: who asks for them looks there."""
        places = {statement.place for statement in self.parts.body}
        for name in (n for s in self.page.statements if s.place in places for n in s.quoted):
            writers, kind = self.page.writers.get(name, ()), self.page.everywhere(name)
            if name not in self.flow.written and kind == "import":
                self.modules.setdefault(name, writers)
            elif name not in self.flow.written and kind == "definition":
                self.definitions += [one for one in writers if one not in self.definitions]

    def _data_first(self) -> list[tuple[str, str]]:
        """Data before plain numbers and texts, each in the order of first use."""
        scalars = {
            n for n in self.inputs if all(s.is_constant for s in self.page.reaching(n, self.start))
        }
        return sorted(self.inputs.items(), key=lambda item: item[0] in scalars)

    # --- outputs --------------------------------------------------------------------

    def _outputs(self) -> None:
        for name in self.flow.order:
            if name in self.flow.bound:
                self._sure_output(name)
            elif name in self.flow.maybe:
                self._maybe_output(name)
        for name, line in self.flow.deleted.items():
            if self.page.reaching(name, self.start):
                message = f"This cell deletes `{name}`, which comes from above."
                self._refuse(line, message, "Leave the `del` in the notebook.")
        for name, line in self.flow.unbound.items():
            if any(name in s.flow.written for s in self.page.reaching(name, self.start)):
                message = f"The `except` unbinds `{name}`, which comes from above."
                self._refuse(line, message, f"Use another name than `{name}` here.")

    def _sure_output(self, name: str) -> None:
        if name in self.later.reads:
            self.outputs[name] = self._read_reason(name)
        elif name == "_":
            self._lost(name)
        elif name in self.done_with | self.flow.looped and not self.page.reaching(name, self.start):
            self._maybe_output(name)
        elif name not in self.later.overwritten:
            self.outputs[name] = KEPT
        elif name in self.lasting:
            self.outputs[name] = f"{self.lasting[name]}: lasts until it is bound anew"

    def _maybe_output(self, name: str) -> None:
        read = name in self.later.reads
        if self.page.is_bound(name, self.start):
            if read or name in self.lasting or name not in self.later.overwritten:
                made = self.page.reaching(name, self.start)[-1]
                self.inputs.setdefault(name, f"made in {named(made.cell)}")
                self.outputs[name] = self._read_reason(name) if read else KEPT
        elif read:
            line = next((s.line for s in self.parts.body if name in flow_of([s.tree]).written), 1)
            message = f"`{name}` is bound on some paths only, and {self._reader(name)} uses it."
            self._refuse(line, message, f"Give `{name}` a value before the branch or loop.")
        elif name in self.lasting or name not in self.later.overwritten:
            self._lost(name)

    def _lost(self, name: str) -> None:
        if name in self.lasting:
            message = f"`{name}` is {self.lasting[name]}, let go when a function returns."
            remedy = f"Close `{name}` here, or give it a value above."
            self._refuse(self._line_of(name), message, remedy)
            return
        seer = self.later.seer
        if seer is None:
            self.lost.append(name)
            return
        message = f"`{name}` would no longer exist, and {named(seer.cell)} looks at all names."
        self._refuse(self._line_of(name), message, f"Give `{name}` a value before this cell.")

    def _read_reason(self, name: str) -> str:
        return f"used in {self._reader(name)}"

    def _reader(self, name: str) -> str:
        reader = self.later.reads.get(name)
        if reader is None:
            return "a later cell"
        if self.parts.display is not None and reader.place == self.parts.display.place:
            return "the line that is shown"
        return named(reader.cell)

    def _mutated(self) -> None:
        """An input that is changed in place is the same object outside; it is returned, so
        that the notebook says so, where the notebook goes on using it."""
        if self.parts.result:
            return
        changed = {name for s in self.parts.body for name in s.facts.mutates}
        for name in self.inputs:
            if name in changed and name not in self.outputs and name in self.later.reads:
                self.outputs[name] = f"changed in place, {self._read_reason(name)}"

    # --- what could see the difference ------------------------------------------------

    def _dangers(self) -> None:
        for name, line in self.flow.unseen.items():
            message = f"`{name}` evaluates a text that is not written here."
            self._refuse(line, message, "Write the text in the call.")
        self._late_names()
        self._inner_classes()
        self._let_go()
        for statement in self._reached():
            name = next(iter(sorted(statement.flow.bound)), "a function")
            clash = sorted(set(statement.flow.late) & self.flow.written)
            if clash:
                message = f"`{name}` reads `{clash[0]}`, which this cell changes."
                self._refuse(
                    self._line_of(clash[0]), message, f"Make `{clash[0]}` a parameter of `{name}`."
                )
            for declared in statement.flow.declared:
                message = f"`{name}()` changes the notebook variable `{declared}`."
                self._refuse(self.parts.body[0].line, message, f"Make it return `{declared}`.")
        if self.parts.result and self.flow.written:
            name = sorted(self.flow.written)[0]
            message = f"The shown line also binds `{name}`."
            self._refuse(self.parts.body[0].line, message, "Bind it in a line above.")

    def _late_names(self) -> None:
        """A lambda or generator that lives on sees what the notebook binds later."""
        for name, line in self.flow.late.items():
            rebound = self.later.rebound.get(name)
            is_variable = name in self.inputs or name in self.flow.written
            if is_variable and rebound is not None:
                where = named(rebound.cell)
                message = f"A function made here reads `{name}`, which {where} changes later."
                self._refuse(line, message, f"Use another name in {where}.")

    def _let_go(self) -> None:
        """What a name held before stays until the call has returned."""
        written = self.flow.written
        above = (s for s in self.page.statements if s.place < self.start)
        trees = (s.tree for s in above if not written.isdisjoint(s.words))
        held = lasting(trees, self.page, self.makers)
        for name in sorted(written & held.keys()):
            message = f"`{name}` is {held[name]} from above, and this cell lets go of it."
            self._refuse(self._line_of(name), message, f"Close `{name}` above.")

    def _inner_classes(self) -> None:
        """The body of a class looks a name up in itself and the module, past a function."""
        nodes = (node for s in self.parts.body for node in ast.walk(s.tree))
        for node in nodes:
            flow = flow_of(node.body) if isinstance(node, ast.ClassDef) else Flow()
            again = sorted(flow.written & set(flow.exposed) & (self.flow.written | {*self.inputs}))
            for name in again:
                message = f"A class here binds `{name}` anew from the `{name}` around it."
                self._refuse(flow.exposed[name].line, message, f"Use another name than `{name}`.")

    def _reached(self) -> Iterator[PageStatement]:
        """Statements above that made, or changed, anything that an input may hold."""
        above = [
            s for s in self.page.statements if s.place < self.start and s.place not in self.places
        ]
        wanted, seen = set(self.inputs), set[tuple[int, int]]()
        waiting = True
        while waiting:
            waiting = False
            for statement in above:
                made = statement.flow.written | statement.facts.mutates
                if statement.place not in seen and made & wanted:
                    seen.add(statement.place)
                    wanted |= set(statement.flow.exposed) | set(statement.flow.late)
                    waiting = True
        return (statement for statement in above if statement.place in seen)

    def _line_of(self, name: str) -> int:
        return next((s.line for s in self.parts.body if name in flow_of([s.tree]).written), 1)

    def _refuse(
        self,
        line: int,
        message: str,
        remedy: str,
        wanted: tuple[str, ...] = (),
        code: RefusalCode = "",
    ) -> None:
        owners = [s for s in self.parts.body if s.line <= line <= s.facts.end_line]
        is_one = len(owners) == 1 or len(self.parts.cells) == 1
        where = owners[0].cell.id if is_one else self._cell_of(message)
        self.refusals.append(Refusal(where, line, message, remedy, wanted, code=code))

    def _cell_of(self, message: str) -> str:
        """The selected cell that names what the message is about; else the first."""
        name = message.split("`")[1] if "`" in message else ""
        for statement in self.parts.body:
            flow = flow_of([statement.tree])
            if name in flow.exposed or name in flow.written or name in flow.deleted:
                return statement.cell.id
        return self.parts.first.cell.id


def _has_import(tree: ast.stmt) -> bool:
    if isinstance(tree, ast.Import | ast.ImportFrom):
        return True
    compound = isinstance(tree, ast.Try | ast.If | ast.With | ast.For | ast.While)
    return compound and any(
        isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(tree)
    )
