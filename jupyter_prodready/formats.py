"""Files to notebooks: `.ipynb` with the standard library, `.py` and `.md` with jupytext.

Reading only. A notebook that an editor would have to convert first (format 3) is read as
it stands. jupytext costs a quarter of a second to import, so it is imported where a text
notebook is read, and nowhere else in the product.
"""

from __future__ import annotations

import glob
import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from .errors import BadInputError, MissingError, TooLargeError
from .model import Cell, CellKind, Notebook

MAX_BYTES = 200_000_000
SUFFIXES = (".ipynb", ".py", ".md")
SKIPPED_FOLDERS = frozenset({"__pycache__", "node_modules", "site-packages", "venv"})
ENVIRONMENT_MARKS = ("pyvenv.cfg", "conda-meta")

_PERCENT_CELL = re.compile(r"^#[ \t]*%%", re.MULTILINE)
_PY_HEADER = re.compile(
    r"\A(?:#!.*\n)?(?:#.*coding.*\n)?# ---\n(?:#.*\n)*?#\s+(?:jupyter|jupytext):"
)
_FORMAT_NAME = re.compile(r"^#?\s*format_name:\s*(\w+)\s*$", re.MULTILINE)
_MD_HEADER = re.compile(r"\A---\n(?:.*\n)*?(?:jupyter|jupytext):")

Document = dict[str, Any]


def read(path: str | Path) -> Notebook:
    """The notebook in a file, its path as given.

    Raises `MissingError` where there is no file, `TooLargeError` above `MAX_BYTES`, and
    `BadInputError` with one sentence where the file is not a notebook.
    """
    return notebook_of(read_document(path), _shown(path))


def read_document(path: str | Path) -> Document:
    """The file as notebook JSON, outputs included; a text notebook is converted to it."""
    place = Path(path)
    text = _text_of(place)
    if place.suffix == ".ipynb":
        return _parse(text, _shown(path))
    if place.suffix not in SUFFIXES:
        raise BadInputError(
            f"`{_shown(path)}` is not a notebook by its name.",
            "Give an .ipynb file, or a jupytext .py or .md file.",
        )
    if not _is_text_notebook(text, place.suffix):
        raise BadInputError(
            f"`{_shown(path)}` has no notebook cells.",
            "Start cells with `# %%`, or write it with jupytext.",
        )
    return from_text(text, place.suffix, _shown(path))


def find(argument: str) -> tuple[Path, ...]:
    """The notebooks that one argument names: a file, a folder (walked) or a glob.

    A file that is named is taken whatever it holds. In a walk, `.py` and `.md` count only
    with a jupytext header or `# %%` cells; hidden folders and environments are left out.
    """
    place = Path(argument)
    if place.is_dir():
        found = tuple(_walk(place))
        if not found:
            raise BadInputError(
                f"There is no notebook below `{argument}`.",
                "Name a file, or another folder.",
            )
        return found
    if not place.exists() and glob.has_magic(argument):
        return _matching(argument)
    return (place,)


def notebook_of(document: object, path: str) -> Notebook:
    """Notebook JSON (format 3 or 4) as a `Notebook`; `BadInputError` for anything else."""
    keys = _as_notebook(document, path)
    metadata = _mapping(keys.get("metadata"))
    kernelspec = _mapping(metadata.get("kernelspec"))
    info = _mapping(metadata.get("language_info"))
    raw = _raw_cells(keys, path)
    ids = _ids(raw, has_ids=_version(keys) >= (4, 5))
    return Notebook(
        path=path,
        cells=tuple(
            _cell(cell, index, cell_id, path)
            for index, (cell, cell_id) in enumerate(zip(raw, ids, strict=True))
        ),
        language=_language(kernelspec, info, raw),
        language_version=_str_or_none(info.get("version")),
        kernel_name=_str_or_none(kernelspec.get("name")),
    )


# --- files --------------------------------------------------------------------------


def _text_of(place: Path) -> str:
    shown = _shown(place)
    if place.is_dir():
        raise BadInputError(f"`{shown}` is a folder.", "Name the notebook in it.")
    if not place.exists():
        raise MissingError(f"There is no file `{shown}`.", "Check the path and the folder.")
    if not place.is_file():
        raise BadInputError(f"`{shown}` is not a regular file.", "Save it to a file first.")
    try:
        if place.stat().st_size > MAX_BYTES:
            raise TooLargeError(
                f"`{shown}` is larger than {MAX_BYTES // 1_000_000} MB.",
                "Clear its outputs and save it again.",
            )
        return place.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInputError(
            f"`{shown}` is not UTF-8 text (byte {error.start}).", "Save it as UTF-8."
        ) from error
    except OSError as error:
        raise BadInputError(
            f"`{shown}` cannot be read: {error.strerror}.", "Check its permissions."
        ) from error


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        here = Path(root)
        folders[:] = sorted(name for name in folders if not _is_left_out(here / name))
        for name in sorted(files):
            if not name.startswith(".") and _counts(here / name):
                yield here / name


