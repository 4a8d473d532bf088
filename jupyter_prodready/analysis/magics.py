"""IPython's syntax to plain Python, line for line.

`transform` follows the rules of IPython's ``TransformerManager`` without importing
IPython (its import alone costs more than an analysis). The result has exactly as many
lines as the source, so a line number means the same in both.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from .words import words

MagicKind = Literal["python", "shell", "quiet", "binds", "resets", "writes-file", "other"]

BODY_IS_PYTHON = frozenset(
    {"time", "capture", "prun", "timeit", "memit", "mprun", "debug", "snakeviz"}
)
BODY_BINDS_NOTHING = frozenset({"timeit", "memit"})
ARGUMENT_IS_PYTHON = frozenset({"time", "prun", "timeit", "memit", "debug"})
SHELL_CELLS = frozenset({"bash", "sh", "script", "system", "sx", "cmd", "!"})
QUIET = words(
    """
    matplotlib config load_ext reload_ext unload_ext autoreload precision pdb xmode colors
    pprint automagic pwd ls ll who whos who_ls history hist pinfo pinfo2 psearch psource pdoc
    pdef page lsmagic quickref doctest_mode alias bookmark dirs rehashx notebook logstate html
    latex markdown svg javascript js HTML SVG javascript cd env set_env pip conda
    mamba uv tb load_ext watermark version_information code_wrap killbgscripts
    """
)
BINDS_UNSEEN = frozenset(
    {"run", "pylab", "load", "loadpy", "macro", "edit", "store", "rerun", "recall"}
)
"""Line magics that may define names which the source does not show."""
SHELL_LINES = frozenset({"sx", "system", "pip", "conda", "mamba", "uv"})

_ESCAPES = "%!?,;/"
_ASSIGN = re.compile(r"=\s*(?P<escape>[%!])(?!=)")
_HELP = re.compile(r"^\s*(?:%{0,2}[^\W\d][\w.*]*(?:\[[\w'\"]+\])*(?:\.[\w*]+)*)\?\??\s*(?:#.*)?$")
_PROMPT = re.compile(r"^(?:>>> ?|\.\.\. ?|\s*In \[\d+\]: ?|\s*\.{3,}: ?)")
_STRING = re.compile(r"[rRbBuUfF]{0,2}('''|\"\"\"|'|\")")
_BRACED = re.compile(r"(?<!\{)\{([^{}]+)\}(?!\})")
_DOLLAR = re.compile(r"\$(?!\$)([^\W\d]\w*)")


@dataclass(frozen=True)
class MagicLine:
    """A piece of IPython syntax: its 1-based first line, its name and its text."""

    line: int
    name: str
    text: str
    kind: MagicKind


@dataclass(frozen=True)
class Transformed:
    """Plain Python with the line structure of the source.

    ``cell_magic`` names a leading ``%%magic``; ``python`` is False where the rest of
    the cell is another language; ``binds`` is False where the body runs in a scope of
    its own (``%%timeit``).
    """

    code: str
    magics: tuple[MagicLine, ...] = ()
    cell_magic: str | None = None
    python: bool = True
    binds: bool = True


def transform(source: str) -> Transformed:
    """Replace all IPython syntax in ``source``. Never raises."""
    source = source.replace("\r\n", "\n").replace("\r", "\n").replace("\f", " ")
    head = source.lstrip()
    if head.startswith("%%") or head.startswith("!!"):
        return _cell_magic(source)
    if not any(mark in source for mark in "%!?$") and head[:1] not in (",", ";", "/", ">", "I"):
        return Transformed(_dedent(source))
    if _parses(source):
        return Transformed(source)
    return _lines(_strip_prompts(_dedent(source)))


def shell_reads(text: str) -> tuple[str, ...]:
    """Python expressions that a shell line interpolates: ``{x + 1}`` and ``$name``."""
    found = [match.strip() for match in _BRACED.findall(text)] + _DOLLAR.findall(text)
    return tuple(expr for expr in found if _is_expression(expr))


def _parses(source: str) -> bool:
    try:
        ast.parse(source, filename="<cell>")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _is_expression(text: str) -> bool:
    try:
        ast.parse(text.strip(), filename="<cell>", mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _dedent(source: str) -> str:
    """IPython drops the first line's indent from every line that has it."""
    lines = source.split("\n")
    first = next((line for line in lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip())]
    if not indent:
        return source
    return "\n".join(line.removeprefix(indent) for line in lines)


