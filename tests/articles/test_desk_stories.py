"""The list of stories, one story's page, and what is said to it, over HTTP."""

import datetime
import html
import re

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from articles import editing
from articles.errors import IllegalTransition
from articles.models import Article, Photo
from articles.scheduling import set_release_times
from articles.states import State, Verb
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import DESK, fields_of, signed_in, text_of


def act(client, story, verb, reason="", seen=None):
    current = Article.objects.get(pk=story.pk)
    return client.post(
        f"{DESK}/stories/{story.pk}/act/", {"verb": verb, "seen": seen or current.seen, "reason": reason}
    )


# -- the door


def test_nobody_signed_in_is_sent_to_sign_in_and_brought_back(people):
    story = house.make_story(people[Role.REPORTER])
    response = Client().get(f"{DESK}/stories/{story.pk}/")
    assert response.status_code == 302
    assert response["Location"] == f"/en/accounts/login/?next={DESK}/stories/{story.pk}/"


def test_somebody_without_a_role_reads_that_the_desk_is_closed(people):
    response = signed_in(house.make_person("passer-by")).get(f"{DESK}/stories/")
    assert response.status_code == 403
    assert "You are signed in as" in text_of(response)


def test_a_story_out_of_sight_does_not_exist(people):
    draft = house.make_story(people[Role.REPORTER])
    other = signed_in(people[Role.SECTION_EDITOR])
    for path in ("", "edit/", "versions/1/"):
        assert other.get(f"{DESK}/stories/{draft.pk}/{path}").status_code == 404
    assert act(other, draft, "submit").status_code == 404
    assert other.post(f"{DESK}/stories/{draft.pk}/times/").status_code == 404
    assert Article.objects.get(pk=draft.pk).state == State.DRAFT


# -- the list


def test_the_bar_says_under_which_place_a_page_lies(people):
    story = house.make_story(people[Role.REPORTER])
    client = signed_in(people[Role.REPORTER])

    def marked(address):
        return re.findall(r'<a href="/en/desk/(\w*)/?" aria-current="(\w+)">', text_of(client.get(f"{DESK}/{address}")))

    assert marked("stories/") == [("stories", "page")]
    assert marked(f"stories/{story.pk}/edit/") == [("stories", "true")]
    assert marked("photos/add/") == [("photos", "true")]
    assert marked("topics/new/") == [("plan", "true")]
    assert marked("duty/") == []


def listed(client, query=""):
    response = client.get(f"{DESK}/stories/{query}")
    assert response.status_code == 200
    return {int(number) for number in re.findall(r'<a href="/en/desk/stories/(\d+)/">', text_of(response))}


def test_the_list_shows_what_may_be_read_and_no_more(people):
    mine = house.make_story(people[Role.REPORTER])
    submitted = house.story_in(State.SUBMITTED, people)
    assert listed(signed_in(people[Role.REPORTER])) == {mine.pk, submitted.pk}
    assert listed(signed_in(people[Role.SECTION_EDITOR])) == {submitted.pk}
    assert listed(signed_in(people[Role.PAGE_DESIGNER])) == set()


def test_filters_narrow_the_list(people):
    reporter = people[Role.REPORTER]
    somebody = house.contributor_for(reporter)
    bridge = house.make_story(
        reporter, headline="新月步行桥 今日合龙", bylines=[editing.Credit(somebody.pk, "reporter")]
    )
    match = house.make_story(reporter, headline="桥杯开赛", section_id=house.section("sports").pk)
    placed = house.story_in(State.SIGNED_OFF, people, headline="早市")
    house.place(house.open_edition(people, datetime.date(2024, 3, 7)), 1, placed, people)
    Article.objects.filter(pk=match.pk).update(updated_at=timezone.now() - datetime.timedelta(days=40))
    client = signed_in(people[Role.ADMINISTRATOR])
    recent = (timezone.localdate() - datetime.timedelta(days=2)).isoformat()
    assert listed(client, "?words=桥") == {bridge.pk, match.pk}
    assert listed(client, "?words=合龙 新月") == {bridge.pk}
    assert listed(client, f"?section={house.section('sports').pk}") == {match.pk}
    assert listed(client, "?state=signed_off") == {placed.pk}
    assert listed(client, f"?author={somebody.name[:6]}") == {bridge.pk}
    assert listed(client, f"?since={recent}") == {bridge.pk, placed.pk}
    assert listed(client, f"?until={recent}") == {match.pk}
    assert listed(client, "?edition=2024-03-07") == {placed.pk}
    assert listed(client, "?edition=2024-03-08") == set()


