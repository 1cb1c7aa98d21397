"""The desk's first page: for each person what waits for them, and nothing else."""

import re

from articles import editing
from articles.states import State, Verb
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import DESK, signed_in, text_of


def parts_of(user):
    """The headlines under each heading of the page."""
    page = text_of(signed_in(user).get(f"{DESK}/"))
    found = {}
    for part in re.split(r"<h2>", page)[1:]:
        heading = re.match(r"[^<]*", part).group().strip()
        found[heading] = re.findall(r'desk/stories/\d+/">([^<]+)</a>', part)
    return found, page


def test_a_reporter_sees_what_came_back_with_its_reason_and_where_the_others_stand(people):
    reporter = people[Role.REPORTER]
    back = house.story_in(State.RETURNED, people, headline="退回的稿")
    house.make_story(reporter, headline="草稿")
    signed = house.story_in(State.SIGNED_OFF, people, headline="已签发的稿")
    house.make_story(people[Role.PHOTOGRAPHER], headline="别人的草稿")
    parts, page = parts_of(reporter)
    assert parts["Came back"] == [back.headline]
    assert parts["My stories"] == ["草稿", signed.headline]
    assert "Waits for my signature" not in parts
    assert "缺少来源" in page
    assert "别人的草稿" not in page


def test_my_stories_come_by_whose_turn_it_is(people):
    house.make_story(people[Role.REPORTER], headline="草稿")
    for state in (State.IN_REVIEW, State.SUBMITTED, State.PUBLISHED, State.SIGNED_OFF):
        house.story_in(state, people, headline=state.value)
    mine = parts_of(people[Role.REPORTER])[0]["My stories"]
    assert mine == ["草稿", "submitted", "in_review", "signed_off", "published"]


def test_a_story_by_my_byline_is_mine_too(people):
    photographer = people[Role.PHOTOGRAPHER]
    credit = editing.Credit(house.contributor_for(photographer).pk, "photographer")
    house.make_story(people[Role.REPORTER], headline="署我名的稿", bylines=[credit])
    assert parts_of(photographer)[0]["My stories"] == ["署我名的稿"]


def test_a_reviewer_sees_what_is_theirs_to_sign_and_no_more(people):
    first = house.story_in(State.SUBMITTED, people, headline="待一审")
    second = house.story_in(State.IN_REVIEW, people, headline="待二审")
    house.story_in(State.SUBMITTED, people, headline="体育稿", section_id=house.section("sports").pk)
    assert parts_of(people[Role.SECTION_EDITOR])[0]["Waits for my signature"] == [first.headline]
    assert parts_of(people[Role.DESK_CHIEF])[0]["Waits for my signature"] == [second.headline]
    house.act(second, Verb.SIGN, people[Role.DESK_CHIEF])
    assert parts_of(people[Role.DESK_CHIEF])[0]["Waits for my signature"] == []
    assert parts_of(people[Role.EDITOR_IN_CHIEF])[0]["Waits for my signature"] == [second.headline]


def test_open_editions_say_what_is_in_the_way(people):
    edition = house.open_edition(people, pages=2)
    story = house.story_in(State.SIGNED_OFF, people)
    house.place(edition, 1, story, people)
    _parts, page = parts_of(people[Role.PROOFREADER])
    assert "1 thing in the way" in page
    assert "Page 2 is empty." in page
    house.save(story, people[Role.DESK_CHIEF], headline="改过")
    _parts, page = parts_of(people[Role.PROOFREADER])
    assert "2 things in the way" in page
    assert "Page 1: “改过” is not signed off." in page


def test_the_page_costs_the_same_with_one_story_or_many(people, django_assert_num_queries):
    client = signed_in(people[Role.REPORTER])
    credit = [editing.Credit(house.contributor_for(people[Role.REPORTER]).pk, "reporter")]
    for state in (State.RETURNED, State.DRAFT):
        house.story_in(state, people, bylines=credit)
    client.get(f"{DESK}/")
    with django_assert_num_queries(14):
        client.get(f"{DESK}/")
    for state in (State.RETURNED, State.DRAFT, State.SIGNED_OFF):
        house.story_in(state, people, bylines=credit)
    with django_assert_num_queries(14):
        client.get(f"{DESK}/")
