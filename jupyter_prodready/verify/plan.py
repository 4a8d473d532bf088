"""What a verification will run: the page's code cells and the outputs that they show."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..errors import BadInputError, MissingError
from ..model import Cell, Notebook, Surroundings
from .compare.widgets import Models, saved_models, with_models
from .suppliers import slice_of

Output = dict[str, Any]
"""One output as in nbformat 4, texts joined."""

SKIP_TAGS = frozenset({"skip-execution", "nbval-skip"})
NOISY_TAGS = frozenset({"prodready-noisy", "nbval-ignore-output"})
RAISES_TAGS = frozenset({"raises-exception", "nbval-raises-exception"})
_MARKS = {
    re.compile(r"^\s*#\s*(?:NBVAL_SKIP|PYTEST_VALIDATE_SKIP)\b", re.M): "nbval-skip",
    re.compile(
        r"^\s*#\s*(?:NBVAL_IGNORE_OUTPUT|PYTEST_VALIDATE_IGNORE_OUTPUT)\b", re.M
    ): "nbval-ignore-output",
    re.compile(r"^\s*#\s*NBVAL_RAISES_EXCEPTION\b", re.M): "nbval-raises-exception",
}


def name_of(cell: Cell | None) -> str:
    """`Cell.name`, of a cell that may be gone."""
    return "a cell" if cell is None else cell.name


_INSTALL = re.compile(
    r"[%!]\s*(?:(?:\{sys\.executable\}|python3?) -m |uv |sudo )*(?:pip3?|conda|mamba|uv|poetry) "
    r"(?:\S+ )*?(?:install|uninstall|add|remove)\b"
)


@dataclass(frozen=True)
class Step:
    """One code cell. ``skip`` says why it is not run, None where it is.

    ``excused`` says why its outputs are not compared, None where they are; ``may_raise``
    that an error of it is one of its outputs.
    """

    cell: Cell
    shown: tuple[Output, ...]
    skip: str | None = None
    excused: str | None = None
    may_raise: bool = False


@dataclass(frozen=True)
class Plan:
    """The code cells in page order, and the kernel that the notebook asks for."""

    notebook: Notebook
    steps: tuple[Step, ...]
    kernel_name: str | None

    @property
    def shows_nothing(self) -> bool:
        return not any(step.shown for step in self.steps)

    def uncompared(self, reason: str) -> Plan:
        """The plan whose outputs are not compared, and why."""
        return replace(self, steps=tuple(replace(one, excused=reason) for one in self.steps))


def plan_of(
    notebook: Notebook,
    document: Mapping[str, Any],
    skip: Collection[str] = (),
    until: str | None = None,
    only: str | None = None,
    around: Surroundings | None = None,
) -> Plan:
    """The plan for ``notebook``, whose outputs are those of ``document`` (nbformat 4 JSON).

    ``skip``, ``until`` and ``only`` (the cell whose needs alone are run) are cell ids;
    `MissingError` where one is not on the page, and `BadInputError` where the document is
    not of the same cells.
    """
    raw = _raw_cells(notebook, document)
    _refuse_unknown(notebook, [*skip, *([until] if until else [])])
    last = len(raw) if until is None else _index(notebook, until)
    needed = None if only is None else slice_of(notebook, only, around)
    models = saved_models(document)
    steps = tuple(
        _step(cell, raw[cell.index], _asked(cell, skip, last, needed), models)
        for cell in notebook.code_cells
    )
    return Plan(notebook, steps, _kernel_name(notebook, document))


def replanned(plan: Plan, page: Notebook) -> Plan:
    """The plan for another state of its page: a new cell shows nothing yet."""
    old = {step.cell.id: step for step in plan.steps}
    steps = (
        replace(old[cell.id], cell=cell) if cell.id in old else Step(cell, ())
        for cell in page.code_cells
    )
    return replace(plan, notebook=page, steps=tuple(steps))


def _raw_cells(notebook: Notebook, document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if document.get("nbformat") != 4:
        raise BadInputError(
            f"`{notebook.path}` is not a notebook of format 4.",
            "Open it in JupyterLab and save it: that converts it.",
        )
    cells = document.get("cells")
    if not isinstance(cells, list) or len(cells) != len(notebook.cells):
        raise BadInputError(
            "`notebook` does not have the cells that `cells` lists.", "Send both from one moment."
        )
    for cell, raw in zip(notebook.cells, cells, strict=True):
        if not isinstance(raw, Mapping) or raw.get("cell_type") != cell.kind:
            raise BadInputError(
                f"Cell {cell.index} of `notebook` is not the one that `cells` lists.",
                "Send both from one moment.",
            )
    return cells


def _refuse_unknown(notebook: Notebook, ids: list[str]) -> None:
    known = {cell.id for cell in notebook.code_cells}
    for cell_id in ids:
        if cell_id not in known:
            raise MissingError(
                f"There is no code cell {cell_id!r} in `{notebook.path}`.", "Reload the page."
            )


def _index(notebook: Notebook, cell_id: str) -> int:
    cell = notebook.cell(cell_id)
    return 0 if cell is None else cell.index


def _asked(
    cell: Cell, skip: Collection[str], last: int, needed: Collection[str] | None
) -> str | None:
    if cell.id in skip:
        return "skipped as asked"
    if needed is not None and cell.id not in needed:
        return "not needed by the cell that was asked for"
    return "below the last cell that was asked for" if cell.index > last else None


def _step(cell: Cell, raw: Mapping[str, Any], skip: str | None, models: Models) -> Step:
    tags = {*cell.tags, *_tags(raw), *_marked(cell.source)}
    skip_tag = next(iter(sorted(tags & SKIP_TAGS)), None)
    noise_tag = next(iter(sorted(tags & NOISY_TAGS)), None)
    installs = "it only installs packages" if _only_installs(cell.source) else None
    return Step(
        cell=cell,
        shown=tuple(with_models(output, models) for output in outputs_of(raw)),
        skip=skip or (f"tagged {skip_tag}" if skip_tag else None),
        excused=f"tagged {noise_tag}" if noise_tag else installs,
        may_raise=bool(tags & RAISES_TAGS),
    )


def _only_installs(source: str) -> bool:
    """What pip says depends on what is there already, and is no result."""
    lines = [line.strip() for line in source.replace("\\\n", " ").split("\n")]
    code = [line for line in lines if line and not line.startswith("#")]
    return bool(code) and all(_INSTALL.match(line) for line in code)


def _tags(raw: Mapping[str, Any]) -> list[str]:
    metadata = raw.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, Mapping) else None
    return [str(tag) for tag in tags] if isinstance(tags, list) else []


def _marked(source: str) -> list[str]:
    return [tag for mark, tag in _MARKS.items() if mark.search(source)]


def _kernel_name(notebook: Notebook, document: Mapping[str, Any]) -> str | None:
    metadata = document.get("metadata")
    spec = metadata.get("kernelspec") if isinstance(metadata, Mapping) else None
    name = spec.get("name") if isinstance(spec, Mapping) else None
    return name if isinstance(name, str) and name else notebook.kernel_name


def outputs_of(raw: Mapping[str, Any]) -> tuple[Output, ...]:
    """The outputs of a cell in a file, where a text may be a list of lines."""
    outputs = raw.get("outputs")
    if not isinstance(outputs, list):
        return ()
    return tuple(_joined(output) for output in outputs if isinstance(output, Mapping))


def _joined(output: Mapping[str, Any]) -> Output:
    joined = dict(output)
    if "text" in joined:
        joined["text"] = _text(joined["text"])
    data = joined.get("data")
    if isinstance(data, Mapping):
        joined["data"] = {
            mime: value if is_json(mime) else _text(value) for mime, value in data.items()
        }
    return joined


def is_json(mime: str) -> bool:
    """Whether a value of this type is JSON in the file, not text."""
    return mime == "application/json" or mime.endswith("+json")


def _text(value: object) -> str:
    return "".join(map(str, value)) if isinstance(value, list) else str(value)
