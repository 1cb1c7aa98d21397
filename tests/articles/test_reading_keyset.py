"""Keyset pages: every row once, in order, forwards and back, however deep."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import keyset
from articles.models.published import PublishedArticle
from tests import reading_rows

ONE_MOMENT = datetime.timedelta(0)


def walk(rows, size, start, step):
    """The numbers page by page, from the page that `start` asks for, along `step` to the end."""
    page, pages = keyset.page_of(rows, start, size), []
    pages.append([row.number for row in page.rows])
    while (cursor := getattr(page, step)) is not None:
        page = keyset.page_of(rows, {"before" if step == "older" else "after": str(cursor)}, size)
        pages.append([row.number for row in page.rows])
    return page, pages


@pytest.mark.parametrize("every", [datetime.timedelta(minutes=1), ONE_MOMENT], ids=["one by one", "one moment"])
def test_older_pages_hold_every_story_once_newest_first(db, every):
    made = reading_rows.make_articles(11, every=every)
    _last, pages = walk(PublishedArticle.objects.all(), 4, {}, "older")
    assert pages == [[row.number for row in made[start : start + 4]] for start in (0, 4, 8)]


@pytest.mark.parametrize("every", [datetime.timedelta(minutes=1), ONE_MOMENT], ids=["one by one", "one moment"])
def test_newer_pages_lead_back_to_the_newest(db, every):
    made = reading_rows.make_articles(12, every=every)
    last, _pages = walk(PublishedArticle.objects.all(), 4, {}, "older")
    _first, pages = walk(PublishedArticle.objects.all(), 4, {"after": str(last.newer)}, "newer")
    assert pages == [[row.number for row in made[start : start + 4]] for start in (4, 0)]


def test_a_list_that_ends_with_a_full_page_has_no_older_page(db):
    reading_rows.make_articles(4)
    page = keyset.page_of(PublishedArticle.objects.all(), {}, 4)
    assert (page.older, page.newer, page.is_first) == (None, None, True)


def test_a_story_published_meanwhile_moves_no_other_to_another_page(db):
    made = reading_rows.make_articles(8)
    first = keyset.page_of(PublishedArticle.objects.all(), {}, 4)
    reading_rows.make_articles(3, newest=reading_rows.NOON + datetime.timedelta(hours=1))
    second = keyset.page_of(PublishedArticle.objects.all(), {"before": str(first.older)}, 4)
    assert [row.number for row in second.rows] == [row.number for row in made[4:]]


def test_a_cursor_keeps_the_microsecond():
    cursor = keyset.Cursor(datetime.datetime(2024, 3, 7, 4, 5, 6, 789012, tzinfo=datetime.UTC), 42)
    assert keyset.parse(str(cursor)) == cursor


@pytest.mark.parametrize("text", ["", "x", "1-", "-1", "1-2-3", "1.5-2", "٣-٤", "9" * 18 + "-1", "1-" + "9" * 19])
def test_a_broken_cursor_is_refused(text):
    with pytest.raises(keyset.BrokenCursor):
        keyset.parse(text)


def plan_of(client, address: str, table: str) -> str:
    """What the database does for the query of `address` that lists `table`."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    [listing] = [q["sql"] for q in queries if f'FROM "{table}"' in q["sql"] and "LIMIT 31" in q["sql"]]
    explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {listing}".replace("%", "%%"), ())
        return "\n".join(str(row) for row in cursor.fetchall())


@pytest.fixture
def archive(db):
    """3,000 stories in three sections, by one author in three."""
    sections = [reading_rows.make_section(slug, slug, slug) for slug in ("city", "sports", "arts")]
    for section in sections:
        author = reading_rows.make_author(f"of-{section.slug}")
        reading_rows.make_articles(1000, section=section, author=author)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


DEEP = keyset.Cursor(reading_rows.NOON - datetime.timedelta(minutes=900), 10**9)


@pytest.mark.parametrize("direction", ["before", "after"])
@pytest.mark.parametrize(
    ("address", "table", "index"),
    [
        ("/sections/sports/", "articles_publishedarticle", "published_by_section"),
        ("/authors/of-sports/", "articles_publishedbyline", "published_by_author"),
    ],
)
def test_a_deep_page_starts_from_the_index_and_sorts_nothing(client, archive, address, table, index, direction):
    plan = plan_of(client, f"{address}?{direction}={DEEP}", table)
    assert index in plan
    assert re.search(r"published_at[<>]\?|Index Cond: .*published_at [<>]= ", plan), plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize(
    ("asked", "index"),
    [("author=of-sports", "published_by_author"), ("kind=news", "published_by_genre")],
)
def test_a_list_for_programs_starts_from_the_index_of_what_it_is_narrowed_to(client, archive, asked, index):
    plan = plan_of(client, f"/api/v1/stories/?{asked}&cursor={DEEP}", "articles_publishedarticle")
    assert index in plan, plan
    assert re.search(r"published_at<\?|Index Cond: .*published_at <= ", plan), plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan
