"""What one person hears of the news: the rules are asked here, on rows that were read once for everybody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from articles import rules
from editions.live.news import News, Told
from editions.whereabouts import address_of
from newsroom import dates
from newsroom.staff.models import Notice, User


class Event(NamedTuple):
    """One thing said to a window, by name: story, board, notice, hello or full.

    A `story` says how it stands and not what was done to it or by whom: that is of its past, which not everybody
    reads who reads the story. Where it was taken from somebody who has it open it says no more than that it is
    `gone`. `board` says that something of the desk changed, and nothing else: whoever shows a list fetches it anew.
    """

    name: str
    data: dict[str, Any]


def of_news(user: User, news: News) -> Iterator[Event]:
    """Each story that `user` may read and that changed, or has open and may not read any more, then
    that lists changed. No query."""
    for story in news.stories:
        if rules.can_view(user, story):
            yield Event(
                "story", {"number": story.pk, "version": story.version, "state": story.state, "step": story.step or 0}
            )
        elif any(there.user_id == user.pk for there in story.presences.all()):
            yield Event("story", {"number": story.pk, "gone": True})
    if news.touches_the_desk:
        yield Event("board", {})


def of_notices(told: Told) -> Event:
    """How many notices are unread, and the newest ones with the way to what they are about. No query."""
    return Event("notice", {"unread": told.unread, "newest": [_notice(notice, told) for notice in told.newest]})


def written(event: Event, position: object = None) -> bytes:
    """The event as a stream carries it; `position` is what the browser sends back when it connects again."""
    number = f"id: {position}\n" if position is not None else ""
    return f"{number}event: {event.name}\ndata: {json.dumps(event.data, ensure_ascii=False)}\n\n".encode()


def _notice(notice: Notice, told: Told) -> dict[str, Any]:
    return {
        "number": notice.pk,
        "kind": notice.kind,
        "head": notice.head,
        "about": notice.target_label,
        "text": notice.text,
        "by": notice.by_label,
        "at": notice.at.isoformat(),
        "when": dates.short_moment(notice.at),
        "unread": notice.read_at is None,
        "address": address_of(notice, told.readable),
    }
