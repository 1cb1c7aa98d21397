"""The aid at the desk: what is typed is checked, what is right so is remembered, who may say so."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import checking, house_words
from articles.errors import Incomplete, NotAllowed
from articles.models import AcceptedFinding, Article, HouseWord, ProofreadingSwitch, Title
from articles.states import State
from newsroom.staff.acts import Act
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import DESK, fields_of, signed_in, text_of

SLIP = "<p>城西夜市今晚开市，，明晚不开。</p>"


@pytest.fixture
def reporter(people):
    return signed_in(people[Role.REPORTER])


def checked(client, **fields) -> dict:
    answer = client.post(f"{DESK}/check/", fields)
    assert answer.status_code == 200
    return answer.json()


def test_what_is_typed_and_not_saved_is_checked(reporter):
    data = checked(reporter, headline="城西夜市,今晚开市", body=f"<p>第一段。</p>{SLIP}")
    assert [
        (f["check"], f["field"], f["block"], f["start"], f["end"], f["suggestions"][0]) for f in data["findings"]
    ] == [
        ("half_width", "headline", 0, 4, 5, "，"),
        ("doubled_marks", "body", 1, 8, 10, "，"),
    ]
    assert data["findings"][1]["name"] == "Doubled marks"
    assert not Article.objects.exists()


def test_the_whole_form_as_the_page_sends_it_is_checked(reporter, people):
    """Byline, pictures and lead-in among it, in the form's own fields."""
    photo = house.make_photo(people[Role.REPORTER], caption="", credit="")
    form = fields_of(reporter.get(f"{DESK}/stories/new/"), "story-form")
    form |= {"body": "<p>村民张晓明说，灯亮了。张小明又来了。</p>", "lead_in_kind": "agency", "lead_in_place": "北京"}
    form |= {"pictures-0-photo": str(photo.pk), "bylines-0-name": "张晓明"}
    kinds = {(f["check"], f["field"]) for f in checked(reporter, **form)["findings"]}
    assert kinds == {
        ("names", "body"),
        ("captions", "caption"),
        ("credits", "credit"),
        ("lead_in", "lead_in_agency"),
        ("lead_in", "lead_in_day"),
    }


def test_a_picture_that_is_new_is_checked_with_the_photos_own_words(reporter, people):
    photo = house.make_photo(people[Role.REPORTER])
    form = {"pictures-TOTAL_FORMS": "1", "pictures-0-photo": str(photo.pk)}
    assert checked(reporter, **form)["findings"] == []


@pytest.mark.parametrize(
    "odd",
    [
        {"number": "x", "body": "<p>"},
        {"number": "9" * 40},
        {"bylines-TOTAL_FORMS": "-1", "pictures-TOTAL_FORMS": "9999999", "pictures-0-photo": "eleven"},
        {"lead_in_day": "2024-02-31", "lead_in_kind": "nonsense"},
        {"headline": "\x00“", "body": "<script>“</script>"},
        {},
    ],
)
def test_odd_forms_are_answered(reporter, odd):
    checked(reporter, **odd)


@pytest.mark.parametrize("field", ["body", "headline", "pictures-0-caption"])
def test_a_text_beyond_any_measure_is_refused_with_a_sentence(reporter, field):
    answer = reporter.post(f"{DESK}/check/", {field: "字" * 200_001})
    assert (answer.status_code, answer.json()["sentence"]) == (422, "The text is too long to be checked.")


def test_checking_costs_the_same_whatever_is_found(reporter, people):
    story = house.make_story(people[Role.REPORTER], body=SLIP)

    def queries(body: str) -> int:
        with CaptureQueriesContext(connection) as sent:
            checked(reporter, body=body, number=story.pk)
        return len(sent)

    few = "<p>城西夜市今晚开市，，明晚不开，写在这里是为了有足够的字，好让它也去找一找别的稿子。</p>"
    many = few * 60
    queries(few)
    assert queries(few) == queries(many)


def test_what_is_right_so_is_remembered_with_who_and_shown_no_more(reporter, people):
    story = house.make_story(people[Role.REPORTER], body=SLIP)
    page = f"{DESK}/stories/{story.pk}/"
    assert "夜市今晚开市<mark>，，</mark>明晚不开。" in text_of(reporter.get(f"{page}findings/"))
    [finding] = checked(reporter, body=SLIP, number=story.pk)["findings"]
    said = reporter.post(f"{page}right-so/", {"check": finding["check"], "known_as": finding["known_as"]})
    assert said.url == f"{page}findings/"
    data = checked(reporter, body=SLIP, number=story.pk)
    assert data["findings"] == []
    assert (data["accepted"][0]["who"], data["accepted"][0]["known_as"]) == ("reporter（测）", finding["known_as"])
    assert "1 finding that is right so" in text_of(reporter.get(f"{page}findings/"))
    entry = AuditEntry.objects.about(story).first()
    assert (entry.act, entry.data["check"]) == (Act.FINDING_ACCEPT, "doubled_marks")
    # Elsewhere the same slip is found.
    other = house.make_story(people[Role.REPORTER], body=SLIP)
    assert len(checked(reporter, body=SLIP, number=other.pk)["findings"]) == 1


