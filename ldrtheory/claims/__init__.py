"""Sentences as data: claims, certificates, levels. Nothing here knows whether a claim is true.

numbers     encode_number, decode_number: exact numbers in certificates
level       Level, an ordered scale of what an answer rests on
subjects    builders of the subjects of docs/certificate-format.md: what a claim calls a matrix
statements  builders of its claims
certificate Certificate: claims with evidence, written and read as JSON
"""

from ldrtheory.claims.certificate import FORMAT, Certificate, sentences_of
from ldrtheory.claims.level import Level, weakest
from ldrtheory.claims.numbers import decode_number, encode_matrix, encode_number
from ldrtheory.claims.statements import (
    butterfly_membership,
    class_distance,
    displacement_rank,
    generic_dimension,
    matrices_differ,
    matrices_equal,
    operator_invertible,
    operator_singular,
    product_equals,
    residual_distance,
    sentence,
    shatters,
    statement,
    vc_upper,
)
from ldrtheory.claims.subjects import (
    content_by_file,
    subject_by_circuit,
    subject_by_file,
    subject_by_kaleidoscope,
    subject_by_nonzeros,
    subject_by_permutation,
    subject_by_product,
    subject_by_value,
)

__all__ = [
    "FORMAT",
    "Certificate",
    "Level",
    "butterfly_membership",
    "class_distance",
    "content_by_file",
    "decode_number",
    "displacement_rank",
    "encode_matrix",
    "encode_number",
    "generic_dimension",
    "matrices_differ",
    "matrices_equal",
    "operator_invertible",
    "operator_singular",
    "product_equals",
    "residual_distance",
    "sentence",
    "sentences_of",
    "shatters",
    "statement",
    "subject_by_circuit",
    "subject_by_file",
    "subject_by_kaleidoscope",
    "subject_by_nonzeros",
    "subject_by_permutation",
    "subject_by_product",
    "subject_by_value",
    "vc_upper",
    "weakest",
]
