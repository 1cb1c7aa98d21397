"""Remarks on a passage: who makes, answers and settles them, and how they follow the text through its saves."""

import re

import pytest
from django.core.exceptions import ValidationError

from articles import editing, remarks
from articles.errors import Incomplete, NotAllowed
from articles.models import Article, Remark, RemarkAnswer, Revision
from articles.states import State, Verb
from newsroom.staff.acts import Act
from newsroom.staff.models import AuditEntry, Notice, NoticeKind
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import DESK, fields_of, signed_in, text_of

FIRST, SECOND = "第一段，写今晚的事。", "第二段，写明天的事。"


@pytest.fixture
def story(people):
    """Awaits the first review: two paragraphs, the reporter's own."""
    return house.story_in(State.SUBMITTED, people)


@pytest.fixture
def editor(people):
    return people[Role.SECTION_EDITOR]


def test_what_is_too_long_an_answer_is_told_so_and_line_ends_are_one_kind(story, editor, people):
    remark = house.remark(story, editor, "明天的事")
    client, address = signed_in(people[Role.REPORTER]), f"{DESK}/remarks/{remark.pk}/answer/"
    refused = client.post(address, {"text": "长" * 1001}, headers={"Accept": "application/json"})
    assert refused.status_code == 422
    assert refused.json()["problems"] == ["Ensure this value has at most 1000 characters (it has 1001)."]
    client.post(address, {"text": "一行。\r\n两行。"})
    assert RemarkAnswer.objects.get().text == "一行。\n两行。"


def stands(remark: Remark) -> tuple[int, str, bool]:
    """The paragraph of the remark's words in the story now, what stands there, and whether the words are gone."""
    remark.refresh_from_db()
    article = Article.objects.get(pk=remark.article_id)
    texts = remarks.texts_of(editing.content_of(article), remark.field)
    return remark.block, texts[remark.block][remark.start : remark.end], remark.gone


def save_body(story: Article, user, *paragraphs: str) -> None:
    house.save(story, user, body="".join(f"<p>{text}</p>" for text in paragraphs))


def test_a_remark_follows_its_words_through_saves(story, editor):
    remark = house.remark(story, editor, "明天的事")
    save_body(story, editor, "新的开头。", FIRST, SECOND)
    assert stands(remark) == (2, "明天的事", False)
    save_body(story, editor, SECOND.replace("写", "细写"), FIRST)
    assert stands(remark) == (0, "明天的事", False)
    save_body(story, editor, SECOND.replace("明天", "后天"), FIRST)
    assert stands(remark) == (0, "后天的事", False)
    assert remark.version == 1
    assert remark.anchored_in == Article.objects.get(pk=story.pk).version


def test_words_that_are_taken_out_are_gone_and_found_when_they_come_back(story, editor):
    remark = house.remark(story, editor, "写明天的事")
    save_body(story, editor, FIRST)
    assert stands(remark) == (0, "", True)
    save_body(story, editor, "再来一段别的。", FIRST)
    assert stands(remark) == (1, "", True)
    save_body(story, editor, FIRST, SECOND)
    assert stands(remark) == (1, "写明天的事", False)


def test_a_short_field_is_followed_too(story, editor):
    remark = house.remark(story, editor, "今晚", field="headline")
    house.save(story, editor, headline="昨夜今晨：城西夜市今晚开市")
    assert stands(remark) == (0, "今晚", False)
    house.save(story, editor, headline="")
    remark.refresh_from_db()
    assert remark.gone


def test_a_save_without_open_remarks_costs_one_query_for_them(story, editor, django_assert_num_queries):
    article = Article.objects.get(pk=story.pk)
    content = editing.content_of(article)
    with django_assert_num_queries(1):
        remarks.follow_text(article, content, content | {"body": "<p>别的。</p>"})


def test_what_was_settled_is_found_again_when_it_is_opened(story, editor):
    remark = house.remark(story, editor, "明天的事")
    remarks.settle_remark(remark.pk, acting_user=editor)
    save_body(story, editor, "新的开头。", FIRST, SECOND)
    assert Remark.objects.get(pk=remark.pk).block == 1  # nobody needed to know
    remarks.reopen_remark(remark.pk, acting_user=editor)
    assert stands(remark) == (2, "明天的事", False)


def test_words_are_found_again_when_the_version_they_were_in_is_thinned_out(story, editor):
    remark = house.remark(story, editor, "写明天的事")
    save_body(story, editor, "新的开头。", FIRST, SECOND)
    remarks.settle_remark(remark.pk, acting_user=editor)
    save_body(story, editor, "再新的开头。", "又一段。", FIRST, SECOND)
    Revision.objects.filter(article=story, number=2).delete()
    remarks.reopen_remark(remark.pk, acting_user=editor)
    assert stands(remark) == (3, "写明天的事", False)


