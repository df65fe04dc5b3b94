# mypy: disable-error-code="no-untyped-def,assignment,no-untyped-call"
"""Rows of M and of L modulo 29-bit primes.

load_rows      decode the rows of M that some rows of L need
reduce_rows    reduce them modulo a prime
residual_row   combine them to a row of L
capacity       how many rows of M a block of rows of L can need
fold, redc_row, reduce_limbs   reductions

Arrays: (ints, floats, given) are the entries, one of them in use, named by `mode`; `plan` = the operators' nonzero
entries: the left one by rows (pointer, column), the right one by diagonals (offset, start, length, position, constant).
Residues are int32 in (-2^31, 2^31); products of two lie below 2^60, so up to eight are added in int64 before a
reduction.  Reduction is Montgomery's: redc(x) = x / 2^32 modulo p; constants carry the factor 2^32 in advance.
"""

from __future__ import annotations

import numpy as np

from ldrtheory.certify.rank.kernels.decode import compiled, decode_floats, decode_ints

INTS, FLOATS, LIMBS = 0, 1, 2
MASK32 = np.int64((1 << 32) - 1)
BLOCK = 16


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
