"""Names that a fresh IPython kernel knows without any cell."""

from __future__ import annotations

import builtins

from .words import words

IPYTHON_NAMES = words(
    """
    In Out _ __ ___ _i _ii _iii _ih _oh _dh get_ipython display exit quit open __name__ __doc__
    __package__ __loader__ __spec__ __builtin__ __builtins__ _exit_code
    """
)
NEWER_BUILTINS = words(
    """
    aiter anext ExceptionGroup BaseExceptionGroup EncodingWarning PythonFinalizationError
    """
)
BUILTINS = frozenset(dir(builtins)) | IPYTHON_NAMES | NEWER_BUILTINS


def is_builtin(name: str) -> bool:
    """True for builtins, IPython's own names, ``_3`` and ``_i3``; ``__file__`` is not there."""
    return name in BUILTINS or (
        name[:1] == "_" and (name[1:].isdigit() or (name[1:2] == "i" and name[2:].isdigit()))
    )
