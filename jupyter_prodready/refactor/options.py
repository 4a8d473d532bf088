"""What a person can leave out of an extraction, or add to it, and the page does the same."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """``autoreload``: lines that load an edited module anew; ``annotations``: types that were
    seen; ``docstring``: of the function; ``test``: with values that the proof sees; ``update``:
    a function or class of the module that has the same name is replaced; ``pure``: the function
    copies the inputs that it changes; ``several``: as many functions as the cells need, each up to
    a value that is shown. Of the names for literals that it reads, ``constants`` move
    to the module, and ``defaults`` are keywords with their value as the default. ``parameters``
    are variables that functions are given at each call, although the page binds them anew;
    ``returns`` are variables that functions set, and would return."""

    autoreload: bool = True
    annotations: bool = True
    docstring: bool = True
    test: bool = False
    update: bool = False
    pure: bool = False
    several: bool = False
    constants: tuple[str, ...] = ()
    defaults: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    returns: tuple[str, ...] = ()


DEFAULT = Options()