@pytest.mark.parametrize(
    ("page", "first", "last"),
    [("stories", "since", "until"), ("photos", "taken_since", "taken_until"), ("photos", "added_since", "added_until")],
)
def test_days_the_wrong_way_round_are_told_not_answered_with_an_empty_list(people, page, first, last):
    story = house.make_story(people[Role.REPORTER])
    house.make_photo(people[Role.REPORTER])
    client, sentence = signed_in(people[Role.REPORTER]), "The last day lies before the first."
    asked = client.get(f"{DESK}/{page}/", {first: "2020-03-08", last: "2020-03-07"})
    assert asked.status_code == 200
    assert sentence in text_of(asked)
    assert 'value="2020-03-08"' in text_of(asked)
    assert 'value="2020-03-07"' in text_of(asked)
    assert page == "photos" or story.headline in text_of(asked)
    for days in (("2020-03-07", "2020-03-07"), ("2020-03-07", "2020-03-08"), ("2020-03-07", "")):
        assert sentence not in text_of(client.get(f"{DESK}/{page}/", dict(zip((first, last), days, strict=True))))


@pytest.mark.parametrize(
    "query",
    [
        "?section=99999",
        "?state=nonsense",
        "?since=yesterday",
        "?words=%00",
        "?older=x~y",
        "?older=~~~",
        "?older=0001-01-01T00:00%2B08:00~1",
        f"?older=2024-03-07T00:00%2B08:00~{'9' * 5000}",
    ],
)
def test_a_filter_that_makes_no_sense_is_an_answer_not_a_crash(people, query):
    story = house.make_story(people[Role.REPORTER])
    assert listed(signed_in(people[Role.REPORTER]), query) == {story.pk}


def test_older_stories_follow_without_gap_or_repetition(people):
    numbers = {house.make_story(people[Role.REPORTER], headline=f"第{n}条").pk for n in range(43)}
    same_moment = timezone.now()
    Article.objects.update(updated_at=same_moment)
    client = signed_in(people[Role.REPORTER])
    first = client.get(f"{DESK}/stories/?words=条")
    older = re.search(r'href="(\?[^"]+)" rel="next"', text_of(first)).group(1).replace("&amp;", "&")
    assert "words=" in older
    one, two = listed(client, "?words=条"), listed(client, older)
    assert (len(one), len(two)) == (40, 3)
    assert one | two == numbers


def test_the_list_costs_the_same_however_long_it_is(people, django_assert_num_queries):
    client, reporter = signed_in(people[Role.ADMINISTRATOR]), people[Role.REPORTER]
    credit = [editing.Credit(house.contributor_for(reporter).pk, "reporter")]
    house.make_story(reporter, bylines=credit)
    client.get(f"{DESK}/stories/")
    with django_assert_num_queries(10):
        client.get(f"{DESK}/stories/")
    for _ in range(12):
        house.make_story(reporter, bylines=credit)
    with django_assert_num_queries(10):
        client.get(f"{DESK}/stories/")


# -- one story


def test_a_story_is_read_as_it_will_be_printed(people):
    reporter = people[Role.REPORTER]
    photo = house.make_photo(reporter)
    story = house.make_story(
        reporter,
        kicker="肩题",
        subhead="副题",
        desk_note="核对数字",
        bylines=[editing.Credit(house.contributor_for(reporter).pk, "reporter")],
        body=f'<p>今晚开市。</p><figure><img src="/desk/photos/{photo.pk}/preview" alt=""></figure>',
    )
    page = text_of(signed_in(reporter).get(f"{DESK}/stories/{story.pk}/"))
    assert "本报讯（记者 reporter（测））" in page
    assert f'src="/en/desk/photos/{photo.pk}/preview"' in page
    for words in ("肩题", "副题", "核对数字", "5 characters", "图为夜市一角。"):
        assert words in page


def test_a_story_offers_the_verbs_of_whoever_reads_it_and_no_others(people):
    story = house.story_in(State.SUBMITTED, people)

    def verbs(role):
        page = text_of(signed_in(people[role]).get(f"{DESK}/stories/{story.pk}/"))
        return re.findall(r'name="verb" value="(\w+)"', page), "/edit/" in page

    assert verbs(Role.SECTION_EDITOR) == (["sign", "return", "spike"], True)
    assert verbs(Role.REPORTER) == (["recall"], False)
    assert verbs(Role.DESK_CHIEF) == ([], False)


