"""What whoever is about to edit a story should know: each thing that stands in the way has a kind and a sentence.

Nothing here forbids anything; what is forbidden, `rules` and the services say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum, auto
from typing import NamedTuple

from django.utils.translation import gettext as _

from articles import rules
from articles.content import DESK_FIELDS, SIGNED_FIELDS, SIGNED_LISTS
from articles.models import Article, StoryPresence
from articles.models.title import step_name
from articles.photo_rights import said_of_expired
from articles.states import PLACEABLE, Verb
from articles.versions.comparing import label_of
from articles.versions.meanwhile import in_words, last_move
from newsroom.staff.acts import Act
from newsroom.staff.models import AuditEntry, User
from newsroom.staff.roles import SECTION_ROLES, Role
from newsroom.wording import comma_list

_PLACES = frozenset(name.removesuffix("_id") for name in SIGNED_FIELDS + DESK_FIELDS + SIGNED_LISTS)
_NAMED = 3  # people named of those who could sign a step


class HindranceKind(StrEnum):
    """What it is that stands in the way."""

    EDITED_NOW = auto()
    IN_REVIEW = auto()
    SIGNED_OFF = auto()
    RIGHTS_EXPIRED = auto()
    ON_PAGE = auto()
    PAGE_SIGNED = auto()
    WITH_PRINTER = auto()


class Hindrance(NamedTuple):
    """One thing that stands in the way of an edit, and the sentence that says so."""

    kind: HindranceKind
    sentence: str


Source = Callable[[Article], Iterable[Hindrance]]
_SOURCES: list[Source] = []


def ask_also(source: Source) -> None:
    """Let `source` say what stands in the way from where it stands: pages are not known here."""
    _SOURCES.append(source)


def hindrances_of(article: Article, others: Sequence[StoryPresence], user: User) -> list[Hindrance]:
    """Everything that stands in the way of `user` editing the story, what is nearest first. `others` have it open."""
    found = [*_edited_now(others), *_in_review(article, user), *_signed_off(article), *_rights_expired(article)]
    return found + [hindrance for source in _SOURCES for hindrance in source(article)]


def why_closed(article: Article, user: User) -> str:
    """Why `user`, who has the story open, cannot save in it any more: who moved it, and where it stands; empty where
    they can. Of its past, so the caller has made sure that they may know: they read it, or it lay before them.
    """
    if rules.can(user, Verb.EDIT, article):
        return ""
    move = last_move(article)
    return " ".join([*(_closed_by(move, article, user) if move else ()), _("This story is not yours to edit now.")])


def _closed_by(move: AuditEntry, article: Article, user: User) -> Iterator[str]:
    """How the last move closed the story to `user`; nothing where they have saved since, for then it did not."""
    if move.act == Act.STORY_EDIT and move.actor_id == user.pk:
        yield _("Your change reopened the final review.")
        yield _awaits_in_words(article)
    elif not article.revisions.filter(author=user, number__gt=move.data["version"]).exists():
        yield in_words(move, article, user)


def _edited_now(others: Sequence[StoryPresence]) -> Iterator[Hindrance]:
    for other in others:
        where = place_in_words(other.place)
        sentence = (
            _("%(who)s is editing this story now (%(where)s).") if where else _("%(who)s has this story open now.")
        )
        yield Hindrance(HindranceKind.EDITED_NOW, sentence % {"who": other.user, "where": where})


def place_in_words(place: str) -> str:
    """Where in a story that is: the field's name, in the body the paragraph; empty for a place nobody knows."""
    field, _colon, block = place.partition(":")
    if field == "body" and block.isdecimal():
        return _("paragraph %(number)s") % {"number": int(block) + 1}
    return label_of(field) if field in _PLACES else ""


def _in_review(article: Article, user: User) -> Iterator[Hindrance]:
    """Whoever is awaited is the one who is meant to edit it: to them it is none."""
    if article.step is None or rules.can(user, Verb.SIGN, article):
        return
    yield Hindrance(HindranceKind.IN_REVIEW, _awaits_in_words(article))


def _awaits_in_words(article: Article) -> str:
    """Which step the story awaits, and from whom."""
    values = {"step": step_name(article.step or 1), "who": _signers_of(article) or _role_awaited(article)}
    return _("It awaits %(step)s, with %(who)s.") % values


def awaited_from(article: Article) -> str:
    """From whom the story awaits a signature: the duty, its section, who may sign it now; empty where it awaits none.
    Two queries.
    """
    role = rules.role_awaited(article)
    return awaited_in_words(article, role, _names_of_signers(article)) if role else ""


def why_not_signed_by(user: User, article: Article) -> str:
    """Why `user` may not sign the step awaited though its duty is theirs, their own or handed over to them; empty where
    they may, and where it is somebody else's.
    """
    if not rules.has_duty_awaited(user, article):
        return ""
    if rules.is_on_byline(user, article):
        return _("You do not sign it: it carries your byline.")
    given = article.signatures.filter(signer=user, voided_at__isnull=True).first()
    said = _("You do not sign it: you signed its %(step)s, and nobody signs two steps of one story.")
    return said % {"step": step_name(given.step)} if given else ""


def awaited_in_words(article: Article, role: str, names: Sequence[str]) -> str:
    """The signature of whom the story awaits, where that is a holder of `role`, of whom these may sign it now."""
    said = {"role": Role(role).label, "section": article.section, "who": _some_of(names) or _("nobody may sign it now")}
    if role in SECTION_ROLES:
        return _("Awaits %(role)s of %(section)s: %(who)s") % said
    return _("Awaits %(role)s: %(who)s") % said


def _signers_of(article: Article) -> str:
    """Who may sign the step awaited, by name; empty where nobody is there who may."""
    return _some_of(_names_of_signers(article))


def _names_of_signers(article: Article) -> list[str]:
    return [str(person) for person in rules.signers_awaited(article).order_by("name", "pk")[: _NAMED + 1]]


def _some_of(names: Sequence[str]) -> str:
    return comma_list(names[:_NAMED]) + (_(" and others") if len(names) > _NAMED else "")


def _role_awaited(article: Article) -> str:
    role = rules.role_awaited(article)
    return str(Role(role).label) if role else ""


def _signed_off(article: Article) -> Iterator[Hindrance]:
    if article.state not in PLACEABLE:
        return
    if article.is_public:
        sentence = _("Readers see version %(number)s. Saving a change reopens the final review.")
    else:
        sentence = _("It is signed off. Saving a change reopens the final review.")
    yield Hindrance(HindranceKind.SIGNED_OFF, sentence % {"number": article.released_version})


def _rights_expired(article: Article) -> Iterator[Hindrance]:
    """Each photo that the story keeps though it may not be printed any more. One query."""
    sentence = _(
        "The rights in “%(photo)s” (photo %(number)s) expired on %(day)s: the story cannot be published with it."
    )
    for said in said_of_expired(article.photos.order_by("uses__order"), sentence):
        yield Hindrance(HindranceKind.RIGHTS_EXPIRED, said)
