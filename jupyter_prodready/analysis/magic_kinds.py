"""What each magic does, as far as its name tells."""

from __future__ import annotations

from typing import Literal

from ..records import dataclass
from .words import words

MagicKind = Literal[
    "python",
    "shell",
    "quiet",
    "binds",
    "resets",
    "writes-file",
    "changes-directory",
    "environment",
    "other",
]


@dataclass(frozen=True)
class MagicLine:
    """A piece of IPython syntax: its 1-based first line, its name and its text.

    ``captured``: its output becomes a value and is not shown.
    """

    line: int
    name: str
    text: str
    kind: MagicKind
    captured: bool = False


@dataclass(slots=True)
class Transformed:
    """Plain Python with the line structure of the source.

    ``cell_magic`` names a leading ``%%magic``; ``python`` is False where the rest of
    the cell is another language; ``binds`` is False where the body runs in a scope of
    its own (``%%timeit``); ``hidden`` is True where nothing that the body shows is seen
    (``%%capture``), ``output`` the name that gets it. ``optional`` has (line, name) of
    reads that nothing fails without: IPython leaves a shell line as it is where it cannot
    put in a value. ``problem`` says why IPython refuses to run the cell.
    """

    code: str
    magics: tuple[MagicLine, ...] = ()
    cell_magic: str | None = None
    python: bool = True
    binds: bool = True
    hidden: bool = False
    output: str = ""
    optional: frozenset[tuple[int, str]] = frozenset()
    problem: str | None = None


BODY_IS_PYTHON = words(
    "time capture prun timeit memit mprun debug snakeviz pyinstrument ipytest wandb"
)
"""Cell magics that run their body as Python."""
ARGUMENT_IS_PYTHON = words("time prun timeit memit mprun lprun debug snakeviz")
"""Line magics that run their argument as Python, after its options."""
OPTIONS = {
    "prun": "lsTD",
    "timeit": "nr",
    "memit": "rti",
    "mprun": "fTc",
    "lprun": "fmDTsu",
    "debug": "b",
    "snakeviz": "f",
}
"""Those with options of one letter, and which letters take a value."""
BINDS_NOTHING = frozenset({"timeit"})
"""Its code runs inside a function."""
NEVER_EXPANDED = frozenset({"time", "timeit", "prun", "debug"})
SCRIPTS = words("bash sh script perl ruby python python2 python3 pypy cmd R cython_pyximport")
SHELL_CELLS = words("! sx system")
"""Cell magics whose body goes through the shell, with ``{x}`` and ``$x`` put in."""
DISPLAYS = words("html HTML javascript js latex markdown svg SVG")

QUIET = DISPLAYS | words(
    """
    alias alias_magic autoawait autocall automagic autoreload autosave bookmark cat clear colors
    config connect_info debug dhist dirs doctest_mode gui hist history killbgscripts ldir less lf
    lk ll load load_ext loadpy logoff logon logstate logstop ls lsmagic lx magic man matplotlib
    more notebook_name page pastebin pdb pdef pdoc pfile pinfo pinfo2 pprint precision psearch
    psource pwd pycat qtconsole quickref recall rehashx reload_ext rep store subshell tb
    time timeit prun memit mprun lprun unalias unload_ext version_information watermark who who_ls
    whos xmode
    """
)
"""They bind no name of the notebook. ``%load`` only fills the cell with text."""
BINDS_UNSEEN = words("run pylab edit ed rerun dotenv_values")
SHELL_LINES = words(
    """
    sx system sc pip conda mamba micromamba uv mkdir rmdir rm mv cp tensorboard R Rpush Rpull Rget
    """
)
DIRECTORY = words("cd pushd popd")
FILES = words("save logstart notebook")

AUTOMAGIC = words(
    """
    alias alias_magic autoawait autocall automagic autosave bookmark cat cd clear code_wrap colors
    conda config connect_info cp debug dhist dirs doctest_mode ed edit env gui hist history
    killbgscripts ldir less lf lk ll load load_ext loadpy logoff logon logstart logstate logstop ls
    lsmagic lx macro magic mamba man matplotlib micromamba mkdir more mv notebook page pastebin pdb
    pdef pdoc pfile pinfo pinfo2 pip popd pprint precision prun psearch psource pushd pwd pycat
    pylab qtconsole quickref recall rehashx reload_ext rep rerun reset reset_selective rm rmdir run
    save sc set_env store subshell sx system tb time timeit unalias unload_ext uv who who_ls whos
    xdel xmode
    """
)
"""A cell of one line may leave out the ``%`` of these, unless a variable has the name."""


def kind_of(name: str, argument: str) -> MagicKind:
    """What the line magic ``%name argument`` does besides what its code shows."""
    words_of = argument.split()
    if name in DIRECTORY:
        return "changes-directory"
    if name in ("env", "set_env", "dotenv"):
        return "environment" if name != "env" or "=" in argument or words_of[1:] else "quiet"
    if name == "store" and "-r" in words_of and len(words_of) < 2:
        return "binds"
    if name == "store" and any(word.startswith(">") for word in words_of):
        return "writes-file"
    if name == "macro":
        return "quiet"
    if name == "reset":
        targets = {word for word in words_of if not word.startswith("-")}
        return "resets" if not targets else "quiet" if targets <= _KEPT_BY_RESET else "other"
    if name == "xdel":
        return "quiet"
    for table, kind in _TABLES:
        if name in table:
            return kind
    return "other"


_KEPT_BY_RESET = frozenset({"in", "out", "dhist"})
_TABLES: tuple[tuple[frozenset[str], MagicKind], ...] = (
    (SHELL_LINES, "shell"),
    (BINDS_UNSEEN, "binds"),
    (FILES, "writes-file"),
    (QUIET, "quiet"),
)


def cell_kind_of(name: str) -> MagicKind:
    """What a cell magic does whose body is not Python of this kernel."""
    if name in SCRIPTS or name in SHELL_CELLS:
        return "shell"
    if name in ("writefile", "file"):
        return "writes-file"
    if name in ("pylab", "cython"):
        return "binds"
    return "quiet" if name in DISPLAYS else "other"
