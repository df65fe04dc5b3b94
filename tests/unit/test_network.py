"""Planned networks: sizes that chain, sharing, unrolling, TOML and its refusals, torch."""

import sys
import types
from dataclasses import dataclass
from pathlib import Path

import pytest

from ldrtheory.bounds.activations import activation
from ldrtheory.bounds.architecture import parse_architecture, read_architecture
from ldrtheory.bounds.layers import LSTM, Attention, Convolution, Layer, Linear, Recurrent
from ldrtheory.bounds.network import Network
from ldrtheory.errors import BadInput, LdrTheoryError, ShapeMismatch, UnknownName
from ldrtheory.families import Dense, Family, SubdiagonalLDR, Toeplitz

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples" / "networks"
GOOD = """\
[network]
inputs = 8
output = "binary"

[[layers]]
family = "SubdiagonalLDR"
n = 8
rank = 1
bias = true
activation = "relu"

[[layers]]
family = "Dense"
rows = 1
columns = 8
bias = true
activation = "identity"
"""


def test_the_network_of_the_documentation_is_read():
    network = parse_architecture(GOOD)
    assert network.parameters == (2 * 8 + 2 * 8 + 8) + (8 + 1)
    assert [str(layer) for layer in network.layers] == [
        "SubdiagonalLDR(n=8, rank=1)",
        "Dense(rows=1, columns=8)",
    ]
    assert network.dense().parameters == 72 + 9


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('"SubdiagonalLDR"', '"SubdiagonaLDR"', 6, "SubdiagonalLDR"),
        ('"relu"', '"rellu"', 10, "did you mean 'relu'"),
        ('"relu"', "{pieces = 0, degree = 1}", 10, "pieces"),
        ('"relu"', "{pieces = 3}", 10, "pieces"),
        ("columns = 8", "columns = 7", 12, "takes 7 inputs, but layer 1 (SubdiagonalLDR(n=8, rank=1)) gives 8"),
        ("inputs = 8", "inputs = 9", 5, "has 9 inputs"),
        ("inputs = 8", "inputs = -8", 2, "-8"),
        ("inputs = 8", "inputs = 8.0", 2, "8.0"),
        ("inputs = 8\n", "", 1, "inputs"),
        ("rank = 1", "rank = 9", 8, "rank of at most 8"),
        ("rank = 1", "rank = -1", 8, "-1"),
        ("rank = 1", "rank = 0", 8, "0"),
        ("rank = 1", "rnk = 1", 8, "rank"),
        ("n = 8\n", "", 7, "missing: n"),
        ("n = 8", 'n = "eight"', 7, "not a size"),
        ("bias = true\nactivation = \"relu\"", "bias = 1\nactivation = \"relu\"", 9, "true or false"),
        ('activation = "relu"\n', "", 5, "activation"),
        ('family = "SubdiagonalLDR"\n', "", 5, "family"),
        ('output = "binary"', 'output = "binnary"', 3, "did you mean 'binary'"),
        ("rows = 1", "rows = 2", 12, "layer with one row"),
        ('"identity"', '"relu"', 12, "identity"),
        ('"identity"', '"sigmoid"', 12, "identity"),
        ("[network]", "[netwrok]", 1, "network"),
        ("rank = 1", "rank = 1\nrepeat = 0", 9, "repeat"),
        ("rank = 1", "rank = 1\npositions = -2", 9, "-2"),
        ("n = 8", "n = 9999999999999", 7, "10^12"),
    ],
)  # fmt: skip
def test_bad_input_names_the_line(old, new, line, words):
    assert old in GOOD
    with pytest.raises(BadInput) as caught:
        parse_architecture(GOOD.replace(old, new, 1), "net.toml")
    assert str(caught.value).startswith(f"net.toml: line {line}: "), str(caught.value)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[network]\ninputs = 1\n",
        "inputs = 1",
        "[[layers]]\n",
        "[network]\ninputs = 1\n[layers]\nn = 1\n",
        "[a",
    ],
)
def test_what_is_no_network_is_refused(text):
    with pytest.raises(BadInput, match=r"line|layers"):
        parse_architecture(text)


def test_a_syntax_error_names_its_line():
    with pytest.raises(BadInput, match="line 7"):
        parse_architecture(GOOD.replace("n = 8", "n = = 8", 1))


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda p: p.stem)
def test_the_examples_are_read(path):
    assert read_architecture(path).parameters < read_architecture(path).dense().parameters


def test_there_are_five_examples():
    assert len(list(EXAMPLES.glob("*.toml"))) == 5


