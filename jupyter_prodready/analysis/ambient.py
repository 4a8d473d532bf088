"""State beside the names: environment, working directory, files, display options.

Each is a location whose name begins with ``@``: ``@environ:HOME``, ``@cwd``,
``@file:data.csv``, ``@file$PATH`` (the file that the name ``PATH`` holds), ``@options``.
"""

from __future__ import annotations

import ast
import re
from functools import lru_cache

from .asked_names import TELL_OWN, names_asked
from .extensions import MAGIC, is_of_extension, loaded_by
from .listing import LISTS, listed_by
from .magics import MagicLine
from .nodes import dotted, last_name
from .paths import location_of
from .words import NOTHING

_OPTIONS = frozenset(
    {
        "pd.set_option", "pandas.set_option", "pd.reset_option", "np.set_printoptions",
        "plt.style.use", "sns.set_theme", "sns.set_style", "sns.set", "sns.set_palette",
        "plt.rc", "matplotlib.use", "pl.Config.set_tbl_rows", "warnings.filterwarnings",
        "warnings.simplefilter", "locale.setlocale", "matplotlib.rc", "mpl.rc",
    }
)  # fmt: skip
"""Calls that change how later results are shown."""
_OPTION_ROOTS = (
    "plt.rcParams", "matplotlib.rcParams", "mpl.rcParams", "pd.options", "pandas.options",
    "rcParams",
)  # fmt: skip
_CHDIR = frozenset({"os.chdir", "chdir"})
_OPENERS = frozenset({"io", "gzip", "bz2", "lzma", "codecs", "os"})
_OF_PATH = frozenset(
    {"write_text", "write_bytes", "read_text", "read_bytes", "open", "touch", "unlink", "mkdir"}
)
_OF_BOTH = frozenset({"open", "mkdir"})
"""Functions of modules, and methods of paths."""
_WHOLE = frozenset({"write_text", "write_bytes", "read_text", "read_bytes"})
_MOVES = frozenset({"os.rename", "os.replace", "shutil.move"})
_COPIES = frozenset({"shutil.copy", "shutil.copy2", "shutil.copyfile", "copyfile", "copy2"})


_CHANGES_LIST = frozenset({"append", "insert", "extend", "remove", "pop", "clear"})
_VARIABLE = re.compile(r"(?<!\$)\$\{?([A-Za-z_]\w*)")
_REDIRECTED = re.compile(r"(?<![\d&>])(>>?)\s*([\w./-]+)")
_LIKE_A_FILE = re.compile(r"[\w/-]*[\w-][./][\w./-]+")
_GENERATORS = {"numpy": "np.random", "python": "random"}
RESULTS = {"Out": "@out", "_oh": "@out", "In": "@in", "_ih": "@in"}
"""Where IPython keeps what cells gave, and their sources, by count."""
_MAKES_MAGIC = {"%alias": 0, "%unalias": 0, "%alias_magic": -2}
"""Where the name of a magic stands that these make or remove."""
_REGISTERS = frozenset({"register_line_magic", "register_cell_magic", "register_line_cell_magic"})
_LABELS = {
    "@out2": "__",
    "@out3": "___",
    "@environ": "os.environ",
    "@cwd": "os.getcwd",
    "@path": "sys.path",
    "@options": "display options",
    "@future": "annotations",
}


def label_of(location: str) -> str:
    """A name as it is, an ambient location as it is called on a page."""
    if location[0] != "@":
        return location
    kind, _, rest = location.partition(":")
    if kind == "@out":
        return f"Out[{rest}]" if rest else "_"
    if kind == "@in":
        return f"In[{rest}]"
    if kind == "@random":
        return _GENERATORS.get(rest, rest)
    if kind == "@magic":
        return f"%{rest}"
    if kind == "@cache":
        return rest.partition(":")[0]
    return _LABELS.get(kind, rest or kind[1:])


def environment_key(node: ast.Subscript | ast.Attribute) -> str | None:
    """The variable of ``os.environ["X"]``; empty where it is not literal."""
    if not is_environ(node.value):
        return None
    if isinstance(node, ast.Subscript):
        key = node.slice
        literal = isinstance(key, ast.Constant) and isinstance(key.value, str)
        return str(key.value) if literal and isinstance(key, ast.Constant) else ""
    return ""


