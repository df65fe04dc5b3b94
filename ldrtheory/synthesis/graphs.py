"""Linear circuits given as directed graphs of networkx.

from_graph      a DiGraph whose edges carry weights: every node is the weighted sum of its predecessors
"""

from __future__ import annotations

from typing import Any

from ldrtheory.errors import BadInput
from ldrtheory.exactstrings import shortened
from ldrtheory.rings import Ring, ring_of
from ldrtheory.synthesis.circuit import Circuit, Gate, _combine


def from_graph(graph: Any, ring: Ring | None = None) -> Circuit:
    """Return the circuit of a networkx.DiGraph without cycles, edge operand -> gate of `weight` (1 where absent).

    graph.graph may hold `inputs` (the nodes that are inputs, in order, or their number) and `outputs` (a list of
    nodes); by default the nodes without predecessors and those without successors, in the order of the graph.
    Sums of more than two terms become balanced trees.  Raises BadInput naming a cycle or an unknown node.

    >>> import networkx
    >>> G = networkx.DiGraph([("x", "s"), ("y", "s")])
    >>> from_graph(G).matrix().tolist()
    [[1, 1]]
    """
    import networkx

    if not graph.is_directed() or graph.is_multigraph():
        raise BadInput("a graph that is undirected or has parallel edges; wanted a networkx.DiGraph.")
    try:
        order = list(
            networkx.lexicographical_topological_sort(graph, key=dict(zip(graph, range(len(graph)))).get)
        )
    except networkx.NetworkXUnfeasible:
        cycle = networkx.find_cycle(graph)
        raise BadInput(
            f"the graph has the cycle {shortened(cycle)}; wanted a graph without cycles."
        ) from None
    inputs = _nodes(graph, "inputs", [node for node in graph if graph.in_degree(node) == 0])
    outputs = _nodes(graph, "outputs", [node for node in graph if graph.out_degree(node) == 0])
    if not inputs:
        raise BadInput("a graph without nodes; wanted at least one input.")
    for node in inputs:
        if graph.in_degree(node):
            raise BadInput(
                f"the input {shortened(node)} has a predecessor; wanted a node without edges into it."
            )
    weights = [w for _, _, w in graph.edges(data="weight", default=1)]
    ring = ring_of(weights) if ring is None else ring
    wires = {node: k for k, node in enumerate(inputs)}
    gates: list[Gate] = []
    for node in order:
        if node not in wires:
            terms = [
                (ring(w), wires[operand]) for operand, _, w in graph.in_edges(node, data="weight", default=1)
            ]
            wires[node] = _combine(gates, len(inputs), terms, ring)
    return Circuit(len(inputs), gates, [wires[node] for node in outputs], ring)


def _nodes(graph: Any, name: str, default: list[Any]) -> list[Any]:
    given = graph.graph.get(name, default)
    if isinstance(given, int) and not isinstance(given, bool):
        given = list(graph)[:given]
    for node in given:
        if node not in graph:
            raise BadInput(f"the graph names {shortened(node)} among its {name}, which is none of its nodes.")
    return list(given)
