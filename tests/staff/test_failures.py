"""What somebody reads whose request is refused before any view is asked."""

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
    assert f'<a href="http://testserver{edit}">' in text_of(response)


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
