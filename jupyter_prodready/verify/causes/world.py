"""What lies outside the page: network, environment variables, clock, data, versions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from ...analysis.effects import file_use
from ...analysis.facts import facts_of
from ...analysis.site_walk import sites_of
from ...model import VerifyCause
from ..plan import name_of
from ..trouble import quoted
from .hidden_state import WORLD
from .scene import Scene
from .versions import differing, moved_on

_NETWORK = re.compile(
    r"URLError|gaierror|ConnectionError|ConnectTimeout|ReadTimeout|HTTPError|SSLError"
    r"|ConnectionRefusedError|ConnectionResetError|MaxRetryError|ProxyError|RemoteDisconnected"
)


def named(scene: Scene) -> VerifyCause | None:
    """What the error itself tells of the network and of environment variables."""
    return None if scene.trouble.error is None else _network(scene) or _variable(scene)


def behind(scene: Scene) -> VerifyCause | None:
    """What may have changed outside of the page, where no error tells it."""
    if scene.trouble.error is not None:
        return moved_on(scene)
    return _finding(scene) or _newer_file(scene) or moved_on(scene) or _version(scene)


def _network(scene: Scene) -> VerifyCause | None:
    if not _NETWORK.search(f"{scene.trouble.error}: {scene.trouble.detail}"):
        return None
    message = f"it needs the network: {scene.trouble.detail}"
    return scene.because("network", message, "Keep a copy of the data beside the notebook.")


def _variable(scene: Scene) -> VerifyCause | None:
    """``KeyError: 'HOME'`` in a cell that looks the name up in ``os.environ``."""
    name = quoted(scene.trouble.detail)
    source = "" if scene.cell is None else scene.cell.source
    if not scene.names("KeyError") or name is None or "environ" not in source:
        return None
    if f'"{name}"' not in source and f"'{name}'" not in source:
        return None
    message = f"the environment variable `{name}` is not set in a clean kernel"
    run = next((run for run in reversed(scene.gone) if name in (run.source or "")), None)
    if run is not None:
        message += "; it was set by code that is not on the page"
    remedy = f"Give it a default: os.environ.get({name!r}, ...)."
    return scene.because("environment", message, remedy, run.source if run else None)


def _finding(scene: Scene) -> VerifyCause | None:
    """A finding of the clock, the network or the environment about a cell that it needs."""
    needed = {cell.id for cell in scene.needed}
    for one in scene.report.findings if scene.report is not None else ():
        if one.check in WORLD and one.cell_id in needed:
            return VerifyCause(one.check, one.cell_id, one.line, one.message)
    return None


def _newer_file(scene: Scene) -> VerifyCause | None:
    """Data that changed after the notebook was saved."""
    saved = None if scene.judge is None else scene.judge.saved
    if saved is None or scene.judge is None or not scene.judge.folders:
        return None
    needed = {cell.id for cell in scene.needed}
    for site in sites_of(scene.notebook).calls:
        use = file_use(site.call, site.name) if site.call is not None else None
        if use is None or use.kind != "reads" or site.path is None or site.cell_id not in needed:
            continue
        changed = _changed_at(site.path, scene.judge.folders)
        if changed is not None and changed > saved + 1:
            when = datetime.fromtimestamp(changed).strftime("%Y-%m-%d %H:%M")
            where = name_of(scene.notebook.cell(site.cell_id))
            message = f"`{site.path}`, read by {where}, changed at {when}, after the last save"
            remedy = "Run the notebook again if the new data is right."
            return scene.because("data-changed", message, remedy)
    return None


def _changed_at(path: str, folders: Sequence[Path]) -> float | None:
    """When a file of the project was written; no other file is looked at."""
    try:
        file = (folders[0] / path).resolve()
        return file.stat().st_mtime if folders[-1].resolve() in file.parents else None
    except (OSError, ValueError, RuntimeError):
        return None


def _version(scene: Scene) -> VerifyCause | None:
    words = differing(scene)
    if words is None or not any(facts_of(c.source).statements for c in scene.needed):
        return None
    return scene.because("versions", words, "Choose the kernel that it was written with.")
