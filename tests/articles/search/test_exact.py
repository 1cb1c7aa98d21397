"""What is found is exactly what a plain substring search finds, whatever was written and asked."""

from __future__ import annotations

import datetime
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import PublishedArticle, PublishedSearch
from articles.search import finding
from articles.search.asking import Order, Query, terms_of
from articles.search.finding import found
from articles.search.folding import fold
from articles.search.index import write
from tests import reading_rows

# Few characters, so that they meet: Chinese in both scripts, Latin, digits, marks, full width, marks of SQL and of
# both query languages, a character beyond the basic plane, a composed one.
ALPHABET = "夜市夜市開开发發里裏的一ＡaBb12３ 。，：“'\"\\%_&|!*()-^~:\u00e9e\u0301𠮷\u3000\n"
TEXTS = st.text(alphabet=ALPHABET, max_size=30) | st.text(alphabet="夜市开。", max_size=30)


def publish(texts: list[str]) -> None:
    rows = reading_rows.make_articles(len(texts))
    for row, text in zip(rows, texts, strict=True):
        row.headline, row.body = text[:3], f"<p>{reading_rows.escaped(text)}</p>"
        row.save()
    write(rows)


def by_substring(passage: str) -> set[int]:
    """The numbers of the stories in which the passage stands, read without any index."""
    wanted = fold(passage).strip()
    return {row.number for row in PublishedSearch.objects.all() if wanted in row.plain}


def numbers(query: Query) -> set[int]:
    return {candidate.number for candidate in found(query).everything}


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=1, max_size=6), asked=st.lists(TEXTS, min_size=1, max_size=4))
def test_a_passage_finds_what_a_plain_search_finds(texts, asked):
    PublishedArticle.objects.all().delete()
    publish(texts)
    passages = [*asked, *(text[place : place + 3] for text in texts for place in range(0, len(text), 5))]
    for passage in passages:
        terms = terms_of(f"「{passage.replace('」', '')}」")
        if terms:
            assert numbers(Query(terms)) == by_substring(passage), passage


@pytest.mark.django_db
@pytest.mark.parametrize("length", [1, 2, 3, 4])
def test_random_passages_of_a_made_up_archive(length):
    chance = random.Random(length)
    pool = [chr(code) for code in range(0x4E00, 0x4E00 + 60)]
    texts = ["".join(chance.choices(pool, k=80)) + f"{chance.randrange(2000)}年Abc" for _ in range(120)]
    publish(texts)
    for _ in range(60):
        text = chance.choice(texts)
        start = chance.randrange(len(text) - length)
        passage = text[start : start + length]
        if not passage.isascii():
            assert numbers(Query(terms_of(passage))) == by_substring(passage), passage


@pytest.mark.django_db
@pytest.mark.parametrize("said", ["夜", "夜市", "夜市开", "夜市 开张"])
def test_of_too_many_the_newest_are_found_however_thinly_they_lie(said, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 12)
    monkeypatch.setattr(finding, "MOST_SHOWN", 6)
    chance, texts = random.Random(said), ["夜市开张", "别的夜市开张", "别的事"]
    rows = reading_rows.make_articles(90, every=datetime.timedelta(days=25))
    for row in rows:
        row.headline, row.body = "".join(chance.choices(texts, [1, 3, 3])), f"<p>{chance.choice(texts)}</p>"
        row.save()
    write(rows)
    terms = terms_of(said)

    def newest(field: str) -> list[int]:
        has = [row for row in PublishedSearch.objects.all() if all(term.text in getattr(row, field) for term in terms)]
        assert len(has) > finding.MOST
        return [row.number for row in sorted(has, key=lambda row: (row.published_at, row.number))[:-7:-1]]

    found_newest = found(Query(terms, order=Order.NEWEST))
    assert found_newest.is_capped
    assert [one.number for one in found_newest.everything] == newest("plain")
    assert numbers(Query(terms)) == {*newest("plain"), *newest("headline")}


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps long texts apart by itself")
@pytest.mark.parametrize("in_headline", [False, True])
def test_no_text_is_read_to_find_it(in_headline):
    publish(["夜市开张，地铁通车"] * 3)
    with CaptureQueriesContext(connection) as queries:
        found(Query(terms_of("夜市开 地铁"), in_headline=in_headline, since=reading_rows.NOON.date()))
    asked = [query["sql"] for query in queries if "MATCH" in query["sql"]]
    with connection.cursor() as cursor:
        for sql in asked:
            plan = cursor.execute("EXPLAIN QUERY PLAN " + sql.replace("%", "%%")).fetchall()
            steps = [step for *_place, step in plan if " s " in step]
            assert steps, sql
            assert all("COVERING INDEX articles_publishedsearch_narrow" in step for step in steps), steps
    assert asked


@pytest.mark.django_db
def test_every_word_must_stand_there_and_each_anywhere():
    publish(["夜市开张，地铁通车", "夜市开张", "地铁通车"])
    assert len(numbers(Query(terms_of("地铁 夜市")))) == 1
    assert len(numbers(Query(terms_of("夜市")))) == 2


@pytest.mark.django_db
def test_the_pairs_of_a_passage_without_the_passage_are_not_enough():
    publish(["夜市。市开", "市开夜市", "今夜市开"])
    assert len(numbers(Query(terms_of("夜市开")))) == 1


@pytest.mark.django_db
def test_words_that_touch_in_one_paragraph_and_the_next_are_no_passage():
    [row] = reading_rows.make_articles(1, body="<p>昨夜</p><p>市民</p>")
    write([row])
    assert numbers(Query(terms_of("夜市"))) == set()
    assert numbers(Query(terms_of("昨夜"))) == {row.number}
