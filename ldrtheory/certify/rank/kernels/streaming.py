# mypy: disable-error-code="no-untyped-def,assignment,no-untyped-call"
"""Residual rows of L modulo many 29-bit primes, and elimination on them.

residual_rows   chosen rows of L modulo p, canonical
dependent       test L[i, :] = L[i, J] X modulo every prime, for a range of rows; the first failure
vanishes        whether a prime divides a whole row
insert_row      add a row to a reduced echelon basis modulo p
solve_pivots    X = L[I, J]^-1 L[I, :] modulo p
"""

from __future__ import annotations

import numpy as np

from ldrtheory.certify.rank.kernels.decode import compiled
from ldrtheory.certify.rank.kernels.residues import (
    BLOCK,
    capacity,
    fold,
    load_rows,
    reduce_rows,
    residual_row,
)


@compiled
def residual_rows(rows, mode, ints, floats, given, low, limb_count, plan, stein, general, q, primes, ninvs,
                  scales, powers, avals, bvals, out):  # fmt: skip
    """Write L[rows, :] modulo primes[q] into out, canonical in 0 .. p-1."""
    n = out.shape[1]
    room = capacity(plan)
    slot = np.full(low.shape[0], -1, np.int64)
    wanted = np.zeros(room, np.int64)
    limbs = np.empty((room, limb_count, n), np.int32)
    residues = np.empty((room, n), np.int32)
    base = np.empty(limb_count, np.int32)
    half = np.empty(n, np.int64)
    acc = np.empty(n, np.int64)
    p = primes[q]
    for t in range(rows.shape[0]):
        i = rows[t]
        count = load_rows(i, i + 1, mode, ints, floats, given, low, plan, slot, wanted, limbs)
        reduce_rows(count, mode, wanted, limbs, scales[q], powers[q], p, ninvs[q], base, residues)
        residual_row(i, residues, slot, plan, stein, general, avals[q], bvals[q], p, ninvs[q], half, acc)
        for j in range(n):
            out[t, j] = acc[j] % p


@compiled
def dependent(first, last, mode, ints, floats, given, low, limb_count, plan, stein, general, primes, ninvs,
              inverses, scales, powers, avals, bvals, columns, X):  # fmt: skip
    """Return (i, j, q) of the first row i in first .. last-1 with L[i, j] != L[i, J] X[q][:, j] modulo primes[q].

    (-1, -1, -1) when there is none.
    X: (primes, rank, n) int32 in 0 .. p-1.  inverses[q] = p^-1 modulo 2^64.
    """
    n = X.shape[2]
    rank = columns.shape[0]
    room = capacity(plan)
    slot = np.full(low.shape[0], -1, np.int64)
    wanted = np.zeros(room, np.int64)
    limbs = np.empty((room, limb_count, n), np.int32)
    residues = np.empty((room, n), np.int32)
    base = np.empty(limb_count, np.int32)
    half = np.empty(n, np.int64)
    acc = np.empty(n, np.int64)
    coefficient = np.empty(rank + 1, np.int32)
    for start in range(first, last, BLOCK):
        stop = min(start + BLOCK, last)
        count = load_rows(start, stop, mode, ints, floats, given, low, plan, slot, wanted, limbs)
        worst, place, prime = np.int64(-1), np.int64(-1), np.int64(-1)
        for q in range(primes.shape[0]):
            p = primes[q]
            reduce_rows(count, mode, wanted, limbs, scales[q], powers[q], p, ninvs[q], base, residues)
            for i in range(start, stop):
                if worst >= 0 and i >= worst:
                    break
                residual_row(
                    i, residues, slot, plan, stein, general, avals[q], bvals[q], p, ninvs[q], half, acc
                )
                for k in range(rank):
                    coefficient[k] = np.int32(p - acc[columns[k]] % p)
                k = 0
                while k + 1 < rank:
                    c, d = np.int64(coefficient[k]), np.int64(coefficient[k + 1])
                    top, bottom = X[q, k], X[q, k + 1]
                    for j in range(n):
                        acc[j] += c * np.int64(top[j]) + d * np.int64(bottom[j])
                    k += 2
                    if k % 16 == 0:
                        fold(acc, p)
                if k < rank:
                    c = np.int64(coefficient[k])
                    top = X[q, k]
                    for j in range(n):
                        acc[j] += c * np.int64(top[j])
                if not vanishes(acc, p, inverses[q]):
                    worst, prime = i, q
                    for j in range(n):
                        if acc[j] % p != 0:
                            place = j
                            break
                    break
        if worst >= 0:
            return worst, place, prime
    return np.int64(-1), np.int64(-1), np.int64(-1)


@compiled
def vanishes(row, p, inverse):
    """Whether p divides every entry, each in (-2^62, 2^62): x/p is x p^-1 modulo 2^64, small exactly if p divides x."""
    offset = ((np.int64(1) << 62) // p) * p
    limit = np.uint64(0xFFFFFFFFFFFFFFFF) // np.uint64(p)
    bad = np.int64(0)
    for j in range(row.shape[0]):
        bad |= np.int64(np.uint64(row[j] + offset) * inverse > limit)
    return bad == 0


@compiled
def insert_row(row, X, columns, rank, p):
    """Reduce row by the echelon basis X[:rank] (pivots `columns`) modulo p; append it if something is left.

    Returns the new pivot column or -1.  X: (room, n) int32, row: (n) int64 in 0 .. p-1, changed.
    """
    n = row.shape[0]
    for k in range(rank):
        c = p - row[columns[k]]
        if c != p:
            for j in range(n):
                row[j] = (row[j] + c * np.int64(X[k, j])) % p
    pivot = -1
    for j in range(n):
        if row[j] != 0:
            pivot = j
            break
    if pivot < 0:
        return -1
    scale = power(row[pivot], p - 2, p)
    for j in range(n):
        row[j] = row[j] * scale % p
    for k in range(rank):
        c = p - np.int64(X[k, pivot])
        if c != p:
            for j in range(n):
                X[k, j] = np.int32((np.int64(X[k, j]) + c * row[j]) % p)
    for j in range(n):
        X[rank, j] = np.int32(row[j])
    columns[rank] = pivot
    return pivot


@compiled
def power(x, e, p):
    """Return x^e modulo p < 2^31."""
    result = np.int64(1)
    while e > 0:
        if e & 1:
            result = result * x % p
        x = x * x % p
        e >>= 1
    return result


@compiled
def solve_pivots(R, columns, p, X):
    """Write R[:, columns]^-1 R modulo p into X (int32); return False if that minor is singular.  R is changed."""
    rank, n = R.shape
    for k in range(rank):
        pivot = -1
        for i in range(k, rank):
            if R[i, columns[k]] != 0:
                pivot = i
                break
        if pivot < 0:
            return False
        if pivot != k:
            for j in range(n):
                R[k, j], R[pivot, j] = R[pivot, j], R[k, j]
        scale = power(R[k, columns[k]], p - 2, p)
        for j in range(n):
            R[k, j] = R[k, j] * scale % p
        for i in range(rank):
            c = p - R[i, columns[k]]
            if i != k and c != p:
                for j in range(n):
                    R[i, j] = (R[i, j] + c * R[k, j]) % p
    for k in range(rank):
        for j in range(n):
            X[k, j] = np.int32(R[k, j])
    return True
