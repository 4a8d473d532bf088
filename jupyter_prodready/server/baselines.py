"""Runs of pages that a later proof may use: few, in memory, for half an hour."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec

from ..verify.baseline import Stored
from ..verify.ground import Ground
from ..verify.run import Limits

MOST = 6
MOST_BYTES = 64_000_000
EXPIRY_SECONDS = 1800.0


@dataclass
class Baselines:
    """By key of the `Ground`; lives on the server's loop."""

    held: list[tuple[str, Stored]] = field(default_factory=list)

    def of(self, ground: Ground) -> tuple[Stored, ...]:
        """Those that may be of use, the newest first."""
        self._forget_old()
        return tuple(one for key, one in reversed(self.held) if key == ground.key)

    def add(self, ground: Ground, found: tuple[Stored, ...], written: Mapping[str, str]) -> None:
        """``written`` are digests of the files that an apply of what was proved writes. They
        stand for older runs of the same cells."""
        for one in found:
            told = replace(one, written=dict(written)) if one.is_after else one
            same = (ground.key, one.page)
            self.held = [(key, held) for key, held in self.held if (key, held.page) != same]
            self.held.append((ground.key, told))
        self._forget_old()

    def use(self, ground: Ground, at: float | None) -> None:
        """The one that began then was of use: it goes last."""
        self.held.sort(key=lambda one: (one[0], one[1].at) == (ground.key, at))

    def drop(self, ground: Ground, since: tuple[float, ...] | None = None) -> None:
        """Those that began then; None: all of this ground."""
        self.held = [
            (key, one)
            for key, one in self.held
            if key != ground.key or (since is not None and one.at not in since)
        ]

    def _forget_old(self) -> None:
        oldest = time.time() - EXPIRY_SECONDS
        self.held = [(key, one) for key, one in self.held if one.at >= oldest][-MOST:]
        while sum(len(one.packed) for _, one in self.held) > MOST_BYTES:
            del self.held[0]


def ground_of(
    user: str,
    notebook: Path,
    root: Path,
    spec: KernelSpec,
    env: Mapping[str, str],
    limits: Limits,
) -> Ground:
    """Where the proofs of this user and page run: with this kernel, in this environment."""
    kernel = [spec.argv, spec.env, spec.language, spec.resource_dir]
    around = [sorted(os.environ.items()), sorted(env.items()), time.strftime("%Y-%m-%d")]
    said = json.dumps([user, str(notebook), str(root), kernel, around, repr(limits)])
    key = hashlib.sha256(said.encode()).hexdigest()
    return Ground(key, (notebook.parent, root), notebook)
