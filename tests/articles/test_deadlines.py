"""Due times are the newsroom's, of the night in which a story came: UTC is still yesterday after midnight."""

import datetime
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.db import transaction
from django.utils import timezone

from articles import editing, workflow
from articles.deadlines import moment_in, night_ends, night_of, night_of_story
from articles.due import reckon_anew, set_due
from articles.late import tell_of_late_stories
from articles.models import Article, ReviewStep, Topic
from articles.plan import topics
from articles.states import State, Verb
from editions import placing
from editions.arranging import arrange_page, arrangement_of
from editions.models import Edition, EditionState, Page
from editions.pressing import take_back_from_press
from editions.publishing import publish_edition
from newsroom.dates import stretch
from newsroom.staff.models import Notice, NoticeKind
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import plan_of_tests as plans


def at(text: str) -> datetime.datetime:
    """A moment of the newsroom's own time: "7 23:30" is half past eleven on the 7th of March 2024."""
    day, clock = text.split()
    return timezone.make_aware(datetime.datetime.combine(datetime.date(2024, 3, int(day)), time_of(clock)))


def time_of(clock: str) -> datetime.time:
    return datetime.time.fromisoformat(clock)


MORNING, EVENING = ("22:00", "23:30", "00:30"), ("08:00", "09:30")


@pytest.mark.parametrize(
    ("came", "times", "night"),
    [
        ("7 12:00", MORNING, 7),
        ("7 23:59", MORNING, 7),
        ("8 00:10", MORNING, 7),  # after midnight it is still the same night
        ("8 03:00", MORNING, 7),  # late, and the printer may still wait
        ("8 03:01", MORNING, 8),  # that paper is printed: it is early for the next
        ("8 09:00", MORNING, 8),
        ("8 04:00", (*MORNING, "04:30"), 7),
        ("8 04:31", (*MORNING, "04:30"), 8),
        ("8 02:00", (), 7),
        ("8 09:00", (), 8),
        ("8 07:00", EVENING, 7),  # an evening paper is signed in the morning
        ("8 09:30", EVENING, 7),
        ("8 09:31", EVENING, 8),
        ("8 11:59", EVENING, 8),
        ("8 12:00", EVENING, 8),
    ],
)
def test_a_story_is_of_the_night_in_which_it_comes_until_that_closes(came, times, night):
    times = [time_of(time) for time in times]
    for moment in (at(came), at(came).astimezone(datetime.UTC)):
        assert night_of_story(moment, times).day == night


@pytest.mark.parametrize(
    ("came", "edition", "night"),
    [
        ("7 20:00", 8, 7),
        ("7 09:00", 8, 7),
        ("5 09:00", 15, 14),  # not due tonight
        ("8 03:30", 8, 7),  # it is late for that paper, whoever still waits for it
        ("8 11:59", 8, 7),
        ("8 12:00", 8, 8),  # that night is over
        ("9 02:00", 8, 8),
        ("7 20:00", 7, 7),
    ],
)
def test_a_story_for_an_edition_is_of_the_night_that_ends_on_its_day(came, edition, night):
    times, day = [time_of(time) for time in MORNING], datetime.date(2024, 3, edition)
    assert night_of_story(at(came), times, edition_day=day).day == night


@pytest.mark.parametrize(
    ("time", "wanted"), [("22:30", "7 22:30"), ("12:00", "7 12:00"), ("00:30", "8 00:30"), ("11:59", "8 11:59")]
)
def test_a_time_is_once_in_a_night(time, wanted):
    night = datetime.date(2024, 3, 7)
    assert moment_in(night, time_of(time)) == at(wanted)
    assert night_of(at(wanted)) == night


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


def test_all_steps_of_one_review_are_of_one_night(story, people):
    with time_machine.travel(at("8 09:00"), tick=False):
        house.act(story, Verb.SIGN, people[Role.SECTION_EDITOR])
        assert due(story) == at("7 23:30")
        house.act(story, Verb.SIGN, people[Role.DESK_CHIEF])
    assert due(story) == at("8 00:30")


