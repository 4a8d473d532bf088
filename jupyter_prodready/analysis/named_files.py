"""The project's files that a statement takes in: modules, and scripts as ``%run x.py``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from .bindings import Binding, Step
from .facts import DeferredFacts, StatementFacts


def file_of(taken: str) -> str:
    """Whose hash in `Surroundings.modules` says that a module or script is what it was."""
    return taken if taken[:1] == "%" else taken.split(".")[0]


def files_of(facts: StatementFacts) -> tuple[str, ...]:
    """The modules that the statement imports, and the script that it runs."""
    imported = [file_of(item.module) for item in facts.rare.imports]
    return tuple([*imported, facts.rare.unseen] if facts.rare.unseen[:1] == "%" else imported)


def taken(name: str, step: Step) -> tuple[DeferredFacts, ...]:
    """What calls of ``name`` do, where ``step`` takes it from a module of the project."""
    functions = step.owner.functions
    for item in step.facts.rare.imports:
        key = item.module, (name if item.name == "*" else item.name or "")
        if (item.asname == name or item.name == "*") and key in functions:
            return (functions[key],)
    return ()


def state_of(taken: str) -> str:
    """The location of what the page changed in a module of the project since its import."""
    return f"@state:{file_of(taken)}"


def state_changed(module: Binding, name: str) -> str:
    """`state_of` the module that ``name`` stands for, or was taken from; else nothing."""
    imports = module.chain.oldest.step.facts.rare.imports
    imported = [one.module for one in imports if one.asname in (name, "*")]
    return state_of(imported[0]) if imported else ""


def states_read(
    facts: StatementFacts, reads: Mapping[str, Binding | None], ours: Collection[str]
) -> Iterator[str]:
    """What an import from a module depends on, and a call of what was imported from one that
    is ``ours``."""
    for item in facts.rare.imports:
        if item.name == "*" or (item.name is not None and file_of(item.module) in ours):
            yield state_of(item.module)
    for read in facts.reads if ours else ():
        binding = reads.get(read.name) if read.items != () else None
        if binding is not None and binding.module:
            for item in binding.chain.oldest.step.facts.rare.imports:
                if item.asname == read.name and not item.name and file_of(item.module) in ours:
                    yield state_of(item.module)
    for call in facts.calls if ours else ():
        binding = reads.get(call.func)
        if binding is not None:
            for item in binding.chain.oldest.step.facts.rare.imports:
                named = item.name == "*" or (item.name and item.asname == call.func)
                if named and file_of(item.module) in ours:
                    yield state_of(item.module)
