"""The chief's board: every story of the night in its place, its lines against the space, and nothing unread."""

import datetime
import html
import re

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from articles import editing, remarks, rules
from articles.models import Article, Assignment, ReviewStep
from articles.states import AWAITING_REVIEW, State, Verb
from articles.text.counting import lines_for
from editions.board import Board, board_for
from newsroom.staff import audit, handovers
from newsroom.staff.acts import Act
from newsroom.staff.models import AuditEntry, RoleGrant, User
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import plan_of_tests as plans
from tests.browsing import DESK, signed_in, text_of

TOMORROW = timezone.localdate() + datetime.timedelta(days=1)


@pytest.fixture
def edition(people):
    return house.open_edition(people, TOMORROW, pages=2)


def seen_by(user, edition_id: int = 0) -> Board:
    return board_for(house.person(user.username), edition_id)


def headlines(stories) -> list[str]:
    return [story.article.headline for story in stories]


def test_each_story_stands_once_where_it_lies_or_under_its_section(people, edition):
    placed = house.story_in(State.SIGNED_OFF, people, headline="上版的")
    house.place(edition, 1, placed, people, (1, 20, 2, 20))
    house.place(edition, 2, placed, people, (1, 20, 2, 30))
    house.story_in(State.SIGNED_OFF, people, headline="签发的")
    house.story_in(State.SUBMITTED, people, headline="待一审的")
    house.story_in(State.DRAFT, people, headline="草稿")
    house.story_in(State.SPIKED, people, headline="毙掉的")
    house.story_in(State.PUBLISHED, people, headline="网上的")
    board = seen_by(people[Role.EDITOR_IN_CHIEF])
    assert [headlines(page.stories) for page in board.pages] == [["上版的"], ["上版的"]]
    assert [(str(s.section), headlines(s.stories)) for s in board.sections] == [("本市", ["待一审的", "签发的"])]
    assert [(state, count) for state, count, _lines in board.by_state] == [("submitted", 1), ("signed_off", 1)]


def test_a_story_of_another_edition_is_not_on_this_board(people, edition):
    other = house.open_edition(people, TOMORROW + datetime.timedelta(days=1), pages=1)
    house.place(other, 1, house.story_in(State.SIGNED_OFF, people, headline="后天的"), people)
    chief = people[Role.EDITOR_IN_CHIEF]
    assert seen_by(chief).sections == []
    assert headlines(seen_by(chief, other.pk).pages[0].stories) == ["后天的"]
    assert seen_by(chief, 10**9).edition == edition


def test_a_story_planned_for_a_later_edition_is_on_the_board_of_that_one(people, edition):
    topic = plans.approved(people, edition_day=TOMORROW + datetime.timedelta(days=1))
    story = house.story_in(State.SUBMITTED, people, headline="后天的")
    Article.objects.filter(pk=story.pk).update(
        assignment=plans.send(topic, people[Role.REPORTER], people[Role.SECTION_EDITOR])
    )
    house.story_in(State.SUBMITTED, people, headline="没有计划的")
    later = house.open_edition(people, TOMORROW + datetime.timedelta(days=1), pages=2)
    assert headlines(seen_by(people[Role.SECTION_EDITOR], edition.pk).unplaced) == ["没有计划的"]
    assert headlines(seen_by(people[Role.SECTION_EDITOR], later.pk).unplaced) == ["后天的", "没有计划的"]


def test_the_board_is_of_the_next_edition_to_come_out(people):
    chief = people[Role.EDITOR_IN_CHIEF]
    assert seen_by(chief).edition is None
    old = house.open_edition(people, TOMORROW - datetime.timedelta(days=9), pages=1)
    assert seen_by(chief).edition == old
    later = house.open_edition(people, TOMORROW, pages=1)
    house.open_edition(people, TOMORROW + datetime.timedelta(days=1), pages=1)
    assert seen_by(chief).edition == later


def test_what_nobody_has_touched_for_long_is_no_story_of_tonight(people, edition):
    story = house.story_in(State.SIGNED_OFF, people)
    assert seen_by(people[Role.EDITOR_IN_CHIEF]).unplaced
    Article.objects.filter(pk=story.pk).update(updated_at=timezone.now() - datetime.timedelta(days=8))
    assert not seen_by(people[Role.EDITOR_IN_CHIEF]).unplaced


