"""Fills the site with stories, one a line in JSON, from standard input; where it has been filled, it stays as it is."""

from __future__ import annotations

import io
import json
import sys

import django

django.setup()

from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.files.images import ImageFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from PIL import Image as Picture  # noqa: E402
from wagtail.images.models import Image, Rendition  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402

from wagtail_site.models import Author, HomePage, SectionPage, StoryPage  # noqa: E402

SIZES = ("width-960", "fill-360x240")


def main() -> None:
    call_command("migrate", verbosity=0)
    if StoryPage.objects.exists():
        return
    with transaction.atomic():
        _load([json.loads(line) for line in sys.stdin])
        call_command("wagtail_update_index", verbosity=0)
        if any(Page.find_problems()):
            sys.exit("the tree of pages is broken")


def _load(told: list[dict]) -> None:
    home = _home()
    authors = {name: Author.objects.create(name=name) for name in sorted({one["author"] for one in told})}
    photos = iter(_photos(sum(one["photo"] for one in told)))
    for _order, slug, title in sorted({tuple(one["section"]) for one in told}):
        section = home.add_child(instance=SectionPage(slug=slug, title=title, show_in_menus=True))
        stories = [
            StoryPage(
                slug=str(one["number"]),
                title=one["headline"],
                subhead=one["subhead"],
                intro=one["summary"],
                body=one["body"],
                date=one["published_at"],
                author=authors[one["author"]],
                photo=next(photos) if one["photo"] else None,
                caption=one["subhead"],
            )
            for one in told
            if slug in one["section"]
        ]
        _add_children(section, stories)


def _home() -> HomePage:
    """In place of the page that welcomes to Wagtail, with which its site goes."""
    Page.objects.filter(depth=2).first().delete()
    home = Page.get_first_root_node().add_child(instance=HomePage(slug="home", title="测速日报"))
    Site.objects.create(hostname="127.0.0.1", root_page=home, is_default_site=True)
    return home


def _add_children(section: SectionPage, stories: list[StoryPage]) -> None:
    """As `add_child` would, in bulk."""
    kind = ContentType.objects.get_for_model(StoryPage)
    pages = Page.objects.bulk_create(
        Page(
            path=Page._get_path(section.path, section.depth + 1, place),
            depth=section.depth + 1,
            url_path=f"{section.url_path}{story.slug}/",
            slug=story.slug,
            title=story.title,
            draft_title=story.title,
            locale=section.locale,
            content_type=kind,
            first_published_at=story.date,
            last_published_at=story.date,
            latest_revision_created_at=story.date,
        )
        for place, story in enumerate(stories, start=1)
    )
    for page, story in zip(pages, stories, strict=True):
        story.page_ptr = page
        # The row of its own table alone, as fixtures are loaded.
        story.save_base(raw=True, force_insert=True)
    Page.objects.filter(pk=section.pk).update(numchild=len(stories))


def _photos(count: int) -> list[Image]:
    """Photos that share a file, with the sizes in which pages show them."""
    file = io.BytesIO()
    Picture.linear_gradient("L").resize((1920, 1280)).save(file, "JPEG")
    first = Image.objects.create(title="老桥", file=ImageFile(file, name="bridge.jpg"))
    sizes = [first.get_rendition(size) for size in SIZES]
    of_first = ("title", "file", "width", "height", "collection_id", "file_size", "file_hash")
    others = [Image(**{name: getattr(first, name) for name in of_first}) for _place in range(count - 1)]
    Image.objects.bulk_create(others)
    Rendition.objects.bulk_create(
        Rendition(image=photo, filter_spec=size.filter_spec, file=size.file, width=size.width, height=size.height)
        for photo in others
        for size in sizes
    )
    return [first, *others]


if __name__ == "__main__":
    main()
