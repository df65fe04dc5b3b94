# mypy: disable-error-code="no-untyped-def,assignment,no-untyped-call"
"""Compiled kernels: residual rows modulo many 29-bit primes, and elimination on them.

decode            one row of M as limbs of 30 bits:  M[k, :] = 2^low[k] * sum over l of 2^(30 l) limbs[l, :]
reduce_limbs      one row of M modulo p, up to a sign-balanced remainder
residual_rows     chosen rows of L modulo p, canonical
dependent         test L[i, :] = L[i, J] X modulo every prime, for a range of rows; the first failure
insert_row        add a row to a reduced echelon basis modulo p
solve_pivots      X = L[I, J]^-1 L[I, :] modulo p

Arrays: `source` = (ints, floats, limbs) with one of them in use, named by `mode`; `plan` = the operators' nonzero
entries: the left one by rows (pointer, column), the right one by diagonals (offset, start, length, position).
Residues are int32 in (-2^31, 2^31); products of two lie below 2^60, so up to eight are added in int64 before a
reduction.  `redc` is Montgomery's: redc(x) = x / 2^32 modulo p; constants carry the factor 2^32 in advance.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ldrtheory.certify.kernels.compile_cache import compiler

compiled = compiler(Path(__file__).resolve().parent)

INTS, FLOATS, LIMBS = 0, 1, 2
MASK30 = np.int64((1 << 30) - 1)
MASK32 = np.int64((1 << 32) - 1)
BLOCK = 16


@compiled
def decode_ints(row, out):
    """Write the 30-bit limbs of one row of int64 into out (limbs, n); the last limb keeps what is left."""
    limbs, n = out.shape
    for level in range(limbs):
        last = level == limbs - 1
        for j in range(n):
            x = row[j]
            magnitude = np.uint64(-x) if x < 0 else np.uint64(x)
            part = magnitude >> np.uint64(30 * level)
            if not last:
                part &= np.uint64(MASK30)
            out[level, j] = np.int32(-np.int64(part)) if x < 0 else np.int32(np.int64(part))


@compiled
def decode_floats(row, low, out):
    """Write the 30-bit limbs of row / 2^low into out (limbs, n); every entry is a multiple of 2^low."""
    limbs, n = out.shape
    bits = row.view(np.int64)
    for level in range(limbs):
        for j in range(n):
            b = bits[j]
            exponent = (b >> 52) & 0x7FF
            mantissa = b & np.int64(0xFFFFFFFFFFFFF)
            normal = exponent != 0
            mantissa = mantissa | (np.int64(1) << 52) if normal else mantissa
            shift = (exponent if normal else np.int64(1)) - 1075 - low
            down = 30 * level - shift  # the limb is bits down .. down+29 of the mantissa
            right = min(max(down, np.int64(0)), np.int64(63))
            left = min(max(-down, np.int64(0)), np.int64(63))
            part = ((mantissa >> right) << left) & MASK30
            out[level, j] = np.int32(-part) if b < 0 else np.int32(part)


@compiled
def reduce_limbs(limbs, base, p, ninv, out):
    """Write sum_l limbs[l] * base[l] / 2^32 modulo p into out, in (-2^31, 2^31); base[l] in 0 .. p-1."""
    count, n = limbs.shape
    p64 = np.int64(np.uint32(p))  # through 32 bits: the compiler then multiplies 32 x 32 bits
    q64 = np.int64(np.uint32(ninv))
    if count == 1:
        c = np.int64(base[0])
        for j in range(n):
            x = np.int64(limbs[0, j]) * c
            m = ((x & MASK32) * q64) & MASK32
            out[j] = np.int32((x + m * p64) >> 32)
        return
    if count == 2:
        c, d = np.int64(base[0]), np.int64(base[1])
        for j in range(n):
            x = np.int64(limbs[0, j]) * c + np.int64(limbs[1, j]) * d
            m = ((x & MASK32) * q64) & MASK32
            out[j] = np.int32((x + m * p64) >> 32)
        return
    if count <= 4:
        c, d, e = np.int64(base[0]), np.int64(base[1]), np.int64(base[2])
        f = np.int64(base[3]) if count == 4 else np.int64(0)
        last = count - 1
        for j in range(n):
            x = np.int64(limbs[0, j]) * c + np.int64(limbs[1, j]) * d
            x += np.int64(limbs[2, j]) * e + np.int64(limbs[last, j]) * f
            m = ((x & MASK32) * q64) & MASK32
            out[j] = np.int32((x + m * p64) >> 32)
        return
    # four limbs at a time: each part lies in (-p, 2p) and the sum is kept in 0 .. p-1
    for j in range(n):
        out[j] = 0
    for first in range(0, count, 4):
        last = min(first + 3, count - 1)
        second, third = min(first + 1, last), min(first + 2, last)
        c = np.int64(base[first])
        d = np.int64(base[second]) if first + 1 < count else np.int64(0)
        e = np.int64(base[third]) if first + 2 < count else np.int64(0)
        f = np.int64(base[last]) if first + 3 < count else np.int64(0)
        for j in range(n):
            x = np.int64(limbs[first, j]) * c + np.int64(limbs[second, j]) * d
            x += np.int64(limbs[third, j]) * e + np.int64(limbs[last, j]) * f
            m = ((x & MASK32) * q64) & MASK32
            t = np.int64(out[j]) + ((x + m * p64) >> 32)
            t += p64 if t < 0 else np.int64(0)
            t -= 2 * p64 if t >= 2 * p64 else np.int64(0)
            t -= p64 if t >= p64 else np.int64(0)
            out[j] = np.int32(t)


@compiled
def fold(row, p):
    """Shrink every entry x of row to below 2^61 in absolute value, unchanged modulo p."""
    c = np.int64(np.int32((np.int64(1) << 32) % p))
    for j in range(row.shape[0]):
        row[j] = (row[j] & MASK32) + (row[j] >> 32) * c


@compiled
def redc_row(row, p, ninv):
    """Replace every x in row by x / 2^32 modulo p, in (-2^31, 2^31)."""
    p64 = np.int64(np.uint32(p))
    q64 = np.int64(np.uint32(ninv))
    for j in range(row.shape[0]):
        x = row[j]
        m = ((x & MASK32) * q64) & MASK32
        row[j] = (x + m * p64) >> 32


@compiled
def residual_row(i, residues, slot, plan, stein, general, avals, bvals, p, ninv, half, out):
    """Write row i of L modulo p into out (int64, not canonical), from residues of the rows of M it needs."""
    apointer, acolumn, bdiagonal = plan
    n = out.shape[0]
    half[:] = 0
    terms = 0
    for e in range(apointer[i], apointer[i + 1]):
        a = avals[e]
        row = residues[slot[acolumn[e]]]
        if not general and a == 1:
            for j in range(n):
                half[j] += np.int64(row[j])
        elif not general and a == -1:
            for j in range(n):
                half[j] -= np.int64(row[j])
        else:
            for j in range(n):
                half[j] += a * np.int64(row[j])
        terms += 1  # noqa: SIM113
        if general and terms % 4 == 0:
            fold(half, p)
    if general:
        redc_row(half, p, ninv)
    out[:] = 0
    terms = 0
    if bdiagonal.shape[0] > 0:
        own = residues[slot[i]]
        for s in range(bdiagonal.shape[0]):
            offset, start, length, position = (
                bdiagonal[s, 0],
                bdiagonal[s, 1],
                bdiagonal[s, 2],
                bdiagonal[s, 3],
            )
            constant = bdiagonal[s, 4]
            if stein:
                if not general and constant == 1:
                    for j in range(start, start + length):
                        out[j] -= half[j + offset]
                else:
                    for t in range(length):
                        out[start + t] -= bvals[position + t] * half[start + t + offset]
            elif not general and constant == 1:
                for j in range(start, start + length):
                    out[j] -= np.int64(own[j + offset])
            else:
                for t in range(length):
                    out[start + t] -= bvals[position + t] * np.int64(own[start + t + offset])
            terms += 1
            if general and terms % 4 == 0:
                fold(out, p)
        if general:
            redc_row(out, p, ninv)
    if stein:
        own = residues[slot[i]]
        for j in range(n):
            out[j] += np.int64(own[j])
    else:
        for j in range(n):
            out[j] += half[j]


@compiled
def load_rows(first, last, mode, ints, floats, given, low, plan, slot, wanted, limbs):
    """Decode the rows of M that rows first .. last-1 of L need; slot[k] is the place of row k; return their number."""
    apointer, acolumn, _ = plan
    count = 0
    for i in range(first, last):
        for e in range(apointer[i] - 1, apointer[i + 1]):
            k = i if e < apointer[i] else acolumn[e]
            seen = slot[k] >= 0 and slot[k] < count and wanted[slot[k]] == k
            if not seen:
                slot[k] = count
                wanted[count] = k
                count += 1
    planes = ints.shape[0] if mode == INTS else floats.shape[0]
    each = limbs.shape[1] // planes
    for t in range(count):
        k = wanted[t]
        if mode == INTS:
            for z in range(planes):
                decode_ints(ints[z, k], limbs[t, z * each : (z + 1) * each])
        elif mode == FLOATS:
            for z in range(planes):
                decode_floats(floats[z, k], low[k], limbs[t, z * each : (z + 1) * each])
        else:
            for level in range(limbs.shape[1]):
                for j in range(limbs.shape[2]):
                    limbs[t, level, j] = given[level, k, j]
    return count


@compiled
def reduce_rows(count, mode, wanted, limbs, scale, powers, p, ninv, base, residues):
    """Reduce the decoded rows modulo p: scale[k] = 2^(low[k] - unit), powers[z] = the root's powers, both modulo p."""
    planes = powers.shape[0]
    each = limbs.shape[1] // planes
    step = (np.int64(1) << 30) % p
    for t in range(count):
        start = ((np.int64(1) << 32) % p) * scale[wanted[t]] % p
        for z in range(planes):
            c = start * powers[z] % p
            for level in range(each):
                base[z * each + level] = c
                c = c * step % p
        reduce_limbs(limbs[t], base, p, ninv, residues[t])


