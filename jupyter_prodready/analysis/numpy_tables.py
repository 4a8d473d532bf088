"""Functions of NumPy whose result is a view, or goes where a positional argument says.

Read in the NumPy reference, version 2.4: Array manipulation routines; Array creation
routines (from existing data); Universal functions, Available ufuncs.
`tests/analysis/test_numpy_tables.py` asks NumPy about all of them.
"""

from __future__ import annotations

from .words import words

ARRAY_MODULES = frozenset({"np", "numpy"})
"""Names by which the module goes."""
VIEW_FUNCTIONS = words(
    """
    array_split asanyarray asarray ascontiguousarray asfortranarray atleast_1d atleast_2d
    atleast_3d broadcast_to diagonal dsplit expand_dims flip fliplr flipud hsplit imag
    matrix_transpose moveaxis permute_dims ravel real require reshape rollaxis rot90 split squeeze
    swapaxes transpose vsplit
    """
)
"""Functions that may return a view of their first argument, or a list of views."""
UNARY = words(
    """
    abs absolute acos acosh arccos arccosh arcsin arcsinh arctan arctanh asin asinh atan atanh
    bitwise_count bitwise_invert bitwise_not cbrt ceil conj conjugate cos cosh deg2rad degrees exp
    exp2 expm1 fabs floor invert isfinite isinf isnan log log10 log1p log2 logical_not negative
    positive rad2deg radians reciprocal rint sign signbit sin sinh spacing sqrt square tan tanh
    trunc
    """
)
"""Functions of one array: the second positional argument gets the result."""
BINARY = words(
    """
    add arctan2 atan2 bitwise_and bitwise_left_shift bitwise_or bitwise_right_shift bitwise_xor
    copysign divide equal float_power floor_divide fmax fmin fmod gcd greater greater_equal
    heaviside hypot lcm ldexp left_shift less less_equal logaddexp logaddexp2 logical_and logical_or
    logical_xor matmul maximum minimum mod multiply nextafter not_equal pow power remainder
    right_shift subtract true_divide
    """
)
"""Functions of two: the third does."""