def test_lines_against_space(people, edition):
    page = edition.pages.get(order=1)
    body = f"<p>{'字' * 340}</p>"
    placed = house.story_in(State.SIGNED_OFF, people, body=body)
    house.place(edition, 1, placed, people, (1, 20, 2, 20))
    house.place(edition, 2, placed, people, (1, 1, 1, 10))
    house.story_in(State.SUBMITTED, people, body=f"<p>{'字' * 18}</p>")
    board = seen_by(people[Role.EDITOR_IN_CHIEF])
    first, second = board.pages
    whole = 6 * 102
    assert first.space == whole - page.reserved.area
    assert (first.covered, first.need, first.free) == (40, 20, first.space - 40)
    assert (second.space, second.covered, second.need) == (whole, 10, 0)  # it goes on there
    assert (board.space, board.free) == (first.space + whole, first.free + whole - 10)
    assert board.need == 2
    assert board.unplaced[0].lines == 2


@pytest.mark.parametrize(("characters", "lines"), [(0, 0), (1, 1), (17, 1), (18, 2), (340, 20)])
def test_a_line_that_is_begun_is_a_line(characters, lines):
    assert lines_for(characters, 17) == lines


def test_who_holds_it_up(people, edition):
    editor, second = people[Role.SECTION_EDITOR], house.make_person("editor2", Role.SECTION_EDITOR)
    house.make_person("elsewhere", Role.SECTION_EDITOR, sections=("sports",))
    chief = people[Role.EDITOR_IN_CHIEF]

    def hands() -> tuple[str, ...]:
        [story] = seen_by(chief).unplaced
        return story.held_by

    story = house.story_in(State.SUBMITTED, people, bylines=[house.credit(second)])
    assert hands() == (editor.name,)
    house.act(story, Verb.SIGN, editor)
    RoleGrant.objects.create(user=editor, role=Role.DESK_CHIEF, section=house.section("sports"))
    handed = house.hand_over(people[Role.DESK_CHIEF], editor)  # who has signed already
    assert hands() == (people[Role.DESK_CHIEF].name,)
    handovers.take_back(handed.pk, acting_user=people[Role.DESK_CHIEF])
    deputy = house.stand_in()
    house.hand_over(people[Role.DESK_CHIEF], deputy)
    assert set(hands()) == {people[Role.DESK_CHIEF].name, deputy.name}
    house.act(story, Verb.RETURN, people[Role.DESK_CHIEF], "理由")
    assert hands() == (people[Role.REPORTER].name,)
    house.sign_all(house.act(story, Verb.SUBMIT, people[Role.REPORTER]), people)
    assert hands() == ()


def test_who_holds_many_up_are_those_who_may_sign_each(people, edition):
    """Under one roof: own bylines, own signatures, duties handed over, sections, people who have left."""
    chief = people[Role.DESK_CHIEF]
    second = house.make_person("editor2", Role.SECTION_EDITOR, Role.DESK_CHIEF)
    house.make_person("elsewhere", Role.SECTION_EDITOR, sections=("sports",))
    deputy = house.stand_in()
    house.hand_over(chief, deputy)
    house.hand_over(second, house.stand_in("left"))
    User.objects.filter(username="left").update(is_active=False)
    for bylines in ([house.credit(second)], [house.credit(deputy)], []):
        for state in AWAITING_REVIEW:
            house.story_in(state, people, bylines=bylines)
    house.act(house.story_in(State.SUBMITTED, people), Verb.SIGN, second)
    stories = seen_by(people[Role.EDITOR_IN_CHIEF]).unplaced
    assert len(stories) == 7
    for story in stories:
        assert set(story.held_by) == {str(person) for person in rules.signers_awaited(story.article)}
    assert {len(story.held_by) for story in stories} >= {1, 2}


SEES = {
    Role.PAGE_DESIGNER: (["上版的"], ["签发的"]),
    Role.PROOFREADER: (["上版的"], ["签发的"]),
    Role.SECTION_EDITOR: (["上版的"], ["待一审的", "签发的"]),
    Role.ADMINISTRATOR: (["上版的"], ["待一审的", "签发的", "体育稿"]),
}