@compiled
def capacity(plan):
    """The largest number of rows of M that a block of rows of L can need."""
    apointer = plan[0]
    most = 0
    for i in range(apointer.shape[0] - 1):
        most = max(most, apointer[i + 1] - apointer[i])
    return min(BLOCK * (1 + most), apointer.shape[0] - 1)


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


@compiled
def exponent_ranges(x, low, high):
    """For each row of a float64 array: the largest low with all entries multiples of 2^low, all below 2^high.

    A zero row gets low = high = 0.
    """
    m, n = x.shape
    for i in range(m):
        bits = x[i].view(np.int64)
        least, most = np.int64(1 << 20), np.int64(-1)
        for j in range(n):
            exponent = (bits[j] >> 52) & 0x7FF
            used = (bits[j] & np.int64(0x7FFFFFFFFFFFFFFF)) != 0
            exponent = max(exponent, np.int64(1))
            least = min(least, exponent) if used else least
            most = max(most, exponent) if used else most
        if most < 0:
            low[i], high[i] = 0, 0
            continue
        together = np.int64(0)
        for j in range(n):
            exponent = (bits[j] >> 52) & 0x7FF
            mantissa = bits[j] & np.int64(0xFFFFFFFFFFFFF)
            mantissa = mantissa | (np.int64(1) << 52) if exponent != 0 else mantissa
            shift = max(exponent, np.int64(1)) - least
            together |= mantissa << shift if (mantissa != 0 and shift < 63) else np.int64(0)
        trailing = 0
        while together & 1 == 0:
            together >>= 1
            trailing += 1
        low[i], high[i] = least - 1075 + trailing, most - 1075 + 53
