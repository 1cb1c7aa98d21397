"""Filing a story and saving it: every save is a revision; none overwrites what its author had not seen."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import rules
from articles.content import Content, content_of, fields_of, hash_of
from articles.due import reckon_anew
from articles.duplicates import remember_text
from articles.errors import IllegalTransition, Incomplete, NotAllowed, StaleVersion, WouldReopen
from articles.models import Article, Assignment, Revision
from articles.plan.assigning import lock_for_delivery
from articles.remarks import follow_text
from articles.states import PLACEABLE, TARGETS, Verb
from articles.text.merging import merge
from articles.versions.revisions import continued_revision, current_revision, write_revision
from articles.workflow import reopen_last_step
from articles.writing import Credit as Credit
from articles.writing import Picture as Picture
from articles.writing import compose, compose_whole, is_blank, missing_for_submitting, says_nothing, write_lists
from newsroom.staff import audit
from newsroom.staff.acts import Act
from newsroom.staff.models import User


class Saved(NamedTuple):
    """A story after a save: the version that its writer continued, and the one that stood before the save.

    Where they differ, somebody else's versions between them were merged in.
    """

    article: Article
    continued: int
    before: int

    @property
    def is_unchanged(self) -> bool:
        """Whether the story said all that before."""
        return self.article.version == self.before


class Sending(NamedTuple):
    """How a save was sent: by itself or by a person, perhaps to submit the story, under which name, and as the next
    after which one.

    A sender who lost an answer names that save in `continues`: what they send now goes on from what it held.
    """

    by_itself: bool = False
    to_submit: bool = False
    attempt: UUID | None = None
    continues: UUID | None = None


# A person pressed a button, and nothing else is known.
PRESSED = Sending()


def create_story(
    fields: Mapping[str, Any],
    *,
    bylines: Sequence[Credit] = (),
    pictures: Sequence[Picture] = (),
    doubts: Sequence[str] = (),
    assignment: int | None = None,
    filing_token: UUID | None = None,
    sending: Sending = PRESSED,
    acting_user: User,
) -> Article:
    """File a new story as a draft of `acting_user`'s, with its first revision.

    `doubts` are what an import was unsure of. Whoever may file (`rules.can_file`); against an `assignment`,
    who accepted it. What says nothing yet is not filed, unless it saves itself, which it does of what is being
    written. Raises NotAllowed, IllegalTransition, Incomplete, RightsExpired, ValidationError.
    """
    if not rules.can_file(acting_user):
        raise NotAllowed
    with transaction.atomic():
        article = Article(created_by=acting_user, import_doubts=list(doubts), filing_token=filing_token)
        if assignment is not None:
            article.assignment = lock_for_delivery(assignment, acting_user=acting_user)
        nothing = {**fields_of(article), "bylines": [], "pictures": []}
        content = compose(article, nothing, fields, bylines, pictures)
        _refuse_nothing(content, article.assignment, sending)
        article.save()
        write_lists(article, nothing, content)
        write_revision(article, acting_user, content, **_how(sending, based_on=0))
        remember_text(article)
        audit.record(acting_user, Act.STORY_CREATE, article)
    return article


def _refuse_nothing(content: Content, assignment: Assignment | None, sending: Sending) -> None:
    """Raise Incomplete for a draft nobody wrote a word of, and for one to be submitted that tells nothing."""
    if sending.to_submit and says_nothing(content):
        raise Incomplete(missing_for_submitting(content))
    given = assignment.topic.title if assignment else ""
    if not sending.by_itself and is_blank(content, given):
        raise Incomplete(_("A draft needs a headline, a text, a picture or a note first."))


def file_story(
    fields: Mapping[str, Any],
    *,
    filing_token: UUID,
    bylines: Sequence[Credit] = (),
    pictures: Sequence[Picture] = (),
    assignment: int | None = None,
    sending: Sending = PRESSED,
    acting_user: User,
) -> Saved:
    """File a story once, however often it is sent: the same token again saves what came since it was filed.

    Raises what `create_story` and `save_story` raise; NotAllowed for a token under which somebody else filed.
    """
    how: dict[str, Any] = {"bylines": bylines, "pictures": pictures, "sending": sending, "acting_user": acting_user}
    if not Article.objects.filter(filing_token=filing_token).exists():
        try:
            with transaction.atomic():
                filed = create_story(fields, filing_token=filing_token, assignment=assignment, **how)
            return Saved(filed, continued=0, before=0)
        except IntegrityError:
            # The same filing, sent twice, was written by the other request at this very moment.
            if not Article.objects.filter(filing_token=filing_token).exists():
                raise
    article = Article.objects.get(filing_token=filing_token)
    if article.created_by_id != acting_user.pk:
        raise NotAllowed
    return save_story(article.pk, fields, based_on=1, **how)


def tie_to_assignment(article_id: int, assignment_id: int, *, acting_user: User) -> Article:
    """Let a story that was begun without one count for an assignment that its owner accepted.

    Nothing that is signed changes, so no version is made. Raises NotAllowed, and IllegalTransition
    where it has its assignment already.
    """
    with transaction.atomic():
        assignment = lock_for_delivery(assignment_id, acting_user=acting_user)
        article = Article.objects.locked(article_id)
        if not rules.can_tie_to_assignment(acting_user, article):
            raise NotAllowed
        if article.assignment_id is not None:
            raise IllegalTransition(_("This story has its assignment already."))
        article.assignment = assignment
        article.save(update_fields=["assignment"])
        if assignment.topic.edition_day is not None:
            reckon_anew(Article.objects.filter(pk=article.pk))
        audit.record(acting_user, Act.STORY_EDIT, article, fields=["assignment"])
    return article


def save_story(
    article_id: int,
    fields: Mapping[str, Any],
    *,
    based_on: int,
    bylines: Sequence[Credit] | None = None,
    pictures: Sequence[Picture] | None = None,
    sending: Sending = PRESSED,
    acting_user: User,
) -> Saved:
    """Save `fields` (and the lists, where given) as the next version, merged with what came after `based_on`.

    Whoever may edit the story where it stands (`rules.MAY`). A change to signed content after the last
    signature voids it and reopens the last step. Saving what is there already changes nothing, and who lost the answer
    to a save that moved the story out of their hands is answered it again.
    Raises StaleVersion (with the revision that stands and what could be merged) where somebody else made
    something different of the same, NotAllowed, IllegalTransition, WouldReopen, RightsExpired where a photo that
    may not be used any more would be new to the story, ValidationError.
    """
    with transaction.atomic():
        article = Article.objects.locked(article_id)
        try:
            _refuse_edit(article, acting_user)
        except (NotAllowed, IllegalTransition):
            if _stands_as_sent(article, fields, bylines, pictures, sending, acting_user):
                return Saved(article, article.version, article.version)
            raise
        before, version = content_of(article), article.version
        base = None if based_on == version else continued_revision(article, based_on, sending.continues)
        if based_on == version or (base is not None and base.number == version):
            continued, after = version, compose(article, before, fields, bylines, pictures)
        else:
            continued = base.number if base else based_on
            after = _merged(article, before, base, fields, bylines, pictures, acting_user)
        if after != before:
            _write_version(article, before, after, acting_user, continued, sending)
    return Saved(article, continued, version)


def restore_version(article_id: int, number: int, *, based_on: int, acting_user: User) -> Article:
    """Let the story say again what its version `number` said, as the next version; nothing is merged.

    Whoever may edit the story where it stands. Raises StaleVersion where `based_on` is not what stands,
    Revision.DoesNotExist, NotAllowed, IllegalTransition, RightsExpired, ValidationError where somebody or some
    photo that it names is no longer there.
    """
    with transaction.atomic():
        article = Article.objects.locked(article_id)
        _refuse_edit(article, acting_user)
        if article.version != based_on:
            raise StaleVersion(current_revision(article), acting_user)
        before, old = content_of(article), article.revisions.get(number=number).content
        # What readers were told is no text to go back to.
        after = compose_whole(article, before, {**old, "correction_note": before["correction_note"]})
        if after != before:
            _write_version(article, before, after, acting_user, based_on, PRESSED, restored=number)
    return article


def _refuse_edit(article: Article, user: User) -> None:
    """Raise unless `user` may edit the locked story."""
    if (article.state, Verb.EDIT) not in TARGETS:
        raise IllegalTransition(_("A story that is %(state)s is not edited.") % {"state": article.state_label})
    if not rules.can(user, Verb.EDIT, article):
        raise NotAllowed(_("This story is not yours to edit now."))


def _stands_as_sent(
    article: Article,
    fields: Mapping[str, Any],
    bylines: Sequence[Credit] | None,
    pictures: Sequence[Picture] | None,
    sending: Sending,
    user: User,
) -> bool:
    """Whether what stands is this very save of `user`'s, sent again with nothing more in it."""
    stands = current_revision(article)
    if sending.attempt is None or stands.attempt != sending.attempt or stands.author_id != user.pk:
        return False
    content: Content = stands.content
    return compose(copy.copy(article), content, fields, bylines, pictures) == content


