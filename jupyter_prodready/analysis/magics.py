"""IPython's syntax to plain Python, line for line.

`transform` follows the rules of IPython's ``TransformerManager`` without importing
IPython (its import alone costs more than an analysis). The result has exactly as many
lines as the source, so a line number means the same in both.
"""

from __future__ import annotations

import ast
import re

from ..records import replace
from .magic_code import exchanged, is_name, line_code, made_of, result_name, without_options
from .magic_kinds import (
    ARGUMENT_IS_PYTHON,
    AUTOMAGIC,
    BINDS_NOTHING,
    BODY_IS_PYTHON,
    SHELL_CELLS,
    MagicKind,
    MagicLine,
    Transformed,
    cell_kind_of,
)
from .magic_reads import expanded
from .magic_syntax import Special, cleaned, dedented, empty_lines_before, has_marks, specials

__all__ = ["MagicKind", "MagicLine", "Transformed", "transform"]

_DEEPEST = 12
"""More cell magics than these in one another are not read."""
_WORD = re.compile(r"([^\W\d]\w*)((?:\W.*)?)")
_COMMAND = re.compile(r"[-/~.*]+[\w/.]")
"""``ls -l`` is a command, ``ls - l`` is a difference."""
_NEVER_MAGIC = frozenset("=,@")
"""Behind these a word is a variable for IPython, whether it is there or not."""


def transform(source: str) -> Transformed:
    """Replace all IPython syntax in ``source``. Never raises."""
    return _transform(source.replace("\r\n", "\n").replace("\r", "\n"), 0)


def _transform(source: str, depth: int) -> Transformed:
    if not has_marks(source):
        return _plain(dedented(source))
    text = cleaned(source)
    start = len(text) - len(text.lstrip())
    begins = text.startswith("%%", start) and text[start - 1 : start] in ("", "\n")
    if begins and empty_lines_before(text) == empty_lines_before(source):
        found = _cell_magic(text, start, depth)
        if found is not None:
            return found
    return _lines(text, depth)


# --- lines --------------------------------------------------------------------------------


def _lines(text: str, depth: int) -> Transformed:
    out: list[str] = []
    magics: list[MagicLine] = []
    optional: set[tuple[int, str]] = set()
    position = 0
    for special in specials(text):
        found = line_code(special, lambda code: _nested(code, depth))
        raw = text[special.start : special.end]
        out += [text[position : special.start], found.code, "\n" * raw.count("\n")]
        captured = special.is_assigned
        magics.append(MagicLine(special.line, found.name, raw.strip(), found.kind, captured))
        magics += [replace(inner, line=special.line) for inner in found.inner]
        optional |= {(special.line, name) for name in found.optional}
        position = special.end
    if not magics:
        return _plain(text)
    code = "".join([*out, text[position:]])
    return Transformed(code, tuple(magics), optional=frozenset(optional))


def _nested(code: str, depth: int) -> Transformed:
    return _transform(code, depth + 1) if depth < _DEEPEST else Transformed("(")


def _plain(text: str) -> Transformed:
    """A cell of one line may leave out the ``%``, as in ``pip install x``, or ``ls``. What is
    code as well, as ``history[0]``, is a magic where no variable has the name."""
    head = len(text) - len(text.lstrip())
    if text.find("\n", head) not in (-1, len(text) - 1):
        return Transformed(text)
    match = _WORD.fullmatch(text[head:].removesuffix("\n"))
    if match is None or match[1] not in AUTOMAGIC:
        return Transformed(text)
    line, name, rest = text.count("\n", 0, head) + 1, match[1], match[2].strip()
    if rest[:1] in _NEVER_MAGIC:
        return Transformed(text)
    if match[2][:1] == ".":
        return Transformed(text)
    is_command = match[2][:1].isspace() and _COMMAND.match(rest)
    if not rest or not (is_command or not _parses(text)):
        return Transformed(text, optional=frozenset({(line, name)}))
    special = Special(head, len(text), line, "", "magic", name, rest)
    found = line_code(special, lambda code: _nested(code, 0))
    magics = (MagicLine(line, found.name, text.strip(), found.kind), *found.inner)
    code = "\n" * (line - 1) + found.code + "\n" * text.count("\n", head)
    return Transformed(code, magics, optional=frozenset((line, n) for n in found.optional))