def test_whose_duty_it_is_and_who_may_not_sign_reads_why(people):
    chief, final = people[Role.DESK_CHIEF], people[Role.EDITOR_IN_CHIEF]
    story = house.story_in(State.IN_REVIEW, people)
    page = f"{DESK}/stories/{story.pk}/"
    assert "You do not sign it" not in text_of(signed_in(chief).get(page))
    house.act(story, Verb.SIGN, chief)
    assert "You do not sign it" not in text_of(signed_in(chief).get(page))
    house.hand_over(final, chief)
    said = "You do not sign it: you signed its second review, and nobody signs two steps of one story."
    assert said in text_of(signed_in(chief).get(page))
    house.act(story, Verb.RETURN, final, "署名有误")
    editing.save_story(story.pk, {}, based_on=story.version, bylines=[house.credit(chief)], acting_user=chief)
    house.act(house.act(story, Verb.SUBMIT, people[Role.REPORTER]), Verb.SIGN, people[Role.SECTION_EDITOR])
    assert "You do not sign it: it carries your byline." in text_of(signed_in(chief).get(page))


def test_acting_moves_the_story_and_leaves_its_trail(people):
    story = house.story_in(State.SUBMITTED, people)
    client = signed_in(people[Role.SECTION_EDITOR])
    response = act(client, story, "return", "缺少来源")
    assert response["Location"] == f"{DESK}/stories/{story.pk}/"
    page = text_of(client.get(response["Location"]))
    assert Article.objects.get(pk=story.pk).state == State.RETURNED
    assert page.count("缺少来源") == 2  # above the story, and in the trail
    assert "returned" in page


def test_a_refused_act_keeps_the_reason_and_changes_nothing(people):
    story = house.story_in(State.SUBMITTED, people)
    before = Article.objects.get(pk=story.pk)
    seen = before.seen
    story = house.act(story, Verb.RECALL, people[Role.REPORTER])
    story = house.act(story, Verb.SUBMIT, people[Role.REPORTER])
    story = house.act(story, Verb.SIGN, people[Role.SECTION_EDITOR])
    response = act(signed_in(people[Role.DESK_CHIEF]), story, "return", "我的长长理由", seen=seen)
    assert response.status_code == 409
    assert "我的长长理由" in text_of(response)
    assert "Meanwhile" in text_of(response)
    assert Article.objects.get(pk=story.pk).state == State.IN_REVIEW


def refusal_of(response) -> str:
    """The sentence above the story."""
    assert response.status_code in {403, 409}
    return html.unescape(re.search(r'<span role="alert">(.*?)</span>', text_of(response))[1])


@pytest.mark.parametrize(("verb", "done"), [(Verb.SIGN, "signed"), (Verb.RETURN, "returned"), (Verb.SPIKE, "spiked")])
@pytest.mark.parametrize("asked", ["sign", "return"])
def test_who_comes_second_is_told_who_was_first_and_that_the_words_are_the_same(people, verb, done, asked):
    second = house.make_person("editor2", Role.SECTION_EDITOR)
    story = house.story_in(State.SUBMITTED, people)
    with time_machine.travel("2026-03-07T14:05:00Z", tick=False):
        moved = house.act(story, verb, people[Role.SECTION_EDITOR], "理由")
        said = refusal_of(act(signed_in(second), story, asked, "理由", seen=story.seen))
    assert f"section_editor（测） {done} (22:05)" in said
    assert moved.state_label in said
    assert "Its text is the same. Nothing was done to it." in said
    assert "has changed" not in said


def test_what_was_signed_off_meanwhile_is_told_in_the_same_way(people):
    story = house.story_in(State.SIGNED_OFF, people)
    said = refusal_of(act(signed_in(people[Role.EDITOR_IN_CHIEF]), story, "sign", seen="1.in_review.3"))
    assert "Meanwhile you, in another window, signed" in said


def test_who_comes_second_to_another_text_reads_what_has_changed(people):
    story = house.story_in(State.SUBMITTED, people)
    house.save(story, people[Role.SECTION_EDITOR], headline="别的标题", desk_note="快")
    response = act(signed_in(people[Role.SECTION_EDITOR]), story, "sign", seen=story.seen)
    said = refusal_of(response)
    assert "version 2 by you (in another window) stands" in said
    assert "Changed: headline, note to the desk." in said
    # Nobody moved it: the last move is the one that its reviewer saw.
    assert "submitted" not in said
    assert "Changed since the version before you" in text_of(response)


