"""Addresses that something had before go on leading there: changed in the admin, asked for over HTTP."""

from __future__ import annotations

from html import unescape

import pytest

from articles import contributors, editing
from articles.models import Contributor, FormerAddress, PublishedArticle, PublishedAuthor, PublishedSection, Section
from articles.states import State, Verb
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import signed_in

TAKEN = "Another one had this address before"


@pytest.fixture
def office(people):
    return signed_in(people[Role.ADMINISTRATOR])


def move_section(office, slug: str, to: str):
    section = Section.objects.get(slug=slug)
    values = {name: getattr(section, name) for name in ("name", "name_en", "order")}
    address = f"/en/admin/articles/section/{section.pk}/change/"
    return office.post(address, values | {"title": section.title_id, "slug": to})


def move_author(office, slug: str, to: str):
    writer = Contributor.objects.get(slug=slug)
    form = {"name": writer.name, "slug": to, "bio": "", "user": writer.user_id or ""}
    return office.post(f"/en/admin/articles/contributor/{writer.pk}/change/", form)


def story_by(people, slug: str = "zhang-san", **fields):
    writer, _made = Contributor.objects.get_or_create(slug=slug, defaults={"name": "张三"})
    return house.story_in(State.PUBLISHED, people, bylines=[editing.Credit(writer.pk, "reporter")], **fields)


def leads(client, address: str) -> tuple[int, str]:
    response = client.get(address)
    return response.status_code, response.headers.get("Location", "")


def test_every_address_that_a_section_had_leads_to_its_present_one(people, office, client):
    story = house.story_in(State.PUBLISHED, people)
    for before, after in (("city", "town"), ("town", "urban")):
        assert move_section(office, before, after).status_code == 302
    for old in ("city", "town"):
        assert leads(client, f"/sections/{old}/") == (301, "/sections/urban/")
        assert leads(client, f"/en/sections/{old}/") == (301, "/en/sections/urban/")
        assert leads(client, f"/zh-hant/sections/{old}/?before=1") == (301, "/zh-hant/sections/urban/?before=1")
        for form in ("rss", "atom", "json"):
            assert leads(client, f"/feeds/sections/{old}.{form}") == (301, f"/feeds/sections/urban.{form}")
    assert f"/stories/{story.pk}/" in client.get("/sections/urban/").text
    assert f"/stories/{story.pk}/" in client.get("/search/?section=urban&q=夜市").text
    assert "/sections/city/" not in client.get(f"/stories/{story.pk}/").text


def test_back_at_its_first_address_a_section_answers_there_and_the_second_leads_back(people, office, client):
    house.story_in(State.PUBLISHED, people)
    for before, after in (("city", "town"), ("town", "city")):
        assert move_section(office, before, after).status_code == 302
    assert leads(client, "/sections/city/") == (200, "")
    assert leads(client, "/sections/town/") == (301, "/sections/city/")


def test_an_authors_address_leads_on_and_their_bylines_lead_to_the_present_one(people, office, client):
    story = story_by(people)
    assert move_author(office, "zhang-san", "zhang-san-1").status_code == 302
    assert leads(client, "/authors/zhang-san/") == (301, "/authors/zhang-san-1/")
    assert leads(client, "/feeds/authors/zhang-san.rss") == (301, "/feeds/authors/zhang-san-1.rss")
    assert 'href="/authors/zhang-san-1/"' in client.get(f"/stories/{story.pk}/").text
    assert f"/stories/{story.pk}/" in client.get("/search/?author=zhang-san-1&q=夜市").text
    [person] = PublishedArticle.objects.get().byline
    assert (person["name"], person["slug"]) == ("张三", "zhang-san-1")


def test_while_nothing_of_an_author_is_public_their_addresses_say_so_and_stay_theirs(people, office, client):
    story = story_by(people)
    house.act(story, Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实")
    assert not PublishedAuthor.objects.exists()
    assert leads(client, "/authors/zhang-san/") == (410, "")
    assert leads(client, "/feeds/authors/zhang-san.rss") == (404, "")
    assert move_author(office, "zhang-san", "san").status_code == 302
    assert leads(client, "/authors/zhang-san/") == (410, "")
    assert leads(client, "/authors/san/") == (404, "")
    story_by(people, "san")
    assert leads(client, "/authors/zhang-san/") == (301, "/authors/san/")


def test_a_new_one_does_not_take_the_address_that_another_had(people, office, client):
    house.story_in(State.PUBLISHED, people)
    story_by(people)
    move_section(office, "city", "town")
    move_author(office, "zhang-san", "san")
    form = {
        "title": Section.objects.first().title_id,
        "slug": "city",
        "name": "又一个",
        "name_en": "Another",
        "order": "3",
    }
    refused = office.post("/en/admin/articles/section/add/", form)
    assert TAKEN in unescape(refused.text)
    assert "又一个" in refused.text
    assert TAKEN in unescape(move_section(office, "sports", "city").text)
    person = {"name": "张珊", "slug": "zhang-san", "bio": "", "user": ""}
    assert TAKEN in unescape(office.post("/en/admin/articles/contributor/add/", person).text)
    assert contributors.add_contributor("张三峰", acting_user=people[Role.REPORTER]).slug == "zhang-san-feng"
    assert contributors.add_contributor("张山", acting_user=people[Role.REPORTER]).slug == "zhang-shan"
    assert contributors.add_contributor("张叁", acting_user=people[Role.REPORTER]).slug == "zhang-san-2"
    assert leads(client, "/sections/city/") == (301, "/sections/town/")


def test_an_address_that_readers_never_knew_is_changed_and_forgotten(people, office, client):
    assert move_section(office, "sports", "games").status_code == 302
    assert not FormerAddress.objects.exists()
    assert not PublishedSection.objects.exists()
    assert leads(client, "/sections/sports/") == (404, "")


def test_only_reading_is_led_on(people, office, client):
    house.story_in(State.PUBLISHED, people)
    move_section(office, "city", "town")
    assert client.head("/sections/city/").status_code == 301
    assert client.post("/sections/city/").status_code == 405
    assert client.get("/sections/city/")["Cache-Control"].startswith("public, max-age=0")


def test_what_is_asked_of_a_section_or_an_author_by_a_former_address_is_found(people, office, client):
    story = story_by(people)
    move_section(office, "city", "town")
    move_author(office, "zhang-san", "san")
    for narrowing in ("section=city", "author=zhang-san"):
        found = client.get(f"/search/?q=夜市&{narrowing}")
        assert f"/stories/{story.pk}/" in found.text, narrowing
        assert f"/stories/{story.pk}/" in client.get(f"/feeds/search.json?q=夜市&{narrowing}").text, narrowing
        for address in (f"/api/v1/stories/?{narrowing}", f"/api/v1/search/?q=夜市&{narrowing}"):
            [item] = client.get(address).json()["items"]
            assert item["altids"] == [{"role": "number", "value": str(story.pk)}], address
    # The form and the ways on from there name the present one.
    assert '<option value="town" selected>' in client.get("/search/?q=夜市&section=city").text


def test_what_never_was_an_address_of_a_section_is_still_refused(people, office, client):
    house.story_in(State.PUBLISHED, people)
    move_section(office, "city", "town")
    for slug in ("country", "%00"):
        assert client.get(f"/search/?q=夜市&section={slug}").status_code == 400
        assert client.get(f"/api/v1/stories/?section={slug}").status_code == 400
