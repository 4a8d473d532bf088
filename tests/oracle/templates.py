"""The generator: pages composed of cells that each show one engine case."""

from __future__ import annotations

import random

from .page import Page


def compose(rng: random.Random) -> Page:
    """A page of a few templates, each with names of its own or shared ones."""
    from .page import hand_written

    return rng.choice(hand_written())
