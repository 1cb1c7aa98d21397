"""The public store: renditions of published photos and printed pages, under names that nobody can guess."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction
from django.utils.crypto import salted_hmac

from articles.models import Photo, PublicFrame, PublishedPhoto
from articles.models.photo import RenditionName

_ALSO_ASKED: list[Callable[[Collection[str]], set[str]]] = []


class PublicFiles(NamedTuple):
    """The addresses of a photo's public renditions; width and height in pixels are the preview's.

    `sources` as in `PublishedPhoto`: what browsers choose from, by format and width.
    """

    thumbnail: str
    preview: str
    large: str
    width: int
    height: int
    sources: dict[str, list[tuple[int, str]]]


def lock(photo_ids: Iterable[int]) -> list[Photo]:
    """The photos under their locks, always in the order of their numbers, to the end of the transaction.

    So `remove_unused` waits for a publication and then sees what it shows. The lock lets others refer to the
    photo meanwhile: a story that takes it into its text does not wait for a whole edition.
    """
    locked = Photo.objects.select_for_update(no_key=True).filter(pk__in=set(photo_ids))
    return list(locked.order_by("pk").prefetch_related("renditions", "screen_renditions"))


def publish(photo_ids: Iterable[int]) -> dict[int, PublicFiles]:
    """Copy the renditions of these photos into the public store, where they are not there yet; by photo id.

    The name is a keyed hash: should the transaction that publishes be rolled back, what stays behind has an
    address that stands nowhere and cannot be found.
    """
    return {photo.pk: _copy(photo) for photo in lock(photo_ids)}


def publish_file(file: File[bytes], folder: str, ending: str) -> str:
    """Copy a file, whole, into a folder of the public store, where it is not there yet; its address.

    The name is a keyed hash of what is in it: the same file has one address, and nobody can guess it.
    """
    with file.open("rb") as opened:
        content = hashlib.file_digest(opened, "sha256").hexdigest()
    token = salted_hmac("newsroom.public_files.printed", content).hexdigest()
    name = f"{folder}/{token[:2]}/{token[:32]}.{ending}"
    _copy_whole(file, name)
    return storages["public"].url(name)


def addresses_in(photos: Iterable[PublishedPhoto]) -> set[str]:
    """The addresses of all files that these rows show."""
    return {address for photo in photos for address in _addresses_of(photo)}


def ask_also(asker: Callable[[Collection[str]], set[str]]) -> None:
    """Let `asker` say which of some addresses something else than a story shows. Pages are not known here."""
    _ALSO_ASKED.append(asker)


def remove_unused(photo_numbers: Iterable[int], addresses: Iterable[str]) -> None:
    """Delete the public files at these addresses, of these photos or of printed pages, that readers are not shown any
    more; under the frame, for what was taken away may be coming back.

    Raises OSError where one cannot be deleted, when the others are.
    """
    wanted, failures = set(addresses), []
    with transaction.atomic():
        lock(photo_numbers)
        PublicFrame.lock()
        shown = addresses_in(PublishedPhoto.objects.filter(photo_number__in=photo_numbers))
        shown |= {address for ask in _ALSO_ASKED for address in ask(wanted)}
        for address in sorted(wanted - shown):
            try:
                storages["public"].delete(address.removeprefix(storages["public"].url("")))
            except OSError as error:
                failures.append(error)
    if failures:
        raise failures[0]


def _copy(photo: Photo) -> PublicFiles:
    renditions = {rendition.name: rendition for rendition in photo.renditions.all()}
    for name, rendition in renditions.items():
        _copy_whole(rendition.file, _name(photo, name))
    preview = renditions[RenditionName.PREVIEW]
    urls = {name: storages["public"].url(_name(photo, name)) for name in RenditionName.values}
    sources = _copy_for_screens(photo)
    if sources:
        # The desk's own sizes are two of the WebPs.
        sources["webp"] = sorted(
            {
                *sources.get("webp", []),
                *((renditions[name].width, urls[name]) for name in (RenditionName.PREVIEW, RenditionName.LARGE)),
            }
        )
    return PublicFiles(**urls, width=preview.width, height=preview.height, sources=sources)


def _copy_for_screens(photo: Photo) -> dict[str, list[tuple[int, str]]]:
    sources: dict[str, list[tuple[int, str]]] = {}
    for rendition in photo.screen_renditions.all():
        name = _name(photo, str(rendition.width), rendition.format)
        _copy_whole(rendition.file, name)
        sources.setdefault(rendition.format, []).append((rendition.width, storages["public"].url(name)))
    return sources


def _addresses_of(photo: PublishedPhoto) -> list[str]:
    for_screens = [address for widths in photo.sources.values() for _width, address in widths]
    return [photo.thumbnail, photo.preview, photo.large, *for_screens]


def _copy_whole(original: File[bytes], name: str) -> None:
    """Copy one file under another name first: what lies under its own is whole, whatever breaks off."""
    store = storages["public"]
    if store.exists(name):
        return
    with original.open("rb") as file:
        part = store.save(f"{name}.part", file)
    os.replace(store.path(part), store.path(name))


def _name(photo: Photo, rendition: str, ending: str = "webp") -> str:
    token = salted_hmac("newsroom.public_files", f"{photo.pk}:{photo.fingerprint}").hexdigest()
    return f"photos/{token[:2]}/{token[:32]}-{rendition}.{ending}"
