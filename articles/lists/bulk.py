"""One thing said to many stories: first what would happen to each, then each by itself.

Whatever happens to a story happens through the services that do it to one; here is only the going round. A
story that moved meanwhile is refused by itself and holds up no other.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import concerns, rules
from articles.concerns import AskedFirst
from articles.editing import save_story
from articles.errors import NotAllowed, Refusal
from articles.models import Article, Section
from articles.scheduling import set_release_times
from articles.states import REASON_REQUIRED, State, Verb
from articles.versions.meanwhile import refuse_unseen
from newsroom.staff.models import User


class Deed(models.TextChoices):
    """What can be done to many stories at once: most verbs, and three facts set. A correction is written for
    one story, and editing is no deed.
    """

    SUBMIT = Verb.SUBMIT.value, Verb.SUBMIT.label
    RECALL = Verb.RECALL.value, Verb.RECALL.label
    SIGN = Verb.SIGN.value, Verb.SIGN.label
    RETURN = Verb.RETURN.value, Verb.RETURN.label
    SPIKE = Verb.SPIKE.value, Verb.SPIKE.label
    REVIVE = Verb.REVIVE.value, Verb.REVIVE.label
    PUBLISH = Verb.PUBLISH.value, Verb.PUBLISH.label
    WITHDRAW = Verb.WITHDRAW.value, Verb.WITHDRAW.label
    SECTION = "section", gettext_lazy("Set the section")
    EMBARGO = "embargo", gettext_lazy("Set the embargo")
    SCHEDULE = "schedule", gettext_lazy("Set the publication on the web")


FACTS = frozenset({Deed.SECTION, Deed.EMBARGO, Deed.SCHEDULE})


@dataclass(frozen=True)
class Order:
    """A deed with what it needs: a reason, the section, the moment (None takes embargo or schedule away).

    `is_open` says that what it needs is not known yet: then only whether it may be done at all is asked. `knowingly`
    are the numbers of the stories that it is done to whatever is open about them, `times` what was seen of the times
    of each (`Article.times_seen`).
    """

    deed: str
    reason: str = ""
    section_id: int | None = None
    moment: datetime.datetime | None = None
    is_open: bool = False
    knowingly: frozenset[int] = frozenset()
    times: Mapping[int, str] = field(default_factory=dict)

    def times_seen(self, number: int) -> str | None:
        """What was seen of the story's times, neither of them by who does not say; None before they are asked for."""
        return None if self.is_open else self.times.get(number, "")


class WayBack(NamedTuple):
    """One story to be undone: its number, what is seen of it since, and the section it had."""

    number: int
    seen: str
    section_id: int


@dataclass(frozen=True)
class Outcome:
    """What happened, or would happen, to one story: as it was, as it is then, or why nothing happens. `is_asked`
    where nothing does because something is open, which the refusal names: `story` is as it would be all the same.
    """

    was: Article
    story: Article
    refusal: str = ""
    is_asked: bool = False

    @property
    def is_done(self) -> bool:
        return not self.refusal


def foresee(order: Order, stories: list[Article], seen: Mapping[int, str], *, acting_user: User) -> list[Outcome]:
    """What `order` would make of each of `stories` as it was seen; nothing is changed.

    Each is tried and taken back, so that what is said beforehand is what the services themselves say.
    """
    return [_outcome(order, story, seen, acting_user, rehearsed=True) for story in stories]


def carry_out(order: Order, stories: list[Article], seen: Mapping[int, str], *, acting_user: User) -> list[Outcome]:
    """Do it to one after the other, each in its own transaction; who may is what the services ask."""
    return [_outcome(order, story, seen, acting_user, rehearsed=False) for story in stories]


def _outcome(order: Order, story: Article, seen: Mapping[int, str], user: User, *, rehearsed: bool) -> Outcome:
    if story.pk not in seen:
        return Outcome(story, story, _("It was not on the page before you."))
    outcome = _tried(story, lambda: _do(order, story.pk, seen[story.pk], user, rehearsed))
    return outcome if rehearsed or outcome.is_done else replace(outcome, story=story)


def _tried(story: Article, do: Callable[[], Article]) -> Outcome:
    """What comes of doing it to the story, or why nothing does."""
    try:
        return Outcome(story, do())
    except AskedFirst as asked:
        return Outcome(story, asked.foreseen, str(asked), is_asked=True)
    except Refusal as refused:
        return Outcome(story, story, str(refused))
    except ValidationError as refused:
        return Outcome(story, story, " ".join(refused.messages))


