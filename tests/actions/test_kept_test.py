"""`extract --test`: a test with the values of the run, seen to fail where the code differs."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from documents import cell, document

from jupyter_prodready.actions import extract_file, undo_last
from jupyter_prodready.model import Extraction
from jupyter_prodready.refactor import Options
from jupyter_prodready.refactor.options import DEFAULT
from jupyter_prodready.verify import probe_in_kernel
from jupyter_prodready.verify.claim import Claim
from jupyter_prodready.verify.kernels import LocalKernels
from jupyter_prodready.verify.probe import Probe, why_not
from jupyter_prodready.verify.proof import prove
from jupyter_prodready.verify.run import Limits
from jupyter_prodready.verify.staging import Proved
from jupyter_prodready.verify.values_in_kernel import values


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "shop"\n')
    (tmp_path / "notebooks").mkdir()
    return tmp_path


def saved(project: Path, *sources: str) -> Path:
    path = project / "notebooks" / "n.ipynb"
    path.write_text(json.dumps(document(*map(cell, sources))))
    return path


def extracted(
    project: Path, *sources: str, selection: str = "c1", options: Options = DEFAULT
) -> Extraction:
    """With the run that a kernel would do done here, and the probe in this process, too."""
    path = saved(project, *sources)

    def prover(claim: Claim) -> Proved:
        observer = claim.observer
        assert observer is not None
        seen: dict[str, str] = {}
        space: dict[str, Any] = {}
        for number, source in enumerate(sources):
            seen |= looked(observer.looks, f"c{number}", "before", space)
            exec(source, space)
            seen |= looked(observer.looks, f"c{number}", "after", space)
        return Proved("equal", seen=seen)

    def looked(looks: Any, cell_id: str, when: str, space: dict[str, Any]) -> dict[str, str]:
        due = [one for one in looks if (one.cell_id, one.when) == (cell_id, when)]
        names = {
            one.key: [n for n in space if f"'{n}'" in one.expression.rpartition("user_ns")[2]]
            for one in due
        }
        return {
            key: repr(values(space, found))
            for key, found in names.items()
            if key in ("entry 0", "end 0")
        }

    module, name = "src/shop/n.py", "step"
    return extract_file(path, selection, module, name, options=options, prover=prover, tester=here)


def here(probe: Probe) -> str | None:
    """The probe of the kernel, in this process."""
    folder = Path(probe.staged[-1].file).parents[2] / "staged"
    for one in probe.staged:
        place = (
            folder / Path(*one.name.split(".")) / "__init__.py"
            if one.is_package
            else folder / f"{one.name.replace('.', '/')}.py"
        )
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(one.text)
    for name, data in {probe.name: probe.text.encode(), **probe.files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    sys.path.insert(0, str(folder))
    try:
        probe_in_kernel.probe(
            str(folder / probe.name),
            probe.module,
            probe.function,
            probe.outputs,
            [*probe.unchanged],
        )
    except probe_in_kernel.ProbeError as error:
        return str(error)
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if name.partition(".")[0] == "shop"]:
            del sys.modules[name]
    return None


def test_what_is_written(project: Path):
    done = extracted(
        project,
        "prices = [3, 1]\nrate = 0.5",
        "high = max(prices) * rate\nname = 'x'",
        "print(high)",
    )
    assert (project / "tests/test_n.py").read_text() == (
        '"""What `step` did when it was extracted."""\n\nimport math\n\nfrom shop.n import step\n\n\n'
        "def test_step():\n    prices = [3, 1]\n    rate = 0.5\n    high_now, name_now = step(prices, rate)\n"
        "    assert math.isclose(high_now, 1.5, rel_tol=1e-9, abs_tol=1e-12)\n    assert name_now == 'x'\n"
        "    # what goes in is left as it was\n    assert prices == [3, 1]\n"
    )
    assert [edit.path for edit in done.change.files] == [
        "src/shop/__init__.py", "src/shop/n.py", "tests/test_n.py",
    ]  # fmt: skip
    assert "+def test_step():" in done.diff
    undo_last(project)
    assert not (project / "tests").exists()


@pytest.mark.parametrize(
    ("options", "call"),
    [
        (Options(defaults=("rate",)), "high_now, name_now = step(prices, rate=rate)"),
        (Options(constants=("rate",)), "high_now, name_now = step(prices)"),
    ],
)
def test_names_for_literals_are_given_as_the_function_takes_them(
    options: Options, call: str, project: Path
):
    code = "high = max(prices) * rate\nname = 'x'"
    extracted(project, "prices = [3, 1]\nrate = 0.5", code, "print(high)", options=options)
    text = (project / "tests/test_n.py").read_text()
    assert f"    {call}\n" in text
    assert ("    rate = 0.5\n" in text) is bool(options.defaults)


def test_what_is_changed_in_place_is_not_said_to_be_left(project: Path):
    extracted(project, "xs = [3, 1]", "xs.sort()\nn = len(xs)", "print(xs, n)")
    text = (project / "tests/test_n.py").read_text()
    assert "n_now, xs_now = step(xs)" in text
    assert "left as it was" not in text
    assert "assert xs_now == [1, 3]" in text


def test_tables_and_arrays_go_to_files(project: Path):
    pytest.importorskip("pandas")
    source = "import pandas as pd\nimport numpy as np\ndf = pd.DataFrame({'a': [1, 2, 3], 'b': ['x', None, '']})\ndf = df[df.a > 1]\ndf['c'] = df.a / 3\ndf['b'] = 'k'"
    done = extracted(
        project,
        source,
        "total = df.groupby('b').c.sum()\narr = np.sqrt(df.a.to_numpy())\nbig = list(range(300))",
        "print(total, arr, big)",
    )
    assert done.notes[-1].startswith("`tests/test_n.py` was seen to fail")
    folder = project / "tests/data/n"
    assert sorted(path.name for path in folder.iterdir()) == [
        "step_arr_out.npy",
        "step_big_out.json",
        "step_df_in.csv",
        "step_total_out.csv",
    ]


def test_numbers_of_tables_and_arrays_keep_their_type(project: Path):
    pytest.importorskip("pandas")
    done = extracted(
        project,
        "import numpy as np\nimport pandas as pd\ndf = pd.DataFrame({'a': [1, 2, 4]})\nscale = np.int64(2)",
        "mean = df.a.mean() * scale\nlast = df.a.iloc[-1]\nis_big = df.a.max() > 3\n"
        "both = {'low': [df.a.min()], 'np.': (np.float32(0.1),)}",
        "print(mean, last, is_big, both)",
    )
    assert done.notes[-1].startswith("`tests/test_n.py` was seen to fail")
    text = (project / "tests/test_n.py").read_text()
    assert "    scale = np.int64(2)\n" in text
    assert "    assert last_now == 4\n" in text
    assert "isclose(mean_now, 4.666666666666667, rel_tol=1e-9" in text
    assert "== {'low': [np.int64(1)], 'np.': (np.float32(0.10000000149011612),)}" in text
    assert "import numpy as np\nimport pandas as pd\n" in text


def test_a_text_that_speaks_of_numpy_imports_nothing(project: Path):
    extracted(project, "x = 'np.'", "n = [x]", "print(n)")
    assert "import" not in (project / "tests/test_n.py").read_text().replace(
        "from shop.n import step", ""
    )


def test_a_large_number_is_seen_to_differ(project: Path):
    done = extracted(project, "x = 1e20", "n = x * 2", "print(n)")
    assert done.notes[-1].startswith("`tests/test_n.py` was seen to fail")


NOTES: dict[str, tuple[tuple[str, ...], str]] = {
    "a function goes in": (
        ("f = [len]", "n = f[0]('abc')", "print(n)"),
        "`f` holds `builtin_function_or_method`, which cannot be written to a file.",
    ),
    "not a number": (
        ("x = float('nan')", "n = [x]", "print(n)"), "`x` holds `float`, which cannot be written to a file.",
    ),
    "too much": (
        ("x = 'a' * 2000000", "n = len(x)", "print(n)"), "`x` makes more than a megabyte.",
    ),
    "reads files": (
        ("p = '/etc/hostname'", "n = open(p).read()", "print(n)"), "it reads files.",
    ),
    "chance": (("import random", "n = random.random()", "print(n)"), "it uses chance."),
    "nothing comes back": (("x = 1", "print(x)"), "it gives nothing back that could be compared."),
    "not the same when it is called again": (
        ("def count(log=[]):\n    log.append(1)\n    return len(log)\ncount()", "n = count()", "print(n)"),
        "it fails with the values of this run: AssertionError",
    ),
    "the shown line changes what came out": (
        ("x = 1", "n = [x]\nn.append(2)\nn.pop()", "print(n)"), "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", NOTES)
def test_why_there_is_none(case: str, project: Path):
    sources, why = NOTES[case]
    done = extracted(project, *sources)
    assert done.status == "applied"
    assert not (project / "tests").exists()
    assert done.notes[-1].startswith(f"No test was written: {why}")


def test_what_a_helper_changes_is_not_said_to_be_left_alone(project: Path):
    top = "log = []\ndef count():\n    log.append(1)\n    return len(log)\ncount()"
    done = extracted(project, top, "n = count()", "print(n)")
    assert done.status == "applied"
    text = (project / "tests/test_n.py").read_text()
    assert "assert n == 2" in text or "assert n_now == 2" in text
    assert "left as it was" not in text


def test_a_test_that_is_there_is_left_alone(project: Path):
    (project / "tests").mkdir()
    (project / "tests/test_n.py").write_text("# mine\n")
    extracted(project, "x = 1", "n = x + 1", "print(n)")
    assert (project / "tests/test_n.py").read_text() == "# mine\n"
    assert "def test_step" in (project / "tests/test_n_step.py").read_text()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("assert step([1]) == 2", "it fails with the values of this run: AssertionError"),
        ("step([1])", "with a copy that gives something else it does not fail: passes"),
        (
            "assert step([1]) == 1",
            "with a copy that changes something else it does not fail: passes",
        ),
    ],
)
def test_a_test_that_does_not_see_a_difference(text: str, problem: str, tmp_path: Path):
    (tmp_path / "shop.py").write_text("def step(xs):\n    return len(xs)\n")
    path = tmp_path / "test_shop.py"
    path.write_text(f"from shop import step\n\n\ndef test_step():\n    {text}\n")
    sys.path.insert(0, str(tmp_path))
    try:
        with pytest.raises(probe_in_kernel.ProbeError) as raised:
            probe_in_kernel.probe(str(path), "shop", "step", 1, [0])
    finally:
        sys.path.remove(str(tmp_path))
        sys.modules.pop("shop", None)
    assert str(raised.value).startswith(problem)


@pytest.mark.kernel
@pytest.mark.slow
@pytest.mark.parametrize("is_there", [False, True])
def test_in_real_kernels(is_there: bool, project: Path):
    """Values of the first kernel, the module of the second, the test in a third; also beside
    modules of a package that is there and not installed."""
    if is_there:
        (project / "src" / "shop").mkdir(parents=True)
        (project / "src" / "shop" / "__init__.py").touch()
    sources = ("prices = [3, 1]\nrate = 0.5", "high = max(prices) * rate", "print(high)")
    path = saved(project, *sources)
    kernels = LocalKernels("python3", path.parent)

    def prover(claim: Claim) -> Proved:
        return asyncio.run(prove(claim, kernels, Limits()))

    def tester(probe: Probe) -> str | None:
        wrong = Probe(**{**vars_of(probe), "text": probe.text.replace("1.5", "2.5")})
        assert "it fails with the values" in str(asyncio.run(why_not(wrong, kernels, Limits())))
        return asyncio.run(why_not(probe, kernels, Limits()))

    done = extract_file(path, "c1", "src/shop/n.py", "step", prover=prover, tester=tester)
    assert (done.status, done.proof) == ("applied", "equal")
    assert "def test_step" in (project / "tests/test_n.py").read_text(), done.notes


def vars_of(probe: Probe) -> dict[str, Any]:
    return {field.name: getattr(probe, field.name) for field in fields(probe)}
