"""One family of errors: each carries what happened and what to do about it."""

from __future__ import annotations


class ProdreadyError(Exception):
    """Base of all errors that a person can act on.

    ``message`` is one sentence that says what and where, ``hint`` says what to do
    next. `server/errors.py` maps each class to one HTTP status; the CLI prints both
    in one line and exits with 2.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class BadInputError(ProdreadyError):
    """What was given cannot be read or makes no sense (HTTP 400)."""


class ForbiddenError(ProdreadyError):
    """Not allowed, or outside of what may be touched (HTTP 403)."""


class MissingError(ProdreadyError):
    """A file, kernel, job or check does not exist (HTTP 404)."""


class StaleError(ProdreadyError):
    """What the request was based on has changed (HTTP 409)."""


class TooLargeError(ProdreadyError):
    """More than can be handled (HTTP 413)."""


class KernelGoneError(ProdreadyError):
    """The kernel is dead or does not answer (HTTP 503)."""
