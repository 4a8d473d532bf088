"""What is worth extracting from a notebook, with the modules that it would go to."""

from __future__ import annotations

from pathlib import Path

from ..model import Notebook, Suggestion
from ..refactor import Project, suggest
from .project import locate


def suggestions_for(
    notebook: Notebook,
    place: Path,
    module: str | None = None,
    *,
    root: Path | None = None,
    same_environment: bool = True,
) -> tuple[Suggestion, ...]:
    """The suggestions for the notebook at ``place``; modules are paths from the project's root.

    ``module`` is where they go, None: proposed. Raises what `project.locate` does.
    """

    def project_for(other: str | None) -> Project:
        located = locate(place, other, root=root, same_environment=same_environment)
        return located.project

    return suggest(notebook, project=project_for(module), project_for=project_for)
