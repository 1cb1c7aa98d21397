"""Signing in and out, changing the password, and the throttle, over HTTP."""

import pytest
from django.core.cache import cache
from django.test import Client

from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import signed_in, text_of

LOGIN = "/en/accounts/login/"


@pytest.fixture(autouse=True)
def _no_attempts_yet():
    cache.clear()
    yield
    cache.clear()


def sign_in(client, password=house.PASSWORD, username="reporter", **more):
    return client.post(LOGIN, {"login": username, "password": password, **more})


def test_signing_in_leads_to_the_desk_or_to_where_one_wanted_to_go(people):
    assert sign_in(Client())["Location"] == "/en/desk/"
    client = Client()
    assert 'name="next" value="/en/desk/photos/"' in text_of(client.get(f"{LOGIN}?next=/en/desk/photos/"))
    assert sign_in(client, next="/en/desk/photos/")["Location"] == "/en/desk/photos/"
    assert client.get("/en/desk/photos/").status_code == 200
    assert sign_in(Client(), next="https://evil.example/")["Location"] == "/en/desk/"


def test_the_page_speaks_both_languages_and_looks_like_the_house(people):
    assert "Sign in" in text_of(Client().get(LOGIN))
    chinese = text_of(Client().get("/accounts/login/"))
    assert '<html lang="zh-hans">' in chinese
    assert "desk/desk.css" in chinese


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(people):
    wrong, unknown = sign_in(Client(), "no"), sign_in(Client(), username="nobody")
    sentence = "The username and/or password you specified are not correct."
    assert sentence in text_of(wrong)
    assert sentence in text_of(unknown)


def test_the_sixth_failure_is_refused_even_with_the_right_password(people):
    client = Client()
    for _ in range(5):
        assert "not correct" in text_of(sign_in(client, "wrong"))
    refused = sign_in(client)
    assert "Too many failed login attempts. Try again later." in text_of(refused)
    assert client.get("/en/desk/").status_code == 302
    # Another person at the same machine is not shut out.
    assert sign_in(Client(), username="photographer")["Location"] == "/en/desk/"


def test_too_many_requests_from_one_address_get_a_page_that_says_so(people):
    client = Client()
    answers = [sign_in(client, "wrong", username=f"name-{n}") for n in range(31)]
    assert answers[-2].status_code == 200
    assert answers[-1].status_code == 429
    assert "Too many attempts" in text_of(answers[-1])
    assert "desk/desk.css" in text_of(answers[-1])


@pytest.mark.parametrize(("proxies", "status"), [(1, 200), (0, 429)])
def test_behind_a_trusted_proxy_attempts_count_by_the_visitors_address(people, settings, proxies, status):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    client = Client()
    for number in range(31):
        client.defaults["HTTP_X_FORWARDED_FOR"] = f"203.0.113.{number}"
        answer = sign_in(client, "wrong", username=f"name-{number}")
    assert answer.status_code == status


def test_somebody_who_left_cannot_sign_in(people):
    people[Role.REPORTER].is_active = False
    people[Role.REPORTER].save()
    client = Client()
    response = sign_in(client)
    assert client.get("/en/desk/").status_code == 302
    assert response.status_code == 302
    assert "This account is closed" in text_of(client.get(response["Location"]))


def test_signing_out_takes_a_button_and_is_confirmed(people):
    client = signed_in(people[Role.REPORTER])
    assert "Do you want to sign out?" in text_of(client.get("/en/accounts/logout/"))
    assert client.get("/en/desk/").status_code == 200
    response = client.post("/en/accounts/logout/", {"next": LOGIN}, follow=True)
    assert "You have signed out." in text_of(response)
    assert client.get("/en/desk/").status_code == 302


def test_the_password_is_changed_with_the_old_one_and_only_to_a_good_one(people):
    client = signed_in(people[Role.REPORTER])
    address = "/en/accounts/password/change/"

    def change(old, new):
        return text_of(client.post(address, {"oldpassword": old, "password1": new, "password2": new}, follow=True))

    assert "Please type your current password." in change("wrong", "a new long passphrase")
    assert "too common" in change(house.PASSWORD, "password")
    assert house.person("reporter").check_password(house.PASSWORD)
    assert "Password successfully changed." in change(house.PASSWORD, "a new long passphrase")
    assert house.person("reporter").check_password("a new long passphrase")
    assert client.get("/en/desk/").status_code == 200


@pytest.mark.parametrize("path", ["signup/", "email/", "password/reset/", "password/set/", "confirm-email/", ""])
def test_nobody_signs_up_or_resets_by_mail(people, path):
    assert Client().get(f"/en/accounts/{path}").status_code == 404


def test_the_admin_has_no_sign_in_of_its_own(people):
    response = Client().get("/en/admin/login/?next=/en/admin/")
    assert response.status_code == 302
    assert response["Location"].startswith(LOGIN)


def test_nobody_changes_a_password_signed_out(people):
    response = Client().get("/en/accounts/password/change/")
    assert response["Location"].startswith(LOGIN)