def _strip_prompts(source: str) -> str:
    lines = source.split("\n")
    first = next((line for line in lines if line.strip()), "")
    if not re.match(r"^(>>> ?|\s*In \[\d+\]: ?)", first):
        return source
    return "\n".join(_PROMPT.sub("", line, count=1) for line in lines)


# --- cell magics ------------------------------------------------------------------------


def _cell_magic(source: str) -> Transformed:
    blank = len(source) - len(source.lstrip())
    before = source[:blank].count("\n")
    first, _, body = source.lstrip().partition("\n")
    name, _, argument = first[2:].strip().partition(" ")
    line = before + 1
    if first.startswith("!!"):
        name, argument = "!", first[2:]
    if name in BODY_IS_PYTHON:
        return _python_body(name, argument, body, line)
    kind: MagicKind = "shell" if name in SHELL_CELLS else "other"
    if name in ("writefile", "file"):
        kind = "writes-file"
    elif name in QUIET:
        kind = "quiet"
    elif name == "pylab":
        kind = "binds"
    heading = "\n" * before + _binding_line(name, argument, source if kind == "shell" else "")
    code = heading + "\n" * (source.count("\n") - before)
    magic = MagicLine(line, f"%%{name}", source, kind)
    return Transformed(code, (magic,), cell_magic=name, python=False)


def _python_body(name: str, argument: str, body: str, line: int) -> Transformed:
    inner = transform(body) if body.strip() else Transformed(body)
    setup = ""
    if name == "capture":
        setup = _captured_name(argument)
    elif name in ARGUMENT_IS_PYTHON and _parses(_without_options(argument)):
        setup = _without_options(argument)
    magic = MagicLine(line, f"%%{name}", f"%%{name} {argument}".rstrip(), "python")
    shifted = tuple(
        replace(inner_magic, line=inner_magic.line + line) for inner_magic in inner.magics
    )
    code = "\n" * (line - 1) + setup + "\n" + inner.code
    binds = name not in BODY_BINDS_NOTHING
    return Transformed(code, (magic, *shifted), cell_magic=name, python=inner.python, binds=binds)


def _captured_name(argument: str) -> str:
    names = [word for word in argument.split() if word.isidentifier()]
    return f"{names[0]} = None" if names else ""


def _binding_line(name: str, argument: str, shell: str) -> str:
    """``--out NAME`` and ``--err NAME`` of script magics bind names."""
    targets = re.findall(r"--(?:out|err|proc)[ =](\w+)", argument)
    reads = ", ".join(shell_reads(argument if name != "!" else shell))
    if targets:
        return " = ".join(targets) + f" = ({reads},)" if reads else " = ".join(targets) + " = None"
    return f"({reads},)" if reads else ""


def _without_options(argument: str) -> str:
    return re.sub(r"^(?:\s*-{1,2}\w+(?:\s+\d+)?)+\s*", "", argument).strip()


# --- lines --------------------------------------------------------------------------------


def _lines(source: str) -> Transformed:
    out: list[str] = []
    magics: list[MagicLine] = []
    for number, logical in _logical_lines(source):
        magic, text = _one(number, logical)
        if magic is not None:
            magics.append(magic)
        missing = logical.count("\n") - text.count("\n")
        out.append(text + "\n" * missing)
    return Transformed("\n".join(out), tuple(magics))


def _logical_lines(source: str) -> Iterator[tuple[int, str]]:
    """(first line number, text) of each logical line, joined over open brackets,
    multi-line strings and backslashes."""
    pending: list[str] = []
    start = 1
    for number, line in enumerate(source.split("\n"), 1):
        if not pending:
            start = number
        pending.append(line)
        text = "\n".join(pending)
        escaped = text.lstrip()[:1] in _ESCAPES and text.lstrip()
        if escaped:
            open_ended = line.endswith("\\")
        else:
            open_ended = _is_open(text)
        if not open_ended:
            yield start, text
            pending = []
    if pending:
        yield start, "\n".join(pending)


def _is_open(text: str) -> bool:
    """Does ``text`` end inside brackets, a triple-quoted string, or on a backslash?"""
    depth = position = 0
    while position < len(text):
        char = text[position]
        string = _STRING.match(text, position)
        if string and (
            position == 0 or not (text[position - 1].isalnum() or text[position - 1] == "_")
        ):
            end = _string_end(text, string.end(), string.group(1))
            if end is None:
                return len(string.group(1)) == 3
            position = end
            continue
        if char == "#":
            newline = text.find("\n", position)
            if newline < 0:
                return depth > 0
            position = newline
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
        position += 1
    return depth > 0 or text.endswith("\\")


