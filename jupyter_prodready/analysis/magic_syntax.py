"""Where a cell uses IPython's syntax, by the rules of its ``TransformerManager``.

IPython finds one place, rewrites it, and tokenizes again. Each place ends with its
(continued) line, so one pass from top to bottom finds the same places.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import Literal

from ..records import dataclass

Form = Literal["magic", "system", "getoutput", "usage", "code"]
_Form = tuple[Form, str, str]

MOST = 499
"""IPython gives up on a cell with more places than these."""

_LINE_MARKS = re.compile(
    r"\n[^\S\n]*(?:[%!?,;/]|>>>|\.{3,}:|In \[\d|\[(?:nav|ins)\] In \[)",
)
_MARKS = re.compile(r"=[ \t]*(?:\\\n[ \t]*)?[%!]|\?$", re.MULTILINE)
_TOKENS = re.compile(r"\"\"\"|'''|[\"'#()\[\]{}\n]|\\\n|[-+*/%@&|^<>=!:]=|=")
_STRING_ENDS = {
    quote: re.compile(rf"\\.|{quote}" + ("" if len(quote) == 3 else r"|\n"), re.DOTALL)
    for quote in ('"""', "'''", '"', "'")
}
_ASSIGNED = re.compile(r"[ \t\f]*(?:\\\n[ \t\f]*)*(%(?=[ \t]*[^\W\d])|!(?!=))")
_ESCAPE = re.compile(r"[ \t\f]*(?:\\\n[ \t\f]*)*(?:%(?!=)|!(?!=)|/(?![/=])|[?,;])")
_INDENT = re.compile(r"[ \t\f]*")
_HELP = re.compile(r"(%{0,2}(?!\d)[\w*]+(?:\.(?!\d)[\w*]+|\[-?[0-9]+\])*)(\?\??)$")
_LONGEST_HELP = 1000
_REACH = 2_000
"""So far an open bracket in a magic's text is followed, for a ``?`` at its end."""
_FIRST_DOCTEST = re.compile(r"^\s*>>>[ \t]?")
_NEXT_DOCTEST = re.compile(r"^\s*\.\.\.[ \t]?")
_TRIPLE = re.compile(r"(?<!\\)(?:\"\"\"|''')")
_INDENTED_PROMPT = re.compile(r"\s*(?:>>>|\.{3,}:)")
_PREFIX = re.compile(r"[rubf]*$", re.IGNORECASE)
_PROMPT = re.compile(r"^(?:(?:(?:\[nav\]|\[ins\])? )?In \[\d+\]: |\s*\.{3,}: ?)")


@dataclass(frozen=True)
class Special:
    """A place with IPython's syntax: ``text[start:end]``, beginning on the 1-based
    ``line``. ``before`` is what stands left of it on that line: an indent, or the target
    of an assignment. ``argument`` of the form ``code`` is Python.
    """

    start: int
    end: int
    line: int
    before: str
    form: Form
    name: str
    argument: str

    @property
    def is_assigned(self) -> bool:
        return bool(self.before.strip())


def has_marks(text: str) -> bool:
    """May ``text`` hold IPython's syntax? False is certain."""
    if _LINE_MARKS.search("\n" + text):
        return True
    return ("%" in text or "!" in text or "?" in text) and _MARKS.search(text) is not None


def is_unmarked(source: str) -> bool:
    """If Python reads it as it stands, and what it says goes beyond the first line, does IPython
    change nothing? What only begins a line (``,f x``, ``/f x``) is no Python."""
    if "\n" not in source or source[0] <= " " or "\r" in source:
        return False
    if "%" in source or "!" in source or "?" in source:
        return False
    return not (">>>" in source or "...:" in source or "In [" in source)


def cleaned(text: str) -> str:
    """``text`` without prompts and without the first line's indent, line for line."""
    return _without_prompts(dedented(text))


def empty_lines_before(text: str) -> int:
    """How many there are at the start. IPython drops them, but not those that prompts leave."""
    return text.count("\n", 0, len(text) - len(text.lstrip()))


def dedented(text: str) -> str:
    """Without the indent that all lines share. Where the first line is still indented,
    without that in every line that has it, as IPython did up to version 9.0."""
    if not text[:1].isspace() or _indent(text) == "":
        return text
    text = textwrap.dedent(text)
    indent = "" if _INDENTED_PROMPT.match(text) else _indent(text)
    if not indent:
        return text
    return "\n".join(line.removeprefix(indent) for line in text.split("\n"))