def _merged(
    article: Article,
    theirs: Content,
    base: Revision | None,
    fields: Mapping[str, Any],
    bylines: Sequence[Credit] | None,
    pictures: Sequence[Picture] | None,
    user: User,
) -> Content:
    """What `user` sent merged with what stands, set on `article`. Raises StaleVersion where the two part."""
    began_with = base.content if base else theirs
    mine = compose(copy.copy(article), began_with, fields, bylines, pictures)
    merged = merge(base.content if base else None, theirs, mine)
    if not merged.is_clean:
        raise StaleVersion(current_revision(article), user, merged)
    return compose_whole(article, theirs, merged.content)


def _write_version(
    article: Article, before: Content, after: Content, user: User, continued: int, sending: Sending, **data: Any
) -> None:
    """Write the locked story, whose fields are set, as its next version. The caller has decided."""
    if hash_of(after) != hash_of(before):
        if sending.by_itself and article.state in PLACEABLE:
            raise WouldReopen
        data |= reopen_last_step(article, by=user)
    article.version += 1
    article.updated_at = timezone.now()
    article.save()
    write_lists(article, before, after)
    revision = write_revision(article, user, after, **_how(sending, based_on=continued))
    follow_text(article, before, after)
    if after["body"] != before["body"]:
        remember_text(article)
    data |= {"merged": continued} if revision.is_merged else {}
    data |= {"autosaved": True} if sending.by_itself else {}
    audit.record(user, Act.STORY_EDIT, article, version=article.version, **data)


def _how(sending: Sending, *, based_on: int) -> dict[str, Any]:
    return {"based_on": based_on, "attempt": sending.attempt, "autosaved": sending.by_itself}
