"""Submitting with open findings: said once, how many and which are grave, and never in the way of what is clean."""

from __future__ import annotations

import pytest

from articles import checking, house_words
from articles.models import HouseWord
from articles.states import State
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import DESK, fields_of, signed_in, text_of

CLEAN = "<p>城西夜市今晚开市。</p>"
GRAVE = "<p>城西夜市今晚开市，，明晚不开。</p>"
OF_FORM = "<p>城西夜市等了3-5天。</p>"


@pytest.fixture
def reporter(people):
    return signed_in(people[Role.REPORTER])


def draft(people, body: str, **fields):
    return house.make_story(people[Role.REPORTER], body=body, headline="城西夜市今晚开市", **fields)


def submit(client, story, **more):
    data = {"verb": "submit", "seen": story.seen} | more
    return client.post(f"{DESK}/stories/{story.pk}/act/", data)


def state_of(story) -> str:
    story.refresh_from_db()
    return story.state


def test_where_nothing_is_open_nothing_is_asked(reporter, people):
    story = draft(people, CLEAN)
    assert submit(reporter, story).status_code == 302
    assert state_of(story) == State.SUBMITTED


def test_with_open_findings_it_is_asked_once_and_then_done(reporter, people):
    story = draft(people, GRAVE + OF_FORM)
    trail = AuditEntry.objects.count()
    asked = submit(reporter, story)
    page = text_of(asked)
    assert asked.status_code == 200
    assert "2 open findings" in page
    assert "1 is grave." in page
    assert page.index("，，</mark>") < page.index("-</mark>")
    assert f'href="{DESK}/stories/{story.pk}/edit/"' in page
    assert (state_of(story), AuditEntry.objects.count()) == (State.DRAFT, trail)
    answer = reporter.post(f"{DESK}/stories/{story.pk}/act/", fields_of(asked, "submit-form"))
    assert answer.status_code == 302
    assert state_of(story) == State.SUBMITTED


def test_a_matter_of_form_is_none_that_is_grave(reporter, people):
    assert "None is grave." in text_of(submit(reporter, draft(people, OF_FORM)))


def test_a_word_that_the_house_does_not_print_is_grave(reporter, people, title):
    HouseWord.objects.create(word="眼跟前", kind="forbidden")
    HouseWord.objects.create(word="夜市", kind="preferred", replacements=["晚市"])
    house_words.begin_generation()
    page = text_of(submit(reporter, draft(people, "<p>眼跟前就是。</p>")))
    assert "2 open findings" in page
    assert "1 is grave." in page


def test_where_all_are_grave_it_says_so(reporter, people):
    asked = text_of(submit(reporter, draft(people, GRAVE + GRAVE)))
    assert "2 open findings in it. All are grave." in asked
    assert "It is grave." in text_of(submit(reporter, draft(people, GRAVE)))


def test_what_is_right_so_is_not_open(reporter, people):
    story = draft(people, GRAVE)
    [finding] = checking.check_story(story).findings
    quote = checking.quote_of(finding)
    checking.accept_finding(story.pk, finding.check, quote, acting_user=people[Role.REPORTER])
    assert submit(reporter, story).status_code == 302
    assert state_of(story) == State.SUBMITTED


def test_what_would_be_refused_is_refused_and_not_asked_about(reporter, people):
    story = draft(people, GRAVE)
    stale = submit(reporter, story, seen="1.draft.9")
    assert stale.status_code == 409
    assert "Submit all the same" not in text_of(stale)
    nothing = house.make_story(people[Role.REPORTER], body=GRAVE, headline="")
    assert submit(reporter, nothing).status_code == 422
    assert {state_of(story), state_of(nothing)} == {State.DRAFT}


def test_the_answer_is_about_what_was_seen(reporter, people):
    """Saved again between the question and the answer, it is refused as any act on what stands no more."""
    story = draft(people, GRAVE)
    answer = fields_of(submit(reporter, story), "submit-form")
    house.save(story, people[Role.REPORTER], body=OF_FORM)
    assert reporter.post(f"{DESK}/stories/{story.pk}/act/", answer).status_code == 409
    assert state_of(story) == State.DRAFT


def test_who_signs_is_asked_about_what_is_grave_alone(people):
    editor = signed_in(people[Role.SECTION_EDITOR])
    of_form, grave = (house.story_in(State.SUBMITTED, people, body=body) for body in (OF_FORM, GRAVE + OF_FORM))
    sign = {story: {"verb": "sign", "seen": story.seen} for story in (of_form, grave)}
    assert editor.post(f"{DESK}/stories/{of_form.pk}/act/", sign[of_form]).status_code == 302
    asked = text_of(editor.post(f"{DESK}/stories/{grave.pk}/act/", sign[grave]))
    assert "Sign all the same?" in asked
    assert "1 open finding in it. It is grave." in asked
    assert (state_of(of_form), state_of(grave)) == (State.IN_REVIEW, State.SUBMITTED)