@pytest.mark.parametrize("role", SEES)
def test_each_sees_what_they_may_read_and_no_more(people, edition, role):
    house.place(edition, 1, house.story_in(State.SIGNED_OFF, people, headline="上版的"), people)
    house.story_in(State.SIGNED_OFF, people, headline="签发的")
    house.story_in(State.SUBMITTED, people, headline="待一审的")
    sports = house.make_story(people[Role.REPORTER], headline="体育稿", section_id=house.section("sports").pk)
    house.act(sports, Verb.SUBMIT, people[Role.REPORTER])
    board = seen_by(people[role])
    assert (headlines(board.pages[0].stories), headlines(board.unplaced)) == SEES[role]


def test_what_is_not_theirs_to_read_is_counted_on_its_page(people, edition):
    house.place(edition, 1, house.story_in(State.SIGNED_OFF, people, headline="城里的"), people)
    elsewhere = house.make_person("elsewhere", Role.SECTION_EDITOR, sections=("sports",))
    [page, _second] = seen_by(elsewhere).pages
    assert (page.stories, page.unread) == ([], 1)
    assert page.need > 0
    text = text_of(signed_in(elsewhere).get(f"{DESK}/board/"))
    assert "1 story that is not yours to read" in text
    assert "城里的" not in text


@time_machine.travel("2026-03-07T14:30:00Z", tick=False)
def test_late_comes_first_and_in_red(people):
    house.story_in(State.SUBMITTED, people, headline="没有时限的")
    ReviewStep.objects.filter(order=1).update(due=(timezone.localtime() - datetime.timedelta(minutes=30)).time())
    house.story_in(State.SUBMITTED, people, headline="晚了的")
    ReviewStep.objects.update(due=None)
    board = seen_by(people[Role.EDITOR_IN_CHIEF])
    assert headlines(board.unplaced) == ["晚了的", "没有时限的"]
    assert board.late == 1
    assert re.search(
        r'class="late"[^>]*>late by (30|29) min', text_of(signed_in(people[Role.DESK_CHIEF]).get(f"{DESK}/board/"))
    )


def test_open_remarks_and_reasons_are_on_the_board(people, edition):
    story = house.story_in(State.SUBMITTED, people)
    remark = house.remark(story, people[Role.SECTION_EDITOR], "今晚")
    page = lambda: text_of(signed_in(people[Role.DESK_CHIEF]).get(f"{DESK}/board/"))  # noqa: E731
    assert "1 remark" in page()
    remarks.settle_remark(remark.pk, acting_user=people[Role.SECTION_EDITOR])
    assert "1 remark" not in page()


@time_machine.travel("2026-03-07T12:00:10Z", tick=False)
def test_the_board_is_sent_again_when_something_has_happened_or_a_minute_has_passed(people):
    story = house.story_in(State.SUBMITTED, people)
    client = signed_in(people[Role.EDITOR_IN_CHIEF])
    first = client.get(f"{DESK}/board/live/")
    assert "<html" not in text_of(first)
    assert story.headline in text_of(first)
    again = {"if-none-match": first["ETag"]}
    assert client.get(f"{DESK}/board/live/", headers=again).status_code == 304
    house.act(story, Verb.SIGN, people[Role.SECTION_EDITOR])
    second = client.get(f"{DESK}/board/live/", headers=again)
    assert second.status_code == 200
    assert second["ETag"] != first["ETag"]
    with time_machine.travel("2026-03-07T12:01:00Z", tick=False):
        assert client.get(f"{DESK}/board/live/", headers={"if-none-match": second["ETag"]}).status_code == 200


def copy_of(entry: AuditEntry, number: int) -> AuditEntry:
    values = {field.attname: getattr(entry, field.attname) for field in AuditEntry._meta.concrete_fields}
    return AuditEntry(**{**values, "id": number})


@time_machine.travel("2026-03-07T12:00:10Z", tick=False)
def test_an_act_that_ends_after_later_ones_is_news_too(people):
    story = house.story_in(State.SUBMITTED, people)
    client = signed_in(people[Role.EDITOR_IN_CHIEF])
    # A row has its number when it is written, and is seen when its transaction ends.
    first = audit.record(people[Role.SECTION_EDITOR], Act.STORY_SIGN, story)
    early, late = (copy_of(first, first.pk + later) for later in (1, 2))
    AuditEntry.objects.bulk_create([late])
    tag = client.get(f"{DESK}/board/live/")["ETag"]
    assert client.get(f"{DESK}/board/live/", headers={"if-none-match": tag}).status_code == 304
    AuditEntry.objects.bulk_create([early])
    assert client.get(f"{DESK}/board/live/", headers={"if-none-match": tag}).status_code == 200


