"""Draw the pictures of docs/counterexamples.md: matrices as coloured cells, with their residuals.

PICTURES        name of the picture -> function that draws it; each belongs to the theorem file of that name
panel           a matrix as cells: orange positive, blue negative, the number written in
main            writes docs/pictures/*.svg that differ; with --check, only names them and exits with status 1
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from math import cos, pi, sin
from pathlib import Path
from typing import Any

from ldrtheory import QQ, Stein, Sylvester, displace, displacement_rank, shift
from ldrtheory.elimination import inverse
from ldrtheory.kaleidoscopes import KaleidoscopeProduct
from ldrtheory.linalg import array, identity, matrix
from ldrtheory.operators import Displacement
from ldrtheory.operators.inversion import f_circulant
from ldrtheory.report.canvas import Canvas, text_width
from ldrtheory.report.diagrams import factor_diagram
from ldrtheory.synthesis import permutation

HERE = Path(__file__).resolve().parent / "pictures"
CELL, GAP, TOP = 26.0, 30.0, 34.0
SHIFTS = Sylvester(shift(f=1), shift(f=-1))

Panel = tuple[str, Any, str]  # the words above, the matrix, the words below


def panel(
    canvas: Canvas, x: float, y: float, rows: Any, kept: frozenset[tuple[int, int]] | None = None
) -> None:
    """Draw a matrix with its top left corner at (x, y); with `kept`, other cells are pale."""
    M = array(QQ, rows)
    top = max((abs(float(v.p) / float(v.q)) for v in M.flat), default=1.0) or 1.0
    m, n = M.shape
    canvas.box(x, y, n * CELL, m * CELL)
    for i in range(m):
        for j in range(n):
            v = M[i, j]
            size = abs(float(v.p) / float(v.q)) / top
            pale = kept is not None and (i, j) not in kept
            if v != 0:
                shade = (0.25 + 0.6 * size) * (0.3 if pale else 1)
                canvas.box(
                    x + j * CELL + 1,
                    y + i * CELL + 1,
                    CELL - 2,
                    CELL - 2,
                    "cell cross" if v > 0 else "cell",
                    shade,
                )
            words = str(v)
            canvas.text(
                x + (j + 0.5) * CELL,
                y + (i + 0.5) * CELL + 3.5,
                words,
                "note" if pale or v == 0 else "",
                10,
                "middle",
            )


def panels(title: str, found: Sequence[Panel], kept: frozenset[tuple[int, int]] | None = None) -> str:
    """Return a picture of matrices side by side; `kept` marks cells of the first."""
    widths = [max(array(QQ, M).shape[1] * CELL, text_width(a, 9), text_width(b, 9)) for a, M, b in found]
    height = max(array(QQ, M).shape[0] for _, M, _ in found) * CELL
    canvas = Canvas(title, "; ".join(f"{a}: {array(QQ, M).tolist()}, {b}" for a, M, b in found))
    x = 10.0
    for k, ((above, M, below), width) in enumerate(zip(found, widths)):
        canvas.text(x, TOP - 8, above, "", 9)
        panel(canvas, x, TOP, M, kept if k == 0 else None)
        canvas.text(x, TOP + height + 15, below, "note", 9)
        x += width + GAP
    return str(canvas.svg(x - GAP + 10, TOP + height + 24))


def _with_residual(name: str, M: Any, d: Displacement, letters: str) -> list[Panel]:
    M = array(QQ, M)
    r = displacement_rank(M, d, QQ)
    return [(name, M, ""), (letters, displace(M, d, QQ), f"rank {r}")]


def toeplitz_product() -> str:
    S, T = array(QQ, [[0, 0, 0], [1, 0, 0], [0, 1, 0]]), array(QQ, [[1, 1, 0], [1, 1, 1], [0, 1, 1]])
    residual = displace(S @ T, SHIFTS, QQ)
    return panels(
        "A product of Toeplitz matrices",
        [
            ("S", S, "Toeplitz"),
            ("T", T, "Toeplitz"),
            ("S T", S @ T, ""),
            ("Z_1 S T - S T Z_-1", residual, "rank 3"),
        ],
    )


def product_one_pair() -> str:
    M = array(QQ, [[-1, 0, -1], [1, -1, 0], [0, 1, -1]])
    N = array(QQ, [[1, -1, 2], [0, -1, -1], [-1, 2, -1]])
    found = [
        (f"residual of {name}", displace(X, SHIFTS, QQ)) for name, X in (("M", M), ("N", N), ("M N", M @ N))
    ]
    return panels("Ranks 1 and 1 give 3", [(a, R, f"rank {r}") for (a, R), r in zip(found, (1, 1, 3))])


def inverse_one_pair() -> str:
    M = array(QQ, [[1, 0, -1], [1, 1, 0], [1, 0, 0]])
    N = inverse(M, QQ)
    return panels(
        "An inverse in one pair",
        [("M", M, ""), ("residual of M", displace(M, SHIFTS, QQ), "rank 1"), ("M^-1", N, ""),
         ("residual of M^-1", displace(N, SHIFTS, QQ), "rank 3")],
    )  # fmt: skip


def triangular_factors() -> str:
    n = 4
    T = matrix(n, n, lambda i, j: QQ(2 if i == j else int(abs(i - j) == 1)))
    L, U = identity(QQ, n), matrix(n, n, lambda i, j: QQ(int(j == i + 1)))
    for k in range(n):
        U[k, k] = QQ(k + 2) / QQ(k + 1)
        if k:
            L[k, k - 1] = QQ(k) / QQ(k + 1)
    words = [("T", T, 2), ("L", L, 4), ("U", U, 4)]
    return panels("The triangular factors of a Toeplitz matrix", [
        (f"residual of {name}", displace(X, SHIFTS, QQ), f"rank {r}") for name, X, r in words
    ])  # fmt: skip


def conversion_singular() -> str:
    n, Z = 4, shift(f=0)
    one = identity(QQ, n)
    return panels("The identity for Z and Z", [
        ("I", one, ""), ("Z I - I Z", displace(one, Sylvester(Z, Z), QQ), "rank 0"),
        ("I - Z I Z", displace(one, Stein(Z, Z), QQ), "rank 4"),
    ])  # fmt: skip


def submatrix() -> str:
    M = f_circulant([2, 1, 1, -1, 0, -1], -1, QQ)
    rows, columns = [0, 1, 2, 4], [0, 1, 3, 5]
    N = M[rows][:, columns]
    kept = frozenset((i, j) for i in rows for j in columns)
    return panels("Rows and columns that are not consecutive", [
        ("M, displacement rank 1", M, "kept: rows 0, 1, 2, 4, columns 0, 1, 3, 5"),
        ("residual of the submatrix", displace(N, SHIFTS, QQ), "rank 4"),
    ], kept)  # fmt: skip


def gohberg_semencul() -> str:
    T, L, U = [[0, 1], [1, 0]], f_circulant([0, 1], 0, QQ), f_circulant([0, 1], 0, QQ).T
    return panels(
        "The formula of Gohberg and Semencul divides by 0",
        [
            ("T = T^-1", T, ""),
            ("x = T^-1 e_0", [[0], [1]], "x_0 = 0"),
            ("y = T^-1 e_1", [[1], [0]], ""),
            ("L(x) L(J y)^T = L(Z y) L(Z J x)^T", L @ U, "difference 0: it says 0 T^-1 = 0"),
        ],
    )


def approximation_every_index() -> str:
    pair = Sylvester(shift(f=0).T, shift(f=0).T)
    M = [[3, 2], [1, -1]]
    return panels("No such matrix of displacement rank 1", [
        ("M with M e_0 = (3, 1)", M, ""), ("A M - M A, A = Z^T", displace(array(QQ, M), pair, QQ), "determinant -1"),
    ])  # fmt: skip


def approximation_shifts() -> str:
    canvas = Canvas("Eigenvalues of Z_f", "The n-th roots of f lie on one circle: n = 5, f = 1 and f = -1.")
    for k, (f, turn) in enumerate(((1, 0.0), (-1, pi / 5))):
        x, y, r = 90.0 + 180 * k, 100.0, 60.0
        steps = [(cos(2 * pi * t / 90), sin(2 * pi * t / 90)) for t in range(91)]
        for (a, b), (c, d) in pairwise(steps):
            canvas.line(x + r * a, y + r * b, x + r * c, y + r * d, "faint")
        canvas.line(x - r - 12, y, x + r + 12, y, "faint")
        canvas.line(x, y - r - 12, x, y + r + 12, "faint")
        for t in range(5):
            angle = turn + 2 * pi * t / 5
            canvas.line(x, y, x + r * cos(angle), y - r * sin(angle), "plus", 0.5)
            canvas.circle(x + r * cos(angle), y - r * sin(angle), 4)
        canvas.text(x, 20, f"Z_{f}, n = 5: x^5 = {f}", "", 10, "middle")
    canvas.text(180, 190, "every eigenvalue has the absolute value 1", "note", 9, "middle")
    return str(canvas.svg(360, 200))


def kaleidoscope_concatenation() -> str:
    whole = permutation([1, 0])
    K = KaleidoscopeProduct(1, 1, 2, 2, QQ, "BB*", (*whole.factors, *whole.factors))
    return str(factor_diagram(K))


PICTURES: dict[str, Callable[[], str]] = {
    f"false_{draw.__name__}": draw
    for draw in (
        toeplitz_product,
        product_one_pair,
        inverse_one_pair,
        triangular_factors,
        submatrix,
        conversion_singular,
        gohberg_semencul,
        approximation_every_index,
        approximation_shifts,
        kaleidoscope_concatenation,
    )
}


def main(arguments: list[str]) -> int:
    """Write the pictures that differ, or with --check only name them."""
    HERE.mkdir(exist_ok=True)
    stale = 0
    for name, draw in PICTURES.items():
        path, text = HERE / f"{name}.svg", draw() + "\n"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale += 1
            if "--check" not in arguments:
                path.write_text(text, encoding="utf-8")
            print(f"{'stale' if '--check' in arguments else 'written'}: docs/pictures/{path.name}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
