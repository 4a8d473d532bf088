"""The one place that maps errors to HTTP."""

from __future__ import annotations

from tornado.web import HTTPError

from ..errors import (
    BadInputError,
    ForbiddenError,
    KernelGoneError,
    MissingError,
    ProdreadyError,
    StaleError,
    TooLargeError,
)

STATUS: dict[type[ProdreadyError], int] = {
    BadInputError: 400,
    ForbiddenError: 403,
    MissingError: 404,
    StaleError: 409,
    TooLargeError: 413,
    KernelGoneError: 503,
}
HINTS = {
    403: "Sign in again, or ask whoever runs this server for permission.",
    404: "Reload the page; the file or kernel may be gone.",
}


def status_of(error: ProdreadyError) -> int:
    """The HTTP status of an error; a class that is not listed takes its nearest parent's."""
    known = (STATUS[cls] for cls in type(error).__mro__ if cls in STATUS)
    return next(known, 500)


def body_of(error: BaseException | None, status: int, reason: str) -> dict[str, str]:
    """``{"message", "hint"}`` for an answer that failed; never a traceback."""
    if isinstance(error, ProdreadyError):
        return {"message": error.message, "hint": error.hint}
    if isinstance(error, HTTPError):
        return {"message": error.log_message or reason, "hint": HINTS.get(status, "")}
    return {
        "message": "Jupyter Prodready failed while answering; this is a bug in it.",
        "hint": "The server's log has the traceback.",
    }
