"""The plan's pages as a browser without scripts meets them."""

import datetime
import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Article, Assignment, Photo, Topic
from articles.states import State, Verb
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import plan_of_tests as plan
from tests.browsing import DESK, fields_of, signed_in, text_of
from tests.plan_of_tests import DAY, at

NEXT = DAY + datetime.timedelta(days=1)


@pytest.fixture
def editor(people):
    return signed_in(people[Role.SECTION_EDITOR])


@pytest.fixture
def reporter(people):
    return signed_in(people[Role.REPORTER])


def everything():
    return [list(table.objects.order_by("pk").values()) for table in (Topic, Assignment, AuditEntry, Article)]


# -- the calendar


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/en/desk/plan/?view=day&on=2027-01-01", "Friday, 1 January 2027"),
        ("/desk/plan/?view=day&on=2027-01-01", "2027年1月1日 星期五"),
        ("/en/desk/plan/?view=month&on=2026-12-31", "December 2026"),
        ("/desk/plan/?view=month&on=2026-12-31", "2026年12月"),
        ("/en/desk/plan/?view=week&on=2027-01-01", "28 December 2026 to 3 January 2027"),
    ],
)
def test_a_page_says_what_it_shows_in_both_languages(editor, address, heading):
    assert f"<h1>{heading}</h1>" in text_of(editor.get(address))


@pytest.mark.parametrize(
    "asked", ["view=year&on=x", "on=2026-13-40", "on=0001-01-01", "on=9999-12-31", "section=x&person=x"]
)
@pytest.mark.parametrize("view", ["", "&view=day", "&view=month"])
def test_nothing_that_is_asked_breaks_the_calendar(editor, asked, view):
    assert editor.get(f"{DESK}/plan/?{asked}{view}").status_code == 200


@pytest.mark.parametrize(
    ("now", "today"), [(at(DAY, 23, 59), "2026-11-25"), (at(NEXT, 0, 1), "2026-11-26"), (at(NEXT, 7, 59), "2026-11-26")]
)
def test_today_is_the_newsrooms(people, now, today):
    with time_machine.travel(now, tick=False):
        page = text_of(signed_in(people[Role.REPORTER]).get(f"{DESK}/plan/?view=day"))
    assert f'value="{today}"' in page


def test_an_event_of_several_days_stands_on_each_across_the_year(people, editor):
    plan.approved(people, title="跨年夜", day=datetime.date(2026, 12, 31), last_day=datetime.date(2027, 1, 2))
    counts = {
        f"{view} {on}": text_of(editor.get(f"{DESK}/plan/?view={view}&on={on}")).count("跨年夜</a>")
        for view, on in [
            ("week", "2026-12-31"),
            ("month", "2026-12-01"),
            ("month", "2027-01-01"),
            ("day", "2027-01-02"),
            ("day", "2027-01-03"),
        ]
    }
    # A month shows the whole weeks it touches.
    assert list(counts.values()) == [3, 3, 3, 1, 0]


def test_the_calendar_is_narrowed_by_section_and_person(people, editor):
    accepted = plan.accepted(people, plan.approved(people, title="甲题"))
    plan.approved(people, title="乙题")
    sports = house.section("sports")

    def titles(query):
        page = text_of(editor.get(f"{DESK}/plan/?view=week&on={DAY}&{query}"))
        return [title for title in ("甲题", "乙题") if title in page]

    assert titles("") == ["甲题", "乙题"]
    assert titles(f"person={accepted.person_id}") == ["甲题"]
    assert titles(f"section={sports.pk}") == []
    plan.answer(accepted, "decline", people[Role.REPORTER], "出差")
    assert titles(f"person={accepted.person_id}") == []


def test_proposals_are_seen_by_who_made_them_and_who_decides(people, editor, reporter):
    plan.make_topic(people[Role.REPORTER], title="还没批的题")
    others = signed_in(people[Role.PHOTOGRAPHER])
    for address in (f"{DESK}/plan/?on={DAY}", f"{DESK}/topics/?when=any"):
        assert ["还没批的题" in text_of(c.get(address)) for c in (editor, reporter, others)] == [True, True, False]
    plan.decide(Topic.objects.get(), "decline", people[Role.SECTION_EDITOR], "不合适")
    assert "还没批的题" not in text_of(editor.get(f"{DESK}/plan/?on={DAY}"))
    assert "还没批的题" in text_of(editor.get(f"{DESK}/topics/?when=any&state=declined"))


