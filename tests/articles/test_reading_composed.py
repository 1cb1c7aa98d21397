"""A query that is composed once gives what the queryset gives, whatever number it is asked with."""

from __future__ import annotations

import django
import pytest
from django.db import connection
from django.db.models import Value
from django.test.utils import CaptureQueriesContext

from articles.models.published import PublishedArticle
from articles.public.composed import WRITTEN_FOR, Composed
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


def test_it_was_written_for_this_django():
    assert django.VERSION[:2] == WRITTEN_FOR, (
        "read what articles.public.composed uses of Django, then raise WRITTEN_FOR"
    )


@pytest.mark.parametrize("number", [0, -1, 10**12, 10**30, -(10**30)])
def test_a_number_that_no_row_has_finds_nothing(sections, number):
    assert Composed(of_section)(number) == []
