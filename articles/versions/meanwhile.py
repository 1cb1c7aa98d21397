"""What happened to a story since somebody saw it: who moved it and when, and whether its words are still the same."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from articles import rules
from articles.errors import NotAllowed, StaleVersion, what_stands
from articles.models import Article, Revision
from articles.states import State, Verb
from articles.versions.comparing import label_of
from articles.versions.revisions import current_revision
from newsroom.dates import clock_time
from newsroom.staff.acts import Act
from newsroom.staff.models import AuditEntry, User
from newsroom.wording import comma_list

_ALWAYS_MOVES = [
    *(f"story.{verb}" for verb in Verb if verb != Verb.EDIT),
    Act.STORY_REOPEN.value,
    Act.STORY_UNSIGN.value,
]
# An edit moves a story where it reopens the last step.
_MOVES = Q(act__in=_ALWAYS_MOVES) | Q(act=Act.STORY_EDIT, data__has_key="to")


def refuse_unseen(article: Article, seen: str, user: User) -> None:
    """Raise StaleVersion unless the locked story stands as `user` saw it (`Article.seen`): it says who moved it and
    when, and what of its text is another.

    That is of the story's past: to whoever may not read it NotAllowed is said instead. No query where nothing has
    happened.
    """
    if article.seen == seen:
        return
    if not rules.can_see_history(user, article):
        raise NotAllowed
    current, moved = current_revision(article), _move_in_words(article, seen, user)
    if version_in(seen) == article.version:
        said = [moved, _("Its text is the same. Nothing was done to it.")]
    else:
        said = [what_stands(current, user), *_changes(current, seen), moved]
    raise StaleVersion(current, user, sentence=" ".join(filter(None, said)))


def version_in(seen: str) -> int:
    """The version that an `Article.seen` names; 0, which no story has, where it is none that a row can have."""
    number = seen.partition(".")[0]
    return int(number) if number.isdecimal() and len(number) < 19 else 0


def last_move(article: Article) -> AuditEntry | None:
    """The row of the trail that says who moved the story last; None where nobody has. One query."""
    return AuditEntry.objects.about(article).filter(_MOVES).first()


def _move_in_words(article: Article, seen: str, user: User) -> str:
    """Who moved the story last, if that was after it was seen; empty where nobody did."""
    move = last_move(article)
    if move is None or move.data["version"] < version_in(seen) or _led_to(move) == seen:
        return ""
    return in_words(move, article, user)


def in_words(move: AuditEntry, article: Article, user: User) -> str:
    """For `user`, who made the story's last move, when, and where it stands since."""
    values = {"who": move.by, "act": move.get_act_display(), "when": clock_time(move.at), "state": article.state_label}
    if move.actor_id == user.pk:
        return _("Meanwhile you, in another window, %(act)s (%(when)s). Where it stands: %(state)s.") % values
    return _("Meanwhile %(who)s %(act)s (%(when)s). Where it stands: %(state)s.") % values


def _led_to(move: AuditEntry) -> str:
    """What was seen of the story (`Article.seen`) right after the move; old rows of a release name no state."""
    return f"{move.data['version']}.{move.data.get('to', State.PUBLISHED)}.{move.data.get('step', 0)}"


def _changes(current: Revision, seen: str) -> Iterator[str]:
    """Which fields say something else than in the version seen, where it is still there."""
    then = current.article.revisions.filter(number=version_in(seen)).first()
    if then is not None:
        changed = [label_of(name) for name, value in current.content.items() if value != then.content.get(name)]
        yield _("Changed: %(fields)s.") % {"fields": comma_list(changed)}
