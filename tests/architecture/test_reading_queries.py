"""The public pages ask the reading side alone: a database role that may read those tables and nothing else
could serve them."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.states import State, Verb
from editions.publishing import publish_edition
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house

READING_TABLES = re.compile(r"(articles_(published|withdrawn|former|moved|publicframe)|editions_published)\w*")
TABLE = re.compile(r'(?:FROM|JOIN)\s+"?(\w+)"?')


@pytest.fixture
def addresses(people):
    photo = house.make_photo(people[Role.REPORTER])
    author = house.contributor_for(people[Role.REPORTER])
    story = house.story_in(
        State.SIGNED_OFF,
        people,
        pictures=[house.editing.Picture(photo.pk)],
        bylines=[house.editing.Credit(author.pk, "reporter")],
    )
    gone = house.story_in(State.PUBLISHED, people)
    house.act(gone, Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实")
    edition = house.open_edition(people, pages=1)
    house.place(edition, 1, story, people)
    publish_edition(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])
    return {
        reverse("reading:home"): 200,
        reverse("reading:subscribe"): 200,
        reverse("reading:edition", args=["2024-03-07"]): 200,
        reverse("reading:page", args=["2024-03-07", 1]): 200,
        reverse("reading:story", args=[story.pk]): 200,
        reverse("reading:story", args=[gone.pk]): 410,
        reverse("reading:section", args=["city"]): 200,
        reverse("reading:author", args=[author.slug]): 200,
        reverse("reading:archive"): 200,
        reverse("reading:archive_month", args=[2024, 3]): 200,
        reverse("reading:search") + "?q=夜&by=x&since=2024-01-01": 200,
        reverse("reading:search") + "?q=火星木星&section=city": 200,
        reverse("reading:suggestions") + "?q=夜": 200,
        "/stories/999999/": 404,
        "/sections/nothing/": 404,
        **{f"/feeds/{name}.atom": 200 for name in ("all", "sections/city", f"authors/{author.slug}", "pages/1")},
        "/feeds/editions/2024-03-07.json": 200,
        "/sitemap.xml": 200,
        "/sitemaps/site.xml": 200,
        "/sitemaps/editions-2024.xml": 200,
        f"/cards/{story.pk}.png": 200,
        f"/cards/{gone.pk}.png": 410,
        f"/api/v1/stories/?section=city&edition=2024-03-07&page=1&author={author.slug}": 200,
        "/api/v1/stories/?author=nobody&tag=x": 400,
        "/paper/": 302,
        "/archive/2024/": 302,
        f"/api/v1/stories/{story.pk}/": 200,
        f"/api/v1/stories/{gone.pk}/": 410,
        "/api/v1/editions/2024-03-07/": 200,
        **{f"/api/v1/{name}/": 200 for name in ("editions", "sections", "authors", "tags", "withdrawals")},
        "/paper/2024-03-07.epub": 200,
        f"/oembed/?url=http://testserver/stories/{story.pk}/": 200,
    }


def test_public_pages_read_the_reading_side_alone(addresses, client):
    for address, status in addresses.items():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == status, address
        tables = {table for query in queries for table in TABLE.findall(query["sql"])}
        assert tables, address
        assert {table for table in tables if not READING_TABLES.fullmatch(table)} == set(), address