@time_machine.travel("2026-03-07T12:00:10Z", tick=False)
def test_what_happens_while_the_board_is_read_is_news_the_next_time(people, edition):
    story = house.story_in(State.SUBMITTED, people)
    client = signed_in(people[Role.EDITOR_IN_CHIEF])
    acts = iter([lambda: audit.record(people[Role.REPORTER], Act.STORY_EDIT, story)])

    def act_once(execute, sql, params, many, context):
        if "editions_placement" in sql and (act := next(acts, None)):
            act()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(act_once):
        page = text_of(client.get(f"{DESK}/board/"))
    assert not list(acts)
    tag = html.unescape(re.search('data-tag="([^"]+)"', page)[1])
    assert client.get(f"{DESK}/board/live/", headers={"if-none-match": tag}).status_code == 200


# -- what is still to be written


def planned_for(people, day, *, due: str = "", kind: str = "text", **fields):
    """The reporter has accepted to write for the edition of that day, or for none, until `due` ("7 20:00" of March)."""
    topic = plans.approved(people, edition_day=day, **fields)
    moment = (
        plans.at(datetime.date(2026, 3, int(due.split()[0])), *map(int, due.split()[1].split(":"))) if due else None
    )
    return plans.accepted(people, topic, due_at=moment, kind=kind)


def coming(user, edition_id: int = 0) -> list[tuple[str, int]]:
    return [(plan.topic.title, plan.lines) for plan in seen_by(user, edition_id).planned]


@pytest.fixture
def night(people):
    """The evening of the 7th of March; the edition of the 8th is open."""
    with time_machine.travel("2026-03-07T12:00:00Z", tick=False):
        yield house.open_edition(people, datetime.date(2026, 3, 8), pages=1)


def test_what_is_assigned_for_tonight_is_on_the_board_until_it_is_submitted(people, night):
    chief, reporter = people[Role.EDITOR_IN_CHIEF], people[Role.REPORTER]
    assignment = planned_for(
        people, night.date, title="夜市开市", expected_characters=340, page_label="2", due="7 21:00"
    )
    before = seen_by(chief)
    assert coming(chief) == [("夜市开市", 20)]
    assert (before.need, before.unplaced, before.expected, before.late) == (0, [], 20, 0)
    page = text_of(signed_in(chief).get(f"{DESK}/board/"))
    assert "Accepted" in page
    draft = house.make_story(reporter, headline="还没写完的标题")
    editing.tie_to_assignment(draft.pk, assignment.pk, acting_user=reporter)
    with time_machine.travel("2026-03-07T13:30:00Z", tick=False):
        page = text_of(signed_in(chief).get(f"{DESK}/board/"))
    for words in ("Being written", "reporter（测）", "Page 2", "late by 30 min", "1 topic", "20 lines expected"):
        assert words in page, words
    assert "还没写完的标题" not in page  # a draft is its owner's
    house.act(draft, Verb.SUBMIT, reporter)
    assert coming(chief) == []
    assert headlines(seen_by(chief).unplaced) == ["还没写完的标题"]
    assert "Still to be written" not in text_of(signed_in(chief).get(f"{DESK}/board/live/"))


def test_what_was_returned_stands_as_a_story_and_not_as_still_to_be_written_too(people, edition):
    assignment = planned_for(people, edition.date)
    story = house.make_story(people[Role.REPORTER])
    Article.objects.filter(pk=story.pk).update(assignment=assignment)
    house.bring_to(story, State.RETURNED, people)
    board = seen_by(people[Role.EDITOR_IN_CHIEF])
    assert [one.article for one in board.unplaced] == [story]
    assert board.planned == []


def test_a_topic_for_which_many_go_hides_no_other(people, edition, monkeypatch):
    monkeypatch.setattr("editions.board.MOST_TOPICS", 2)
    first = planned_for(people, edition.date).topic
    for number in range(3):
        plans.send(first, house.make_person(f"goes{number}", Role.REPORTER), people[Role.SECTION_EDITOR])
    planned_for(people, edition.date)
    planned_for(people, edition.date)
    assert [len(plan.going) for plan in seen_by(people[Role.EDITOR_IN_CHIEF]).planned] == [4, 1]


