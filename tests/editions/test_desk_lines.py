"""Copy counted in printed lines while somebody writes it."""

from __future__ import annotations

import pytest

from articles.text.body import MAX_BODY_CHARACTERS
from editions.models import PageTemplate
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import DESK, signed_in


@pytest.fixture
def client(people):
    return signed_in(people[Role.REPORTER])


def widths(client, body: str) -> list[tuple[int, int]]:
    answer = client.post(f"{DESK}/lines/", {"body": body})
    assert answer.status_code == 200
    return [(width["id"], width["lines"]) for width in answer.json()["widths"]]


def test_a_body_is_counted_at_every_width_a_column_has_the_paper_s_own_first(client):
    own = PageTemplate.objects.get(is_default=True)
    for name, characters in (("narrow", 10), ("as wide", own.characters)):
        PageTemplate.objects.create(title=own.title, name=name, characters=characters)
    # Two characters of indent and 31 of text: at 17 a line two lines, at 10 four.
    assert widths(client, f"<p>{'字' * 31}</p>") == [(17, 2), (10, 4)]
    names = client.post(f"{DESK}/lines/", {"body": ""}).json()["widths"][0]["label"]
    assert names == f"17 characters a line · {own.name} · as wide"


def test_captions_take_no_lines_and_what_is_no_vocabulary_no_harm(client):
    photo = house.make_photo(house.person("reporter"))
    figure = f'<figure><img src="/desk/photos/{photo.pk}/preview"><figcaption>{"图" * 40}</figcaption></figure>'
    assert widths(client, f"<p>一段。</p>{figure}<script>x</script>") == [(17, 1)]
    assert widths(client, "") == [(17, 0)]


def test_a_body_that_cannot_be_saved_is_not_counted(client):
    assert client.post(f"{DESK}/lines/", {"body": "字" * (MAX_BODY_CHARACTERS + 1)}).status_code == 422