def is_environ(node: ast.expr) -> bool:
    """Is it ``os.environ``, under whatever name?"""
    if type(node) is ast.Name:
        return node.id == "environ"
    return type(node) is ast.Attribute and node.attr == "environ"


def is_option(target: ast.expr) -> bool:
    """Is ``target`` a place where a library keeps its display options?"""
    while type(target) is ast.Subscript:
        target = target.value
    name = target.id if type(target) is ast.Name else dotted(target)
    return name.startswith(_OPTION_ROOTS)


@lru_cache(maxsize=4096)
def is_ambient(name: str) -> bool:
    """Can `sets_ambient` find anything for a call of this dotted name?"""
    return (
        name in _OPTIONS
        or name in _CHDIR
        or name.rpartition(".")[2] in ("getcwd", "cwd", "getenv", "putenv")
        or "environ." in name
        or "rcParams." in name
        or changes_path(name)
        or name in TELL_OWN
        or name.rpartition(".")[2] in LISTS
    )


def changes_path(name: str) -> bool:
    """Does the call of this dotted name change where modules are found?"""
    return name[:9] == "sys.path." and name[9:] in _CHANGES_LIST


def sets_ambient(node: ast.Call, *, inside: bool) -> tuple[frozenset[str], frozenset[str]]:
    """(ambient locations read, written) by a call that is known by its dotted name; ``inside``: it
    stands in a function or a class."""
    name = dotted(node.func)
    if last_name(node.func) in LISTS:
        return listed_by(node), NOTHING
    if not is_ambient(name):
        return NOTHING, NOTHING
    if name in TELL_OWN:
        return (NOTHING if inside else names_asked(node)), NOTHING
    if name in _OPTIONS or name.startswith(("plt.rcParams.", "mpl.rcParams.")):
        return NOTHING, frozenset({"@options"})
    if changes_path(name):
        return NOTHING, frozenset({"@path"})
    if name in _CHDIR:
        absolute = _text(node.args[:1]).startswith(("/", "\\", "~"))
        return NOTHING if absolute else frozenset({"@cwd"}), frozenset({"@cwd"})
    last = name.rpartition(".")[2]
    if name in ("os.getcwd", "Path.cwd", "getcwd"):
        return frozenset({"@cwd"}), NOTHING
    if last == "getenv" or name.endswith("environ.get"):
        return frozenset({f"@environ:{_text(node.args[:1])}"}), NOTHING
    if last == "putenv" or name.endswith(("environ.setdefault", "environ.pop")):
        variable = frozenset({f"@environ:{_text(node.args[:1])}"})
        return variable if last == "pop" else NOTHING, variable
    if name.endswith("environ.update"):
        return NOTHING, frozenset({f"@environ:{key.arg}" for key in node.keywords if key.arg})
    return NOTHING, NOTHING


def _text(nodes: list[ast.expr]) -> str:
    node = nodes[0] if nodes else None
    return str(node.value) if isinstance(node, ast.Constant) else ""


def files_of(
    node: ast.Call, effects: tuple[tuple[str, str], ...]
) -> tuple[frozenset[str], frozenset[str]]:
    """(files read, files written) by a call, where the path is a text or a name."""
    kinds = {kind for kind, _ in effects}
    if not kinds & {"reads-file", "writes-file"}:
        return NOTHING, NOTHING
    name = dotted(node.func)
    if (name in _MOVES or name in _COPIES) and len(node.args) > 1:
        taken, given = [_place(argument) for argument in node.args[:2]]
        changed = [given, taken] if name in _MOVES else [given]
        return frozenset([taken] if taken else []), frozenset([one for one in changed if one])
    place = _path(node)
    if place is None:
        return NOTHING, NOTHING
    if "writes-file" in kinds:
        read = frozenset({place}) if "+" in _mode(node) or "a" in _mode(node) else NOTHING
        return read, frozenset({place})
    return frozenset({place, "@cwd"}), NOTHING


