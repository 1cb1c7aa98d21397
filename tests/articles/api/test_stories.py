"""Stories as programs read them: every property, every filter, lists that go on while the paper does."""

from __future__ import annotations

import datetime
import json
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import editing
from articles.models.published import PublishedArticle, PublishedPhoto
from articles.models.published_collections import PublishedTag, PublishedTagging
from articles.states import State, Verb
from editions.publishing import publish_edition
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import reading_rows
from tests.ninjs import check_item
from tests.origin import Origin

ROOT = "https://paper.example"
STORIES = "/api/v1/stories/"


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_ADDRESS = ROOT


def read(client, address: str, **parameters):
    response = client.get(address, parameters)
    assert response.status_code == 200, response.text
    assert response["Content-Type"] == "application/json"
    return json.loads(response.content)


def numbers(client, **parameters) -> list[int]:
    return [number_of(item) for item in read(client, STORIES, **parameters)["items"]]


def number_of(item: dict) -> int:
    return int(next(one["value"] for one in item["altids"] if one["role"] == "number"))


def refused(client, address: str, status: int = 400, **parameters) -> dict:
    response = client.get(address, parameters)
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json"), response.text
    said = json.loads(response.content)
    assert (said["status"], said["type"]) == (status, "about:blank")
    return said


# -- one story --------------------------------------------------------------------------------------------


@pytest.fixture
def printed(people):
    """A story with everything: printed on page 1, with two pictures, one of them in its text, and corrected."""
    reporter, chief = people[Role.REPORTER], people[Role.EDITOR_IN_CHIEF]
    first, second = house.make_photo(reporter), house.make_photo(reporter, house.jpeg(colour="navy"))
    story = house.story_in(
        State.SIGNED_OFF,
        people,
        kicker="城西",
        headline="夜市 <今晚>\n开张",
        subhead="三条街亮灯",
        web_headline="城西夜市今晚开张",
        summary="三条街 & 两百个摊位。",
        keywords="夜市，民生",
        body=f'<p>一&amp;二<br>三</p><figure><img src="/desk/photos/{second.pk}/preview"></figure>',
        bylines=[house.credit(reporter)],
        pictures=[
            editing.Picture(first.pk, caption="灯火", credit="甲某 摄", alt="夜市的灯"),
            editing.Picture(second.pk, caption="人", credit="乙某 摄", alt="人群"),
        ],
    )
    edition = house.open_edition(people, pages=1)
    house.place(edition, 1, story, people)
    publish_edition(edition.pk, acting_user=chief)
    house.act(house.act(story, Verb.CORRECT, chief, "时间有误"), Verb.SIGN, chief)
    return story


def test_a_story_says_all_there_is_to_say(printed, client):
    public = PublishedArticle.objects.get()
    item = read(client, f"{STORIES}{printed.pk}/")
    check_item(item)
    day = public.published_at.astimezone(reading_rows.SHANGHAI).date()
    name = f"tag:paper.example,{day}:stories/{printed.pk}"
    assert (item["uri"], item["altids"]) == (name, [{"role": "number", "value": str(printed.pk)}])
    assert (item["standard"]["name"], item["standard"]["version"]) == ("ninjs", "2.1")
    assert (item["type"], item["representationtype"], item["profile"]) == ("text", "full", "story")
    assert (item["version"], item["pubstatus"], item["language"]) == (str(public.version), "usable", "zh-Hans")
    moments = [datetime.datetime.fromisoformat(item[name]) for name in ("firstcreated", "versioncreated")]
    assert moments == [at.replace(microsecond=0) for at in (public.published_at, public.updated_at)]
    assert (item["copyrightholder"], item["copyrightnotice"]) == ("试验日报", f"© {day.year} 试验日报")
    assert "试验日报" in item["usageterms"]
    [correction] = public.corrections
    assert item["ednote"] == f"{correction['at']} 时间有误"
    assert item["title"] == "城西夜市今晚开张"
    assert {one["role"]: one["value"] for one in item["headlines"]} == {
        "main": "城西夜市今晚开张",
        "kicker": "城西",
        "subhead": "三条街亮灯",
        "print": "夜市 <今晚>\n开张",
    }
    assert item["descriptions"] == [{"role": "summary", "contenttype": "text/plain", "value": "三条街 & 两百个摊位。"}]
    [author] = public.byline
    assert item["by"] == f"记者 {author['name']}"
    assert item["infosources"] == [
        {
            "name": author["name"],
            "role": f"{ROOT}/api/#reporter",
            "uri": f"{ROOT}/authors/{author['slug']}/",
            "literal": author["slug"],
        }
    ]
    assert item["subjects"] == [
        {"name": "本市", "rel": "section", "uri": f"{ROOT}/sections/city/", "literal": "city"},
        {"name": "夜市", "rel": "keyword"},
        {"name": "民生", "rel": "keyword"},
    ]
    assert [genre["literal"] for genre in item["genres"]] == [public.genre]
    assert {one["name"]: one["href"] for one in item["renditions"]} == {
        "web": f"{ROOT}/stories/{printed.pk}/",
        "ninjs": f"{ROOT}{STORIES}{printed.pk}/",
    }
    # The address by which it is asked for answers with itself.
    assert read(client, item["renditions"][1]["href"].removeprefix(ROOT)) == item