def test_what_nobody_can_have_seen_is_refused(people):
    story = house.story_in(State.SUBMITTED, people)
    client = signed_in(people[Role.SECTION_EDITOR])
    said = refusal_of(act(client, story, "sign", seen=f"{'9' * 18}.submitted.0"))
    assert "version 1 by reporter（测） stands" in said
    # Longer than Python reads a number.
    assert act(client, story, "sign", seen="9" * 5000).status_code == 422


def test_a_text_that_was_changed_and_moved_is_told_as_both(people):
    story = house.story_in(State.SUBMITTED, people)
    house.save(story, people[Role.SECTION_EDITOR], headline="别的标题")
    house.act(story, Verb.SIGN, people[Role.SECTION_EDITOR])
    said = refusal_of(act(signed_in(people[Role.EDITOR_IN_CHIEF]), story, "return", "理由", seen=story.seen))
    assert "Changed: headline. Meanwhile section_editor（测） signed" in said


def test_an_edit_that_reopened_the_review_is_no_move_of_somebody_s(people):
    story = house.story_in(State.SIGNED_OFF, people)
    house.save(story, people[Role.SECTION_EDITOR], headline="别的标题")
    said = refusal_of(act(signed_in(people[Role.EDITOR_IN_CHIEF]), story, "publish", seen=story.seen))
    assert "version 2 by section_editor（测） stands" in said
    assert "signed" not in said


def test_who_may_not_read_the_past_is_not_told_who_moved_it(people):
    story = house.story_in(State.SIGNED_OFF, people)
    said = refusal_of(act(signed_in(people[Role.PAGE_DESIGNER]), story, "publish", seen="1.in_review.3"))
    assert said == "You may not do this."


def test_what_went_out_of_sight_meanwhile_is_said(people):
    story = house.story_in(State.SUBMITTED, people)
    house.act(story, Verb.RECALL, people[Role.REPORTER])
    client = signed_in(people[Role.SECTION_EDITOR])
    response = act(client, story, "sign", seen=story.seen)
    assert response["Location"] == f"{DESK}/"
    assert "This story has gone out of your sight." in text_of(client.get(response["Location"]))


def test_a_draft_moved_to_another_section_is_no_news_there(people):
    story = house.story_in(State.SUBMITTED, people)
    house.act(story, Verb.RECALL, people[Role.REPORTER])
    house.save(story, people[Role.REPORTER], section_id=house.section("sports").pk)
    there = house.make_person("sports_editor", Role.SECTION_EDITOR, sections=("sports",))
    assert act(signed_in(there), story, "sign", seen=story.seen).status_code == 404
    assert act(signed_in(people[Role.SECTION_EDITOR]), story, "sign", seen=story.seen)["Location"] == f"{DESK}/"


@pytest.mark.parametrize("seen", [" ", "x", "9" * 60, "-1.draft.0", "1", "²."])
def test_what_nobody_was_shown_is_refused(people, seen):
    story = house.story_in(State.SUBMITTED, people)
    response = act(signed_in(people[Role.SECTION_EDITOR]), story, "sign", seen=seen)
    assert response.status_code in {409, 422}
    assert Article.objects.get(pk=story.pk).seen == story.seen


@pytest.mark.parametrize(
    ("verb", "reason", "status", "sentence"),
    [
        ("return", "  ", 422, "Please give a reason."),
        ("edit", "", 422, "Select a valid choice"),
        ("destroy", "", 422, "Select a valid choice"),
        ("publish", "", 409, "does not follow here"),
        ("return", "x" * 1001, 422, "at most 1000 characters"),
        ("return", "空\x00字", 422, "Null characters are not allowed."),
    ],
)
def test_acts_that_cannot_be(people, verb, reason, status, sentence):
    story = house.story_in(State.SUBMITTED, people)
    entries = AuditEntry.objects.count()
    response = act(signed_in(people[Role.SECTION_EDITOR]), story, verb, reason)
    assert response.status_code == status
    assert sentence in text_of(response)
    assert Article.objects.get(pk=story.pk).state == State.SUBMITTED
    assert AuditEntry.objects.count() == entries


