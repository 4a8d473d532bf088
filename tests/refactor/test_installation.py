"""What an install would take, and what is known to stand against it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jupyter_prodready.refactor.installation import Installation, Root, installation
from jupyter_prodready.refactor.project import Project

SRC = Project("notebooks/n.ipynb", "src/sales/n.py", missing_inits=("src/sales/__init__.py",))
FLAT = Project("notebooks/n.ipynb", "sales/n.py", source_root="")
NAMED = '[project]\nname = "sales"\nversion = "1"\n'
HATCH = '[build-system]\nrequires = ["hatchling>=1.2"]\nbuild-backend = "hatchling.build"\n'
MADE = (
    '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n'
    '[project]\nname = "my-shop"\nversion = "0.1.0"\n\n'
    '[tool.hatch.build.targets.wheel]\npackages = ["src/sales", "src/tools"]\n'
)


def found(project: Project, pyproject: str | None, **root: object) -> Installation:
    answer = installation(project, replace(Root("My Shop", pyproject), **root))
    assert answer is not None
    return answer


def test_nothing_to_do_where_it_is_found_already():
    assert installation(replace(SRC, importable=True), Root("r")) is None
    beside = Project("n.ipynb", "sales/n.py", source_root="")
    assert installation(beside, Root("r")) is None


def test_a_project_is_made_where_none_is():
    made = found(SRC, None, packages=("tools",))
    assert [(f.path, f.before, f.after) for f in made.files] == [
        ("pyproject.toml", None, MADE),
        ("src/sales/__init__.py", None, ""),
    ]
    assert (made.backend, made.requires, made.why_not) == ("hatchling.build", ("hatchling",), "")
    flat = found(FLAT, None, packages=("tools",))
    assert 'packages = ["sales"]' in (flat.files[0].after or "")


def test_settings_of_tools_stay_above_it():
    settings = "[tool.ruff]\nline-length = 100\n\n\n"
    made = found(SRC, settings, packages=("tools",))
    assert made.files[0].after == f"[tool.ruff]\nline-length = 100\n\n{MADE}"
    assert made.files[0].before == settings


@pytest.mark.parametrize(
    ("pyproject", "root", "backend"),
    [
        (NAMED, {}, "setuptools.build_meta"),
        (f"{HATCH}{NAMED}", {}, "hatchling.build"),
        ('[build-system]\nbuild-backend = "poetry.core.masonry.api"\n', {}, "poetry.core.masonry.api"),
        (None, {"has_setup": True}, "setuptools.build_meta"),
        ('[project]\nname = "x"\ndynamic = ["version"]\n', {}, "setuptools.build_meta"),
    ],
)  # fmt: skip
def test_a_project_is_installed_as_it_is(pyproject: str | None, root: dict, backend: str):
    one = found(SRC, pyproject, **root)
    assert [file.path for file in one.files] == ["src/sales/__init__.py"]
    assert (one.backend, one.why_not) == (backend, "")


@pytest.mark.parametrize(
    ("project", "pyproject", "why"),
    [
        (replace(FLAT, module="tools.py"), NAMED, "`tools.py` is no package"),
        (SRC, "[project", "`pyproject.toml` is not TOML"),
        (SRC, '[project]\nname = "sales"\n', "gives no version"),
        (SRC, f'{HATCH}[project]\nname = "other"\nversion = "1"\n', 'add `packages = ["src/sales"]`'),
        (FLAT, NAMED, "setuptools takes none of `sales`, `tools` by itself"),
    ],
)  # fmt: skip
def test_what_stands_against_it(project: Project, pyproject: str, why: str):
    assert why in found(project, pyproject, packages=("sales", "tools")).why_not


@pytest.mark.parametrize(
    ("project", "pyproject"),
    [
        (SRC, NAMED),
        (SRC, f'{HATCH}[project]\nname = "Sales"\nversion = "1"\n'),
        (
            SRC,
            f'{HATCH}[project]\nname = "other"\nversion = "1"\n'
            '[tool.hatch.build.targets.wheel]\npackages = ["src/sales"]\n',
        ),
        (FLAT, f'{NAMED}[tool.setuptools]\npackages = ["sales"]\n'),
    ],
)
def test_its_near_misses(project: Project, pyproject: str):
    assert found(project, pyproject, packages=("sales", "tools")).why_not == ""
