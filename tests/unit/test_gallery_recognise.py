"""Circulant and Toeplitz matrices are recognised where the field has the roots, and offered elsewhere."""

import numpy as np
import pytest
import scipy.linalg

from ldrtheory import GAUSSIAN, GF, QQ, Cyclotomic
from ldrtheory.linalg import equal
from ldrtheory.synthesis import read_entries, recognise
from ldrtheory.synthesis.gallery.diagonals import constant_diagonals
from ldrtheory.synthesis.recognise import forms, forms_over_roots


def circulant(n):
    return scipy.linalg.circulant([k * k + 1 for k in range(n)])


def toeplitz(m, n):
    return scipy.linalg.toeplitz([k * k + 1 for k in range(m)], [1, *(-(k**3) for k in range(1, n))])


@pytest.mark.parametrize("ring", [Cyclotomic(16), GF(97)], ids=repr)
def test_a_circulant_over_a_field_with_the_roots(ring):
    found = recognise(circulant(8), ring)
    assert (found.form, found.product.width, found.product.size) == ("circulant", 1, 8)
    assert equal(found.product.entries(), read_entries(circulant(8), ring).dense())
    assert found.product.field == ring
    assert found.why.startswith("a circulant: 96 stored numbers; as ")


@pytest.mark.parametrize(("m", "n"), [(8, 8), (6, 5), (3, 11)])
def test_a_toeplitz_matrix_over_a_field_with_the_roots(m, n):
    ring = GF(97)
    found = recognise(toeplitz(m, n), ring)
    assert (found.form, found.product.size) == ("Toeplitz", 16)
    assert equal(found.product.entries(), read_entries(toeplitz(m, n), ring).dense())


def test_over_the_rationals_the_field_is_not_changed_but_the_offer_is_made():
    found = recognise(circulant(8))
    assert found.form == "general"
    assert found.product.field == QQ
    (offer,) = found.over_roots
    assert (offer.name, offer.field, offer.parameters) == ("circulant", "Q(zeta_8)", 96)
    assert found.why.endswith("; over Q(zeta_8), as circulant, 96.")
    K = offer.build()
    assert (K.field, K.parameters) == (Cyclotomic(8), 96)
    assert equal(K.entries(), circulant(8))


def test_the_larger_field_contains_the_entries():
    M = circulant(3) * Cyclotomic(3).zeta
    (offer,) = forms_over_roots(M)
    assert offer.field == "Q(zeta_24)"
    assert equal(offer.build().entries(), read_entries(M, Cyclotomic(24)).dense())


def test_no_offer_where_there_is_none():
    assert (
        forms_over_roots(circulant(8), GF(5)) == []
    )  # no eighth root in GF(5), and no cyclotomic field over it
    changed = circulant(8)
    changed[0, 1] += 1
    assert constant_diagonals(read_entries(changed)) is None
    missing = np.tril(np.ones((5, 5), dtype=int), -1)
    missing[4, 0] = 0  # the diagonal i - j = 4 has a single entry: still constant
    assert constant_diagonals(read_entries(missing)) is not None
    missing[3, 1] = 0  # part of a diagonal is missing
    assert constant_diagonals(read_entries(missing)) is None
    assert constant_diagonals(read_entries([[1, 2], [3, 1]])) is None  # 2 x 2: in B
    assert constant_diagonals(read_entries(np.zeros((4, 4), dtype=int))) is None
    for n, ring in ((1 << 12, QQ), (64, Cyclotomic(3**8))):  # fields too large to be written down
        large = read_entries([(k, k, 1) for k in range(n)], ring, (n, n))
        assert constant_diagonals(large) is None


def test_a_cheaper_form_is_kept():
    shift = np.roll(np.eye(8, dtype=int), 1, axis=0)
    found = recognise(shift, Cyclotomic(8))
    assert found.form == "butterfly"  # a shift by one is in B, with half the numbers of BB*
    assert "circulant" in [form.name for form in found.forms]
    assert (
        forms_over_roots(np.eye(8, dtype=int))[0].parameters
        > recognise(np.eye(8, dtype=int)).forms[0].parameters
    )
    assert "over" not in recognise(np.eye(8, dtype=int)).why
    assert recognise(np.ones((8, 8), dtype=int), GAUSSIAN).form == "butterfly"


def test_random_matrices_with_constant_diagonals_in_every_shape():
    rng = np.random.default_rng(8)
    for _ in range(40):
        m, n = (int(k) for k in rng.integers(1, 10, 2))
        t = rng.integers(-1, 2, m + n - 1)
        M = np.array([[t[i - j + n - 1] for j in range(n)] for i in range(m)])
        for form in (*forms(M, GF(193)), *forms_over_roots(M)):
            K = form.build()
            assert equal(K.entries(), read_entries(M, K.field).dense()), form.name
            assert (K.width, K.size, K.parameters) == (form.width, form.size, form.parameters), form.name