def test_the_text_is_xhtml_whose_addresses_can_be_followed_from_anywhere(printed, client):
    [body] = read(client, f"{STORIES}{printed.pk}/")["bodies"]
    assert (body["role"], body["contenttype"]) == ("main", "application/xhtml+xml")
    assert body["charcount"] == PublishedArticle.objects.get().character_count > 0
    text = ElementTree.fromstring(f"<div>{body['value']}</div>")
    assert "一&二" in "".join(text.itertext())
    [picture], [link] = text.iter("img"), text.iter("a")
    shown = PublishedPhoto.objects.get(in_body=True)
    assert (picture.get("src"), link.get("href")) == (f"{ROOT}{shown.preview}", f"{ROOT}{shown.large}")


def test_its_pictures_come_with_credit_words_and_every_size(printed, client):
    first, second, page = read(client, f"{STORIES}{printed.pk}/")["associations"]
    photo = PublishedPhoto.objects.get(order=1)
    assert (first["type"], first["name"], first["by"]) == ("picture", "picture-1", "甲某 摄")
    assert {one["role"]: one["value"] for one in first["descriptions"]} == {"caption": "灯火", "alt": "夜市的灯"}
    files = {one["name"]: one for one in first["renditions"]}
    assert files["preview"] == {
        "name": "preview",
        "href": f"{ROOT}{photo.preview}",
        "contenttype": "image/webp",
        "width": photo.width,
        "height": photo.height,
    }
    assert {"large", "thumbnail"} <= set(files)
    sizes = {f"{ROOT}{href}": width for widths in photo.sources.values() for width, href in widths}
    assert {one["href"]: one["width"] for one in first["renditions"] if "-" in one["name"]} == sizes
    assert (second["name"], second["by"]) == ("picture-2", "乙某 摄")
    assert first["uri"] != second["uri"]
    assert (page["type"], page["name"]) == ("composite", "page-1")
    assert page["uri"] == "tag:paper.example,2024-03-07:paper/2024-03-07/1"
    assert [one["href"] for one in page["renditions"]] == [f"{ROOT}/paper/2024-03-07/1/"]


def test_a_list_tells_stories_without_their_text(printed, client):
    [item] = read(client, STORIES)["items"]
    check_item(item)
    assert (item["representationtype"], number_of(item)) == ("partial", printed.pk)
    assert "bodies" not in item
    assert item["descriptions"][0]["value"] == "三条街 & 两百个摊位。"
    assert [one["name"] for one in item["associations"]] == ["picture-1", "picture-2", "page-1"]


