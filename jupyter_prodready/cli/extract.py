"""`extract`: move cells into a function of a module."""

from __future__ import annotations

import asyncio
from argparse import Namespace
from pathlib import Path

from .. import config, formats
from ..actions import extract_file
from ..actions.extract import Prover
from ..verify.claim import Claim
from ..verify.staging import Proved
from .say import FOUND, tell


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


def run(arguments: Namespace) -> int:
    """Print what was done, or every reason why nothing was; bits as in `cli.main`."""
    path = Path(arguments.notebook)
    notebook = formats.read(path)
    extraction = extract_file(
        path,
        arguments.cells,
        module=arguments.module,
        name=arguments.name,
        diff_only=arguments.diff,
        prover=None if arguments.no_proof else _prover(path),
    )
    if arguments.format == "json":
        from ..render import as_json

        print(as_json.extraction(extraction))
    else:
        from ..render import text_extract

        text_extract.extraction(extraction, notebook)
    return FOUND if extraction.status == "refused" else 0
