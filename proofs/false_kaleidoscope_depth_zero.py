"""Circuits without gates."""

from ldrtheory.certify.kaleidoscopes import circuit_is, circuit_is_not, corner_is
from ldrtheory.linalg import identity
from ldrtheory.rings import QQ
from ldrtheory.synthesis import Circuit, compile_circuit

statement = """The statement "a linear circuit of depth d is in (BB*)^w with w proportional to d" is false
for depth 0, where no factor is left and only corners of the identity remain: it fails at n = 2 for the
circuit that swaps its inputs, and at one input for the circuit that repeats it. Width 2 max(1, d) holds."""
hypotheses = """Over Q. With one input and one output, depth 0 gives the 1 x 1 identity."""
source = """Read literally: Dao et al., Kaleidoscope (ICLR 2020), Theorem 1; the correction was found
here."""
depends = ("kaleidoscope_circuits",)


def claims(max_n, seed):
    repeated = Circuit(1, [], [0, 0])
    yield circuit_is(repeated, [[1], [1]])
    yield circuit_is_not(repeated, [[1], [0]])  # the 2 x 1 corner of the identity
    swap = Circuit(2, [], [1, 0])
    yield circuit_is(swap, [1, 0])
    yield circuit_is_not(swap, identity(QQ, 2))
    for circuit in (repeated, swap):
        yield corner_is(compile_circuit(circuit), circuit)  # width 2
