"""Annotations of a function from the types that a kernel told; what is not known has none."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from .import_lines import ImportLine
from .page import BUILTINS, Page, import_texts
from .parts import Parts

TYPE_CHECKING = ImportLine("typing", "TYPE_CHECKING")
_PATHS = {
    f"{module}.{name}": "pathlib.Path"
    for module in ("pathlib", "pathlib._local")
    for name in ("PosixPath", "WindowsPath", "Path")
}
"""What `Path(...)` makes has another name on each system."""
_WORD = re.compile(r"[A-Za-z_][\w.]*")


@dataclass(frozen=True)
class Types:
    """By name: ``int``, ``list[str]``, ``pandas.DataFrame``. ``inputs`` as the first selected
    cell that runs begins, ``outputs`` as the last one ends; a type that is not known is absent.
    """

    inputs: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Annotations:
    """Texts as they are written; ``imports`` are for typing only."""

    inputs: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, str] = field(default_factory=dict)
    returns: str | None = None
    imports: tuple[ImportLine, ...] = ()


def annotate(
    types: Types,
    parts: Parts,
    page: Page,
    outputs: tuple[str, ...],
    imports: Collection[ImportLine],
    moved: Collection[str],
    taken: Collection[str],
) -> Annotations:
    """``imports`` and ``moved`` are what the module has at its top level when it runs, ``taken``
    the names that its text uses already."""
    writer = _Writer(page, frozenset(imports), frozenset(moved), frozenset(taken))
    entry, end = _entry(types, parts, page), _end(types, parts, page)
    ins = {name: text for name, fact in entry.items() if (text := writer.text(fact))}
    outs = {name: text for name, fact in end.items() if (text := writer.text(fact))}
    return Annotations(
        inputs={name: writer.quoted(text) for name, text in ins.items()},
        outputs={name: writer.quoted(text) for name, text in outs.items() if name in outputs},
        returns=writer.returned([outs.get(name) for name in outputs], parts.result),
        imports=writer.needed((*ins.values(), *(outs[n] for n in outputs if n in outs))),
    )


def _entry(types: Types, parts: Parts, page: Page) -> dict[str, str]:
    """Facts of names that lines above in a cell that is selected in part do not bind."""
    partly = {cell.cell.id for cell in parts.cells if cell.lines is not None}
    bound = _written(page, parts, partly, above=True)
    return {name: fact for name, fact in types.inputs.items() if name not in bound}


def _end(types: Types, parts: Parts, page: Page) -> dict[str, str]:
    cells = {parts.body[-1].cell.id} if parts.body else set()
    bound = _written(page, parts, cells, above=False)
    return {name: fact for name, fact in types.outputs.items() if name not in bound}


def _written(page: Page, parts: Parts, cells: set[str], *, above: bool) -> set[str]:
    """Names bound in ``cells`` beside the body: by other lines, or by the one that is shown."""
    body = {statement.place for statement in parts.body}
    ends = min(body, default=(0, 0)), max(body, default=(0, 0))
    beside = [s for s in page.statements if s.cell.id in cells and s.place not in body]
    return {
        name
        for s in beside
        if (s.place < ends[0] if above else s.place > ends[1])
        for name in s.flow.written
    }


class _Writer:
    def __init__(
        self,
        page: Page,
        imports: frozenset[ImportLine],
        moved: frozenset[str],
        taken: frozenset[str],
    ) -> None:
        self.page = page
        self.imports = imports
        self.moved = moved
        self.taken = taken
        self.typing: dict[str, ImportLine] = {}

    def text(self, fact: str) -> str | None:
        """The annotation without quotes; None where a name in it would mean something else."""
        names = {word: self._name(word) for word in _WORD.findall(fact)}
        if None in names.values():
            return None
        return _WORD.sub(lambda match: str(names[match[0]]), fact)

    def _name(self, fact: str) -> str | None:
        module, _, name = _PATHS.get(fact, fact).rpartition(".")
        if not module:
            hidden = name in self.page.writers or name in self.taken
            return name if name == "None" or (name in BUILTINS and not hidden) else None
        if module == "__main__":
            return name if name in self.moved else None
        line = self._import(module, name)
        if line is None:
            return None
        text = line.bound if line.name is not None else f"{line.asname or line.module}.{name}"
        if line not in self.imports:
            self.typing[text] = line
        return text

    def _import(self, module: str, name: str) -> ImportLine | None:
        """As the page imports it; else by name, if that means nothing here."""
        meant = ((module, name), (module, None))
        found = [
            ImportLine(source, original, asname)
            for bound, writers in self.page.writers.items()
            if self.page.everywhere(bound) == "import"
            for source, original, asname in import_texts(writers[0].tree, bound)
            if (source, original) in meant
        ]
        found += [line for line in self.imports if (line.module, line.name) in meant]
        found.sort(key=lambda line: (line not in self.imports, line.name is None))
        plain = ImportLine(module, name)
        line = found[0] if found else plain
        is_new = line not in self.imports
        free = line.bound not in self.taken | self.moved
        if not found:
            free = free and name not in self.page.names | BUILTINS
        return line if free or not is_new else None

    def quoted(self, text: str) -> str:
        words = _WORD.findall(text)
        return f'"{text}"' if any(word in self.typing for word in words) else text

    def returned(self, texts: list[str | None], result: bool) -> str | None:
        if not texts:
            return None if result else "None"
        if None in texts:
            return None
        whole = ", ".join(str(text) for text in texts)
        tuple_ = self._name("tuple") if len(texts) > 1 else ""
        if tuple_ is None:
            return None
        return self.quoted(f"{tuple_}[{whole}]" if len(texts) > 1 else whole)

    def needed(self, texts: Iterable[str]) -> tuple[ImportLine, ...]:
        words = {word for text in texts for word in _WORD.findall(text)}
        return tuple(dict.fromkeys(line for text, line in self.typing.items() if text in words))
