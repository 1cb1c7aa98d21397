"""The index says what readers see, at every moment and nothing else."""

from __future__ import annotations

import importlib

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.generations import follow_contributor, follow_section
from articles.models import PublishedArticle, PublishedAuthor, PublishedSearch, PublishedSection
from articles.search import index, tokens
from articles.search.asking import PrintedOn, Query, terms_of
from articles.search.finding import found
from articles.search.words import searched
from articles.states import State, Verb
from editions.publishing import publish_edition
from editions.reading.printed import page_tokens
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import reading_rows


def numbers(said: str = "", **asked) -> list[int]:
    return sorted(hit.article.number for hit in found(Query(terms_of(said), **asked)).hits)


def index_is_what_is_published() -> None:
    """Row by row, and in SQLite's own table no token of anything else."""
    rows = PublishedSearch.objects.in_bulk()
    articles = PublishedArticle.objects.in_bulk()
    assert set(rows) == set(articles)
    pages = page_tokens(articles)
    for pk, article in articles.items():
        assert sorted(rows[pk].printed) == sorted(set(pages[pk]))
        authors = list(article.author_links.order_by("pk").values_list("author_id", flat=True))
        made = searched(article, authors, article.photos.all(), pages[pk])
        assert made == tuple(getattr(rows[pk], name) for name in made._fields)
    if connection.vendor == "sqlite":
        # An index with nothing in it but these rows is the one that was made from them anew.
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE VIRTUAL TABLE temp.tokens_there USING fts5vocab(main, articles_publishedsearch_fts, row)"
            )
            cursor.execute("SELECT term, doc FROM temp.tokens_there")
            there = dict(cursor.fetchall())
            cursor.execute("DROP TABLE temp.tokens_there")
        own = [tokens.of_text(row.plain) | set(row.extra.split(tokens.PARTED)) for row in rows.values()]
        assert sum(there.values()) == sum(map(len, own))


def test_published_corrected_withdrawn(people):
    story = house.story_in(State.PUBLISHED, people, headline="夜市开张", body="<p>摊主说香蕉好。</p>")
    other = house.story_in(State.PUBLISHED, people, headline="另一件事")
    index_is_what_is_published()
    assert numbers("香蕉") == [story.pk]

    story = house.act(story, Verb.CORRECT, people[Role.EDITOR_IN_CHIEF], "水果写错了")
    story = house.save(story, people[Role.EDITOR_IN_CHIEF], body="<p>摊主说苹果好。</p>")
    index_is_what_is_published()
    assert numbers("香蕉好") == [story.pk]
    assert numbers("苹果") == []
    story = house.act(story, Verb.SIGN, people[Role.EDITOR_IN_CHIEF])
    index_is_what_is_published()
    assert numbers("香蕉") == []
    assert numbers("苹果好") == [story.pk]

    house.act(story, Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实")
    index_is_what_is_published()
    assert numbers("苹果") == []
    assert numbers("另一") == [other.pk]


def test_a_renamed_section_and_author(people):
    author = house.contributor_for(people[Role.REPORTER])
    story = house.story_in(State.PUBLISHED, people, bylines=[house.editing.Credit(author.pk, "reporter")])
    before = author.name
    author.name = "改名后"
    author.save()
    follow_contributor(author, author.slug)
    section = house.section()
    section.name = "城事"
    section.save()
    follow_section(section, "city")
    index_is_what_is_published()
    assert PublishedAuthor.objects.get().name == "改名后"
    assert numbers(byline="改名") == numbers(byline=before) == numbers(author=author.slug) == [story.pk]
    assert numbers(section="city") == [story.pk]


def test_a_new_address_writes_no_row_of_the_index_and_costs_the_same_however_many_stories(people):
    author, section = house.contributor_for(people[Role.REPORTER]), house.section()
    house.story_in(State.PUBLISHED, people, bylines=[house.editing.Credit(author.pk, "reporter")])

    def statements_of_moving_to(slug: str) -> int:
        known_by = section.slug, author.slug
        section.slug = author.slug = slug
        section.save()
        author.save()
        with CaptureQueriesContext(connection) as queries:
            follow_section(section, known_by[0])
            follow_contributor(author, known_by[1])
        assert not [query["sql"] for query in queries if "publishedsearch" in query["sql"]]
        return len(queries)

    few = statements_of_moving_to("first")
    [byline] = PublishedArticle.objects.values_list("byline", flat=True)
    theirs = {"section": PublishedSection.objects.get(), "author": PublishedAuthor.objects.get(), "byline": byline}
    index.write(reading_rows.make_articles(9, **theirs))
    assert statements_of_moving_to("second") == few
    index_is_what_is_published()
    assert len(numbers(author="second")) == len(numbers(section="second")) == 10
    assert numbers(author="first") == numbers(section="first") == []
    assert {person["slug"] for story in PublishedArticle.objects.all() for person in story.byline} == {"second"}


def test_printed_on_a_page_of_a_day(people):
    story = house.story_in(State.SIGNED_OFF, people)
    edition = house.open_edition(people, pages=1)
    house.place(edition, 1, story, people)
    publish_edition(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])
    index_is_what_is_published()
    label = edition.pages.get().label
    assert numbers(printed_on=PrintedOn(edition.date, label)) == [story.pk]
    assert numbers(printed_on=PrintedOn(edition.date)) == [story.pk]
    assert numbers(printed_on=PrintedOn(edition.date, "99")) == []