def test_the_board_of_an_edition_shows_what_is_planned_for_it_or_due_in_its_night(people, night):
    chief = people[Role.DESK_CHIEF]
    planned_for(people, night.date, title="为八号", due="6 12:00")
    early = planned_for(people, night.date, title="早交")
    Assignment.objects.filter(pk=early.pk).update(due_at=plans.at(datetime.date(2026, 1, 7)))
    planned_for(people, datetime.date(2026, 3, 9), title="为九号", due="7 21:00")
    for title, due in (("昨晚", "7 03:00"), ("上午", "7 09:00"), ("今晚", "8 03:00"), ("明早", "8 03:01")):
        planned_for(people, None, title=title, due=due)
    assert [title for title, _lines in coming(chief)] == ["早交", "为八号", "上午", "今晚"]
    tomorrow = house.open_edition(people, datetime.date(2026, 3, 9), pages=1)
    assert [title for title, _lines in coming(chief, tomorrow.pk)] == ["为九号", "明早"]


def test_without_an_edition_the_board_shows_what_is_to_be_written_tonight(people):
    with time_machine.travel("2026-03-07T12:00:00Z", tick=False):
        planned_for(people, None, title="今晚", due="7 21:00")
        planned_for(people, None, title="明晚", due="8 21:00")
        assert [title for title, _lines in coming(people[Role.EDITOR_IN_CHIEF])] == ["今晚"]


def test_what_nobody_is_to_write_is_not_on_the_board(people, night):
    chief, editor = people[Role.DESK_CHIEF], people[Role.SECTION_EDITOR]
    plans.make_topic(people[Role.REPORTER], edition_day=night.date)
    plans.approved(people, edition_day=night.date)
    planned_for(people, night.date, kind="photo", photos_wanted=1)
    plans.answer(planned_for(people, night.date), "withdraw", editor, "不去了")
    plans.answer(planned_for(people, night.date), "decline", people[Role.REPORTER], "病了")
    plans.decide(planned_for(people, night.date).topic, "drop", editor, "不做了")
    assert coming(chief) == []


def test_a_topic_stands_once_and_its_lines_until_a_text_of_it_has_come(people, night):
    chief, photographer = people[Role.DESK_CHIEF], people[Role.PHOTOGRAPHER]
    assignment = planned_for(people, night.date, title="两个人写", expected_characters=17)
    plans.send(assignment.topic, photographer, people[Role.SECTION_EDITOR])
    [plan] = seen_by(chief).planned
    assert {str(one.person) for one in plan.going} == {"reporter（测）", "photographer（测）"}
    assert plan.lines == 1
    story = house.make_story(people[Role.REPORTER])
    editing.tie_to_assignment(story.pk, assignment.pk, acting_user=people[Role.REPORTER])
    house.act(story, Verb.SUBMIT, people[Role.REPORTER])
    [plan] = seen_by(chief).planned
    assert [str(one.person) for one in plan.going] == ["photographer（测）"]
    assert plan.lines == 0


def test_the_board_has_its_place_in_the_bar_for_whom_it_opens(people):
    for role in Role:
        page = text_of(signed_in(people[role]).get(f"{DESK}/"))
        assert ('href="/en/desk/board/"' in page) == (role not in {Role.REPORTER, Role.PHOTOGRAPHER}), role


def test_a_house_without_an_edition_and_without_a_story_has_an_empty_board(people):
    page = text_of(signed_in(people[Role.EDITOR_IN_CHIEF]).get(f"{DESK}/board/?edition=x"))
    assert "No edition is open." in page
    assert "Every story lies on a page." in page


# -- drafts that nobody planned


def drafts_of(board: Board) -> tuple[list[str], list[tuple[str, int]]]:
    return headlines(board.drafts.stories), [(section.slug, count) for section, count in board.drafts.unread]