def test_a_day_holds_its_plan_against_what_came(people, editor):
    with time_machine.travel(at(DAY, 21), tick=False):
        came, late, missing = (plan.approved(people, title=title) for title in ("来了的", "迟到的", "没来的"))
        plan.approved(people, title="没人去的")
        for topic in (came, late, missing):
            plan.accepted(people, topic)
        stories = [house.make_story(people[Role.REPORTER], headline=headline) for headline in ("甲稿", "乙稿")]
        for story, topic in zip(stories, (came, late), strict=True):
            Article.objects.filter(pk=story.pk).update(assignment=topic.assignments.get())
        house.act(stories[0], Verb.SUBMIT, people[Role.REPORTER])
        house.story_in(State.SUBMITTED, people, headline="计划外的稿")
        page = text_of(editor.get(f"{DESK}/plan/?view=day&on={DAY}"))
    order = [page.index(f">{title}</a>") for title in ("没来的", "迟到的", "没人去的", "来了的", "计划外的稿")]
    assert order == sorted(order)
    # What nobody planned is folded: the page of the day speaks of the plan.
    [before, folded] = page.split('<details class="folded">')
    assert "1 story without a topic</summary>" in folded
    assert "计划外的稿" not in before
    for word in ("Did not come", "Late", "Nobody goes", "Delivered", "Unplanned"):
        assert word in page
    with time_machine.travel(at(NEXT, 9), tick=False):
        home = text_of(signed_in(people[Role.SECTION_EDITOR]).get(f"{DESK}/"))
        behind = text_of(signed_in(people[Role.SECTION_EDITOR]).get(f"{DESK}/topics/?behind=on"))
    for title in ("没来的", "迟到的", "没人去的"):
        assert title in home
        assert title in behind
    assert "来了的" not in behind


def fill(people, number: int) -> None:
    for count in range(number):
        topic = plan.approved(people, title=f"第{count}题", photos_wanted=1)
        plan.accepted(people, topic)
        plan.send(topic, people[Role.PHOTOGRAPHER], people[Role.SECTION_EDITOR], kind="photo")
        house.story_in(State.SUBMITTED, people)


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("plan/?view=month&on=2026-11-25", 8),
        ("plan/?view=week&on=2026-11-25", 8),
        ("plan/?view=day&on=2026-11-25", 10),
        ("topics/", 8),
    ],
)
@pytest.mark.parametrize("number", [2, 30])
def test_the_plan_costs_the_same_with_a_few_topics_or_many(people, django_assert_num_queries, address, queries, number):
    with time_machine.travel(at(DAY, 12), tick=False):
        fill(people, number)
        client = signed_in(people[Role.SECTION_EDITOR])
        client.get(f"{DESK}/{address}")
        with django_assert_num_queries(queries):
            client.get(f"{DESK}/{address}")


def test_a_full_day_is_shortened_in_the_month_and_whole_on_its_own_page(people, editor):
    Topic.objects.bulk_create(
        Topic(title=f"第{n}题", section=house.section(), day=DAY, last_day=DAY, state="approved") for n in range(100)
    )
    with time_machine.travel(at(NEXT, 9), tick=False):
        page = text_of(signed_in(people[Role.SECTION_EDITOR]).get(f"{DESK}/plan/?view=month&on={DAY}"))
    # What did not come is seen even where it is not shown.
    assert "95 more" in page
    assert "95 of them late or not there" in page
    assert "80 more" in text_of(editor.get(f"{DESK}/plan/?view=week&on={DAY}"))
    page = text_of(editor.get(f"{DESK}/plan/?view=day&on={DAY}"))
    assert all(f"第{n}题" in page for n in range(100))


def in_the_list(client, query: str = "") -> list[str]:
    return [entry.topic.title for entry in client.get(f"{DESK}/topics/?{query}").context["entries"]]


def test_the_list_begins_with_what_comes_next_and_keeps_the_past_behind_a_filter(people):
    days = {"昨天": -1, "下周": 7, "今天": 0, "明天": 1, "上周": -7}
    for title, away in days.items():
        plan.approved(people, title=title, day=DAY + datetime.timedelta(away))
    plan.approved(people, title="还在展出", day=DAY - datetime.timedelta(3), last_day=DAY)
    with time_machine.travel(at(DAY, 0, 5), tick=False):
        client = signed_in(people[Role.SECTION_EDITOR])
        assert in_the_list(client) == ["还在展出", "今天", "明天", "下周"]
        assert in_the_list(client, "when=past") == ["昨天", "上周"]
        assert in_the_list(client, "when=any") == ["下周", "明天", "今天", "昨天", "还在展出", "上周"]
        # Nobody went: what did not come is found without being asked for as the past.
        assert in_the_list(client, "behind=on") == ["昨天", "上周"]
        assert in_the_list(client, "when=whenever&section=x") == ["还在展出", "今天", "明天", "下周"]


