"""Saving while somebody writes: what a script that sends the form is told, and what stands then."""

from __future__ import annotations

import uuid

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from articles import editing
from articles.models import Article, Contributor, Revision
from articles.states import State, Verb
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import plan_of_tests as plan
from tests.articles.saving.sending import BODY, JSON, ONE, THREE, TWO, address, form_of, send, stored
from tests.browsing import DESK, fields_of, signed_in, text_of


def everything():
    return (
        list(Article.objects.order_by("pk").values()),
        list(Revision.objects.order_by("pk").values()),
        AuditEntry.objects.count(),
        Contributor.objects.count(),
    )


# -- saved


def test_a_save_says_what_it_made(reporter, story):
    client = signed_in(reporter)
    answer = send(client, story, form_of(client, story), headline="新的标题")
    said = answer.json()
    assert answer.status_code == 200
    assert said == {
        "saved": True,
        "number": story.pk,
        "version": 2,
        "at": stored().updated_at.isoformat(),
        "at_text": said["at_text"],
        "characters": stored().character_count,
        "unchanged": False,
        "address": f"{DESK}/stories/{story.pk}/edit/",
        "story": f"{DESK}/stories/{story.pk}/",
        "sentence": "Saved as version 2.",
        "closed": "",
        "merged": None,
    }
    assert stored().headline == "新的标题"


def test_the_same_again_changes_nothing_and_says_so(reporter, story):
    client = signed_in(reporter)
    form = form_of(client, story)
    before = everything()
    said = send(client, story, form, autosave="1").json()
    assert (said["saved"], said["unchanged"], said["version"]) == (True, True, 1)
    assert everything() == before


def test_what_is_wrong_is_said_with_where_it_is(reporter, story):
    client = signed_in(reporter)
    wrong = {"headline": "一\n二\n三", "bylines-0-name": "字" * 91, "pictures-0-photo": "first"}
    answer = send(client, story, form_of(client, story), **wrong)
    assert answer.status_code == 422
    assert {"headline", "bylines-0-name", "pictures-0-photo"} <= set(answer.json()["errors"])
    labels = [sentence.split(": ")[0] for sentence in answer.json()["sentences"]]
    assert labels == ["Headline", "Byline", "Pictures"]


def test_what_saves_by_itself_is_marked(reporter, story):
    client = signed_in(reporter)
    send(client, story, form_of(client, story), headline="自己存的", autosave="1")
    send(client, story, form_of(client, story), headline="人存的")
    assert list(Revision.objects.order_by("number").values_list("autosaved", flat=True)) == [False, True, False]
    entries = AuditEntry.objects.filter(act="story.edit").order_by("pk")
    assert ["autosaved" in entry.data for entry in entries] == [True, False]


# -- merged


def test_two_who_changed_different_things_are_merged_without_a_question(reporter, second, story):
    mine, theirs = signed_in(reporter), signed_in(second)
    my_form, their_form = form_of(mine, story), form_of(theirs, story)
    send(theirs, story, their_form, body=BODY.replace(TWO, TWO + "他加的。"), kicker="他的肩题")
    answer = send(mine, story, my_form, body=BODY.replace(ONE, "我改的第一段，写今晚的夜市。"), headline="我的标题")
    said = answer.json()
    assert (answer.status_code, said["version"]) == (200, 3)
    assert said["sentence"] == f"Saved as version 3, together with what {second} saved meanwhile."
    assert said["merged"]["with"] == [{"version": 2, "who": str(second)}]
    content = said["merged"]["content"]
    assert content["body"] == stored().body == f"<p>我改的第一段，写今晚的夜市。</p><p>{TWO}他加的。</p><p>{THREE}</p>"
    assert (content["fields"]["kicker"], content["fields"]["headline"]) == ("他的肩题", "我的标题")
    assert content["fields"]["section"] == str(story.section_id)
    assert [row["name"] for row in content["bylines"]] == [reporter.name, second.name]
    assert content["pictures"][0]["thumbnail"].endswith("/thumbnail")
    revision = Revision.objects.get(number=3)
    assert (revision.based_on, revision.is_merged) == (1, True)
    assert AuditEntry.objects.filter(act="story.edit").latest("pk").data == {"version": 3, "merged": 1}


