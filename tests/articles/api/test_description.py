"""The API as it describes itself: nothing that it does not do, and nothing that it does left out."""

from __future__ import annotations

import datetime
import json

import hypothesis
import jsonschema_rs
import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.urls import get_resolver
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from articles.models.article import BylineRole
from articles.models.published import PublishedArticle, WithdrawnArticle
from articles.models.published_collections import PublishedTag
from editions.api.resources import RESOURCES
from tests import reading_rows
from tests.origin import connection_left_open

DESCRIPTION = "/api/v1/openapi.json"


@pytest.fixture
def described(db, client) -> dict:
    return json.loads(client.get(DESCRIPTION).content)


@pytest.fixture
def archive(db):
    """A little of everything that can be told."""
    edition = reading_rows.make_edition(pages=2)
    reading_rows.make_edition(datetime.date(2024, 3, 7), pages=1, extra=1)
    reading_rows.typeset(edition.pages.get(order=1))
    reading_rows.make_articles(
        3,
        kicker="城西",
        subhead="三条街亮灯",
        summary="三条街。",
        keywords=["夜市"],
        corrections=[{"at": "2024-03-08T09:00:00+08:00", "note": "时间有误", "paragraphs": []}],
    )
    reading_rows.make_articles(1, genre="advertisement")
    story = PublishedArticle.objects.get(number=1)
    story.photos.create(
        photo_number=5, order=1, in_body=False, thumbnail="/media/t.webp", preview="/media/p.webp",
        large="/media/l.webp", width=960, height=640, caption="灯火", credit="甲某 摄", alt="灯",
        sources={"webp": [[320, "/media/s.webp"]]},
    )  # fmt: skip
    PublishedTag.objects.create(slug="夜市", name="夜市")
    WithdrawnArticle.objects.create(number=999, withdrawn_at=reading_rows.NOON)
    reading_rows.changed()
    return edition


def test_every_address_is_described_and_every_described_one_answers(described):
    routes = get_resolver().reverse_dict  # loads the addresses
    assert routes is not None
    [api] = [one for one in get_resolver().url_patterns if getattr(one, "namespace", None) == "api"]
    named = {pattern.name for pattern in api.url_patterns if pattern.name} - {"start", "description"}
    assert {path["get"]["operationId"] for path in described["paths"].values()} == named


def test_every_parameter_is_described_with_what_it_may_be(described):
    def parameters(path: str) -> dict:
        return {one["name"]: one["schema"] for one in described["paths"][path]["get"]["parameters"]}

    stories = parameters("/stories/")
    for resource in RESOURCES:
        if hasattr(resource, "filter"):
            assert set(parameters(f"/{resource.route}")) == set(resource.filter.base_filters)
    assert stories["limit"] == {"type": "integer", "minimum": 1, "maximum": 100}
    assert stories["since"] == {"type": "string", "format": "date"}
    assert stories["updated_since"] == {"type": "string", "format": "date-time"}
    assert {"news", "advertisement"} <= set(stories["kind"]["enum"])
    assert "pattern" in stories["edition"]
    assert stories["tag"] == {"type": "string"}
    meanings = [one["description"] for path in described["paths"].values() for one in path["get"]["parameters"]]
    assert all(meanings)


def test_every_answer_keeps_to_its_description(described, archive, client):
    everything = {**described["components"], "schemas": described["components"]["schemas"]}

    def keeps_to(name: str, item: dict) -> None:
        schema = {"$ref": f"#/components/schemas/{name}", "components": everything}
        jsonschema_rs.validator_for(schema, validate_formats=True).validate(item)

    for resource in RESOURCES:
        if hasattr(resource, "filter"):
            asked = {"q": "要闻"} if resource.name == "search" else {}
            items = json.loads(client.get(f"/api/v1/{resource.route}", asked).content)["items"]
            assert items or asked, resource.name
            for item in items:
                keeps_to(resource.schema, item)
    for number in (1, 13, 14, 15, 16):
        keeps_to("Story", json.loads(client.get(f"/api/v1/stories/{number}/").content))
    for key in ("2024-03-07", "2024-03-07-1"):
        keeps_to("Edition", json.loads(client.get(f"/api/v1/editions/{key}/").content))
    for address in ("stories/999/", "stories/9999/", "stories/?x=1"):
        keeps_to("Problem", json.loads(client.get(f"/api/v1/{address}").content))


def test_the_description_is_openapi_3_1(described):
    assert described["openapi"] == "3.1.0"
    assert described["servers"] == [{"url": "http://testserver/api/v1"}]
    for schema in described["components"]["schemas"].values():
        jsonschema_rs.meta.validate({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})


def test_the_page_for_people_says_what_the_description_says(described, client):
    for prefix in ("", "/en", "/zh-hant"):
        text = client.get(f"{prefix}/api/").text
        for path, methods in described["paths"].items():
            assert f"GET /api/v1{path}" in text
            for parameter in methods["get"]["parameters"]:
                assert f"<code>{parameter['name']}</code>" in text
        # The roles in a byline are told as addresses of places on this page.
        for role in BylineRole.values:
            assert f'id="{role}"' in text


def test_whatever_is_asked_is_answered_as_described(archive):
    """A walk through the description with values that fit it and values that do not."""
    with connection_left_open():
        schema = schemathesis.openapi.from_wsgi(DESCRIPTION, WSGIHandler())
        operations = [found.ok() for found in schema.get_all_operations()]
        for operation in operations:
            walk(operation)
    assert len(operations) == len(RESOURCES)


def walk(operation) -> None:
    @hypothesis.settings(max_examples=20, database=None, derandomize=True)
    @hypothesis.given(case=st.one_of(operation.as_strategy(generation_mode=mode) for mode in GenerationMode))
    def ask(case):
        # A schema cannot say which sections there are, and that a page is one of an edition.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    ask()
