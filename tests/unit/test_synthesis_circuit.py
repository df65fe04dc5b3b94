"""Circuits by hand, traced functions, and what is refused with the gate or the operation named."""

import networkx
import numpy as np
import pytest
import scipy.sparse

from ldrtheory import GF, QQ, BadInput, NotInvertible, ShapeMismatch, UnknownName
from ldrtheory.synthesis.circuit import Circuit, from_data, from_matrix, from_sparse_product
from ldrtheory.synthesis.hierarchy import compile_circuit, layers, states, unrolled
from ldrtheory.synthesis.tracing import from_function

# ids: inputs 0 1 2, gates 3 = x0 + 2 x1, 4 = 3 x2 + x2, 5 = v3 - v4
SMALL = Circuit(3, [(1, 0, 2, 1), (3, 2, 1, 2), (1, 3, -1, 4)], [5, 0, 5])


def test_a_small_circuit_by_hand():
    assert SMALL.matrix().tolist() == [[1, 2, -4], [1, 0, 0], [1, 2, -4]]
    assert SMALL.evaluate([1, 1, 1]) == [-1, 1, -1]
    assert (SMALL.shape, SMALL.size, SMALL.depths) == ((3, 3), 6, [0, 0, 0, 1, 1, 2])
    assert SMALL.operations() == (2, 3)


def test_the_graph_is_acyclic_and_carries_weights_and_depths():
    G = SMALL.graph()
    assert networkx.is_directed_acyclic_graph(G)
    assert networkx.dag_longest_path_length(G, weight=None) == SMALL.depth == 2
    assert G.edges[2, 4]["weight"] == 4
    assert [G.nodes[k]["depth"] for k in range(6)] == SMALL.depths
    assert G.graph["outputs"] == [5, 0, 5]


def test_states_hold_what_is_still_read():
    assert states(SMALL) == [[0, 1, 2], [0, 3, 4], [5, 0, 5]]
    assert states(SMALL, "all") == [[0, 1, 2], [0, 1, 2, 3, 4], [5, 0, 5]]


def test_the_layers_multiply_to_the_matrix():
    first, second = layers(SMALL)
    assert first.dense().tolist() == [[1, 0, 0], [1, 2, 0], [0, 0, 4]]
    assert second.dense().tolist() == [[0, 1, -1], [1, 0, 0], [0, 1, -1]]


@pytest.mark.parametrize("mode", ["live", "all"])
def test_a_small_circuit_compiles_in_width_4(mode):
    K = compile_circuit(SMALL, mode)
    assert K.entries().tolist() == [[1, 2, -4], [1, 0, 0], [1, 2, -4]]
    assert (K.width, K.shape) == (4, (3, 3))


def test_depth_0_selects_inputs_in_width_2():
    K = compile_circuit(Circuit(3, [], [2, 0, 0, 1]))
    assert K.entries().tolist() == [[0, 0, 1], [1, 0, 0], [1, 0, 0], [0, 1, 0]]
    assert (K.width, K.size) == (2, 4)


def test_one_input_and_a_gate_that_is_zero():
    K = compile_circuit(Circuit(1, [(0, 0, 0, 0)], [1]))
    assert (K.entries().tolist(), K.width, K.size) == ([[0]], 2, 2)


def test_gates_that_nobody_reads_are_left_out():
    pruned = Circuit(2, [(1, 0, 1, 1), (1, 2, 0, 2), (5, 0, 0, 3)], [4]).pruned()
    assert pruned.gates == ((5, 0, 0, 0),)
    assert pruned.outputs == (2,)


def test_a_row_of_a_matrix_is_a_balanced_tree():
    circuit = from_matrix(
        scipy.sparse.csr_array(np.array([[1.0, 2, 0, 4, 8], [0, 1, 0, 0, 0], [0, 0, 0, 0, 0]]))
    )
    assert circuit.matrix().tolist() == [[1, 2, 0, 4, 8], [0, 1, 0, 0, 0], [0, 0, 0, 0, 0]]
    assert circuit.depth == 2
    assert circuit.outputs[1] == 1  # a unit row is the input itself


def test_a_product_of_matrices_as_a_circuit():
    circuit = from_sparse_product([[[1, 1]], [[0, "1/2"], [3, 0]]])
    assert circuit.matrix().tolist() == [[3, QQ("1/2")]]


def test_strassen_with_a_constant_left_factor():
    a = [[1, 2], [3, 4]]

    def strassen(b):
        (a11, a12), (a21, a22) = a
        b11, b12, b21, b22 = b
        m1, m2, m3 = (a11 + a22) * (b11 + b22), (a21 + a22) * b11, a11 * (b12 - b22)
        m4, m5, m6 = a22 * (b21 - b11), (a11 + a12) * b22, (a21 - a11) * (b11 + b12)
        m7 = (a12 - a22) * (b21 + b22)
        return [m1 + m4 - m5 + m7, m3 + m5, m2 + m4, m1 - m2 + m3 + m6]

    circuit = from_function(strassen, 4)
    assert circuit.matrix().tolist() == [[1, 0, 2, 0], [0, 1, 0, 2], [3, 0, 4, 0], [0, 3, 0, 4]]
    assert (compile_circuit(circuit).entries() == circuit.matrix()).all()


