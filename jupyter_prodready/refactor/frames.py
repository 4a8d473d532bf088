"""Code that looks at where it runs: its frame, its file, its line."""

from __future__ import annotations

import ast

from .page import Page, import_texts

_ALWAYS = frozenset({"_getframe", "currentframe", "run_cell", "run_line_magic", "run_cell_magic"})
_OF_INSPECT = frozenset({"stack", "currentframe", "trace", "getframeinfo"})
_TRACES = frozenset(
    {
        *("format_exc", "print_exc", "format_exception", "print_exception", "format_tb"),
        *("print_tb", "extract_tb", "format_stack", "print_stack", "extract_stack", "findCaller"),
        *("tb_lineno", "tb_frame", "tb_next", "f_lineno", "f_code", "co_name", "co_filename"),
    }
)
"""What tells file, line or function of the code that runs."""


def frame_problem(node: ast.AST, page: Page) -> str | None:
    """What ``node`` sees of where it runs, in a sentence; None where it sees nothing."""
    module, name = _meaning(node, page)
    if name in _ALWAYS or (name in _OF_INSPECT and module == "inspect"):
        return f"`{name}` looks at the frame that it is called from."
    if name in _TRACES and (isinstance(node, ast.Attribute) or module == "traceback"):
        return f"`{name}` tells where the code stands, which would be elsewhere."
    return None


def _meaning(node: ast.AST, page: Page) -> tuple[str, str]:
    """The module that something is from, as far as imports show it, and its name there:
    `np.stack` and `df.stack` are other things than that of `inspect`."""
    if isinstance(node, ast.Attribute):
        source = node.value.id if isinstance(node.value, ast.Name) else ""
        return (_imported(source, page) or ("", ""))[0], node.attr
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        return _imported(node.id, page) or ("", "")
    return "", ""


def _imported(name: str, page: Page) -> tuple[str, str] | None:
    for writer in page.writers.get(name, ()):
        for module, original, _ in import_texts(writer.tree, name):
            return module, original or ""
    return None
