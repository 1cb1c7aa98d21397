"""What the pages about one story show: composed here, decided elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles import rules
from articles.checking import check_story
from articles.concerns import GOES_ON, Concerns, sentences_of
from articles.content import Content
from articles.duplicates import find_similar
from articles.editing import Saved
from articles.forms.coverage import TieForm
from articles.forms.remarks import RemarkForm
from articles.forms.specials import PutForm
from articles.forms.story import ActForm, TimesForm
from articles.hindrances import Hindrance, awaited_from, hindrances_of, why_not_signed_by
from articles.models import Article, Rendition, ReturnReason, Revision, Special
from articles.models.photo import RenditionName
from articles.plan import coverage_rules
from articles.plan.coverage import open_to
from articles.presence import present_on
from articles.public import body as public_body
from articles.public.files import PublicFiles
from articles.publishing import printed_byline
from articles.readership.numbers import readership_of
from articles.states import REASON_REQUIRED, Verb
from articles.text import body
from articles.text.diffing import Difference, compare
from articles.versions.comparing import Base, bases_for, label_of, lines_of, names_in
from articles.versions.meanwhile import last_move, version_in
from articles.versions.revisions import current_revision
from articles.versions.sittings import sittings_of
from articles.views.desk.proofreading_data import finding_as_data
from articles.views.desk.remarks_data import marked_body, numbered
from newsroom.staff.models import AuditEntry, User
from newsroom.wording import comma_list

# A story saved a thousand times shows its last ones; the trail is as long as the story's life.
SHOWN_REVISIONS, SHOWN_ENTRIES = 300, 100
# Who has more than that to sign comes back to the list.
LONGEST_QUEUE = 100


def story_context(user: User, article: Article, act: ActForm | None = None, since: str = "") -> dict[str, Any]:
    """Everything that the page of a story shows to `user`; `act` is a verb that was refused, with its reason and what
    was seen, and `since` names what to compare with (`comparing.Why`) where it is not what they saw last.
    """
    verbs = rules.verbs_for(user, article)
    has_history = rules.can_see_history(user, article)
    # The revision, not the row: what was signed and released keeps its correction note there.
    content = current_revision(article).content
    bases = bases_for(article, user, version_in(act.data.get("seen", "")) if act else 0) if has_history else []
    past = _past_context(user, article, content) | _since(bases, content, since) if has_history else {}
    return {
        "article": article,
        "topic_is_open": bool(article.assignment and coverage_rules.can_view(user, article.assignment.topic)),
        "tie_form": _tie_form(user, article),
        "act": act,
        "buttons": [(verb, verb in REASON_REQUIRED) for verb in verbs if verb != Verb.EDIT],
        "goes_on": GOES_ON,
        "can_edit": Verb.EDIT in verbs,
        "awaited_from": awaited_from(article),
        "why_not_signed": why_not_signed_by(user, article),
        "hindrances": standing_in_the_way(article, user) if Verb.EDIT in verbs else [],
        "times_form": TimesForm(instance=article) if rules.can_set_times(user, article) else None,
        "usual_reasons": ReturnReason.objects.filter(is_active=True) if Verb.RETURN in verbs else [],
        "pictures": article.article_photos.select_related("photo"),
        "placements": article.placements.select_related("page__edition").order_by("page__edition", "page__order"),
        "signatures": article.signatures.select_related("revision").defer("revision__content"),
        "has_history": has_history,
        "returned_by": returned_by(article) if has_history else None,
        "specials": _specials_of(article) if has_history else [],
        "put_form": _put_form(user, article),
        "readership": readership_of(article.pk) if article.first_published_at else None,
        "next_to_sign": next_to_sign(user, article),
        "body": body_as_read(content),
        **past,
    }


def _specials_of(article: Article) -> list[Special]:
    return list(Special.objects.filter(stories__article=article))


def _put_form(user: User, article: Article) -> PutForm | None:
    """To put the story into a special; None for who makes none, and where there is none to put it into."""
    form = PutForm(user=user, article=article) if rules.can_make_specials(user) else None
    return form if form and form.fields["special"].queryset.exists() else None  # type: ignore[attr-defined]


def _past_context(user: User, article: Article, content: Content) -> dict[str, Any]:
    """What the page shows to those alone who may read how the story came about."""
    return {
        "sittings": sittings_of(article.revisions.defer("content")[:SHOWN_REVISIONS]),
        # What saved itself stands among the versions.
        "trail": AuditEntry.objects.about(article).exclude(data__has_key="autosaved")[:SHOWN_ENTRIES],
        **_remarks_context(user, article, content),
    }


def _remarks_context(user: User, article: Article, content: Content) -> dict[str, Any]:
    """The remarks on the story, its body with the passages marked, and the form for the next one."""
    remarks = numbered(article)
    marked = content | {"body": marked_body(content["body"], remarks)}
    return {
        "body": body_as_read(marked),
        "open_remarks": [one for one in remarks if one.remark.is_open],
        "settled_remarks": [one for one in remarks if not one.remark.is_open],
        "can_settle": rules.can_settle_remarks(user, article),
        "remark_form": RemarkForm(content, initial={"version": article.version}),
    }


def _since(bases: Sequence[Base], content: Content, asked: str) -> dict[str, Any]:
    """What changed since the revision asked for, or since the first of `bases`."""
    base = next((base for base in bases if base.why == asked), bases[0] if bases else None)
    return {
        "base": base,
        "bases": bases,
        "differences": differences(base.revision.content, content) if base else [],
    }


def next_to_sign(user: User, article: Article) -> Article | None:
    """The story that follows this one among those that wait for the signature of `user`; after the last one
    the first. None for who signs nothing, and where no other waits.
    """
    if not rules.can_review(user):
        return None
    waiting = list(rules.queue_of(user).only("headline", "web_headline", "slugline")[:LONGEST_QUEUE])
    here = next((place for place, story in enumerate(waiting) if story.pk == article.pk), -1)
    others = [story for story in [*waiting[here + 1 :], *waiting[: max(here, 0)]] if story.pk != article.pk]
    return others[0] if others else None


def _tie_form(user: User, article: Article) -> TieForm | None:
    """For the owner of a story without an assignment who has some to deliver: which one it counts for."""
    if article.assignment_id is not None or not rules.can_tie_to_assignment(user, article):
        return None
    return TieForm(user=user) if open_to(user, timezone.now()).exists() else None


def findings_context(user: User, article: Article) -> dict[str, Any]:
    """What the proofreading aid has to say of the story as it stands, for those who read its past."""
    checked = check_story(article)
    return {
        "article": article,
        "findings": [finding_as_data(finding) for finding in checked.findings],
        "accepted": checked.accepted,
        "similar": find_similar(body.plain_text(article.body), besides=article.pk, acting_user=user),
        "can_judge": rules.can_judge_findings(user, article),
    }


def asking_context(
    user: User, article: Article, concerns: Concerns, act: str | Promise, posted: QueryDict
) -> dict[str, Any]:
    """What is asked of who does something (`act`, in a word) with what is open, the grave findings first; `posted` is
    what they sent, to be sent once more.
    """
    graves_first = sorted(concerns.findings, key=lambda finding: not finding.is_grave)
    return {
        "article": article,
        "verb": act,
        "sentences": sentences_of(concerns.as_data()),
        "findings": [finding_as_data(finding) for finding in graves_first],
        "remarks": [one for one in numbered(article) if one.remark.is_open] if concerns.remarks else [],
        "look_at": _where_to_look(user, article, concerns),
        "again": [(name, value) for name, values in posted.lists() if name not in _ASKED_ANEW for value in values],
        "reason": posted.get("reason", ""),
    }


# What the question's own form brings along.
_ASKED_ANEW = frozenset({"csrfmiddlewaretoken", "all_the_same"})


def _where_to_look(user: User, article: Article, concerns: Concerns) -> str:
    """Where what is open is seen to: findings in the text, else remarks beside it, else the story."""
    if not concerns.findings:
        return article.get_absolute_url() + ("#remarks" if concerns.remarks else "")
    can_edit = rules.can(user, Verb.EDIT, article)
    return reverse("desk:story_edit" if can_edit else "desk:story_findings", args=[article.pk])


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


def standing_in_the_way(article: Article, user: User) -> list[Hindrance]:
    """What `user` should know before they edit the story."""
    return hindrances_of(article, present_on(article, apart_from=user), user)


def returned_by(article: Article) -> AuditEntry | None:
    """Who moved the story to where it stands, where reasons were given for it. One query, and only then."""
    return last_move(article) if article.return_reason or article.return_reasons else None


def saved_sentence(saved: Saved, user: User) -> str:
    """What `user`, who saved, is told."""
    version = {"number": saved.article.version}
    if saved.before == saved.continued:
        return _("Saved as version %(number)s.") % version
    who = comma_list(dict.fromkeys(revision.author_told_to(user) for revision in merged_revisions(saved)))
    return _("Saved as version %(number)s, together with what %(who)s saved meanwhile.") % {**version, "who": who}


def merged_revisions(saved: Saved) -> list[Revision]:
    """The versions by which what was saved is more than what was sent."""
    between = saved.article.revisions.filter(number__gt=saved.continued, number__lte=saved.before)
    return list(between.defer("content").order_by("number"))


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
    thumbnail, shown, large = (addresses[name] for name in ("thumbnail", "preview", "large"))
    return PublicFiles(thumbnail, shown, large, preview.width, preview.height, sources={})
