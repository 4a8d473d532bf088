"""The notebook was written for another version of Python."""

from __future__ import annotations

import re
from itertools import takewhile

from ...analysis.distributions import likely
from ...analysis.facts import facts_of
from ...model import VerifyCause
from ..trouble import quoted
from .scene import Scene

PYTHON_2_MODULES = frozenset(
    {"urllib2", "ConfigParser", "StringIO", "cStringIO", "cPickle", "Queue", "Tkinter", "urlparse",
     "httplib", "cookielib", "HTMLParser", "__builtin__", "commands", "SocketServer"}
)  # fmt: skip
"""Modules that Python 3.0 renamed or dropped ("What's new in Python 3.0")."""

REMOVED_MODULES = {
    "imp": (3, 12), "distutils": (3, 12), "asyncore": (3, 12), "asynchat": (3, 12),
    "smtpd": (3, 12), "cgi": (3, 13), "cgitb": (3, 13), "crypt": (3, 13), "imghdr": (3, 13),
    "sndhdr": (3, 13), "telnetlib": (3, 13), "pipes": (3, 13), "nntplib": (3, 13),
    "audioop": (3, 13), "uu": (3, 13), "xdrlib": (3, 13), "chunk": (3, 13), "aifc": (3, 13),
    "formatter": (3, 10), "parser": (3, 10), "symbol": (3, 10), "binhex": (3, 11),
}  # fmt: skip
"""The Python that no longer has a module of the standard library (its "What's new")."""

PYTHON_2_NAMES = frozenset(
    {"xrange", "unicode", "raw_input", "basestring", "unichr", "long", "execfile", "reduce",
     "cmp", "file", "reload", "buffer", "intern", "apply", "coerce"}
)  # fmt: skip
_PYTHON_2_SYNTAX = re.compile(
    r"Missing parentheses in call to|multiple exception types must be parenthesized"
    r"|leading zeros in decimal|invalid decimal literal|invalid hexadecimal"
)
_PYTHON_2_METHODS = re.compile(r"has no attribute '(iteritems|itervalues|iterkeys|has_key)'")
_SYNTAX = ("SyntaxError", "IndentationError", "TabError")


def cause(scene: Scene) -> VerifyCause | None:
    error, detail = scene.trouble.error, scene.trouble.detail
    old = (
        (error in _SYNTAX and _PYTHON_2_SYNTAX.search(detail))
        or (error == "NameError" and quoted(detail) in PYTHON_2_NAMES)
        or (error == "AttributeError" and _PYTHON_2_METHODS.search(detail))
    )
    if old:
        said = detail.partition(": ")[2].partition(". ")[0] or detail
        message = f"this is Python 2, run under {_python(scene.version)}: {said}"
        return scene.because("versions", message, "Port the cell to Python 3.")
    ours, theirs = _pair(scene.notebook.language_version), _pair(scene.version)
    if error in _SYNTAX and ours and theirs and ours > theirs:
        message = f"{differing(scene)}: {detail}"
        return scene.because("versions", message, "Choose a kernel with the newer Python.")
    return None


def differing(scene: Scene) -> str | None:
    """``saved under Python 3.8, run under Python 3.11`` where the two are not the same."""
    ours, theirs = _pair(scene.notebook.language_version), _pair(scene.version)
    if not ours or not theirs or ours == theirs:
        return None
    before, now = _python(scene.notebook.language_version), _python(scene.version)
    return f"saved under {before}, run under {now}"


def moved_on(scene: Scene) -> VerifyCause | None:
    """A module that the cell uses had another version when the page last reproduced."""
    kept = scene.judge.kept if scene.judge is not None else {}
    tops = {
        one.module.partition(".")[0]
        for cell in scene.needed
        for statement in facts_of(cell.source).statements
        for one in statement.imports
    }
    for name in sorted(tops):
        before, now = kept.get(name), scene.imported.get(name)
        if before is not None and now is not None and before != now:
            message = f"`{name}` is {now} here, and was {before} when the notebook last reproduced"
            remedy = f"Pin `{likely(name)[-1]}` to {before}, or run the notebook with {now}."
            return scene.because("versions", message, remedy)
    return None


def gone_module(top: str, version: str | None) -> str | None:
    """What to say of a module that this Python does not have any more."""
    if top in PYTHON_2_MODULES:
        return f"`{top}` is a module of Python 2, and this is {_python(version)}"
    since = REMOVED_MODULES.get(top)
    here = _pair(version)
    if since is None or here is None or here < since:
        return None
    return f"`{top}` is not in Python since {since[0]}.{since[1]}, and this is {_python(version)}"


def _python(version: str | None) -> str:
    pair = _pair(version)
    return "Python" if pair is None else f"Python {pair[0]}.{pair[1]}"


def _pair(version: str | None) -> tuple[int, int] | None:
    numbers = [int(part) for part in takewhile(str.isdigit, (version or "").split("."))]
    return (numbers[0], numbers[1]) if len(numbers) >= 2 else None
