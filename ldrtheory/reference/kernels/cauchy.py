# mypy: disable-error-code="no-untyped-def,assignment,no-untyped-call"
"""Sums of quotients: y[b, i] = sum over j of x[b, j] / (s[i] - t[j]).

reciprocals     1 / (s[i] - t[j]) in double-double
sums            the sums in floats, far boxes by interpolation and near ones term by term

The relative error of `reciprocals` is at most 10 u^2, u = 2^-53, where nothing overflows or underflows: s - t = d + c
exactly, |c| <= u |d|; q = fl(1 / d); 1 - d q is a double, at most u; so r = 1 - (d + c) q is computed to 2.1 u^2 and at
most 2.1 u, q r to another 2.1 u^2 of q, and 1 / (s - t) = q / (1 - r) = q (1 + r) + at most 4.5 u^2 q.
"""

from __future__ import annotations

import numpy as np

from ldrtheory.reference.kernels.errorfree import compiled, fma, two_sum


@compiled
def reciprocals(s, t, high, low):
    """Write 1 / (s[i] - t[j]) into high[j, i] + low[j, i]."""
    for j in range(t.size):
        for i in range(s.size):
            d, c = two_sum(s[i], -t[j])
            q = 1.0 / d
            high[j, i], low[j, i] = q, q * fma(-c, q, fma(-d, q, 1.0))


@compiled
def sums(s, s_ranges, s_first, s_centers, s_radii, s_leaves, s_steps,
         t, t_ranges, t_first, t_centers, t_radii, t_leaves, t_steps,
         near, far, outward, inward, nodes, x, y):  # fmt: skip
    """Write the sums into y; s and t are sorted, and the arrays are those of two trees (cauchy.Tree).

    s_leaves and s_steps are transposed in their last two axes against those of t, so that inner loops run over
    neighbours in memory.
    """
    p = nodes.size
    up, down = np.empty((t_first.size, p)), np.empty((s_first.size, p))
    places = np.empty(p)
    for row in range(x.shape[0]):
        up[:] = 0
        down[:] = 0
        out, given = y[row], x[row]
        out[:] = 0
        for b in range(t_first.size - 1, -1, -1):
            target = up[b]
            if t_first[b] < 0:
                for j in range(t_ranges[b, 0], t_ranges[b, 1]):
                    for k in range(p):
                        target[k] += given[j] * t_leaves[j, k]
            else:
                for c in range(t_first[b], t_first[b] + 2):
                    for j in range(p):
                        for k in range(p):
                            target[k] += up[c, j] * t_steps[c, j, k]
        for e in range(far.shape[0]):
            a, b = far[e, 0], far[e, 1]
            target = down[a]
            for i in range(p):
                places[i] = (s_centers[a] - t_centers[b]) + s_radii[a] * nodes[i]
            for j in range(p):
                weight, place = up[b, j], t_radii[b] * nodes[j]
                for i in range(p):
                    target[i] += weight / (places[i] - place)
        for e in range(inward.shape[0]):
            a, b = inward[e, 0], inward[e, 1]
            target = down[a]
            for j in range(t_ranges[b, 0], t_ranges[b, 1]):
                weight, place = given[j], s_centers[a] - t[j]
                for i in range(p):
                    target[i] += weight / (place + s_radii[a] * nodes[i])
        for b in range(s_first.size):
            if s_first[b] < 0:
                for k in range(p):
                    for i in range(s_ranges[b, 0], s_ranges[b, 1]):
                        out[i] += down[b, k] * s_leaves[k, i]
            else:
                for c in range(s_first[b], s_first[b] + 2):
                    target = down[c]
                    for j in range(p):
                        for k in range(p):
                            target[k] += down[b, j] * s_steps[c, j, k]
        for e in range(outward.shape[0]):
            a, b = outward[e, 0], outward[e, 1]
            for j in range(p):
                weight, place = up[b, j], t_radii[b] * nodes[j]
                for i in range(s_ranges[a, 0], s_ranges[a, 1]):
                    out[i] += weight / ((s[i] - t_centers[b]) - place)
        for e in range(near.shape[0]):
            a, b = near[e, 0], near[e, 1]
            for j in range(t_ranges[b, 0], t_ranges[b, 1]):
                weight, place = given[j], t[j]
                for i in range(s_ranges[a, 0], s_ranges[a, 1]):
                    out[i] += weight / (s[i] - place)
