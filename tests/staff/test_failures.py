"""What somebody reads whose request is refused before any view is asked."""

import re

import pytest
from django.test import Client

from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import DESK, text_of


def test_a_form_from_before_signing_in_anew_says_that_nothing_was_saved(people):
    story = house.make_story(people[Role.REPORTER])
    client = Client(enforce_csrf_checks=True)
    client.force_login(people[Role.REPORTER])
    edit = f"{DESK}/stories/{story.pk}/edit/"
    response = client.post(edit, {"headline": "新题"}, headers={"Referer": f"http://testserver{edit}"})
    assert response.status_code == 403
    assert "You signed in anew in another window." in text_of(response)
    assert f'<a href="{edit}">' in text_of(response)


@pytest.mark.parametrize("came_from", ["", "https://elsewhere.example/", "javascript:alert(1)"])
def test_the_way_back_never_leads_elsewhere(people, came_from):
    client = Client(enforce_csrf_checks=True)
    response = client.post(f"{DESK}/stories/new/", headers={"Referer": came_from})
    assert response.status_code == 403
    assert f'<a href="{DESK}/">' in text_of(response)


def test_a_body_too_large_is_answered_in_the_house_s_look_without_the_database(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = Client().post("/en/accounts/login/", {"login": "x" * 200})
    assert response.status_code == 400
    assert "It was malformed or too large." in text_of(response)


@pytest.mark.parametrize(
    ("prefix", "language", "sentence"),
    [("", "zh-hans", "没有这个页面"), ("/en", "en", "There is no such page")],
)
def test_an_address_that_the_desk_does_not_have_is_answered_in_its_frame(client, people, prefix, language, sentence):
    client.force_login(people[Role.REPORTER])
    response = client.get(f"{prefix}/desk/nothing/here/")
    assert response.status_code == 404
    assert f'<html lang="{language}">' in response.text
    assert sentence in text_of(response)
    assert f'<a class="brand" href="{prefix}/desk/">' in response.text
    assert "reading/reading.css" not in response.text
    assert "private" in response["Cache-Control"]


def test_from_a_page_that_is_not_there_the_other_language_leads_to_the_desk(client, people):
    client.force_login(people[Role.REPORTER])
    assert '<a href="/en/desk/" lang="en"' in client.get("/desk/nothing/").text
    assert '<a href="/desk/" lang="zh-Hans"' in client.get("/en/desk/nothing/").text


def test_a_story_that_is_hidden_and_one_that_was_never_there_are_answered_alike(client, people):
    hidden = house.make_story(people[Role.REPORTER])
    client.force_login(people[Role.PHOTOGRAPHER])
    answers = []
    for number in (hidden.pk, 987654):
        response = client.get(f"{DESK}/stories/{number}/")
        answers.append((response.status_code, response.text.replace(f"/stories/{number}/", "")))
    of_the_moment = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')
    texts = [of_the_moment.sub("", text) for _status, text in answers]
    assert [status for status, _text in answers] == [404, 404]
    assert texts[0] == texts[1]


def test_who_is_not_signed_in_reads_of_an_unknown_address_without_the_house_s_doors(client, db):
    response = client.get(f"{DESK}/nothing/")
    assert response.status_code == 404
    assert 'class="places"' not in response.text


def test_what_is_not_allowed_in_the_house_is_told_in_its_frame(client, people):
    client.force_login(people[Role.EDITOR_IN_CHIEF])
    response = client.get("/en/admin/staff/user/add/")
    assert response.status_code == 403
    assert "You may not see or do this" in text_of(response)
    assert f'<a class="brand" href="{DESK}/">' in response.text


def test_a_fault_of_the_desk_shows_the_desk_s_page_without_the_database(
    client, people, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr("articles.rules.can_enter_desk", lambda user: 1 / 0)
    client.raise_request_exception = False
    # Session and user are read before the view; the page itself asks nothing.
    client.force_login(people[Role.REPORTER])
    with django_assert_num_queries(2):
        response = client.get(f"{DESK}/")
    assert response.status_code == 500
    assert "The fault is ours" in text_of(response)
    assert f'<a href="{DESK}/">' in response.text


def test_a_body_too_large_for_the_desk_is_answered_in_its_look(client, people, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    client.force_login(people[Role.REPORTER])
    response = client.post(f"{DESK}/stories/new/", {"headline": "x" * 200})
    assert response.status_code == 400
    assert "It was malformed or too large." in text_of(response)
    assert "desk/desk.css" in response.text


def test_readers_are_answered_in_the_paper_s_frame(client, db):
    response = client.get("/en/nothing/")
    assert response.status_code == 404
    assert "reading/reading.css" in response.text
