"""Versions of what a page imports: asked of a kernel, kept where the page reproduced."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_core.paths import jupyter_data_dir

from ..analysis.facts import facts_of
from ..model import Notebook
from .state import evaluated

Versions = Mapping[str, str]
"""By module."""

MOST_KEPT = 500
_STORE = "prodready-versions.json"
_EXPRESSION = (
    "{{name: str(module.__version__) for name in {names!r} "
    "if (module := __import__('sys').modules.get(name)) is not None "
    "and type(vars(module).get('__version__')) is str}}"
)


def imported_by(page: Notebook) -> frozenset[str]:
    """Top-level modules that the page imports, those of Python left out."""
    found = {
        one.module.partition(".")[0]
        for cell in page.code_cells
        for statement in facts_of(cell.source).statements
        for one in statement.imports
    }
    return frozenset(found - {""}) - sys.stdlib_module_names


async def versions_in(client: AsyncKernelClient, names: Collection[str]) -> Versions:
    """What the modules that are loaded in the kernel say of themselves; asked silently."""
    if not names:
        return {}
    answer = await evaluated(client, _EXPRESSION.format(names=tuple(sorted(names))))
    with suppress(ValueError, SyntaxError, TypeError):
        found = ast.literal_eval(answer or "{}")
        return {str(name): str(version) for name, version in found.items()}
    return {}


class Kept:
    """The versions with which notebooks last reproduced, in the person's Jupyter folder."""

    def __init__(self, folder: Path | None = None) -> None:
        self._file = (folder or Path(jupyter_data_dir())) / _STORE

    def of(self, notebook: Path) -> Versions:
        found = self._read().get(str(notebook.resolve()), {})
        return {str(name): str(version) for name, version in found.items()}

    def keep(self, notebook: Path, versions: Versions) -> None:
        """Remember them; silently nothing where the folder cannot be written."""
        kept = self._read()
        key = str(notebook.resolve())
        if not versions or kept.get(key) == dict(versions):
            return
        kept.pop(key, None)
        kept[key] = dict(versions)
        newest = dict(list(kept.items())[-MOST_KEPT:])
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            draft = self._file.with_suffix(".draft")
            draft.write_text(json.dumps(newest), encoding="utf-8")
            draft.replace(self._file)

    def _read(self) -> dict[str, dict[str, str]]:
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(found, dict):
            return {}
        return {key: one for key, one in found.items() if isinstance(one, dict)}
