"""Paths that a request names: relative to the contents root and never above it."""

from __future__ import annotations

from ..errors import BadInputError, ForbiddenError


def contents_path(raw: str) -> str:
    """``raw`` without leading slashes and ``.`` parts, as the contents manager wants it.

    Raises `ForbiddenError` where it points above the contents root.
    """
    if "\0" in raw:
        raise BadInputError("A path holds a NUL character.", "Rename the file.")
    parts = [part for part in raw.replace("\\", "/").split("/") if part not in ("", ".")]
    if ".." in parts:
        raise ForbiddenError(
            f"{raw!r} points outside of the folder that this server shows.",
            "Give a path below that folder.",
        )
    return "/".join(parts)
