"""What calls of a library's functions do that a page has under a name of its own.

The reader of a statement knows ``random.random`` and ``np.random.rand`` by how they are written.
After ``from random import random`` or ``import random as rnd`` only the import knows what a name
stands for: it gives the name these facts, as if the module were one of the project's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from ..records import replace
from . import effect_tables as known
from .bindings import Step
from .calls import KINDS
from .facts import NOTHING, DeferredFacts
from .given import MODULE
from .mutation import changing_functions
from .named_files import taken
from .submodules import import_of
from .words import words

_NUMPY_DRAWS = words(
    """
    rand randn randint random random_sample random_integers ranf sample choice shuffle permutation
    uniform normal standard_normal lognormal exponential standard_exponential gamma beta binomial
    negative_binomial poisson geometric hypergeometric multinomial multivariate_normal dirichlet
    chisquare standard_t standard_gamma logistic laplace gumbel weibull pareto rayleigh triangular
    vonmises wald zipf
    """
)
"""Of `numpy.random`; none of them is a function of `numpy`."""
_TENSORFLOW_DRAWS = words("normal uniform truncated_normal gamma poisson categorical shuffle")
_DRAWS: dict[str, Iterable[str]] = {
    "random": [*known.PYTHON_DRAWS, "seed", "setstate"],
    "numpy.random": [*_NUMPY_DRAWS, "seed", "set_state"],
    "torch": [*known.TORCH_DRAWS, "manual_seed"],
    "tensorflow.random": [*_TENSORFLOW_DRAWS, "set_seed"],
}
"""Of modules with a generator: what draws from it or seeds it."""
_INSIDE = {"numpy": "numpy.random", "datetime": "datetime.datetime"}
"""What of a module is used through it: ``numpy.random.rand``, ``datetime.datetime.now``."""


def imported_code(name: str, step: Step) -> tuple[DeferredFacts, ...]:
    """What calls of ``name`` do, which ``step`` imports from the project or from a library."""
    if step.owner.functions and (found := taken(name, step)):
        return found
    item = import_of(name, step.facts)
    return () if item is None else _known_as(item.module, item.name, item.asname)


@lru_cache(maxsize=4096)
def _known_as(module: str, name: str | None, asname: str) -> tuple[DeferredFacts, ...]:
    """Nothing where the reader knows by how the call is written, or nobody knows."""
    if name is None and "." in module and asname == module.partition(".")[0]:
        module = asname
    full = module if name is None else f"{module}.{name}"
    if parts := tuple(_parts(full, asname)):
        return (DeferredFacts("module", methods=parts),)
    found = _function(full, asname) if name is not None else None
    return () if found is None else (found,)


def _parts(full: str, asname: str) -> Iterator[tuple[str, DeferredFacts]]:
    """The functions of a module or class, as its methods."""
    for inside in filter(None, (full, _INSIDE.get(full))):
        below = inside[len(full) :]
        every = *_DRAWS.get(inside, ()), *_UNREPEATABLE.get(inside, ())
        for name in dict.fromkeys([*every, *changing_functions(inside)]):
            one = _function(f"{inside}.{name}", f"{asname}{below}.{name}")
            if one is not None:
                yield name, replace(one, params=(MODULE, *one.params))


def _by_module(names: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        module, _, last = name.rpartition(".")
        found.setdefault(module, []).append(last)
    return found


_SYSTEM_DRAWS = known.SYSTEM_DRAWS - {"random.SystemRandom"}
_UNREPEATABLE = _by_module(known.CLOCK | known.UNREPEATABLE | _SYSTEM_DRAWS)


def _function(full: str, written: str) -> DeferredFacts | None:
    """What calls of the function do; None where the reader knows all by how they are ``written``,
    or there is nothing to know."""
    module, _, last = full.rpartition(".")
    known_kind, kind = KINDS[written], KINDS[full]
    drawn, seeded = _random(module, last)
    if written.rpartition(".")[0] in known.RANDOM_MODULES:
        drawn = seeded = NOTHING
    once = kind.facts.unrepeatable or full in _SYSTEM_DRAWS
    once = once and not known_kind.facts.unrepeatable
    position = kind.position if known_kind.position is None else None
    if not (drawn or seeded or once or position is not None):
        return None
    params = tuple([str(number) for number in range(1 + position)]) if position is not None else ()
    return DeferredFacts(
        "function",
        params,
        changes_params=frozenset(params[-1:]),
        draws=drawn,
        seeds=seeded,
        unrepeatable=once,
    )


def _random(module: str, last: str) -> tuple[frozenset[str], frozenset[str]]:
    """(generators drawn from, generators seeded)"""
    if last not in _DRAWS.get(module, ()):
        return NOTHING, NOTHING
    generator = frozenset({f"@random:{known.RANDOM_MODULES[module]}"})
    return (NOTHING, generator) if last in known.SEEDING else (generator, NOTHING)