def test_a_remark_on_a_version_that_has_moved_on_lands_on_the_one_that_stands(story, editor):
    passage = house.passage(story, "明天的事")
    save_body(story, editor, "新的开头。", FIRST, SECOND)
    remark = remarks.write_remark(story.pk, passage, "查一查", acting_user=editor)
    assert stands(remark) == (2, "明天的事", False)
    assert remark.version == passage.version


def test_words_that_a_browser_saw_before_they_were_saved_are_looked_for(story, editor):
    passage = house.passage(story, "明天的事")
    save_body(story, editor, FIRST, "第二段改过，写后天的大事。")
    later = passage._replace(quote="后天的大事", version=passage.version)
    assert stands(remarks.write_remark(story.pk, later, "哪天", acting_user=editor))[1] == "后天的大事"


@pytest.mark.parametrize(
    "wrong",
    [{"quote": "没有的话"}, {"quote": ""}, {"field": "desk_note"}, {"field": "x"}, {"version": 99}, {"block": 10**9}],
)
def test_a_remark_needs_words_that_are_there(story, editor, wrong):
    passage = house.passage(story, "明天的事")._replace(**wrong)
    if wrong.keys() & {"block", "version"}:
        remarks.write_remark(story.pk, passage, "在", acting_user=editor)  # the words are found all the same
        return
    with pytest.raises(ValidationError):
        remarks.write_remark(story.pk, passage, "查一查", acting_user=editor)
    assert not Remark.objects.exists()


@pytest.mark.parametrize("text", ["", " \n ", "\u200b"])
def test_a_remark_says_something(story, editor, text):
    remark = house.remark(story, editor, "明天的事")
    with pytest.raises(Incomplete):
        house.remark(story, editor, "明天的事", text)
    with pytest.raises(Incomplete):
        remarks.answer_remark(remark.pk, text, acting_user=editor)
    with pytest.raises(ValidationError):
        remarks.answer_remark(remark.pk, "长" * 1001, acting_user=editor)
    assert (Remark.objects.count(), RemarkAnswer.objects.count()) == (1, 0)


READS = {Role.REPORTER, Role.SECTION_EDITOR, Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF, Role.ADMINISTRATOR}
SETTLES = READS - {Role.ADMINISTRATOR}


@pytest.mark.parametrize("role", Role)
def test_who_remarks_answers_and_settles(people, role):
    story = house.story_in(State.SIGNED_OFF, people)
    remark, user = house.remark(story, people[Role.DESK_CHIEF], "明天的事"), people[role]
    entries = AuditEntry.objects.count()

    def may(act) -> bool:
        try:
            act()
        except NotAllowed:
            return False
        return True

    assert may(lambda: house.remark(story, user, "今晚的事")) == (role in READS)
    assert may(lambda: remarks.answer_remark(remark.pk, "答", acting_user=user)) == (role in READS)
    assert may(lambda: remarks.settle_remark(remark.pk, acting_user=user)) == (role in SETTLES)
    assert may(lambda: remarks.reopen_remark(remark.pk, acting_user=user)) == (role in SETTLES)
    assert AuditEntry.objects.count() - entries == 2 * (role in READS) + 2 * (role in SETTLES)
    assert Remark.objects.get(pk=remark.pk).is_open


def test_each_act_on_a_remark_leaves_its_row_once(story, editor):
    remark = house.remark(story, editor, "明天的事", "哪天？")
    remarks.answer_remark(remark.pk, "八号", acting_user=editor)
    for _ in range(2):
        remarks.settle_remark(remark.pk, acting_user=editor)
    for _ in range(2):
        remarks.reopen_remark(remark.pk, acting_user=editor)
    rows = AuditEntry.objects.about(story).filter(act__startswith="remark.").order_by("id")
    assert [row.act for row in rows] == [
        Act.REMARK_WRITE,
        Act.REMARK_ANSWER,
        Act.REMARK_SETTLE,
        Act.REMARK_REOPEN,
    ]
    assert {row.data["remark"] for row in rows} == {"哪天？"}
    assert rows[1].data["answer"] == "八号"


def test_the_trail_of_the_story_reads_what_was_answered_to_what(people, story, editor):
    remark = house.remark(story, editor, "明天的事", "哪天？")
    with pytest.raises(Incomplete):
        remarks.answer_remark(remark.pk, " ", acting_user=editor)
    remarks.answer_remark(remark.pk, "八号，见通知", acting_user=people[Role.REPORTER])
    page = text_of(signed_in(editor).get(f"{DESK}/stories/{story.pk}/"))
    [row] = re.findall(r"<li>(?:(?!</li>).)*answered a remark.*?</li>", page, re.S)
    assert "reporter（测）" in row
    assert re.sub(r"<[^>]*>", "", row).endswith("哪天？ 八号，见通知")
    admin = text_of(signed_in(people[Role.ADMINISTRATOR]).get("/en/admin/staff/auditentry/"))
    assert "answered a remark" in admin


