"""Builders of the subjects of docs/certificate-format.md: what a claim calls a matrix, as plain JSON data.

subject_by_file             a stored matrix
subject_by_value            all entries
subject_by_nonzeros         the entries that are not zero
subject_by_permutation      the permutation p with out[p[i]] = in[i]
subject_by_kaleidoscope     a product of butterfly factors
subject_by_circuit          a linear circuit
subject_by_product          a product of subjects
content_by_file             what stands in a file, in place of a kaleidoscope, circuit or permutation
subject_words               a subject in words
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ldrtheory.claims.numbers import encode_matrix, encode_number

Json = dict[str, Any]


def subject_by_file(name: str, sha256: str, shape: tuple[int, int], tensor: str | None = None) -> Json:
    """Return the subject stored in the file `name` with the given hash."""
    subject: Json = {"file": name, "sha256": sha256, "shape": list(shape)}
    return subject if tensor is None else {**subject, "tensor": tensor}


def subject_by_value(M: Any) -> Json:
    """Return the subject given entry by entry."""
    return {"entries": encode_matrix(M)}


def subject_by_nonzeros(shape: tuple[int, int], nonzeros: Iterable[tuple[int, int, Any]]) -> Json:
    """Return the subject with the given (row, column, entry), at distinct places, and zeros elsewhere.

    >>> subject_by_nonzeros((2, 3), [(1, 2, 5)])
    {'shape': [2, 3], 'nonzeros': [[1, 2, 5]]}
    """
    return {"shape": list(shape), "nonzeros": [[int(i), int(j), encode_number(x)] for i, j, x in nonzeros]}


def subject_by_permutation(p: Iterable[Any] | Json) -> Json:
    """Return the permutation matrix with ones at (p[i], i); p may be a `content_by_file`."""
    return {"permutation": p if isinstance(p, dict) else [int(x) for x in p]}


def subject_by_kaleidoscope(data: Json) -> Json:
    """Return the subject given by the data of a kaleidoscope product, or by a `content_by_file`."""
    return {"kaleidoscope": data}


def subject_by_circuit(data: Json) -> Json:
    """Return the matrix of the linear circuit {"inputs", "gates", "outputs"}, or of one in a `content_by_file`."""
    return {"circuit": data}


def subject_by_product(subjects: Sequence[Json]) -> Json:
    """Return the product of subjects, the last applied first; products among them are written out.

    >>> P = subject_by_permutation([1, 0])
    >>> subject_words(subject_by_product([P, subject_by_product([P, P])]))
    'the product of 3 factors'
    """
    return {"product": [factor for subject in subjects for factor in subject.get("product", [subject])]}


def content_by_file(name: str, sha256: str) -> Json:
    """Return what stands for the JSON content of the file `name` with the given hash."""
    return {"file": name, "sha256": sha256}


def _kaleidoscope(K: Json) -> str:
    kind = K["kind"] if K["width"] == 1 else f"({K['kind']})^{K['width']}"
    return f"the {K['m']} x {K['n']} corner of the given kaleidoscope in {kind} of size {K['size']}"


def _circuit(C: Json) -> str:
    size = f"{C['inputs']} inputs, {len(C['gates'])} gates and {len(C['outputs'])} outputs"
    return f"the matrix of the given circuit with {size}"


_FORMS: dict[str, Callable[[Any], str]] = {  # the key that tells the form, and its value in words
    "entries": lambda rows: f"the given {len(rows)} x {len(rows[0])} matrix",
    "kaleidoscope": _kaleidoscope,
    "circuit": _circuit,
    "permutation": lambda p: f"the permutation matrix of size {len(p)}",
    "product": lambda factors: f"the product of {len(factors)} factors",
}


def subject_words(subject: Json) -> str:
    """Return a subject in words.

    >>> subject_words(subject_by_circuit({"inputs": 1, "gates": [[1, 0, 1, 0]], "outputs": [1]}))
    'the matrix of the given circuit with 1 inputs, 1 gates and 1 outputs'
    >>> subject_words(subject_by_kaleidoscope(content_by_file("K.json", 64 * "0")))
    'the kaleidoscope of K.json'
    """
    if "file" in subject:
        return str(subject["file"]) + (f":{subject['tensor']}" if "tensor" in subject else "")
    if "nonzeros" in subject:
        m, n = subject["shape"]
        return f"the given {m} x {n} matrix with {len(subject['nonzeros'])} entries"
    form = next(form for form in _FORMS if form in subject)
    content = subject[form]
    if isinstance(content, dict) and "file" in content:
        return f"the {form} of {content['file']}"
    return _FORMS[form](content)
