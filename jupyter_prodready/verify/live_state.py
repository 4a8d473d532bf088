"""What the person's kernel holds, asked as one more client of it."""

from __future__ import annotations

from .channels import connect, disconnect
from .kernels import Connection
from .state import Fingerprints, fingerprints_of

PATIENCE_SECONDS = 5.0
NO_KERNEL = "no kernel runs behind the page"
BUSY = "your kernel is busy, or tells nothing of what it holds"


async def live_state(
    connection: Connection | None, seconds: float = PATIENCE_SECONDS
) -> tuple[Fingerprints | None, str]:
    """(Fingerprints of a kernel that runs already, or None, and why not).

    Nothing of the kernel is changed: no name, no count, no history.
    """
    if connection is None:
        return None, NO_KERNEL
    client = connect(connection)
    try:
        held = await fingerprints_of(client, seconds)
    finally:
        disconnect(client)
    return held, "" if held is not None else BUSY