def test_owner_author_and_whoever_answered_are_told(people, story):
    photographer, editor, chief = (people[r] for r in (Role.PHOTOGRAPHER, Role.SECTION_EDITOR, Role.DESK_CHIEF))
    reporter = people[Role.REPORTER]
    house.save(story, editor, headline="改")
    house.act(story, Verb.RETURN, editor, "理由")
    editing.save_story(
        story.pk, {}, based_on=2, bylines=[house.credit(photographer, "photographer")], acting_user=reporter
    )

    def told(act) -> set[str]:
        last = Notice.objects.order_by("-id").values_list("id", flat=True).first() or 0
        act()
        new = Notice.objects.filter(kind=NoticeKind.REMARKED, id__gt=last)
        return set(new.values_list("recipient__username", flat=True))

    assert told(lambda: house.remark(story, chief, "明天的事")) == {"reporter", "photographer"}
    remark = Remark.objects.get()
    assert told(lambda: remarks.answer_remark(remark.pk, "是", acting_user=reporter)) == {"photographer", "desk_chief"}
    answer = lambda: remarks.answer_remark(remark.pk, "好", acting_user=editor)  # noqa: E731
    assert told(answer) == {"reporter", "photographer", "desk_chief"}


def test_nobody_is_told_of_a_story_that_has_left_their_sight(people, story, editor):
    remark = house.remark(story, editor, "明天的事")
    house.act(story, Verb.RECALL, people[Role.REPORTER])
    Notice.objects.all().delete()
    remarks.answer_remark(remark.pk, "还在改", acting_user=people[Role.REPORTER])
    assert not Notice.objects.exists()


# -- the page of the story


def test_words_are_marked_in_the_text_and_the_remark_stands_beside_it(story, editor, people):
    house.remark(story, editor, "明天的事", "哪一天？")
    house.remark(story, editor, "夜市", "哪个夜市？", field="headline")
    page = text_of(signed_in(people[Role.REPORTER]).get(f"{DESK}/stories/{story.pk}/"))
    assert '<mark class="remarked" data-remarks="1">明天的事</mark>' in page
    assert 'href="#remark-1"' in page
    assert 'id="remark-2"' in page
    for words in ("哪一天？", "哪个夜市？", "section_editor（测）", "Tick off"):
        assert words in page


def test_a_remark_is_made_answered_and_settled_without_scripts(story, editor, people):
    client = signed_in(editor)
    address = f"{DESK}/stories/{story.pk}/"
    form = fields_of(client.get(address), "remark-form")
    answer = client.post(f"{address}remarks/", form | {"where": "body:1", "quote": "明天", "text": "哪天"}, follow=True)
    assert "The remark is made." in text_of(answer)
    remark = Remark.objects.get()
    assert (remark.block, remark.start, remark.quote) == (1, 5, "明天")
    reporter = signed_in(people[Role.REPORTER])
    assert "后天更好" in text_of(
        reporter.post(f"{DESK}/remarks/{remark.pk}/answer/", {"text": "后天更好"}, follow=True)
    )
    page = text_of(reporter.post(f"{DESK}/remarks/{remark.pk}/settle/", follow=True))
    assert "1 settled" in page
    assert "<mark" not in page
    page = text_of(reporter.post(f"{DESK}/remarks/{remark.pk}/reopen/", follow=True))
    assert "<mark" in page


def test_the_whole_paragraph_is_meant_where_no_words_are_named(story, editor):
    client, address = signed_in(editor), f"{DESK}/stories/{story.pk}/"
    form = fields_of(client.get(address), "remark-form")
    client.post(f"{address}remarks/", form | {"where": "body:0", "text": "太长"})
    assert Remark.objects.get().quote == FIRST


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"quote": "没有的话"}, "These words do not stand in the text that is saved."),
        ({"where": "body:7"}, "Select a valid choice"),
        ({"text": ""}, "This field is required"),
        ({"text": "空\x00字"}, "Null characters are not allowed"),
    ],
)
def test_a_refused_remark_keeps_what_was_typed(story, editor, typed, sentence):
    client, address = signed_in(editor), f"{DESK}/stories/{story.pk}/"
    form = fields_of(client.get(address), "remark-form") | {"where": "body:1", "text": "我的长长批注"}
    answer = client.post(f"{address}remarks/", form | typed)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert "text" in typed or "我的长长批注" in text_of(answer)
    assert not Remark.objects.exists()


