"""Editions as programs read them, and what no answer of the API and no book ever says."""

from __future__ import annotations

import datetime
import io
import json
import zipfile

import pytest
from django.utils import timezone

from articles.models import Article
from articles.models.published import PublishedPhoto
from articles.scheduling import set_release_times
from articles.states import State, Verb
from editions.publishing import publish_edition
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import reading_rows
from tests.ninjs import check_item

ROOT = "https://paper.example"


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_ADDRESS = ROOT


def read(client, key: str) -> dict:
    response = client.get(f"/api/v1/editions/{key}/")
    assert response.status_code == 200
    item = json.loads(response.content)
    check_item(item)
    return item


def test_an_edition_says_what_its_masthead_says_and_tells_its_pages(db, client):
    edition = reading_rows.make_edition(pages=2)
    reading_rows.typeset(edition.pages.get(order=1), 1600, 2236)
    item = read(client, "2024-03-07")
    assert item["uri"] == "tag:paper.example,2024-03-07:paper/2024-03-07"
    assert (item["type"], item["representationtype"], item["pubstatus"]) == ("composite", "full", "usable")
    assert {one["role"]: one["value"] for one in item["altids"]} == {
        "number": "2024-03-07",
        "series": "1234",
        "cn": "CN 00-0001",
    }
    assert (item["title"], item["copyrightholder"]) == ("试验日报 2024年3月7日", "试验报社")
    assert datetime.datetime.fromisoformat(item["firstcreated"]) == edition.published_at
    files = {one["name"]: one["href"] for one in item["renditions"]}
    assert (files["web"], files["ninjs"]) == (f"{ROOT}/paper/2024-03-07/", f"{ROOT}/api/v1/editions/2024-03-07/")
    first, second = item["associations"]
    assert [(page["name"], page["type"]) for page in (first, second)] == [
        ("page-1", "composite"),
        ("page-2", "composite"),
    ]
    assert (first["title"], first["by"]) == ("第1版 要闻", "乙某")
    page = edition.pages.get(order=1)
    assert {one["name"]: one["href"] for one in first["renditions"]} == {
        "web": f"{ROOT}/paper/2024-03-07/1/",
        "webp": ROOT + page.image,
        "png": ROOT + page.image_png,
        "middle-webp": ROOT + page.image_middle,
        "thumbnail-webp": ROOT + page.thumbnail,
        "thumbnail-png": ROOT + page.thumbnail_png,
        "pdf": ROOT + page.pdf,
    }
    large = next(one for one in first["renditions"] if one["name"] == "png")
    assert (large["width"], large["height"]) == (page.image_width, page.image_height)
    assert [one["name"] for one in second["renditions"]] == ["web"]


def test_stories_stand_on_their_pages_in_reading_order_and_advertisements_are_marked(db, client):
    edition = reading_rows.make_edition(pages=0)
    page, other = (reading_rows.make_page(edition, order) for order in (1, 2))
    late, early, paid = reading_rows.make_articles(3)
    type(paid).objects.filter(pk=paid.pk).update(genre="advertisement")
    for order, story in enumerate((early, late, paid), start=1):
        reading_rows.place(page, story, (1, order * 10, 2, 9), order=order)
    reading_rows.place(other, early, (1, 1, 2, 9), part=2)
    on_first, on_second = (one["associations"] for one in read(client, "2024-03-07")["associations"])
    assert [(one["name"], one["altids"][0]["value"], one["profile"]) for one in on_first] == [
        ("story-1", str(early.number), "story"),
        ("story-2", str(late.number), "story"),
        ("story-3", str(paid.number), "advertisement"),
    ]
    assert [one["altids"][0]["value"] for one in on_second] == [str(early.number)]
    assert {one["representationtype"] for one in on_first} == {"partial"}