def test_who_sends_nothing_new_is_told_what_others_wrote(reporter, second, story):
    mine = signed_in(reporter)
    my_form = form_of(mine, story)
    house.save(story, second, kicker="他的肩题")
    said = send(mine, story, my_form, autosave="1").json()
    assert (said["version"], said["unchanged"]) == (2, True)
    assert said["merged"]["content"]["fields"]["kicker"] == "他的肩题"
    assert Revision.objects.count() == 2


def test_the_plain_form_says_that_it_was_merged(reporter, second, story):
    mine = signed_in(reporter)
    my_form = form_of(mine, story)
    house.save(story, second, kicker="他的肩题")
    response = mine.post(address(story, "edit"), my_form | {"headline": "我的标题"}, follow=True)
    assert f"Saved as version 3, together with what {second} saved meanwhile." in text_of(response)
    assert (stored().kicker, stored().headline) == ("他的肩题", "我的标题")


def test_of_one_s_own_text_it_is_said_that_it_came_from_another_window(reporter, story):
    mine = signed_in(reporter)
    my_form = form_of(mine, story)
    house.save(story, reporter, kicker="我的肩题")
    response = mine.post(address(story, "edit"), my_form | {"headline": "我的标题"}, follow=True)
    assert "together with what you (in another window) saved meanwhile." in text_of(response)
    stale = mine.post(address(story, "edit"), my_form | {"kicker": "又一个肩题"})
    assert "version 3 by you (in another window) stands." in text_of(stale)


def test_a_stale_page_of_the_plain_form_holds_what_could_be_merged(reporter, second, story):
    mine = signed_in(reporter)
    my_form = form_of(mine, story)
    house.save(story, second, kicker="他的肩题", headline="他的标题", body=BODY.replace(TWO, TWO + "他加的。"))
    before = everything()
    typed = {"headline": "我的标题", "body": BODY.replace(ONE, ONE + "我加的。"), "bylines-2-name": "新来的通讯员"}
    response = mine.post(address(story, "edit"), my_form | typed)
    assert response.status_code == 409
    assert everything() == before
    shown = fields_of(response, "story-form")
    assert shown["headline"] == "我的标题"
    assert shown["kicker"] == "他的肩题"
    assert shown["body"] == f"<p>{ONE}我加的。</p><p>{TWO}他加的。</p><p>{THREE}</p>"
    assert shown["bylines-2-name"] == "新来的通讯员"
    assert (shown["bylines-2-contributor"], shown["based_on"]) == ("", "2")
    mine.post(address(story, "edit"), shown)
    assert (stored().headline, stored().kicker, stored().version) == ("我的标题", "他的肩题", 3)
    assert [b.contributor.name for b in stored().byline_list] == [reporter.name, second.name, "新来的通讯员"]


def test_a_picture_that_one_took_out_and_the_other_shows_again_is_the_storys(reporter, second, story):
    photo = house.make_photo(reporter).pk
    figure = f'<figure><img src="/desk/photos/{photo}/preview"></figure>'
    editing.save_story(story.pk, {"body": BODY + figure}, based_on=1, acting_user=reporter)
    editing.save_story(story.pk, {"body": BODY}, based_on=2, pictures=[], acting_user=second)
    saved = editing.save_story(story.pk, {"body": figure + BODY + figure}, based_on=2, acting_user=reporter)
    assert saved.article.body == figure + BODY
    assert list(saved.article.article_photos.values_list("photo", flat=True)) == [photo]


# -- a choice


def test_whether_it_was_somebody_else_or_the_writer_themselves_is_told(reporter, second, story):
    mine = signed_in(reporter)
    form = form_of(mine, story)
    for number, (who, is_own) in enumerate([(second, False), (reporter, True)]):
        house.save(story, who, kicker=f"肩题{number}", headline=f"标题{number}")
        begun = form | {"based_on": str(stored().version - 1)}
        assert send(mine, story, begun, headline="又一个标题").json()["is_own"] is is_own
        aside = begun | {"headline": f"标题{number}", "kicker": f"肩题{number}"}
        assert send(mine, story, aside, subhead=f"副题{number}").json()["merged"]["is_own"] is is_own
        form = form_of(mine, story)