def test_what_is_not_there_any_more_is_gone_and_what_never_was_is_not_found(people, client):
    story = house.story_in(State.PUBLISHED, people)
    assert client.get(f"{STORIES}{story.pk}/").status_code == 200
    house.act(story, Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实")
    refused(client, f"{STORIES}{story.pk}/", 410)
    assert numbers(client) == []
    [withdrawn] = read(client, "/api/v1/withdrawals/")["items"]
    assert (withdrawn["number"], withdrawn["uri"]) == (story.pk, f"{ROOT}/stories/{story.pk}/")
    assert read(client, "/api/v1/withdrawals/", since=withdrawn["withdrawn_at"])["items"] == [withdrawn]
    assert read(client, "/api/v1/withdrawals/", since="2099-01-01T00:00:00Z")["items"] == []
    draft = house.story_in(State.SIGNED_OFF, people)
    for number in (draft.pk, 999_999, 10**18 - 1):
        refused(client, f"{STORIES}{number}/", 404)
    for nowhere in ("/api/v1/nothing/", "/api/v1/stories/x/", "/api/v1/stories/12/more/"):
        refused(client, nowhere, 404)
    assert client.get("/api/v1/stories").headers["Location"] == STORIES


# -- lists ------------------------------------------------------------------------------------------------


def test_stories_are_chosen_by_what_they_are(db, client):
    sports = reading_rows.make_section("sports", "体育", "Sports")
    other = reading_rows.PublishedAuthor.objects.create(slug="yi", name="乙某")
    [old] = reading_rows.make_articles(1, newest=reading_rows.NOON - datetime.timedelta(days=2), genre="feature")
    [game] = reading_rows.make_articles(1, section=sports, author=other)
    [paid] = reading_rows.make_articles(
        1, genre="advertisement", newest=reading_rows.NOON - datetime.timedelta(hours=1)
    )
    tag = PublishedTag.objects.create(slug="夜市", name="夜市")
    PublishedTagging.objects.create(tag=tag, article=old, published_at=old.published_at, number=old.number)
    every = [game.number, old.number]
    for asked, found in (
        ({}, every),
        ({"section": "sports"}, [game.number]),
        ({"author": "jia"}, [old.number]),
        ({"tag": "夜市"}, [old.number]),
        ({"kind": "feature"}, [old.number]),
        ({"kind": "advertisement"}, [paid.number]),
        ({"since": "2024-03-06"}, [game.number]),
        ({"until": "2024-03-06"}, [old.number]),
        ({"since": "2024-03-05", "until": "2024-03-07"}, every),
        ({"updated_since": "2024-03-07T12:00:00+08:00"}, [game.number]),
        ({"updated_since": "2024-03-07T04:00:01Z"}, []),
        ({"section": "sports", "author": "jia"}, []),
        ({"language": "zh-Hans"}, every),
    ):
        assert numbers(client, **asked) == found, asked
    [item] = read(client, STORIES, kind="advertisement")["items"]
    assert item["profile"] == "advertisement"


def test_a_day_is_the_newsrooms(db, client):
    midnight = datetime.datetime(2024, 3, 7, tzinfo=reading_rows.SHANGHAI)
    after, before = reading_rows.make_articles(2, newest=midnight, every=datetime.timedelta(microseconds=1))
    assert numbers(client, since="2024-03-07") == [after.number]
    assert numbers(client, until="2024-03-06") == [before.number]


def test_stories_are_chosen_by_where_they_were_printed(db, client):
    reading_rows.make_edition(pages=2)
    reading_rows.make_edition(datetime.date(2024, 3, 8), pages=1)
    reading_rows.make_articles(1)
    assert len(numbers(client)) == 13
    assert sorted(numbers(client, edition="2024-03-07")) == list(range(1, 9))
    assert sorted(numbers(client, edition="2024-03-07", page="2")) == [5, 6, 7, 8]
    for asked, wrong in (
        ({"edition": "2024-03-07", "page": "3"}, "page"),
        ({"edition": "2024-03-07-1"}, "edition"),
        ({"edition": "2024-03-06", "page": "1"}, "edition"),
    ):
        assert list(refused(client, STORIES, **asked)["errors"]) == [wrong], asked


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"headline": "x"}, "headline"),
        ({"section": "nowhere"}, "section"),
        ({"section": "\x00"}, "section"),
        ({"author": "a b"}, "author"),
        ({"author": "nobody"}, "author"),
        ({"tag": "nothing"}, "tag"),
        ({"tag": "a/b"}, "tag"),
        ({"kind": "novel"}, "kind"),
        ({"language": "en"}, "language"),
        ({"since": "yesterday"}, "since"),
        ({"since": "0001-01-01"}, "since"),
        ({"since": "2100-01-01"}, "since"),
        ({"until": "2024-02-30"}, "until"),
        ({"updated_since": "2024"}, "updated_since"),
        ({"updated_since": "2024-03-07"}, "updated_since"),
        ({"updated_since": "2024-03-07T06:00:00"}, "updated_since"),
        ({"updated_since": "2024-03-32T06:00:00Z"}, "updated_since"),
        ({"updated_since": "0001-01-01T00:00:00+14:00"}, "updated_since"),
        ({"edition": "2024-13-01"}, "edition"),
        ({"edition": "12"}, "edition"),
        ({"page": "1"}, "edition"),
        ({"page": "0"}, "page"),
        ({"limit": "0"}, "limit"),
        ({"limit": "101"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"cursor": "12"}, "cursor"),
        ({"cursor": "\x00"}, "cursor"),
        ({"section": ["city", "city"]}, "section"),
        ({"section": ""}, "section"),
        ({"tag": " "}, "tag"),
    ],
)
def test_what_is_not_offered_is_refused_with_what_is(db, client, asked, wrong):
    reading_rows.make_articles(1)
    said = refused(client, STORIES, **asked)
    assert list(said["errors"]) == [wrong]
    if wrong != "cursor" or "known" in said:
        assert {"section", "tag", "cursor", "limit", "edition"} <= set(said["known"])