def test_the_service_too_knows_no_act_called_edit(people):
    story = house.make_story(people[Role.REPORTER])
    with pytest.raises(IllegalTransition):
        house.act(story, Verb.EDIT, people[Role.REPORTER])


def test_nobody_signs_what_is_not_theirs_to_sign(people):
    story = house.story_in(State.SUBMITTED, people)
    response = act(signed_in(people[Role.EDITOR_IN_CHIEF]), story, "sign")
    assert response.status_code == 403
    assert "You may not do this." in text_of(response)
    assert not house.live_signatures(story).exists()


def test_who_revives_a_story_goes_on_seeing_it(people):
    story = house.story_in(State.SPIKED, people)
    response = act(signed_in(people[Role.SECTION_EDITOR]), story, "revive")
    assert Article.objects.get(pk=story.pk).state == State.RETURNED
    assert response["Location"] == f"{DESK}/stories/{story.pk}/"


def test_who_revives_a_withdrawn_story_reads_that_readers_do_not_see_it_yet(people):
    client = signed_in(people[Role.EDITOR_IN_CHIEF])
    response = act(client, house.story_in(State.WITHDRAWN, people), Verb.REVIVE)
    told = text_of(client.get(response["Location"]))
    assert "Readers see it again once it has been submitted, signed and published anew." in told


def test_signatures_show_who_when_and_why_they_are_void(people):
    story = house.story_in(State.SIGNED_OFF, people)
    house.save(story, people[Role.DESK_CHIEF], headline="改过的标题")
    page = text_of(signed_in(people[Role.DESK_CHIEF]).get(f"{DESK}/stories/{story.pk}/"))
    assert page.count("Beijing time (UTC+8)") > 4
    assert "the text was edited afterwards" in page
    assert "editor_in_chief（测）" in page


def test_the_difference_shown_is_since_my_own_signature_else_the_last_else_the_submission(people):
    story = house.story_in(State.SUBMITTED, people)
    editor, chief, duty = (people[r] for r in (Role.SECTION_EDITOR, Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF))

    def page(user):
        return text_of(signed_in(user).get(f"{DESK}/stories/{story.pk}/"))

    house.save(story, editor, headline="城西夜市明晚开市")
    assert "Changed since it was submitted" in page(chief)
    assert "<del>今</del><ins>明</ins>" in page(chief)
    house.act(story, Verb.SIGN, editor)
    house.save(story, chief, kicker="第二遍")
    house.act(story, Verb.SIGN, chief)
    house.save(story, duty, subhead="第三遍")
    assert "Changed since you signed" in page(editor)
    assert "<ins>第二遍</ins>" in page(editor)
    assert "<ins>第三遍</ins>" in page(editor)
    assert "Changed since the last signature" in page(duty)
    assert "<ins>第二遍</ins>" not in page(duty)
    assert "<ins>第三遍</ins>" in page(duty)


# -- versions and times


def test_a_version_is_read_as_it_stood_and_compared(people):
    reporter = people[Role.REPORTER]
    story = house.make_story(reporter)
    house.save(story, reporter, headline="第二版标题")
    house.save(story, reporter, headline="第三版标题")
    client = signed_in(reporter)
    second = text_of(client.get(f"{DESK}/stories/{story.pk}/versions/2/"))
    assert "From version 1" in second
    assert "第三版标题" not in second.replace("“第三版标题”", "")
    assert "From version 3" in text_of(client.get(f"{DESK}/stories/{story.pk}/versions/2/?with=3"))
    assert client.get(f"{DESK}/stories/{story.pk}/versions/9/").status_code == 404
    assert client.get(f"{DESK}/stories/{story.pk}/versions/2/?with=abc").status_code == 200


@pytest.mark.parametrize("role", [Role.PAGE_DESIGNER, Role.PROOFREADER])
def test_who_makes_pages_reads_the_copy_and_not_how_it_came_about(people, role):
    story = house.make_story(people[Role.REPORTER], desk_note="消息来源是某某")
    story = house.act(story, Verb.SUBMIT, people[Role.REPORTER])
    house.act(story, Verb.RETURN, people[Role.SECTION_EDITOR], "此处失实")
    story = house.sign_all(house.act(story, Verb.SUBMIT, people[Role.REPORTER]), people)
    address = f"{DESK}/stories/{story.pk}/"
    history = ["消息来源是某某", "此处失实", "Audit trail", 'id="differences"', "/versions/", "compare with now"]
    client = signed_in(people[role])
    page = text_of(client.get(address))
    assert story.headline in page
    assert [word for word in history if word in page] == []
    assert client.get(f"{address}versions/1/").status_code == 404
    for reader in (Role.REPORTER, Role.SECTION_EDITOR, Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF, Role.ADMINISTRATOR):
        client = signed_in(people[reader])
        assert [word for word in history[:5] if word not in text_of(client.get(address))] == []
        assert client.get(f"{address}versions/1/").status_code == 200


