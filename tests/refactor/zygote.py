"""A process that runs pages, each in a fork of its own: starting Python for each takes longer
than the cells. One job a line on stdin, its folder and cells; one outcome a line on stdout."""

from __future__ import annotations

import ast
import asyncio
import inspect
import io
import json
import os
import re
import sys
import textwrap
import types
import warnings
from typing import Any, TextIO


def main() -> None:
    sys.path[0] = ""  # as a kernel does: the working folder comes first
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            play(json.loads(line), sys.stdout)
        if os.waitpid(child, 0)[1]:
            print(json.dumps(None), flush=True)


def play(job: dict[str, Any], out: TextIO) -> None:
    """Write the outcome and end; the end is bad if the page ended the process itself."""
    code = 1
    try:
        os.chdir(job["folder"])
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # the next jobs are not this page's input
        print(json.dumps(outcome(job["cells"])), file=out, flush=True)
        code = 0
    finally:
        os._exit(code)


def outcome(cells: list[str]) -> dict[str, Any]:
    space: dict[str, Any] = {"__name__": "__main__"}
    sys.stdout = shown = io.StringIO()
    error = None
    for source in cells:
        tree = parsed(source)
        try:
            execute(tree, space, muted=source.rstrip().endswith(";"))
        except Exception as problem:
            error = f"{type(problem).__name__}: {problem}"
            break
    plain = (types.ModuleType, types.FunctionType, type, types.BuiltinFunctionType)
    names = {
        name: re.sub(" at 0x[0-9a-f]+", "", repr(value))
        for name, value in space.items()
        if not name.startswith("__") and not isinstance(value, plain)
    }
    callables = sorted(n for n, v in space.items() if isinstance(v, (types.FunctionType, type)))
    return {"text": shown.getvalue(), "names": names, "callables": callables, "error": error}


def parsed(source: str) -> ast.Module:
    """The cell without its magics; what `%time` times is run."""
    lines = [re.sub(r"^(\s*)%time (?=\w)", r"\1", line) for line in source.split("\n")]
    if lines[0].startswith("%%"):
        lines[0] = ""
    plain = "\n".join("" if line.lstrip().startswith("%") else line for line in lines)
    return ast.parse(textwrap.dedent(plain))


def execute(tree: ast.Module, space: dict[str, Any], *, muted: bool) -> None:
    """What the last line gives is shown."""
    last = None
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        last = ast.Expression(tree.body.pop().value)
    evaluate(compile(tree, "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, True), space)
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    value = None if last is None else evaluate(compile(last, "<cell>", "eval", flags, True), space)
    if value is not None and not muted:
        print("Out:", repr(value))


def evaluate(code: types.CodeType, space: dict[str, Any]) -> Any:
    found = eval(code, space)
    return asyncio.run(found) if code.co_flags & inspect.CO_COROUTINE else found


if __name__ == "__main__":
    main()