def test_drafts_without_a_plan_are_counted_and_read_by_their_owners_alone(people, night):
    reporter, editor = people[Role.REPORTER], people[Role.SECTION_EDITOR]
    chief = people[Role.EDITOR_IN_CHIEF]
    assert drafts_of(seen_by(chief)) == ([], [])
    house.make_story(reporter, headline="没人知道的秘密")
    house.make_story(reporter, headline="体育的", section_id=house.section("sports").pk)
    house.make_story(editor, headline="编辑自己的")
    planned = planned_for(people, night.date)
    editing.tie_to_assignment(house.make_story(reporter, headline="有派工的").pk, planned.pk, acting_user=reporter)
    house.story_in(State.SPIKED, people, headline="毙掉的")
    assert drafts_of(seen_by(editor)) == (["编辑自己的"], [("city", 1), ("sports", 1)])
    assert drafts_of(seen_by(chief)) == ([], [("city", 2), ("sports", 1)])
    board = seen_by(people[Role.ADMINISTRATOR])
    assert drafts_of(board) == (["没人知道的秘密", "编辑自己的", "体育的"], [])
    # They are no part of what waits, nor of its lines.
    assert (board.unplaced, board.need, board.by_state) == ([], 0, [])
    page = text_of(signed_in(chief).get(f"{DESK}/board/"))
    assert "3 drafts without a plan" in page
    assert "City 2 · Sports 1" in page
    assert "秘密" not in page
    house.act(Article.objects.get(headline="没人知道的秘密"), Verb.SUBMIT, reporter)
    assert drafts_of(seen_by(chief)) == ([], [("city", 1), ("sports", 1)])


def test_a_draft_at_which_nobody_has_written_tonight_is_none_of_tonight(people, night):
    house.make_story(people[Role.REPORTER])
    chief = people[Role.EDITOR_IN_CHIEF]
    for moment, count in (("2026-03-08T03:59:00Z", 1), ("2026-03-08T04:00:00Z", 0)):  # noon in the newsroom
        with time_machine.travel(moment, tick=False):
            assert seen_by(chief).drafts.count == count


# -- narrowed


@pytest.fixture
def full_board(people, night):
    """One story or topic of every kind, each called by what it is."""
    reporter, second = people[Role.REPORTER], house.make_person("second", Role.REPORTER)
    sports = house.section("sports").pk
    placed = house.story_in(State.SIGNED_OFF, people, headline="上版的")
    house.place(night, 1, placed, people, (1, 20, 2, 20))
    house.story_in(State.SUBMITTED, people, headline="待一审的")
    house.story_in(State.SUBMITTED, people, headline="体育的", section_id=sports)
    late = house.story_in(State.SUBMITTED, people, headline="迟了的")
    Article.objects.filter(pk=late.pk).update(due_at=timezone.now() - datetime.timedelta(minutes=1))
    theirs = house.make_story(second, headline="别人的")
    house.act(theirs, Verb.SUBMIT, second)
    house.story_in(State.RETURNED, people, headline="退回的", bylines=[house.credit(second)])
    house.make_story(reporter, headline="草稿")
    planned_for(people, night.date, title="要写的", page_label="1")
    return night


FULL = {"上版的", "待一审的", "体育的", "迟了的", "别人的", "退回的", "要写的"}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, FULL),
        ({"section": "sports"}, {"体育的"}),
        ({"state": "submitted"}, {"待一审的", "体育的", "迟了的", "别人的"}),
        ({"state": "signed_off"}, {"上版的"}),
        ({"state": "planned"}, {"要写的"}),
        ({"state": "draft"}, set()),
        ({"page": "1"}, {"上版的", "要写的"}),
        ({"page": "none"}, FULL - {"上版的"}),
        ({"late": "on"}, {"迟了的"}),
        ({"person": "second"}, {"别人的", "退回的"}),
        ({"person": "reporter"}, FULL - {"别人的"}),
        ({"person": "section_editor"}, {"待一审的", "迟了的", "别人的"}),
        ({"person": "second", "state": "returned"}, {"退回的"}),
        ({"section": "sports", "late": "on"}, set()),
        # What makes no sense is told and narrows nothing.
        ({"state": "nonsense", "section": "9999999999999999999", "page": "77", "person": "x"}, FULL),
    ],
)
def test_the_board_is_narrowed(people, full_board, asked, found):
    numbers = {"section": house.section("sports").pk}
    numbers["person"] = house.person(asked["person"]).pk if asked.get("person", "x") != "x" else "x"
    query = {name: numbers.get(name, said) if len(said) < 15 else said for name, said in asked.items()}
    client = signed_in(people[Role.ADMINISTRATOR])
    for address in ("board/", "board/live/"):
        page = text_of(client.get(f"{DESK}/{address}", query))
        names = set(re.findall(r'class="name" id="[^"]*" href="[^"]*">([^<]*)</a>', page))
        assert names - {"草稿"} == found, address
        # Whatever is shown, the sums are of the whole night.
        assert ("They are of the whole night" in page) == (0 < len(asked) < 4)
        assert "7 stories" not in page
        assert page.count("<dt>Late</dt><dd>1</dd>") == 1
    assert ("Select a valid choice" in text_of(client.get(f"{DESK}/board/", query))) == (len(asked) == 4)


