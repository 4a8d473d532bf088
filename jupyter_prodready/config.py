"""`[tool.jupyter-prodready]` of the nearest `pyproject.toml`, and what it does to a report.

One reader for the command line and the server. A key or value that is not known is an
error: a misspelt setting that silently did nothing would look like a clean notebook.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from .errors import BadInputError
from .model import Finding, Report, Severity
from .records import dataclass, replace

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TABLE = "tool.jupyter-prodready"
DEFAULT_TIMEOUT = 600.0
DEFAULT_RTOL = 1e-6
DEFAULT_ATOL = 1e-12


@dataclass(frozen=True)
class Settings:
    """What a project asked for. Check names in all of them are those of `explain`.

    ``select`` is None for all checks. ``per_file_ignores`` patterns are matched against
    the notebook's path from ``root`` (the folder of the pyproject.toml) and its file name.
    ``verify_timeout`` is seconds for one cell, ``verify_notebook_timeout`` for all of them,
    ``verify_silence_timeout`` for a cell that shows nothing new; ``verify_rtol`` is the
    relative difference up to which two printed numbers are the same, ``verify_atol`` the
    absolute one.
    """

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, Severity], ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    verify_timeout: float = DEFAULT_TIMEOUT
    verify_notebook_timeout: float | None = None
    verify_silence_timeout: float | None = None
    verify_rtol: float = DEFAULT_RTOL
    verify_atol: float = DEFAULT_ATOL
    extract_package_dir: str | None = None
    root: Path | None = None

    def narrowed(self, select: Collection[str], ignore: Collection[str]) -> Settings:
        """With the command line's choice: ``select`` replaces, ``ignore`` adds."""
        return replace(
            self,
            select=tuple(select) or self.select,
            ignore=self.ignore + tuple(ignore),
        )


def load(start: str | Path, checks: Collection[str] | None = None) -> Settings:
    """The settings of the pyproject.toml nearest to ``start``, a file or a folder.

    Defaults where there is none. With ``checks`` (all names that exist) an unknown check
    name is refused, too. Raises `BadInputError` naming the file, the key and the value.
    """
    file = nearest(start)
    if file is None:
        return Settings()
    table = _table(file)
    return (
        _Reader(file, checks).settings(table) if table is not None else Settings(root=file.parent)
    )


def nearest(start: str | Path) -> Path | None:
    """The pyproject.toml in the folder of ``start`` or the closest one above it."""
    place = Path(start).absolute()
    folders = (place, *place.parents) if place.is_dir() else place.parents
    files = (folder / "pyproject.toml" for folder in folders)
    return next((file for file in files if file.is_file()), None)


def apply(report: Report, settings: Settings) -> Report:
    """The report with the findings the project wants to hear of, as loud as it wants.

    The verdict and the cells stay: they say what is so, not what is asked about. A
    *possible* finding never becomes an error, whatever the project says.
    """
    wanted = _wanted(report.path, settings)
    louder = dict(settings.severity)

    def kept(findings: Iterable[Finding]) -> tuple[Finding, ...]:
        return tuple(_as_loud(one, louder) for one in findings if wanted(one.check))

    return replace(
        report,
        findings=kept(report.findings),
        suppressed=kept(report.suppressed),
        skipped=tuple(one for one in report.skipped if one.check == "*" or wanted(one.check)),
    )


def switched_off(path: str, settings: Settings, checks: Iterable[str]) -> frozenset[str]:
    """Those of the ``checks`` that the project does not want to hear of in this notebook."""
    wanted = _wanted(path, settings)
    return frozenset(check for check in checks if not wanted(check))


def _wanted(path: str, settings: Settings) -> Callable[[str], bool]:
    ignored = {*settings.ignore, *_ignored_for(path, settings)}

    def wanted(check: str) -> bool:
        chosen = settings.select is None or check in settings.select
        return chosen and check not in ignored

    return wanted


def _as_loud(finding: Finding, severities: Mapping[str, Severity]) -> Finding:
    severity = severities.get(finding.check, finding.severity)
    if severity is Severity.ERROR and not finding.certain:
        severity = Severity.WARNING
    return replace(finding, severity=severity)


def _ignored_for(path: str, settings: Settings) -> set[str]:
    if settings.root is None:
        return set()
    place = Path(path)
    absolute = place if place.is_absolute() else Path.cwd() / place
    try:
        inside = absolute.resolve().relative_to(settings.root.resolve()).as_posix()
    except ValueError:
        inside = place.as_posix()
    return {
        check
        for pattern, checks in settings.per_file_ignores
        if fnmatchcase(inside, pattern) or fnmatchcase(place.name, pattern)
        for check in checks
    }


