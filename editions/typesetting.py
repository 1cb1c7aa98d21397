"""Pages of the desk, set: their layouts, pictures and PDFs. Knows the rows; the engine knows none."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from django.core.cache import caches
from django.utils.translation import gettext as _

from articles.models import Article, Photo
from articles.text.body import blocks
from editions.models import Edition, Page, PageTemplate
from editions.snapshot import describe_edition, describe_page
from editions.typeset.engine import WORKERS, engine
from editions.typeset.engine import TypesettingFailed as TypesettingFailed
from editions.typeset.flow import INDENT

Description = dict[str, Any]
Layout = dict[str, Any]
Files = Mapping[str, str]
T = TypeVar("T")


def layout_of(page: Page) -> Layout:
    """The page as it stands, composed. Raises TypesettingFailed."""
    return layouts_of_descriptions([describe_page(page)])[0]


def layouts_of(edition: Edition) -> list[tuple[Page, Description, Layout]]:
    """Every page of the edition in order, with its description and its layout. Raises TypesettingFailed."""
    described = describe_edition(edition)
    layouts = layouts_of_descriptions([description for _page, description in described])
    return [(page, description, layout) for (page, description), layout in zip(described, layouts, strict=True)]


def layouts_of_descriptions(descriptions: Sequence[Description]) -> list[Layout]:
    """The layouts of these descriptions; what was composed already is remembered. Raises TypesettingFailed."""
    keys = [_key(description) for description in descriptions]
    known: dict[str, Layout] = caches["layouts"].get_many(keys)
    wanted = {key: d for key, d in zip(keys, descriptions, strict=True) if key not in known}
    if wanted:
        header, _pieces = engine().do({"do": "compose", "descriptions": list(wanted.values())})
        made = dict(zip(wanted, header["layouts"], strict=True))
        caches["layouts"].set_many(made)
        known |= made
    return [known[key] for key in keys]


def _key(description: Description) -> str:
    canonical = json.dumps(description, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def lines_of_stories(articles: Iterable[Article], template: PageTemplate) -> dict[int, int]:
    """How many lines the body of each story takes in one column of the template, by its number."""
    texts = {
        article.pk: [block.text for block in blocks(article.body) if block.kind != "figcaption"] for article in articles
    }
    keys = {pk: _key({"rows": text, "width": template.characters}) for pk, text in texts.items()}
    known = caches["lines"].get_many(keys.values())
    wanted = [pk for pk in texts if keys[pk] not in known]
    if wanted:
        job = {"do": "rows", "texts": [texts[pk] for pk in wanted], "width": template.characters, "indent": INDENT}
        header, _pieces = engine().do(job)
        made = {keys[pk]: rows for pk, rows in zip(wanted, header["rows"], strict=True)}
        caches["lines"].set_many(made)
        known |= made
    return {pk: known[key] for pk, key in keys.items()}


def lines_of_text(body: str, characters: int) -> int:
    """How many lines a clean body takes in a column of so many characters, captions left out.

    Raises TypesettingFailed.
    """
    text = [block.text for block in blocks(body) if block.kind != "figcaption"]
    header, _pieces = engine().do({"do": "rows", "texts": [text], "width": characters, "indent": INDENT})
    lines: int = header["rows"][0]
    return lines


def needs_of_stories(description: Description, styles: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What the stories named in `styles` need on the page at every width: see `typeset.needs`.

    Raises TypesettingFailed.
    """
    header, _pieces = engine().do({"do": "needs", "description": description, "styles": styles})
    needs: dict[str, Any] = header["needs"]
    return needs


def picture_of(layout: Layout, *, width: int, format: str = "png", files: Files | None = None) -> bytes:
    """The page as a picture, `width` pixels wide; `format` png or webp. Raises TypesettingFailed."""
    return pictures_of(layout, width=width, formats=[format], files=files)[0]


def pictures_of(layout: Layout, *, width: int, formats: Sequence[str], files: Files | None = None) -> list[bytes]:
    """The same picture in several formats, drawn once. Raises TypesettingFailed."""
    found = photo_files([layout]) if files is None else files
    job = {"do": "picture", "layout": layout, "width": width, "formats": list(formats), "files": found}
    _header, pieces = engine().do(job)
    return pieces


def reader_pdf(layouts: Sequence[Layout], *, files: Files | None = None) -> bytes:
    """The pages for readers and the archive: RGB, tagged, PDF/A, bookmarks for stories, links for turns.

    Raises TypesettingFailed.
    """
    return _pdf(layouts, files, press=False)


def press_pdf(layouts: Sequence[Layout], *, files: Files | None = None) -> bytes:
    """The pages for the press: CMYK, black text on black alone, bleed, crop marks. Raises TypesettingFailed."""
    return _pdf(layouts, files, press=True)


def _pdf(layouts: Sequence[Layout], files: Files | None, *, press: bool) -> bytes:
    found = photo_files(layouts) if files is None else files
    job = {"do": "pdf", "layouts": list(layouts), "press": press, "files": found}
    _header, pieces = engine().do(job)
    return pieces[0]


def photo_files(layouts: Iterable[Mapping[str, Any]]) -> Files:
    """Where the originals of all pictures on these pages lie, by fingerprint: one query.

    Asked beforehand and handed on as `files`, so that pages can be drawn in threads that touch no database.
    """
    prints = {picture["fingerprint"] for picture in _pictures_on(layouts)}
    return {photo.fingerprint: photo.original.path for photo in Photo.objects.filter(fingerprint__in=prints)}


def all_photo_files(layouts: Sequence[Mapping[str, Any]]) -> Files:
    """As `photo_files`, for pages on which no grey field may stand for a picture. Raises TypesettingFailed where the
    original of one is not there.
    """
    files = photo_files(layouts)
    absent = {
        picture["photo"]
        for picture in _pictures_on(layouts)
        if picture["fingerprint"] not in files or not Path(files[picture["fingerprint"]]).is_file()
    }
    if absent:
        numbers = ", ".join(map(str, sorted(absent)))
        raise TypesettingFailed(
            _("The originals of these photos are not in the store: %(numbers)s.") % {"numbers": numbers}
        )
    return files


def _pictures_on(layouts: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    stories = [story for layout in layouts for story in layout["stories"]]
    return [element for story in stories for element in story["elements"] if element["kind"] == "picture"]


def side_by_side(jobs: Iterable[Callable[[], T]]) -> list[T]:
    """Run these calls on all workers at once; their results in order. None of them may touch the database."""
    with ThreadPoolExecutor(WORKERS) as pool:
        return [future.result() for future in [pool.submit(job) for job in jobs]]
