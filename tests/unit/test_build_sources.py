"""What `build` takes from Python: arrays, sparse matrices, graphs, functions, objects of ours."""

import networkx
import numpy as np
import pytest
import scipy.sparse
from flint import fmpq

import ldrtheory
from ldrtheory import GF, QQ, build
from ldrtheory.building import Bound, read_source
from ldrtheory.building.bounds import circuit_bound, product_bound, sparse_bound, traded
from ldrtheory.errors import BadInput, NotInRing
from ldrtheory.synthesis import Circuit, permutation, sparse
from ldrtheory.synthesis.graphs import from_graph


def corner(source, **options):
    return read_source(source, **options).construct().product.entries().tolist()


def test_the_public_name_is_the_function():
    assert callable(ldrtheory.build)
    assert build([1, 0]).checked


def test_arrays_and_lists():
    assert corner(np.array([1, 0, 2])) == corner((1, 0, 2)) == [[0, 1, 0], [1, 0, 0], [0, 0, 1]]
    assert corner(range(2)) == [[1, 0], [0, 1]]
    assert corner(np.array([[0.5, 0], [0, 2]])) == [[fmpq(1, 2), 0], [0, 2]]
    assert corner([[fmpq(1, 3)]], kind="matrix") == corner({"entries": [["1/3"]]}) == [[fmpq(1, 3)]]
    assert corner(np.array([[1, 2]]).T) == [[1], [2]]
    assert corner(np.array([[1 + 2j]]))[0][0] == ldrtheory.GAUSSIAN(1 + 2j)
    assert corner([[8, -1]], field="GF(7)") == [[1, 6]]


def test_sparse_matrices_are_not_written_out_and_repeated_places_are_added():
    S = scipy.sparse.coo_matrix(([1, 2, 5], ([0, 0, 1], [1, 1, 0])), shape=(2, 2))
    assert corner(S) == [[0, 3], [5, 0]]
    wide = scipy.sparse.coo_matrix(([1.0], ([0], [4_999])), shape=(2, 5_000))
    assert read_source(wide).construct().product.shape == (2, 5_000)


def test_functions_are_traced():
    assert corner(np.cumsum, inputs=3) == [[1, 0, 0], [1, 1, 0], [1, 1, 1]]
    assert corner(lambda x: [x[1] * 3], inputs=2, field=GF(5)) == [[0, 3]]
    with pytest.raises(BadInput, match=r"\(input 0\) \* \(input 1\) multiplies two inputs"):
        build(lambda x: x[0] * x[1], inputs=2)
    with pytest.raises(BadInput, match="needs the number of its inputs"):
        build(lambda x: x)
    with pytest.raises(BadInput, match="without a function"):
        build([0, 1], inputs=2)


def test_objects_of_ours():
    circuit = Circuit(2, [(1, 0, 2, 1)], [2, 2, 0])
    assert corner(circuit) == corner(circuit.graph()) == [[1, 2], [1, 2], [1, 0]]
    K = permutation([2, 0, 1])
    answer = build(K)
    assert answer.product is K
    assert answer.checked
    source = read_source([0, 1])
    assert read_source(source) is source


def test_graphs():
    G = networkx.DiGraph()
    G.add_weighted_edges_from([("x", "s", 2), ("y", "s", "1/2"), ("z", "s", -1), ("s", "t", 3)])
    assert corner(G) == [[6, fmpq(3, 2), -3]]
    G.graph["inputs"], G.graph["outputs"] = ["z", "y", "x"], ["s", "x"]
    assert corner(G) == [[-1, fmpq(1, 2), 2], [0, 0, 1]]
    assert from_graph(G, GF(7)).matrix().tolist() == [[6, 4, 2], [0, 0, 1]]
    G.graph["outputs"] = ["nowhere"]
    with pytest.raises(BadInput, match="'nowhere' among its outputs"):
        build(G)
    with pytest.raises(BadInput, match="the input 't' has a predecessor"):
        from_graph(networkx.DiGraph([("x", "t")], inputs=["t"]))
    with pytest.raises(BadInput, match="has the cycle"):
        build(networkx.DiGraph([(0, 1), (1, 0)]))
    with pytest.raises(BadInput, match="at least one input"):
        build(networkx.DiGraph())
    with pytest.raises(BadInput, match="undirected or has parallel edges"):
        build(networkx.MultiDiGraph([(0, 1), (0, 1)]))


