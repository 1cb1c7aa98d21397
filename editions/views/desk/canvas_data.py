"""What the canvas shows of a page, as JSON: composed here, decided elsewhere."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from articles.models import Article, ArticlePhoto
from articles.states import PLACEABLE
from editions import rules
from editions.arranging import arrangement_of
from editions.models import Page, PageStory, PageTemplate
from editions.placeable import pool_for
from editions.presence import present_on
from editions.rules import EditionVerb
from editions.typeset.design import HeadlineStyle
from editions.typeset.sheet import MM
from editions.typesetting import TypesettingFailed, layout_of, lines_of_stories
from newsroom.staff.models import User

# The pool shows what was touched last: a night's copy, not the archive.
SHOWN_POOL = 150


def pages_for_canvas() -> QuerySet[Page]:
    """Pages with all that `canvas_data` shows of what lies on them, in a constant number of queries."""
    stories = PageStory.objects.select_related("article").prefetch_related(
        "article__article_photos__photo", "article__placements__page"
    )
    return Page.objects.select_related("template", "edition").prefetch_related(
        "placements", Prefetch("stories", queryset=stories)
    )


def canvas_data(page: Page, user: User) -> dict[str, Any]:
    """Everything that the canvas shows of one of `pages_for_canvas` to `user`."""
    is_open = page.edition.is_open
    here = [story.article for story in page.stories.all()]
    pool = list(pool_for(page.edition, user).filter(placements__isnull=True)[:SHOWN_POOL])
    typeset = _typeset(page, [*here, *pool])
    lines = typeset.pop("lines")
    return {
        "version": page.layout_version,
        "open": is_open,
        "may_lay_out": is_open and rules.can(user, EditionVerb.LAY_OUT),
        "template": _template(page),
        "arrangement": arrangement_of(page),
        "stories": {str(article.pk): _story(article, page, lines.get(article.pk)) for article in here},
        "pool": [{"article": article.pk, **_story(article, page, lines.get(article.pk))} for article in pool],
        "pages": [_sibling(other) for other in page.edition.pages.all()],
        "present": present_data(page, user),
        **typeset,
    }


def present_data(page: Page, user: User) -> list[dict[str, str]]:
    """Who else has the page open."""
    return [{"name": str(other)} for other in present_on(page.pk, apart_from=user)]


def digest_of(layout: dict[str, Any]) -> str:
    """What changes when anything on the typeset page does: 16 hex digits."""
    return hashlib.sha256(json.dumps(layout, sort_keys=True).encode()).hexdigest()[:16]


def _template(page: Page) -> dict[str, Any]:
    template, masthead = page.template, page.reserved
    return {
        "columns": template.columns,
        "rows": template.rows,
        "characters": template.characters,
        **_millimetres(template),
        "headline_styles": [_headline_style(style) for style in template.typography.headlines.values()],
        "masthead": {"columns": masthead.width, "rows": masthead.height} if masthead else None,
    }


def _millimetres(template: PageTemplate) -> dict[str, float]:
    sheet = template.sheet
    return {
        "width_mm": sheet.width_mm,
        "height_mm": sheet.height_mm,
        "side_mm": sheet.side_mm,
        "top_mm": sheet.top_mm,
        "column_mm": round(sheet.column_width / MM, 3),
        "gutter_mm": round(sheet.gutter / MM, 3),
        "row_mm": round(sheet.leading / MM, 3),
    }


def _headline_style(style: HeadlineStyle) -> dict[str, Any]:
    name = style.name_en if (get_language() or "").startswith("en") else style.name
    return {"key": style.key, "name": name, "label": style.label, "boxed": style.boxed}


def _story(article: Article, page: Page, lines: int | None) -> dict[str, Any]:
    pictures = list(article.article_photos.all())
    others = [placement for placement in article.placements.all() if placement.page_id != page.pk]
    elsewhere = {placement.page_id: placement.page for placement in others}
    gone = {placement.photo_id for placement in others}
    return {
        "title": str(article),
        "kicker": article.kicker,
        "headline": article.headline,
        "subhead": article.subhead,
        "genre": article.genre,
        "genre_name": article.get_genre_display(),
        "characters": article.character_count,
        "lines": lines,
        "state": article.state,
        "signed": article.state in PLACEABLE,
        "url": article.get_absolute_url(),
        "captions": {str(picture.photo_id): picture.caption for picture in pictures},
        "pictures": [_picture(picture, page, picture.photo_id in gone) for picture in pictures],
        "continues": [{"page": other.pk, "label": other.label} for other in elsewhere.values()],
    }


def _picture(picture: ArticlePhoto, page: Page, elsewhere: bool) -> dict[str, Any]:
    photo = picture.photo
    return {
        "photo": photo.pk,
        "thumbnail": reverse("desk:photo_thumbnail", args=[photo.pk]),
        "caption": picture.caption,
        "elsewhere": elsewhere,
        "width": photo.width,
        "height": photo.height,
        "focal_x": photo.focal_x,
        "focal_y": photo.focal_y,
        "rights_expired": photo.rights_ended(page.edition.date) is not None,
    }


def _sibling(page: Page) -> dict[str, Any]:
    return {
        "id": page.pk,
        "order": page.order,
        "label": page.label,
        "name": page.name,
        "url": page.get_absolute_url(),
    }


def _typeset(page: Page, articles: list[Article]) -> dict[str, Any]:
    """How the page comes out, and how many lines each of `articles` has in its columns; where that could not be
    found out, the `trouble` in a sentence.
    """
    picture = reverse("desk:page_picture", args=[page.pk]) + f"?v={page.layout_version}"
    try:
        layout, lines = layout_of(page), lines_of_stories(articles, page.template)
    except TypesettingFailed as failed:
        return {"lines": {}, "fit": {}, "holes": [], "missing": [], "picture": picture, "trouble": str(failed)}
    stories = layout["stories"]
    return {
        "lines": lines,
        "fit": {str(story["number"]): _fit(story) for story in stories},
        "holes": [{"story": story["number"], "rows": rows} for story in stories for rows in story["holes"]],
        "missing": layout["missing"],
        # A story that is edited changes the picture too, and no version of the layout.
        "picture": f"{picture}.{digest_of(layout)}",
    }


def _fit(story: dict[str, Any]) -> dict[str, Any]:
    return {**story["fit"], "here": story["here"], "sentence": fit_sentence(story["fit"])}


def fit_sentence(fit: dict[str, Any]) -> str:
    """How a story fits, in words."""
    sentences = [_text_sentence(fit)]
    if fit["headline_over"]:
        sentences.append(_("The headline does not fit."))
    if fit["picture_over"]:
        sentences.append(_("There is no room for the picture."))
    return " ".join(sentences)


def _text_sentence(fit: dict[str, Any]) -> str:
    if fit["over"]:
        words = ngettext(
            "%(lines)s line over: %(characters)s characters.",
            "%(lines)s lines over: %(characters)s characters.",
            fit["over"],
        )
        return words % {"lines": fit["over"], "characters": fit["characters_over"]}
    if fit["left"]:
        words = ngettext(
            "%(lines)s line left: %(characters)s characters.",
            "%(lines)s lines left: %(characters)s characters.",
            fit["left"],
        )
        return words % {"lines": fit["left"], "characters": fit["characters_left"]}
    return _("It fits.")