def test_a_convolution_counts_its_weights_once_and_its_units_everywhere():
    layer = Convolution(3, 8, kernel=(3, 5), input=(10, 12), stride=(2, 1), padding=(1, 0), activation="relu")
    assert layer.grid == (5, 8)  # (10 + 2 - 3) // 2 + 1, (12 - 5) + 1
    assert (layer.inputs, layer.outputs, layer.shape) == (360, 320, (8, 45))
    assert layer.biases == 8
    assert layer.weights()[0].applications == 40
    with pytest.raises(ShapeMismatch, match="does not fit"):
        Convolution(1, 1, kernel=5, input=(4, 9))
    with pytest.raises(ShapeMismatch, match="8 x 45"):
        Convolution(3, 8, kernel=(3, 5), input=(10, 12), matrix=Dense(8, 44))


def test_a_convolution_takes_its_input_from_the_one_before():
    text = """
[network]
inputs = 16
[[layers]]
kind = "conv2d"
channels_in = 1
channels_out = 2
kernel = 2
stride = 2
input = [4, 4]
activation = "relu"
[[layers]]
kind = "conv2d"
channels_in = 2
channels_out = 1
kernel = 2
activation = "identity"
"""
    network = parse_architecture(text)
    assert network.parameters == (2 * 4 + 2) + (8 + 1)
    with pytest.raises(BadInput, match=r"line 4: .*no input"):
        parse_architecture(text.replace("input = [4, 4]\n", ""))


def test_repeated_and_shared_layers_count_once():
    square = Linear(Toeplitz(4), activation="relu", repeat=5)
    network = Network(4, (square, Linear(Dense(1, 4))))
    assert network.parameters == 7 + 4 + 5
    assert len(network.stages()) == 6
    named = [Linear(Toeplitz(4), activation="relu", share="a") for _ in range(3)]
    assert Network(4, (*named, Linear(Dense(1, 4)))).parameters == 7 + 4 + 5
    with pytest.raises(ShapeMismatch, match="share parameters"):
        Network(4, (named[0], Linear(Dense(4, 4), share="a"), Linear(Dense(1, 4))))
    with pytest.raises(ShapeMismatch, match="its own outputs"):
        Linear(Dense(2, 4), repeat=2)


def test_a_recurrent_layer_unrolls_over_its_inputs():
    layer = Recurrent(Toeplitz(5), Dense(5, 3), repeat=4, activation="relu")
    assert (layer.inputs, layer.outputs) == (12, 5)
    stages = list(layer.stages("a"))
    assert len(stages) == 4
    assert stages[0].direct is None  # h starts at 0
    assert stages[1].direct == stages[2].direct
    assert Network(12, (layer, Linear(Dense(1, 5)))).parameters == 9 + 15 + 5 + 6


def test_gates_and_attention_are_counted_only():
    lstm = LSTM(Dense(5, 5), Dense(5, 3), repeat=4)
    assert (
        lstm.biases + sum(w.copies * w.family.shape[0] * w.family.shape[1] for w in lstm.weights()) == 4 * 45
    )
    assert "gates" in lstm.counted_only()
    assert "softmax" in Attention(Toeplitz(4), 3).counted_only()


@pytest.mark.parametrize(
    ("value", "breakpoints", "degree"),
    [("relu", 1, 1), ("ReLU", 1, 1), ("leaky_relu", 1, 1), ("hard_tanh", 2, 1), ("identity", 0, 1), ("threshold", 1, 0),
     ({"pieces": 3, "degree": 2}, 2, 2)],
)  # fmt: skip
def test_activations(value, breakpoints, degree):
    assert (activation(value).breakpoints, activation(value).degree) == (breakpoints, degree)


def test_the_values_of_activations():
    assert [activation("hard_tanh")(x) for x in (-3, -1, 0, 1, 7)] == [-1, -1, 0, 1, 1]
    assert [activation("threshold")(x) for x in (-3, 0, 7)] == [0, 0, 1]
    assert activation("leaky_relu")(-100) == -1


def test_without_torch_the_message_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(BadInput, match="torch is not installed"):
        Network.from_torch(object())


@pytest.fixture
def nn(monkeypatch):
    """Classes with the attributes of torch.nn that are read; torch itself is optional."""

    class Module:
        def __init__(self, *children, **attributes):
            self.children_list = children
            vars(self).update(attributes)

        def named_children(self):
            return [(str(k), child) for k, child in enumerate(self.children_list)]

    names = [
        "Sequential",
        "Linear",
        "Conv1d",
        "Conv2d",
        "ReLU",
        "Sigmoid",
        "LeakyReLU",
        "Flatten",
        "MaxPool2d",
    ]
    made = types.SimpleNamespace(**{name: type(name, (Module,), {}) for name in names})
    torch = types.ModuleType("torch")
    torch.nn = made
    monkeypatch.setitem(sys.modules, "torch", torch)
    return made