def _matching(pattern: str) -> tuple[Path, ...]:
    found: list[Path] = []
    for match in sorted(glob.glob(pattern, recursive=True)):
        place = Path(match)
        if any(_is_left_out(parent) for parent in place.parents if parent.name):
            continue
        if place.is_file() and _counts(place):
            found.append(place)
    if not found:
        raise MissingError(f"No notebook matches `{pattern}`.", "Check the pattern.")
    return tuple(found)


def _is_left_out(folder: Path) -> bool:
    name = folder.name
    if name in SKIPPED_FOLDERS or (name.startswith(".") and name not in (".", "..")):
        return True
    return any((folder / mark).exists() for mark in ENVIRONMENT_MARKS)


def _counts(place: Path) -> bool:
    if place.suffix == ".ipynb":
        return True
    if place.suffix not in SUFFIXES:
        return False
    try:
        return _is_text_notebook(_text_of(place), place.suffix)
    except (BadInputError, MissingError, TooLargeError):
        return False


def _is_text_notebook(text: str, suffix: str) -> bool:
    text = text.replace("\r\n", "\n")
    if suffix == ".md":
        return _has_md_header(text)
    return bool(_PERCENT_CELL.search(text) or _PY_HEADER.match(text))


def _has_md_header(text: str) -> bool:
    end = text.find("\n---", 4)
    return end > 0 and bool(_MD_HEADER.match(text[: end + 1]))


def _shown(path: str | Path) -> str:
    return Path(path).as_posix()


# --- text to JSON -------------------------------------------------------------------


def _parse(text: str, path: str) -> Document:
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        what = (
            "is empty"
            if not text.strip()
            else (f"is not JSON: {error.msg} at line {error.lineno}, column {error.colno}")
        )
        raise BadInputError(
            f"`{path}` {what}.", "Restore it from a checkpoint or from version control."
        ) from error
    except RecursionError as error:
        raise BadInputError(
            f"`{path}` is nested too deeply to be a notebook.", "Check what wrote it."
        ) from error
    return dict(_as_notebook(document, path))