def _string_end(text: str, position: int, quote: str) -> int | None:
    while position < len(text):
        if text[position] == "\\":
            position += 2
        elif text.startswith(quote, position):
            return position + len(quote)
        elif text[position] == "\n" and len(quote) == 1:
            return position
        else:
            position += 1
    return None


def _one(number: int, logical: str) -> tuple[MagicLine | None, str]:
    indent = logical[: len(logical) - len(logical.lstrip())]
    stripped = logical.strip()
    for assign in _ASSIGN.finditer(logical):
        target = logical[: assign.start()]
        if target.strip() and _is_target(target):
            return _assigned(number, target.rstrip(), assign["escape"], logical[assign.end() :])
    if stripped[:1] == "!":
        return _shell(number, indent, stripped)
    if stripped[:1] == "%":
        return _line_magic(number, indent, stripped)
    if stripped[:1] == "?" or _HELP.match(logical):
        return MagicLine(number, "?", stripped, "quiet"), indent + "pass"
    if stripped[:1] in (",", ";", "/") and len(stripped) > 1:
        return _auto_call(number, indent, stripped)
    return None, logical


def _is_target(text: str) -> bool:
    return _parses(f"{text.strip()} = None")


def _assigned(number: int, target: str, escape: str, rest: str) -> tuple[MagicLine, str]:
    rest = rest.replace("\\\n", " ")
    if escape == "!":
        reads = ", ".join(shell_reads(rest))
        value = f"({reads},)" if reads else "None"
        return MagicLine(number, "!", "!" + rest, "shell"), f"{target} = {value}"
    name, _, argument = rest.strip().partition(" ")
    value = _without_options(argument)
    python = name in ARGUMENT_IS_PYTHON
    magic = MagicLine(
        number, f"%{name}", "%" + rest, "python" if python else _line_kind(name, argument)
    )
    return magic, f"{target} = " + (f"({value})" if python and _is_expression(value) else "None")


def _shell(number: int, indent: str, stripped: str) -> tuple[MagicLine, str]:
    reads = ", ".join(shell_reads(stripped))
    return MagicLine(number, "!", stripped, "shell"), indent + (f"({reads},)" if reads else "pass")


def _line_magic(number: int, indent: str, stripped: str) -> tuple[MagicLine, str]:
    name, _, argument = stripped.lstrip("%").strip().partition(" ")
    argument = argument.replace("\\\n", " ").strip()
    if name in ARGUMENT_IS_PYTHON:
        code = _without_options(argument)
        if name in BODY_BINDS_NOTHING:
            code = f"({code})" if _is_expression(code) else "pass"
        magic = MagicLine(number, f"%{name}", stripped, "python")
        return magic, indent + (code if code and _parses(code) else "pass")
    kind = _line_kind(name, argument)
    reads = ", ".join(shell_reads(argument)) if kind in ("shell", "binds") else ""
    if kind == "resets" and name == "xdel":
        return MagicLine(number, "%xdel", stripped, "quiet"), f"{indent}del {argument.split()[-1]}"
    return MagicLine(number, f"%{name}", stripped, kind), indent + (
        f"({reads},)" if reads else "pass"
    )


def _line_kind(name: str, argument: str) -> MagicKind:
    if name in SHELL_LINES:
        return "shell"
    if name == "store" and "-r" not in argument.split():
        return "quiet"
    if name in ("reset", "xdel"):
        return "resets"
    if name in BINDS_UNSEEN:
        return "binds"
    if name in ("save", "writefile", "logstart"):
        return "writes-file"
    return "quiet" if name in QUIET else "other"


def _auto_call(number: int, indent: str, stripped: str) -> tuple[MagicLine | None, str]:
    """``/f a b`` calls ``f(a, b)``; ``,f a b`` and ``;f a b`` quote their words."""
    name, _, rest = stripped[1:].strip().partition(" ")
    if not _is_expression(name):
        return None, indent + stripped
    arguments = ", ".join(rest.split()) if stripped[0] == "/" else repr(rest)
    code = f"{name}({arguments})"
    magic = MagicLine(number, stripped[0], stripped, "python")
    return magic, indent + (code if _parses(code) else "pass")
