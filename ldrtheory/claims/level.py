"""What an answer rests on, as an ordered scale.

Level       cited < observed < probable < enclosed < verified < proved; refuted is a verdict of its own
weakest     the level of an answer that rests on several
"""

from __future__ import annotations

from enum import Enum


class Level(Enum):
    """The unit of trust that every verdict carries; docs/levels.md says what each means.

    >>> weakest(Level.VERIFIED, Level.CITED)
    <Level.CITED: 'cited'>
    """

    REFUTED = "refuted"
    CITED = "cited"
    OBSERVED = "observed"
    PROBABLE = "probable"
    ENCLOSED = "enclosed"
    VERIFIED = "verified"
    PROVED = "proved"

    def __str__(self) -> str:
        return self.value


_ORDER = [Level.CITED, Level.OBSERVED, Level.PROBABLE, Level.ENCLOSED, Level.VERIFIED, Level.PROVED]


def weakest(*levels: Level) -> Level:
    """Return the least of the levels; REFUTED is not on the scale and wins over all.

    >>> weakest(Level.PROVED)
    <Level.PROVED: 'proved'>
    """
    return Level.REFUTED if Level.REFUTED in levels else min(levels, key=_ORDER.index)
