"""`POST extract`, `POST apply`: the page is the panel's, the files are ours.

The cells are live in the browser, so the server answers their edits and the panel makes
them. Module files go through the contents manager, which may be jupytext's.
"""

from __future__ import annotations

import asyncio
import base64
import json
import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from jupyter_core.utils import ensure_async
from jupyter_server.services.contents.fileio import FileManagerMixin
from tornado.web import HTTPError

from ..actions import apply, journal
from ..actions.asked import Asked
from ..actions.extract import split_of, stars_of
from ..actions.journal import Entry, FileChange
from ..actions.kept_test import Kept, together, with_kept
from ..actions.kernel_python import NO_KERNEL, KernelPython, kernel_python
from ..actions.optional import with_optional
from ..actions.project import locate, root_of
from ..actions.restoring import Offer, needs_fixes, with_fixes
from ..errors import BadInputError, ForbiddenError, StaleError
from ..model import ChangeSet, Extraction, FileEdit
from ..refactor.copies import PURE_NEEDS_PROOF
from ..refactor.selection import Selection
from ..verify.staging import Proved
from ..wire import Live
from ..wire_edits import extraction_to_json
from .extract_body import Body, body_of
from .handlers import ProdreadyHandler, Route, permitted
from .jobs import NO_RESULT, Result
from .offers import page_offers
from .sessions import Sessions
from .verify_routes import jobs_of, user_of

LOCK = "prodready_writing"
INSTALLED = "prodready_installed"
WRITE_ERRORS = (HTTPError, OSError)
NOTHING_SEEN = Proved("not-run")


@dataclass(frozen=True)
class Planned:
    """An extraction with paths from the project's root, and where that root is."""

    asked: Asked
    extraction: Extraction
    root: Path
    prefix: str
    notebook: str
    kept: tuple[Kept, ...] = ()

    def proven(self, proved: Proved) -> Planned:
        """After what was ``proved``; a refusal stays one."""
        if self.extraction.status != "preview":
            return self
        return replace(self, extraction=self.asked.proved(self.extraction, proved))

    def with_fixes(self, offers: Sequence[Offer]) -> Planned:
        """With the fixes of the page that take what stands against it away."""
        return replace(self, extraction=with_fixes(self.asked, self.extraction, offers))

    def with_optional(self, proved: Proved = NOTHING_SEEN) -> Planned:
        """With the lines that may be left out; before the tests are there."""
        types = self.asked.types(self.extraction, proved.seen) if proved.seen else ()
        return replace(self, extraction=with_optional(self.asked, self.extraction, types))

    def with_kept(self, kept: tuple[Kept, ...]) -> Planned:
        """With its tests, or the reasons why there are none."""
        if self.extraction.status != "preview":
            return self
        return replace(self, extraction=with_kept(self.extraction, kept), kept=kept)

    def shown(self) -> Extraction:
        """The extraction with paths from the contents root, as the panel knows them."""
        files = tuple(
            replace(edit, path=posixpath.join(self.prefix, edit.path))
            for edit in self.extraction.change.files
        )
        change = ChangeSet(files, self.extraction.change.cells)
        install = self.extraction.install
        if install is not None:
            paths = tuple(posixpath.join(self.prefix, path) for path in install.files)
            install = replace(install, files=paths)
        optional = tuple(
            replace(one, module=one.module and posixpath.join(self.prefix, one.module))
            for one in self.extraction.optional
        )
        steps = (replace(step, made=self._placed(step.made)) for step in self.extraction.steps)
        shown = replace(
            self.extraction,
            change=change,
            steps=tuple(steps),
            install=install,
            optional=optional,
        )
        return self._placed(shown)

    def _placed(self, extraction: Extraction) -> Extraction:
        return replace(extraction, module=posixpath.join(self.prefix, extraction.module))