@pytest.mark.parametrize("when", ["", "past", "any"])
def test_the_list_goes_on_page_by_page(people, when):
    away = -1 if when == "past" else 1
    Topic.objects.bulk_create(
        Topic(title=f"第{n}题", section=house.section(), day=day, last_day=day, state="approved")
        for n in range(100)
        for day in [DAY + datetime.timedelta(away * (1 + n % 9))]
    )
    with time_machine.travel(at(DAY, 12), tick=False):
        client, found, older = signed_in(people[Role.SECTION_EDITOR]), [], ""
        for _page in range(3):
            query = f"words=题&when={when}&older={older}"
            found += in_the_list(client, query)
            older = text_of(client.get(f"{DESK}/topics/?{query}")).partition('rel="next"')[0]
            older = older.rpartition("older=")[2].partition('"')[0]
    order = list(Topic.objects.order_by("day", "id").values_list("title", flat=True))
    assert found == (order if when == "" else order[::-1])


@pytest.mark.parametrize("view", ["week", "month"])
def test_an_empty_calendar_says_so(people, editor, view):
    address = f"{DESK}/plan/?view={view}&on={DAY}"
    assert "Nothing is planned for these days." in text_of(editor.get(address))
    plan.approved(people)
    assert "Nothing is planned for these days." not in text_of(editor.get(address))


def test_tonight_says_what_is_mine_to_accept_and_due_today(people):
    given = plan.send(plan.approved(people), people[Role.REPORTER], people[Role.SECTION_EDITOR])
    for moment, word in [
        (at(DAY, 0, 1), "due today"),
        (at(DAY, 20, 1), "Late"),
        (at(DAY - datetime.timedelta(1), 23), ""),
    ]:
        with time_machine.travel(moment, tick=False):
            client = signed_in(people[Role.REPORTER])
            page = text_of(client.get(f"{DESK}/"))
        assert f'action="{DESK}/assignments/{given.pk}/act/"' in page
        assert ["due today" in page, ">Late<" in page] == [word == "due today", word == "Late"]
    plan.answer(given, "decline", people[Role.REPORTER], "出差")
    assert "My assignments" not in text_of(signed_in(people[Role.REPORTER]).get(f"{DESK}/"))


# -- one topic


def refused(response, status, *words):
    page = text_of(response)
    assert response.status_code == status
    for word in words:
        assert word in page


def test_a_bad_proposal_keeps_what_was_typed(reporter):
    typed = {"title": "题目", "about": "想法", "day": "2026-11-25", "last_day": "2026-11-20", "kind": "topic"}
    typed |= {"section": house.section().pk, "wants_text": "on", "photos_wanted": "0"}
    before = everything()
    response = reporter.post(f"{DESK}/topics/new/", typed)
    refused(response, 422, "The last day lies before the first.", "想法", "What you typed is still here.")
    refused(reporter.post(f"{DESK}/topics/new/", {"title": "x" * 81}), 422, "x" * 81)
    assert everything() == before


def test_an_edition_before_the_event_is_asked_about_once(people, editor):
    form = fields_of(editor.get(f"{DESK}/topics/new/"), "topic-form")
    typed = form | {"title": "灯会预告", "section": str(house.section().pk), "day": "2026-11-28"}
    assert "is_preview" not in form
    typed |= {"edition_day": "2026-11-27"}
    refused(editor.post(f"{DESK}/topics/new/", typed), 422, "Is it a preview?", 'value="2026-11-27"', "is_preview")
    assert not Topic.objects.exists()
    typed["is_preview"] = "on"
    refused(editor.post(f"{DESK}/topics/new/", typed | {"title": ""}), 422, 'name="is_preview"')
    assert editor.post(f"{DESK}/topics/new/", typed).status_code == 302
    topic = Topic.objects.get()
    address = f"{DESK}/topics/{topic.pk}/edit/"
    form = fields_of(editor.get(address), "topic-form")
    assert "is_preview" not in form
    assert editor.post(address, form | {"title": "灯会前瞻"}).status_code == 302
    form = fields_of(editor.get(address), "topic-form")
    refused(editor.post(address, form | {"day": "2026-11-30"}), 422, "Is it a preview?")
    assert editor.post(address, form | {"edition_day": "2026-11-28"}).status_code == 302
    assert Topic.objects.get().title == "灯会前瞻"