def test_where_both_changed_the_same_the_answer_holds_every_side(reporter, second, story):
    mine, theirs = signed_in(reporter), signed_in(second)
    my_form, their_form = form_of(mine, story), form_of(theirs, story)
    send(theirs, story, their_form, headline="他的标题", kicker="他的肩题", body=BODY.replace(TWO, TWO + "他"))
    before = everything()
    answer = send(
        mine, story, my_form, headline="我的标题", body=BODY.replace(TWO, TWO + "我").replace(ONE, ONE + "我也")
    )
    said = answer.json()
    assert answer.status_code == 409
    assert everything() == before
    assert (said["saved"], said["kind"], said["version"], said["who"]) == (False, "conflict", 2, str(second))
    assert said["conflicts"] == [
        {"field": "headline", "label": "Headline", "base": story.headline, "theirs": "他的标题", "mine": "我的标题"}
    ]
    assert said["body"] == [
        {"kind": "agreed", "html": f"<p>{ONE}我也</p>"},
        {"kind": "parted", "base": f"<p>{TWO}</p>", "theirs": f"<p>{TWO}他</p>", "mine": f"<p>{TWO}我</p>"},
        {"kind": "agreed", "html": f"<p>{THREE}</p>"},
    ]
    assert said["content"]["fields"]["headline"] == "他的标题"
    assert said["content"]["body"] == f"<p>{ONE}我也</p><p>{TWO}他</p><p>{THREE}</p>"
    # Composed and sent again on the version that stands, it is saved.
    composed = send(mine, story, my_form, headline="商定的标题", kicker="他的肩题", based_on="2").json()
    assert (composed["saved"], composed["version"], composed["merged"]) == (True, 3, None)


def test_a_conflict_of_bylines_names_people_who_are_none_yet(reporter, second, story):
    mine, theirs = signed_in(reporter), signed_in(second)
    my_form, their_form = form_of(mine, story), form_of(theirs, story)
    send(theirs, story, their_form, **{"bylines-0-role": "photographer"})
    said = send(mine, story, my_form, **{"bylines-0-role": "editor", "bylines-2-name": "新来的人"}).json()
    assert [conflict["field"] for conflict in said["conflicts"]] == ["bylines"]
    assert said["conflicts"][0]["mine"][2] == {"contributor": None, "name": "新来的人", "role": "reporter"}
    assert said["body"] is None
    assert not Contributor.objects.filter(name="新来的人").exists()


@pytest.mark.parametrize("based_on", ["0", "", "nonsense", "-1", "99", "9" * 30])
def test_a_version_that_never_was_merges_nothing(reporter, story, based_on):
    client = signed_in(reporter)
    form = form_of(client, story)
    before = everything()
    answer = send(client, story, form, headline="我的标题", based_on=based_on)
    assert answer.status_code == 409
    assert [conflict["field"] for conflict in answer.json()["conflicts"]] == ["headline"]
    assert everything() == before


def test_whoever_lost_an_answer_continues_what_they_sent(reporter, story):
    client = signed_in(reporter)
    form, first = form_of(client, story), str(uuid.uuid4())
    send(client, story, form, body=BODY.replace(ONE, ONE + "甲"), attempt=first)
    again = send(client, story, form, body=BODY.replace(ONE, ONE + "甲乙"), attempt=str(uuid.uuid4()), continues=first)
    assert (again.json()["version"], again.json()["merged"]) == (3, None)
    assert stored().body == BODY.replace(ONE, ONE + "甲乙")
    # Without saying so it is a question: the text may as well be another window's.
    assert send(client, story, form, body=BODY.replace(ONE, ONE + "甲丙")).status_code == 409


def test_whoever_lost_the_answer_to_a_save_that_took_the_story_from_them_is_answered_again(people):
    """Sent again by itself; what was typed meanwhile is not saved, and said so."""
    story = house.story_in(State.PUBLISHED, people)
    editor = signed_in(people[Role.SECTION_EDITOR])
    form = form_of(editor, story) | {"attempt": str(uuid.uuid4()), "headline": "改了一句"}
    first = send(editor, story, form).json()
    again = send(editor, story, form, autosave="1", continues=form["attempt"]).json()
    assert again == first | {"unchanged": True}
    more = send(editor, story, form, headline="又改一句")
    assert (more.status_code, more.json()["kind"]) == (403, "not_yours")
    other = send(editor, story, form, attempt=str(uuid.uuid4()))
    assert (other.status_code, stored().version) == (403, 2)


