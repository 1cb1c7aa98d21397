"""Signatures under pages that have become void: nobody strikes them out, so the clock notices and tells."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from articles.errors import Refusal
from articles.models import Article
from editions import typesetting
from editions.models import EditionState, Page, PageSignature
from editions.planning import lock_page
from editions.printed_parts import Change, Parts, changes, parts_of, sentence_of
from editions.snapshot import describe_page
from newsroom.staff.models import NoticeKind, User
from newsroom.staff.notices import tell


def tell_of_void_signatures() -> list[PageSignature]:
    """Tell those whose signature under a page of an open edition has become void, with what has changed; each time
    it becomes so, once. Returns the signatures of which it was told now.

    Pages are set for it, as they are for whoever looks at them. One that cannot be set is left for the next time.
    Safe to run in several processes at once.
    """
    signed = Page.objects.filter(edition__state=EditionState.OPEN, signatures__ended_at__isnull=True)
    told: list[PageSignature] = []
    for number in list(signed.order_by("pk").distinct().values_list("pk", flat=True)):
        try:
            told += _tell_of_page(number)
        except Refusal:
            continue
    return told


def _tell_of_page(number: int) -> list[PageSignature]:
    with transaction.atomic():
        page = lock_page(number)
        live = list(page.signatures.filter(ended_at__isnull=True))
        description = describe_page(page)
    # Setting it takes its time, so it is done without the lock: at worst the next look tells.
    [layout] = typesetting.layouts_of_descriptions([description])
    parts = parts_of(description, layout)
    return [signature for signature in live if _tell_of(signature, page, parts)]


def _tell_of(signature: PageSignature, page: Page, parts: Parts) -> bool:
    """Note how the signature stands; tell its signer where that it is void is news. Whether they were told now."""
    found = changes(signature.parts, parts)
    mine = PageSignature.objects.filter(pk=signature.pk, ended_at__isnull=True)
    if not found:
        if signature.void_told_at is not None:
            mine.update(void_told_at=None)
        return False
    if signature.void_told_at is not None:
        return False
    with transaction.atomic():
        # Of several processes that find it, the one whose update finds the row as it was tells.
        if not mine.filter(void_told_at__isnull=True).update(void_told_at=timezone.now()):
            return False
        signer = User.objects.filter(pk__in=[signature.signer_id])
        tell(signer, NoticeKind.VOIDED, page, text=_in_words(found))
    return True


def _in_words(found: list[Change]) -> str:
    """What has changed, in the one language of labels."""
    numbers = {change.story for change in found if change.story is not None}
    titles = {article.pk: str(article) for article in Article.objects.filter(pk__in=numbers)}
    with override(settings.LANGUAGE_CODE):
        return "；".join(sentence_of(change, titles) for change in found)