def _indent(text: str) -> str:
    """That of the first line that is not blank."""
    first = len(text) - len(text.lstrip())
    return text[text.rfind("\n", 0, first) + 1 : first] if first < len(text) else ""


def specials(text: str) -> Iterator[Special]:
    """The places in ``text`` (`cleaned`) where IPython's syntax stands, in order."""
    position, line, found = 0, 1, 0
    while position < len(text) and found < MOST:
        special, end = _logical_line(text, position, line)
        if special is not None:
            found += 1
            yield special
        line += text.count("\n", position, end + 1)
        position = end + 1


# --- prompts ------------------------------------------------------------------------------


def _without_prompts(text: str) -> str:
    lines = text.split("\n")
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    lines[start:] = _without_doctest(lines[start:])
    if any(_PROMPT.match(line) for line in lines[start : start + 2]):
        lines[start:] = [_PROMPT.sub("", line, count=1) for line in lines[start:]]
    return "\n".join(lines)


def _without_doctest(lines: list[str]) -> list[str]:
    """Without ``>>>`` and, where there is one, ``...``; docstrings keep theirs."""
    if not any(_FIRST_DOCTEST.match(line) for line in lines):
        return lines
    kept = _kept_strings(lines)
    pairs = list(zip(lines, kept, strict=True))
    if not any(_FIRST_DOCTEST.match(line) for line, keep in pairs if not keep):
        return lines
    bare = [line if keep else _bare(line) for line, keep in pairs]
    out: list[str] = []
    start = 0
    for number in range(1, len(bare) + 1):
        if number < len(bare) and kept[number] == kept[start]:
            continue
        segment = bare[start:number]
        changed = not kept[start] and segment != lines[start:number]
        out += textwrap.dedent("\n".join(segment)).split("\n") if changed else segment
        start = number
    return out


def _bare(line: str) -> str:
    if _FIRST_DOCTEST.match(line):
        return _FIRST_DOCTEST.sub("", line, count=1)
    return _NEXT_DOCTEST.sub("", line, count=1)


def _kept_strings(lines: list[str]) -> list[bool]:
    """Which lines lie in a triple-quoted string that begins its line."""
    kept: list[bool] = []
    quote, keep, prompted = "", False, False
    for line in lines:
        kept.append(bool(quote) and keep)
        for match in _TRIPLE.finditer(line):
            if quote:
                quote = "" if match[0] == quote else quote
                continue
            quote = match[0]
            before = line[: match.start()]
            bare = _NEXT_DOCTEST.sub("", _FIRST_DOCTEST.sub("", before, count=1), count=1)
            typed = prompted and bare != before
            keep = kept[-1] = not typed and _PREFIX.match(bare.strip()) is not None
        prompted = prompted or _FIRST_DOCTEST.match(line) is not None
    return kept


# --- one logical line ---------------------------------------------------------------------


def _logical_line(text: str, start: int, line: int) -> tuple[Special | None, int]:
    """(the special that begins here, if any; the position of the newline that ends it)."""
    escape = _ESCAPE.match(text, start)
    place = escape.end() - 1 if escape else start
    if escape:
        found = _help(text, start, place, line) or _escaped(text, start, place, line)
        if found is not None:
            return found, found.end
    read = _read_on(text, start, len(text))
    if read.assigned is None and not read.asks:
        return None, read.end
    first = _INDENT.match(text, start)
    found = _help(text, start, first.end() if first else start, line)
    if found is None and read.assigned is not None:
        found = _assignment(text, start, read.assigned, line)
    return found, read.end if found is None else found.end


@dataclass(frozen=True)
class _Read:
    """A logical line: its end, the place of a magic assigned in it, and whether its last
    token is a question mark."""

    end: int
    assigned: int | None = None
    asks: bool = False


def _read_on(text: str, start: int, limit: int, *, past_assigned: bool = False) -> _Read:
    depth, position, plain, equals = 0, start, start, past_assigned
    while match := _TOKENS.search(text, position, limit):
        token, position = match[0], match.end()
        if token in _STRING_ENDS:
            closed = _string_end(text, position, token, limit)
            if closed is None and len(token) == 3:
                return _Read(limit)
            position = closed or position
            plain = closed or limit
        elif token == "#":
            newline = text.find("\n", position, limit)
            position = plain = limit if newline < 0 else newline
        elif token in "([{":
            depth += 1
        elif token in ")]}":
            depth = max(0, depth - 1)
        elif token == "\n" and not depth:
            return _Read(match.start(), None, _asks(text, plain, match.start()))
        elif token == "=" and not depth and not equals:
            equals = True
            assigned = _ASSIGNED.match(text, position)
            if assigned and (assigned[1] == "%" or _before(text, match.start()).strip()):
                return _Read(position, assigned.start(1))
    last = limit - (text[limit - 1 : limit] == "\n")
    closed_up = not depth or limit >= len(text) - 1
    return _Read(limit, None, closed_up and _asks(text, plain, last))


