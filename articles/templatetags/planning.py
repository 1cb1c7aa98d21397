"""How the plan's days and times are written."""

from __future__ import annotations

import datetime

from django import template
from django.utils import timezone
from django.utils.dateformat import format as format_date

from articles.coverage_states import TopicVerb
from articles.models import Topic
from articles.plan import coverage_rules
from newsroom import dates
from newsroom.staff.rules import Person

register = template.Library()
register.filter("date_with_weekday", dates.day_and_weekday)
register.filter("short_date", dates.short_day)


@register.filter
def weekday(day: datetime.date) -> str:
    """The name of a day's weekday."""
    return format_date(day, "D" if dates.interface() == "en" else "l")


@register.filter
def hours(topic: Topic) -> str:
    """From when to when: 14:00–16:00, 14:00; empty for the whole day."""
    if topic.starts_at is None:
        return ""
    return f"{topic.starts_at:%H:%M}–{topic.ends_at:%H:%M}" if topic.ends_at else f"{topic.starts_at:%H:%M}"


@register.filter
def is_today(moment: datetime.datetime) -> bool:
    """Whether a moment is of today, the newsroom's."""
    return timezone.localdate(moment) == timezone.localdate()


@register.filter
def days(topic: Topic) -> str:
    """Its day, or from its first to its last."""
    if topic.last_day == topic.day:
        return dates.short_day(topic.day)
    return f"{dates.short_day(topic.day)}–{dates.short_day(topic.last_day)}"


@register.filter
def movable_by(topic: Topic, user: Person) -> bool:
    """Whether `user` may move the topic to another day."""
    return coverage_rules.can(user, TopicVerb.EDIT, topic)
