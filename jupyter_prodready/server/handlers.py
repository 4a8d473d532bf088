"""What every route shares: errors, permissions, bodies, and work off the loop."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from jupyter_core.utils import ensure_async
from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from jupyter_server.services.contents.fileio import FileManagerMixin
from tornado.web import authenticated

from ..errors import BadInputError, ForbiddenError, ProdreadyError, TooLargeError
from ..wire import Live, live_from_json
from .errors import body_of, status_of
from .paths import contents_path
from .worker import shared_worker

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
OffLoop = Callable[..., Awaitable[Any]]
"""`ProdreadyHandler.off_loop`."""
Route = tuple[str, type["ProdreadyHandler"]]
"""A pattern below ``jupyter-prodready/`` and its handler; each routes module has ``ROUTES``."""


Verb = TypeVar("Verb", bound=Callable[..., Awaitable[None]])


def permitted(action: str, resource: str = "contents") -> Callable[[Verb], Verb]:
    """The verb is for people who are signed in and may do ``action`` on ``resource``."""

    def decorate(verb: Verb) -> Verb:
        return cast(Verb, authenticated(authorized(action, resource=resource)(verb)))

    return decorate


class ProdreadyHandler(APIHandler):
    """Base of all handlers. Verbs raise `ProdreadyError`; `write_error` answers it."""

    auth_resource = "contents"
    max_body_bytes = 16 * 1024 * 1024

    async def live(self) -> Live:
        """The LIVE body of docs/interface.md with a path inside the contents root."""
        body = self.raw_body()
        return await self.off_loop(lambda: _inside(live_from_json(_json(body))))

    async def json_body(self) -> object:
        """The request's JSON. Raises `TooLargeError` or `BadInputError`."""
        return await self.off_loop(_json, self.raw_body())

    def raw_body(self) -> bytes:
        if len(self.request.body) > self.max_body_bytes:
            raise TooLargeError(
                f"The request is larger than {self.max_body_bytes // 2**20} MiB.",
                "Move data out of the cells' sources into a file.",
            )
        return self.request.body

    def local_path(self, path: str) -> Path | None:
        """Where the contents manager keeps ``path`` on disk; None where it has no disk."""
        root = getattr(self.contents_manager, "root_dir", None)
        return Path(root).expanduser() / path if root else None

    def shared_folder(self) -> Path | None:
        """The contents root, if pages are files and kernels see them; else None."""
        elsewhere = "gateway" in type(self.kernel_manager).__module__
        if elsewhere or not isinstance(self.contents_manager, FileManagerMixin):
            return None
        return self.local_path("")

    def python_of(self, kernel_id: str | None) -> Path | None:
        """The kernel's Python, None where its kernel spec names none by its full path."""
        if kernel_id is None or kernel_id not in self.kernel_manager:
            return None
        spec = getattr(self.kernel_manager.get_kernel(kernel_id), "kernel_spec", None)
        program = Path(spec.argv[0]) if spec is not None and spec.argv else None
        return program if program is not None and program.is_absolute() else None

    async def off_loop(
        self, work: Callable[Given, Answer], *args: Given.args, **kwargs: Given.kwargs
    ) -> Answer:
        """``work(...)`` on the extension's threads: for what waits or is short."""
        executor = cast(Executor, self.settings["prodready_executor"])
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(executor, lambda: work(*args, **kwargs))

    async def in_worker(
        self, work: Callable[Given, Answer], *args: Given.args, **kwargs: Given.kwargs
    ) -> Answer:
        """``work(...)`` in the worker process; all of it must be picklable."""
        return await self.off_loop(lambda: shared_worker().call(work, *args, **kwargs))

    async def may(self, action: str, resource: str) -> bool:
        """May the user do ``action`` on ``resource``?"""
        allowed = self.authorizer.is_authorized(self, self.current_user, action, resource)
        return bool(await ensure_async(allowed))

    async def require(self, action: str, resource: str) -> None:
        """Raises `ForbiddenError` unless the user may do ``action`` on ``resource``.

        For what depends on the body; what a route always needs is its decorator's.
        """
        if not await self.may(action, resource):
            raise ForbiddenError(
                f"You may not {action} {resource} on this server.",
                "Ask whoever runs it for permission.",
            )

    def write_json(self, body: object, status: int = 200) -> None:
        self.set_status(status)
        self.finish(json.dumps(body))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        error = kwargs.get("exc_info", (None, None, None))[1]
        if isinstance(error, ProdreadyError):
            self.set_status(status_of(error))
        self.finish(json.dumps(body_of(error, self.get_status(), self._reason)))

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """What the person can act on is one line in the log, not a traceback."""
        if isinstance(value, ProdreadyError):
            self.log.info("jupyter-prodready: %s", value)
        else:
            super().log_exception(typ, value, tb)


def _json(body: bytes) -> object:
    try:
        return cast(object, json.loads(body))
    except ValueError as error:
        raise BadInputError(f"The request is not JSON: {error}.", "Reload the page.") from None


def _inside(live: Live) -> Live:
    path = contents_path(live.notebook.path)
    return replace(live, notebook=replace(live.notebook, path=path))
