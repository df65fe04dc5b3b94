"""How much a displacement operator can stretch and shrink: rational bounds on its largest and smallest
singular value.

Write N(X) = A X - X B (Sylvester) or X - A X B (Stein), on m x n matrices with the Frobenius norm.

stretch       c with ||N(X)||_F <= c ||X||_F.  c = a + b (Sylvester), 1 + a b (Stein), where a >= ||A||_2 and b
              >= ||B||_2:
              ||A X||_F <= ||A||_2 ||X||_F and ||X B||_F <= ||X||_F ||B||_2.
              ||A||_2^2 = rho(A^T A) <= ||A^T A||_1 <= ||A||_inf ||A||_1.
separation    s > 0 with ||N(X)||_F >= s ||X||_F, and the rule that gives it, or None.  The rules:

  diagonal         A = diag(a), B = diag(b) (identity and zero included): N multiplies entry (i, j) by a_i - b_j
                   or 1 - a_i b_j, so s = min |a_i - b_j| or min |1 - a_i b_j|, exactly.
  shift-pair       A, B shifts (or transposes) with corners e, f of absolute value 1: both are orthogonal, hence
                   unitarily diagonalisable, and so is N: its singular values are |x - y| or |1 - x y|, x and y
                   eigenvalues of A and B.  x = exp(2 pi i (j + u) / m), u = 0 for e = 1 and 1/2 for e = -1; y
                   likewise with k, v, n.  Conjugate eigenvalues are eigenvalues, so both kinds have the same set.
                   The angles differ by 2 pi (n j - m k + n u - m v) / (m n), where n j - m k takes all multiples of
                   g = gcd(m, n): s = 2 sin(pi w / (m n)), w the distance of n u - m v to g Z.
  shift-power      A, B square n x n shifts (or transposes) with any corners e, f: A^n = e I, B^n = f I.  If e != f
                   (Sylvester) N^-1(R) = (e - f)^-1 sum over i < n of A^i R B^(n-1-i); if e f != 1 (Stein)
                   N^-1(R) = (1 - e f)^-1 sum A^i R B^i.  A^i is a permutation with entries 1 and e, so
                   ||A^i||_2 <= max(1, |e|): s = |e - f| / (n max(1, |e|) max(1, |f|)), or |1 - e f| / (the same).
  nilpotent-stein  Stein, A and B shifts (or transposes) with corner 0, any shape: N^-1(R) = sum over k < min(m, n)
                   of A^k R B^k and ||A||, ||B|| <= 1: s = 1 / min(m, n).
  path-pair        Sylvester, A = path(0, 0), B = path(1, 1), both symmetric: eigenvalues 2 cos x, x = k pi/(m+1)
                   (1 <= k <= m), and 2 cos y, y = j pi/n (0 <= j < n); N's singular values are
                   4 sin((x+y)/2) |sin((x-y)/2)|.  If n > 1 and gcd(m+1, n) = 1 they are not 0, and with h = pi/(m+1),
                   l = pi/n: j = 0 gives 4 sin(x/2)^2 >= 4 sin(h/2)^2; else |x - y| >= pi/((m+1) n), and (x+y)/2 and
                   its supplement are at least (h + l)/2, so
                   s = min(4 sin(h/2)^2, 4 sin((h+l)/2) sin(pi/(2 (m+1) n))).
"""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction
from math import gcd
from typing import Any

from ldrtheory.certify.distance.numbers import root_up
from ldrtheory.certify.rank.operators import SparseOperator, sparse_operator
from ldrtheory.rings import QQ

Json = dict[str, Any]
PI_DOWN = Fraction(314159265358979323846, 10**20)


def sine_down(turns: Fraction) -> Fraction:
    """Return a rational at most sin(pi turns), 0 <= turns <= 1/2, close to it.

    On [0, pi/2] the sine increases, and its alternating series cut after a negative term is a lower bound.

    >>> 0.999999 < float(sine_down(Fraction(1, 6))) * 2 <= 1
    True
    """
    x = PI_DOWN * turns
    term = total = x
    for k in range(1, 10):
        term = -term * x * x / ((2 * k) * (2 * k + 1))
        total += term
    return max(Fraction(0), Fraction(int(total * 2**96), 2**96))


def norm_up(op: SparseOperator) -> Fraction:
    """Return a rational at least ||A||_2: sqrt(||A||_1 ||A||_inf) rounded up, exact where that is rational.

    >>> norm_up(sparse_operator({"op": "shift", "corner": -1}, 5, QQ))
    Fraction(1, 1)
    """
    rows, columns = [Fraction(0)] * op.n, [Fraction(0)] * op.n
    for i, j, value in op.entries:
        rows[i] += abs(value[0])
        columns[j] += abs(value[0])
    return root_up(max(rows) * max(columns))


