"""A return gives reasons: of the house's own list, in words, or both; and the reviewer goes from one to the next."""

import re

import pytest

from articles import editing
from articles.errors import Incomplete
from articles.models import Article, ReturnReason
from articles.publishing import act_on_story
from articles.states import State, Verb
from newsroom.staff.models import AuditEntry, Notice, NoticeKind
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import DESK, signed_in, text_of


@pytest.fixture
def reasons(people):
    texts = ("缺少来源", "导语不清", "旧的理由")
    return [ReturnReason.objects.create(text=t, order=n, is_active=t != "旧的理由") for n, t in enumerate(texts)]


@pytest.fixture
def story(people):
    return house.story_in(State.SUBMITTED, people)


def send_back(people, story, listed, reason=""):
    data = {"verb": "return", "seen": Article.objects.get(pk=story.pk).seen, "reason": reason, "listed": listed}
    return signed_in(people[Role.SECTION_EDITOR]).post(f"{DESK}/stories/{story.pk}/act/", data)


def test_usual_reasons_suffice_and_are_kept_in_words(people, story, reasons):
    assert send_back(people, story, [reasons[1].pk, reasons[0].pk]).status_code == 302
    story.refresh_from_db()
    assert (story.state, story.return_reasons, story.return_reason) == (State.RETURNED, ["缺少来源", "导语不清"], "")
    trail = AuditEntry.objects.about(story).get(act="story.return")
    assert trail.data["reasons"] == ["缺少来源", "导语不清"]
    assert "缺少来源" in trail.details


@pytest.mark.parametrize("at", ["", "edit/"])
def test_whoever_mends_it_reads_who_returned_it(people, story, reasons, at):
    send_back(people, story, [reasons[0].pk], "第三段")
    page = text_of(signed_in(people[Role.REPORTER]).get(f"{DESK}/stories/{story.pk}/{at}"))
    callout = re.search(r'<div class="callout" role="note">(.*?)</div>', page, re.DOTALL)
    assert people[Role.SECTION_EDITOR].name in callout[1]
    assert "第三段" in callout[1]


def test_words_come_with_them_and_alone(people, story, reasons):
    send_back(people, story, [reasons[0].pk], "第三段")
    story.refresh_from_db()
    assert (story.return_reasons, story.return_reason) == (["缺少来源"], "第三段")
    house.act(story, Verb.SUBMIT, people[Role.REPORTER])
    story.refresh_from_db()
    assert (story.return_reasons, story.return_reason) == ([], "")
    send_back(people, story, [], "只有话")
    story.refresh_from_db()
    assert (story.return_reasons, story.return_reason) == ([], "只有话")


def test_a_return_without_any_reason_is_refused(people, story, reasons):
    answer = send_back(people, story, [], " ")
    assert answer.status_code == 422
    assert "Please give a reason." in text_of(answer)


def test_a_reason_that_is_not_offered_is_refused_and_the_words_stay(people, story, reasons):
    for wrong in (reasons[2].pk, 10**9, "x"):
        answer = send_back(people, story, [reasons[0].pk, wrong], "我的话")
        assert answer.status_code == 422
        assert "我的话" in text_of(answer)
        assert re.search(rf'name="listed" value="{reasons[0].pk}" checked', text_of(answer))
    seen, editor = Article.objects.get(pk=story.pk).seen, people[Role.SECTION_EDITOR]
    with pytest.raises(Incomplete):
        act_on_story(story.pk, Verb.RETURN, seen=seen, acting_user=editor, listed=[reasons[2].pk])
    assert Article.objects.get(pk=story.pk).state == State.SUBMITTED


def test_reasons_belong_to_returns_alone(people, story, reasons):
    seen, editor = Article.objects.get(pk=story.pk).seen, people[Role.SECTION_EDITOR]
    with pytest.raises(Incomplete):
        act_on_story(story.pk, Verb.SPIKE, seen=seen, acting_user=editor, listed=[reasons[0].pk])


