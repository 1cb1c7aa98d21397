"""The plan as calendars that other programs subscribe to: iCalendar (RFC 5545), published (RFC 5546), in UTC.

What is no longer planned is no longer in it: whoever subscribes reads the whole calendar each time.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from email.utils import parseaddr

from django.conf import settings
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from articles.coverage_states import LIVE_ASSIGNMENTS, PLANNED_STATES, AssignmentState, TopicState
from articles.models import Assignment, Title, Topic
from articles.plan import coverage, coverage_rules
from newsroom import dates
from newsroom.staff.models import AuditEntry, User

# How far back and ahead a calendar reaches, how many topics it holds, and how often programs ask for it anew.
PAST, AHEAD = datetime.timedelta(days=31), datetime.timedelta(days=366)
MOST = 2000
ASKED_ANEW = datetime.timedelta(hours=1)
A_DAY = datetime.timedelta(days=1)

# From a path of ours to an address that other programs can open.
Addressing = Callable[[str], str]


def plan_calendar(user: User, address: Addressing) -> bytes:
    """What is planned and `user` may read (`coverage_rules.visible_to`), a topic an event."""
    today = timezone.localdate()
    planned = coverage_rules.visible_to(user).filter(state__in=PLANNED_STATES)
    topics = list(coverage.with_going(coverage.on_days(planned, today - PAST, today + AHEAD))[:MOST])
    changed = _changed(topics)
    calendar = _Writer(_("Planning"), address)
    for topic in topics:
        words = [_about_topic(topic), _who_goes(topic.going), topic.about]
        is_firm = topic.state == TopicState.APPROVED
        event = calendar.event(f"topic-{topic.pk}", str(topic), topic, changed.get(topic.pk), words, is_firm)
        _take_place(event, topic)
    return calendar.written()


def assignments_calendar(user: User, address: Addressing) -> bytes:
    """What `user` is sent for and has not declined: where and when it is, and another event for when it is due."""
    since = timezone.now() - PAST
    mine = Assignment.objects.filter(person=user, state__in=LIVE_ASSIGNMENTS, due_at__gte=since)
    assignments = list(mine.select_related("topic__section", "person").order_by("due_at", "id")[:MOST])
    changed, of_topics = _changed(assignments), _changed([assignment.topic for assignment in assignments])
    calendar = _Writer(_("My assignments"), address)
    for assignment in assignments:
        topic, name = assignment.topic, f"assignment-{assignment.pk}"
        last = max(filter(None, [changed.get(assignment.pk), of_topics.get(topic.pk)]), default=None)
        due = _("Due: %(moment)s") % {"moment": dates.zoned_moment(assignment.due_at)}
        words = [due, _about_topic(topic), assignment.note, topic.about]
        title = _("%(topic)s (%(kind)s)") % {"topic": topic, "kind": assignment.get_kind_display()}
        is_firm = assignment.state == AssignmentState.ACCEPTED
        _take_place(calendar.event(name, title, topic, last, words, is_firm), topic)
        ends = calendar.event(f"{name}-due", _("Due: %(title)s") % {"title": title}, topic, last, words[1:], is_firm)
        ends.add("dtstart", _in_utc(assignment.due_at))
    return calendar.written()


class _Writer:
    """A calendar being written. `UID`s name the newspaper, so that they stay what they are under any address."""

    def __init__(self, name: str, address: Addressing) -> None:
        self.address, title = address, Title.objects.first()
        self._house = title.cn_number.replace(" ", "") if title else "newsroom"
        self._organizer = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
        self._organizer.params["CN"] = str(title or _("Newsroom"))
        self._calendar = Calendar()
        self._calendar.add("prodid", "-//Newsroom//Planning//ZH")
        self._calendar.add("version", "2.0")
        self._calendar.add("calscale", "GREGORIAN")
        self._calendar.add("method", "PUBLISH")
        self._calendar.add("x-wr-calname", vText(f"{title} · {name}" if title else name))
        self._calendar.add("refresh-interval", ASKED_ANEW, parameters={"VALUE": "DURATION"})
        self._calendar.add("x-published-ttl", ASKED_ANEW)

    def event(
        self,
        name: str,
        title: str,
        topic: Topic,
        changed: datetime.datetime | None,
        words: Sequence[str],
        is_firm: bool,
    ) -> Event:
        """A new event about `topic`, still without its time; `words` are the paragraphs said with it."""
        event = Event()
        event.add("uid", f"{name}@{self._house}")
        event.add("dtstamp", _in_utc(timezone.now()))
        event.add("last-modified", _in_utc(changed or topic.proposed_at))
        event.add("sequence", topic.version)
        event.add("organizer", self._organizer)
        event.add("summary", title)
        event.add("description", "\n\n".join(filter(None, words)))
        event.add("categories", [str(topic.section)])
        event.add("status", "CONFIRMED" if is_firm else "TENTATIVE")
        # Somebody's time is their own to keep free.
        event.add("transp", "TRANSPARENT")
        event.add("url", self.address(topic.get_absolute_url()))
        if topic.place:
            event.add("location", topic.place)
        self._calendar.add_component(event)
        return event

    def written(self) -> bytes:
        return bytes(self._calendar.to_ical())


def _take_place(event: Event, topic: Topic) -> None:
    """Put `topic`'s days or hours on its event. A last day ends when the next one begins, without hours as with."""
    if topic.starts_at is None:
        event.add("dtstart", topic.day)
        event.add("dtend", topic.last_day + A_DAY)
        return
    event.add("dtstart", _moment(topic.day, topic.starts_at))
    if topic.ends_at is not None:
        event.add("dtend", _moment(topic.last_day, topic.ends_at))
    elif topic.last_day > topic.day:
        event.add("dtend", _moment(topic.last_day + A_DAY, datetime.time.min))


def _moment(day: datetime.date, time: datetime.time) -> datetime.datetime:
    return _in_utc(timezone.make_aware(datetime.datetime.combine(day, time)))


def _in_utc(moment: datetime.datetime) -> datetime.datetime:
    return moment.astimezone(datetime.UTC)


def _about_topic(topic: Topic) -> str:
    """Its section and state, and the edition and page it is for."""
    words = [str(topic.section), topic.get_state_display()]
    if topic.edition_day:
        words.append(_("for the edition of %(day)s") % {"day": dates.day(topic.edition_day)})
    if topic.page_label:
        words.append(_("page %(label)s") % {"label": topic.page_label})
    return " · ".join(words)


def _who_goes(going: Iterable[Assignment]) -> str:
    return "\n".join(f"{assignment.get_kind_display()} · {assignment.person}" for assignment in going)


def _changed(things: Sequence[Topic] | Sequence[Assignment]) -> dict[int, datetime.datetime]:
    """When each of `things`, all of one kind, was last changed: the audit trail has a row for every act. One query."""
    if not things:
        return {}
    about = AuditEntry.objects.filter(
        target_type=things[0]._meta.label_lower, target_id__in=[str(thing.pk) for thing in things]
    )
    return {int(number): at for number, at in about.order_by().values_list("target_id").annotate(Max("at"))}
