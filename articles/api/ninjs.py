"""Stories and their pictures as items of ninjs 2.1, the IPTC's News in JSON (https://iptc.org/standards/ninjs/).

A ninjs item holds no address of a page; where it can be read stands among its renditions, under the name `web`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.addresses import address
from articles.api.properties import (
    ADDRESS,
    MOMENT,
    NUMBER,
    TEXT,
    Property,
    Thing,
    one_of,
    record,
    reference,
    several,
    told,
)
from articles.models.published import PublishedArticle, PublishedPhoto
from articles.public.bylines import in_words
from articles.public.feeds import permanent_id
from articles.public.reading import ADVERTISEMENT
from articles.public.site import LANGUAGE, Site
from articles.public.wording import stamp, standfirst
from articles.public.xhtml import Element, xhtml
from articles.search.genres import GENRES

STANDARD = {"name": "ninjs", "version": "2.1", "schema": "https://iptc.org/std/ninjs/ninjs-schema_2.1.json"}
XHTML = "application/xhtml+xml"
SUMMARY_CHARACTERS = 200
_OURS = re.compile(r"/(?!/)")
# What people in a byline did; the page for people has a place for each.
ROLES = {
    "reporter": gettext_lazy("Reporter"),
    "special_reporter": gettext_lazy("Special reporter"),
    "intern_reporter": gettext_lazy("Intern reporter"),
    "correspondent": gettext_lazy("Correspondent"),
    "photographer": gettext_lazy("Photographs by"),
    "photo_report": gettext_lazy("Words and photographs by"),
    "editor": gettext_lazy("Edited by"),
    "compiler": gettext_lazy("Compiled by"),
}


@dataclass(frozen=True)
class ToldStory:
    """A story as it is told: whole with its text, or in short; `printed` are the pages it stands on, as items, and
    `name` is what a page that it is told with calls it.
    """

    article: PublishedArticle
    site: Site
    photos: Sequence[PublishedPhoto] = ()
    printed: Sequence[Thing] = ()
    name: str = ""
    whole: bool = False

    @property
    def is_advertisement(self) -> bool:
        return self.article.genre == ADVERTISEMENT


@dataclass(frozen=True)
class ToldPicture:
    """A picture of a story as it is told; `place` counts from 1."""

    photo: PublishedPhoto
    story: ToldStory
    place: int


def rendition(name: str, href: str, kind: str, width: int = 0, height: int = 0) -> Thing:
    size = {"width": width, "height": height} if width and height else {}
    return {"name": name, "href": href, "contenttype": kind, **size}


# -- stories ----------------------------------------------------------------------------------------------


def _headlines(story: ToldStory) -> list[Thing]:
    article = story.article
    said = [
        ("main", article.title),
        ("kicker", article.kicker),
        ("subhead", article.subhead),
        ("print", article.headline if article.headline != article.title else ""),
    ]
    return [{"role": role, "contenttype": "text/plain", "value": value} for role, value in said if value]


def _descriptions(story: ToldStory) -> list[Thing]:
    summary = standfirst(story.article, SUMMARY_CHARACTERS)
    return [{"role": "summary", "contenttype": "text/plain", "value": summary}] if summary else []


def _bodies(story: ToldStory) -> list[Thing]:
    if not story.whole:
        return []
    body = {"role": "main", "contenttype": XHTML, "charcount": story.article.character_count}
    return [{**body, "value": xhtml(story.article.body, lambda element: _absolute(element, story.site))}]


def _absolute(element: Element, site: Site) -> Element:
    """The element with addresses that can be followed from anywhere."""
    attributes = {
        name: site.root + value if name in ("src", "href") and _OURS.match(value) else value
        for name, value in element.attributes.items()
    }
    return element._replace(attributes=attributes)


def _sources(story: ToldStory) -> list[Thing]:
    return [
        {
            "name": person["name"],
            "role": f"{story.site.root}/api/#{person['code']}",
            "uri": story.site.root + address("author", person["slug"]),
            "literal": person["slug"],
        }
        for person in story.article.byline
    ]


def _subjects(story: ToldStory) -> list[Thing]:
    section = story.article.section
    of_section = {"uri": story.site.root + section.get_absolute_url(), "literal": section.slug}
    return [
        {"name": section.name, "rel": "section", **of_section},
        *({"name": word, "rel": "keyword"} for word in story.article.keywords),
    ]


def _notes(story: ToldStory) -> str:
    return "\n".join(f"{one['at']} {one['note']}" for one in story.article.corrections)


def _copyright(site: Site, year: int) -> str:
    return f"© {year} {site.name}" if site.name else ""


def usage_terms(site: Site) -> str:
    """What the paper says of the use of what it offers."""
    return _("Reprinting needs the permission of %(paper)s and has to name it.") % {"paper": site.name or site.root}


def _of_story(story: ToldStory) -> list[Thing]:
    number = story.article.number
    return [
        rendition("web", story.site.root + story.article.get_absolute_url(), "text/html"),
        rendition("ninjs", story.site.root + reverse("api:story", args=[number]), "application/json"),
    ]


def _associated(story: ToldStory) -> list[Thing]:
    pictures = (told(PICTURE, ToldPicture(photo, story, place)) for place, photo in enumerate(story.photos, start=1))
    return [*pictures, *story.printed]


_SAID = record("value", role=TEXT, contenttype=TEXT)
RENDITION = record("name", "href", "contenttype", width=NUMBER, height=NUMBER)

STORY = (
    Property("name", TEXT, gettext_lazy("Its place among the stories of a page."), lambda story: story.name),
    Property(
        "uri",
        ADDRESS,
        gettext_lazy("The story's name: the same for ever, whatever becomes of its words and addresses."),
        lambda story: permanent_id(story.article),
        always=True,
    ),
    Property(
        "altids",
        several(record("role", "value")),
        gettext_lazy("The story's number, by which it is asked for."),
        lambda story: [{"role": "number", "value": str(story.article.number)}],
        always=True,
    ),
    Property(
        "standard",
        record("name", "version", "schema"),
        gettext_lazy("The standard that the item keeps to."),
        lambda story: STANDARD if story.whole else None,
    ),
    Property("type", one_of("text"), gettext_lazy("What it is."), lambda _story: "text", always=True),
    Property(
        "representationtype",
        one_of("full", "partial"),
        gettext_lazy("Whether it is the whole story; lists leave its text out."),
        lambda story: "full" if story.whole else "partial",
        always=True,
    ),
    Property(
        "profile",
        one_of("story", "advertisement"),
        gettext_lazy("An advertisement is paid for and has to be marked as one wherever it is shown."),
        lambda story: "advertisement" if story.is_advertisement else "story",
        always=True,
    ),
    Property(
        "version",
        TEXT,
        gettext_lazy("Grows with every correction."),
        lambda story: str(story.article.version),
        always=True,
    ),
    Property(
        "firstcreated",
        MOMENT,
        gettext_lazy("When it was published."),
        lambda story: stamp(story.article.published_at),
        always=True,
    ),
    Property(
        "versioncreated",
        MOMENT,
        gettext_lazy("When it was published as it reads now."),
        lambda story: stamp(story.article.updated_at),
        always=True,
    ),
    Property(
        "pubstatus",
        one_of("usable"),
        gettext_lazy("A story that was withdrawn is not told any more: its address answers 410."),
        lambda _story: "usable",
        always=True,
    ),
    Property("language", one_of(LANGUAGE), gettext_lazy("Of the text."), lambda _story: LANGUAGE, always=True),
    Property("copyrightholder", TEXT, gettext_lazy("The newspaper."), lambda story: story.site.name),
    Property(
        "copyrightnotice",
        TEXT,
        gettext_lazy("To be shown with the text."),
        lambda story: _copyright(story.site, timezone.localdate(story.article.published_at).year),
    ),
    Property(
        "usageterms",
        TEXT,
        gettext_lazy("What may be done with it."),
        lambda story: usage_terms(story.site),
        always=True,
    ),
    Property(
        "ednote",
        TEXT,
        gettext_lazy("The corrections, the oldest first, one a line: when, and what was wrong."),
        _notes,
    ),
    Property("title", TEXT, gettext_lazy("The headline on one line."), lambda story: story.article.title, always=True),
    Property(
        "headlines",
        several(_SAID),
        gettext_lazy("The headline (main), what stands above it (kicker) and below (subhead), as printed (print)."),
        _headlines,
        always=True,
    ),
    Property("descriptions", several(_SAID), gettext_lazy("A summary, else the first sentences."), _descriptions),
    Property(
        "bodies",
        several(record("value", role=TEXT, contenttype=TEXT, charcount=NUMBER)),
        gettext_lazy("The text as XHTML, its pictures in their places; in the whole story alone."),
        _bodies,
    ),
    Property("by", TEXT, gettext_lazy("The byline as it is printed."), lambda story: in_words(story.article.byline)),
    Property(
        "infosources",
        several(record("name", "role", "uri", "literal")),
        gettext_lazy("Who is named in the byline: role, page and address (literal) of each."),
        _sources,
    ),
    Property(
        "subjects",
        several(record("name", "rel", uri=ADDRESS, literal=TEXT)),
        gettext_lazy("The section in which it stands, and its keywords."),
        _subjects,
        always=True,
    ),
    Property(
        "genres",
        several(record("name", "literal")),
        gettext_lazy("What kind of piece it is."),
        lambda story: [{"name": str(GENRES.get(story.article.genre, "")), "literal": story.article.genre}],
        always=True,
    ),
    Property(
        "renditions",
        several(RENDITION),
        gettext_lazy("Where it can be read, and asked for whole."),
        _of_story,
        always=True,
    ),
    Property(
        "associations",
        several({"oneOf": [reference("Picture"), reference("PrintedOn")]}),
        gettext_lazy("Its pictures in their order, then the pages on which it was printed."),
        _associated,
    ),
)


# -- pictures ---------------------------------------------------------------------------------------------


def _sizes(picture: ToldPicture) -> list[Thing]:
    photo, root = picture.photo, picture.story.site.root
    own = [
        rendition("preview", root + photo.preview, _kind_of(photo.preview), photo.width, photo.height),
        rendition("large", root + photo.large, _kind_of(photo.large)),
        rendition("thumbnail", root + photo.thumbnail, _kind_of(photo.thumbnail)),
    ]
    others = [
        rendition(f"{form}-{width}", root + href, _kind_of(href), width, round(photo.height * width / photo.width))
        for form, widths in sorted(photo.sources.items())
        for width, href in widths
    ]
    return [*own, *others] if picture.story.whole else own


def _kind_of(href: str) -> str:
    return f"image/{href.rpartition('.')[2]}"


def _picture_words(picture: ToldPicture) -> list[Thing]:
    said = [("caption", picture.photo.caption), ("alt", picture.photo.alt)]
    return [{"role": role, "contenttype": "text/plain", "value": value} for role, value in said if value]


PICTURE = (
    Property(
        "name",
        TEXT,
        gettext_lazy("Which picture of the story it is."),
        lambda picture: f"picture-{picture.place}",
        always=True,
    ),
    Property(
        "uri",
        ADDRESS,
        gettext_lazy("The picture's name."),
        lambda picture: f"{permanent_id(picture.story.article)}/pictures/{picture.photo.photo_number}",
        always=True,
    ),
    Property("type", one_of("picture"), gettext_lazy("What it is."), lambda _picture: "picture", always=True),
    Property("pubstatus", one_of("usable"), gettext_lazy("It may be shown."), lambda _picture: "usable", always=True),
    Property("by", TEXT, gettext_lazy("The credit, to be shown with it."), lambda picture: picture.photo.credit),
    Property("descriptions", several(_SAID), gettext_lazy("Caption and alternative text."), _picture_words),
    Property(
        "usageterms",
        TEXT,
        gettext_lazy("What may be done with it."),
        lambda picture: usage_terms(picture.story.site),
        always=True,
    ),
    Property(
        "renditions",
        several(RENDITION),
        gettext_lazy(
            "Its files, with width and height in pixels where they are known; every size in the whole story alone."
        ),
        _sizes,
        always=True,
    ),
)
