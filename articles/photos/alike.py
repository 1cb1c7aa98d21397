"""The same picture, found again among the photos of the desk."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Q
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _

from articles.errors import Refusal
from articles.models import Photo
from articles.pictures.likeness import BANDS, MOST_BITS_APART, band_of, bits_apart
from articles.querysets import Band

# How much the proportions of two sizes of one picture may differ, for whole pixels do not divide evenly.
SAME_SHAPE = 0.02
# How many photos that look alike are named, and of how many the shape is compared; what the same file is put at.
MOST_ALIKE, MOST_ALIKE_READ, SAME_FILE = 5, 50, -1


class LooksLike(Refusal):
    """The photo desk has this picture already; `photos` are those it looks like, the likest first."""

    def __init__(self, photos: list[Photo]) -> None:
        self.photos = photos
        super().__init__(_("This looks like photo %(number)s, which is here already.") % {"number": photos[0].pk})


def photos_like(photo: Photo) -> list[Photo]:
    """The photos that are the same picture, the likest first and at most `MOST_ALIKE`: the same file, or one of
    the same shape whose hash is nearly the same.
    """
    others = Photo.objects.exclude(pk=photo.pk)
    apart = dict.fromkeys(others.filter(fingerprint=photo.fingerprint).values_list("pk", flat=True), SAME_FILE)
    if photo.likeness is not None:
        for number, likeness in others.filter(_shares_a_band(photo.likeness)).values_list("pk", "likeness"):
            if (bits := bits_apart(photo.likeness, likeness or 0)) <= MOST_BITS_APART:
                apart.setdefault(number, bits)
    nearest = sorted(apart, key=lambda number: (apart[number], -number))
    found = Photo.objects.in_bulk(nearest[:MOST_ALIKE_READ])
    alike = (found[number] for number in nearest if number in found)
    return [other for other in alike if apart[other.pk] == SAME_FILE or _same_shape(photo, other)][:MOST_ALIKE]


def _shares_a_band(likeness: int) -> Q:
    """Photos whose hashes agree with this one in at least one band: every one that is near is among them."""
    conditions = (Q(Exact(Band("likeness", shift, mask), band_of(likeness, shift, mask))) for shift, mask in BANDS)
    return reduce(or_, conditions)


def _same_shape(photo: Photo, other: Photo) -> bool:
    return abs(photo.width * other.height / photo.height / other.width - 1) <= SAME_SHAPE
