"""What pages have against an edit of a story that lies on them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.hindrances import Hindrance, HindranceKind
from articles.models import Article
from editions.models import EditionState, Page
from newsroom.wording import comma_list


def page_hindrances(article: Article) -> Iterator[Hindrance]:
    """A hindrance for each page on which the story lies and that is not published yet. Two queries."""
    unpublished = Page.objects.exclude(edition__state=EditionState.PUBLISHED)
    pages = unpublished.filter(placements__article=article).distinct().order_by("edition", "order")
    for page in pages.select_related("edition").prefetch_related("signatures"):
        yield _hindrance_of(page)


def _hindrance_of(page: Page) -> Hindrance:
    where = {"label": page.label, "edition": page.edition}
    signers = dict.fromkeys(s.signer_label for s in page.signatures.all() if s.ended_at is None)
    if page.edition.state == EditionState.PRESSED:
        sentence = _(
            "It lies on page %(label)s of %(edition)s, which is with the printer: what is printed stays as it is."
        )
        return Hindrance(HindranceKind.WITH_PRINTER, sentence % where)
    if signers:
        who = comma_list(signers)
        sentence = _(
            "It lies on page %(label)s of %(edition)s, signed by %(who)s: saving a change voids the signatures."
        )
        return Hindrance(HindranceKind.PAGE_SIGNED, sentence % {**where, "who": who})
    return Hindrance(HindranceKind.ON_PAGE, _("It lies on page %(label)s of %(edition)s.") % where)
