"""How long cells took when they were verified last: what is left of a verification."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping

from ..model import PageCell, VerifiedCell

MAX_KNOWN = 20_000
NOT_TYPICAL = ("skipped", "blocked", "timeout", "kernel-died", "needs-input")


class Durations:
    """Seconds by user, notebook and source; the ``most`` learned last are kept, in memory."""

    def __init__(self, most: int = MAX_KNOWN) -> None:
        self._most = most
        self._known: OrderedDict[tuple[str, str, str], float] = OrderedDict()

    def of(self, user: str, path: str, page: Iterable[PageCell]) -> dict[str, float | None]:
        """By cell id; None for a cell that was never verified with this source."""
        return {cell.cell_id: self._known.get((user, path, cell.hash)) for cell in page}

    def learn(
        self, user: str, path: str, page: Iterable[PageCell], cells: Iterable[VerifiedCell]
    ) -> None:
        """Remember how long these cells took."""
        hashes = {cell.cell_id: cell.hash for cell in page}
        for cell in cells:
            if cell.id in hashes and cell.verdict not in NOT_TYPICAL:
                key = (user, path, hashes[cell.id])
                self._known[key] = cell.seconds
                self._known.move_to_end(key)
        while len(self._known) > self._most:
            self._known.popitem(last=False)


def seconds_left(
    expected: Mapping[str, float | None],
    ended: Iterable[str],
    running: str | None = None,
    running_for: float = 0.0,
) -> tuple[float | None, int]:
    """What the cells that have not ended will take, and how many of them nobody knows.

    Of the one that runs ``running_for`` seconds are over. None where nothing is known.
    """
    left = {cell_id: expected[cell_id] for cell_id in expected.keys() - set(ended)}
    known = {cell_id: seconds for cell_id, seconds in left.items() if seconds is not None}
    if running in known:
        known[running] = max(0.0, known[running] - running_for)
    total = round(sum(known.values()), 1) if known else None
    return total, len(left) - len(known)
