"""`extract`: move cells into a function of a module."""

from __future__ import annotations

import asyncio
from argparse import Namespace
from pathlib import Path

from .. import config, formats
from ..actions import extract_file
from ..actions.extract import Prover, split_file
from ..actions.kept_test import Tester
from ..errors import BadInputError
from ..model import Extraction, Notebook
from ..refactor import Options
from ..refactor.copies import PURE_NEEDS_PROOF
from ..verify.claim import Claim
from ..verify.staging import Proved
from .say import FOUND, tell

_OF_CELLS = (
    "name",
    "test",
    "install",
    "diff",
    "no_proof",
    "no_autoreload",
    "no_annotations",
    "no_docstring",
    "update",
    "pure",
    "several",
    "constants",
    "defaults",
    "parameters",
    "returns",
)
"""Options that mean something for cells only."""


def _prover(path: Path) -> Prover:
    """Proves in kernels of the notebook's own folder, within the project's limits."""
    from ..verify.kernels import LocalKernels
    from ..verify.local import terminated_as_interrupted
    from ..verify.proof import prove
    from ..verify.verification import options_of

    def prover(claim: Claim) -> Proved:
        tell(f"{path.as_posix()}: running the page before and after in fresh kernels.")
        limits = options_of(config.load(path)).limits
        kernels = LocalKernels(claim.before.kernel_name, path.resolve().parent)
        with terminated_as_interrupted():
            return asyncio.run(prove(claim, kernels, limits))

    return prover


def _tester(path: Path, kernel_name: str | None) -> Tester:
    from ..verify.kernels import LocalKernels
    from ..verify.local import terminated_as_interrupted
    from ..verify.probe import Probe, why_not
    from ..verify.verification import options_of

    def tester(probe: Probe) -> str | None:
        tell(f"{path.as_posix()}: running the test, and copies that it must find wrong.")
        limits = options_of(config.load(path)).limits
        kernels = LocalKernels(kernel_name, path.resolve().parent)
        with terminated_as_interrupted():
            return asyncio.run(why_not(probe, kernels, limits))

    return tester


def _options(arguments: Namespace) -> Options:
    return Options(
        autoreload=not arguments.no_autoreload,
        annotations=not arguments.no_annotations,
        docstring=not arguments.no_docstring,
        update=arguments.update,
        pure=arguments.pure,
        several=arguments.several,
        constants=arguments.constants,
        defaults=arguments.defaults,
        parameters=arguments.parameters,
        returns=arguments.returns,
    )


def run(arguments: Namespace) -> int:
    """Print what was done, or every reason why nothing was; bits as in `cli.main`."""
    path = Path(arguments.notebook)
    if arguments.cells is None and not arguments.split:
        return _list(path, arguments)
    if arguments.module is None and not arguments.split:
        message = "An extraction needs a module to write to."
        raise BadInputError(message, "Add --module src/package/module.py.")
    if arguments.test and (arguments.no_proof or arguments.diff):
        other = "--no-proof" if arguments.no_proof else "--diff"
        message = f"A test is made of values that the proof sees, and {other} runs none."
        raise BadInputError(message, f"Leave out {other}, or --test.")
    if arguments.pure and arguments.no_proof:
        raise BadInputError(PURE_NEEDS_PROOF, "Leave out --no-proof, or --pure.")
    notebook = formats.read(path)
    extraction = _extraction(path, arguments, notebook)
    if arguments.format == "json":
        from ..render import as_json

        print(as_json.extraction(extraction))
    else:
        from ..render import text_extract

        text_extract.extraction(extraction, notebook)
    return FOUND if extraction.status == "refused" else 0


def _extraction(path: Path, arguments: Namespace, notebook: Notebook) -> Extraction:
    options, diff, installs = _options(arguments), arguments.diff, arguments.install
    prover = None if arguments.no_proof else _prover(path)
    tester = _tester(path, notebook.kernel_name) if arguments.test else None
    cells, module, name = arguments.cells, arguments.module, arguments.name
    if name and (arguments.split or arguments.several):
        makes = "--split" if arguments.split else "--several"
        message = f"--name names one function, and {makes} makes several."
        raise BadInputError(message, "Leave out --name, or name the cells of one function.")
    if not arguments.split:
        return extract_file(path, cells, module, name, diff, options, prover, tester, installs)
    return split_file(path, module, cells, diff, options, prover, tester, installs)


def _list(path: Path, arguments: Namespace) -> int:
    """Print what is worth extracting, each with the command that does it."""
    from ..actions.extract import python_for
    from ..actions.suggest import suggestions_for

    for option in _OF_CELLS:
        if getattr(arguments, option):
            word = f"--{option.replace('_', '-')}"
            message = f"{word} says nothing where no cells are extracted."
            raise BadInputError(message, f"Add --cells, or leave out {word}.")
    notebook = formats.read(path)
    same = python_for(notebook).is_this
    found = suggestions_for(notebook, path, arguments.module, same_environment=same)
    if arguments.format == "json":
        from ..render import as_json

        print(as_json.suggestions(found, notebook))
    else:
        from ..render import text_suggest

        text_suggest.suggestions(found, notebook)
    return 0