def test_a_returned_story_is_back_among_what_is_to_be_delivered(people, editor, reporter):
    assignment = plan.accepted(people)
    story = house.make_story(people[Role.REPORTER])
    Article.objects.filter(pk=story.pk).update(assignment=assignment)
    with time_machine.travel(at(DAY, 19), tick=False):
        reporter = signed_in(people[Role.REPORTER])
        house.bring_to(story, State.SUBMITTED, people)
        assert "My assignments" not in text_of(reporter.get(f"{DESK}/"))
        house.act(story, Verb.RETURN, people[Role.SECTION_EDITOR], "缺少来源")
    with time_machine.travel(at(DAY, 20, 1), tick=False):
        page = text_of(reporter.get(f"{DESK}/")).partition("My assignments")[2]
        assert 'class="due overdue"' in page
        assert f'href="{DESK}/stories/new/?assignment={assignment.pk}">Open the story</a>' in page
        page = text_of(reporter.get(f"{DESK}/topics/{assignment.topic_id}/"))
        assert "Late" in page
        assert "Delivered" not in page


@pytest.mark.parametrize("said", ["2", "第2版", "Page 2"])
def test_a_page_is_called_by_its_label_however_it_was_typed(reporter, said):
    typed = {"title": "题目", "day": "2026-11-25", "kind": "topic", "section": house.section().pk, "wants_text": "on"}
    reporter.post(f"{DESK}/topics/new/", typed | {"photos_wanted": "0", "page_label": said})
    assert Topic.objects.get().page_label == "2"


def test_a_stale_change_keeps_what_was_typed(people, editor, reporter):
    topic = plan.make_topic(people[Role.REPORTER])
    typed = fields_of(reporter.get(f"{DESK}/topics/{topic.pk}/edit/"), "topic-form") | {"wants_text": "on"}
    editor.post(f"{DESK}/topics/{topic.pk}/edit/", typed | {"place": "桥上"})
    before = everything()
    response = reporter.post(f"{DESK}/topics/{topic.pk}/edit/", typed | {"place": "船上"})
    refused(response, 409, "Meanwhile this topic has changed", "船上")
    assert everything() == before


def test_what_two_people_changed_is_shown_to_the_second_and_saved_once_more(people, editor, reporter):
    topic = plan.make_topic(people[Role.REPORTER], about="一\n二", starts_at=datetime.time(9))
    address = f"{DESK}/topics/{topic.pk}/edit/"
    typed = fields_of(reporter.get(address), "topic-form") | {"wants_text": "on"}
    theirs = {"place": "桥上", "title": "另一题目", "starts_at": "09:30", "expected_characters": "500"}
    editor.post(address, typed | theirs | {"photos_wanted": "2", "wants_text": ""})
    mine = typed | {"about": "一\r\n二\r\n三", "place": "船上", "expected_characters": "500"}
    response = reporter.post(address, mine)
    taken_over = "Taken over into this form: Title, From, A text, Photos."
    refused(response, 409, "Meanwhile this was changed to “桥上”.", taken_over)
    again = fields_of(response, "topic-form")
    assert [again[name] for name in ("title", "place", "starts_at")] == ["另一题目", "船上", "09:30"]
    assert reporter.post(address, {**again, "wants_text": ""}).status_code == 302
    saved = Topic.objects.values("title", "place", "about", "photos_wanted", "wants_text", "starts_at").get()
    assert [*saved.values()] == ["另一题目", "船上", "一\n二\n三", 2, False, datetime.time(9, 30)]


def test_a_reason_for_what_can_be_said_no_more_is_still_to_be_read(people, editor, reporter):
    topic = plan.approved(people)
    act = f"{DESK}/topics/{topic.pk}/act/"
    refused(editor.post(act, {"verb": "decline", "seen": 1, "reason": "理由甲"}), 409, "理由甲")
    given = plan.send(topic, people[Role.REPORTER], people[Role.SECTION_EDITOR])
    plan.answer(given, "withdraw", people[Role.SECTION_EDITOR], "改派")
    answer = f"{DESK}/assignments/{given.pk}/act/"
    refused(reporter.post(answer, {"verb": "decline", "seen": topic.version, "reason": "理由乙"}), 409, "理由乙")