def test_it_is_found_again_where_the_words_around_it_change(reporter, people):
    story = house.make_story(people[Role.REPORTER], body=SLIP)
    [finding] = checked(reporter, body=SLIP, number=story.pk)["findings"]
    checking.accept_finding(story.pk, finding["check"], finding["known_as"], acting_user=people[Role.REPORTER])
    assert checked(reporter, body=SLIP.replace("今晚", "后天"), number=story.pk)["findings"]


def test_right_so_is_taken_back(reporter, people):
    story = house.make_story(people[Role.REPORTER], body=SLIP)
    checking.accept_finding(story.pk, "doubled_marks", "开市，，明晚", acting_user=people[Role.REPORTER])
    row = {"check": "doubled_marks", "known_as": "开市，，明晚", "again": "1"}
    answer = reporter.post(f"{DESK}/stories/{story.pk}/right-so/", row, headers={"accept": "application/json"})
    assert answer.status_code == 200
    assert not AcceptedFinding.objects.exists()
    assert AuditEntry.objects.about(story).first().act == Act.FINDING_REOPEN


@pytest.mark.parametrize("again", ["", "1"])
@pytest.mark.parametrize("spoilt", ["check", "known_as"])
def test_what_no_database_takes_breaks_nothing(reporter, people, again, spoilt):
    story = house.make_story(people[Role.REPORTER], body=SLIP)
    row = {"check": "doubled_marks", "known_as": "开市，，明晚", "again": again} | {spoilt: "\x00"}
    answer = reporter.post(f"{DESK}/stories/{story.pk}/right-so/", row, headers={"accept": "application/json"})
    assert answer.status_code == (200 if again else 422)
    assert not AcceptedFinding.objects.exists()


def test_saying_it_twice_is_saying_it_once(people):
    story = house.make_story(people[Role.REPORTER])
    for _turn in range(2):
        checking.accept_finding(story.pk, "names", "张小明", acting_user=people[Role.REPORTER])
    assert AcceptedFinding.objects.count() == 1
    assert AuditEntry.objects.filter(act=Act.FINDING_ACCEPT).count() == 1


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.REPORTER, True),
        (Role.SECTION_EDITOR, True),
        (Role.DESK_CHIEF, True),
        (Role.EDITOR_IN_CHIEF, True),
        (Role.PHOTOGRAPHER, False),
        (Role.PAGE_DESIGNER, False),
        (Role.PROOFREADER, False),
        (Role.ADMINISTRATOR, False),
    ],
)
def test_who_writes_and_who_reviews_may_say_it(people, role, may):
    story = house.story_in(State.SUBMITTED, people)
    for say in (checking.accept_finding, checking.reopen_finding):
        if may:
            say(story.pk, "names", "张小明", acting_user=people[role])
        else:
            with pytest.raises(NotAllowed):
                say(story.pk, "names", "张小明", acting_user=people[role])
    assert AuditEntry.objects.filter(act=Act.FINDING_ACCEPT).exists() == may


def test_a_refusal_is_answered_to_a_script_and_to_a_page(people):
    story = house.story_in(State.SUBMITTED, people)
    administrator = signed_in(people[Role.ADMINISTRATOR])
    row, address = {"check": "names", "known_as": "张小明"}, f"{DESK}/stories/{story.pk}/right-so/"
    assert administrator.post(address, row, headers={"accept": "application/json"}).status_code == 403
    assert "You may not do this." in text_of(administrator.post(address, row, follow=True))
    assert signed_in(people[Role.PHOTOGRAPHER]).post(address, row).status_code == 404
    unknown = signed_in(people[Role.REPORTER]).post(
        address, {"check": "no such"}, headers={"accept": "application/json"}
    )
    assert unknown.status_code == 422


def test_an_unknown_check_is_refused(people):
    story = house.make_story(people[Role.REPORTER])
    with pytest.raises(Incomplete):
        checking.accept_finding(story.pk, "no such", "张小明", acting_user=people[Role.REPORTER])


def test_those_who_see_no_past_see_no_findings(people):
    story = house.story_in(State.SIGNED_OFF, people, body=SLIP)
    address = f"{DESK}/stories/{story.pk}/"
    assert 'id="proofreading"' in text_of(signed_in(people[Role.SECTION_EDITOR]).get(address))
    assert 'id="proofreading"' not in text_of(signed_in(people[Role.PAGE_DESIGNER]).get(address))


