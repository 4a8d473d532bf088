"""What a verification asks of the session behind the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from ..model import Notebook, Report, Run, Surroundings


class Judge(Protocol):
    """Knows the person's session and the project; can be sent to another process.

    ``runs`` is what the kernel ran, oldest first, empty where nothing is known. ``folders``
    are those in which files may be looked for: the notebook's, then those above it up to
    the project's root. ``saved`` is when the notebook was written, in seconds since 1970,
    ``kept`` the versions of its imports when it last reproduced.
    """

    @property
    def runs(self) -> Sequence[Run]: ...

    @property
    def folders(self) -> Sequence[Path]: ...

    @property
    def kept(self) -> Mapping[str, str]: ...

    @property
    def saved(self) -> float | None: ...

    def around(self, page: Notebook) -> Surroundings | None:
        """What lies around it, None where that is not known; looks at files."""

    def report(self, page: Notebook) -> Report:
        """What `check` says of ``page`` in this session; CPU work."""