def _do(order: Order, number: int, seen: str, user: User, rehearsed: bool) -> Article:
    if order.deed not in FACTS:
        reason = "…" if order.is_open and order.deed in REASON_REQUIRED else order.reason
        say = partial(concerns.rehearse if rehearsed else concerns.act, number, order.deed, seen=seen, reason=reason)
        return say(acting_user=user, knowingly=number in order.knowingly)
    with transaction.atomic():
        article = Article.objects.locked(number)
        refuse_unseen(article, seen, user)
        changed = _SET[Deed(order.deed)](order, article, user)
        transaction.set_rollback(rehearsed)
    return changed


def _set_section(order: Order, article: Article, user: User) -> Article:
    section = order.section_id if order.section_id is not None else _any_other_section(article)
    return save_story(article.pk, {"section_id": section}, based_on=article.version, acting_user=user).article


def _any_other_section(article: Article) -> int:
    """Whichever it will be, a change does the same to the story's review; what is there already would do nothing."""
    other = Section.objects.exclude(pk=article.section_id).values_list("pk", flat=True).first()
    return other or article.section_id


def _set_embargo(order: Order, article: Article, user: User) -> Article:
    until = article.embargo_until if order.is_open else order.moment
    return set_release_times(
        article.pk,
        embargo_until=until,
        publish_at=article.publish_at,
        acting_user=user,
        seen=order.times_seen(article.pk),
    )


def _set_schedule(order: Order, article: Article, user: User) -> Article:
    """Whichever moment it will be, what is open about the story is the same."""
    return concerns.set_release_times(
        article.pk,
        embargo_until=article.embargo_until,
        publish_at=timezone.now() if order.is_open else order.moment,
        acting_user=user,
        seen=order.times_seen(article.pk),
        knowingly=article.pk in order.knowingly,
    )


_SET = {Deed.SECTION: _set_section, Deed.EMBARGO: _set_embargo, Deed.SCHEDULE: _set_schedule}


def way_back(deed: str, before: Article, after: Article, user: User) -> WayBack | None:
    """What the story needs to stand as it stood before `deed`; None where nothing leads there.

    What voided a signature or showed something to readers is not undone.
    """
    back = _BACK.get(deed)
    if back is None or not back.leads_there(before, after, user):
        return None
    return WayBack(after.pk, after.seen, before.section_id)


def undo(deed: str, ways: list[WayBack], *, acting_user: User) -> list[Outcome]:
    """Take `deed` back from the stories that the ways back name; one that moved on since is refused by itself.

    Raises NotAllowed for a deed that nothing takes back.
    """
    back = _BACK.get(deed)
    if back is None:
        raise NotAllowed
    asked = {way.number: way for way in ways}
    stories = rules.visible_to(acting_user).for_lists().filter(pk__in=asked)
    return [_tried(story, partial(back.go, asked[story.pk], acting_user)) for story in stories]


class _Back(NamedTuple):
    """How a deed is taken back, and whether that leads to where the story stood before it: (before, after, user)."""

    go: Callable[[WayBack, User], Article]
    leads_there: Callable[[Article, Article, User], bool]


def _by_verb(verb: Verb, *stood: State) -> _Back:
    """By a verb, where the story stood in one of these states."""

    def go(way: WayBack, user: User) -> Article:
        return concerns.act(way.number, verb, seen=way.seen, acting_user=user)

    return _Back(go, lambda before, after, user: before.state in stood and rules.can(user, verb, after))


def _unsign(way: WayBack, user: User) -> Article:
    return concerns.take_signature_back(way.number, seen=way.seen, acting_user=user)


def _set_section_back(way: WayBack, user: User) -> Article:
    return _do(Order(Deed.SECTION, section_id=way.section_id), way.number, way.seen, user, rehearsed=False)


def _only_moved_section(before: Article, after: Article, _user: User) -> bool:
    return (before.state, before.step) == (after.state, after.step) and before.section_id != after.section_id


_BACK: dict[str, _Back] = {
    Deed.SUBMIT: _by_verb(Verb.RECALL, State.DRAFT),
    Deed.SPIKE: _by_verb(Verb.REVIVE, State.DRAFT, State.RETURNED),
    Deed.SIGN: _Back(_unsign, lambda _before, after, user: rules.signature_to_take_back(user, after) is not None),
    Verb.CORRECT: _by_verb(Verb.CALL_OFF, State.PUBLISHED),
    Deed.SECTION: _Back(_set_section_back, _only_moved_section),
}