def test_a_save_that_was_merged_is_not_what_its_sender_continues(reporter, second, story):
    client = signed_in(reporter)
    form, first = form_of(client, story), str(uuid.uuid4())
    house.save(story, second, kicker="他的肩题")
    send(client, story, form, headline="我的标题", attempt=first)
    said = send(client, story, form, headline="我的标题", summary="又写了提要", continues=first).json()
    assert said["saved"]
    assert (stored().kicker, stored().headline, stored().summary) == ("他的肩题", "我的标题", "又写了提要")


# -- refused


def test_a_signed_story_is_not_saved_by_itself(people, reporter):
    story = house.story_in(State.SIGNED_OFF, people, body=BODY)
    editor = signed_in(people[Role.SECTION_EDITOR])
    form = form_of(editor, story)
    before = everything()
    answer = send(editor, story, form, headline="改了", autosave="1")
    assert (answer.status_code, answer.json()["kind"]) == (409, "would_reopen")
    assert everything() == before
    assert send(editor, story, form, autosave="1").json()["unchanged"]
    noted = send(editor, story, form, desk_note="给排版：配图稍后到", autosave="1").json()
    assert noted["saved"]
    assert stored().state == State.SIGNED_OFF
    form |= {"desk_note": "给排版：配图稍后到", "based_on": str(noted["version"])}
    assert send(editor, story, form, headline="改了").json()["saved"]
    assert stored().state == State.IN_REVIEW


def test_who_may_not_edit_any_more_is_told_why(people, reporter, story):
    client = signed_in(reporter)
    form = form_of(client, story)
    house.act(story, Verb.SUBMIT, reporter)
    refused = send(client, story, form, headline="还在写")
    assert (refused.status_code, refused.json()["kind"]) == (403, "not_yours")
    assert refused.json()["sentence"] == "This story is not yours to edit now."
    house.act(story, Verb.SPIKE, people[Role.SECTION_EDITOR], "不再成立")
    moved = send(client, story, form, headline="还在写")
    assert (moved.status_code, moved.json()["kind"]) == (409, "moved")


def test_a_story_out_of_sight_is_nobodys_to_save(people, reporter, story):
    stranger = signed_in(house.make_person("stranger", Role.REPORTER))
    answer = send(stranger, story, {"headline": "x"})
    assert (answer.status_code, answer.json()["kind"]) == (403, "not_yours")
    # Nor is it told whether there is one.
    assert stranger.post(f"{DESK}/stories/987654/save/", headers=JSON).content == answer.content


def test_what_is_wrong_is_said_by_field(reporter, story):
    client = signed_in(reporter)
    form = form_of(client, story)
    before = everything()
    typed = {"headline": "一\n二\n三", "bylines-2-name": "人" * 91, "pictures-0-photo": "999999"}
    said = send(client, story, form, **typed)
    assert (said.status_code, said.json()["kind"], said.json()["saved"]) == (422, "invalid", False)
    assert said.json()["errors"]["headline"] == ["A headline has at most two lines."]
    assert "bylines-2-name" in said.json()["errors"]
    assert "Headline: A headline has at most two lines." in " ".join(said.json()["sentences"]).replace(
        "headline:", "Headline:"
    )
    assert everything() == before


def test_an_ended_session_is_told_to_a_script_and_leads_a_person_to_the_sign_in(reporter, story):
    client = signed_in(reporter)
    form = form_of(client, story)
    Session.objects.all().delete()
    answer = send(client, story, form, headline="还在写")
    assert (answer.status_code, answer.json()["kind"]) == (401, "signed_out")
    assert client.post(address(story), form).status_code == 302
    nobody = signed_in(house.make_person("without_role"))
    assert send(nobody, story, form).json()["kind"] == "not_yours"


def test_a_form_from_before_the_sign_in_is_told_to_a_script(reporter, story):
    client = Client(enforce_csrf_checks=True)
    client.force_login(reporter)
    answer = client.post(address(story), {"headline": "x"}, headers=JSON)
    assert (answer.status_code, answer.json()["kind"]) == (403, "csrf")
    assert "text/html" in client.post(address(story), {"headline": "x"})["Content-Type"]


# -- filing


