"""Who is told of what is done to a story: called by the services, inside the transaction of the act."""

from __future__ import annotations

from collections.abc import Iterable

from articles import rules
from articles.models import Article, Signature
from articles.states import State, Verb
from newsroom.staff.models import NoticeKind, User
from newsroom.staff.notices import settle, tell

# What its authors are told of each verb; the others are theirs to say, or change nothing for them.
TOLD_TO_AUTHORS: dict[Verb, NoticeKind] = {
    Verb.SIGN: NoticeKind.SIGNED,
    Verb.RETURN: NoticeKind.RETURNED,
    Verb.SPIKE: NoticeKind.SPIKED,
    Verb.PUBLISH: NoticeKind.PUBLISHED,
    Verb.CORRECT: NoticeKind.CORRECTED,
    Verb.WITHDRAW: NoticeKind.WITHDRAWN,
    Verb.REVIVE: NoticeKind.REVIVED,
}


def tell_of_move(article: Article, verb: Verb, *, by: User, reason: str = "") -> None:
    """After `by` said `verb` to the story: tell its authors, and those whose turn it is now. Of a correction called
    off nobody is told: whoever has not read of it yet need not any more.
    """
    settle(NoticeKind.AWAITED, article)
    if verb == Verb.CALL_OFF:
        settle(NoticeKind.CORRECTED, article)
        settle(NoticeKind.VOIDED, article)
    kind = TOLD_TO_AUTHORS.get(verb)
    if kind is not None:
        # The last signature under a correction brings it to readers at once.
        kind = NoticeKind.PUBLISHED if article.state == State.PUBLISHED else kind
        tell(rules.authors_of(article), kind, article, by=by, text=reason)
    if article.step is not None:
        tell_awaited(article, by=by)


def tell_awaited(article: Article, *, by: User) -> None:
    """Tell everybody who may sign the story now that it awaits them."""
    tell(rules.signers_awaited(article), NoticeKind.AWAITED, article, by=by)


def tell_taken_back(article: Article, signature: Signature, *, by: User) -> None:
    """A signature was taken back: nobody is awaited for what came after it, and those awaited before are again. What
    was told of the signatures before it stays true.
    """
    settle(NoticeKind.AWAITED, article)
    settle(NoticeKind.SIGNED, article, since=signature.signed_at)
    tell_awaited(article, by=by)


def tell_published(article: Article, *, by: User | None) -> None:
    """Tell the authors that readers see the story; `by` None is the clock."""
    tell(rules.authors_of(article), NoticeKind.PUBLISHED, article, by=by)


def tell_voided(article: Article, signers: Iterable[int], *, by: User, reason: str = "") -> None:
    """Tell those whose signatures under the story were just struck out."""
    tell(User.objects.filter(pk__in=list(signers)), NoticeKind.VOIDED, article, by=by, text=reason)


def tell_remarked(article: Article, others: Iterable[User], *, by: User, text: str, anchor: str) -> None:
    """Tell the authors of a remark on their story or of an answer, and `others` who are in the conversation; `anchor`
    is the remark's place on the story's page.
    """
    people = rules.authors_of(article) | User.objects.filter(pk__in=[person.pk for person in others])
    tell(people, NoticeKind.REMARKED, article, by=by, text=text, anchor=anchor)


def tell_late(article: Article) -> None:
    """The clock found the step awaited late: tell whose turn it is. The caller tells the same lateness once."""
    tell(rules.signers_awaited(article), NoticeKind.LATE, article)
