"""Mutants of the checker: one comparison, connective, guard or condition changed at a time.

mutants    yields (description, code of the mutant)
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from types import CodeType
from typing import Any

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


def mutants(source: str, every: int = 1) -> Iterator[tuple[str, CodeType]]:
    """Yield every mutant (or every n-th) compiled, with a description: the function, the text and the change."""
    tree = ast.parse(source)
    owners = {}
    for owner in ast.walk(tree):
        if isinstance(owner, ast.FunctionDef):
            for node in ast.walk(owner):
                owners[id(node)] = owner.name
    count = 0
    for node in list(ast.walk(tree)):
        where = owners.get(id(node), "module")
        if where in ("main", "module", "words"):
            continue  # the command line is tested as a process; words decide nothing
        changes: list[tuple[Any, Any, Any]] = []  # a list or object, an index or attribute, the new value
        if isinstance(node, ast.Compare):
            changes = [(node.ops, k, new()) for k, op in enumerate(node.ops) for new in FLIPS[type(op)]]
        elif isinstance(node, ast.BoolOp):
            changes = [(node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And())]
        elif isinstance(node, ast.Expr) and is_guard(node):
            changes = [(node, "value", ast.copy_location(ast.Constant(None), node))]
        for spot, key, new in changes:
            count += 1
            if count % every:
                continue
            text = ast.unparse(node)[:90]
            old = spot[key] if isinstance(spot, list) else getattr(spot, key)
            spot.__setitem__(key, new) if isinstance(spot, list) else setattr(spot, key, new)
            place = key if isinstance(spot, list) else 0
            name = "Pass" if isinstance(new, ast.Constant) else type(new).__name__
            yield f"{where}: {text} [{place} -> {name}]", compile(tree, "<mutant>", "exec")
            spot.__setitem__(key, old) if isinstance(spot, list) else setattr(spot, key, old)
