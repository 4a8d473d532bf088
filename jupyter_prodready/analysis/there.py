"""Which names there are, as `dir` tells: state that every statement that binds one changes."""

from __future__ import annotations

from collections.abc import Iterator

from .asked_names import NAME, NAMES
from .bindings import Binding, bound_to, linked
from .facts import StatementFacts
from .namespace import Names


def there(location: str, facts: StatementFacts, names: Names) -> Iterator[tuple[str, Binding]]:
    """What a statement reads at such a location: each name that is there."""
    if location == NAMES:
        for name, binding in names.look_at_all():
            yield f"{NAME}{name}", _presence(name, binding, names)
        return
    asked = location.removeprefix(NAME)
    found = names.look(asked)
    own = asked in facts.writes or asked in facts.rare.maybe_writes
    if found is not None and not own:
        yield location, _presence(asked, found, names)


def _presence(name: str, binding: Binding, names: Names) -> Binding:
    """That the name is there, whatever it stands for."""
    number = names.interner.number("there", name)
    return bound_to(number, linked(binding.chain.oldest.step, number), base=number)
