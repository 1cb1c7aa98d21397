"""Gathering what the preflight reads: an edition's pages as they are set now, and what the desk knows of them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import prefetch_related_objects

from articles.models import Article, Photo
from articles.states import PLACEABLE, State
from articles.text.leadin import LeadInKind
from editions import signing, typesetting
from editions.models import Edition, Page, Placement, Proof, ProofMark, ProofRound, SignatureKind
from editions.preflight import preflight
from editions.preflight.dossier import Dossier, PageFacts, Signed, StoryFacts
from editions.preflight.findings import Finding
from editions.printed_parts import parts_of
from editions.signing import SignatureState, Standing


class SetPage(NamedTuple):
    """A page, what it prints, and how it is set."""

    page: Page
    description: dict[str, Any]
    layout: dict[str, Any]


class Readiness(NamedTuple):
    """How far an edition is from press: its pages with their signatures, and what the preflight has to say."""

    pages: list[tuple[SetPage, list[SignatureState]]]
    findings: list[Finding]


class PageStanding(NamedTuple):
    """How far one page is: how many of the signatures it needs hold, how many it needs, how many stories have text
    that does not go on, and the round of its last proof.
    """

    signed: int
    asked: int
    over: int
    proofed: ProofRound | None


def standings_of(edition: Edition) -> dict[int, PageStanding]:
    """How far each page of the edition is, by its number; empty where nothing lies on any. Raises TypesettingFailed."""
    if not Placement.objects.filter(page__edition=edition).exists():
        return {}
    kinds = signing.kinds_asked(edition.title_id)
    pages = set_pages(edition)
    prefetch_related_objects([set_page.page for set_page in pages], "signatures")
    rounds = {proof.page_id: proof.round for proof in _proofs(edition)}
    return {
        set_page.page.pk: PageStanding(
            signed=sum(state.standing == Standing.HOLDS for state in _signatures(set_page, kinds)),
            asked=len(kinds),
            over=sum(story["fit"]["over"] > 0 for story in set_page.layout["stories"]),
            proofed=rounds.get(set_page.page.pk),
        )
        for set_page in pages
    }


def set_pages(edition: Edition) -> list[SetPage]:
    """Every page of the edition as it stands, set. Raises TypesettingFailed."""
    return [SetPage(*found) for found in typesetting.layouts_of(edition)]


def readiness_of(edition: Edition, pages: Sequence[SetPage], now: datetime.datetime) -> Readiness:
    """The preflight over these pages at the moment `now`, with what the desk knows beside them."""
    kinds = signing.kinds_asked(edition.title_id)
    prefetch_related_objects([set_page.page for set_page in pages], "signatures")
    signed = [(set_page, _signatures(set_page, kinds)) for set_page in pages]
    return Readiness(signed, preflight(_dossier(edition, signed, now)))


def _signatures(set_page: SetPage, kinds: list[SignatureKind]) -> list[SignatureState]:
    return signing.signature_states(set_page.page, kinds, set_page.description, set_page.layout)


def _dossier(edition: Edition, signed: list[tuple[SetPage, list[SignatureState]]], now: datetime.datetime) -> Dossier:
    stories = {story["number"] for set_page, _states in signed for story in set_page.description["stories"]}
    photos = Photo.objects.filter(placements__page__edition=edition, rights_expire_on__isnull=False)
    return Dossier(
        date=edition.date,
        series=edition.series_number,
        earlier=_earlier_number(edition),
        at=max(now, edition.release_at or now),
        pages=_page_facts(edition, signed),
        stories={article.pk: _story_facts(article) for article in _articles(stories)},
        rights_end={photo.pk: photo.rights_expire_on for photo in photos if photo.rights_expire_on},
    )


def _earlier_number(edition: Edition) -> int | None:
    """The number in the series of the edition before this one, by date; an extra comes after its day's edition."""
    same_title = Edition.objects.filter(title=edition.title_id)
    earlier = same_title.filter(date__lt=edition.date) | same_title.filter(
        date=edition.date, extra_number__lt=edition.extra_number
    )
    return earlier.order_by("-date", "-extra_number").values_list("series_number", flat=True).first()


def _page_facts(edition: Edition, signed: list[tuple[SetPage, list[SignatureState]]]) -> list[PageFacts]:
    last_round = ProofRound.objects.filter(title=edition.title_id).order_by("-order").first()
    proofs = {proof.page_id: proof for proof in _proofs(edition)}
    marks = list(_open_marks(edition))
    return [
        PageFacts(
            number=page.pk,
            description=description,
            layout=layout,
            signatures=tuple(_signed(state) for state in states),
            open_marks=marks.count(page.pk),
            is_proofed=_is_proofed(proofs.get(page.pk), last_round, description, layout) if last_round else None,
        )
        for (page, description, layout), states in signed
    ]


def _proofs(edition: Edition) -> list[Proof]:
    """The proofs of all pages, the last of each page last."""
    proofs = Proof.objects.filter(page__edition=edition).defer("description", "layout").select_related("round")
    return list(proofs.order_by("page", "number"))


def _open_marks(edition: Edition) -> list[int]:
    open_marks = ProofMark.objects.filter(proof__page__edition=edition, settled_at__isnull=True)
    return list(open_marks.values_list("proof__page_id", flat=True))


def _is_proofed(
    proof: Proof | None, last_round: ProofRound, description: dict[str, Any], layout: dict[str, Any]
) -> bool:
    return proof is not None and proof.round_id == last_round.pk and proof.parts == parts_of(description, layout)


def _signed(state: SignatureState) -> Signed:
    return Signed(str(state.kind.label), state.standing == Standing.HOLDS, state.changed)


def _articles(numbers: set[int]) -> list[Article]:
    return list(Article.objects.filter(pk__in=numbers).for_names().prefetch_related("bylines"))


def _story_facts(article: Article) -> StoryFacts:
    # What readers see already is under no embargo any more.
    embargo = None if article.state == State.PUBLISHED else article.embargo_until
    return StoryFacts(
        title=str(article),
        signed_version=article.version if article.state in PLACEABLE else None,
        embargo_until=embargo,
        is_credited=bool(article.byline_list) or article.lead_in_kind != LeadInKind.NONE,
        open_remarks=article.open_remark_count,
    )