class ExtractionHandler(ProdreadyHandler):
    async def asked(self) -> Body:
        live = await self.live()
        return body_of(live, cast(Mapping[str, Any], await self.json_body()))

    async def planned(self, body: Body, result: Result = NO_RESULT) -> Planned:
        """Plan off the loop, with the ``result`` of a proof.

        Raises where this server cannot write beside the notebook, and where anything has
        changed since the plan that the body is based on.
        """
        contents = self.contents_folder()
        kernel = self.kernel_python(body.live)
        planned = await self.off_loop(_plan, body, contents, kernel, result)
        if body.base is not None and body.base != planned.extraction.base:
            raise StaleError(
                "The notebook, the module or the project changed since the preview.",
                "Preview the extraction again.",
            )
        return planned

    def contents_folder(self) -> Path:
        if not isinstance(self.contents_manager, FileManagerMixin):
            raise BadInputError(
                "This server keeps its notebooks somewhere else than in files.",
                "Extract with the command line, where the project's files are.",
            )
        if "gateway" in type(self.kernel_manager).__module__:
            raise BadInputError(
                "The kernels of this server run elsewhere and may not see its files.",
                "Extract with the command line, where the project's files are.",
            )
        return Path(str(getattr(self.contents_manager, "root_dir", "."))).expanduser().resolve()

    def same_environment(self, live: Live) -> bool:
        """Does the page's kernel run in this server's Python? No kernel: not known."""
        return self.kernel_python(live).is_this

    def kernel_python(self, live: Live) -> KernelPython:
        """The Python of the page's kernel."""
        manager = self.kernel_manager
        if live.kernel_id is None or live.kernel_id not in manager:
            return NO_KERNEL
        name = manager.get_kernel(live.kernel_id).kernel_name
        return kernel_python(self.kernel_spec_manager, name)

    def lock(self) -> asyncio.Lock:
        """Writes of one server take turns."""
        return cast(asyncio.Lock, self.settings.setdefault(LOCK, asyncio.Lock()))

    def installed(self) -> dict[Path, str]:
        """By project root, what was installed since the server started and no undo takes back."""
        return cast(dict[Path, str], self.settings.setdefault(INSTALLED, {}))

    async def write_file(self, path: str, content: bytes) -> None:
        """Save a text file through the contents manager, with the folders above it."""
        manager: Any = self.contents_manager
        folder = posixpath.dirname(path)
        missing: list[str] = []
        while folder and not await ensure_async(manager.dir_exists(folder)):
            missing.append(folder)
            folder = posixpath.dirname(folder)
        for folder in reversed(missing):
            await ensure_async(manager.save({"type": "directory"}, folder))
        model = {"type": "file", **_content(content)}
        await ensure_async(manager.save(model, path))

    async def write_entry(self, planned: Planned, entry: Entry) -> None:
        """Write the files of what is prepared; takes them back where one cannot be written."""
        path = ""
        try:
            for change in entry.files:
                path = change.path
                await self.write_file(posixpath.join(planned.prefix, path), change.after or b"")
        except WRITE_ERRORS as error:
            await self.off_loop(apply.take_back, planned.root, entry)
            reason = getattr(error, "log_message", None) or str(error)
            message = f"`{path}` could not be written: {reason}."
            raise ForbiddenError(message, "Nothing was changed.") from error
        await self.off_loop(_settle, planned.root, entry)


class ExtractHandler(ExtractionHandler):
    @permitted("read")
    async def post(self) -> None:
        body = await self.asked()
        planned = await self.planned(body)
        if needs_fixes(planned.extraction) and await self.may("execute", "kernels"):
            planned = await self.off_loop(planned.with_fixes, await self._offers(body.live))
        planned = await self.off_loop(planned.with_optional)
        self.finish(await self.off_loop(_answer, planned.shown()))

    async def _offers(self, live: Live) -> tuple[Offer, ...]:
        """Fixes that edit the page, by what its kernel ran."""
        sessions = cast(Sessions, self.settings["prodready_sessions"])
        witness = await sessions.observe(live)
        file, kernel = self.local_path(live.notebook.path), self.python_of(live.kernel_id)
        return await self.in_worker(page_offers, witness, file, self.shared_folder(), kernel)


