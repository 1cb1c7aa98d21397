"""A query that is composed once gives what the queryset gives, whatever number it is asked with."""

from __future__ import annotations

import django
import pytest
from django.db import connection
from django.db.models import Value
from django.test.utils import CaptureQueriesContext

from articles import keyset
from articles.models.published import PublishedArticle
from articles.public.composed import WRITTEN_FOR, Composed, ComposedList
from tests import reading_rows


def of_section(section_id: int):
    rows = PublishedArticle.objects.select_related("section").defer("body").annotate(seen=Value(7))
    return rows.filter(section_id=section_id, section__pk=section_id).order_by("number")


@pytest.fixture
def sections(db):
    sections = [reading_rows.make_section(slug) for slug in ("city", "sports")]
    for section in sections:
        reading_rows.make_articles(3, section=section)
    return sections


def test_the_rows_are_those_of_the_queryset_with_all_that_belongs_to_them(sections):
    composed = Composed(of_section)
    for section in (*sections, sections[0]):
        with CaptureQueriesContext(connection) as queries:
            found = composed(section.pk)
            facts = [(row.number, row.headline, row.published_at, row.section.slug, row.seen) for row in found]
        assert len(queries) == 1
        assert facts == [
            (row.number, row.headline, row.published_at, section.slug, 7) for row in of_section(section.pk)
        ]
        assert len(facts) == 3
        assert "body" in found[0].get_deferred_fields()


def test_a_row_is_what_the_queryset_makes_of_it(sections):
    picture = {"src": "/x.webp", "thumbnail": "/s.webp", "width": 3, "height": 2, "alt": "灯", "focus": None}
    PublishedArticle.objects.filter(section=sections[0]).update(picture=picture, keywords=["夜市"])
    composed = Composed(of_section)
    for section in sections:
        for row, wanted in zip(composed(section.pk), of_section(section.pk), strict=True):
            assert vars(row) | {"_state": None} == vars(wanted) | {"_state": None}
            assert (row._state.adding, row._state.db) == (wanted._state.adding, wanted._state.db)
            assert vars(row.section) | {"_state": None} == vars(wanted.section) | {"_state": None}
            assert row.body == "<p>正文。</p>"


def test_words_moments_and_lists_of_any_length_are_asked_as_numbers_are(sections):
    rows = PublishedArticle.objects.order_by("number")
    composed = Composed(
        lambda slug, since, numbers: rows.filter(section__slug=slug, published_at__gte=since, pk__in=numbers)
    )
    every = list(rows)
    since = sorted(row.published_at for row in every)[1]
    for asked in (every, every[:1], [], every[1:], every[:3]):
        keys = [row.pk for row in asked]
        wanted = [row for row in asked if row.section_id == sections[0].pk and row.published_at >= since]
        assert composed("city", since, keys) == wanted
    assert composed.first("nothing", since, [row.pk for row in every]) is None
    day = Composed(lambda day: rows.filter(published_at__date=day))
    assert day(since.date()) == list(rows.filter(published_at__date=since.date()))


def test_what_several_rows_refer_to_is_one_object(sections):
    found = Composed(lambda: PublishedArticle.objects.select_related("section"))()
    assert len({id(row.section) for row in found}) == len(sections)


def test_a_list_is_the_page_that_the_queryset_would_give(sections):
    listed = ComposedList(lambda section_id: PublishedArticle.objects.filter(section_id=section_id), 2)
    for section in sections:
        rows, page = PublishedArticle.objects.filter(section=section), listed({}, section.pk)
        assert page == keyset.page_of(rows, {}, 2)
        older = {"before": str(page.older)}
        assert listed(older, section.pk) == keyset.page_of(rows, older, 2)
        newer = {"after": str(listed(older, section.pk).newer)}
        assert listed(newer, section.pk) == keyset.page_of(rows, newer, 2)


def test_it_was_written_for_this_django():
    assert django.VERSION[:2] == WRITTEN_FOR, (
        "read what articles.public.composed uses of Django, then raise WRITTEN_FOR"
    )


@pytest.mark.parametrize("number", [0, -1, 10**12, 10**30, -(10**30)])
def test_a_number_that_no_row_has_finds_nothing(sections, number):
    assert Composed(of_section)(number) == []