def test_a_sequential_is_read(nn):
    conv = nn.Conv2d(
        in_channels=1, out_channels=2, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1), dilation=(1, 1), groups=1,
        padding_mode="zeros", bias=None,
    )  # fmt: skip
    module = nn.Sequential(
        conv, nn.ReLU(), nn.Flatten(), nn.Linear(in_features=32, out_features=32, bias=1), nn.ReLU(),
        nn.Linear(in_features=32, out_features=1, bias=1),
    )  # fmt: skip
    network = Network.from_torch(module, {3: SubdiagonalLDR(32, 1)}, input=(4, 4))
    assert network.output == "binary"
    assert network.inputs == 16
    assert network.parameters == 18 + (4 * 32 + 32) + 33
    assert [layer.f.name for layer in network.layers] == ["relu", "relu", "identity"]
    assert Network.from_torch(module, input=(4, 4)).parameters == 18 + 33 * 32 + 33
    with pytest.raises(ShapeMismatch, match="'3' is"):
        Network.from_torch(module, {"3": Toeplitz(31)}, input=(4, 4))
    with pytest.raises(UnknownName, match="unknown layer '9'"):
        Network.from_torch(module, {9: Toeplitz(31)}, input=(4, 4))
    with pytest.raises(BadInput, match="sides of its input"):
        Network.from_torch(module)


def test_what_torch_has_and_we_have_not_is_named(nn):
    with pytest.raises(BadInput, match="MaxPool2d at '0'"):
        Network.from_torch(nn.Sequential(nn.MaxPool2d()))
    with pytest.raises(BadInput, match=r"wanted a torch\.nn\.Sequential"):
        Network.from_torch(nn.Linear(in_features=1, out_features=1, bias=1))
    with pytest.raises(BadInput, match="follows no Linear"):
        Network.from_torch(nn.Sequential(nn.ReLU()))
    slope = nn.Sequential(
        nn.Linear(in_features=2, out_features=2, bias=1), nn.LeakyReLU(negative_slope=0.2),
        nn.Linear(in_features=2, out_features=1, bias=1),
    )  # fmt: skip
    assert not Network.from_torch(slope).layers[0].f.known


def test_networks_refuse_what_is_none():
    for make in (
        lambda: Network(2, ()),
        lambda: Network(2, (Linear(Dense(1, 2)),), "scalar"),
        lambda: Network(0, (Linear(Dense(1, 2)),)),
        lambda: Linear(5),
        lambda: Linear(Dense(1, 2), positions=0),
        lambda: Linear(Dense(1, 2), share=3),
        lambda: activation(None),
    ):
        with pytest.raises(LdrTheoryError):
            make()


def test_a_real_torch_network_is_read():
    """The parameters are counted by torch itself."""
    torch = pytest.importorskip("torch", reason="torch is optional; `pip install torch` runs this too")
    module = torch.nn.Sequential(
        torch.nn.Conv2d(3, 8, 3, padding=1), torch.nn.ReLU(), torch.nn.Flatten(),
        torch.nn.Linear(512, 16), torch.nn.ReLU(), torch.nn.Linear(16, 16), torch.nn.Tanh(), torch.nn.Linear(16, 1),
    )  # fmt: skip
    network = Network.from_torch(module, input=(8, 8))
    assert network.parameters == sum(p.numel() for p in module.parameters())
    assert (network.inputs, network.output) == (192, "binary")
    planned = Network.from_torch(module, {5: "ToeplitzLike(16, rank=2)"}, input=(8, 8))
    assert network.parameters - planned.parameters == 16 * 16 - 2 * 2 * 16
    with pytest.raises(ShapeMismatch, match="the layer '5' is"):
        Network.from_torch(module, {5: "Toeplitz(15)"}, input=(8, 8))


@dataclass(frozen=True)
class Tiled(Layer):
    """One matrix on four tiles: a new layer states its fields and its places."""

    matrix: Family
    places = 4


def test_a_new_layer_states_only_what_differs():
    new = Tiled(Toeplitz(3), activation="relu", repeat=2)
    known = Linear(Toeplitz(3), positions=4, activation="relu", repeat=2)
    for name in ("inputs", "outputs", "shape", "biases", "bias_additions"):
        assert getattr(new, name) == getattr(known, name)
    # 3 rows on each of 4 tiles; a bias for each row, added on every tile in both of the repetitions
    assert (new.inputs, new.biases, new.bias_additions) == (12, 3, 24)
    assert new.weights() == known.weights()
    assert list(new.stages("x")) == list(known.stages("x"))
    assert new.dense().matrix == Dense(3, 3)
