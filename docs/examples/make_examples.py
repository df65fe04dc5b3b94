"""Make the example matrices of this folder from real data; run `python docs/examples/make_examples.py`.

Raw data: sunspots.csv and co2.csv are copied from the statsmodels package if it is installed, and used as they lie
here otherwise; the digits come from scikit-learn, and without it the network is left as it is.  Everything but the
training is exact integer and rational arithmetic of the standard library, so the files come out the same everywhere;
the training is seeded, but its last bits depend on the machine's BLAS.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import shutil
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
LAGS = 64  # size of the autocovariance matrix
WINDOW = 48  # size of the matrix of lagged products
WEEKS = 48  # rows and columns of the Loewner matrix


def copy_raw_data() -> None:
    """Copy the two raw series from statsmodels, if it is installed (it is not imported)."""
    found = importlib.util.find_spec("statsmodels")
    for name in ("sunspots", "co2"):
        for place in (found.submodule_search_locations or []) if found else []:
            shutil.copyfile(Path(place) / "datasets" / name / f"{name}.csv", HERE / f"{name}.csv")


def column(name: str) -> list[list[str]]:
    """Return the data rows of a raw file, without its header line."""
    with open(HERE / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def sunspots() -> None:
    """Write the autocovariances of the yearly sunspot numbers, scaled to integers, and the lagged products.

    x_t has N = 309 values with at most one decimal; y_t = N (10 x_t) - sum(10 x) is an integer, and
    c_k = sum_t y_t y_(t+k) is 100 N^3 times the usual (biased) autocovariance at lag k.
    """
    tenths = [Fraction(value) * 10 for _, value in column("sunspots")]
    if any(x.denominator != 1 for x in tenths):
        sys.exit("sunspots.csv: a value with more than one decimal")
    N, total = len(tenths), sum(tenths)
    y = [int(N * x - total) for x in tenths]
    c = [sum(y[t] * y[t + k] for t in range(N - k)) for k in range(LAGS)]
    exact = np.array([[c[abs(i - j)] for j in range(LAGS)] for i in range(LAGS)], dtype=np.int64)
    np.save(HERE / "sunspots-autocovariance.npy", exact)
    # the float version: each covariance as the nearest float64 to the true rational number
    rounded = [float(Fraction(value, 100 * N**3)) for value in c]
    floats = np.array([[rounded[abs(i - j)] for j in range(LAGS)] for i in range(LAGS)])
    np.save(HERE / "sunspots-autocovariance-float64.npy", floats)
    z = [int(x) for x in tenths]
    windows = range(N - WINDOW + 1)
    products = [[sum(z[t + i] * z[t + j] for t in windows) for j in range(WINDOW)] for i in range(WINDOW)]
    lines = (",".join(map(str, row)) for row in products)
    (HERE / "sunspots-lagged-products.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def carbon_dioxide() -> None:
    """Write the Loewner matrix of the weekly CO2 concentrations at Mauna Loa, exactly and in float64.

    f(t) ppm was measured in week t (counted from the first sample).  Of the first 2 * 48 measured weeks,
    every second is a row node s_i, the others are column nodes t_j:
    L[i, j] = (f(s_i) - f(t_j)) / (s_i - t_j), the mean growth in ppm per week between the two weeks.
    """
    rows = [(day, Fraction(value)) for day, value in column("co2") if value]
    days = [date(int(day[:4]), int(day[4:6]), int(day[6:])) for day, _ in rows]
    weeks = [(day - days[0]).days // 7 for day in days][: 2 * WEEKS]
    f = [value for _, value in rows][: 2 * WEEKS]
    s, t = list(zip(weeks, f))[::2], list(zip(weeks, f))[1::2]
    exact = [[(a - b) / (x - y) for y, b in t] for x, a in s]
    texts = ",\n".join(json.dumps([str(value) for value in row]) for row in exact)
    (HERE / "co2-loewner.json").write_text(f"[{texts}]\n", encoding="utf-8")
    np.save(HERE / "co2-loewner-float64.npy", np.array([[float(value) for value in row] for row in exact]))
    for name, nodes in (("rows", s), ("columns", t)):
        (HERE / f"co2-{name}.json").write_text(
            json.dumps([week for week, _ in nodes]) + "\n", encoding="utf-8"
        )


def digits() -> None:
    """Train a 64-32-10 network on scikit-learn's digits and write its weights as float32.

    Pixels are divided by 16.  Odd-numbered images are held out; the accuracy on them is printed.
    """
    if importlib.util.find_spec("sklearn") is None:
        return
    from safetensors.numpy import save_file
    from sklearn.datasets import load_digits
    from sklearn.neural_network import MLPClassifier

    data = load_digits()
    images, labels = data.data / 16, data.target
    network = MLPClassifier(hidden_layer_sizes=(32,), random_state=0, max_iter=1000)
    network.fit(images[::2], labels[::2])
    print(f"held-out accuracy {network.score(images[1::2], labels[1::2]):.3f} after {network.n_iter_} epochs")
    (hidden, output), (hidden_bias, output_bias) = network.coefs_, network.intercepts_
    tensors = {
        "hidden.weight": hidden,
        "hidden.bias": hidden_bias,
        "output.weight": output,
        "output.bias": output_bias,
    }
    path = HERE / "digits-mlp.safetensors"
    save_file({name: np.ascontiguousarray(value, np.float32) for name, value in tensors.items()}, path)
    path.chmod(0o644)
    np.save(HERE / "digits-hidden.npy", hidden.astype(np.float32))


if __name__ == "__main__":
    copy_raw_data()
    sunspots()
    carbon_dioxide()
    digits()