@pytest.mark.parametrize("number", ["9" * 19, "9" * 23, "9" * 5000])
@pytest.mark.parametrize(
    "place",
    "photos/{}/ photos/{}/preview photos/{}/thumbnail photos/{}/large photos/{}/original stories/{}/ stories/{}/edit/ "
    "stories/{}/act/ stories/{}/versions/1/ stories/1/versions/{}/ editions/{}/ pages/{}/".split(),
)
def test_a_number_that_no_row_has_is_an_address_that_is_not_there(people, place, number):
    client = signed_in(people[Role.EDITOR_IN_CHIEF])
    assert client.get(f"{DESK}/{place.format(number)}").status_code == 404
    assert client.post(f"{DESK}/{place.format(number)}").status_code == 404


def test_embargo_and_schedule_are_the_newsrooms_time(people):
    story = house.make_story(people[Role.REPORTER])
    client = signed_in(people[Role.REPORTER])
    response = client.post(f"{DESK}/stories/{story.pk}/times/", {"embargo_until": "2030-01-02T06:00", "publish_at": ""})
    assert response.status_code == 302
    story.refresh_from_db()
    assert story.embargo_until == datetime.datetime(2030, 1, 1, 22, 0, tzinfo=datetime.UTC)
    assert 'value="2030-01-02T06:00"' in text_of(client.get(f"{DESK}/stories/{story.pk}/"))
    refused = client.post(f"{DESK}/stories/{story.pk}/times/", {"embargo_until": "soon"})
    assert refused.status_code == 422
    assert 'value="soon"' in text_of(refused)
    story.refresh_from_db()
    assert story.embargo_until is not None


@pytest.mark.parametrize("field", ["embargo_until", "publish_at"])
@pytest.mark.parametrize("typed", ["0001-01-01T00:00", "1899-12-31T23:59", "2100-01-01T00:00", "9999-12-31T23:59"])
def test_times_are_of_a_year_that_newspapers_have(people, field, typed):
    story = house.make_story(people[Role.REPORTER])
    client = signed_in(people[Role.REPORTER])
    refused = client.post(f"{DESK}/stories/{story.pk}/times/", {field: typed})
    assert refused.status_code == 422
    assert "The year must be one from 1900 to 2099." in text_of(refused)
    assert f'value="{typed}"' in text_of(refused)
    moment = timezone.make_aware(datetime.datetime.fromisoformat(typed))
    times = {"embargo_until": None, "publish_at": None, field: moment}
    with pytest.raises(ValidationError):
        set_release_times(story.pk, acting_user=people[Role.REPORTER], **times)
    assert Article.objects.values_list(field, flat=True).get() is None


@pytest.mark.parametrize("field", ["embargo_until", "publish_at"])
def test_times_that_are_past_are_refused_and_one_that_has_passed_stays(people, field):
    story = house.make_story(people[Role.REPORTER])
    other = {"embargo_until": "publish_at", "publish_at": "embargo_until"}[field]
    client, address = signed_in(people[Role.REPORTER]), f"{DESK}/stories/{story.pk}/times/"

    def sent(**typed):
        return client.post(address, typed | {"seen": Article.objects.get().times_seen})

    with time_machine.travel(datetime.datetime(2026, 3, 7, 12, 15, 30, tzinfo=datetime.UTC), tick=False) as clock:
        refused = sent(**{field: "2026-03-07T20:14", other: "2026-03-09T06:00"})
        assert refused.status_code == 422
        assert text_of(refused).count("This time is past: choose one that is still to come.") == 1
        assert 'value="2026-03-07T20:14"' in text_of(refused)
        assert 'value="2026-03-09T06:00"' in text_of(refused)
        assert Article.objects.values_list(field, other).get() == (None, None)
        assert sent(**{field: "2026-03-07T20:15"}).status_code == 302
        clock.shift(datetime.timedelta(days=1))
        assert sent(**{field: "2026-03-07T20:15", other: "2026-03-09T06:00"}).status_code == 302
        assert sent(**{field: "2026-03-07T20:16", other: "2026-03-09T06:00"}).status_code == 422
        assert sent(**{other: "2026-03-09T06:00"}).status_code == 302
    assert getattr(Article.objects.get(), field) is None
    assert getattr(Article.objects.get(), other) is not None