class ApplyHandler(ExtractionHandler):
    @permitted("write")
    async def post(self) -> None:
        body = await self.asked()
        if body.options.pure and body.proof is None:
            raise BadInputError(PURE_NEEDS_PROOF, "Prove it, or leave the copies out.")
        async with self.lock():
            planned = await self.planned(replace(body, base=body.base or ""), self._proved(body))
            if planned.extraction.status == "preview":
                planned = await self._write(planned)
        self.finish(await self.off_loop(_answer, planned.shown()))

    def _proved(self, body: Body) -> Result:
        """That of the proof that the panel names; `MissingError` where it has expired."""
        if body.proof is None:
            return NO_RESULT
        job = jobs_of(self).get(user_of(self), body.proof)
        if job.kind != "proof" or job.path != body.live.notebook.path:
            raise BadInputError(
                f"{body.proof!r} is not a proof of this page.", "Prove the extraction again."
            )
        if job.result.proved is None:
            raise StaleError("The proof did not end.", "Prove it again, or apply without a proof.")
        return job.result

    async def _write(self, planned: Planned) -> Planned:
        entry = await self.off_loop(_prepare, planned)
        installed = self.installed().get(planned.root, "")
        await self.write_entry(planned, replace(entry, stays=installed))
        done = replace(planned.extraction, status="applied", undo_id=entry.id)
        return replace(planned, extraction=done)


ROUTES: tuple[Route, ...] = (
    (r"extract", ExtractHandler),
    (r"apply", ApplyHandler),
)


# --- work off the loop --------------------------------------------------------------


def _plan(body: Body, contents: Path, kernel: KernelPython, result: Result) -> Planned:
    notebook = body.live.notebook
    root, prefix = project_root(contents, notebook.path)
    asked = _asked(body, root, prefix, contents / notebook.path, kernel)
    planned = Planned(asked, asked.plan(), root, prefix, asked.located.project.notebook)
    if result.proved is None:
        return planned
    return planned.proven(result.proved).with_kept(result.kept)


def _asked(body: Body, root: Path, prefix: str, place: Path, kernel: KernelPython) -> Asked:
    notebook, options = body.live.notebook, body.options
    module = _from_root(body.module, prefix, body.splits) if body.module else None
    if body.splits:
        cells = body.selection
        return split_of(notebook, place, module, cells, options, kernel=kernel, root=root)
    located = locate(place, module, root=root, kernel=kernel)
    chosen = Selection(body.selection, body.lines)
    return Asked(notebook, chosen, located, module, body.name, stars_of(notebook, place), options)


def project_root(contents: Path, notebook: str) -> tuple[Path, str]:
    """The project's root and its path from the contents root."""
    root = root_of(contents / notebook)
    if not root.is_relative_to(contents):
        raise ForbiddenError(
            f"The project of `{notebook}` lies outside of the folder that this server shows.",
            "Start the server in the project's folder.",
        )
    prefix = root.relative_to(contents).as_posix()
    return root, "" if prefix == "." else prefix


def _from_root(module: str, prefix: str, is_folder: bool) -> str:
    if not prefix or (is_folder and module == prefix):
        return "" if is_folder and module == prefix else module
    if not module.startswith(f"{prefix}/"):
        message = f"`{module}` lies outside of the notebook's project `{prefix}`."
        raise ForbiddenError(message, "Choose a module inside the project.")
    return module.removeprefix(f"{prefix}/")


def _answer(extraction: Extraction) -> str:
    return json.dumps(extraction_to_json(extraction))


def _prepare(planned: Planned) -> Entry:
    files = files_to_write(planned)
    return apply.prepare(planned.root, planned.notebook, files, planned.extraction.change.cells)


def files_to_write(planned: Planned) -> list[FileChange]:
    """Modules and tests, with paths from the project's root."""
    tests, edits = together(planned.kept), planned.extraction.change.files
    return [*(_change(edit) for edit in edits[: len(edits) - len(tests)]), *tests]


def _change(edit: FileEdit) -> FileChange:
    before = None if edit.before is None else edit.before.encode("utf-8")
    return FileChange(edit.path, before, (edit.after or "").encode("utf-8"))


def _content(content: bytes) -> dict[str, str]:
    """As the contents manager takes a file: arrays of a test are no text."""
    try:
        return {"format": "text", "content": content.decode("utf-8")}
    except UnicodeDecodeError:
        return {"format": "base64", "content": base64.b64encode(content).decode()}


def _settle(root: Path, entry: Entry) -> None:
    """Keep what was really written: a hook of the server may format files as they are saved."""
    files = tuple(replace(f, after=apply.current(root, f.path)) for f in entry.files)
    journal.save(root, journal.applied(replace(entry, files=files)))
