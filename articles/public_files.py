"""The public store: the renditions of published photos, under names that nobody can guess."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.core.files.storage import storages
from django.db import transaction
from django.utils.crypto import salted_hmac

from articles.models import Photo, PublishedPhoto
from articles.models.photo import RenditionName


class PublicFiles(NamedTuple):
    """The addresses of a photo's public renditions; width and height in pixels are the preview's."""

    thumbnail: str
    preview: str
    large: str
    width: int
    height: int


def publish(photos: Iterable[Photo]) -> dict[int, PublicFiles]:
    """Copy the renditions of `photos` into the public store, where they are not there yet; by photo id.

    Holds the photos' locks to the end of the transaction, so that `remove_unused` waits and then sees that
    they are shown. The name is a keyed hash of the file: should the transaction that publishes be rolled
    back, what stays behind has an address that stands nowhere and cannot be found.
    """
    locked = Photo.objects.select_for_update().filter(pk__in=[photo.pk for photo in photos])
    return {photo.pk: _copy(photo) for photo in locked.order_by("pk").prefetch_related("renditions")}


def _copy(photo: Photo) -> PublicFiles:
    renditions = {rendition.name: rendition for rendition in photo.renditions.all()}
    store = storages["public"]
    for name, rendition in renditions.items():
        if not store.exists(_name(photo, name)):
            with rendition.file.open("rb") as file:
                store.save(_name(photo, name), file)
    preview = renditions[RenditionName.PREVIEW]
    urls = {name: store.url(_name(photo, name)) for name in RenditionName.values}
    return PublicFiles(**urls, width=preview.width, height=preview.height)


def remove_unused(photo_numbers: Iterable[int]) -> None:
    """Delete the public files of those photos that no published story shows any more."""
    with transaction.atomic():
        for photo in Photo.objects.select_for_update().filter(pk__in=list(photo_numbers)).order_by("pk"):
            if not PublishedPhoto.objects.filter(photo_number=photo.pk).exists():
                for name in RenditionName.values:
                    storages["public"].delete(_name(photo, name))


def _name(photo: Photo, rendition: str) -> str:
    token = salted_hmac("newsroom.public_files", photo.fingerprint).hexdigest()
    return f"photos/{token[:2]}/{token[:32]}-{rendition}.webp"