def from_text(text: str, suffix: str, path: str) -> Document:
    """A text notebook as notebook JSON; `BadInputError` where jupytext cannot read it."""
    try:
        import jupytext
        import nbformat
        import yaml  # type: ignore[import-untyped]  # it ships no types; jupytext needs it
    except ImportError as error:
        raise BadInputError(
            f"`{path}` is a text notebook, and jupytext is not installed.",
            "Run `pip install jupytext`.",
        ) from error
    bad_headers = (ValueError, KeyError, TypeError, AttributeError)
    try:
        converted = jupytext.reads(text, fmt=text_format(text, suffix))
    except (*bad_headers, yaml.YAMLError, nbformat.ValidationError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise BadInputError(
            f"`{path}` cannot be read by jupytext: {reason}.", "Check its header."
        ) from error
    document: Document = json.loads(json.dumps(converted))
    # jupytext draws new random ids at each reading; a cell needs the same name each time
    document["nbformat_minor"] = 4
    for cell in document["cells"]:
        cell.pop("id", None)
    return document


def text_format(text: str, suffix: str) -> str:
    """What jupytext shall read: what the header says, else percent where cells say so.

    Left to itself, jupytext takes a header without `extension` for its light format, and
    then `# %%` for a comment.
    """
    said = _FORMAT_NAME.search(text[: text.find("---", 8)])
    if said:
        return f"{suffix[1:]}:{said[1]}"
    return "py:percent" if suffix == ".py" and _PERCENT_CELL.search(text) else suffix[1:]


# --- JSON to Notebook ---------------------------------------------------------------


def _as_notebook(document: object, path: str) -> Mapping[str, Any]:
    """The document's keys, if it says that it is a notebook of a format we read."""
    keys = _mapping(document)
    major = keys.get("nbformat")
    if isinstance(major, bool) or not isinstance(major, int):
        raise BadInputError(
            f"`{path}` is JSON, but not a notebook: it has no `nbformat` number.",
            "Give a file that Jupyter saved.",
        )
    if major not in (3, 4):
        raise BadInputError(
            f"`{path}` is a notebook of format {major}; formats 3 and 4 are read.",
            "Convert it with `jupyter nbconvert --to notebook`.",
        )
    holder = "worksheets" if major == 3 else "cells"
    if not isinstance(keys.get(holder), list):
        raise BadInputError(
            f"`{path}` is not a notebook: it has no list of `{holder}`.",
            "Give a file that Jupyter saved.",
        )
    return keys


def _version(keys: Mapping[str, Any]) -> tuple[int, int]:
    minor = keys.get("nbformat_minor")
    return int(keys["nbformat"]), minor if isinstance(minor, int) else 0


def _raw_cells(keys: Mapping[str, Any], path: str) -> list[Mapping[str, Any]]:
    if keys["nbformat"] == 4:
        groups = [keys["cells"]]
    else:
        groups = [_mapping(sheet).get("cells") or [] for sheet in keys["worksheets"]]
    cells = [cell for group in groups for cell in group]
    for index, cell in enumerate(cells):
        if not isinstance(cell, Mapping):
            raise BadInputError(f"Cell {index} of `{path}` is not an object.", _MENDING)
    return cells


_MENDING = "Open it in JupyterLab and save it again."


def _cell(raw: Mapping[str, Any], index: int, cell_id: str, path: str) -> Cell:
    kind = _kind(raw.get("cell_type"), index, path)
    source = _source(raw, index, path)
    level = raw.get("level")
    if raw.get("cell_type") == "heading" and isinstance(level, int):
        source = f"{'#' * level} {source}"
    tags = _mapping(raw.get("metadata")).get("tags")
    is_code = kind == "code"
    error = _error(raw) if is_code else None
    return Cell(
        id=cell_id,
        index=index,
        kind=kind,
        source=source,
        execution_count=_count(raw) if is_code else None,
        has_output=is_code and bool(raw.get("outputs")),
        tags=tuple(str(tag) for tag in tags) if isinstance(tags, list) else (),
        failed=error is not None,
        error_name=error,
    )


def _kind(value: object, index: int, path: str) -> CellKind:
    if value == "code" or value == "markdown" or value == "raw":
        return value
    if value in ("heading", "html"):  # format 3
        return "markdown"
    raise BadInputError(f"Cell {index} of `{path}` has the type {value!r}.", _MENDING)


def _source(raw: Mapping[str, Any], index: int, path: str) -> str:
    """The source as one text; format 3 keeps code under `input`.

    Half of a surrogate pair, which no file can hold, becomes a question mark.
    """
    value = raw.get("source", raw.get("input", ""))
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        value = "".join(value)
    if not isinstance(value, str):
        raise BadInputError(f"The source of cell {index} of `{path}` is not text.", _MENDING)
    return value.encode("utf-8", "replace").decode("utf-8")


def _count(raw: Mapping[str, Any]) -> int | None:
    value = raw.get("execution_count", raw.get("prompt_number"))
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _error(raw: Mapping[str, Any]) -> str | None:
    """The name of the error among the outputs; None where there is none."""
    outputs = raw.get("outputs")
    for output in map(_mapping, outputs if isinstance(outputs, list) else []):
        if output.get("output_type") in ("error", "pyerr"):
            return str(output.get("ename", ""))
    return None


def _ids(cells: list[Mapping[str, Any]], has_ids: bool) -> list[str]:
    """One id for each cell, all different; `cell-<index>` where the file has none."""
    given = [cell.get("id") if has_ids else None for cell in cells]
    kept: set[str] = set()
    ids: list[str | None] = []
    for value in given:
        keep = isinstance(value, str) and bool(value) and value not in kept
        ids.append(cast(str, value) if keep else None)
        if keep:
            kept.add(cast(str, value))
    return [
        _free(f"cell-{index}", kept) if value is None else value for index, value in enumerate(ids)
    ]


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "-again"
    taken.add(name)
    return name


def _language(
    kernelspec: Mapping[str, Any], info: Mapping[str, Any], cells: list[Mapping[str, Any]]
) -> str:
    """The kernel's language as it calls itself; format 3 says it in each code cell."""
    in_cells = (cell.get("language") for cell in cells)
    for value in (kernelspec.get("language"), info.get("name"), *in_cells):
        if isinstance(value, str) and value:
            return "python" if value.lower() == "python" else value
    return "python"


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _str_or_none(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
