"""Photos that may not be printed any more, each with the sentence that says so."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone

from articles.models import Photo
from newsroom.dates import day


def expired(photos: QuerySet[Photo]) -> QuerySet[Photo]:
    """Those of `photos` whose rights have expired: what `Photo.rights_ended` says of today, as a query."""
    return photos.filter(rights_expire_on__lt=timezone.localdate())


def said_of_expired(photos: QuerySet[Photo], sentence: str, **said: object) -> Iterator[str]:
    """`sentence` of each of `photos` whose rights have expired: with its name (`photo`), its `number`, the last `day`,
    and whatever else is `said`. One query, without a row where none has.
    """
    today = timezone.localdate()
    for photo in expired(photos).only("caption", "rights_expire_on"):
        if ended := photo.rights_ended(today):
            yield sentence % {"photo": photo, "number": photo.pk, "day": day(ended), **said}
