"""Ways out of exact factors, and back: the arrays that other libraries multiply with.

floats      exact numbers as the nearest floats, whole arrays at a time
arrays      to_numpy, to_scipy: the factors as numpy arrays and as scipy sparse matrices
twiddle     to_torch_twiddle, from_torch_twiddle: the array of torch_butterfly's layers
monarch     to_monarch, from_monarch: the pairs of block diagonal weights of Monarch layers
"""

from ldrtheory.kaleidoscopes.layouts.arrays import FactorArrays, to_numpy, to_scipy
from ldrtheory.kaleidoscopes.layouts.floats import nearest, rounded
from ldrtheory.kaleidoscopes.layouts.monarch import BlockDiagonals, from_monarch, to_monarch
from ldrtheory.kaleidoscopes.layouts.twiddle import Twiddle, from_torch_twiddle, to_torch_twiddle

__all__ = [
    "BlockDiagonals",
    "FactorArrays",
    "Twiddle",
    "from_monarch",
    "from_torch_twiddle",
    "nearest",
    "rounded",
    "to_monarch",
    "to_numpy",
    "to_scipy",
    "to_torch_twiddle",
]
