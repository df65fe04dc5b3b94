"""The main job: subject, catalogue, producer, checker.

verify      decide the displacement rank of a matrix exactly, certify it, have it checked
answers     Report, CatalogueReport: what `verify` returns
certificates    written beside the matrix, checked in a process of their own
"""

from ldrtheory.verification.answers import CatalogueReport, Distance, Report, WrittenCertificate
from ldrtheory.verification.decide import verify

__all__ = ["CatalogueReport", "Distance", "Report", "WrittenCertificate", "verify"]