def test_one_thing_takes_no_parameters(db, client):
    [story] = reading_rows.make_articles(1)
    for address in (f"{STORIES}{story.number}/", "/api/v1/", "/api/v1/openapi.json"):
        assert refused(client, address, full="1")["errors"].keys() == {"full"}


def follow(client, address: str) -> list[int]:
    """The numbers of a list, read to its end by its links; both places that say where it goes on agree."""
    found: list[int] = []
    while address:
        response = client.get(address)
        said = json.loads(response.content)
        found += [number_of(item) for item in said["items"]]
        link = response.get("Link", "")
        assert link == (f'<{said["next"]}>; rel="next"' if said["next"] else "")
        address = (said["next"] or "").removeprefix(ROOT)
    return found


def test_a_list_is_read_to_its_end_by_its_links(db, client):
    rows = reading_rows.make_articles(25, every=datetime.timedelta(0))
    assert follow(client, f"{STORIES}?limit=4&section=city") == [row.number for row in rows]
    assert len(numbers(client)) == 25
    tag = PublishedTag.objects.create(slug="夜市", name="夜市")
    tagged = rows[::2]
    PublishedTagging.objects.bulk_create(
        PublishedTagging(tag=tag, article=row, published_at=row.published_at, number=row.number) for row in tagged
    )
    reading_rows.make_articles(3, author=reading_rows.PublishedAuthor.objects.create(slug="yi", name="乙某"))
    assert follow(client, f"{STORIES}?limit=4&author=jia") == [row.number for row in rows]
    assert follow(client, f"{STORIES}?limit=4&tag=夜市") == [row.number for row in tagged]
    assert follow(client, f"{STORIES}?limit=4&tag=夜市&author=jia") == [row.number for row in tagged]
    reading_rows.make_articles(80)
    assert len(numbers(client)) == 30
    assert len(numbers(client, limit=100)) == 100


def test_what_is_published_and_withdrawn_meanwhile_moves_nothing_else(db, client):
    rows = reading_rows.make_articles(9)
    first = read(client, STORIES, limit=3)
    reading_rows.make_articles(2, newest=reading_rows.NOON + datetime.timedelta(hours=1))
    # The row that the cursor names, and one that was not sent yet.
    PublishedArticle.objects.filter(number__in=[rows[2].number, rows[5].number]).delete()
    rest = follow(client, first["next"].removeprefix(ROOT))
    assert rest == [row.number for row in rows[3:] if row != rows[5]]


def test_editions_and_names_are_read_to_their_end_too(db, client):
    for day in range(1, 6):
        reading_rows.make_edition(datetime.date(2024, 3, day), pages=1)
    reading_rows.make_edition(datetime.date(2024, 3, 5), pages=1, extra=1)
    for slug in ("a", "b", "c"):
        reading_rows.make_author(slug)
        PublishedTag.objects.create(slug=f"词{slug}", name=f"词{slug}")
    keys = everything(client, "/api/v1/editions/?limit=1")
    assert [one["altids"][0]["value"] for one in keys] == [
        "2024-03-05-1", "2024-03-05", "2024-03-04", "2024-03-03", "2024-03-02", "2024-03-01",
    ]  # fmt: skip
    assert [one["literal"] for one in everything(client, "/api/v1/authors/?limit=2")] == ["a", "b", "c", "jia"]
    assert [one["literal"] for one in everything(client, "/api/v1/tags/?limit=1")] == ["词a", "词b", "词c"]
    section, author, tag = (everything(client, f"/api/v1/{name}/")[0] for name in ("sections", "authors", "tags"))
    assert section == {"literal": "city", "name": "本市", "name_en": "City", "uri": f"{ROOT}/sections/city/"}
    assert author == {"literal": "a", "name": "甲某", "bio": "跑夜市的记者。", "uri": f"{ROOT}/authors/a/"}
    assert tag["name"] == "词a"
    assert client.get(tag["uri"].removeprefix(ROOT)).status_code == 200
    assert refused(client, "/api/v1/editions/", cursor="2024-02-31")["errors"].keys() == {"cursor"}