def _parses(text: str) -> bool:
    try:
        ast.parse(text, filename="<cell>")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


# --- cell magics ------------------------------------------------------------------------


def _cell_magic(text: str, start: int, depth: int) -> Transformed | None:
    """None where the first line asks for help on the magic."""
    first, newline, body = text[start:].partition("\n")
    if re.match(r"%%\w+\?", first):
        return None
    name, _, argument = first[2:].rstrip().partition(" ")
    line = text.count("\n", 0, start) + 1
    if name in BODY_IS_PYTHON and depth < _DEEPEST:
        found = _python_body(name, argument, body, line, depth)
        code = found.code if newline else found.code.removesuffix("\n")
        return replace(found, code=code, problem=_refused(name, argument, body) or found.problem)
    kind = cell_kind_of(name)
    reads = expanded(argument + (f"\n{body}" if name in SHELL_CELLS else ""))
    heading = _heading(name, argument, reads.expressions)
    magic = MagicLine(line, f"%%{name}", text, kind)
    code = "\n" * (line - 1) + heading + "\n" * (text.count("\n") - line + 1)
    optional = frozenset((line, read) for read in reads.names)
    return Transformed(
        code, (magic,), cell_magic=name, python=False, optional=optional, problem=None
    )


def _python_body(name: str, argument: str, body: str, line: int, depth: int) -> Transformed:
    inner = _transform(body, depth + 1)
    given = without_options(name, argument)
    setup, output, optional = "", "", frozenset[tuple[int, str]]()
    if name == "capture":
        output = next((word for word in argument.split() if is_name(word)), "")
        setup = _captured(output, body)
    elif name in ARGUMENT_IS_PYTHON and given:
        first = _transform(given, depth + 1)
        setup = first.code if _parses(first.code) and "\n" not in first.code else ""
        optional = first.optional
    magic = MagicLine(line, f"%%{name}", f"%%{name} {argument}".rstrip(), "python")
    return Transformed(
        "\n" * (line - 1) + setup + "\n" + inner.code,
        (magic, *(replace(one, line=one.line + line) for one in inner.magics)),
        cell_magic=name,
        python=inner.python,
        binds=name not in BINDS_NOTHING and inner.binds,
        hidden=inner.hidden or magic.text == "%%capture" or _hides_all(name, argument),
        output=output or inner.output,
        optional=frozenset((row + line, read) for row, read in inner.optional) | optional,
        problem=inner.problem,
    )


def _refused(name: str, argument: str, body: str) -> str | None:
    """IPython raises ``UsageError`` before it runs anything."""
    if not body:
        return f"`%%{name}` has nothing below it"
    if name == "time" and without_options(name, argument):
        return "`%%time` takes no code on its own line"
    return None


def _hides_all(name: str, argument: str) -> bool:
    return name == "capture" and "--no-" not in argument


def _captured(output: str, body: str) -> str:
    """Newer IPython does not bind the output's name where the body ends with ``;``."""
    if not output:
        return ""
    certain = not body.rstrip().endswith(";")
    return f"{output} = []" if certain else f"if ...: {output} = []"


def _heading(name: str, argument: str, reads: tuple[str, ...]) -> str:
    """What the first line of another language's cell reads and binds."""
    if name == "R":
        return exchanged(argument)
    targets = re.findall(r"--(?:out|err|proc)[ =](\w+)", argument)
    if name == "bigquery":
        targets += re.findall(r"^\s*([^\W\d]\w*)", argument)
    result = result_name(argument)
    names = [*targets, *([result] if result else [])]
    if names:
        return " = ".join(name for name in names if is_name(name)) + f" = {made_of(reads)}"
    return f"({', '.join(reads)},)" if reads else ""
