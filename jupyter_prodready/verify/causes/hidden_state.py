"""What the session had and the page has not: the findings of `check`."""

from __future__ import annotations

from ...model import Finding, VerifyCause
from ..trouble import MISSING_FILE, quoted
from .scene import Scene

WORLD = ("clock-dependent", "network-dependent", "environment-dependent")
"""They change a result from day to day, so they are asked after what the session did."""

_BESIDE = frozenset(
    {"absolute-path", "in-notebook-install", "missing-file", "undeclared-dependency",
     "unparsable-cell", "unseeded-random", "unused-definition", "unused-suppression",
     "never-run", *WORLD}
)  # fmt: skip
"""Findings that do not say why a steady result is another one."""

_NAMES = frozenset({"undefined-name", "definition-below", "deleted-definition",
     "outdated-definition", "outside-definition"})  # fmt: skip
"""What a cell of these lacks raises `NameError` and no other error."""

_NOT_VALUES = ("ModuleNotFoundError", "ImportError", "SyntaxError", "IndentationError")


def cause(scene: Scene) -> VerifyCause | None:
    """The finding that explains the trouble: about its very name, else certain ones first."""
    trouble = scene.trouble
    if trouble.error in (*_NOT_VALUES, *MISSING_FILE):
        return None
    about = _about(scene)
    if trouble.error == "NameError":
        name = quoted(trouble.detail)
        about = [one for one in about if name in one.names]
        return _told(about[0], _define(name)) if about else _undefined(scene, name)
    about = [one for one in about if one.check not in _BESIDE]
    if trouble.error is not None:
        about = [one for one in about if not _raises_otherwise(one)]
    best = sorted(about, key=lambda one: not one.certain)
    return _told(best[0]) if best else None


def _about(scene: Scene) -> list[Finding]:
    findings = () if scene.report is None else scene.report.findings
    cell_id = scene.trouble.cell_id
    own = [one for one in findings if one.cell_id == cell_id]
    return own + [one for one in findings if cell_id in one.affected and one not in own]


def _raises_otherwise(finding: Finding) -> bool:
    return finding.check == "old-session-output" or (finding.certain and finding.check in _NAMES)


def _told(finding: Finding, otherwise: str = "") -> VerifyCause:
    source = None if finding.cause is None else finding.cause.source
    remedy = f"{finding.fixes[0].title}." if finding.fixes else otherwise
    return VerifyCause(
        finding.check, finding.cell_id, finding.line, finding.message, source, remedy
    )


def _undefined(scene: Scene, name: str | None) -> VerifyCause | None:
    if name is None:
        return None
    message = f"no cell defines `{name}` before it is used"
    return scene.because("undefined-name", message, _define(name))


def _define(name: str | None) -> str:
    return f"Define or import `{name}` above."