def everything(client, address: str) -> list[dict]:
    found: list[dict] = []
    while address:
        said = json.loads(client.get(address).content)
        found += said["items"]
        address = (said["next"] or "").removeprefix(ROOT)
    return found


def test_stories_are_found_by_their_words(people, client):
    night = house.story_in(State.PUBLISHED, people, headline="夜市今晚开张")
    house.story_in(State.PUBLISHED, people, headline="地铁今晚开通")
    house.story_in(State.PUBLISHED, people, headline="夜市广告", genre="advertisement")

    def found(**asked) -> list[int]:
        items = read(client, "/api/v1/search/", **asked)["items"]
        for item in items:
            check_item(item)
        return [number_of(item) for item in items]

    assert found(q="夜市") == [night.pk]
    assert found(q="夜市 地铁") == []
    assert len(found(q="今晚", sort="newest")) == 2
    reading_rows.make_section("sports", "体育", "Sports")
    assert found(q="今晚", section="sports") == []
    assert len(found(q="夜市", kind="advertisement")) == 1
    assert found(q="今晚", until="2020-01-01") == []
    assert len(everything(client, "/api/v1/search/?q=今晚&limit=1")) == 2
    for asked, wrong in (
        ({}, "q"),
        ({"q": "，"}, "q"),
        ({"q": " ".join("abcdefghijklm")}, "q"),
        ({"q": "夜", "cursor": "x"}, "cursor"),
        ({"q": "夜", "section": "nowhere"}, "section"),
        ({"q": "夜", "author": "nobody"}, "author"),
    ):
        said = refused(client, "/api/v1/search/", **asked)
        assert list(said["errors"]) == [wrong], asked


# -- what every answer has in common ----------------------------------------------------------------------

ADDRESSES = [
    "/api/v1/",
    "/api/v1/openapi.json",
    STORIES,
    f"{STORIES}?limit=2",
    f"{STORIES}1/",
    "/api/v1/editions/",
    "/api/v1/editions/2024-03-07/",
    "/api/v1/sections/",
    "/api/v1/authors/",
    "/api/v1/tags/",
    "/api/v1/withdrawals/",
]
every_address = pytest.mark.parametrize("address", ADDRESSES)


@pytest.fixture
def paper(db):
    return reading_rows.make_edition()


@every_address
def test_an_answer_is_the_same_for_everybody_and_304_when_asked_again(paper, people, client, address):
    first = client.get(address)
    assert first.status_code == 200
    assert first["Cache-Control"] == "public, max-age=0, s-maxage=1, stale-while-revalidate=1, stale-if-error=600"
    assert not first.cookies
    assert "cookie" not in first.get("Vary", "").lower()
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Access-Control-Allow-Origin"] == "*"
    client.force_login(people[Role.REPORTER])
    assert client.get(address).content == first.content
    head = client.head(address)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])


@every_address
def test_scripts_of_every_site_may_ask_and_nobody_may_change(paper, address):
    client = Client(enforce_csrf_checks=True)
    assert client.get(address)["Access-Control-Allow-Origin"] == "*"
    preflight = client.options(
        address, headers={"origin": "https://other.example", "access-control-request-method": "GET"}
    )
    assert (preflight.status_code, preflight.content) == (204, b"")
    assert preflight["Access-Control-Allow-Origin"] == "*"
    assert preflight["Access-Control-Allow-Methods"] == preflight["Allow"] == "GET, HEAD, OPTIONS"
    for method in (client.post, client.put, client.patch, client.delete):
        response = method(address)
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert json.loads(response.content)["status"] == 405


