"""Topics, assignments and what came of them: the rules from inside."""

import datetime
import itertools

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from articles import editing
from articles.coverage_states import Outcome
from articles.errors import IllegalTransition, Incomplete, NotAllowed, Refusal, Stale
from articles.models import Article, Assignment, Photo, Topic
from articles.plan import assigning, coverage, topics
from articles.states import State, Verb
from newsroom.staff.models import AuditEntry, Notice, NoticeKind
from newsroom.staff.models.notice import HEADS
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import plan_of_tests as plan
from tests.plan_of_tests import DAY, at


@pytest.fixture
def reporter(people):
    return people[Role.REPORTER]


@pytest.fixture
def editor(people):
    return people[Role.SECTION_EDITOR]


def everything():
    tables = (Topic, Assignment, AuditEntry, Notice, Article)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def refused(kind, act):
    """`act` raises `kind`, says something, and nothing has changed."""
    before = everything()
    with pytest.raises(kind) as raised, transaction.atomic():
        act()
    assert str(raised.value)
    assert everything() == before


# -- proposing and changing


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"title": "题\x00目"},
        {"day": None},
        {"day": datetime.date(1066, 10, 14)},
        {"last_day": DAY - datetime.timedelta(days=1)},
        {"ends_at": datetime.time(12)},
        {"starts_at": datetime.time(12), "ends_at": datetime.time(11)},
        {"wants_text": False, "photos_wanted": 0},
        {"photos_wanted": 101},
        {"expected_characters": 0},
        {"about": "长" * 3001},
        {"state": "approved"},
        {"proposed_by": None},
    ],
    ids=lambda fields: "-".join(fields),
)
def test_what_makes_no_sense_is_not_proposed(reporter, fields):
    refused(ValidationError, lambda: plan.make_topic(reporter, **fields))


def test_an_event_past_midnight_ends_on_the_next_day(reporter):
    hours = {"starts_at": datetime.time(22), "ends_at": datetime.time(2)}
    topic = plan.make_topic(reporter, last_day=DAY + datetime.timedelta(days=1), **hours)
    assert [topic.covers(DAY + datetime.timedelta(days=days)) for days in (-1, 0, 1, 2)] == [False, True, True, False]