# --- reading ------------------------------------------------------------------------


def _table(file: Path) -> Mapping[str, Any] | None:
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInputError(f"`{file}` is not valid TOML: {error}.", "Mend it.") from error
    except OSError as error:
        raise BadInputError(
            f"`{file}` cannot be read: {error.strerror}.", "Check its permissions."
        ) from error
    tool = document.get("tool")
    table = tool.get("jupyter-prodready") if isinstance(tool, Mapping) else None
    if table is not None and not isinstance(table, Mapping):
        raise BadInputError(f"`{TABLE}` in `{file}` is not a table.", f"Write `[{TABLE}]`.")
    return table


@dataclass(frozen=True)
class _Reader:
    """Turns the table into `Settings`; every refusal names file and key."""

    file: Path
    checks: Collection[str] | None

    def settings(self, table: Mapping[str, Any]) -> Settings:
        known = ("select", "ignore", "severity", "per-file-ignores", "verify", "extract")
        self.refuse_unknown(table, known, "")
        verify = self.mapping(table, "verify")
        extract = self.mapping(table, "extract")
        limits = ("timeout", "notebook-timeout", "silence-timeout")
        self.refuse_unknown(verify, (*limits, "rtol", "atol"), "verify.")
        self.refuse_unknown(extract, ("package-dir",), "extract.")
        return Settings(
            select=self.names(table["select"], "select") if "select" in table else None,
            ignore=self.names(table.get("ignore", []), "ignore"),
            severity=self.severities(self.mapping(table, "severity")),
            per_file_ignores=tuple(
                (pattern, self.names(checks, f"per-file-ignores.{pattern}"))
                for pattern, checks in self.mapping(table, "per-file-ignores").items()
            ),
            verify_timeout=self.positive(verify, "timeout", DEFAULT_TIMEOUT),
            verify_notebook_timeout=self.limit(verify, "notebook-timeout"),
            verify_silence_timeout=self.limit(verify, "silence-timeout"),
            verify_rtol=self.positive(verify, "rtol", DEFAULT_RTOL, zero=True),
            verify_atol=self.positive(verify, "atol", DEFAULT_ATOL, zero=True),
            extract_package_dir=self.package_dir(extract),
            root=self.file.parent,
        )

    def severities(self, table: Mapping[str, Any]) -> tuple[tuple[str, Severity], ...]:
        self.names(list(table), "severity")
        loud = [severity.value for severity in Severity]
        for check, value in table.items():
            if value not in loud:
                raise self.wrong(f"severity.{check}", value, f"Use one of: {', '.join(loud)}.")
        return tuple((check, Severity(value)) for check, value in table.items())

    def names(self, value: object, key: str) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.wrong(key, value, "Write a list of check names.")
        for name in value:
            if self.checks is not None and name not in self.checks:
                raise self.wrong(key, name, "`explain` lists all checks.")
        return tuple(value)

    def limit(self, table: Mapping[str, Any], key: str) -> float | None:
        return self.positive(table, key, 1) if key in table else None

    def positive(
        self, table: Mapping[str, Any], key: str, default: float, zero: bool = False
    ) -> float:
        value = table.get(key, default)
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not (value > 0 or (zero and value == 0)):
            raise self.wrong(f"verify.{key}", value, "Write a positive number.")
        return float(value)

    def package_dir(self, table: Mapping[str, Any]) -> str | None:
        value = table.get("package-dir")
        if value is None:
            return None
        if (
            not isinstance(value, str)
            or not value
            or Path(value).is_absolute()
            or (".." in Path(value).parts)
        ):
            raise self.wrong(
                "extract.package-dir", value, "Write a folder below the pyproject.toml."
            )
        return value

    def mapping(self, table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = table.get(key, {})
        if not isinstance(value, Mapping):
            raise self.wrong(key, value, f"Write a table `[{TABLE}.{key}]`.")
        return value

    def refuse_unknown(self, table: Mapping[str, Any], known: Collection[str], prefix: str) -> None:
        for key in table:
            if key not in known:
                raise BadInputError(
                    f"`{prefix}{key}` in `[{TABLE}]` of `{self.file}` is not a setting.",
                    f"Known: {', '.join(prefix + name for name in known)}.",
                )

    def wrong(self, key: str, value: object, hint: str) -> BadInputError:
        return BadInputError(f"`{key}` in `[{TABLE}]` of `{self.file}` is wrong: {value!r}.", hint)
