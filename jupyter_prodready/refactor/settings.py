"""Names for literals that the code reads: an argument, a keyword with a default, or a constant.

The page shows the same with each as long as the name is bound once, above, for sure, and by
nothing else: then its value is the same whenever the function is called.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..analysis.facts import facts_of
from ..model import Parameter, Refusal, Setting, SettingWay
from .function import called_with, is_path
from .moves import Moves
from .options import Options
from .page import IPYTHON_NAME, Page, PageStatement, named
from .parts import Parts
from .places import named_cells
from .signature import Signature

_WORDS: dict[SettingWay, str] = {
    "default": "a keyword with a default",
    "constant": "a constant of the module",
}
_FOLDER = re.compile(r"^((\.{1,2}|~)[\\/]|/\w|[A-Za-z]:[\\/])|^(?!.*://).*\w/$")


def settings_of(
    signature: Signature, moves: Moves, asked: Options, view: View
) -> Iterator[Setting]:
    """Each name that could be given otherwise than as an argument, in the order of the code."""
    read = {*(one.name for one in signature.inputs), *_taken(signature, asked)}
    order = dict.fromkeys((*signature.flow.exposed, *signature.flow.soft))
    for name in (name for name in order if name in read):
        ways = [way for way in _WORDS if view.why_not(name, way, moves) is None]
        if ways:
            text = literal_of(view.page.writers[name][0])
            yield Setting(name, text, _way(name, asked), ("argument", *ways))


def refuse_settings(
    signature: Signature, moves: Moves, asked: Options, view: View
) -> Iterator[Refusal]:
    """What was asked for and would not be the same for the page."""
    read = {*(one.name for one in signature.inputs), *_taken(signature, asked)}
    for way, names in _asked(asked):
        for name in dict.fromkeys(names):
            against = view.why_not(name, way, moves)
            remedy = f"Leave `{name}` an argument."
            if name not in read:
                against, remedy = view.why_not_read(name, signature), f"Leave `{name}` out."
            if against is not None:
                message = f"`{name}` cannot be {_WORDS[way]}: {against}."
                yield Refusal(None, None, message, remedy)
    for name in (one for one in asked.constants if one in asked.defaults):
        message = f"`{name}` is asked for as a constant, and as a keyword with a default."
        yield Refusal(None, None, message, "Choose one of the two.")


def only_offered(asked: Options, settings: Iterable[Setting]) -> Options:
    """``asked`` without names that are not offered."""
    offered = {(way, one.name) for one in settings for way in one.offered}
    constants = tuple(name for name in asked.constants if ("constant", name) in offered)
    defaults = tuple(name for name in asked.defaults if ("default", name) in offered)
    return replace(asked, constants=constants, defaults=defaults)


def refuse_others(asked: Options, settings: Mapping[str, Setting]) -> Iterator[Refusal]:
    """Names that were asked for and that no function of several is given so."""
    for way, names in _asked(asked):
        for name in names:
            if name not in settings or settings[name].given != way:
                message = f"`{name}` cannot be {_WORDS[way]}: no function that moves could take it."
                yield Refusal(None, None, message, f"Leave `{name}` out.")


def with_remedies(refusals: Iterable[Refusal], asked: Options) -> Iterator[Refusal]:
    """What the module has against a constant that was asked for is no reason to go elsewhere."""
    for one in refusals:
        is_constant = any(one.message.endswith(f"different `{n}`.") for n in asked.constants)
        remedy = "Leave it an argument, or choose another module."
        yield replace(one, remedy=remedy) if is_constant else one


def with_defaults(inputs: Sequence[Parameter], asked: Options, page: Page) -> tuple[Parameter, ...]:
    """``inputs`` with those that have a default last, as they are keywords."""
    made = [
        Parameter(one.name, one.annotation, one.reason, literal_of(page.writers[one.name][0]))
        for one in inputs
        if one.name in asked.defaults and page.everywhere(one.name) == "constant"
    ]
    names = {one.name for one in made}
    return (*(one for one in inputs if one.name not in names), *made)


def literal_of(statement: PageStatement) -> str:
    """The value as it was written, if that is one line."""
    value = statement.tree.value if isinstance(statement.tree, ast.Assign) else None
    assert value is not None
    code = facts_of(statement.cell.source).code
    text = ast.get_source_segment(code, value) or "\n"
    return ast.unparse(value) if "\n" in text else text


def _taken(signature: Signature, asked: Options) -> Iterator[str]:
    """Constants that the body reads from the module because that was asked for."""
    constants = (one for one in signature.needs.definitions if one.is_constant)
    bound = {name for one in constants for name in one.flow.bound}
    return (name for name in asked.constants if name in bound)


def _asked(asked: Options) -> tuple[tuple[SettingWay, Sequence[str]], ...]:
    return ("constant", asked.constants), ("default", asked.defaults)


def _way(name: str, asked: Options) -> SettingWay:
    return next((way for way, names in _asked(asked) if name in names), "argument")


@dataclass(frozen=True)
class View:
    """What the page does with names for literals, seen from ``parts``."""

    page: Page
    parts: Parts

    def why_not(self, name: str, way: SettingWay, moves: Moves) -> str | None:
        """What stands against it, to follow "it cannot be"; None where nothing does."""
        against = self._may_vary(name) or self._is_file(name)
        if against is not None:
            return against
        (writer,) = self.page.writers[name]
        if way == "constant":
            return self._stays(name, writer)
        own = any(s.place == writer.place for s in self.parts.definitions)
        moved = own or any(name in s.flow.exposed for s in moves.definitions)
        return "a function that moves reads it, too, and it moves along" if moved else None

    def why_not_read(self, name: str, signature: Signature) -> str:
        if name not in signature.flow.exposed and name not in signature.flow.soft:
            return f"{named_cells(self.parts.cells)} does not read it"
        kinds = {"import": "an import", "definition": "a function or class", "builtin": "a builtin"}
        return f"it is {kinds.get(self.page.everywhere(name), 'no variable from above')}"

    def _may_vary(self, name: str) -> str | None:
        writers = self.page.writers.get(name, ())
        places = [named(s.cell) for s in writers]
        if len(writers) != 1:
            return (
                f"it is bound in {places[0]} and in {places[1]}" if places else "no cell binds it"
            )
        (writer,) = writers
        where = places[0]
        if "parameters" in writer.cell.tags:
            return f"{where} is tagged `parameters`, and may be given another value"
        if "raises-exception" in writer.cell.tags:
            return f"{where} is meant to fail, perhaps above it"
        if not writer.is_constant or IPYTHON_NAME.match(name):
            return f"{where} does not bind it to a plain literal"
        hidden = self.page.hidden_by(writers) or self._binder()
        if hidden is not None:
            return f"{hidden.tree_text} in {named(hidden.cell)} may bind it anew"
        word = _word(name)
        broken = next((cell for cell in self.page.unreadable if word.search(cell.source)), None)
        return f"{named(broken)}, which cannot be read, names it" if broken else None

    def _binder(self) -> PageStatement | None:
        """A function that is made above may do it, too, when it is called."""
        return next((s for s in self.page.statements if s.binds_unseen), None)

    def _is_file(self, name: str) -> str | None:
        """A path means another file from another folder: it stays with the page."""
        (writer,) = self.page.writers[name]
        values = (n.value for n in ast.walk(writer.tree) if isinstance(n, ast.Constant))
        texts = [value for value in values if isinstance(value, str)]
        trees = [s.tree for s in self.parts.body]
        calls = {"", *(call for tree in trees for call in called_with(tree, name))}
        if any(_FOLDER.search(text) or any(is_path(text, c) for c in calls) for text in texts):
            return "it names a file, which is another one from another folder"
        return None

    def _stays(self, name: str, writer: PageStatement) -> str | None:
        if not self.page.can_move_alone(writer):
            return f"another statement shares its line in {named(writer.cell)}"
        soft = next((s for s in self.parts.body if name in _soft(s.place, self.page)), None)
        if soft is not None:
            return f"a text in {named(soft.cell)} may look it up"
        early = self.page.used_above(name, writer.place)
        return f"{named(early.cell)} uses it further up" if early is not None else None


def is_read(name: str, page: Page, gone: Collection[tuple[int, int]]) -> bool:
    """May anything of the page read ``name``, once the statements at ``gone`` are?"""
    word = _word(name)
    rest = [s for s in page.statements if s.place not in gone]
    if any(s.sees_all or s.binds_unseen or word.search(s.facts.text) for s in rest):
        return True
    if any(s.opaque and "import *" not in s.opaque for s in rest):
        return True
    if any(word.search(cell.source) for cell in page.unreadable):
        return True
    cells = dict.fromkeys(s.cell for s in page.statements)
    return any(word.search(m.text) for cell in cells for m in facts_of(cell.source).magics)


def has_comment(statement: PageStatement) -> bool:
    """Is anything said about it that would be lost?"""
    lines = statement.cell.source.split("\n")
    first, last = statement.facts.line, statement.facts.end_line
    above = lines[first - 2].lstrip() if first > 1 else ""
    return above.startswith("#") or any("#" in line for line in lines[first - 1 : last])


def _soft(place: tuple[int, int], page: Page) -> Collection[str]:
    return next((s.flow.soft for s in page.statements if s.place == place), {})


def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(name)}\b")


def unread(
    asked: Options, moves: Moves, selected: Sequence[Parts], page: Page
) -> tuple[PageStatement, ...]:
    """Those that were asked for and that the page needs no more, once the selection is gone:
    constants that nothing reads, and literals that are defaults now."""
    gone = {s.place for p in selected for s in (*p.body, *p.definitions, *p.imports)}
    gone |= moves.places
    found = []
    for name in dict.fromkeys((*asked.constants, *asked.defaults)):
        writers = page.writers.get(name, ())
        is_moved = name in moves.names
        alone = len(writers) == 1 and (is_moved or _goes_unseen(writers[0], page))
        if alone and not is_read(name, page, gone | {writers[0].place}):
            found.append(writers[0])
    return tuple(found)


def _goes_unseen(statement: PageStatement, page: Page) -> bool:
    """Could the line go, with nothing that is said about it, and the cell show the same?"""
    own = [s for s in page.statements if s.cell.id == statement.cell.id]
    shows = own[-1:] == [statement] and any(isinstance(s.tree, ast.Expr) for s in own[-2:-1])
    magics = facts_of(statement.cell.source).magics
    return not (has_comment(statement) or shows or magics) and page.can_move_alone(statement)
