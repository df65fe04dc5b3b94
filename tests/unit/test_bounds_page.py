"""The page of `ldrtheory bounds`: one file, nothing from outside, every picture with words."""

import re
from pathlib import Path

import pytest

from ldrtheory.bounds.architecture import parse_architecture, read_architecture
from ldrtheory.bounds.layers import Linear
from ldrtheory.bounds.network import Network
from ldrtheory.bounds.overview import overview
from ldrtheory.bounds.variants import depths, ranks, widths
from ldrtheory.cli import status
from ldrtheory.families import Dense, SubdiagonalLDR
from ldrtheory.report.bounds_page import bounds_page

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples" / "networks"
TITLES = {
    "binary-classifier": ["layer by layer", "unstructured", "width", "depth", "rank", "samples"],
    "butterfly-784": ["layer by layer", "unstructured", "width", "depth", "samples"],
    "lstm": ["layer by layer", "unstructured"],
}


@pytest.mark.parametrize("name", sorted(TITLES))
def test_the_page_has_its_pictures_and_nothing_from_outside(name):
    network = read_architecture(EXAMPLES / f"{name}.toml")
    page = bounds_page(overview(network, name, samples=10**6))
    captions = re.findall(r"<figcaption><b>([^<]*)</b>", page)
    assert len(captions) == len(TITLES[name]) == page.count('role="img"')
    for words, caption in zip(TITLES[name], captions):
        assert words in caption
    assert not re.search(r"https?://|<script|@import|url\((?!#)", page)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert page.count("<svg") == page.count("</svg>") == len(captions)
    assert "nan" not in page.lower()


def test_a_vector_network_says_why():
    page = bounds_page(overview(read_architecture(EXAMPLES / "transformer-block.toml"), "block"))
    assert "Why no VC dimension follows" in page
    assert "softmax" in page
    assert "Samples for" not in page


def test_names_are_escaped():
    network = Network(2, (Linear(Dense(1, 2)),))
    page = bounds_page(overview(network, '<b>"x"</b>'))
    assert '<b>"x"' not in page
    assert "&lt;b&gt;" in page


def test_the_command_writes_the_page(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert (
        status(["bounds", str(EXAMPLES / "vgg-like.toml"), "--report", "out.html", "--certificate", "c.json"])
        == 0
    )
    assert "report: out.html" in capsys.readouterr().out
    text = (tmp_path / "out.html").read_text()
    assert "ldrtheory check c.json" in text
    assert status(["bounds", str(EXAMPLES / "vgg-like.toml"), "--report", "no/such/out.html"]) == 2


def test_variants_change_one_size():
    network = Network(
        16,
        (
            Linear(SubdiagonalLDR(16, 2), activation="relu"),
            Linear(Dense(8, 16), activation="relu"),
            Linear(Dense(1, 8)),
        ),
    )
    assert [n for n, _ in widths(network)] == [4, 8, 16, 32, 64, 128]  # 8 rows cannot be divided by 8
    assert [n.layers[1].shape for _, n in widths(network)][:2] == [(2, 4), (4, 8)]
    assert [k for k, _ in depths(network)] == [3, 4, 5, 7, 11]
    assert [r for r, _ in ranks(network)] == [1, 2, 3, 4, 6, 8, 12, 16]
    assert all(n.layers[0].family.n == 16 for _, n in ranks(network))


def test_networks_without_such_sizes_have_no_variants():
    network = parse_architecture((EXAMPLES / "vgg-like.toml").read_text())
    assert list(widths(network)) == []
    assert list(ranks(Network(4, (Linear(Dense(1, 4)),)))) == []
    assert list(depths(Network(4, (Linear(Dense(1, 4)),)))) == []
