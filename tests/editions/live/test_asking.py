"""Asking instead of listening: the same events, and nothing where nothing is new. Positions; what may be lost."""

from __future__ import annotations

import datetime

from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.presence import note_presence
from articles.states import State, Verb
from editions.live import news
from editions.live.news import news_since, position_now
from editions.live.position import MOST_GAPS, Position, parse
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import DESK, signed_in

REPORTER, EDITOR = Role.REPORTER, Role.SECTION_EDITOR
NEWS = f"{DESK}/live/news/"


def test_what_happened_since_a_position_and_304_where_nothing_did(people):
    story = house.story_in(State.SUBMITTED, people)
    client = signed_in(people[REPORTER])
    start = client.get(NEWS).json()["position"]
    house.act(story, Verb.RETURN, people[EDITOR], "缺少来源")
    said = client.get(NEWS, {"after": start}).json()
    names = [event["name"] for event in said["events"]]
    assert names == ["story", "board", "notice"]
    quiet = client.get(NEWS, {"after": said["position"]})
    assert [event["name"] for event in quiet.json()["events"]] == ["notice"]
    again = client.get(NEWS, {"after": said["position"]}, headers={"If-None-Match": quiet["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    # A notice that was read meanwhile is news.
    client.get(f"{DESK}/stories/{story.pk}/")
    changed = client.get(NEWS, {"after": said["position"]}, headers={"If-None-Match": quiet["ETag"]})
    assert changed.status_code == 200
    assert changed.json()["events"][-1]["data"]["unread"] == 0


def test_who_has_a_story_open_hears_that_it_is_gone_and_nobody_else_does(people):
    story = house.story_in(State.SUBMITTED, people)
    there, not_there = people[EDITOR], house.make_person("second", EDITOR)
    clients = [signed_in(person) for person in (there, not_there)]
    starts = [client.get(NEWS).json()["position"] for client in clients]
    note_presence(story, acting_user=there)
    house.act(story, Verb.RECALL, people[REPORTER])
    heard = [
        [event["data"] for event in client.get(NEWS, {"after": start}).json()["events"] if event["name"] == "story"]
        for client, start in zip(clients, starts, strict=True)
    ]
    assert heard == [[{"number": story.pk, "gone": True}], []]


def test_nothing_that_is_sent_breaks_it(people):
    house.make_story(people[REPORTER])
    client = signed_in(people[REPORTER])
    for query in ({"after": "x"}, {"after": "9" * 40}, {"age": "nan"}, {"age": "-1"}, {"age": "1e999"}):
        answer = client.get(NEWS, query)
        assert answer.status_code == 200, query
        assert parse(answer.json()["position"])


def test_what_is_no_business_of_the_desk_is_not_told(people):
    client = signed_in(people[REPORTER])
    start = client.get(NEWS).json()["position"]
    AuditEntry.objects.create(act="staff.edit", target_type="staff.user", target_id="1", target_label="某人")
    said = client.get(NEWS, {"after": start}).json()
    assert [event["name"] for event in said["events"]] == ["notice"]
    assert said["position"] != start


def test_asking_costs_the_same_however_much_happened(people, django_assert_num_queries):
    house.make_story(people[REPORTER])
    client = signed_in(people[REPORTER])
    start = client.get(NEWS).json()["position"]
    house.make_story(people[REPORTER])
    with django_assert_num_queries(QUERIES):
        client.get(NEWS, {"after": start})
    for _number in range(20):
        house.make_story(people[REPORTER])
    with django_assert_num_queries(QUERIES):
        client.get(NEWS, {"after": start})


# Session, person, roles; the trail; stories with bylines and who has them open; unread, the newest unread and read
# notices.
QUERIES = 10


def test_after_too_much_everything_is_fetched_anew(people, monkeypatch):
    monkeypatch.setattr(news, "MOST_ENTRIES", 3)
    start = position_now()
    for _number in range(4):
        house.make_story(people[REPORTER])
    found = news_since(start)
    assert (found.has_more, list(found.stories)) == (True, [])
    assert found.touches_the_desk
    assert not news_since(found.position).touches_the_desk


# -- positions


numbers = st.integers(1, 10**12)
positions = st.builds(
    lambda high, gaps: Position(high, frozenset(gap for gap in gaps if gap < high)),
    numbers,
    st.sets(numbers, max_size=MOST_GAPS),
)


@given(positions)
def test_a_position_is_read_as_it_was_written(position):
    assert parse(str(position)) == position


@given(st.permutations(range(1, 30)), st.data())
def test_in_whatever_order_numbers_come_each_is_heard_once(order, data):
    position, heard, there = Position(0), [], set()
    while order:
        batch = order[: data.draw(st.integers(1, 5))]
        order = order[len(batch) :]
        there |= set(batch)
        new = sorted(n for n in there if n > position.high or n in position.gaps)
        heard += new
        position = position.advanced(new)
    assert sorted(heard) == list(range(1, 30))
    assert position == Position(29)


def test_one_that_is_missing_below_many_is_waited_for():
    assert Position(0).advanced(set(range(1, 200)) - {2}).gaps == {2}


def entry(number: int, at=None) -> AuditEntry:
    row = AuditEntry(act="story.edit", target_type="articles.article", target_id="1", target_label="稿")
    row.pk, row.at = number, at or timezone.now()
    AuditEntry.objects.bulk_create([row])
    return row


def test_a_lower_number_that_comes_later_is_heard(db):
    entry(1)
    position = position_now()
    entry(3)
    found = news_since(position)
    assert ([e.pk for e in found.entries], found.position.gaps) == ([3], {2})
    entry(2)
    found = news_since(found.position)
    assert ([e.pk for e in found.entries], found.position) == ([2], Position(3))


def test_a_start_waits_for_what_was_under_way(db):
    entry(1)
    entry(3)
    position = position_now()
    entry(2)
    assert [e.pk for e in news_since(position).entries] == [2]


def test_a_number_that_was_rolled_back_is_not_waited_for_forever(db):
    long_ago = timezone.now() - news.PATIENCE - datetime.timedelta(seconds=1)
    entry(1, long_ago)
    entry(3, long_ago)
    entry(5)
    found = news_since(Position(1))
    assert found.position == Position(5, frozenset({4}))
    assert news_since(found.position).position.gaps == {4}


def test_what_began_before_a_page_and_ended_after_it_is_heard(db):
    moment = timezone.now()
    entry(1, moment - datetime.timedelta(seconds=60))
    entry(2, moment - datetime.timedelta(seconds=2))
    assert [e.pk for e in news_since(position_now(moment - datetime.timedelta(seconds=5))).entries] == [2]
    assert news_since(position_now(moment)).entries == []
