"""Make the sizes for screens of photos that were taken in before there were any, and show them to readers."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Exists, OuterRef

from articles.models import Photo, PublishedPhoto
from articles.photos.screens import make_missing
from articles.pictures.imaging import ImageRefused
from articles.publishing import show_sizes

# Photos whose stories change together, which is one change to the caches.
BATCH = 100


class Command(BaseCommand):
    help = "Make the sizes for screens of every photo that has none, those that readers see first. Can be repeated."

    def handle(self, *_args: Any, **_options: Any) -> None:
        problems = []
        public = PublishedPhoto.objects.filter(photo_number=OuterRef("pk"))
        missing = Photo.objects.filter(screen_renditions=None).order_by(Exists(public).desc(), "-pk")
        made = 0
        for photo in missing.iterator(chunk_size=100):
            try:
                made += make_missing(photo)
            except (ImageRefused, OSError) as error:
                problems.append(f"photo {photo.pk}: {error}")
        shown = PublishedPhoto.objects.filter(sources={}).values_list("photo_number", flat=True)
        numbers = sorted(set(shown))
        stories = sum(show_sizes(numbers[start : start + BATCH]) for start in range(0, len(numbers), BATCH))
        self.stdout.write(f"{made} photos, {stories} published stories")
        if problems:
            raise CommandError("\n".join(problems))
