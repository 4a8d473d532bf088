"""A module that the fresh kernel does not find, or a name that is not in it."""

from __future__ import annotations

import re
from pathlib import Path

from ...analysis.distributions import installed_by, likely, required_name
from ...model import Run, VerifyCause
from .scene import Scene
from .versions import gone_module

_NO_MODULE = re.compile(r"No module named ['\"]([^'\"]+)['\"]")
_NO_NAME = re.compile(
    r"cannot import name ['\"](\w+)['\"] from (?:partially initialized module )?['\"]([\w.]+)"
)
_NO_ATTRIBUTE = re.compile(r"module ['\"]([\w.]+)['\"] has no attribute ['\"](\w+)")


def cause(scene: Scene) -> VerifyCause | None:
    detail = scene.trouble.detail
    if (found := _NO_MODULE.search(detail)) is not None:
        return _missing(found[1], scene)
    if (found := _NO_NAME.search(detail)) is not None:
        return _other_version(found[2], found[1], scene)
    if (found := _NO_ATTRIBUTE.search(detail)) is not None:
        return _other_version(found[1], found[2], scene)
    return None


def _missing(module: str, scene: Scene) -> VerifyCause:
    top = module.partition(".")[0]
    if (words := gone_module(top, scene.version)) is not None:
        return scene.because("versions", words, "Use what replaced it, or an older Python.")
    if (place := _own(module, scene)) is not None:
        return _not_importable(module, place, scene)
    message = f"the kernel's environment has no module `{top}`"
    if (run := _installed_by(top, scene)) is not None:
        message += f"; it was installed by {_named(run)}, which is not on the page"
    name, declared = _distribution(top, scene)
    if declared:
        remedy = f"The project declares `{name}`: install the project into this environment."
    else:
        remedy = f"Add `{name}` to the project's dependencies and install it."
    return scene.because("module-not-found", message, remedy, run.source if run else None)


def _distribution(top: str, scene: Scene) -> tuple[str, bool]:
    """(the package that brings the module, whether the project declares it)."""
    names = likely(top)
    declared = scene.around.declared if scene.around is not None else None
    for name in names:
        if declared is not None and name in declared:
            return name, True
    return names[-1] if len(names) == 2 else names[0], False


def _own(module: str, scene: Scene) -> Path | None:
    """The file or folder of the project that the import means, as far as its folders show."""
    parts = module.split(".")
    for folder in scene.judge.folders if scene.judge is not None else ():
        for start in (folder, folder / "src"):
            place = start.joinpath(*parts)
            for found in (place.with_suffix(".py"), place):
                if found.exists():
                    return found
    return None


def _not_importable(module: str, place: Path, scene: Scene) -> VerifyCause:
    folders = scene.judge.folders if scene.judge is not None else (place.parent,)
    shown = place.relative_to(folders[-1]) if folders[-1] in place.parents else place
    message = (
        f"`{module}` is the project's own (`{shown.as_posix()}`), "
        "and a clean kernel, which starts in the notebook's folder, does not see it"
    )
    run = next((run for run in reversed(scene.gone) if "sys.path" in (run.source or "")), None)
    if run is not None:
        message += f"; your kernel did because of {_named(run)}, which is not on the page"
    remedy = "Install the project into the environment: pip install -e ."
    return scene.because("module-not-found", message, remedy, run.source if run else None)


def _installed_by(top: str, scene: Scene) -> Run | None:
    wanted = set(likely(top))
    for run in reversed(scene.gone):
        for line in (run.source or "").splitlines():
            if wanted & {required_name(one) for one in installed_by(line)}:
                return run
    return None


def _named(run: Run) -> str:
    return "a console" if run.execution_count is None else f"In [{run.execution_count}]"


def _other_version(module: str, name: str, scene: Scene) -> VerifyCause:
    top = module.partition(".")[0]
    if scene.around is not None and (top in scene.around.local or _own(module, scene)):
        message = f"the project's `{module}` has no `{name}` now"
        remedy = f"Put `{name}` back, or correct the import."
        return scene.because("module-not-found", message, remedy)
    message = f"`{module}` as it is installed here has no `{name}`: it is another version"
    remedy = f"Pin `{likely(top)[-1]}` to the version that the notebook was written with."
    return scene.because("versions", message, remedy)