def test_saving_the_form_as_it_came_changes_nothing(people, editor):
    topic = plan.approved(people, about="一\n二", starts_at=datetime.time(9, 30), edition_day=NEXT)
    before = everything()
    address = f"{DESK}/topics/{topic.pk}/edit/"
    typed = fields_of(editor.get(address), "topic-form") | {"wants_text": "on"}
    assert editor.post(address, {**typed, "about": "一\r\n二"}).status_code == 302
    assert everything() == before


def test_a_refused_act_keeps_its_reason_and_says_why(people, editor, reporter):
    topic = plan.make_topic(people[Role.REPORTER])
    before, address = everything(), f"{DESK}/topics/{topic.pk}"
    refused(editor.post(f"{address}/act/", {"verb": "decline", "seen": 1, "reason": " "}), 422, "Please give a reason.")
    refused(editor.post(f"{address}/act/", {"verb": "decline", "seen": 9, "reason": "理由甲"}), 409, "理由甲")
    refused(reporter.post(f"{address}/act/", {"verb": "approve", "seen": 1}), 403, "You may not do this.")
    refused(editor.post(f"{address}/act/", {"verb": "burn", "seen": "x"}), 422, "Nothing was changed.")
    refused(editor.post(f"{address}/assign/", {"note": "附言甲"}), 422, "附言甲")
    refused(editor.post(f"{address}/move/", {"seen": 1, "day": "2026-02-30"}), 422, "2026-02-30")
    assert everything() == before


def moved_on_the_calendar(client, topic, day, **said):
    """What the calendar's form sends, and the page it leads to."""
    sent = {"seen": topic.version, "day": day, "back": f"view=month&on={DAY}&section={topic.section_id}&x=1"} | said
    return client.post(f"{DESK}/topics/{topic.pk}/move/", sent, follow=True)


def test_a_topic_is_moved_on_the_calendar_and_moved_back(people, editor):
    topic = plan.approved(people, last_day=NEXT, edition_day=NEXT)
    plan.accepted(people, topic)
    stood = [Topic.objects.values("day", "last_day", "edition_day").get(), Assignment.objects.get().due_at]
    page = moved_on_the_calendar(editor, topic, "2026-11-28")
    assert page.redirect_chain == [
        (f"{DESK}/plan/?view=month&on={DAY}&section={topic.section_id}#topic-{topic.pk}", 302)
    ]
    assert "is moved to Saturday, 28 November 2026" in text_of(page)
    topic.refresh_from_db()
    assert [topic.day, topic.last_day] == [DAY + datetime.timedelta(3), NEXT + datetime.timedelta(3)]
    undo = editor.get(f"{DESK}/")  # the button is shown once, and was
    assert 'class="undo"' not in text_of(undo)
    editor.post(page.context["undo"].address, dict(page.context["undo"].fields))
    assert [Topic.objects.values("day", "last_day", "edition_day").get(), Assignment.objects.get().due_at] == stood


def test_what_cannot_be_moved_stays_and_the_calendar_says_why(people, editor, reporter):
    topic = plan.approved(people)
    before, others = everything(), signed_in(people[Role.PHOTOGRAPHER])
    for client, day, said, why in [
        (editor, "2026-11-28", {"seen": topic.version - 1}, "Meanwhile this topic has changed"),
        (editor, "2026-02-30", {}, "Enter a valid date."),
        (others, "2026-11-28", {}, "You may not do this."),
    ]:
        page = moved_on_the_calendar(client, topic, day, **said)
        assert why in text_of(page)
        assert 'class="undo"' not in text_of(page)
        assert everything() == before
    moved_on_the_calendar(editor, topic, str(DAY))
    assert everything() == before


def test_the_calendar_offers_a_move_to_those_alone_who_may(people):
    plan.approved(people)
    plan.make_topic(people[Role.REPORTER])
    for role, movable in [(Role.SECTION_EDITOR, 2), (Role.REPORTER, 1), (Role.PHOTOGRAPHER, 0)]:
        page = text_of(signed_in(people[role]).get(f"{DESK}/plan/?view=week&on={DAY}"))
        assert [page.count("data-move="), page.count('class="move"')] == [movable, movable]