def test_reasons_are_offered_where_one_returns_and_shown_on_lists_and_tonight(people, story, reasons):
    editor = signed_in(people[Role.SECTION_EDITOR])
    page = text_of(editor.get(f"{DESK}/stories/{story.pk}/"))
    assert "导语不清" in page
    assert "旧的理由" not in page
    send_back(people, story, [reasons[1].pk])
    reporter = signed_in(people[Role.REPORTER])
    for address in (f"{DESK}/", f"{DESK}/stories/", f"{DESK}/stories/{story.pk}/"):
        assert "导语不清" in text_of(reporter.get(address)), address


# -- from one story to the next


def next_on(page: str) -> int | None:
    found = re.search(r'href="/en/desk/stories/(\d+)/" data-press="n"', page)
    return int(found[1]) if found else None


def test_the_next_to_sign_follows_in_the_order_of_the_queue(people):
    stories = [house.story_in(State.SUBMITTED, people, headline=f"第{n}条") for n in range(3)]
    client = signed_in(people[Role.SECTION_EDITOR])

    def after(story):
        return next_on(text_of(client.get(f"{DESK}/stories/{story.pk}/")))

    one, two, three = stories
    assert [after(one), after(two), after(three)] == [two.pk, three.pk, one.pk]
    house.act(one, Verb.SIGN, people[Role.SECTION_EDITOR])
    assert [after(one), after(two), after(three)] == [two.pk, three.pk, two.pk]
    house.act(two, Verb.SIGN, people[Role.SECTION_EDITOR])
    assert after(three) is None
    assert next_on(text_of(signed_in(people[Role.REPORTER]).get(f"{DESK}/stories/{three.pk}/"))) is None


def test_who_returned_a_story_sees_what_was_mended_since(people, story):
    editor, reporter = people[Role.SECTION_EDITOR], people[Role.REPORTER]
    house.act(story, Verb.RETURN, editor, "缺少第二个来源")
    house.save(story, reporter, kicker="记者补的")
    house.act(story, Verb.SUBMIT, reporter)
    address = f"{DESK}/stories/{story.pk}/"
    page = text_of(signed_in(editor).get(address))
    assert "Changed since you returned it" in page
    assert "<ins>记者补的</ins>" in page
    assert "Since it was submitted" in page
    house.act(story, Verb.SIGN, editor)
    assert "Changed since you signed" in text_of(signed_in(editor).get(address))
    assert "returned it" not in text_of(signed_in(people[Role.DESK_CHIEF]).get(address))


def test_what_changed_is_up_front_for_who_reviews_and_the_base_is_theirs_to_choose(people, story):
    editor, chief = people[Role.SECTION_EDITOR], people[Role.DESK_CHIEF]
    house.save(story, editor, kicker="编辑加的")
    house.act(story, Verb.SIGN, editor)
    house.save(story, chief, subhead="主任加的")
    address = f"{DESK}/stories/{story.pk}/"
    page = text_of(signed_in(chief).get(address))
    assert page.index('id="differences"') < page.index('class="copy panel"')
    assert "<ins>编辑加的</ins>" not in page
    page = text_of(signed_in(chief).get(f"{address}?since=submission"))
    assert "<ins>编辑加的</ins>" in page
    assert "<ins>主任加的</ins>" in page
    page = text_of(signed_in(people[Role.REPORTER]).get(address))
    assert page.index('id="differences"') > page.index('class="copy panel"')
    assert signed_in(chief).get(f"{address}?since=nonsense").status_code == 200


def test_a_signed_story_of_two_revisions_offers_no_base_twice(people):
    story = house.story_in(State.IN_REVIEW, people)
    page = text_of(signed_in(people[Role.DESK_CHIEF]).get(f"{DESK}/stories/{story.pk}/"))
    assert 'class="bases"' not in page
    assert editing.content_of(story)["headline"] in page


def test_who_signed_is_told_the_usual_reasons_for_which_a_story_was_returned(people, reasons):
    story = house.story_in(State.IN_REVIEW, people)
    act_on_story(
        story.pk,
        Verb.RETURN,
        seen=story.seen,
        acting_user=people[Role.DESK_CHIEF],
        reason="再核",
        listed=[reasons[0].pk],
    )
    [told] = Notice.objects.filter(kind=NoticeKind.VOIDED)
    assert (told.recipient, told.text) == (people[Role.SECTION_EDITOR], "缺少来源 · 再核")