def _mode(node: ast.Call) -> str:
    given = [keyword.value for keyword in node.keywords if keyword.arg == "mode"]
    func = node.func
    if isinstance(func, ast.Attribute) and func.attr in _WHOLE:
        return ""
    own = isinstance(func, ast.Attribute) and func.attr == "open" and _is_path(func.value)
    mode = next(iter(given or (node.args[:1] if own else node.args[1:2])), None)
    return mode.value if isinstance(mode, ast.Constant) and isinstance(mode.value, str) else ""


def _is_path(node: ast.expr) -> bool:
    """``p`` of ``p.open("a")``: a path, not a module (``gzip.open(p, "a")``)."""
    return not (isinstance(node, ast.Name) and node.id in _OPENERS)


def _is_text(nodes: list[ast.expr]) -> bool:
    return any(isinstance(node, ast.Constant) and isinstance(node.value, str) for node in nodes)


def _path(node: ast.Call) -> str | None:
    candidates = list(node.args[:1])
    if isinstance(node.func, ast.Attribute):
        value = node.func.value
        if isinstance(value, ast.Call) and dotted(value.func) == "open":
            candidates = list(value.args[:1])
        elif node.func.attr in _OF_PATH and not (
            node.func.attr in _OF_BOTH and not _is_path(value)
        ):
            candidates = [value]
        elif node.func.attr in ("dump", "save") and not _is_text(candidates):
            candidates = list(node.args[1:2])
    return _place(candidates[0]) if candidates else None


def _place(path: ast.expr) -> str | None:
    """The location of the file at ``path``, as far as it is written there."""
    if isinstance(path, ast.Call) and dotted(path.func) == "open":
        path = next(iter(path.args), path)
    return location_of(path)


def shell_ambient(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """(ambient locations read, written) by a shell line: ``!cat f.txt > g.txt``, ``!echo $A``."""
    read = {f"@environ:{name}" for name in _VARIABLE.findall(text)}
    written: set[str] = set()
    for arrow, path in _REDIRECTED.findall(text):
        place = f"@file:{path.removeprefix('./')}"
        written.add(place)
        if arrow == ">>":
            read.add(place)
    rest = _REDIRECTED.sub(" ", text.lstrip("!"))
    words = [word.strip("'\"") for word in rest.split()[1:]]
    if rest.split()[:1] == ["mkdir"]:
        written |= {f"@file:{word.removeprefix('./')}" for word in words if word[:1] != "-"}
        words = []
    read |= {f"@file:{word.removeprefix('./')}" for word in words if _LIKE_A_FILE.fullmatch(word)}
    return frozenset(read), frozenset(written)


def magic_ambient(magic: MagicLine) -> tuple[frozenset[str], frozenset[str]]:
    """(ambient locations read, written) by a magic: `%env`, `%cd`, `%%writefile`."""
    words = magic.text.split("\n", 1)[0].split()[1:]
    if magic.kind == "changes-directory":
        return NOTHING, frozenset({"@cwd"})
    if magic.kind == "shell" and magic.name[:1] == "!":
        return shell_ambient(magic.text)
    if magic.kind == "environment" and words:
        return NOTHING, frozenset({f"@environ:{words[0].partition('=')[0]}"})
    if magic.kind == "writes-file" and words and magic.name.startswith("%%"):
        place = frozenset({f"@file:{words[-1].removeprefix('./')}"})
        return (place if "-a" in words else NOTHING), place
    name = magic.name.lstrip("%")
    if name == "load_ext":
        return NOTHING, frozenset().union(*map(loaded_by, words))
    if magic.kind == "other" or is_of_extension(name):
        return frozenset({MAGIC + name}), NOTHING
    if (at := _MAKES_MAGIC.get(magic.name)) is not None and words[at:]:
        return NOTHING, frozenset({MAGIC + words[at]})
    return NOTHING, NOTHING


def registered(node: ast.FunctionDef | ast.AsyncFunctionDef) -> frozenset[str]:
    """The magic that a decorator of IPython's makes of the function."""
    makes = any(last_name(one) in _REGISTERS for one in node.decorator_list)
    return frozenset({MAGIC + node.name}) if makes else NOTHING
