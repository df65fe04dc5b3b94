"""The map by which a family multiplies directly: registered for the family, or its entries.

direct_map      the map of a family with float parameters
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ldrtheory.families import Family
from ldrtheory.reference.enclosures import enclosed_entries
from ldrtheory.reference.maps import DenseMap, LinearMap, turned

Parameters = Mapping[str, np.ndarray]
_DIRECT: dict[type[Family], Callable[[Any, Parameters], LinearMap]] = {}


def direct_map(family: Family, parameters: Parameters) -> LinearMap:
    """Return the map of the member; a family without one of its own is multiplied by its entries."""
    if maker := _DIRECT.get(type(family)):
        return maker(family, parameters)
    return DenseMap(turned(enclosed_entries(family, parameters)))