def test_a_filter_tells_nothing_of_what_is_not_to_be_read(people, full_board):
    """A draft is known by its section alone; a page's unread stories are shown with the page or not at all."""
    client = signed_in(people[Role.EDITOR_IN_CHIEF])
    city, reporter = house.section().pk, people[Role.REPORTER].pk
    counted = "1 draft without a plan"
    for query, is_counted in (
        ({}, True),
        ({"section": city}, True),
        ({"section": house.section("sports").pk}, False),
        ({"person": reporter}, False),
        ({"state": "draft"}, False),
        ({"section": city, "person": reporter}, False),
    ):
        assert (counted in text_of(client.get(f"{DESK}/board/", query))) == is_counted, query


def test_the_filter_stays_while_the_board_renews_itself_and_on_another_edition(people, full_board):
    other = house.open_edition(people, full_board.date + datetime.timedelta(days=1), pages=1)
    client = signed_in(people[Role.EDITOR_IN_CHIEF])
    page = html.unescape(text_of(client.get(f"{DESK}/board/", {"state": "returned", "page": "1"})))
    live = re.search('id="board" data-live="([^"]*)"', page)[1]
    assert live == f"{DESK}/board/live/?state=returned&page=1&edition={full_board.pk}"
    assert "退回的" not in text_of(client.get(live))
    assert f'href="?state=returned&page=&edition={other.pk}"' in page
    assert f'name="edition" value="{full_board.pk}"' in page


def test_the_chief_reads_whose_signature_a_story_awaits(people, edition):
    """By the rule of the moment: who is on the byline or has signed is not named, who stands in is."""
    editor = people[Role.SECTION_EDITOR]
    story = house.story_in(State.SUBMITTED, people, bylines=[house.credit(editor)])
    chief = signed_in(people[Role.DESK_CHIEF])

    def told() -> list[str]:
        return [text_of(chief.get(page)) for page in (f"{DESK}/stories/{story.pk}/", f"{DESK}/board/")]

    assert all("Awaits Section editor of City: nobody may sign it now" in page for page in told())
    house.make_person("second", Role.SECTION_EDITOR)
    house.hand_over(editor, house.stand_in())
    assert all("second（测）" in page and "deputy（测）" in page for page in told())
    house.act(story, Verb.SIGN, house.person("second"))
    assert all("Awaits Desk chief of City: desk_chief（测）" in page for page in told())
    house.act(story, Verb.SIGN, people[Role.DESK_CHIEF])
    assert all("Awaits Editor-in-chief on duty: editor_in_chief（测）" in page for page in told())
    house.act(story, Verb.SIGN, people[Role.EDITOR_IN_CHIEF])
    assert not any("Awaits" in page for page in told())


def test_the_board_costs_the_same_with_few_stories_or_many(people, edition, django_assert_num_queries):
    client = signed_in(people[Role.EDITOR_IN_CHIEF])
    reporter = people[Role.REPORTER]

    def add(number: int, row: int) -> None:
        credit = [house.credit(reporter)]
        for n in range(number):
            house.story_in(State.IN_REVIEW, people, bylines=credit, section_id=house.section("city").pk)
            placed = house.story_in(State.SIGNED_OFF, people, bylines=credit)
            house.place(edition, 2, placed, people, (1, row + 2 * n, 1, 2))
            house.make_story(reporter)
            planned_for(people, edition.date)

    add(1, 1)
    client.get(f"{DESK}/board/")
    with django_assert_num_queries(23):
        client.get(f"{DESK}/board/")
    add(6, 11)
    house.hand_over(people[Role.DESK_CHIEF], house.stand_in())
    with django_assert_num_queries(23):
        client.get(f"{DESK}/board/")
