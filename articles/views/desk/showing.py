"""What the pages about one story show: composed here, decided elsewhere."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from articles import coverage_rules, public_body, rules
from articles.comparing import base_for, label_of, lines_of, names_in
from articles.content import Content
from articles.coverage import open_to
from articles.diffing import Difference, compare
from articles.forms.coverage import TieForm
from articles.forms.story import ActForm, TimesForm
from articles.models import Article, Rendition, Revision
from articles.models.photo import RenditionName
from articles.public_files import PublicFiles
from articles.publishing import printed_byline
from articles.revisions import current_revision
from articles.states import REASON_REQUIRED, Verb
from newsroom.staff.models import AuditEntry, User

# A story saved a hundred times shows its last ones; the trail is as long as the story's life.
SHOWN_REVISIONS, SHOWN_ENTRIES = 50, 100


def story_context(user: User, article: Article, act: ActForm | None = None) -> dict[str, Any]:
    """Everything that the page of a story shows to `user`; `act` is a verb that was refused, with its reason."""
    verbs = rules.verbs_for(user, article)
    has_history = rules.can_see_history(user, article)
    base = base_for(article, user) if has_history else None
    # The revision, not the row: what was signed and released keeps its correction note there.
    content = current_revision(article).content
    return {
        "article": article,
        "topic_is_open": bool(article.assignment and coverage_rules.can_view(user, article.assignment.topic)),
        "tie_form": _tie_form(user, article),
        "act": act,
        "buttons": [(verb, verb in REASON_REQUIRED) for verb in verbs if verb != Verb.EDIT],
        "can_edit": Verb.EDIT in verbs,
        "times_form": TimesForm(instance=article) if rules.can_set_times(user, article) else None,
        "body": body_as_read(content),
        "pictures": article.article_photos.select_related("photo"),
        "placements": article.placements.select_related("page__edition").order_by("page__edition", "page__order"),
        "signatures": article.signatures.select_related("revision"),
        "base": base,
        "differences": differences(base.revision.content, content) if base else [],
        "has_history": has_history,
        "revisions": article.revisions.defer("content")[:SHOWN_REVISIONS],
        "trail": AuditEntry.objects.about(article)[:SHOWN_ENTRIES],
    }


def _tie_form(user: User, article: Article) -> TieForm | None:
    """For the owner of a story without an assignment who has some to deliver: which one it counts for."""
    if article.assignment_id is not None or rules.Part.OWNER not in rules.parts_of(user, article):
        return None
    return TieForm(user=user) if open_to(user, timezone.now()).exists() else None


def revision_context(article: Article, revision: Revision, other: Revision | None) -> dict[str, Any]:
    """One version read as it stood, and what it changed against `other`."""
    content = revision.content
    names = names_in([content])
    return {
        "article": article,
        "revision": revision,
        "other": other,
        "differences": differences(other.content, content) if other else [],
        "body": body_as_read(content),
        "facts": [(label_of(name), lines) for name, lines in lines_of(content, names).items() if name != "body"],
    }


def differences(old: Content, new: Content) -> list[Difference]:
    """What changed from `old` to `new`, with names instead of numbers."""
    names = names_in([old, new])
    return compare(lines_of(old, names), lines_of(new, names))


def body_as_read(content: Content) -> SafeString:
    """The body as readers get it, lead-in set, with the desk's own previews for pictures."""
    html = public_body.render(content, printed_byline(content), _desk_files(content))
    return mark_safe(html)  # noqa: S308 - sanitised when it was saved, composed by the same function as for readers


def _desk_files(content: Content) -> dict[int, PublicFiles]:
    numbers = [picture["photo"] for picture in content["pictures"]]
    previews = Rendition.objects.filter(photo__in=numbers, name=RenditionName.PREVIEW)
    return {preview.photo_id: _files(preview) for preview in previews}


def _files(preview: Rendition) -> PublicFiles:
    addresses = {name: reverse(f"desk:photo_{name}", args=[preview.photo_id]) for name in RenditionName.values}
    return PublicFiles(**addresses, width=preview.width, height=preview.height)
