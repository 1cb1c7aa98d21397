"""Opening editions, numbering them, and saying what their pages are."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from articles.errors import NotAllowed, Refusal, Stale
from articles.models import Article, ArticlePhoto, Title
from articles.public import files as public_files
from articles.validators import clean_only, refuse_past
from editions import room, rules
from editions.models import (
    Edition,
    EditionState,
    Page,
    PageSignatory,
    PageTemplate,
    Placement,
    ProofRound,
    SignatureKind,
)
from editions.rules import EditionVerb
from editions.typeset.standard import NAMES, standard_template
from newsroom.dates import zoned_moment
from newsroom.staff import audit
from newsroom.staff.acts import Act
from newsroom.staff.models import User
from newsroom.staff.rules import can_administer

PAGE_FIELDS = frozenset({"label", "name", "template", "responsible_editor", "designer", "proofreader"})


# 三校 as most papers have it, and who signs a page before it goes to press.
STANDARD_ROUNDS = (("小样", "First proof"), ("大样", "Page proof"), ("清样", "Final proof"))
STANDARD_SIGNATORIES = (SignatureKind.PROOFREADER, SignatureKind.PAGE_EDITOR, SignatureKind.EDITOR_IN_CHIEF)


class EditionClosed(Refusal):
    """What is with the printer does not change, and what was published never again."""


class StaleRelease(Stale):
    """Somebody else set another minute of release since it was shown."""

    def __init__(self, edition: Edition) -> None:
        time = zoned_moment(edition.release_at) if edition.release_at else "—"
        words = _("Meanwhile somebody set another minute of release: %(time)s. Nothing was overwritten.")
        super().__init__(words % {"time": time})


class PagePlan(NamedTuple):
    """A page to open: its printed label and its name."""

    label: str
    name: str


def next_series_number(title: Title) -> int:
    """The number in the series (总第N期) that follows the last one used."""
    last: int | None = title.editions.aggregate(last=Max("series_number"))["last"]
    return (last or 0) + 1


def open_edition(
    date: datetime.date,
    pages: Sequence[PagePlan],
    *,
    extra_number: int = 0,
    series_number: int | None = None,
    release_at: datetime.datetime | None = None,
    acting_user: User,
) -> Edition:
    """Open the edition of `date` with its pages in order, each on the title's own page template.

    Desk chiefs and editors-in-chief. Raises NotAllowed, and ValidationError where the date or the number in
    the series is taken, a date is none of a newspaper's or a page has no name.
    """
    _require(acting_user, EditionVerb.OPEN)
    title = Title.objects.get()
    with transaction.atomic():
        edition = Edition(
            title=title,
            date=date,
            extra_number=extra_number,
            series_number=next_series_number(title) if series_number is None else series_number,
            release_at=release_at,
        )
        _save_checked(edition)
        template = _default_template(title)
        for order, plan in enumerate(pages, start=1):
            _save_checked(Page(edition=edition, template=template, order=order, label=plan.label, name=plan.name))
        audit.record(acting_user, Act.EDITION_OPEN, edition, series=edition.series_number, pages=len(pages))
    return edition


def set_release(
    edition_id: int, release_at: datetime.datetime | None, *, acting_user: User, seen: str | None = None
) -> Edition:
    """Set the minute at which the clock publishes the edition, or none. Whoever may publish it; an edition
    that is with the printer still gets one. A minute that is past would publish it at once, so none is set.

    `seen` is the minute that was before their eyes (`Edition.release_seen`), None where none was. Raises NotAllowed,
    EditionClosed, StaleRelease, ValidationError.
    """
    _require(acting_user, EditionVerb.PUBLISH)
    with transaction.atomic():
        edition = lock_unpublished(edition_id)
        if seen not in {None, edition.release_seen}:
            raise StaleRelease(edition)
        refuse_past("release_at", release_at, stood=edition.release_at)
        edition.release_at = release_at
        clean_only(edition, "release_at")
        edition.save(update_fields=["release_at"])
        audit.record(acting_user, Act.EDITION_EDIT, edition, release_at=release_at.isoformat() if release_at else None)
    return edition


def add_page(edition_id: int, plan: PagePlan, *, acting_user: User) -> Page:
    """Add a page after the last one. Raises NotAllowed, EditionClosed, ValidationError."""
    _require(acting_user, EditionVerb.CHANGE)
    with transaction.atomic():
        edition = lock_open(edition_id)
        order = (edition.pages.aggregate(last=Max("order"))["last"] or 0) + 1
        page = Page(edition=edition, template=_default_template(edition.title), order=order, **plan._asdict())
        _save_checked(page)
        audit.record(acting_user, Act.PAGE_EDIT, page, added=True)
    return page


def edit_page(page_id: int, fields: Mapping[str, Any], *, acting_user: User) -> Page:
    """Change a page's label, name and people, or its template where everything on it goes on the other one too.

    Raises NotAllowed, EditionClosed, DoesNotFit, ValidationError.
    """
    _require(acting_user, EditionVerb.CHANGE)
    if set(fields) - PAGE_FIELDS:
        raise ValidationError(
            _("Not to be said of a page: %(fields)s") % {"fields": ", ".join(set(fields) - PAGE_FIELDS)}
        )
    with transaction.atomic():
        page = lock_page(page_id)
        template = page.template
        for name, value in fields.items():
            setattr(page, name, value)
        if page.template != template:
            room.refuse_what_lies(page)
            page.layout_version += 1
        _save_checked(page)
        audit.record(acting_user, Act.PAGE_EDIT, page, fields=sorted(fields))
    return page


def order_pages(edition_id: int, page_ids: Sequence[int], *, acting_user: User) -> None:
    """Put all pages of the edition into the order of `page_ids`; printed labels stay with their pages.

    Raises NotAllowed, EditionClosed, ValidationError unless every page is named once, and DoesNotFit where
    the masthead would stand on something.
    """
    _require(acting_user, EditionVerb.CHANGE)
    with transaction.atomic():
        edition = lock_open(edition_id)
        pages = {page.pk: page for page in edition.pages.all()}
        if sorted(page_ids) != sorted(pages):
            raise ValidationError(_("Every page has to be named once."))
        for order, pk in enumerate(page_ids, start=1):
            Page.objects.filter(pk=pk).update(order=order)
        for front in edition.pages.select_related("template").filter(order=1):
            room.refuse_what_lies(front)
        audit.record(acting_user, Act.EDITION_EDIT, edition, order=[pages[pk].label for pk in page_ids])


def lock_open(edition_id: int) -> Edition:
    """The edition under its lock, if it is still open; raises EditionClosed otherwise.

    Whatever changes an edition's pages takes this lock first, so nothing changes under its release to press
    or its publication.
    """
    edition = lock_unpublished(edition_id)
    if edition.state == EditionState.PRESSED:
        raise EditionClosed(
            _("The edition of %(date)s is released to press and does not change unless it is taken back.")
            % {"date": edition}
        )
    return edition


def lock_unpublished(edition_id: int) -> Edition:
    """The edition under its lock, open or with the printer; raises EditionClosed where it is published."""
    edition = Edition.objects.select_for_update(no_key=True).get(pk=edition_id)
    if edition.state == EditionState.PUBLISHED:
        raise EditionClosed(_("The edition of %(date)s is published and does not change any more.") % {"date": edition})
    return edition


def lock_page(page_id: int) -> Page:
    """The page, re-read under the lock of its edition, which has to be open. Raises EditionClosed."""
    lock_open(Page.objects.values_list("edition_id", flat=True).get(pk=page_id))
    return Page.objects.select_related("template", "edition").get(pk=page_id)


def lock_stories(edition: Edition) -> list[int]:
    """Lock everything that a release of the locked edition touches before it decides: the stories on the pages,
    then all their photos, each kind in the order of its numbers. Whoever publishes one of them alone locks in
    that order too, so nobody waits in a circle. Returns the stories' numbers.
    """
    placed = Placement.objects.filter(page__edition=edition).values("article_id")
    stories = list(Article.objects.select_for_update(no_key=True).filter(pk__in=placed).order_by("pk"))
    numbers = [article.pk for article in stories]
    public_files.lock(ArticlePhoto.objects.filter(article__in=numbers).values_list("photo_id", flat=True))
    return numbers


def add_standard_rounds(title: Title, *, acting_user: User) -> None:
    """Give the title the proof rounds and page signatures that most papers have, where it has none of the kind
    yet. Administrators. Raises NotAllowed.
    """
    if not can_administer(acting_user):
        raise NotAllowed
    with transaction.atomic():
        title = Title.objects.select_for_update().get(pk=title.pk)
        added: list[ProofRound | PageSignatory] = []
        if not title.proof_rounds.exists():
            for order, (name, name_en) in enumerate(STANDARD_ROUNDS, start=1):
                added.append(ProofRound.objects.create(title=title, order=order, name=name, name_en=name_en))
        if not title.page_signatories.exists():
            for order, kind in enumerate(STANDARD_SIGNATORIES, start=1):
                added.append(PageSignatory.objects.create(title=title, order=order, kind=kind))
        for row in added:
            audit.record(acting_user, Act.SETTINGS_EDIT, row, added=True)


def add_standard_templates(title: Title, *, acting_user: User) -> list[PageTemplate]:
    """Give the title the standard page templates that it doesn't have yet; its own is the broadsheet, unless it
    has chosen one. Administrators. Raises NotAllowed.
    """
    if not can_administer(acting_user):
        raise NotAllowed
    added = []
    with transaction.atomic():
        # Under the title's lock, so that two who press the button add them once.
        title = Title.objects.select_for_update().get(pk=title.pk)
        known = {template.name for template in title.page_templates.all()}
        for fields in map(standard_template, NAMES):
            if fields["name"] not in known:
                own = not title.page_templates.filter(is_default=True).exists()
                added.append(PageTemplate.objects.create(title=title, is_default=own, **fields))
                audit.record(acting_user, Act.SETTINGS_EDIT, added[-1], added=True)
    return added


def _require(user: User, verb: EditionVerb) -> None:
    if not rules.can(user, verb):
        raise NotAllowed


def _default_template(title: Title) -> PageTemplate:
    template = title.page_templates.filter(is_default=True).first()
    if template is None:
        raise ValidationError(_("The title has no page template yet."))
    return template


def _save_checked(instance: Edition | Page) -> None:
    """Check values and constraints with their sentences, then save; a race lost says the same."""
    instance.full_clean()
    try:
        with transaction.atomic():
            instance.save()
    except IntegrityError as error:
        instance.full_clean()
        raise ValidationError(_("Somebody has just done the same.")) from error
