"""The tables of NumPy's functions, each of which is called."""

from __future__ import annotations

import numpy as np
import pytest

from jupyter_prodready.analysis.numpy_tables import BINARY, UNARY, VIEW_FUNCTIONS

MORE = {
    "array_split": (2,),
    "broadcast_to": ((2, 2),),
    "dsplit": (1,),
    "expand_dims": (0,),
    "hsplit": (2,),
    "moveaxis": (0, 1),
    "reshape": (-1,),
    "rollaxis": (1,),
    "split": (2,),
    "swapaxes": (0, 1),
    "vsplit": (2,),
}
OF_COLUMNS_ONLY = frozenset({"asfortranarray"})


@pytest.mark.parametrize("name", sorted(VIEW_FUNCTIONS))
def test_the_result_may_share_memory(name: str) -> None:
    given = np.zeros((2, 2), order="F" if name in OF_COLUMNS_ONLY else "C")
    if name == "dsplit":
        given = np.zeros((2, 2, 1))
    if name == "imag":
        given = given.astype(complex)
    result = getattr(np, name)(given, *MORE.get(name, ()))
    every = result if isinstance(result, (list, tuple)) else [result]
    assert any(np.shares_memory(one, given) for one in every)


@pytest.mark.parametrize("name", ["array", "copy", "sort", "concatenate", "tile", "roll", "where"])
def test_what_is_in_no_row_copies(name: str) -> None:
    assert name not in VIEW_FUNCTIONS


@pytest.mark.parametrize(("names", "place"), [(UNARY, 1), (BINARY, 2)])
def test_the_positional_argument_gets_the_result(names: frozenset[str], place: int) -> None:
    for name in names:
        function = getattr(np, name)
        assert isinstance(function, np.ufunc)
        assert function.nin == place, name
        assert function.nout == 1, name


def test_every_function_of_one_result_is_in_a_row() -> None:
    every = [name for name in dir(np) if isinstance(getattr(np, name), np.ufunc)]
    plain = {
        name for name in every if getattr(np, name).nout == 1 and not getattr(np, name).signature
    }
    assert plain - UNARY - BINARY == {"isnat"}
