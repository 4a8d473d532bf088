"""The same code under other names becomes one function and a call in each place.

Each place is planned by itself, so all that can stand against it does. What is added: the
places must take the same things from the module, as many inputs, and give the same names
back. Then a call with the place's own names does what its code did.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..model import Call, Extraction, Parameter, Refusal, Setting
from . import naming
from .alike import Alike, compare
from .annotations import Annotations
from .flow import flow_of
from .function import Function, PathLiteral, with_path_parameters
from .generalize import comments_in, generalized, keywords_of
from .import_lines import ImportLine
from .moves import Moves
from .notebook_edits import Replaced
from .places import REMEDY, places_named
from .planner import Planner, annotated, call_of, without_unread
from .signature import GONE, KEPT, Signature
from .source import Statement, text_of
from .twins import refuse_renamed
from .words import listed

MOST_NAMED = 4


def plan_alike(planners: Sequence[Planner], early: Sequence[Refusal]) -> Extraction:
    """One function for all of ``planners``, which are of one page and were found to be
    alike; or every reason why not."""
    return _SameCode(tuple(planners)).run(early)


class _SameCode:
    """``inputs`` and ``outputs`` go by the names of the first place."""

    def __init__(self, planners: tuple[Planner, ...]) -> None:
        self.planners = planners
        self.first = planners[0]
        self.where = places_named([planner.parts.cells for planner in planners])
        trees = [[s.tree for s in planner.parts.body] for planner in planners]
        found = [compare(trees[0], other) for other in trees]
        self.alike = [one for one in found if isinstance(one, Alike)]
        self.keywords = keywords_of(planners, [one.literals for one in self.alike])
        self.inputs = tuple(one.name for one in self.first.signature.inputs)
        self.passing: list[str] = []
        self.outputs = self._outputs()
        self.moves = self._moves()

    def run(self, early: Sequence[Refusal]) -> Extraction:
        told = self.first.annotations(self.first.signature, self.moves)
        signature = annotated(self._signature(), told)
        parts = [planner.parts for planner in self.planners]
        unread = self.first.unread(parts, self.moves)
        function = without_unread(self._function(signature, told), unread)
        here = [self._at(place, function) for place in range(len(self.planners))]
        replaced = [
            Replaced(planner.parts, "\n".join((*self._comments(place), call_of(one))))
            for place, (planner, one) in enumerate(zip(self.planners, here, strict=True))
        ]
        found = self.first.extraction(signature, self.moves, function)
        calls = (_told(planner, one) for planner, one in zip(self.planners, here, strict=True))
        found = replace(
            found,
            notes=self._notes(found.notes),
            calls=tuple(calls),
            lost=self._lost(),
            settings=tuple(self._settings()),
        )
        refusals = (*early, *self._refusals(function))
        return self.first.finished(found, function, replaced, self.moves, refusals)

    def _name(self, place: int, name: str) -> str:
        """What the first place's ``name`` is called in another one."""
        return self.alike[place].names.get(name, name)

    # --- what goes in and comes out ---------------------------------------------------

    def _outputs(self) -> tuple[str, ...]:
        """Whatever one place must give back, all do: each binds it."""
        found: set[str] = set()
        for place, planner in enumerate(self.planners):
            back = {its: mine for mine, its in self.alike[place].names.items()}
            for parameter in planner.signature.outputs:
                name = back.get(parameter.name, parameter.name)
                if place and name not in found and self._is_passing(name, parameter):
                    self.passing.append(name)
                else:
                    found.add(name)
        order = [name for name in self.first.signature.flow.order if name in found]
        return (*order, *sorted(found - set(order), key=self.inputs.index))

    def _is_passing(self, name: str, parameter: Parameter) -> bool:
        """A name that each place binds anew for itself, and nothing else reads."""
        seen = any(statement.sees_all for statement in self.first.page.statements)
        return parameter.reason == KEPT and parameter.name == name and not seen

    def _signature(self) -> Signature:
        reasons: dict[str, Parameter] = {}
        for place, planner in enumerate(self.planners):
            own = {one.name: one for one in planner.signature.outputs}
            for name in self.outputs:
                if (one := own.get(self._name(place, name))) is not None:
                    reasons.setdefault(name, replace(one, name=name))
        ins = (replace(p, reason=self._reason(p)) for p in self.first.signature.inputs)
        outs = tuple(reasons[name] for name in self.outputs)
        return replace(self.first.signature, inputs=tuple(ins), outputs=outs)

    def _reason(self, parameter: Parameter) -> str:
        others = [
            f"`{name}` in {where}"
            for place, where in enumerate(self.where)
            if (name := self._name(place, parameter.name)) != parameter.name
        ]
        return "; ".join((parameter.reason, *others))

    def _moves(self) -> Moves:
        every = [planner.moves for planner in self.planners]
        places = {s.place: s for moves in every for s in moves.definitions}
        return Moves(
            definitions=tuple(places[place] for place in sorted(places)),
            imports=tuple(dict.fromkeys(line for moves in every for line in moves.imports)),
            import_cells=frozenset().union(*(moves.import_cells for moves in every)),
            builtins=frozenset().union(*(moves.builtins for moves in every)),
            notes=tuple(dict.fromkeys(note for moves in every for note in moves.notes)),
        )

    def _settings(self) -> Iterator[Setting]:
        """Those that every place reads by the same name."""
        every = [{one.name: one for one in p.settings(self.moves)} for p in self.planners]
        for name, one in every[0].items():
            same = all(self._name(place, name) == name for place in range(len(every)))
            if same and all(name in own for own in every):
                ways = (w for w in one.offered if all(w in own[name].offered for own in every))
                yield replace(one, offered=tuple(ways))

    # --- the function and its calls ---------------------------------------------------

    def _function(self, signature: Signature, told: Annotations | None) -> Function:
        plain = self.first.plain_function(signature, told)
        asked, texts = self.first.asked_name or "", self._texts()
        wanted = self.first.options.docstring
        auto = naming.common_name(texts, self.outputs, self.first.taken)
        paths = tuple(PathLiteral(one.name, one.texts[0], one.kind) for one in self.keywords)
        function = replace(
            plain,
            name=asked if naming.is_name(asked) else auto,
            body=generalized(plain.body, self.keywords),
            docstring=naming.common_docstring(texts, plain.docstring) if wanted else "",
            paths=paths,
        )
        taken = self.first.taken | {function.name} | self.first.words | {p.name for p in paths}
        return with_path_parameters(function, taken)

    def _texts(self) -> list[str]:
        return [naming.text_of(p.notebook, p.parts.calling) for p in self.planners]

    def _at(self, place: int, function: Function) -> Function:
        """The function with the names and literals of a place, for its call."""
        own = {one.name: one.texts[place] for one in self.keywords}
        outputs = () if self.first.parts.result else self.outputs
        return replace(
            function,
            parameters=tuple(self._name(place, name) for name in function.parameters),
            returns=", ".join(self._name(place, name) for name in outputs),
            paths=tuple(PathLiteral(p.name, own.get(p.name, p.literal)) for p in function.paths),
        )

    def _comments(self, place: int) -> list[str]:
        """Comments of this place that do not travel with the function."""
        planner = self.planners[place]
        known = self._comments_of(self.first, self.first.parts.definitions)
        twins = [s for s in planner.parts.definitions if s.place in planner.twins]
        return [text for text in self._comments_of(planner, twins) if text not in known]

    @staticmethod
    def _comments_of(planner: Planner, definitions: Sequence[Statement]) -> list[str]:
        plain = planner.plain_function(planner.signature, None)
        own = comments_in([s.node for s in definitions], ())
        return [*own, *comments_in(plain.body, plain.footer)]

    # --- what is said -----------------------------------------------------------------

    def _notes(self, first: Sequence[str]) -> tuple[str, ...]:
        names = list(self.where)
        more = [f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED + 1 else []
        where = listed([*names[:MOST_NAMED], *more] if more else names)
        renamed = any(mine != its for one in self.alike for mine, its in one.names.items())
        notes = [f"One function for {where}: same code{', other names' if renamed else ''}."]
        for one in self.keywords:
            values = (
                f"{text} in {where}" for text, where in zip(one.texts, self.where, strict=True)
            )
            notes.append(f"`{one.name}` is {listed(list(values))}.")
        for planner, where in zip(self.planners, self.where, strict=True):
            twins = [s for s in planner.parts.definitions if s.place in planner.twins]
            names = [s.tree.name for s in twins if isinstance(s.tree, ast.FunctionDef)]
            notes += [f"`{name}` of {where} is the same, and one is kept." for name in names]
        own = {GONE.format(name) for p in self.planners for name in p.signature.lost}
        told = (*first, *(note for p in self.planners for note in p.signature.notes))
        notes += [*(note for note in told if note not in own), *map(GONE.format, self._lost())]
        return tuple(dict.fromkeys(notes))

    def _lost(self) -> tuple[str, ...]:
        """Names that no call gives back, and nothing binds anew."""
        given = {self._name(p, name) for p in range(len(self.planners)) for name in self.outputs}
        every = (*(n for p in self.planners for n in p.signature.lost), *self.passing)
        return tuple(dict.fromkeys(name for name in every if name not in given))

    def _refusals(self, function: Function) -> Iterator[Refusal]:
        for planner in self.planners:
            yield from planner.refusals()
        for place in range(1, len(self.planners)):
            its = self.planners[place].parts
            yield from refuse_renamed(self.first.parts, its, self.alike[place].names)
            yield from self._other_meanings(place)
        yield from self._not_bound()
        for name in flow_of(ast.parse(_body_text(function)).body).unseen:
            message = f"`{name}` evaluates a text, and the texts differ."
            yield self._against(0, message, REMEDY)

    def _other_meanings(self, place: int) -> Iterator[Refusal]:
        """Names that one place has from the module, and another one from the notebook."""
        mine, its = self.first, self.planners[place]
        inputs = {self._name(place, name) for name in self.inputs}
        wrong = inputs ^ {parameter.name for parameter in its.signature.inputs}
        wrong |= _taken(mine) ^ _taken(its)
        wrong |= {name for name in _taken(mine) if self._name(place, name) != name}
        defaults = {one.name for one in mine.signature.inputs if one.default is not None}
        wrong |= {name for name in defaults if self._name(place, name) != name}
        imports = {line: None for p in (mine, its) for line in p.moves.imports}
        wrong |= {one.bound for one in imports for two in imports if _clash(one, two)}
        wrong |= {
            name
            for name in its.signature.flow.soft
            if self._name(place, name) != name or name in self._renamed(place)
        }
        if mine.parts.result != its.parts.result:
            yield self._against(place, "Only one of these places shows its value.", REMEDY)
        for name in sorted(wrong):
            where = listed([self.where[0], self.where[place]])
            message = f"`{name}` does not mean the same to {where}: they are not the same code."
            yield self._against(place, message, REMEDY)

    def _renamed(self, place: int) -> set[str]:
        return {its for mine, its in self.alike[place].names.items() if mine != its}

    def _not_bound(self) -> Iterator[Refusal]:
        """A name that one place gives back, and that another one may not have."""
        for place, planner in enumerate(self.planners):
            has = planner.signature.flow.bound | {p.name for p in planner.signature.inputs}
            for name in self.outputs:
                its = self._name(place, name)
                if its not in has:
                    where = self.where[place]
                    message = f"`{its}` may not be bound in {where}, and its twin is used."
                    yield self._against(place, message, f"Give `{its}` a value above {where}.")

    def _against(self, place: int, message: str, remedy: str) -> Refusal:
        statement = self.planners[place].parts.body[0]
        return Refusal(statement.cell.id, statement.line, message, remedy)


def _body_text(function: Function) -> str:
    return "".join(text_of([node]) + "\n" for node in function.body)


def _taken(planner: Planner) -> set[str]:
    """Names that the body has from the top level of the module."""
    needs = planner.signature.needs
    defined = {name for statement in needs.definitions for name in statement.flow.bound}
    return {*needs.import_names, *needs.builtins, *defined}


def _clash(one: ImportLine, other: ImportLine) -> bool:
    if one.bound != other.bound or one == other:
        return False
    return any(line.name is not None or line.asname is not None for line in (one, other))


def _told(planner: Planner, function: Function) -> Call:
    names = function.returns.split(", ") if function.returns else []
    return Call(
        first=planner.parts.body[0].cell.id,
        last=planner.parts.body[-1].cell.id,
        inputs=(*function.parameters, *(one.name for one in function.defaults)),
        outputs=tuple(names),
        keywords=tuple((path.name, path.literal) for path in function.paths),
    )
