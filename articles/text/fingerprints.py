"""How alike two texts are, and a short fingerprint by which texts that may be alike are found. Pure.

A text is the set of its runs of five letters (shingles); likeness is what two sets have in common. The fingerprint
is a one-permutation MinHash: shingles fall into 32 bins by their hash, and each bin keeps its smallest. Two texts
agree in a bin with the probability of their Jaccard likeness. Source: Li, Owen, Zhang, "One Permutation Hashing"
(2012); no bin is filled from another, for a short text may well have few keys.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from zlib import crc32

SHINGLE = 5
BINS = 32
# Marks and spaces are what a second editor changes first.
_NO_LETTER = re.compile(r"[\W_]+")
_BYTES = 4  # a code point in UTF-32


class Likeness(NamedTuple):
    """`jaccard`: of all shingles of both, how many they share. `contained`: of the shorter text's, how many."""

    jaccard: float
    contained: float


def shingles(text: str) -> frozenset[int]:
    """The hashes of every run of five letters or digits in `text`; none of a text shorter than that."""
    data = _NO_LETTER.sub("", text).encode("utf-32-le", "surrogatepass")
    last = len(data) - SHINGLE * _BYTES
    return frozenset([crc32(data[at : at + SHINGLE * _BYTES]) for at in range(0, last + 1, _BYTES)])


def fingerprint(hashes: frozenset[int]) -> frozenset[int]:
    """At most 32 keys, each the smallest hash of its bin with the bin's number in its last digits."""
    smallest: dict[int, int] = {}
    for value in hashes:
        number = value % BINS
        if value < smallest.get(number, 1 << 32):
            smallest[number] = value
    return frozenset(smallest.values())


def likeness(one: frozenset[int], other: frozenset[int]) -> Likeness:
    """How alike two texts are by their shingles; nothing is alike to an empty text."""
    common = len(one & other)
    if not common:
        return Likeness(0.0, 0.0)
    return Likeness(common / (len(one) + len(other) - common), common / min(len(one), len(other)))