def test_an_edition_is_written_once_with_its_pages_and_what_was_public_before(people):
    first, second = (house.story_in(State.SIGNED_OFF, people) for _ in range(2))
    public = house.story_in(State.PUBLISHED, people)
    edition = house.open_edition(people, pages=3)
    for page, story in enumerate((first, second, public), start=1):
        house.place(edition, page, story, people)
    with CaptureQueriesContext(connection) as queries:
        publish_edition(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])
    index_is_what_is_published()
    assert sum('INSERT INTO "articles_publishedsearch" ' in query["sql"] for query in queries) == 1


def test_what_failed_leaves_no_trace(people):
    story = house.story_in(State.SIGNED_OFF, people, headline="夜市开张")
    edition = house.open_edition(people, pages=2)
    house.place(edition, 1, story, people)
    with pytest.raises(Exception):  # noqa: B017
        publish_edition(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])
    assert PublishedSearch.objects.count() == 0


def test_rebuilding_writes_what_is_missing_and_goes_on_where_it_stopped(db, capsys, monkeypatch):
    monkeypatch.setattr("articles.search.index.BATCH", 2)
    reading_rows.make_articles(5, body="<p>夜市开张。</p>")
    call_command("rebuild_search")
    assert len(numbers("夜市")) == 5
    index_is_what_is_published()
    PublishedSearch.objects.filter(number__in=[2, 3]).update(form=0)
    capsys.readouterr()
    call_command("rebuild_search")
    assert "2 stories written" in capsys.readouterr().out
    call_command("rebuild_search", "--all")
    assert "5 stories written" in capsys.readouterr().out
    index_is_what_is_published()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's index lies over the rows themselves")
@pytest.mark.django_db(transaction=True)
def test_an_index_made_anew_by_an_update_is_the_one_that_the_door_writes():
    migration = importlib.import_module("articles.migrations.0040_where_pairs_stand")
    rows = reading_rows.make_articles(3, body="<p>夜市开张，at 5G &amp; more。</p><p>市开夜市</p>")
    index.write(rows)
    with connection.schema_editor() as editor:
        migration.take_away(apps, editor)
        migration.make(apps, editor)
        assert numbers("夜市开张") == []
        migration.fill(apps, editor)
    index_is_what_is_published()
    assert len(numbers("夜市开张")) == len(numbers("5G &")) == 3
    index.remove([rows[0].number])
    PublishedArticle.objects.filter(pk=rows[0].pk).delete()
    index_is_what_is_published()
    assert len(numbers("夜市开张")) == 2
