"""The addresses of the paper's earlier site, read from a table and kept, so that every link to it goes on leading
there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.encoding import iri_to_uri, repercent_broken_unicode
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.addresses import address
from articles.models import (
    MovedAddress,
    PublishedArticle,
    PublishedAuthor,
    PublishedSection,
    PublishedSpecial,
    PublishedTag,
    WithdrawnArticle,
)
from editions.models import PublishedEdition, PublishedPage
from editions.reading.keys import EditionKey

LONGEST: int = MovedAddress._meta.get_field("address").max_length or 0
_AT_ONCE = 1000


class WrongLine(NamedTuple):
    """A line of the table, by its number from 1, and the sentence that says what is wrong with it."""

    number: int
    sentence: str


class WrongLines(ValueError):
    """The table cannot be taken in; `lines` are the wrong ones in their order."""

    def __init__(self, lines: list[WrongLine]) -> None:
        self.lines = lines
        super().__init__(" ".join(line.sentence for line in lines))


def import_addresses(rows: Iterable[Sequence[str]]) -> int:
    """Keep where each former address leads; how many there are. One that is known already leads to the new place.

    A row is the former address, with its query and with or without its host, and the number of a story or the
    public address of what it showed. Raises WrongLines; then nothing has changed.
    """
    found: dict[str, MovedAddress] = {}
    lines: dict[str, int] = {}
    wrong = []
    for number, row in enumerate(rows, start=1):
        try:
            moved = _read(row)
            if moved.address in lines:
                raise ValueError(_("It is the address of line %(number)s again.") % {"number": lines[moved.address]})
        except ValueError as error:
            wrong.append(WrongLine(number, str(error)))
        else:
            found[moved.address], lines[moved.address] = moved, number
    if wrong:
        raise WrongLines(wrong)
    with transaction.atomic():
        MovedAddress.objects.bulk_create(
            found.values(), _AT_ONCE, update_conflicts=True, unique_fields=["address"], update_fields=["target"]
        )
    return len(found)


def _read(row: Sequence[str]) -> MovedAddress:
    """Raises ValueError with the sentence that says what is wrong."""
    if len(row) != 2:
        raise ValueError(_("A line has two columns: the former address, and a story's number or a public address."))
    former, target = (text.strip() for text in row)
    return MovedAddress(address=_former(former), target=_public(target))


def _former(said: str) -> str:
    """A former address as requests name it: its path decoded, its query as it is sent."""
    parts = urlsplit(said)
    if not parts.path.startswith("/") or parts.scheme not in ("", "http", "https") or parts.fragment:
        raise ValueError(
            _("%(address)s is no address: it begins with / or http and has no # in it.") % {"address": said}
        )
    path = repercent_broken_unicode(unquote_to_bytes(parts.path)).decode()
    if any(_match(spelled, code) for code, _name in settings.LANGUAGES for spelled in (path, f"{path}/")):
        raise ValueError(_("%(address)s is an address of this site itself.") % {"address": said})
    whole = f"{path}?{iri_to_uri(parts.query)}" if parts.query else path
    if len(whole) > LONGEST:
        raise ValueError(_("The address has more than %(most)s characters.") % {"most": LONGEST})
    return whole


def _public(said: str) -> str:
    if said.isascii() and said.isdigit() and len(said) <= 18:
        if not _was_published(int(said)):
            raise ValueError(_("No story with the number %(number)s was published.") % {"number": said})
        return address("story", int(said))
    match = _match(said, settings.LANGUAGE_CODE)
    there = _THERE.get(match.view_name) if match else None
    if match is None or there is None or not there(**match.kwargs):
        raise ValueError(_("Nothing is published at %(address)s.") % {"address": said})
    return said


def _match(path: str, language: str) -> ResolverMatch | None:
    """What answers at a path where the interface speaks this language."""
    with override(language):
        try:
            return resolve(path)
        except Resolver404:
            return None


def _was_published(number: int) -> bool:
    """Whether readers saw the story; one that was withdrawn is said to be gone at its former address too."""
    return (
        PublishedArticle.objects.filter(number=number).exists()
        or WithdrawnArticle.objects.filter(number=number).exists()
    )


def _has_edition(key: EditionKey) -> bool:
    return PublishedEdition.objects.filter(**key._asdict()).exists()


def _has_page(key: EditionKey, order: int) -> bool:
    edition = {f"edition__{name}": value for name, value in key._asdict().items()}
    return PublishedPage.objects.filter(**edition, order=order).exists()


# What can have been shown at a former address, by its reading view, and whether it is there.
_THERE: dict[str, Callable[..., bool]] = {
    "reading:home": lambda: True,
    "reading:archive": lambda: True,
    "reading:archive_month": lambda year, month: PublishedEdition.objects.filter(
        date__year=year, date__month=month
    ).exists(),
    "reading:edition": _has_edition,
    "reading:page": _has_page,
    "reading:story": _was_published,
    "reading:section": lambda slug: PublishedSection.objects.filter(slug=slug).exists(),
    "reading:author": lambda slug: PublishedAuthor.objects.filter(slug=slug).exists(),
    "reading:tag": lambda slug: PublishedTag.objects.filter(slug=slug).exists(),
    "reading:special": lambda slug: PublishedSpecial.objects.filter(slug=slug).exists(),
}
