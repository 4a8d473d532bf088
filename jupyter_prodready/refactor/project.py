"""Where the module stands, as far as planning needs to know; nothing here reads a file."""

from __future__ import annotations

import keyword
import posixpath
import re
import sys
from dataclasses import dataclass

from ..model import Refusal


@dataclass(frozen=True)
class Project:
    """What `plan` is told of the project. Paths are from the project root, with slashes.

    ``module`` is the file to write and ``module_text`` its present text, None where it does
    not exist. ``source_root`` is the folder that must be on ``sys.path`` (``""``: the root
    itself). ``importable`` says that the notebook's kernel already finds the package there.
    ``missing_inits`` are the package files to create. ``installed`` are the importable
    top-level names that do not belong to this project. ``twins`` are files that jupytext
    keeps equal to a notebook. ``importers`` are the modules of the project that import this
    one, through others too. ``hidden_by`` is a file or folder of the notebook's own that bears
    the package's name.
    """

    notebook: str
    module: str
    source_root: str = "src"
    module_text: str | None = None
    importable: bool = False
    missing_inits: tuple[str, ...] = ()
    installed: frozenset[str] = frozenset()
    twins: frozenset[str] = frozenset()
    importers: frozenset[str] = frozenset()
    hidden_by: str = ""

    @property
    def import_name(self) -> str:
        """The dotted name under which the notebook imports the module."""
        inside = posixpath.relpath(self.module, self.source_root or ".")
        return inside.removesuffix(".py").replace("/", ".")

    @property
    def path_entry(self) -> str:
        """The source root as seen from the notebook's folder, the kernel's cwd."""
        return posixpath.relpath(self.source_root or ".", posixpath.dirname(self.notebook) or ".")

    @property
    def is_on_path(self) -> bool:
        """True where an import works with no path line: installed, or beside the notebook."""
        return self.importable or self.path_entry == "."

    @property
    def reach(self) -> str:
        """How the notebook comes to find the package, in one sentence."""
        package = self.import_name.partition(".")[0]
        if self.importable:
            return f"`{package}` is installed in this kernel's environment."
        if self.is_on_path:
            return "The module stands in the notebook's own folder."
        entry = self.path_entry
        return (
            f"No installed `{package}` is known to this kernel: a cell adds `{entry}` to its path."
        )


def refuse_module(project: Project) -> tuple[Refusal, ...]:
    """Why code cannot go into this module: its name, or what the file is."""
    return tuple(
        Refusal(None, None, message, remedy)
        for message, remedy in (
            *_file_problems(project),
            *_name_problems(project),
        )
    )


def _file_problems(project: Project) -> list[tuple[str, str]]:
    if not project.module.endswith(".py"):
        return [(f"`{project.module}` is not a Python file.", "Choose a name that ends in .py.")]
    if project.module.startswith("../") or posixpath.isabs(project.module):
        return [
            (f"`{project.module}` lies outside the project.", "Choose a module inside the project.")
        ]
    if project.module in project.twins or _is_percent(project.module_text):
        return [
            (
                f"`{project.module}` is the text twin of a notebook: jupytext writes it.",
                "Choose another module.",
            )
        ]
    return []


def _is_percent(text: str | None) -> bool:
    return text is not None and bool(
        re.search(r"^#[ \t]*%%|\A# ---\n(?:#.*\n)*?#\s+jupy", text, re.MULTILINE)
    )


def _name_problems(project: Project) -> list[tuple[str, str]]:
    inside = posixpath.relpath(project.module, project.source_root or ".")
    parts = inside.removesuffix(".py").split("/")
    problems = []
    for part in parts:
        if not part.isidentifier() or keyword.iskeyword(part):
            problems.append((f"`{part}` is not a name that Python can import.", _RENAME))
        elif part in sys.stdlib_module_names:
            problems.append((f"`{part}` is a standard module.", _RENAME))
    if parts[0] in project.installed - sys.stdlib_module_names:
        what = "the name of an installed package"
        if project.hidden_by:
            what = f"`{project.hidden_by}`, beside the notebook, which would be imported instead"
        problems.append((f"`{parts[0]}` is {what}.", _RENAME))
    return problems


_RENAME = "Choose another name, letters, digits and underscores only."


def package_name(text: str) -> str:
    """A package name made from a folder's or a project's name; not a standard module's."""
    name = identifier(text) or "project"
    return f"{name}_code" if name in sys.stdlib_module_names else name


def module_name(text: str) -> str:
    """A module name made from a notebook's file name: ``01-eda.ipynb`` gives ``eda``."""
    name = identifier(re.sub(r"^[\d\s._-]+", "", text)) or "extracted"
    return f"{name}_steps" if name in sys.stdlib_module_names else name


def identifier(text: str) -> str:
    """Lower-case words joined by underscores, or ``""`` where nothing usable is left."""
    name = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    name = re.sub(r"^[\d_]+", "", name)
    return f"{name}_" if keyword.iskeyword(name) else name