def test_a_past_due_time_is_refused_and_what_was_typed_stays(people):
    topic = plan.approved(people)
    address = f"{DESK}/topics/{topic.pk}/"
    with time_machine.travel(at(DAY, 21), tick=False):
        client = signed_in(people[Role.SECTION_EDITOR])
        form = fields_of(client.get(address), "assign-form")
        typed = form | {"person": str(people[Role.REPORTER].pk), "due_at": "2026-11-25T20:00", "note": "带上介绍信"}
        answer = client.post(f"{address}assign/", typed)
        refused(answer, 422, "This time is past: choose one that is still to come.", "带上介绍信")
        assert 'value="2026-11-25T20:00"' in text_of(answer)
        assert not Assignment.objects.exists()
        assert client.post(f"{address}assign/", typed | {"due_at": "2026-11-25T21:00"}).status_code == 302


def test_who_leads_changes_when_an_assignment_is_due(people):
    given = plan.send(plan.approved(people), people[Role.REPORTER], people[Role.SECTION_EDITOR])
    address = f"{DESK}/assignments/{given.pk}/due/"
    with time_machine.travel(at(DAY, 12), tick=False):
        client, reporter = signed_in(people[Role.SECTION_EDITOR]), signed_in(people[Role.REPORTER])
        page = text_of(client.get(given.topic.get_absolute_url()))
        assert address.removeprefix("/en") in page
        assert address.removeprefix("/en") not in text_of(reporter.get(given.topic.get_absolute_url()))
        typed = {"seen": "2", "due_at": "2026-11-25T11:00"}
        answer = client.post(address, typed)
        refused(answer, 422, "This time is past")
        assert 'value="2026-11-25T11:00"' in text_of(answer)
        refused(client.post(address, {"seen": "2", "due_at": "tonight"}), 422)
        refused(client.post(address, typed | {"due_at": "2026-11-25T22:30", "seen": "1"}), 409, "has changed")
        refused(reporter.post(address, typed | {"due_at": "2026-11-25T22:30"}), 403)
        assert Assignment.objects.get().due_at == given.due_at
        page = text_of(client.post(address, typed | {"due_at": "2026-11-25T22:30"}, follow=True))
        assert "It is due 25 Nov, 22:30." in page
        assert "22:30" in text_of(reporter.get(f"{DESK}/notices/"))
    assert Assignment.objects.get().due_at == at(DAY, 22, 30)


def test_the_trail_of_a_topic_says_who_was_sent_for_what_and_until_when(people, editor):
    leads, goes = people[Role.SECTION_EDITOR], people[Role.REPORTER]
    given = plan.send(plan.approved(people), goes, leads, at(DAY, 20))
    plan.answer(given, "decline", goes, "病了")
    plan.send(given.topic, people[Role.PHOTOGRAPHER], leads, at(DAY, 21), kind="photo")

    def trail(client) -> list[str]:
        page = text_of(client.get(f"{DESK}/topics/{given.topic_id}/"))
        lines = re.findall(r"<li>(.*?)</li>", page.partition('<ol class="trail">')[2])
        return [re.sub(r"<[^>]*>", "", line.partition("<strong>")[2]) for line in lines]

    assert trail(editor)[:3] == [
        "section_editor（测） assigned · photographer（测） · Photos · due 25 Nov, 21:00",
        "reporter（测） declined an assignment · reporter（测） · Text病了",
        "section_editor（测） assigned · reporter（测） · Text · due 25 Nov, 20:00",
    ]
    # Why somebody declined is read by those it concerns, as above among who goes.
    assert (
        trail(signed_in(people[Role.PROOFREADER]))[1] == "reporter（测） declined an assignment · reporter（测） · Text"
    )


def test_what_was_said_with_an_assignment_is_read_by_those_it_concerns(people, editor, reporter):
    given = plan.send(plan.approved(people), people[Role.REPORTER], people[Role.SECTION_EDITOR], note="先别声张")
    plan.answer(given, "decline", people[Role.REPORTER], "家里有事")
    others = signed_in(people[Role.PHOTOGRAPHER])
    for word in ("先别声张", "家里有事"):
        page = [text_of(client.get(f"{DESK}/topics/{given.topic_id}/")) for client in (editor, reporter, others)]
        assert [word in text for text in page] == [True, True, False]


def test_a_topic_shows_no_story_that_its_reader_may_not_read(people, editor, reporter):
    assignment = plan.accepted(people)
    Article.objects.filter(pk=house.make_story(people[Role.REPORTER], headline="秘密草稿").pk).update(
        assignment=assignment
    )
    assert ["秘密草稿" in text_of(c.get(f"{DESK}/topics/{assignment.topic_id}/")) for c in (reporter, editor)] == [
        True,
        False,
    ]