def test_a_story_is_filed_once_however_often_it_is_sent(reporter):
    client = signed_in(reporter)
    form = form_of(client, None) | {"section": house.section().pk, "body": "<p>甲</p>"}
    first = send(client, None, form, headline="先发的")
    assert (first.status_code, first.json()["version"], first.json()["merged"]) == (201, 1, None)
    again = send(client, None, form, headline="先发的")
    assert (again.json()["number"], again.json()["unchanged"]) == (first.json()["number"], True)
    more = send(client, None, form, headline="先发的", body="<p>甲乙</p>")
    assert (more.json()["version"], stored().body) == (2, "<p>甲乙</p>")
    # The plain form sent twice leads to the same story.
    assert client.post(f"{DESK}/stories/new/", form | {"headline": "先发的", "body": "<p>甲乙</p>"}).status_code == 302
    assert Article.objects.count() == 1


def test_nobody_writes_into_a_filing_of_somebody_else(reporter, second):
    client = signed_in(reporter)
    form = form_of(client, None) | {"section": house.section().pk, "headline": "甲"}
    send(client, None, form)
    refused = send(signed_in(second), None, form, headline="乙")
    assert (refused.status_code, refused.json()["kind"]) == (403, "not_yours")
    assert stored().headline == "甲"


def test_the_page_of_a_new_story_is_not_kept(reporter):
    assert "no-store" in signed_in(reporter).get(f"{DESK}/stories/new/")["Cache-Control"]


# -- what it costs

QUERIES_OF_A_SAVE = 25


def test_a_save_costs_the_same_whatever_the_storys_past(reporter, story, django_assert_num_queries):
    client = signed_in(reporter)
    form = form_of(client, story)
    with django_assert_num_queries(QUERIES_OF_A_SAVE):
        send(client, story, form, body=BODY + "<p>一</p>", autosave="1")
    for number in range(30):
        house.save(story, reporter, headline=f"第{number}次")
    form = form_of(client, story)
    with django_assert_num_queries(QUERIES_OF_A_SAVE):
        send(client, story, form, body=BODY + "<p>二</p>", autosave="1")


def here(user, where, **asked) -> dict:
    return signed_in(user).get(f"{DESK}/stories/{where}/here/", asked, headers=JSON).json()


def test_who_is_here_is_told_and_whether_the_text_is_theirs_to_save(reporter, second, people, story):
    said = here(reporter, story.pk)
    assert (said["person"], said["name"], said["login"]) == (str(reporter.pk), str(reporter), reporter.username)
    saving = Client(enforce_csrf_checks=True)
    saving.force_login(reporter)
    token = saving.get(f"{DESK}/stories/{story.pk}/here/", headers=JSON).json()["token"]
    form = form_of(saving, story) | {"csrfmiddlewaretoken": token, "headline": "以新令牌存"}
    assert saving.post(address(story), form, headers=JSON).status_code == 200
    # Where it stands, whoever may save it may; what somebody may not read is not theirs, and no more is said of it.
    stranger = house.make_person("stranger", Role.REPORTER)
    assert [here(user, story.pk)["may_save"] for user in (reporter, stranger)] == [True, False]
    assert here(stranger, 9999)["may_save"] is False
    assert [here(people[role], "new")["may_save"] for role in (Role.REPORTER, Role.ADMINISTRATOR)] == [True, False]
    # What is written for an assignment is filed by who accepted it.
    assignment = plan.accepted(people)
    filing = [here(user, "new", assignment=assignment.pk)["may_save"] for user in (assignment.person, stranger)]
    assert filing == [True, False]


# -- saved to be submitted


def test_what_says_nothing_is_not_filed_to_be_submitted(reporter):
    client = signed_in(reporter)
    form = form_of(client, None) | {"section": house.section().pk, "slugline": "夜市", "headline": " "}
    refused = send(client, None, form, to_submit="1")
    needed = "A story needs a headline and a text or a picture before it is submitted."
    assert (refused.status_code, refused.json()["sentences"]) == (422, [needed])
    assert not Article.objects.exists()
    # What somebody has begun is a draft, and they are told what it lacks.
    begun = send(client, None, form, to_submit="1", headline="城西夜市")
    assert (begun.status_code, begun.json()["missing"]) == (201, needed)
    assert stored().state == State.DRAFT
    form |= {"based_on": "1", "headline": "城西夜市", "body": BODY}
    assert "missing" not in send(client, stored(), form, to_submit="1").json()
    assert stored().version == 2
