"""What importing costs and loads; what stands behind the wall."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import ldrtheory

PACKAGE = Path(ldrtheory.__file__).parent
HEAVY = {"sympy", "numba", "scipy", "matplotlib", "hypothesis", "networkx", "typer", "jinja2"}


def loaded_after(statement: str) -> set[str]:
    """The top-level modules that a fresh interpreter has loaded after the statement."""
    code = f"{statement}\nimport sys\nprint(*sorted({{m.partition('.')[0] for m in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_import_ldrtheory_loads_nothing_heavy():
    assert not loaded_after("import ldrtheory") & (HEAVY | {"numpy", "flint"})


@pytest.mark.parametrize("name", ["verify", "check", "Sylvester", "QQ", "displacement_rank", "read_subject"])
def test_the_public_names_load_without_heavy_libraries(name):
    assert not loaded_after(f"from ldrtheory import {name}") & HEAVY


def test_a_small_verify_loads_neither_numba_nor_sympy():
    statement = "from ldrtheory import verify\nverify([[1, 2], [3, 1]], operators='toeplitz')"
    assert not loaded_after(statement) & {"sympy", "numba", "scipy", "matplotlib", "hypothesis"}


def test_every_public_name_loads():
    for name in ldrtheory.__all__:
        assert getattr(ldrtheory, name) is not None


def test_the_checker_uses_the_standard_library_only_and_no_assert():
    tree = ast.parse((PACKAGE / "checker.py").read_text())
    imported = {
        a.name.partition(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names
    }
    imported |= {str(n.module).partition(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert imported <= sys.stdlib_module_names
    assert "pickle" not in imported
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.Assert)]


def code_lines(path: Path) -> int:
    """Lines that hold code: no blank lines, comments or docstrings."""
    import io
    import tokenize

    source = path.read_text()
    skip = {
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENDMARKER,
    }
    docstrings = set()
    for node in ast.walk(ast.parse(source)):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            value = body[0].value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                docstrings |= set(range(value.lineno, value.end_lineno + 1))
    lines = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in skip:
            lines |= set(range(token.start[0], token.end[0] + 1))
    return len(lines - docstrings)


def test_the_checker_stays_small():
    """To be read in one sitting: 600 lines for ranks, distances, operators, equalities; 240 for matrices given by what
    they do (kaleidoscopes, circuits, permutations, products) and membership; 60 for dimensions; 135 for VC dimensions
    (sign patterns in integers; shattered points); 30 for limits of the work that a small
    certificate may ask for."""
    assert code_lines(PACKAGE / "checker.py") <= 600 + 240 + 60 + 135 + 30


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_nothing_is_unpickled_or_evaluated(path):
    banned = {"eval", "exec", "compile", "__import__"}
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in banned, f"{path}:{node.lineno}"
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [a.name for a in node.names] + [getattr(node, "module", "") or ""]
            assert not {"pickle", "dill", "cloudpickle", "marshal"} & set(names), f"{path}:{node.lineno}"
        if isinstance(node, ast.keyword) and node.arg == "allow_pickle":
            assert isinstance(node.value, ast.Constant), f"{path}:{node.value.lineno}"
            assert node.value.value is False, f"{path}:{node.value.lineno}"


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_input_is_never_checked_by_assert(path):
    assert not [n.lineno for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Assert)]
