"""Two who write the reading side at once. What stories share (an author, a tag) is there for whoever is left, neither
waits for the other in a circle, and the search index says what is.
"""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, transaction

from articles import editing
from articles.generations import follow_contributor
from articles.models import Article, Contributor, PublicFrame, PublishedArticle, PublishedAuthor, PublishedTag
from articles.publishing import act_on_story
from articles.states import State, Verb
from editions.publishing import publish_edition
from editions.reading.printed import page_tokens
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.concurrency.racing import race_from, refusals

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

FINAL = Role.EDITOR_IN_CHIEF
# Where a publication has written under whom a story stands, and where a transaction comes to its end.
GATHERED = "articles.publishing._write_photos"
LAST = "articles.publishing.begin_generation"


@pytest.fixture
def reporter(people) -> Contributor:
    return house.contributor_for(people[Role.REPORTER])


@pytest.fixture
def unlocked(monkeypatch):
    monkeypatch.setattr(PublicFrame, "lock", lambda: None)


def story(people, state: State, reporter: Contributor, keywords: str = "夜市") -> Article:
    byline = [editing.Credit(reporter.pk, "reporter")]
    return house.story_in(state, people, keywords=keywords, bylines=byline)


def says(verb: Verb, about: Article, people) -> Callable[[], Article]:
    seen = about.seen
    return lambda: act_on_story(about.pk, verb, seen=seen, acting_user=people[FINAL], reason="失实")


def one_comes_and_one_goes(people, reporter) -> tuple[Callable[[], Article], Callable[[], Article]]:
    """A publication and a withdrawal of stories that have author and tag in common and no other story has."""
    goes, comes = story(people, State.PUBLISHED, reporter), story(people, State.SIGNED_OFF, reporter)
    return says(Verb.PUBLISH, comes, people), says(Verb.WITHDRAW, goes, people)


def links() -> tuple[int, int]:
    """How many stories stand under the author and under the tag."""
    return PublishedAuthor.objects.get().bylines.count(), PublishedTag.objects.get().taggings.count()


def test_withdrawn_while_another_comes_what_they_share_stays(people, reporter, monkeypatch):
    publish, withdraw = one_comes_and_one_goes(people, reporter)
    assert refusals(race_from(monkeypatch, GATHERED, publish, withdraw)) == []
    assert links() == (1, 1)


def test_published_while_another_goes_what_they_share_is_there(people, reporter, monkeypatch):
    publish, withdraw = one_comes_and_one_goes(people, reporter)
    assert refusals(race_from(monkeypatch, LAST, withdraw, publish)) == []
    assert links() == (1, 1)


@pytest.mark.usefixtures("unlocked")
def test_without_the_lock_one_takes_away_what_the_other_names(people, reporter, monkeypatch):
    publish, withdraw = one_comes_and_one_goes(people, reporter)
    assert refusals(race_from(monkeypatch, GATHERED, publish, withdraw)) == [IntegrityError]


def an_edition_and_a_story(people, reporter) -> tuple[Callable, Callable]:
    """An edition whose stories bring new tags in one order, and a story that brings them in the other."""
    # Section and author are there already, or they would wait for each other there.
    story(people, State.PUBLISHED, reporter, keywords="")
    edition = house.open_edition(people, pages=2)
    for order, keyword in ((1, "乙"), (2, "甲")):
        house.place(edition, order, story(people, State.SIGNED_OFF, reporter, keyword), people)
    alone = story(people, State.SIGNED_OFF, reporter, "甲 乙")
    return lambda: publish_edition(edition.pk, acting_user=people[FINAL]), says(Verb.PUBLISH, alone, people)


def test_an_edition_and_a_story_with_the_same_new_tags_do_not_wait_in_a_circle(people, reporter, monkeypatch):
    assert refusals(race_from(monkeypatch, GATHERED, *an_edition_and_a_story(people, reporter))) == []
    assert {tag.name: tag.taggings.count() for tag in PublishedTag.objects.all()} == {"甲": 2, "乙": 2}


@pytest.mark.usefixtures("unlocked")
def test_without_the_lock_they_do(people, reporter, monkeypatch):
    results = race_from(monkeypatch, GATHERED, *an_edition_and_a_story(people, reporter))
    assert refusals(results) == [OperationalError]


def test_an_author_who_is_renamed_while_their_last_story_goes(people, reporter, monkeypatch):
    withdraw = says(Verb.WITHDRAW, story(people, State.PUBLISHED, reporter), people)

    def rename():
        with transaction.atomic():
            reporter.name = "换了名字"
            follow_contributor(reporter, reporter.slug)

    at = "articles.generations.begin_generation"
    assert refusals(race_from(monkeypatch, at, rename, withdraw)) == []
    assert not PublishedAuthor.objects.exists()


# -- the search index written anew


@pytest.mark.parametrize("place", ["editions.publishing.begin_generation", "articles.search.index.write_batch"])
def test_the_index_written_anew_while_an_edition_is_published_knows_its_pages(people, reporter, monkeypatch, place):
    printed = story(people, State.PUBLISHED, reporter)
    edition = house.open_edition(people, pages=1)
    house.place(edition, 1, printed, people)

    def publish():
        publish_edition(edition.pk, acting_user=people[FINAL])

    def rebuild():
        call_command("rebuild_search", "--all", stdout=io.StringIO())

    first, second = (publish, rebuild) if place.startswith("editions") else (rebuild, publish)
    assert refusals(race_from(monkeypatch, place, first, second)) == []
    article = PublishedArticle.objects.get()
    assert article.search.printed == sorted(page_tokens([article.pk])[article.pk]) != []
