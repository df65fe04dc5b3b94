"""Circuits as kaleidoscopes and kaleidoscopes as circuits.

layers          a circuit of depth d as d sparse matrices, the first applied first
compile_circuit the circuit in (BB*)^(2 max(1, d)) of size pow2(max(2, the largest number of slots of a layer))
unrolled        a kaleidoscope as a circuit of depth at most 2 w L
"""

from __future__ import annotations

from math import inf
from typing import Any

from ldrtheory.errors import unknown_name
from ldrtheory.kaleidoscopes import KaleidoscopeProduct
from ldrtheory.synthesis.chains import product_of, refuse_beyond_memory, size_for
from ldrtheory.synthesis.circuit import Circuit, Gate
from ldrtheory.synthesis.entries import Entries, collected
from ldrtheory.synthesis.sparse import sparse_factors

MODES = ("live", "all")


def states(circuit: Circuit, mode: str = "live") -> list[list[int]]:
    """Return which ids are held after each of the layers 0..max(1, d): the inputs first, the outputs last.

    mode: "live" holds an id only while some later gate or output reads it, "all" holds every id once computed.
    """
    if mode not in MODES:
        raise unknown_name("mode", mode, MODES)
    depths, d = circuit.depths, max(1, circuit.depth)
    last: list[float] = list(depths)
    for k, (_, i, _, j) in enumerate(circuit.gates):
        for operand in (i, j):
            last[operand] = max(last[operand], depths[circuit.inputs + k])
    for out in circuit.outputs:
        last[out] = inf
    born: list[list[int]] = [[] for _ in range(d + 1)]
    for g, depth in enumerate(depths):
        born[depth].append(g)
    held = [born[0]]
    for k in range(1, d):
        found = sorted([*held[-1], *born[k]])
        held.append(found if mode == "all" else [g for g in found if last[g] > k])
    return [*held, list(circuit.outputs)]


def layers(circuit: Circuit, mode: str = "live") -> list[Entries]:
    """Return max(1, d) sparse matrices whose product, the last one leftmost, is the matrix of the circuit.

    Layer k computes the gates of depth k and carries the earlier values that are still wanted.
    """
    ring, depths, n = circuit.field, circuit.depths, circuit.inputs
    held = states(circuit, mode)
    out = []
    for k in range(1, len(held)):
        place = {g: column for column, g in enumerate(held[k - 1])}
        triples: list[tuple[int, int, Any]] = []
        for row, g in enumerate(held[k]):
            if depths[g] < k:
                triples.append((row, place[g], ring.one))
            else:
                alpha, i, beta, j = circuit.gates[g - n]
                triples += [(row, place[i], alpha), (row, place[j], beta)]
        out.append(collected(triples, (len(held[k]), len(held[k - 1])), ring))
    return out


def compile_circuit(circuit: Circuit, mode: str = "live", size: int | None = None) -> KaleidoscopeProduct:
    """Return the matrix of the circuit as a member of (BB*)^(2 max(1, d)), d the depth of what the outputs need.

    (w, e) = (2 max(1, d), N/n) with N = pow2(max(2, the slots of the largest layer)); N <= 2 pow2(s) for pairwise
    different outputs. As published: (8 d, 4 pow2(s)/n) with the constants of the proof (Dao et al., Kaleidoscope,
    Theorem 1), d >= 1.  Raises BadInput where more numbers would be stored than PARAMETER_LIMIT.

    >>> K = compile_circuit(Circuit(2, [(1, 0, 1, 1), (1, 2, 5, 1)], [3, 2]))
    >>> K.width, K.size, K.entries().tolist()
    (4, 4, [[1, 6], [1, 1]])
    """
    used = circuit.pruned()
    width = 2 * max(1, used.depth)
    what = f"a circuit of depth {used.depth} with {used.inputs} inputs and {len(used.gates)} gates in use"
    refuse_beyond_memory(width, size_for(max(used.shape), size), what)
    found = layers(used, mode)
    N = size_for(max(layer.slots for layer in found), size)
    refuse_beyond_memory(width, N, what)
    chain = [factor for layer in found for factor in sparse_factors(layer, N)]
    return product_of(chain, *used.shape, used.field)


def unrolled(product: KaleidoscopeProduct) -> Circuit:
    """Return a circuit for the corner of a product: a gate for each row of each factor that changes something.

    Depth at most 1 + the number of factors, which is 2 w L for (BB*)^w.
    """
    ring, n = product.field, product.n
    gates: list[Gate] = []

    def gate(alpha: Any, i: int, beta: Any, j: int) -> int:
        gates.append((alpha, i, beta, j))
        return n + len(gates) - 1

    nothing = gate(ring.zero, 0, ring.zero, 0)
    wires = [i if i < n else nothing for i in range(product.size)]
    for factor in product.factors:
        new = []
        for i, other in enumerate(factor.partner.tolist()):
            d, o = factor.diagonal[i], factor.offdiagonal[i]
            u, v = wires[i], wires[other]
            d_, o_ = (ring.zero if wire == nothing else x for wire, x in ((u, d), (v, o)))
            if d_ == 0 and o_ == 0:
                new.append(nothing)
            elif o_ == 0:
                new.append(u if d_ == 1 else gate(d_, u, ring.zero, u))
            elif d_ == 0:
                new.append(v if o_ == 1 else gate(o_, v, ring.zero, v))
            else:
                new.append(gate(d_, u, o_, v))
        wires = new
    return Circuit(n, gates, wires[: product.m], ring).pruned()