def test_times_that_somebody_else_set_meanwhile_are_not_overwritten(people):
    story = house.story_in(State.SIGNED_OFF, people)
    address = f"{DESK}/stories/{story.pk}/"
    page, chief = signed_in(people[Role.DESK_CHIEF]), signed_in(people[Role.EDITOR_IN_CHIEF])
    typed = fields_of(page.get(address), "times-form") | {"embargo_until": "2030-01-01T00:10"}
    chief.post(f"{address}times/", fields_of(chief.get(address), "times-form") | {"publish_at": "2030-01-02T06:00"})
    refused = page.post(f"{address}times/", typed)
    assert refused.status_code == 409
    told = text_of(refused)
    assert f"Meanwhile {people[Role.EDITOR_IN_CHIEF]} set these times: embargo until: —" in told
    assert "publish on the web at: 2 January 2030, 06:00" in told
    assert 'value="2030-01-01T00:10"' in told
    story.refresh_from_db()
    assert (story.embargo_until, story.publish_at.astimezone(datetime.UTC).hour) == (None, 22)
    # What stands has been told, so that the same is meant at the second press.
    again = fields_of(refused, "times-form") | {"publish_at": "2030-01-02T06:00"}
    assert page.post(f"{address}times/", again).status_code == 302
    story.refresh_from_db()
    assert None not in {story.embargo_until, story.publish_at}


def test_when_a_story_comes_out_stands_at_its_head_and_who_set_it_in_its_trail(people):
    story = house.story_in(State.SIGNED_OFF, people)
    chief, address = signed_in(people[Role.EDITOR_IN_CHIEF]), f"{DESK}/stories/{story.pk}/"
    chief.post(f"{address}times/", {"publish_at": "2030-01-02T06:00"})
    page = text_of(chief.get(address))
    head, _acts, rest = page.partition("What you can do")
    assert re.search(r"Publish on the web at <time [^>]*>2 January 2030, 06:00<", head)
    assert "publish on the web at: 2 January 2030" in rest.partition("Audit trail")[2]


def test_times_are_set_by_those_who_may(people):
    story = house.story_in(State.SUBMITTED, people)
    client = signed_in(people[Role.REPORTER])
    assert "embargo_until" not in text_of(client.get(f"{DESK}/stories/{story.pk}/"))
    response = client.post(f"{DESK}/stories/{story.pk}/times/", {"publish_at": "2030-01-02T06:00"}, follow=True)
    assert "You may not do this." in text_of(response)
    story.refresh_from_db()
    assert story.publish_at is None


def test_a_picture_whose_rights_have_expired_says_so(people):
    photo = house.make_photo(people[Role.REPORTER], rights_expire_on=timezone.localdate())
    story = house.make_story(people[Role.REPORTER], pictures=[editing.Picture(photo.pk)])
    client = signed_in(people[Role.REPORTER])
    assert "rights expired on" not in text_of(client.get(f"{DESK}/stories/{story.pk}/"))
    Photo.objects.update(rights_expire_on=datetime.date(2024, 3, 1))
    assert "rights expired on 1 March 2024" in text_of(client.get(f"{DESK}/stories/{story.pk}/"))


def test_the_language_is_changed_where_one_stands(people):
    story = house.make_story(people[Role.REPORTER])
    client = signed_in(people[Role.REPORTER])
    assert f'href="/desk/stories/{story.pk}/?a=1"' in text_of(client.get(f"{DESK}/stories/{story.pk}/?a=1"))
    chinese = text_of(client.get(f"/desk/stories/{story.pk}/"))
    assert '<html lang="zh-hans">' in chinese
    assert f'href="/en/desk/stories/{story.pk}/"' in chinese


def test_section_and_genre_are_told_apart_by_their_names(people):
    """Both may be called the same, News in English."""
    story = house.make_story(people[Role.REPORTER])
    page = text_of(signed_in(people[Role.REPORTER]).get(f"{DESK}/stories/{story.pk}/"))
    assert f"<span>Section: {story.section}</span> <span>Genre: News</span>" in page