@every_address
def test_who_takes_no_json_is_told_so_kept_or_not(paper, address):
    origin = Origin()
    for _time in range(2):
        refused = origin.get(address, accept="text/html, image/*")
        assert refused.status == 406
        # Caches do not name what they keep by what is accepted.
        assert refused.headers["Cache-Control"] == "no-store"
        assert "CDN-Cache-Control" not in refused.headers
        assert origin.get(address, accept="application/json").status == 200
        assert origin.get(address, accept="text/html, */*;q=0.1").status == 200
        assert origin.get(address, accept="application/json;q=0, */*").status == 406


@pytest.mark.parametrize("address", [address for address in ADDRESSES if "?" not in address])
def test_an_answer_without_parameters_is_kept_until_the_next_change(paper, address):
    origin = Origin()
    first = origin.get(address)
    with CaptureQueriesContext(connection) as queries:
        kept = origin.get(address, if_none_match=first.headers["ETag"])
    assert (len(queries), kept.status) == (0, 304)
    assert kept.headers["Access-Control-Allow-Origin"] == "*"


def test_a_correction_is_in_the_next_answer(paper):
    origin = Origin()
    before = origin.get(f"{STORIES}2/")
    PublishedArticle.objects.filter(number=2).update(headline="换了标题")
    reading_rows.changed()
    after = origin.get(f"{STORIES}2/", if_none_match=before.headers["ETag"])
    assert (after.status, json.loads(after.text)["title"]) == (200, "换了标题")


def test_answers_name_the_stories_that_they_show_to_caches(paper, client, with_cdn):
    assert client.get(f"{STORIES}2/")["Surrogate-Key"].split() == ["all", "story-2"]
    assert {"home", "story-1", "story-8"} <= set(client.get(STORIES)["Surrogate-Key"].split())
    edition = client.get("/api/v1/editions/2024-03-07/")["Surrogate-Key"].split()
    assert {"edition-2024-03-07", "paper", "story-1", "story-8"} <= set(edition)
    assert {"paper"} <= set(client.get("/api/v1/editions/")["Surrogate-Key"].split())


def test_an_answer_costs_the_same_however_much_there_is(db, client):
    def cost(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    reading_rows.make_edition(pages=1)
    addresses = [f"{STORIES}1/", f"{STORIES}?limit=100&section=city&author=jia", "/api/v1/editions/2024-03-07/"]
    few = [cost(address) for address in addresses]
    assert few == [3, 6, 4]
    reading_rows.make_edition(datetime.date(2024, 3, 8), pages=3)
    reading_rows.make_articles(60)
    assert [cost(address) for address in addresses] == few
    assert cost("/api/v1/editions/2024-03-08/") == few[2]


def test_where_a_list_goes_on_is_said_before_django_too(db):
    reading_rows.make_articles(3)
    said = Origin().get("/api/v1/stories/?limit=1").headers
    assert 'rel="next"' in said["Link"]
    assert said["Access-Control-Expose-Headers"] == "ETag, Link"


def test_a_name_that_nothing_can_have_is_not_there(client, db):
    for address in ("/abc%00", "/tags/a%00/", "/api/v1/stories/?tag=%00"):
        assert client.get(address).status_code in (400, 404), address


# -- where no view of the API answers ---------------------------------------------------------------------


def test_below_the_api_nothing_is_answered_by_a_page(db, client):
    for address in ("/api/v2/stories/", "/api/stories", "/api/v1/stories/%00/"):
        assert refused(client, address, 404)["title"]
    response = client.post("/api/v2/")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert client.get("/api/nothing.html", follow=True)["Content-Type"] == "application/problem+json"
    assert client.get("/api/")["Content-Type"].startswith("text/html")
    assert client.get("/en/api/nothing/")["Content-Type"].startswith("text/html")


def test_a_request_that_cannot_be_read_hears_so_in_json(db, client):
    response = client.get(STORIES, headers={"host": "nobody.example"})
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json()["status"] == 400


def test_a_fault_of_ours_is_told_in_json(db):
    client = Client(raise_request_exception=False)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE articles_publishedarticle RENAME TO articles_lost")
    response = client.get(STORIES)
    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert response.json() == {"type": "about:blank", "title": response.json()["title"], "status": 500}
    assert response["Access-Control-Allow-Origin"] == "*"
