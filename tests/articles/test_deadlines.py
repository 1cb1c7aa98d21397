"""Due times are the newsroom's, of the night in which a story came: UTC is still yesterday after midnight."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from articles.deadlines import due_moment, night_ends, night_of
from articles.late import tell_of_late_stories
from articles.models import Article, ReviewStep
from articles.states import State, Verb
from newsroom.dates import stretch
from newsroom.staff.models import Notice, NoticeKind
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house


def at(text: str) -> datetime.datetime:
    """A moment of the newsroom's own time: "7 23:30" is half past eleven on the 7th of March 2024."""
    day, clock = text.split()
    return timezone.make_aware(datetime.datetime.combine(datetime.date(2024, 3, int(day)), time_of(clock)))


def time_of(clock: str) -> datetime.time:
    return datetime.time.fromisoformat(clock)


@pytest.mark.parametrize(
    ("came", "due", "wanted"),
    [
        ("7 14:00", "22:30", "7 22:30"),
        ("7 23:30", "22:30", "7 22:30"),  # it came late
        ("7 23:59", "00:30", "8 00:30"),
        ("8 00:10", "00:30", "8 00:30"),
        ("8 00:10", "23:30", "7 23:30"),  # after midnight it is still the same night
        ("8 04:30", "22:30", "7 22:30"),
        ("8 04:31", "22:30", "8 22:30"),  # that paper is printed: it is early for the next
        ("8 09:00", "22:30", "8 22:30"),
        ("8 07:00", "01:00", "8 01:00"),
        ("8 07:01", "01:00", "9 01:00"),
        ("8 12:00", "12:00", "8 12:00"),
        ("8 09:30", "09:00", "8 09:00"),  # an evening paper
        ("8 15:01", "09:00", "9 09:00"),
    ],
)
def test_a_due_time_is_of_the_night_in_which_the_story_came(came, due, wanted):
    assert due_moment(at(came), time_of(due)) == at(wanted)
    assert due_moment(at(came).astimezone(datetime.UTC), time_of(due)) == at(wanted)


def test_a_night_has_the_date_of_its_evening():
    assert night_of(at("8 11:59")) == datetime.date(2024, 3, 7)
    assert night_of(at("8 12:00")) == datetime.date(2024, 3, 8)
    assert night_ends(at("8 03:00")) == at("8 12:00")
    assert night_ends(at("8 12:00")) == at("9 12:00")


@pytest.fixture
def steps(people):
    for order, clock in ((1, "22:00"), (2, "23:30"), (3, "00:30")):
        ReviewStep.objects.filter(order=order).update(due=time_of(clock))


@pytest.fixture
def story(people, steps):
    with time_machine.travel(at("7 20:00"), tick=False):
        return house.story_in(State.SUBMITTED, people)


def due(story: Article) -> datetime.datetime | None:
    return Article.objects.values_list("due_at", flat=True).get(pk=story.pk)


def test_each_step_that_is_awaited_has_its_time(story, people):
    assert due(story) == at("7 22:00")
    with time_machine.travel(at("7 22:20"), tick=False):
        assert Article.objects.get(pk=story.pk).late_by == datetime.timedelta(minutes=20)
        house.act(story, Verb.SIGN, people[Role.SECTION_EDITOR])
        assert Article.objects.get(pk=story.pk).late_by is None
    assert due(story) == at("7 23:30")
    with time_machine.travel(at("8 00:05"), tick=False):
        house.act(story, Verb.SIGN, people[Role.DESK_CHIEF])
    assert due(story) == at("8 00:30")
    house.act(story, Verb.SIGN, people[Role.EDITOR_IN_CHIEF])
    assert due(story) is None


def test_what_goes_back_has_no_time_and_what_is_reopened_has_one(story, people):
    house.act(story, Verb.RETURN, people[Role.SECTION_EDITOR], "理由")
    assert due(story) is None
    house.bring_to(story, State.DRAFT, people)
    house.act(story, Verb.SUBMIT, people[Role.REPORTER])
    house.sign_all(story, people)
    with time_machine.travel(at("9 13:00"), tick=False):
        house.save(story, people[Role.EDITOR_IN_CHIEF], headline="改过")
    assert due(story) == at("10 00:30")


def told() -> list[tuple[str, int]]:
    kind = Notice.objects.filter(kind=NoticeKind.LATE)
    return list(kind.order_by("id").values_list("recipient__username", "target_id"))


def test_who_holds_it_up_is_told_once_a_story_and_step(story, people):
    with time_machine.travel(at("7 22:00"), tick=False):
        assert tell_of_late_stories(timezone.now()) == []
    for _ in range(2):
        tell_of_late_stories(at("7 22:01"))
    assert told() == [("section_editor", story.pk)]
    with time_machine.travel(at("7 22:20"), tick=False):
        house.act(story, Verb.SIGN, people[Role.SECTION_EDITOR])
    tell_of_late_stories(at("7 23:00"))
    assert len(told()) == 1
    tell_of_late_stories(at("8 00:00"))
    tell_of_late_stories(at("8 01:00"))
    assert told() == [("section_editor", story.pk), ("desk_chief", story.pk)]


def test_nobody_is_told_of_what_they_may_not_sign(people, steps):
    other = house.make_person("editor2", Role.SECTION_EDITOR)
    house.make_person("editor3", Role.SECTION_EDITOR, sections=("sports",))
    gone = house.make_person("editor4", Role.SECTION_EDITOR)
    gone.is_active = False
    gone.save()
    editor = people[Role.SECTION_EDITOR]
    with time_machine.travel(at("7 20:00"), tick=False):
        house.story_in(State.SUBMITTED, people, bylines=[house.credit(editor)])
    tell_of_late_stories(at("8 01:00"))
    assert [name for name, _story in told()] == [other.username]


def test_the_clock_tells_it(story, people, capsys):
    from django.core.management import call_command

    call_command("publish_due")
    assert told() == [("section_editor", story.pk)]


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "less than a minute"), (1, "1 min"), (59, "59 min"), (60, "1 h"), (125, "2 h 5 min"), (2900, "2 d")],
)
def test_how_late_is_said_short(minutes, text):
    from django.utils.translation import override

    with override("en"):
        assert stretch(datetime.timedelta(minutes=minutes)) == text