def _asks(text: str, plain: int, end: int) -> bool:
    """Does the line end with a question mark outside strings and comments?"""
    return plain < end and text[end - 1] == "?"


def _string_end(text: str, position: int, quote: str, limit: int) -> int | None:
    for match in _STRING_ENDS[quote].finditer(text, position, limit):
        if match[0] == quote:
            return match.end()
        if match[0] == "\n":
            return None
    return None


def _continued(text: str, start: int) -> int:
    """The newline that ends the line of ``start``, past those after a backslash."""
    end = text.find("\n", start)
    while 0 < end < len(text) - 1 and text[end - 1] == "\\":
        end = text.find("\n", end + 1)
    return len(text) if end < 0 else end


def _assembled(text: str, start: int, end: int) -> str:
    """Continued lines as one, as IPython joins them."""
    parts = text[start:end].split("\n")
    return " ".join([*(part.rstrip()[:-1] for part in parts[:-1]), parts[-1].rstrip()])


# --- the forms ----------------------------------------------------------------------------


def _before(text: str, start: int) -> str:
    return text[text.rfind("\n", 0, start) + 1 : start]


def _help(text: str, start: int, place: int, line: int) -> Special | None:
    """``obj?`` and ``obj??``; at the end of a magic or a shell line too."""
    limit = min(len(text), _continued(text, place) + _REACH)
    read = _read_on(text, place, limit, past_assigned=True)
    end = read.end - (text[read.end - 1 : read.end] == "\n")
    match = _HELP.search(text, max(place, end - _LONGEST_HELP), end) if read.asks else None
    if match is None:
        return None
    form: _Form = ("magic", _asking(match[1], deep=match[2] == "??"), match[1])
    return _special(text, start, place, end, line, form)


def _special(text: str, start: int, place: int, end: int, line: int, form: _Form) -> Special:
    before = _before(text, place)
    return Special(place, end, line + text.count("\n", start, place), before, *form)


def _asking(target: str, *, deep: bool) -> str:
    return "pinfo2" if deep else "psearch" if "*" in target else "pinfo"


def _escaped(text: str, start: int, place: int, line: int) -> Special | None:
    end = _continued(text, place)
    whole = _assembled(text, place, end)
    found: Special | None = None
    for _ in range(MOST):
        escape = whole[:2] if whole[:2] in ("!!", "??") else whole[0]
        form = _escaped_form(escape, whole[len(escape) :])
        if form is None:
            break
        found = _special(text, start, place, end, line, form)
        if form[0] != "code" or _ESCAPE.match(form[2]) is None:
            break
        whole = form[2]
    return found


def _escaped_form(escape: str, content: str) -> _Form | None:
    name, _, argument = content.partition(" ")
    if escape in ("!", "!!"):
        return ("system" if escape == "!" else "getoutput"), escape, content
    if escape in ("?", "??"):
        if not content:
            return "usage", escape, ""
        return "magic", _asking(content, deep=escape == "??"), content
    if escape == "%":
        return "magic", name, argument
    if escape == "/" and not name:
        return None
    return "code", escape, _call(escape, name, argument)


def _call(escape: str, name: str, argument: str) -> str:
    """``/f a b`` calls ``f(a, b)``; ``,f a b`` quotes each word, ``;f a b`` them all."""
    if escape == "/":
        return f"{name}({', '.join(argument.split())})"
    return f'{name}("{argument}")' if escape == ";" else _quoted_call(name, argument)


def _quoted_call(name: str, argument: str) -> str:
    between = '", "'
    return f'{name}("{between.join(argument.split())}")'


def _assignment(text: str, start: int, place: int, line: int) -> Special:
    end = _continued(text, place)
    whole = _assembled(text, place, end)
    form: _Form = ("getoutput", "!", whole[1:])
    if whole[0] == "%":
        name, _, argument = whole[1:].partition(" ")
        form = ("magic", name, argument)
    return _special(text, start, place, end, line, form)
