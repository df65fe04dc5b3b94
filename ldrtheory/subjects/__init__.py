"""Subjects: matrices read from files and Python values without losing a bit.

read_subject         a matrix from a file name or a Python value
read_vector          a vector (nodes, diagonals) likewise
read_tridiagonal     the five parts of a tridiagonal operator from its JSON file
write_exact_subject  a subject written as a file that the checker reads itself
exact_entries        the entries of a numeric array as exact ring elements
Subject              what was read: the array, its field, shape and where it came from
"""

from ldrtheory.subjects.entries import exact_entries
from ldrtheory.subjects.reading import SUFFIXES, read_subject, read_vector
from ldrtheory.subjects.subject import Subject
from ldrtheory.subjects.tridiagonal import Tridiagonal, read_tridiagonal
from ldrtheory.subjects.writing import write_exact_subject

__all__ = [
    "SUFFIXES",
    "Subject",
    "Tridiagonal",
    "exact_entries",
    "read_subject",
    "read_tridiagonal",
    "read_vector",
    "write_exact_subject",
]