def test_a_step_without_a_time_loses_no_night(story, people):
    ReviewStep.objects.filter(order=2).update(due=None)
    with time_machine.travel(at("8 09:00"), tick=False):
        house.act(story, Verb.SIGN, people[Role.SECTION_EDITOR])
        assert due(story) is None
        house.act(story, Verb.SIGN, people[Role.DESK_CHIEF])
    assert due(story) == at("8 00:30")


def test_what_is_submitted_again_is_of_the_night_in_which_it_comes_again(story, people):
    house.act(story, Verb.RETURN, people[Role.SECTION_EDITOR], "理由")
    with time_machine.travel(at("8 13:00"), tick=False):
        house.act(story, Verb.SUBMIT, people[Role.REPORTER])
    assert due(story) == at("8 22:00")


def test_another_time_of_a_step_is_told_of_anew(story, people):
    tell_of_late_stories(at("7 22:01"))
    for clock, later in (("23:00", "7 23:01"), ("23:00", "7 23:02")):
        ReviewStep.objects.filter(order=1).update(due=time_of(clock))
        workflow.settle_steps(acting_user=people[Role.ADMINISTRATOR])
        tell_of_late_stories(at(later))
    assert due(story) == at("7 23:00")
    assert len(told()) == 2


def test_what_awaits_no_step_asks_nothing(people, steps, django_assert_num_queries):
    story = house.story_in(State.SIGNED_OFF, people)
    with django_assert_num_queries(0):
        set_due(story)
    assert story.due_at is None


def test_the_steps_are_read_once_for_all_stories_under_way(people, steps, django_assert_max_num_queries):
    for _ in range(3):
        house.story_in(State.SUBMITTED, people)
    with django_assert_max_num_queries(100) as asked:
        workflow.settle_steps(acting_user=people[Role.ADMINISTRATOR])
    assert sum("articles_reviewstep" in query["sql"] for query in asked.captured_queries) == 1


def test_stories_under_review_from_before_keep_their_night_by_the_migration(story, people):
    with time_machine.travel(at("8 09:00"), tick=False):
        house.act(story, Verb.SIGN, people[Role.SECTION_EDITOR])
        early = house.story_in(State.SUBMITTED, people)
    Article.objects.update(review_began_at=None)
    import_module("articles.migrations.0023_when_reviews_begin").fill(apps, None)
    with transaction.atomic():
        reckon_anew(Article.objects.all())
    assert (due(story), due(early)) == (at("7 23:30"), at("8 22:00"))


# -- what a story is for


@pytest.fixture
def planned(people):
    """Brings a draft to count for an assignment of a topic for the edition of that day of March."""

    def plan(story, day, **fields):
        edition_day = datetime.date(2024, 3, day) if day else None
        assignment = plans.accepted(people, plans.approved(people, edition_day=edition_day, **fields))
        return editing.tie_to_assignment(story.pk, assignment.pk, acting_user=people[Role.REPORTER])

    return plan


def test_what_is_planned_for_an_edition_is_due_in_its_night(people, story, planned):
    with time_machine.travel(at("7 20:10"), tick=False):
        planned(story, 15)
        assert due(story) == at("14 22:00")
        other = planned(house.make_story(people[Role.REPORTER]), 15)
        house.act(other, Verb.SUBMIT, people[Role.REPORTER])
        house.act(other, Verb.SIGN, people[Role.SECTION_EDITOR])
    assert due(other) == at("14 23:30")


def test_a_plan_that_changes_takes_the_due_times_along(people, story, planned):
    with time_machine.travel(at("7 20:10"), tick=False):
        topic = planned(story, 8).assignment.topic
    tell_of_late_stories(at("7 22:01"))
    assert len(told()) == 1
    editor = people[Role.SECTION_EDITOR]
    with time_machine.travel(at("7 22:05"), tick=False):
        version = Topic.objects.get().version
        fields = {"edition_day": datetime.date(2024, 3, 10)}
        topics.edit_topic(topic.pk, fields, based_on=version, acting_user=editor)
        assert due(story) == at("9 22:00")
        tell_of_late_stories(timezone.now())
        topics.move_topic(topic.pk, topic.day + datetime.timedelta(days=1), seen=version + 1, acting_user=editor)
        assert due(story) == at("10 22:00")
        plans.decide(topic, "drop", editor, "不做了")
        assert due(story) == at("7 22:00")
    tell_of_late_stories(at("7 22:10"))
    assert len(told()) == 2  # late once more, and told once more