def test_a_list_of_editions_leaves_their_pages_out(db, client):
    for day in (6, 7, 8):
        reading_rows.make_edition(datetime.date(2024, 3, day), pages=1)

    def dates(**asked) -> list[str]:
        items = json.loads(client.get("/api/v1/editions/", asked).content)["items"]
        for item in items:
            check_item(item)
            assert (item["representationtype"], item.get("associations")) == ("partial", None)
        return [item["altids"][0]["value"][-1:] for item in items]

    assert dates() == ["8", "7", "6"]
    assert dates(since="2024-03-07") == ["8", "7"]
    assert dates(until="2024-03-07") == ["7", "6"]
    assert client.get("/api/v1/editions/2024-03-09/").status_code == 404
    assert client.get("/api/v1/editions/2024-02-30/").status_code == 404


# -- nothing that is not public ---------------------------------------------------------------------------

CANARY = "金丝雀"


def _canary(people, state: State, name: str):
    """A story in `state` whose every field says its canary."""
    token = f"{CANARY}{name}"
    reporter = people[Role.REPORTER]
    photo = house.make_photo(reporter, house.jpeg(colour=name), caption=token, credit=token, alt=token)
    return house.story_in(
        state,
        people,
        kicker=token,
        headline=token,
        subhead=token,
        web_headline=token,
        summary=token,
        keywords=token,
        body=f"<p>{token}</p>",
        bylines=[house.credit(reporter)],
        pictures=[house.editing.Picture(photo.pk, caption=token, credit=token, alt=token)],
    )


def _every_answer(client) -> dict[str, str]:
    """What the API and the book say, by address."""
    lists = ("stories", "editions", "sections", "authors", "tags", "withdrawals")
    addresses = [f"/api/v1/{name}/?limit=100" for name in lists]
    addresses += [f"/api/v1/stories/?limit=100&kind={kind}" for kind in ("news", "advertisement")]
    addresses += [f"/api/v1/stories/{number}/" for number in Article.objects.values_list("pk", flat=True)]
    addresses += ["/api/v1/editions/2024-03-07/"]
    said = {address: client.get(address).text for address in addresses}
    with zipfile.ZipFile(io.BytesIO(client.get("/paper/2024-03-07.epub").content)) as book:
        texts = [name for name in book.namelist() if not name.endswith((".webp", ".png"))]
        said["book"] = "".join(book.read(name).decode() for name in texts)
    return said


def test_what_is_not_public_is_in_no_answer(people, client):
    chief = people[Role.EDITOR_IN_CHIEF]
    for state, name in (
        (State.DRAFT, "red"),
        (State.SUBMITTED, "green"),
        (State.RETURNED, "blue"),
        (State.SIGNED_OFF, "olive"),
        (State.SPIKED, "navy"),
        (State.WITHDRAWN, "teal"),
    ):
        _canary(people, state, name)
    embargoed = _canary(people, State.SIGNED_OFF, "pink")
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    set_release_times(embargoed.pk, embargo_until=tomorrow, publish_at=tomorrow, acting_user=chief)
    gone, told = _canary(people, State.SIGNED_OFF, "gray"), _canary(people, State.SIGNED_OFF, "gold")
    edition = house.open_edition(people, pages=1)
    house.place(edition, 1, gone, people)
    house.place(edition, 1, told, people, rectangle=(4, 20, 3, 20))
    publish_edition(edition.pk, acting_user=chief)
    before = _every_answer(client)
    assert f"{CANARY}gray" in before["book"]
    house.act(gone, Verb.WITHDRAW, chief, f"{CANARY}reason")
    after = _every_answer(client)
    assert PublishedPhoto.objects.count() == 1
    assert {address for address, text in after.items() if f"{CANARY}gold" in text} == {
        "/api/v1/stories/?limit=100",
        "/api/v1/stories/?limit=100&kind=news",
        f"/api/v1/stories/{told.pk}/",
        "/api/v1/editions/2024-03-07/",
        "/api/v1/tags/?limit=100",
        "book",
    }
    leaks = {address for address, text in after.items() if CANARY in text.replace(f"{CANARY}gold", "")}
    assert leaks == set()
