"""The checker accepts that the product of every gallery entry is its definition, and rejects what is not."""

import json

import pytest

from ldrtheory.claims import (
    Certificate,
    matrices_equal,
    statement,
    subject_by_kaleidoscope,
    subject_by_value,
)
from ldrtheory.judge import check
from ldrtheory.synthesis.gallery import named
from tests.laws.test_gallery import EVERY, TEXTS


def certificate(found):
    """The statement that the product is the definition, as JSON text."""
    left, right = subject_by_kaleidoscope(found.product.data()), subject_by_value(found.matrix)
    return Certificate((statement(matrices_equal(left, right, found.ring.name), {}),)).json()


def verdicts(texts, folder):
    """The checker's verdicts on one certificate for each text, in one run."""
    paths = []
    for k, text in enumerate(texts):
        paths.append(folder / f"{k}.json")
        paths[-1].write_text(certificate(named(text)))
    report = check(paths)
    return {text: f"{v.verdict}: {v.reason}" for text, v in zip(texts, report.results) if not v.accepted}


def test_the_checker_accepts_every_entry(tmp_path):
    assert verdicts([text.format(n) for text in TEXTS for n in (2, 4, 8)], tmp_path) == {}


@pytest.mark.accept
@pytest.mark.parametrize("n", [16, 32])
def test_the_checker_accepts_large_entries(n, tmp_path, record_property):
    texts = [text.format(n) for text in TEXTS]
    record_property("named transforms", len(texts))
    assert verdicts(texts, tmp_path) == {}


@pytest.mark.accept
def test_the_checker_accepts_every_size_to_twelve(tmp_path, record_property):
    texts = [f"{name}({n})" for name in EVERY for n in range(1, 13)]
    record_property("named transforms", len(texts))
    assert verdicts(texts, tmp_path) == {}


@pytest.mark.parametrize("text", ["DFT(4)", "DFT(3)", "Hadamard(4)", "DCT(2)", "Circulant(3)"])
def test_the_checker_rejects_a_changed_number(text, tmp_path):
    data = json.loads(certificate(named(text)))
    entries = data["statements"][0]["claim"]["right"]["entries"]
    entries[0][1] = 7 if entries[0][1] != 7 else 8
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(data))
    (verdict,) = check(path).results
    assert (verdict.verdict, "differ" in verdict.reason) == ("rejected", True)
