"""Two administrators who give one thing another address at once: every address that readers knew leads to the last."""

from __future__ import annotations

import pytest

from articles import editing
from articles.models import Contributor, PublishedAuthor, PublishedSection, Section
from articles.states import State
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import signed_in
from tests.concurrency.racing import race_from, take_the_locks_out

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def published(people):
    writer = Contributor.objects.create(name="张三", slug="zhang-san")
    return house.story_in(State.PUBLISHED, people, bylines=[editing.Credit(writer.pk, "reporter")])


@pytest.fixture
def move_section(people):
    section = Section.objects.get(slug="city")
    fields = {"title": section.title_id, "name": section.name, "name_en": section.name_en, "order": section.order}
    return mover(people, f"/en/admin/articles/section/{section.pk}/change/", fields)


@pytest.fixture
def move_author(people, published):
    writer = Contributor.objects.get(slug="zhang-san")
    return mover(
        people, f"/en/admin/articles/contributor/{writer.pk}/change/", {"name": writer.name, "bio": "", "user": ""}
    )


def mover(people, form: str, fields: dict):
    """Sends the form with another address, as an administrator who has signed in before."""

    def move(slug: str):
        client = signed_in(people[Role.ADMINISTRATOR])
        return lambda: client.post(form, fields | {"slug": slug}).status_code

    return move


def leads(client, address: str) -> str:
    response = client.get(address)
    return response.headers["Location"] if response.status_code == 301 else str(response.status_code)


def test_a_section_that_two_rename_at_once_is_found_by_every_address(client, published, move_section, monkeypatch):
    moves = move_section("town"), move_section("urban")
    assert race_from(monkeypatch, "articles.admin.settings.follow_section", *moves) == [302, 302]
    [section] = PublishedSection.objects.all()
    assert section.slug == Section.objects.get(pk=published.section_id).slug == "urban"
    assert {leads(client, f"/sections/{slug}/") for slug in ("city", "town")} == {"/sections/urban/"}


def test_an_author_too(client, published, move_author, monkeypatch):
    moves = move_author("san"), move_author("zhang-san-1")
    assert race_from(monkeypatch, "articles.admin.settings.follow_contributor", *moves) == [302, 302]
    assert PublishedAuthor.objects.get().slug == Contributor.objects.get(name="张三").slug == "zhang-san-1"
    assert {leads(client, f"/authors/{slug}/") for slug in ("zhang-san", "san")} == {"/authors/zhang-san-1/"}


def test_without_the_lock_readers_go_on_with_the_first_one_s(published, move_section, monkeypatch):
    moves = move_section("town"), move_section("urban")
    take_the_locks_out(monkeypatch)
    race_from(monkeypatch, "articles.admin.settings.follow_section", *moves)
    assert Section.objects.get(pk=published.section_id).slug == "urban"
    assert PublishedSection.objects.get().slug == "town"
