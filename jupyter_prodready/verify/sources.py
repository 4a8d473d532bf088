"""Where noise comes from: what a cell, or a cell above that feeds it, does that varies."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from ..analysis import effect_tables as known
from ..analysis.effects import file_use
from ..analysis.facts import facts_of
from ..analysis.randomness import drawn, seeded, unseeded_generator
from ..analysis.site_walk import sites_of
from ..analysis.sites import ShellSite, Site, Sites
from ..model import Notebook
from .suppliers import PYTHON

WORDS = {
    "random": "randomness without a seed",
    "uuid": "a new uuid",
    "clock": "the clock",
    "timing": "timing",
    "process": "the process id",
    "thread": "the id of a thread",
    "address": "memory addresses",
    "set": "the order of a set (its texts are hashed with a new seed in each process)",
    "hash": "the hash of a text (hashed with a new seed in each process)",
    "temporary": "the name of a temporary file",
    "network": "the network",
    "threads": "the order in which threads end",
    "tasks": "the moment in which a task of asyncio ends",
    "machine": "the load of the machine",
    "file": "a file that the page reads and changes",
}
_BY_NAME = {
    **dict.fromkeys(known.CLOCK_READS - known.NEEDS_CLOCK_WORD, "clock"),
    **dict.fromkeys((*known.STOPWATCHES, "os.times"), "timing"),
    **dict.fromkeys(known.SYSTEM_DRAWS, "random"),
    **dict.fromkeys(known.NETWORK_FULL, "network"),
    **dict.fromkeys(("uuid.uuid1", "uuid.uuid4"), "uuid"),
    **dict.fromkeys(
        (
            "os.getpid", "os.getppid", "multiprocessing.current_process",
        ),
        "process",
    ),
    **dict.fromkeys(
        (
            "threading.get_ident", "threading.get_native_id", "threading.current_thread",
            "_thread.get_ident",
        ),
        "thread",
    ),
}  # fmt: skip
_BY_MODULE = {
    "tempfile": "temporary",
    "psutil": "machine",
    "resource": "machine",
    "asyncio": "tasks",
    "threading": "threads",
    "multiprocessing": "threads",
    "concurrent.futures": "threads",
    **dict.fromkeys(known.NETWORK_MODULES, "network"),
}
_BUILTINS = {"id": "address", "hash": "hash", "set": "set", "frozenset": "set"}
_TIMING_MAGICS = ("time", "timeit", "prun", "mprun", "memit")
_BY_CHANCE = frozenset({"random", "hash", "threads", "network"})


_STRONG = ("random", "uuid", "network", "process", "thread", "clock", "timing", "temporary")
_LOOKS = {
    "set": ("set", "random", "hash", "threads"),
    "uuid": ("uuid", "random"),
    "timing": ("timing", "clock"),
    "clock": ("clock", "timing"),
    "temporary": ("temporary", "random", "process"),
    "address": ("address", "process", "thread", "hash"),
}
"""What may be behind noise that looks like this, the likeliest first."""


@dataclass(frozen=True)
class Sources:
    """What varies, by the index of the cell that does it, and what feeds what."""

    by_cell: Mapping[int, frozenset[str]]
    suppliers: Mapping[int, frozenset[int]]

    def named(self, index: int, kind: str = "") -> tuple[str, int | None]:
        """In words, where the noise of a cell comes from; empty where nothing is known.

        ``kind`` is what the noise looks like. The second is the index of the cell above
        in which it begins, None where it is the cell's own.
        """
        groups = [_LOOKS[kind]] if kind in _LOOKS else [_STRONG, tuple(WORDS)]
        for wanted in groups:
            for place in [index, *self._above(index)]:
                found = [one for one in wanted if one in self.by_cell.get(place, ())]
                if found:
                    words = [WORDS[one] for one in ([_closest(kind, found)] if kind else found)]
                    return " and ".join(words), None if place == index else place
        return WORDS.get(kind, ""), None

    def may_agree_by_chance(self, index: int, kind: str = "") -> bool:
        """Two runs agree once in a while; on the order of a set, only if that is all that
        differs from the page (``kind`` is then ``set``)."""
        reaching = self._reaching(index)
        return bool(reaching & _BY_CHANCE) or (kind == "set" and "set" in reaching)

    def asks_the_time(self, index: int) -> bool:
        return bool(self._reaching(index) & {"clock", "timing"})

    def _reaching(self, index: int) -> set[str]:
        cells = [index, *self._above(index)]
        return {kind for one in cells for kind in self.by_cell.get(one, frozenset())}

    def _above(self, index: int) -> list[int]:
        """The cells whose values come to this one, in page order."""
        found: set[int] = set()
        wanted = [index]
        while wanted:
            more = set(self.suppliers.get(wanted.pop(), frozenset())) - found
            found |= more
            wanted += more
        return sorted(found - {index})


def _closest(kind: str, found: list[str]) -> str:
    """The source of noise that looks like ``kind``: a duration may be measured by any clock."""
    return kind if kind in found or (kind == "timing" and "clock" in found) else found[0]


def sources_of(notebook: Notebook, suppliers: Mapping[int, frozenset[int]]) -> Sources:
    """Read off the source of each cell; nothing for a language that is not Python."""
    if notebook.language.lower() not in PYTHON:
        return Sources({}, suppliers)
    found: dict[int, set[str]] = {}
    index = {cell.id: cell.index for cell in notebook.code_cells}
    for cell_id, kind in _kinds(sites_of(notebook)):
        found.setdefault(index[cell_id], set()).add(kind)
    return Sources({cell: frozenset(kinds) for cell, kinds in found.items()}, suppliers)


def may_print_what_is_gone(source: str) -> bool:
    """Unless all that the cell prints are names, at its top level: these are still there."""
    try:
        tree = ast.parse(facts_of(source).code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return True
    return not all(_prints_only_names(statement) for statement in tree.body)


def _prints_only_names(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        call = statement.value
        is_print = isinstance(call.func, ast.Name) and call.func.id in ("print", "display")
        return is_print and not any(_makes(argument) for argument in call.args)
    if isinstance(statement, ast.For | ast.While | ast.With | ast.Try):
        return False
    names = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
    return not names & {"print", "display"}


def _makes(argument: ast.expr) -> bool:
    kinds = (ast.Call, ast.BinOp, ast.GeneratorExp, ast.Lambda, ast.ListComp)
    return any(isinstance(node, kinds) for node in ast.walk(argument))


def _kinds(sites: Sites) -> Iterator[tuple[str, str]]:
    seeds: set[str] = set()
    for site in sites.in_order:
        if isinstance(site, ShellSite):
            if site.name.lstrip("%") in _TIMING_MAGICS:
                yield site.cell_id, "timing"
        elif site.call is not None:
            seeds |= seeded(site.call, site.name)
            if kind := _kind(site, sites.modules, seeds):
                yield site.cell_id, kind
    for cell_id, statement in sites.statements:
        for node in ast.walk(statement):
            if kind := _of_node(node):
                yield cell_id, kind
    yield from ((cell_id, "file") for cell_id in _reads_of_own(sites))


def _reads_of_own(sites: Sites) -> Iterator[str]:
    """Cells that read a file as an earlier run left it: the page adds to it, or writes it later."""
    added: set[str] = set()
    read: dict[str, list[str]] = {}
    for site in sites.calls:
        use = file_use(site.call, site.name) if site.call is not None else None
        if use is None or use.kind == "makes" or site.path is None or site.call is None:
            continue
        if use.kind == "reads":
            read.setdefault(site.path, []).append(site.cell_id)
            yield from [site.cell_id] * (site.path in added)
            continue
        yield from read.pop(site.path, ())
        if _adds(site.call):
            added.add(site.path)


def _adds(call: ast.Call) -> bool:
    given = [*call.args[:2], *(word.value for word in call.keywords if word.arg == "mode")]
    modes = [one.value for one in given if isinstance(one, ast.Constant)]
    return any(isinstance(mode, str) and mode.strip("bt+") == "a" for mode in modes)


def _kind(site: Site, modules: frozenset[str], seeds: Collection[str]) -> str:
    assert site.call is not None
    if known_kind := _BY_NAME.get(site.name, ""):
        return known_kind
    generator = drawn(site.call, site.name, modules)
    if unseeded_generator(site.call, site.name) or (generator and generator not in seeds):
        return "random"
    module = site.name.rpartition(".")[0]
    return next((kind for name, kind in _BY_MODULE.items() if module.startswith(name)), "")


def _of_node(node: ast.AST) -> str:
    if isinstance(node, ast.Set | ast.SetComp):
        return "set"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return _BUILTINS.get(node.func.id, "")
    return ""