@pytest.mark.parametrize(
    "source", [3, None, b"x.json", [[True, None]], [["a"]], {"x": 1}, set(), [[[1]]]], ids=repr
)
def test_other_values_are_refused(source):
    with pytest.raises(BadInput):
        build(source)


def test_fields_that_do_not_hold_the_entries():
    with pytest.raises(NotInRing, match=r"GF\(7\)"):
        build([[1j]], field="GF(7)")
    with pytest.raises(NotInRing, match="denominator is divisible by 7"):
        build([["1/7"]], field=GF(7))
    assert build([["1/7"]], field=QQ).checked


def test_what_is_too_large_is_refused_with_its_size_before_it_is_built():
    for source in (
        scipy.sparse.coo_matrix(([1], ([0], [0])), shape=(10**9, 10**9)),
        {"inputs": 10**12, "gates": [], "outputs": [0]},
        {"inputs": 1, "gates": [[1, k, 1, k] for k in range(150_000)], "outputs": [150_000]},
        {"product": [scipy.sparse.coo_matrix(([1], ([0], [0])), shape=(1, 10**8))]},
    ):
        with pytest.raises(BadInput, match=r"stored numbers.*GiB"):
            build(source)
    with pytest.raises(BadInput, match="more memory than there is"):
        build({"inputs": 10**5000, "gates": [], "outputs": [0]})


def test_published_bounds_by_hand():
    assert sparse_bound(9, (8, 8)).data() == {
        "width": 8, "expansion": "4/1", "parameters": 4 * 8 * 32 * 5,
        "source": "Dao et al., Kaleidoscope (ICLR 2020), Theorem 3: (4 ceil(s/n), 4)",
    }  # fmt: skip
    assert (sparse_bound(0, (3, 5)).width, sparse_bound(0, (3, 5)).size) == (4, 32)
    gates = [(1, 0, 1, 1), (1, 2, 1, 0)]
    bound = circuit_bound(Circuit(2, gates, [3]))  # s = 4, d = 2
    assert (bound.width, bound.size, str(bound.expansion)) == (16, 16, "8")
    assert circuit_bound(Circuit(2, gates, [3, 3, 3])).size == 4 * 8  # two copies
    assert circuit_bound(Circuit(1, [], [0])).width == 8  # depth 0
    bound = product_bound([(8, 4), (4, 8)], [9, 0], (8, 8))
    assert (bound.width, bound.size) == (8 + 4, 32)


def test_what_was_traded_is_said():
    K = sparse([[1, 0], [0, 1]], size=8)  # width 2, expansion 4
    words = [traded(K, Bound(w, N, (2, 2), "")) for w, N in [(2, 8), (1, 16), (3, 4), (1, 4), (3, 8)]]
    expected = [
        "nothing was traded;",
        "more width was traded for less expansion;",
        "more expansion was traded for less width;",
        "both larger;",
        "nothing was traded, neither is larger;",
    ]
    assert [words[k].partition(": ")[2].startswith(expected[k]) for k in range(5)] == [True] * 5
    assert "more than the 32" in words[3]
    assert "at most the 192" in words[0]


def test_the_answer_prints_and_counts():
    answer = build({"inputs": 2, "gates": [[1, 0, 3, 1]], "outputs": [2]})
    assert answer.operations == {"kaleidoscope": (1, 1), "dense": (2, 1), "sparse": (1, 1), "circuit": (1, 1)}
    assert str(answer) == repr(answer)
    assert answer._repr_html_().startswith("<p><b>source (circuit, 1 x 2, over Q)")
    assert answer.circuit is not None
    assert build([[1]]).circuit is None
    assert answer.data()["width"] == 2
    assert "width 2" in answer.json()
