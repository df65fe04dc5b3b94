"""Linear circuits."""

from ldrtheory.certify.instances import instances
from ldrtheory.certify.kaleidoscopes import circuit_is, corner_is
from ldrtheory.synthesis import Circuit, compile_circuit

statement = """The matrix of a linear circuit of depth d with s inputs and gates is the corner of a member
of (BB*)^(2 max(1, d)), of size at most 2 pow2(s) if the outputs are different; repeated outputs, and inputs
that are outputs, are allowed."""
hypotheses = """Any field, any numbers of inputs and outputs, depth 0 included; gates of equal operands, and
coefficients that are zero, too."""
source = """Derived here; (BB*)^(8 d) of expansion 4 pow2(s)/n with the constants of the proof: Dao et al.,
Kaleidoscope (ICLR 2020), Theorem 1, for d >= 1."""
largest = 6
necessity = "none: depth 0 and repeated outputs are included"


def claims(max_n, seed):
    for s in instances(max_n, seed, repeat=1):
        for count in (0, 1, s.n, 2 * s.n):
            gates = []
            for k in range(s.n, s.n + count):
                gates.append((s.element(), s.draw.randrange(k), s.element(), s.draw.randrange(k)))
            total = s.n + count
            outputs = [s.draw.randrange(total) for _ in range(s.size())]
            for ids in (outputs, s.draw.sample(range(total), min(total, s.n)), list(range(total))[::-1]):
                circuit = Circuit(s.n, gates, ids, s.ring)
                yield circuit_is(circuit, circuit.matrix())
                for mode in ("live", "all"):
                    yield corner_is(compile_circuit(circuit, mode), circuit)
