"""What a page says of context managers and numbers: whether a block swallows errors, or runs."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from ..analysis.calls import dotted

_MANAGERS_TEXT = (
    "open catch_warnings option_context context errstate printoptions rc_context style axes_style "
    "plotting_context ZipFile TarFile TemporaryDirectory NamedTemporaryFile ExcelWriter ExcelFile "
    "connect urlopen closing redirect_stdout redirect_stderr nullcontext no_grad inference_mode "
    "Pool ThreadPoolExecutor ProcessPoolExecutor parallel_backend config_context timer tqdm "
    "StringIO BytesIO localcontext fdopen HDFStore File Session Client begin device scope"
)
_PLAIN_MANAGERS = frozenset(_MANAGERS_TEXT.split())
"""Context managers that let errors through, by the last name of the call."""

_PLAIN_OF_LIBRARIES = frozenset(
    {
        *("asyncio.timeout", "asyncio.timeout_at", "asyncio.TaskGroup", "contextlib.aclosing"),
        *("async_timeout.timeout", "anyio.fail_after", "trio.fail_after", "httpx.AsyncClient"),
        *("aiohttp.ClientSession", "threading.Lock", "threading.RLock", "asyncio.Lock"),
        "asyncio.Semaphore",
    }
)


@dataclass(frozen=True)
class Known:
    """``swallowing`` are functions and classes of the page that, used by `with`, may swallow
    errors, ``plain`` names of managers that surely do not; ``positive`` those of numbers.
    ``own_range``: does the page bind `range` itself?"""

    swallowing: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()
    positive: frozenset[str] = frozenset()
    own_range: bool = False


NOTHING = Known()


def lets_errors_through(node: ast.expr, known: Known = NOTHING) -> bool:
    """Is it a context manager that surely raises what was raised in its block?"""
    if isinstance(node, ast.Name):
        return node.id in known.plain
    if not isinstance(node, ast.Call):
        return False
    name = dotted(node.func)
    if not name:
        return isinstance(node.func, ast.Attribute) and node.func.attr in _PLAIN_MANAGERS
    is_plain = name in _PLAIN_OF_LIBRARIES or name.rpartition(".")[2] in _PLAIN_MANAGERS
    return name not in known.swallowing and is_plain


def surely_runs(node: ast.expr, known: Known = NOTHING) -> bool:
    """Does a loop over it run at least once?"""
    if isinstance(node, ast.Tuple | ast.List):
        return any(not isinstance(one, ast.Starred) for one in node.elts)
    if not isinstance(node, ast.Call) or dotted(node.func) != "range" or known.own_range:
        return False
    given = node.args[0] if len(node.args) == 1 and not node.keywords else None
    if isinstance(given, ast.Name):
        return given.id in known.positive
    return isinstance(given, ast.Constant) and is_positive(given)


def is_positive(node: ast.expr) -> bool:
    """Is it written down as a whole number above zero?"""
    value = node.value if isinstance(node, ast.Constant) else None
    return isinstance(value, int) and value > 0