@pytest.mark.parametrize("edition", [None, 8])
def test_a_late_story_is_as_late_when_its_topic_is_dropped(people, story, planned, edition):
    with time_machine.travel(at("7 20:10"), tick=False):
        topic = planned(story, edition).assignment.topic
    with time_machine.travel(at("8 09:00"), tick=False):
        house.act(story, Verb.SIGN, people[Role.SECTION_EDITOR])
        tell_of_late_stories(timezone.now())
        plans.decide(topic, "drop", people[Role.SECTION_EDITOR], "不做了")
        tell_of_late_stories(timezone.now())
    assert due(story) == at("7 23:30")
    assert len(told()) == 1


def test_an_assignment_without_an_edition_changes_nothing(people, story, planned):
    with time_machine.travel(at("8 02:00"), tick=False):
        planned(story, None)
    assert due(story) == at("7 22:00")


def test_what_lies_on_a_page_is_due_in_the_night_of_its_edition(people, steps, planned):
    with time_machine.travel(at("7 20:00"), tick=False):
        story = planned(house.story_in(State.SIGNED_OFF, people), 20)
        edition = house.open_edition(people, datetime.date(2024, 3, 10), pages=1)
        placement = house.place(edition, 1, story, people)
        house.save(story, people[Role.SECTION_EDITOR], headline="改过")
        assert due(story) == at("10 00:30")
        placing.remove_placement(placement.pk, acting_user=people[Role.PAGE_DESIGNER])
    assert due(story) == at("20 00:30")  # on the page of no edition, it is as planned


@pytest.mark.parametrize("stays", [True, False])
def test_what_is_arranged_off_its_page_is_due_as_what_lies_on_none(people, steps, stays):
    with time_machine.travel(at("7 20:00"), tick=False):
        story = house.story_in(State.SIGNED_OFF, people)
        edition = house.open_edition(people, datetime.date(2024, 3, 10), pages=1)
        page = house.place(edition, 1, story, people).page
        house.save(story, people[Role.SECTION_EDITOR], headline="改过")
        wanted = arrangement_of(page) if stays else {"stories": [], "placements": []}
        version = Page.objects.get().layout_version
        arrange_page(page.pk, wanted, based_on=version, acting_user=people[Role.PAGE_DESIGNER])
    assert due(story) == at("10 00:30" if stays else "8 00:30")


def test_what_comes_back_from_press_is_due_in_the_night_of_its_edition_again(people, steps):
    with time_machine.travel(at("7 20:00"), tick=False):
        story = house.story_in(State.SIGNED_OFF, people)
        edition = house.open_edition(people, datetime.date(2024, 3, 10), pages=1)
        house.place(edition, 1, story, people)
        Edition.objects.update(state=EditionState.PRESSED, pressed_at=timezone.now())
        house.save(story, people[Role.SECTION_EDITOR], headline="改过")
        assert due(story) == at("8 00:30")
        take_back_from_press(edition.pk, "头版标题有误", acting_user=people[Role.EDITOR_IN_CHIEF])
    assert due(story) == at("10 00:30")


def test_what_was_published_waits_for_no_night_of_its_edition(people, steps):
    with time_machine.travel(at("7 20:00"), tick=False):
        story = house.story_in(State.SIGNED_OFF, people)
        edition = house.open_edition(people, datetime.date(2024, 3, 8), pages=1)
        house.place(edition, 1, story, people)
        publish_edition(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])
    with time_machine.travel(at("8 09:00"), tick=False):
        house.act(story, Verb.CORRECT, people[Role.SECTION_EDITOR], "数字有误")
    assert due(story) == at("9 00:30")


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
