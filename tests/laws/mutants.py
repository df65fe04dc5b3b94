"""Mutants of the checker: one comparison, connective, guard or condition changed at a time.

mutants    yields (description, source of the mutant)
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

FLIPS: dict[type[ast.cmpop], list[type[ast.cmpop]]] = {
    ast.Lt: [ast.LtE, ast.GtE],
    ast.LtE: [ast.Lt, ast.Gt],
    ast.Gt: [ast.GtE, ast.LtE],
    ast.GtE: [ast.Gt, ast.Lt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
}


def is_guard(node: ast.AST) -> bool:
    """Return whether a statement does nothing but refuse if a condition fails."""
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id in ("want", "need", "same", "keys")
    )


def mutants(source: str) -> Iterator[tuple[str, str]]:
    """Yield every mutant with a description: the function, the text and the change."""
    tree = ast.parse(source)
    owners = {}
    for owner in ast.walk(tree):
        if isinstance(owner, ast.FunctionDef):
            for node in ast.walk(owner):
                owners[id(node)] = owner.name
    nodes = list(ast.walk(tree))
    for index, node in enumerate(nodes):
        where = owners.get(id(node), "module")
        if where in ("main", "module", "words"):
            continue  # the command line is tested as a process; words decide nothing
        text = ast.unparse(node) if isinstance(node, ast.expr | ast.stmt) else ""
        changes = []
        if isinstance(node, ast.Compare):
            for k, op in enumerate(node.ops):
                changes += [("op", k, new) for new in FLIPS[type(op)]]
        elif isinstance(node, ast.BoolOp):
            changes = [("bool", 0, ast.Or if isinstance(node.op, ast.And) else ast.And)]
        elif is_guard(node):
            changes = [("guard", 0, ast.Pass)]
        for kind, k, new in changes:
            other = copy.deepcopy(tree)
            target = list(ast.walk(other))[index]
            if kind == "op":
                target.ops[k] = new()  # type: ignore[attr-defined]
            elif kind == "bool":
                target.op = new()  # type: ignore[attr-defined]
            else:
                target.value = ast.Constant(None)  # type: ignore[attr-defined]
            yield (
                f"{where}: {text[:90]} [{k} -> {new.__name__}]",
                ast.unparse(ast.fix_missing_locations(other)),
            )
