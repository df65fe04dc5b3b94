"""Sentences as data: claims, certificates, levels. Nothing here knows whether a claim is true.

numbers     encode_number, decode_number: exact numbers in certificates
level       Level, an ordered scale of what an answer rests on
statements  builders of the claims of docs/certificate-format.md
certificate Certificate: claims with evidence, written and read as JSON
"""

from ldrtheory.claims.certificate import FORMAT, Certificate, sentences_of
from ldrtheory.claims.level import Level, weakest
from ldrtheory.claims.numbers import decode_number, encode_matrix, encode_number
from ldrtheory.claims.statements import (
    class_distance,
    displacement_rank,
    matrices_differ,
    matrices_equal,
    operator_invertible,
    operator_singular,
    product_equals,
    residual_distance,
    sentence,
    statement,
    subject_by_file,
    subject_by_value,
)

__all__ = [
    "FORMAT",
    "Certificate",
    "Level",
    "class_distance",
    "decode_number",
    "displacement_rank",
    "encode_matrix",
    "encode_number",
    "matrices_differ",
    "matrices_equal",
    "operator_invertible",
    "operator_singular",
    "product_equals",
    "residual_distance",
    "sentence",
    "sentences_of",
    "statement",
    "subject_by_file",
    "subject_by_value",
    "weakest",
]