def test_the_database_itself_refuses_what_makes_no_sense(reporter):
    topic = plan.make_topic(reporter)
    for wrong in ({"state": "maybe"}, {"last_day": DAY - datetime.timedelta(days=1)}, {"wants_text": False}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Topic.objects.filter(pk=topic.pk).update(**wrong)


def test_its_proposer_changes_a_topic_until_it_is_approved(reporter, editor):
    topic = plan.make_topic(reporter)
    topic = topics.edit_topic(topic.pk, {"place": "渡口"}, based_on=1, acting_user=reporter)
    assert (topic.place, topic.version) == ("渡口", 2)
    plan.decide(topic, "approve", editor)
    refused(NotAllowed, lambda: topics.edit_topic(topic.pk, {"place": "桥"}, based_on=3, acting_user=reporter))
    topics.edit_topic(topic.pk, {"place": "桥"}, based_on=3, acting_user=editor)


def test_a_change_based_on_an_old_version_is_refused(reporter, editor):
    topic = plan.make_topic(reporter)
    topics.edit_topic(topic.pk, {"place": "渡口"}, based_on=1, acting_user=reporter)
    refused(Stale, lambda: topics.edit_topic(topic.pk, {"place": "桥"}, based_on=1, acting_user=editor))
    refused(Stale, lambda: topics.decide_topic(topic.pk, "approve", seen=1, acting_user=editor))
    refused(Stale, lambda: topics.move_topic(topic.pk, DAY, seen=1, acting_user=editor))


def test_saving_what_is_there_changes_nothing(reporter):
    topic = plan.make_topic(reporter)
    before = everything()
    topics.edit_topic(topic.pk, {"title": topic.title, "day": DAY}, based_on=1, acting_user=reporter)
    assert everything() == before


def test_nobody_moves_an_approved_topic_into_a_section_they_do_not_lead(people, editor):
    topic = plan.approved(people)
    elsewhere = {"section": house.section("sports")}
    refused(NotAllowed, lambda: topics.edit_topic(topic.pk, elsewhere, based_on=2, acting_user=editor))
    topics.edit_topic(topic.pk, elsewhere, based_on=2, acting_user=people[Role.EDITOR_IN_CHIEF])


# -- deciding


@pytest.mark.parametrize("verb", ["decline", "drop"])
def test_without_a_reason_nothing_is_turned_down_or_dropped(people, reporter, editor, verb):
    topic = plan.make_topic(reporter) if verb == "decline" else plan.approved(people)
    refused(Incomplete, lambda: plan.decide(topic, verb, editor, "  "))
    refused(Refusal, lambda: plan.decide(topic, verb, editor, "长" * 301))
    topic = plan.decide(topic, verb, editor, "这是广告")
    assert topic.reason == "这是广告"
    told = Notice.objects.filter(recipient=reporter, target_type="articles.topic").latest("pk")
    assert (told.text, told.kind) == (f"{topic.get_state_display()} · 这是广告", "decided")
    assert str(HEADS[NoticeKind.DECIDED]) == "选题"


def test_what_was_turned_down_is_approved_after_all(reporter, editor):
    topic = plan.decide(plan.make_topic(reporter), "decline", editor, "人手不够")
    topic = plan.decide(topic, "approve", editor)
    assert (topic.state, topic.reason) == ("approved", "")


def test_a_topic_that_is_dropped_takes_its_assignments_back_and_tells_who_goes(people, reporter, editor):
    assignment = plan.accepted(people)
    declined = plan.send(assignment.topic, people[Role.PHOTOGRAPHER], editor, kind="photo")
    plan.answer(declined, "decline", people[Role.PHOTOGRAPHER], "生病")
    plan.decide(assignment.topic, "drop", editor, "主办方取消")
    states = dict(Assignment.objects.values_list("pk", "state"))
    assert states == {assignment.pk: "withdrawn", declined.pk: "declined"}
    assert Notice.objects.filter(recipient=reporter, text="已放弃 · 主办方取消").get().kind == "assigned"
    assert AuditEntry.objects.about(assignment).first().act == "assignment.withdraw"


# -- sending people


def test_only_who_files_is_sent_and_nobody_twice(people, reporter, editor):
    topic = plan.approved(people)
    refused(ValidationError, lambda: plan.send(topic, people[Role.PAGE_DESIGNER], editor))
    given = plan.send(topic, reporter, editor)
    refused(ValidationError, lambda: plan.send(topic, reporter, editor))
    plan.send(topic, reporter, editor, kind="photo")
    plan.answer(given, "decline", reporter, "出差")
    plan.send(topic, reporter, editor)


def test_nobody_is_sent_for_what_is_not_approved(reporter, editor):
    topic = plan.make_topic(reporter)
    refused(IllegalTransition, lambda: plan.send(topic, reporter, editor))


def test_a_decline_and_a_withdrawal_carry_a_reason(people, reporter, editor):
    given = plan.send(plan.approved(people), reporter, editor)
    refused(Incomplete, lambda: plan.answer(given, "decline", reporter))
    refused(Incomplete, lambda: plan.answer(given, "withdraw", editor))
    plan.answer(given, "decline", reporter, "在外地")
    assert Notice.objects.filter(recipient=editor, text="已拒绝 · 在外地").count() == 1


def test_nobody_accepts_what_was_moved_before_they_saw_it(people, reporter, editor):
    given = plan.send(plan.approved(people), reporter, editor)
    topics.move_topic(given.topic_id, DAY + datetime.timedelta(days=3), seen=2, acting_user=editor)
    answer = {"seen": 2, "acting_user": reporter}
    refused(Stale, lambda: assigning.answer_assignment(given.pk, "accept", **answer))


def test_a_move_takes_last_day_edition_and_due_times_along_and_tells_who_goes(people, reporter, editor):
    topic = plan.approved(people, last_day=DAY + datetime.timedelta(days=1), edition_day=datetime.date(2026, 11, 27))
    given = plan.send(topic, reporter, editor, at(DAY, 23, 30))
    told = Notice.objects.filter(recipient=reporter).count()
    moved = topics.move_topic(topic.pk, datetime.date(2026, 12, 31), seen=2, acting_user=editor)
    assert (moved.day, moved.last_day) == (datetime.date(2026, 12, 31), datetime.date(2027, 1, 1))
    assert moved.edition_day == datetime.date(2027, 1, 2)
    given.refresh_from_db()
    assert timezone.localtime(given.due_at) == at(datetime.date(2026, 12, 31), 23, 30)
    assert Notice.objects.filter(recipient=reporter).count() == told + 1
    assert Notice.objects.filter(recipient=reporter).latest("pk").text == "改到2026年12月31日 星期四"


def test_a_notice_says_what_became_of_a_topic_in_one_language(people, reporter, editor):
    with override("en"):
        plan.accepted(people)
    assert [*Notice.objects.filter(recipient=reporter).order_by("pk").values_list("text", flat=True)] == [
        "已通过",
        "文字",
    ]
    assert Notice.objects.get(recipient=editor).text == "已接受"


@pytest.mark.parametrize("day", [datetime.date(9999, 12, 31), datetime.date(2100, 1, 1), datetime.date.min])
def test_there_is_no_moving_beyond_the_calendar(people, editor, day):
    topic = plan.approved(people, last_day=DAY + datetime.timedelta(days=1))
    refused(ValidationError, lambda: topics.move_topic(topic.pk, day, seen=2, acting_user=editor))


# -- until when


def test_nobody_is_sent_for_what_is_due_in_the_past(people, reporter, editor):
    topic = plan.approved(people)
    given = {"person": reporter, "kind": "text", "due_at": at(DAY, 20)}
    with time_machine.travel(at(DAY, 20, 1), tick=False):
        refused(ValidationError, lambda: assigning.give_assignment(topic.pk, given, acting_user=editor))
    with time_machine.travel(at(DAY, 20, 0) + datetime.timedelta(seconds=59), tick=False):
        assigning.give_assignment(topic.pk, given, acting_user=editor)


def test_an_assignment_gets_another_due_time_and_who_goes_is_told(people, reporter, editor):
    assignment = plan.accepted(people)

    def due(moment, seen=2):
        return assigning.set_due(assignment.pk, moment, seen=seen, acting_user=editor)

    with time_machine.travel(at(DAY, 21), tick=False):
        before = everything()
        due(at(DAY, 20))  # is there already, though past
        assert everything() == before
        refused(ValidationError, lambda: due(at(DAY, 20, 30)))
        refused(ValidationError, lambda: due(at(datetime.date(2100, 1, 1))))
        refused(Stale, lambda: due(at(DAY, 23), seen=1))
        due(at(DAY, 23))
    assert Assignment.objects.get().due_at == at(DAY, 23)
    assert Notice.objects.filter(recipient=reporter).latest("pk").text.endswith("11月25日 23:00")
    entry = AuditEntry.objects.about(assignment).first()
    assert entry.act == "assignment.reschedule"
    with override("en"):
        assert entry.details == "due: 25 November 2026, 23:00 · before: due 25 November 2026, 20:00"


# -- what came


def file_against(assignment, owner, state=State.DRAFT, people=None):
    fields = {"headline": "题", "body": "<p>文</p>", "section_id": house.section().pk}
    story = editing.create_story(fields, assignment=assignment.pk, acting_user=owner)
    return house.bring_to(story, state, people) if people else story


def test_a_story_is_filed_by_who_accepted_and_by_nobody_else(people, reporter, editor):
    given = plan.send(plan.approved(people), reporter, editor)
    refused(IllegalTransition, lambda: file_against(given, reporter))
    plan.answer(given, "accept", reporter)
    refused(NotAllowed, lambda: file_against(given, people[Role.PHOTOGRAPHER]))
    story = file_against(given, reporter)
    # It belongs to the desk, not to what is signed.
    assert "assignment" not in story.revisions.get().content


def test_only_its_owner_ties_a_story_to_an_assignment_and_only_once(people, reporter, editor):
    assignment = plan.accepted(people)
    others = house.make_story(people[Role.PHOTOGRAPHER])
    refused(NotAllowed, lambda: editing.tie_to_assignment(others.pk, assignment.pk, acting_user=reporter))
    tied = file_against(assignment, reporter)
    refused(IllegalTransition, lambda: editing.tie_to_assignment(tied.pk, assignment.pk, acting_user=reporter))
    own = house.make_story(reporter)
    refused(NotAllowed, lambda: editing.tie_to_assignment(own.pk, assignment.pk, acting_user=editor))
    given = plan.send(assignment.topic, reporter, editor, kind="photo")
    refused(IllegalTransition, lambda: editing.tie_to_assignment(own.pk, given.pk, acting_user=reporter))


CAME = {State.SUBMITTED, State.IN_REVIEW, State.SIGNED_OFF, State.PUBLISHED, State.WITHDRAWN}


@pytest.mark.parametrize("state", State)
def test_what_counts_as_delivered(people, reporter, state):
    assignment = plan.accepted(people)
    file_against(assignment, reporter, state, people)
    read = coverage.with_what_came(Assignment.objects.all()).get()
    before, after = at(DAY, 19), at(DAY, 21)
    late = Outcome.MISSING if state == State.SPIKED else Outcome.LATE
    expected = (Outcome.DELIVERED, Outcome.DELIVERED) if state in CAME else (Outcome.AWAITED, late)
    assert (coverage.outcome_of(read, before), coverage.outcome_of(read, after)) == expected
    assert coverage.my_assignments(reporter, before).exists() == (state not in CAME)


def test_photos_handed_in_are_what_a_photo_assignment_brings(people, editor):
    photographer = people[Role.PHOTOGRAPHER]
    given = plan.send(plan.approved(people, photos_wanted=2), photographer, editor, kind="photo")
    plan.answer(given, "accept", photographer)
    theirs, others = house.make_photo(photographer), house.make_photo(people[Role.REPORTER], house.jpeg(61))

    def hand_in(*photos):
        return assigning.hand_in_photos(given.pk, [photo.pk for photo in photos], acting_user=photographer)

    refused(Incomplete, hand_in)
    refused(ValidationError, lambda: hand_in(theirs, others))
    assert not Photo.objects.filter(assignment__isnull=False).exists()
    hand_in(theirs)
    refused(ValidationError, lambda: hand_in(theirs))
    read = coverage.with_what_came(Assignment.objects.all()).get()
    assert coverage.outcome_of(read, at(DAY, 23)) == Outcome.DELIVERED


def test_no_photos_for_a_text(people, reporter):
    assignment, photo = plan.accepted(people), house.make_photo(reporter)
    refused(IllegalTransition, lambda: assigning.hand_in_photos(assignment.pk, [photo.pk], acting_user=reporter))


NOW = at(DAY, 12)


def plan_of_every_kind(person) -> None:
    """Every state of a topic × its day × nobody, one assignment in every standing, and that with a delivered one."""
    answers = ("given", "accepted", "declined", "withdrawn")
    standings = [None, *itertools.product(answers, (-1, 1), (None, "draft", "spiked", "signed_off"), (False, True))]
    for state, days, standing in itertools.product(("proposed", "approved", "dropped"), (-1, 0, 1), standings):
        day = DAY + datetime.timedelta(days=days)
        topic = Topic.objects.create(title="题", section=house.section(), day=day, last_day=day, state=state)
        if standing:
            answer, hours, story, beside = standing
            sent_by_hand(topic, person, answer, hours, story)
            if beside:
                sent_by_hand(topic, person, "accepted", -1, "signed_off", kind="photo")


def sent_by_hand(topic, person, answer, hours, story, kind="text") -> None:
    due = NOW + datetime.timedelta(hours=hours)
    given = Assignment.objects.create(topic=topic, person=person, state=answer, due_at=due, kind=kind)
    if story:
        Article.objects.create(section=topic.section, state=story, assignment=given)


def test_the_query_for_what_is_behind_says_what_the_predicate_says(reporter):
    plan_of_every_kind(reporter)
    outcomes = {topic.pk: coverage.topic_outcome(topic, NOW) for topic in coverage.with_going(Topic.objects.all())}
    behind = {pk for pk, outcome in outcomes.items() if outcome in {Outcome.LATE, Outcome.MISSING}}
    assert set(coverage.behind(Topic.objects.all(), NOW).values_list("pk", flat=True)) == behind
    assert set(outcomes.values()) == {None, *Outcome}


def test_what_did_not_come_long_ago_stays_in_the_list_alone(people, reporter):
    topic = plan.accepted(people).topic
    for days, is_news in [(1, True), (30, True), (31, False)]:
        now = at(DAY + datetime.timedelta(days=days), 12)
        assert coverage.behind(Topic.objects.all(), now).get() == topic
        assert coverage.lately_behind(Topic.objects.all(), now).exists() == is_news
        assert coverage.my_assignments(reporter, now).exists() == is_news


# -- days end at midnight in the newsroom, not in Greenwich


@pytest.mark.parametrize(
    ("moment", "outcome"),
    [(at(DAY, 23, 59), Outcome.NOBODY), (at(DAY + datetime.timedelta(days=1), 0, 1), Outcome.MISSING)],
)
def test_a_day_is_past_after_the_newsrooms_midnight(people, moment, outcome):
    topic = coverage.with_going(Topic.objects.filter(pk=plan.approved(people).pk)).get()
    assert coverage.topic_outcome(topic, moment) == outcome
    assert coverage.behind(Topic.objects.all(), moment).exists() == (outcome == Outcome.MISSING)


@pytest.mark.parametrize(
    ("filed", "day"),
    [
        (at(datetime.date(2026, 12, 31), 23, 59), datetime.date(2026, 12, 31)),
        (at(datetime.date(2027, 1, 1), 0, 0), datetime.date(2027, 1, 1)),
        (at(datetime.date(2027, 1, 1), 7, 59), datetime.date(2027, 1, 1)),  # in UTC still last year
    ],
)
def test_unplanned_stories_came_on_the_newsrooms_day(people, reporter, filed, day):
    with time_machine.travel(filed, tick=False):
        story = house.story_in(State.SUBMITTED, people)
        house.make_story(reporter)
    around = [day + datetime.timedelta(days=days) for days in (-1, 0, 1)]
    found = [[came.pk for came in coverage.unplanned(Article.objects.all(), on)] for on in around]
    assert found == [[], [story.pk], []]


def test_a_planned_story_is_not_among_the_unplanned(people, reporter):
    assignment = plan.accepted(people)
    with time_machine.travel(NOW, tick=False):
        story = file_against(assignment, reporter)
        house.act(story, Verb.SUBMIT, reporter)
    assert not coverage.unplanned(Article.objects.all(), DAY).exists()