@pytest.mark.parametrize("role", [Role.PAGE_DESIGNER, Role.PHOTOGRAPHER])
def test_the_findings_of_a_story_are_part_of_its_past(people, role):
    story = house.story_in(State.SIGNED_OFF, people, body=SLIP)
    assert signed_in(people[role]).get(f"{DESK}/stories/{story.pk}/findings/").status_code == 404


def test_a_storys_page_checks_nothing_and_leads_to_what_does(reporter, people):
    """The page is there at once; the switches and the words are read by who asks for the findings."""
    story = house.make_story(people[Role.REPORTER], body=SLIP)
    with CaptureQueriesContext(connection) as sent:
        page = text_of(reporter.get(f"{DESK}/stories/{story.pk}/"))
    assert not [
        query for query in sent if "proofreadingswitch" in query["sql"] or "articles_fingerprint" in query["sql"]
    ]
    assert f'href="{DESK}/stories/{story.pk}/findings/"' in page
    assert "，，</mark>" not in page


def test_a_story_out_of_sight_lends_nothing_to_a_check(people):
    """Whoever may not read a story learns nothing of it by its number."""
    story = house.make_story(people[Role.REPORTER], body=SLIP)
    checking.accept_finding(story.pk, "doubled_marks", "今晚开市，，明晚不开。", acting_user=people[Role.REPORTER])
    stranger = signed_in(people[Role.PHOTOGRAPHER])
    assert checked(stranger, body=SLIP, number=story.pk)["accepted"] == []


# -- what the house sets


def test_a_switch_turns_a_check_off_and_on(reporter, people):
    text = "<p>12月28日至1月3日开市，，明晚不开。</p>"
    assert [f["check"] for f in checked(reporter, body=text)["findings"]] == ["doubled_marks"]
    office = signed_in(people[Role.ADMINISTRATOR])
    for code, on in (("doubled_marks", {}), ("missing_years", {"is_on": "on"})):
        assert office.post("/en/admin/articles/proofreadingswitch/add/", {"check_code": code} | on).status_code == 302
    assert [f["check"] for f in checked(reporter, body=text)["findings"]] == ["missing_years"]
    assert ProofreadingSwitch.objects.count() == 2


def test_the_houses_length_of_a_headline_is_a_setting(reporter, title):
    Title.objects.update(headline_limit=6)
    assert [f["check"] for f in checked(reporter, headline="城西夜市今晚开市")["findings"]] == ["headline_length"]
    Title.objects.update(headline_limit=None)
    assert checked(reporter, headline="城西夜市今晚开市" * 9)["findings"] == []


def test_a_word_entered_in_the_admin_is_found_by_the_next_check(reporter, people):
    text = "<p>眼跟前已经开市。</p>"
    assert checked(reporter, body=text)["findings"] == []
    office = signed_in(people[Role.ADMINISTRATOR])
    row = {"word": "眼跟前", "kind": "forbidden", "replacements": "眼前 / 到目前", "is_used": "on"}
    assert office.post("/en/admin/articles/houseword/add/", row).status_code == 302
    [finding] = checked(reporter, body=text)["findings"]
    assert (finding["check"], finding["suggestions"]) == ("forbidden_words", ["眼前", "到目前"])
    word = HouseWord.objects.get()
    office.post(f"/en/admin/articles/houseword/{word.pk}/change/", row | {"is_used": ""})
    assert checked(reporter, body=text)["findings"] == []


def test_the_list_is_read_once_a_generation(title, django_assert_num_queries):
    HouseWord.objects.create(word="眼跟前")
    house_words.begin_generation()
    with django_assert_num_queries(3):
        house_words.house_style()
    with django_assert_num_queries(2):
        assert list(house_words.house_style().words.matches("眼跟前"))


@pytest.mark.parametrize("role", [Role.PAGE_DESIGNER, Role.PROOFREADER])
def test_what_is_right_so_is_not_told_to_who_may_not_read_the_past(people, role):
    """They read the signed copy; what somebody quoted from an earlier one, and who, is none of it."""
    story = house.story_in(State.SIGNED_OFF, people, body=SLIP)
    checking.accept_finding(story.pk, "doubled_marks", "从前的话", acting_user=people[Role.SECTION_EDITOR])
    asked = {"number": story.pk, "body": SLIP}
    assert checked(signed_in(people[role]), **asked)["accepted"] == []
    assert [row["known_as"] for row in checked(signed_in(people[Role.SECTION_EDITOR]), **asked)["accepted"]] == [
        "从前的话"
    ]