def test_what_is_delivered_is_not_declined_any_more(people, reporter):
    assignment = plan.accepted(people)
    topic, decline = f"{DESK}/topics/{assignment.topic_id}/", 'value="decline"'
    story = house.make_story(people[Role.REPORTER])
    Article.objects.filter(pk=story.pk).update(assignment=assignment)
    assert decline in text_of(reporter.get(topic))
    house.act(story, Verb.SUBMIT, people[Role.REPORTER])
    assert decline not in text_of(reporter.get(topic))
    posted = {"verb": "decline", "seen": assignment.topic.version, "reason": "出差"}
    page = text_of(reporter.post(f"{DESK}/assignments/{assignment.pk}/act/", posted))
    assert "It is delivered: there is nothing left to decline." in page
    assert "出差" in page
    assert Assignment.objects.get().state == "accepted"


def test_declining_needs_a_word_and_keeps_nothing_else(people, reporter):
    given = plan.send(plan.approved(people), people[Role.REPORTER], people[Role.SECTION_EDITOR])
    address = f"{DESK}/assignments/{given.pk}/act/"
    refused(reporter.post(address, {"verb": "decline", "seen": 2, "reason": ""}), 422, "Please give a reason.")
    response = reporter.post(address, {"verb": "decline", "seen": 2, "reason": "出差"})
    assert response["Location"] == f"{DESK}/topics/{given.topic_id}/#assignment-{given.pk}"
    assert signed_in(people[Role.PHOTOGRAPHER]).post(address, {"verb": "accept", "seen": 2}).status_code == 409


# -- what is filed against an assignment


def test_a_story_begins_with_everybody_who_goes(people, reporter):
    for role in (Role.REPORTER, Role.PHOTOGRAPHER):
        house.contributor_for(people[role])
    topic = plan.approved(people, expected_characters=800)
    assignment = plan.accepted(people, topic)
    plan.send(topic, people[Role.PHOTOGRAPHER], people[Role.SECTION_EDITOR], kind="photo")
    response = reporter.get(f"{DESK}/stories/new/?assignment={assignment.pk}")
    fields = fields_of(response, "story-form")
    rows = [(fields[f"bylines-{n}-name"], fields[f"bylines-{n}-role"]) for n in (0, 1)]
    assert rows == [("reporter（测）", "reporter"), ("photographer（测）", "photographer")]
    assert "800 characters planned" in text_of(response)


def test_writing_for_an_assignment_again_opens_its_story_unless_a_second_is_asked_for(people, reporter):
    assignment = plan.accepted(people)
    address = f"{DESK}/stories/new/?assignment={assignment.pk}"
    typed = fields_of(reporter.get(address), "story-form") | {"headline": "渡口静了", "body": "<p>船停着。</p>"}
    reporter.post(address, typed)
    story = Article.objects.get()
    again = reporter.get(address, follow=True)
    assert again.redirect_chain == [(f"{DESK}/stories/{story.pk}/edit/", 302)]
    [second] = re.findall(r'This is your story for that assignment. <a href="([^"]+)">', text_of(again))
    assert second in text_of(reporter.get(f"{DESK}/topics/{assignment.topic_id}/"))
    page = reporter.get(second.replace("&amp;", "&"))
    assert page.status_code == 200
    reporter.post(address, fields_of(page, "story-form") | {"headline": "渡口的第二篇"})
    assert Article.objects.filter(assignment=assignment).count() == 2
    # What cannot be edited now is shown, and a story that does not come stands in nobody's way.
    house.act(story, Verb.SUBMIT, people[Role.REPORTER])
    assert reporter.get(address)["Location"] == f"{DESK}/stories/{story.pk}/"
    house.act(house.act(story, Verb.RECALL, people[Role.REPORTER]), Verb.SPIKE, people[Role.REPORTER], "不写了")
    assert reporter.get(address)["Location"] == f"{DESK}/stories/{Article.objects.latest('pk').pk}/edit/"


def test_nobody_writes_on_another_persons_assignment(people, reporter):
    assignment = plan.accepted(people)
    other = signed_in(people[Role.PHOTOGRAPHER])
    assert other.get(f"{DESK}/stories/new/?assignment={assignment.pk}")["Location"] == f"{DESK}/"
    for number in ("0", "x", "99999999999999999999"):
        assert reporter.get(f"{DESK}/stories/new/?assignment={number}").status_code == 302