def stretch(operators: Json, shape: tuple[int, int]) -> Fraction:
    """Return c with ||N(X)||_F <= c ||X||_F, at least 1 in 2^-95 above sqrt(||A||_1 ||A||_inf) combined as the
    kind asks.

    >>> stretch({"kind": "stein", "left": {"op": "shift", "corner": 0}, "right": {"op": "identity"}}, (4, 4))
    Fraction(2, 1)
    """
    a = norm_up(sparse_operator(operators["left"], shape[0], QQ))
    b = norm_up(sparse_operator(operators["right"], shape[1], QQ))
    return a + b if operators["kind"] == "sylvester" else 1 + a * b


def separation(operators: Json, shape: tuple[int, int]) -> tuple[str, Fraction] | None:
    """Return (rule, s) with ||N(X)||_F >= s ||X||_F for all X, s > 0, by the best rule that applies; None if
    none does.

    >>> toeplitz = {"kind": "sylvester", "left": {"op": "shift", "corner": 1}, "right": {"op": "shift", "corner": -1}}
    >>> rule, s = separation(toeplitz, (3, 3))
    >>> rule, round(float(s), 12)
    ('shift-pair', 1.0)
    """
    found = []
    for rule, bound in (
        ("diagonal", _diagonal),
        ("shift-pair", _shift_pair),
        ("shift-power", _shift_power),
        ("nilpotent-stein", _nilpotent_stein),
        ("path-pair", _path_pair),
    ):
        s = bound(operators, *shape)
        if s is not None and s > 0:
            found.append((rule, s))
    return max(found, key=lambda pair: pair[1], default=None)


def _corner(op: Json, n: int) -> Fraction | None:
    """Return the corner of a shift, transposed or not; None for any other operator."""
    while op["op"] == "transpose":
        op = op["of"]
    if op["op"] != "shift":
        return None
    entries = {(i, j): value[0] for i, j, value in sparse_operator(op, n, QQ).entries}
    return entries.get((0, n - 1), Fraction(0))


def _values(op: Json, n: int) -> list[Fraction] | None:
    """Return the diagonal of an operator that is diagonal by its form; None for any other operator."""
    while op["op"] == "transpose":
        op = op["of"]
    if op["op"] not in ("diagonal", "identity", "zero"):
        return None
    values = [Fraction(0)] * n
    for i, _, value in sparse_operator(op, n, QQ).entries:
        values[i] = value[0]
    return values


def _gap(left: list[Fraction], right: list[Fraction]) -> Fraction:
    """Return the least distance between a number of `left` and one of `right` (sorted)."""
    best = abs(left[0] - right[0])
    for x in left:
        k = bisect_left(right, x)
        best = min([best] + [abs(x - y) for y in right[max(0, k - 1) : k + 1]])
    return best


def _diagonal(operators: Json, m: int, n: int) -> Fraction | None:
    a, b = _values(operators["left"], m), _values(operators["right"], n)
    if a is None or b is None:
        return None
    if operators["kind"] == "sylvester":
        return _gap(a, sorted(b))
    # |1 - x y| = |y| |1/y - x| for y != 0, and 1 for y = 0.
    best = Fraction(1) if 0 in b or 0 in a else None
    a = sorted(a)
    for y in set(b) - {Fraction(0)}:
        gap = abs(y) * _gap([1 / y], a)
        best = gap if best is None else min(best, gap)
    return best


def _shift_pair(operators: Json, m: int, n: int) -> Fraction | None:
    e, f = _corner(operators["left"], m), _corner(operators["right"], n)
    if e is None or f is None or abs(e) != 1 or abs(f) != 1:
        return None
    u, v = Fraction(int(e == -1), 2), Fraction(int(f == -1), 2)
    g = gcd(m, n)
    w = (n * u - m * v) % g
    return 2 * sine_down(min(w, g - w) / (m * n))


def _shift_power(operators: Json, m: int, n: int) -> Fraction | None:
    e, f = _corner(operators["left"], m), _corner(operators["right"], n)
    if e is None or f is None or m != n:
        return None
    apart = e - f if operators["kind"] == "sylvester" else 1 - e * f
    one = Fraction(1)
    return abs(apart) / (n * max(one, abs(e)) * max(one, abs(f)))


def _nilpotent_stein(operators: Json, m: int, n: int) -> Fraction | None:
    if (
        operators["kind"] != "stein"
        or _corner(operators["left"], m) != 0
        or _corner(operators["right"], n) != 0
    ):
        return None
    return Fraction(1, min(m, n))


def _path_pair(operators: Json, m: int, n: int) -> Fraction | None:
    ends = []
    for op in (operators["left"], operators["right"]):
        while op["op"] == "transpose":
            op = op["of"]
        ends.append((op.get("first"), op.get("last")) if op["op"] == "path" else None)
    if operators["kind"] != "sylvester" or ends != [(0, 0), (1, 1)] or gcd(m + 1, n) != 1 or n == 1:
        return None
    h, low = Fraction(1, m + 1), Fraction(1, n)
    first = 4 * sine_down(h / 2) ** 2
    return min(first, 4 * sine_down((h + low) / 2) * sine_down(h * low / 2))