def test_numpy_code_is_traced_and_floats_are_what_they_store():
    A = np.array([[0.5, 2.0, 0.0], [1.0, -1.0, 3.0]])
    circuit = from_function(lambda x: [A @ x, np.float64(2) * x[0] - x[1] / 4, 0, sum(x), -(1 * x[2])], 3)
    assert circuit.matrix().tolist() == [
        [QQ(0.5), 2, 0],
        [1, -1, 3],
        [2, QQ("-1/4"), 0],
        [0, 0, 0],
        [1, 1, 1],
        [0, 0, -1],
    ]


def test_constants_are_read_into_the_field():
    assert from_function(lambda x: x[0] / 3, 1, GF(5)).matrix().tolist() == [[2]]


@pytest.mark.parametrize(
    ("f", "message"),
    [
        (lambda x: x[0] * x[1], r"\(input 0\) \* \(input 1\) multiplies two inputs"),
        (lambda x: (x[0] + x[1]) * (2 * x[0]), r"\(gate 2\) \* \(2 \* input 0\) multiplies two inputs"),
        (lambda x: x @ x, "multiplies two inputs"),
        (lambda x: x[0] / x[1], r"\(input 0\) / \(input 1\) divides by an input"),
        (lambda x: 1 / x[0], r"1 / \(input 0\) divides by an input"),
        (lambda x: x[0] + 3, r"\(input 0\) \+ 3 adds a constant"),
        (lambda x: 3 - x[0], "adds a constant"),
        (lambda x: [x[0], 3], "the output 3 is a constant"),
        (lambda x: None, "the output None is a constant"),
        (lambda x: x[0] ** 2, r"\(input 0\) \*\* 2 is no linear function"),
        (lambda x: 2 ** x[0], r"2 \*\* \(input 0\)"),
        (lambda x: abs(x[1]), r"abs\(input 1\)"),
        (lambda x: np.tanh(x), r"tanh\(input 0\) is no linear function"),
        (lambda x: np.maximum(x, 0), "compares an input"),
        (lambda x: x[0] if x[0] else x[1], "branches on an input"),
        (lambda x: x[0] == x[1], "compares an input"),
        (lambda x: [1, 2][x[0]], "uses an input as an index"),
        (lambda x: float(x[0]), "takes the value of an input"),
        (lambda x: x[0] * None, "None, which is no constant of Q"),
        (lambda x: np.fft.fft(x), "cannot run on symbols"),
    ],
)
def test_a_function_that_is_not_linear_is_refused(f, message):
    with pytest.raises(BadInput, match=message):
        from_function(f, 2)


def test_division_by_zero_while_tracing():
    with pytest.raises(NotInvertible):
        from_function(lambda x: x[0] / 0, 1)


@pytest.mark.parametrize(
    ("build", "error", "message"),
    [
        (lambda: Circuit(0, [], [0]), BadInput, "a circuit with 0 inputs"),
        (lambda: Circuit(True, [], [0]), BadInput, "a circuit with True inputs"),
        (lambda: Circuit(2, [], []), BadInput, "without outputs"),
        (lambda: Circuit(2, [(1, 0, 1, 1), (1, 0, 1, 3)], [2]), BadInput, r"gate 1 \(id 3\) uses itself"),
        (lambda: Circuit(2, [(1, 4, 1, 1)], [2]), BadInput, r"gate 0 \(id 2\) uses the later id 4"),
        (lambda: Circuit(2, [(1, -1, 1, 1)], [2]), BadInput, r"gate 0 \(id 2\) uses -1"),
        (lambda: Circuit(2, [(1, 0, 1)], [2]), BadInput, r"gate 0 \(id 2\) is .*; wanted \[alpha"),
        (
            lambda: Circuit(2, [(1, 0, 1, 1)], [0, 3]),
            BadInput,
            "output 1 is the id 3; wanted an id from 0 to 2",
        ),
        (lambda: Circuit(2, [], ["0"]), BadInput, "output 0 is the id"),
        (lambda: SMALL.evaluate([1]), ShapeMismatch, "1 values for a circuit with 3 inputs"),
        (lambda: from_data([1]), BadInput, "exactly inputs, gates, outputs"),
        (
            lambda: from_data({"inputs": 1, "gates": [], "outputs": 0}),
            BadInput,
            "outputs is 0; wanted a list",
        ),
        (
            lambda: from_data({"inputs": 1, "gates": [[1, 1, 0, 0]], "outputs": [0]}, where="c.json"),
            BadInput,
            "c.json: gate 0",
        ),
        (
            lambda: from_sparse_product([[[1]], [[1], [1]]]),
            ShapeMismatch,
            "factor 0 is 1 x 1 and factor 1 is 2 x 1",
        ),
        (lambda: states(SMALL, "lively"), UnknownName, "did you mean 'live'"),
        (lambda: from_function(lambda x: x, 0), BadInput, "a circuit with 0 inputs"),
    ],
)
def test_what_is_refused(build, error, message):
    with pytest.raises(error, match=message):
        build()


def test_more_numbers_than_memory_are_refused_before_they_are_built():
    n = 3000
    chain = [(1, 0, 1, 1), *((1, n + k, 1, k + 2) for k in range(n - 2))]
    with pytest.raises(BadInput, match=r"depth 2999 with 3000 inputs .* stored numbers .* GiB"):
        compile_circuit(Circuit(n, chain, [n + len(chain) - 1]))


def test_a_kaleidoscope_read_as_a_circuit():
    K = compile_circuit(SMALL)
    circuit = unrolled(K)
    assert circuit.matrix().tolist() == SMALL.matrix().tolist()
    assert circuit.depth <= 1 + len(K.factors)