def test_what_was_typed_survives_an_assignment_that_was_taken_back(people, reporter):
    assignment = plan.accepted(people)
    typed = fields_of(reporter.get(f"{DESK}/stories/new/?assignment={assignment.pk}"), "story-form")
    plan.answer(assignment, "withdraw", people[Role.SECTION_EDITOR], "换人了")
    before = everything()
    response = reporter.post(f"{DESK}/stories/new/", typed | {"headline": "写了一半"})
    refused(response, 409, "写了一半", "does not follow here")
    assert everything() == before


def test_a_story_begun_without_its_assignment_counts_for_it_afterwards(people, reporter):
    with time_machine.travel(at(DAY, 12), tick=False):
        reporter, others = signed_in(people[Role.REPORTER]), signed_in(people[Role.PHOTOGRAPHER])
        assignment = plan.accepted(people)
        story = house.make_story(people[Role.REPORTER])
        address = f"{DESK}/stories/{story.pk}"
        assert "It counts for this assignment" in text_of(reporter.get(f"{address}/"))
        before = everything()
        for client, number in [(reporter, 0), (others, assignment.pk)]:
            client.post(f"{address}/assignment/", {"assignment": number})
        assert everything() == before
        reporter.post(f"{address}/assignment/", {"assignment": assignment.pk})
        page = text_of(reporter.get(f"{address}/"))
    story.refresh_from_db()
    assert (story.assignment, story.version) == (assignment, 1)
    assert "It counts for this assignment" not in page


def test_photos_are_handed_in_from_files_and_from_the_photo_desk(people):
    photographer = people[Role.PHOTOGRAPHER]
    given = plan.send(plan.approved(people), photographer, people[Role.SECTION_EDITOR], kind="photo")
    plan.answer(given, "accept", photographer)
    there, client = house.make_photo(photographer), signed_in(photographer)
    address = f"{DESK}/assignments/{given.pk}/photos/"
    files = [SimpleUploadedFile("a.jpg", house.jpeg(70)), SimpleUploadedFile("b.txt", b"no picture")]
    response = client.post(address, {"photo": there.pk, "photos": files}, follow=True)
    assert "b.txt" in text_of(response)
    assert Photo.objects.filter(assignment=given).count() == 2
    assert "Choose at least one photo." in text_of(client.post(address, follow=True))
    stranger = signed_in(people[Role.REPORTER])
    stranger.post(address, {"photos": SimpleUploadedFile("c.jpg", house.jpeg(80))})
    assert Photo.objects.count() == 2


def test_a_picture_that_is_here_already_is_asked_about_before_it_is_handed_in(people):
    photographer = people[Role.PHOTOGRAPHER]
    given = plan.send(plan.approved(people), photographer, people[Role.SECTION_EDITOR], kind="photo")
    plan.answer(given, "accept", photographer)
    there, client = house.make_photo(people[Role.REPORTER], house.jpeg(70)), signed_in(photographer)
    address = f"{DESK}/assignments/{given.pk}/photos/"
    page = text_of(client.get(f"{DESK}/topics/{given.topic_id}/"))
    assert 'name="ask" value="1" checked' in page

    def sent(*sizes, **said):
        files = [SimpleUploadedFile(f"{size}.jpg", house.jpeg(size)) for size in sizes]
        return client.post(address, {"photos": files} | said, follow=True)

    refused(sent(70, ask="1"), 409, "70.jpg: This looks like photo", f"{DESK}/photos/{there.pk}/thumbnail")
    assert list(Photo.objects.all()) == [there]
    # What is new is handed in with the same click.
    answer = sent(70, 110, ask="1")
    refused(answer, 409, "70.jpg: This looks like photo", "The photos are in.")
    assert "110.jpg" not in text_of(answer)
    assert Photo.objects.filter(assignment=given).count() == 1
    assert sent(70).status_code == 200
    assert Photo.objects.filter(assignment=given).count() == 2


def test_why_somebody_declined_is_read_in_the_admin_by_those_it_concerns(people):
    """A leader of another section sees who goes, and no more than at the desk."""
    given = plan.send(plan.approved(people), people[Role.REPORTER], people[Role.SECTION_EDITOR])
    plan.answer(given, "decline", people[Role.REPORTER], "家里有人生病")
    address = f"/en/admin/articles/assignment/{given.pk}/history/"
    stranger = signed_in(house.make_person("stranger", Role.SECTION_EDITOR, sections=("sports",)))
    assert stranger.get(f"/en/admin/articles/assignment/{given.pk}/change/").status_code == 200
    assert stranger.get(address).status_code == 403
    for role in (Role.SECTION_EDITOR, Role.ADMINISTRATOR):
        assert "家里有人生病" in text_of(signed_in(people[role]).get(address))