def test_a_refused_answer_keeps_what_was_typed(story, editor):
    remark = house.remark(story, editor, "明天")
    answer = signed_in(editor).post(f"{DESK}/remarks/{remark.pk}/answer/", {"text": "长" * 1001})
    assert answer.status_code == 422
    assert "长" * 1001 in text_of(answer)


def test_for_others_the_remarks_do_not_exist(people):
    story = house.story_in(State.SIGNED_OFF, people)
    remark = house.remark(story, people[Role.EDITOR_IN_CHIEF], "明天的事", "只给本部看")
    for role in (Role.PAGE_DESIGNER, Role.PROOFREADER, Role.PHOTOGRAPHER):
        client = signed_in(people[role])
        assert client.get(f"{DESK}/stories/{story.pk}/remarks/").status_code == 404
        for verb in ("answer", "settle", "reopen"):
            assert client.post(f"{DESK}/remarks/{remark.pk}/{verb}/", {"text": "答"}).status_code == 404
        assert "只给本部看" not in text_of(client.get(f"{DESK}/stories/{story.pk}/"))
    assert signed_in(people[Role.REPORTER]).post(f"{DESK}/remarks/99/settle/").status_code == 404


def test_a_script_gets_the_open_remarks_with_their_places(story, editor, people):
    house.remark(story, editor, "明天的事")
    done = house.remark(story, editor, "今晚")
    remarks.settle_remark(done.pk, acting_user=editor)
    data = signed_in(editor).get(f"{DESK}/stories/{story.pk}/remarks/").json()
    assert (data["version"], data["can_settle"]) == (1, True)
    [one] = data["remarks"]
    assert (one["number"], one["field"], one["block"], one["start"], one["end"]) == (1, "body", 1, 5, 9)
    answer = signed_in(editor).post(one["answer"], {"text": "答"}, headers={"accept": "application/json"})
    assert answer.json()["remarks"][0]["answers"][0]["text"] == "答"
    refused = signed_in(people[Role.ADMINISTRATOR]).post(one["settle"], headers={"accept": "application/json"})
    assert refused.status_code == 403
    assert refused.json()["problems"]


def test_open_remarks_are_counted_on_lists_and_asked_about_when_the_story_is_signed(people, story, editor):
    for words in ("今晚", "明天"):
        house.remark(story, editor, words)
    client = signed_in(editor)
    assert "2 remarks" in text_of(client.get(f"{DESK}/stories/"))
    assert "2 remarks are open." in text_of(client.get(f"{DESK}/stories/{story.pk}/"))
    seen = Article.objects.get(pk=story.pk).seen
    asked = client.post(f"{DESK}/stories/{story.pk}/act/", {"verb": "sign", "seen": seen})
    assert "Sign all the same?" in text_of(asked)
    assert "2 remarks are open." in text_of(asked)
    assert Article.objects.get(pk=story.pk).state == State.SUBMITTED


def test_a_story_with_many_remarks_costs_what_one_with_two_costs(story, editor, django_assert_num_queries):
    client, address = signed_in(editor), f"{DESK}/stories/{story.pk}/"

    def remark_and_answer() -> None:
        remark = house.remark(story, editor, "明天的事")
        remarks.answer_remark(remark.pk, "答", acting_user=editor)

    for _ in range(2):
        remark_and_answer()
    client.get(address)
    with django_assert_num_queries(40):
        client.get(address)
    for _ in range(8):
        remark_and_answer()
    with django_assert_num_queries(40):
        client.get(address)


def test_a_notice_leads_to_the_remark_itself_and_a_long_one_can_be_read_whole(people, story, editor):
    house.remark(story, editor, "今晚")
    long_text = "查" * 250 + "到底"
    second = house.remark(story, editor, "明天", long_text)
    reporter = signed_in(people[Role.REPORTER])
    place = f"{DESK}/stories/{story.pk}/#remark-2"
    notices = text_of(reporter.get(f"{DESK}/notices/"))
    assert f'href="{place}"' in notices
    assert long_text in notices
    heard = reporter.get(f"{DESK}/live/news/").json()["events"][-1]["data"]["newest"]
    assert [notice["address"] for notice in heard] == [place, place.replace("-2", "-1")]
    page = text_of(reporter.get(f"{DESK}/stories/{story.pk}/"))
    assert 'id="remark-2"' in page
    assert long_text in page
    assert "查" * 159 + "…</span>" in page
    remarks.answer_remark(second.pk, "答" * 400, acting_user=people[Role.REPORTER])
    [answer] = Notice.objects.filter(recipient=editor, text__startswith="答")
    assert (answer.anchor, answer.text) == ("remark-2", "答" * 299 + "…")
