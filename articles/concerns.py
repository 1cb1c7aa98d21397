"""What is open about a story when somebody says a verb to it: they are asked once, and may mean it all the same.

Nothing here forbids anything; what is forbidden, `rules` and the services say. The question is one wherever the act
comes from: the story's page, a list of stories, the admin.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import publishing, rules, scheduling
from articles.checking import check_story
from articles.errors import Refusal
from articles.models import Article, StoryPresence
from articles.photo_rights import expired
from articles.presence import present_on
from articles.proofreading.checks import Finding
from articles.states import PLACEABLE, Verb
from newsroom.dates import clock_time
from newsroom.staff.models import User
from newsroom.wording import comma_list

# What lets a story go on is asked about what is unfinished in it; any verb, about whom it takes the text from.
GOES_ON = frozenset({Verb.SUBMIT, Verb.SIGN, Verb.PUBLISH})


@dataclass(frozen=True)
class Concerns:
    """What is open: who else is writing in the story, how many remarks nobody settled, what the proofreading aid
    found, how many of its photos may not be printed any more, and since when the clock would have published it. False
    where nothing is.
    """

    writing: Sequence[StoryPresence] = ()
    remarks: int = 0
    findings: Sequence[Finding] = ()
    expired: int = 0
    at_once: datetime.datetime | None = None

    def __bool__(self) -> bool:
        return bool(self.writing or self.remarks or self.findings or self.expired or self.at_once)

    def as_data(self) -> dict[str, Any]:
        """What was open, as the trail keeps it; empty where nothing was."""
        grave = sum(finding.is_grave for finding in self.findings)
        said = {
            "writing": [str(other.user) for other in self.writing],
            "remarks": self.remarks,
            "findings": len(self.findings),
            "grave": grave,
            "expired": self.expired,
            "at_once": self.at_once and self.at_once.isoformat(),
        }
        return {what: value for what, value in said.items() if value}


class AskedFirst(Refusal):
    """Something is open: whoever asked may say that they mean it all the same. `foreseen` is the story as it would
    stand then.
    """

    def __init__(self, concerns: Concerns, foreseen: Article) -> None:
        self.concerns, self.foreseen = concerns, foreseen
        super().__init__(" ".join(sentences_of(concerns.as_data())))


def concerns_about(article: Article, verb: str, user: User) -> Concerns:
    """What is open about the story for `user` who says `verb`: whoever else has it open and may edit it; where it is
    to go on, open remarks and findings, of the latter in a signature and a publication the grave ones alone, photos
    with which it could not be published, and that its last signature publishes it.
    """
    if verb not in GOES_ON:
        return Concerns(_writing_in(article, user))
    findings = check_story(article).findings
    return Concerns(
        _writing_in(article, user),
        article.remarks.filter(settled_at__isnull=True).count(),
        [finding for finding in findings if finding.is_grave or verb == Verb.SUBMIT],
        expired(article.photos.all()).count(),
        _time_past(article) if verb == Verb.SIGN else None,
    )


def _time_past(article: Article) -> datetime.datetime | None:
    """When the story should have come out that the clock publishes as soon as the step it awaits is signed; None for
    one that waits for more. What readers see is published by its last signature, whatever the time.
    """
    due = scheduling.earliest_release(article)
    if article.publish_at is None or due is None or due > timezone.now() or article.is_public:
        return None
    return due if (article.step or 1) >= len(rules.review_roles()) else None


def _writing_in(article: Article, user: User) -> list[StoryPresence]:
    others = present_on(article, apart_from=user)
    return [other for other in others if rules.can(other.user, Verb.EDIT, article)]


def act(
    article_id: int,
    verb: str,
    *,
    seen: str,
    acting_user: User,
    reason: str = "",
    listed: Sequence[int] = (),
    knowingly: bool = False,
) -> Article:
    """Let `acting_user` say `verb` to the story, `knowingly` whatever is open about it, which the trail then keeps.

    Raises AskedFirst where something is open and they were not asked yet, and whatever `publishing.act_on_story`
    raises: what would be refused is refused, and not asked about. Then nothing has changed.
    """
    said: dict[str, Any] = {"seen": seen, "acting_user": acting_user, "reason": reason, "listed": listed}
    with transaction.atomic():
        concerns = concerns_about(Article.objects.locked(article_id), verb, acting_user)
        if concerns and not knowingly:
            raise AskedFirst(concerns, publishing.rehearse_act(article_id, verb, **said))
        return publishing.act_on_story(article_id, verb, knowing=concerns.as_data(), **said)


def rehearse(
    article_id: int, verb: str, *, seen: str, acting_user: User, reason: str = "", knowingly: bool = False
) -> Article:
    """What `act` would make of the story; raises what it raises, and changes nothing."""
    with transaction.atomic():
        foreseen = publishing.rehearse_act(article_id, verb, seen=seen, acting_user=acting_user, reason=reason)
        if not knowingly and (concerns := concerns_about(Article.objects.get(pk=article_id), verb, acting_user)):
            raise AskedFirst(concerns, foreseen)
    return foreseen


def take_signature_back(article_id: int, *, seen: str, acting_user: User) -> Article:
    """As `publishing.take_signature_back`, but from nobody who has begun to write: AskedFirst names them then."""
    with transaction.atomic():
        concerns = Concerns(_writing_in(Article.objects.locked(article_id), acting_user))
        article = publishing.take_signature_back(article_id, seen=seen, acting_user=acting_user)
        if concerns:
            raise AskedFirst(concerns, article)
    return article


def set_release_times(
    article_id: int,
    *,
    embargo_until: datetime.datetime | None,
    publish_at: datetime.datetime | None,
    acting_user: User,
    seen: str | None = None,
    knowingly: bool = False,
) -> Article:
    """Set embargo and schedule as `scheduling` does. A signed story given a time to be published is as good as
    published, since nobody is there to be asked when it comes; before that, who signs is asked. Raises AskedFirst,
    and what `scheduling.set_release_times` raises.
    """
    with transaction.atomic():
        article = Article.objects.locked(article_id)
        is_scheduled = article.state in PLACEABLE and publish_at not in {None, article.publish_at}
        concerns = concerns_about(article, Verb.PUBLISH, acting_user) if is_scheduled else Concerns()
        changed = scheduling.set_release_times(
            article_id,
            embargo_until=embargo_until,
            publish_at=publish_at,
            acting_user=acting_user,
            seen=seen,
            knowing=concerns.as_data(),
        )
        if concerns and not knowingly:
            raise AskedFirst(concerns, changed)
    return changed


def sentences_of(open_then: Mapping[str, Any]) -> list[str]:
    """What was open (`Concerns.as_data`), in words."""
    return list(_sentences(open_then))


def _sentences(open_then: Mapping[str, Any]) -> Iterator[str]:
    if names := open_then.get("writing"):
        said = ngettext("%(who)s is writing in it.", "%(who)s are writing in it.", len(names))
        yield said % {"who": comma_list(names)}
    if number := open_then.get("remarks"):
        yield ngettext("%(number)s remark is open.", "%(number)s remarks are open.", number) % {"number": number}
    if number := open_then.get("findings"):
        yield _about_findings(number, open_then.get("grave", 0))
    if number := open_then.get("expired"):
        said = ngettext(
            "%(number)s photo may not be used any more: its rights have expired.",
            "%(number)s photos may not be used any more: their rights have expired.",
            number,
        )
        yield said % {"number": number}
    if time := open_then.get("at_once"):
        said = _("It comes out at once: its time, %(time)s, is past.")
        yield said % {"time": clock_time(datetime.datetime.fromisoformat(time))}


def _about_findings(number: int, grave: int) -> str:
    found = ngettext(
        "The proofreading aid has %(number)s open finding in it.",
        "The proofreading aid has %(number)s open findings in it.",
        number,
    )
    return _("%(first)s %(second)s") % {"first": found % {"number": number}, "second": _how_grave(number, grave)}


def _how_grave(number: int, grave: int) -> str:
    if not grave:
        return _("None is grave.")
    if grave == number:
        return ngettext("It is grave.", "All are grave.", number)
    return ngettext("%(number)s is grave.", "%(number)s are grave.", grave) % {"number": grave}
