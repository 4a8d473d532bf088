"""Settings of pyproject.toml, and what they do to a report."""

from __future__ import annotations

from pathlib import Path

import pytest

from jupyter_prodready import config
from jupyter_prodready.config import Settings
from jupyter_prodready.errors import BadInputError
from jupyter_prodready.model import Finding, Report, Severity, Skipped, Verdict

CHECKS = ("never-run", "undefined-name", "stale-input")


def write(folder: Path, body: str) -> Path:
    file = folder / "pyproject.toml"
    file.write_text(f"[tool.jupyter-prodready]\n{body}\n")
    return file


def test_all_settings(tmp_path: Path) -> None:
    write(
        tmp_path,
        """
select = ["never-run", "undefined-name"]
ignore = ["stale-input"]
severity = { never-run = "warning" }
verify.timeout = 30
verify.rtol = 0
verify.atol = 1e-9
extract.package-dir = "src/pkg"

[tool.jupyter-prodready.per-file-ignores]
"drafts/*" = ["undefined-name"]
""",
    )
    (tmp_path / "drafts").mkdir()
    assert config.load(tmp_path / "drafts" / "n.ipynb", CHECKS) == Settings(
        select=("never-run", "undefined-name"),
        ignore=("stale-input",),
        severity=(("never-run", Severity.WARNING),),
        per_file_ignores=(("drafts/*", ("undefined-name",)),),
        verify_timeout=30.0,
        verify_rtol=0.0,
        verify_atol=1e-9,
        extract_package_dir="src/pkg",
        root=tmp_path,
    )


def test_the_nearest_file_counts_alone(tmp_path: Path) -> None:
    write(tmp_path, 'ignore = ["never-run"]')
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "pyproject.toml").write_text('[project]\nname = "inner"\n')
    assert config.load(tmp_path).ignore == ("never-run",)
    assert config.load(inner / "n.ipynb") == Settings(root=inner)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("selct = []", "`selct` in `[tool.jupyter-prodready]`"),
        ("verify.retries = 1", "`verify.retries` in"),
        ('select = "never-run"', "`select` in"),
        ('ignore = ["never-ran"]', "'never-ran'"),
        ('severity = { never-run = "loud" }', "`severity.never-run`"),
        ('severity = { ever-run = "info" }', "'ever-run'"),
        ('per-file-ignores = { "*.py" = ["x"] }', "`per-file-ignores.*.py`"),
        ("verify.timeout = 0", "`verify.timeout`"),
        ("verify.timeout = true", "`verify.timeout`"),
        ("verify.rtol = nan", "`verify.rtol`"),
        ("verify = 3", "`verify`"),
        ('extract.package-dir = "../x"', "`extract.package-dir`"),
        ("select = [", "is not valid TOML"),
    ],
)
def test_one_sentence_for_what_is_wrong(tmp_path: Path, body: str, message: str) -> None:
    file = write(tmp_path, body)
    with pytest.raises(BadInputError) as caught:
        config.load(tmp_path / "n.ipynb", CHECKS)
    assert message in caught.value.message
    assert str(file) in caught.value.message
    assert caught.value.hint


def test_check_names_are_not_judged_without_the_list(tmp_path: Path) -> None:
    write(tmp_path, 'ignore = ["from-a-later-version"]')
    assert config.load(tmp_path).ignore == ("from-a-later-version",)


def finding(check: str, certain: bool = True) -> Finding:
    severity = Severity.ERROR if certain else Severity.WARNING
    return Finding(check, severity, certain, "c", 0, 1, "message")


def report(path: str = "n.ipynb") -> Report:
    return Report(
        path,
        Verdict("broken", "Will not run"),
        findings=(finding("undefined-name"), finding("never-run", certain=False)),
        suppressed=(finding("stale-input"),),
        skipped=(Skipped("stale-input", "no history"), Skipped("never-run", "no history")),
    )


def kept(settings: Settings, path: str = "n.ipynb") -> list[list[str]]:
    done = config.apply(report(path), settings)
    return [[one.check for one in group] for group in (done.findings, done.suppressed)] + [
        [one.check for one in done.skipped]
    ]


def test_nothing_is_taken_away_by_default() -> None:
    assert config.apply(report(), Settings()) == report()


def test_select_and_ignore() -> None:
    assert kept(Settings(select=("never-run",))) == [["never-run"], [], ["never-run"]]
    assert kept(Settings(ignore=("never-run",))) == [
        ["undefined-name"],
        ["stale-input"],
        ["stale-input"],
    ]
    narrowed = Settings(select=("never-run",), ignore=("stale-input",)).narrowed(
        ["undefined-name", "stale-input"], []
    )
    assert kept(narrowed) == [["undefined-name"], [], []]
    assert config.apply(report(), narrowed).verdict == report().verdict


@pytest.mark.parametrize("pattern", ["drafts/*", "n.ipynb", "*.ipynb", "drafts/n.ipynb"])
def test_per_file_ignores(tmp_path: Path, pattern: str) -> None:
    settings = Settings(root=tmp_path, per_file_ignores=((pattern, ("undefined-name",)),))
    assert kept(settings, str(tmp_path / "drafts" / "n.ipynb"))[0] == ["never-run"]
    assert kept(settings, str(tmp_path / "other" / "m.py"))[0] == ["undefined-name", "never-run"]


def test_a_possible_finding_never_becomes_an_error() -> None:
    louder = (("undefined-name", Severity.INFO), ("never-run", Severity.ERROR))
    done = config.apply(report(), Settings(severity=louder))
    assert [one.severity for one in done.findings] == [Severity.INFO, Severity.WARNING]
