"""What a story's page says to machines, the card that stands for it, and what other sites are given to show it."""

from __future__ import annotations

import datetime
import json
import re
from html import unescape
from io import BytesIO
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest
from PIL import Image

from articles import editing
from articles.models.published import PublishedArticle, PublishedPhoto
from articles.models.published_collections import PublishedSpecial, PublishedTag, PublishedTagging
from articles.states import State, Verb
from editions import cards
from editions.models.published import PublishedPage
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import reading_rows

ROOT = "http://testserver"


def data_of(client, address: str) -> list[dict]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get(address).text)
    return [json.loads(said) for said in found]


def meta_of(client, address: str) -> dict[str, str]:
    return meta_in(client.get(address).text)


def meta_in(page: str) -> dict[str, str]:
    """What the page's head says, each name once."""
    found = re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', page)
    names = [name for name, _value in found if name != "theme-color"]
    assert len(names) == len(set(names))
    return {name: unescape(value) for name, value in found}


# -- structured data --------------------------------------------------------------------------------------


def test_a_story_says_all_that_machines_ask_for(people, client):
    reporter, chief = people[Role.REPORTER], people[Role.EDITOR_IN_CHIEF]
    photo = house.make_photo(reporter)
    story = house.story_in(
        State.PUBLISHED,
        people,
        headline="夜市</script>开张",
        subhead="——三条街亮灯",
        keywords="夜市，民生",
        bylines=[house.credit(reporter)],
        pictures=[editing.Picture(photo.pk, caption="灯火", credit="甲某 摄")],
    )
    house.act(house.act(story, Verb.CORRECT, chief, "时间有误"), Verb.SIGN, chief)
    public, shown = PublishedArticle.objects.get(), PublishedPhoto.objects.get()
    news, trail = data_of(client, f"/stories/{story.pk}/")
    assert news["@type"] == "NewsArticle"
    assert (news["headline"], news["alternativeHeadline"]) == ("夜市</script>开张", "三条街亮灯")
    assert news["mainEntityOfPage"] == news["url"] == f"{ROOT}/stories/{story.pk}/"
    moments = [datetime.datetime.fromisoformat(news[name]) for name in ("datePublished", "dateModified")]
    assert moments == [at.replace(microsecond=0) for at in (public.published_at, public.updated_at)]
    [author] = public.byline
    assert news["author"] == [{"@type": "Person", "name": author["name"], "url": f"{ROOT}/authors/{author['slug']}/"}]
    assert news["image"] == [
        {
            "@type": "ImageObject",
            "url": f"{ROOT}{shown.preview}",
            "width": shown.width,
            "height": shown.height,
            "caption": "灯火",
            "creditText": "甲某 摄",
        }
    ]
    assert news["publisher"]["@type"] == "NewsMediaOrganization"
    logo = news["publisher"]["logo"]
    assert client.get(logo["url"].removeprefix(ROOT)).status_code == 200
    assert (news["articleSection"], news["keywords"]) == (public.section.name, ["夜市", "民生"])
    assert (news["inLanguage"], news["isAccessibleForFree"]) == ("zh-Hans", True)
    assert news["wordCount"] == public.character_count > 0
    [correction] = news["correction"]
    assert (correction["@type"], correction["text"]) == ("CorrectionComment", "时间有误")
    assert correction["datePublished"] == news["dateModified"]
    assert "printPage" not in news
    assert trail["@type"] == "BreadcrumbList"
    assert [step["item"] for step in trail["itemListElement"]] == [
        f"{ROOT}/",
        f"{ROOT}/sections/city/",
        f"{ROOT}/stories/{story.pk}/",
    ]


def test_a_printed_story_says_where(db, client):
    reading_rows.make_edition(pages=2)
    for language in ("", "/en"):
        news = data_of(client, f"{language}/stories/5/")[0]
        assert (news["printPage"], news["printSection"], news["printEdition"]) == ("2", "综合", "2024年3月7日")
        assert news["isPartOf"]["@type"] == "PublicationIssue"
        assert news["isPartOf"]["datePublished"] == "2024-03-07"
        assert news["isPartOf"]["isPartOf"] == {"@type": "Newspaper", "name": "试验日报"}


def test_what_is_paid_for_is_no_news_article(db, client):
    [paid] = reading_rows.make_articles(1, genre="advertisement")
    assert data_of(client, f"/stories/{paid.number}/")[0]["@type"] == "AdvertiserContentArticle"


def test_what_is_paid_for_says_where_it_was_printed_in_words_that_are_its_own(db, client):
    """schema.org has printPage and the like for a NewsArticle alone."""
    reading_rows.make_edition(pages=1)
    [paid] = reading_rows.make_articles(1, genre="advertisement")
    reading_rows.place(reading_rows.PublishedPage.objects.get(), paid, (1, 90, 2, 10))
    said = data_of(client, f"/stories/{paid.number}/")[0]
    assert said["isPartOf"]["datePublished"] == "2024-03-07"
    assert not [name for name in said if name.startswith("print")]


def test_a_story_s_whole_text_is_said_in_plain_words(people, client):
    story = house.story_in(
        State.PUBLISHED, people, body="<p>桥<strong>通</strong>了。</p><ul><li><p>一 &amp; 二</p></li></ul>"
    )
    assert data_of(client, f"/stories/{story.pk}/")[0]["articleBody"] == "本报讯\u3000桥通了。\n一 & 二"


def test_a_story_s_pictures_are_told_in_their_widest_size(people, client):
    """Search engines show large what is 1,200 pixels wide."""
    photo = house.make_photo(people[Role.REPORTER], house.jpeg(1800, 1200))
    story = house.story_in(State.PUBLISHED, people, pictures=[editing.Picture(photo.pk)])
    [said] = data_of(client, f"/stories/{story.pk}/")[0]["image"]
    assert picture_at(client, said["url"]).size == (said["width"], said["height"])
    assert said["width"] >= 1200


def test_an_author_s_page_says_who_it_is(db, client):
    reading_rows.make_edition(pages=1)
    [said] = data_of(client, "/authors/jia/")
    person = said["mainEntity"]
    assert (said["@type"], person["@type"], person["name"]) == ("ProfilePage", "Person", "甲某")
    assert (person["description"], person["url"]) == ("跑夜市的记者。", f"{ROOT}/authors/jia/")
    assert person["worksFor"]["name"] == "试验日报"


def test_the_front_page_says_whose_it_is(db, client):
    reading_rows.make_edition(pages=1)
    [said] = data_of(client, "/")
    paper, site = said["@graph"]
    assert (paper["@type"], paper["name"], paper["url"]) == ("NewsMediaOrganization", "试验日报", f"{ROOT}/")
    assert (site["@type"], site["name"], site["alternateName"]) == ("WebSite", "试验日报", "Test Daily")
    assert (site["url"], site["publisher"]) == (f"{ROOT}/", {"@id": paper["@id"]})
    assert meta_of(client, "/")["og:image"] == f"{ROOT}/cards/nameplate.png"


# -- where a page is shared -------------------------------------------------------------------------------

# Every kind of public page, and whose picture stands for it.
SHARED = [
    *[(path, "paper") for path in ("/", "/sections/city/", "/authors/jia/", "/tags/lantern/", "/specials/")],
    *[(path, "paper") for path in ("/specials/flood/", "/archive/", "/archive/2024/03/", "/subscribe/", "/api/")],
    *[(path, "paper") for path in ("/search/?q=灯", "/paper/2024-03-07/2/")],
    *[(path, "page") for path in ("/paper/2024-03-07/", "/paper/2024-03-07/1/")],
    ("/stories/5/", "story"),
]


@pytest.fixture
def paper(db):
    """An edition whose first page was typeset and whose second was not, and one of everything that gathers stories."""
    edition = reading_rows.make_edition(pages=2)
    reading_rows.typeset(edition.pages.get(order=1))
    tag = PublishedTag.objects.create(slug="lantern", name="灯会")
    story = PublishedArticle.objects.get(number=5)
    PublishedTagging.objects.create(tag=tag, article=story, published_at=story.published_at, number=story.number)
    PublishedSpecial.objects.create(slug="flood", name="防汛", introduction="“一”与<二>", updated_at=story.published_at)
    reading_rows.changed()


@pytest.mark.parametrize(
    ("language", "locale", "of_a_story"),
    [("", "zh_CN", "zh_CN"), ("/zh-hant", "zh_TW", "zh_TW"), ("/en", "en_GB", "zh_CN")],
)
def test_a_shared_page_says_what_it_is_and_shows_a_picture(paper, client, language, locale, of_a_story):
    for path, whose in SHARED:
        page = client.get(language + path).text
        said = meta_in(page)
        assert said["og:title"], path
        assert said["og:url"] == unescape(re.search(r'<link rel="canonical" href="([^"]+)"', page)[1]), path
        assert said["og:description"] == said["description"], path
        assert said["og:site_name"] in ("试验日报", "試驗日報"), path
        assert said["og:locale"] == (of_a_story if whose == "story" else locale), path
        size = picture_at(client, said["og:image"]).size
        assert (int(said["og:image:width"]), int(said["og:image:height"])) == size, path
        assert ("nameplate" in said["og:image"], size == (1200, 630)) == (whose == "paper", whose != "page"), path


def picture_at(client, address: str) -> Image.Image:
    return Image.open(BytesIO(b"".join(client.get(address.removeprefix(ROOT)))))


def test_what_stands_for_a_page_is_called_by_its_name(paper, client):
    called = {path: meta_of(client, path)["og:title"] for path in ("/", "/sections/city/", "/specials/flood/")}
    assert called == {"/": "试验日报", "/sections/city/": "本市", "/specials/flood/": "防汛"}
    kinds = {path: meta_of(client, path)["og:type"] for path in ("/", "/authors/jia/", "/stories/5/")}
    assert kinds == {"/": "website", "/authors/jia/": "profile", "/stories/5/": "article"}
    page = meta_of(client, "/paper/2024-03-07/1/")
    assert (page["og:title"], page["og:image:alt"]) == ("2024年3月7日 第1版 要闻",) * 2
    assert page["twitter:card"] == "summary"
    lead = PublishedArticle.objects.get(number=4)
    assert page["og:description"].startswith(f"2024年3月7日 第1版 要闻: {lead.headline} · ")
    assert meta_of(client, "/paper/2024-03-07/")["og:description"].startswith(f"2024年3月7日: {lead.headline} · ")
    assert meta_of(client, "/specials/flood/")["og:description"] == "防汛 “一”与<二>"


def test_lists_are_described_each_by_a_sentence_of_its_own(paper, client):
    paths = ("/en/archive/", "/en/specials/", "/en/subscribe/")
    described = [meta_of(client, path)["description"] for path in paths]
    assert len(set(described)) == len(paths)
    assert [sentence for sentence in described if "试验日报" in sentence or not sentence.endswith(".")] == []


def test_what_is_not_there_is_not_shared(paper, client):
    for path in ("/sections/none/", "/stories/999/"):
        assert "og:" not in client.get(path).text, path


# -- cards ------------------------------------------------------------------------------------------------


def card(client, number: int) -> Image.Image:
    response = client.get(f"/cards/{number}.png")
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    return Image.open(BytesIO(response.content))


@pytest.fixture(autouse=True)
def _own_cards(settings, tmp_path):
    settings.CACHES = {**settings.CACHES, "cards": {**settings.CACHES["cards"], "LOCATION": tmp_path / "cards"}}


def test_a_story_without_a_picture_is_shared_with_a_card(people, client):
    story = house.story_in(State.PUBLISHED, people)
    said = meta_of(client, f"/stories/{story.pk}/")
    version = PublishedArticle.objects.get().version
    assert said["og:image"] == f"{ROOT}/cards/{story.pk}.png?v={version}"
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert said["twitter:card"] == "summary_large_image"
    assert data_of(client, f"/stories/{story.pk}/")[0]["image"][0]["url"] == said["og:image"]
    assert card(client, story.pk).size == (1200, 630)


def test_a_story_with_a_picture_is_shared_with_it(people, client):
    photo = house.make_photo(people[Role.REPORTER])
    story = house.story_in(State.PUBLISHED, people, pictures=[editing.Picture(photo.pk, alt="灯火")])
    said = meta_of(client, f"/stories/{story.pk}/")
    assert said["og:image"] == f"{ROOT}{PublishedArticle.objects.get().picture['src']}"
    assert said["og:image:alt"] == "灯火"


def test_only_what_readers_see_has_a_card(people, client):
    chief = people[Role.EDITOR_IN_CHIEF]
    for state in (State.DRAFT, State.IN_REVIEW, State.SIGNED_OFF):
        hidden = house.story_in(state, people)
        assert client.get(f"/cards/{hidden.pk}.png").status_code == 404, state
    story = house.story_in(State.PUBLISHED, people)
    card(client, story.pk)
    house.act(story, Verb.WITHDRAW, chief, "失实")
    assert client.get(f"/cards/{story.pk}.png").status_code == 410


def test_a_card_is_drawn_once_and_anew_when_what_it_shows_changes(db, client, monkeypatch):
    drawn = []
    draw = cards._drawn
    monkeypatch.setattr(cards, "_drawn", lambda *said: drawn.append(said) or draw(*said))
    [story] = reading_rows.make_articles(1, headline="夜市今晚开张")
    first = client.get(f"/cards/{story.number}.png")
    assert client.get(f"/cards/{story.number}.png", headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert len(drawn) == 1
    PublishedArticle.objects.update(headline="夜市明晚开张")
    reading_rows.changed()
    assert client.get(f"/cards/{story.number}.png").content != first.content
    assert len(drawn) == 2


def test_what_is_paid_for_is_called_so_wherever_it_is_shared(db, client):
    reading_rows.make_edition(pages=1)
    story, paid = (
        reading_rows.make_articles(1, headline="夜市今晚开张", genre=genre)[0] for genre in ("news", "advertisement")
    )
    page = PublishedPage.objects.get()
    reading_rows.place(page, paid, (1, 1, 4, 14))
    zone = client.get(page.get_absolute_url()).text.partition('<svg class="pagemap"')[2].partition("</svg>")[0]
    assert f'<a href="/stories/{paid.number}/" aria-label="【广告】夜市今晚开张">' in zone
    reading_rows.typeset(page, 1600, 2236)
    picture = client.get(page.get_absolute_url()).text.partition('<svg class="zones"')[2].partition("</svg>")[0]
    assert "<title>【广告】夜市今晚开张</title>" in picture
    shared = client.get(f"/stories/{paid.number}/").text
    assert "<title>【广告】夜市今晚开张 – 试验日报</title>" in shared
    assert f"mailto:?subject={quote('【广告】夜市今晚开张')}&" in unescape(shared)
    assert set(re.findall(r'\+oembed" href="[^"]+" title="([^"]+)"', shared)) == {"【广告】夜市今晚开张"}
    assert card(client, story.number).tobytes() != card(client, paid.number).tobytes()
    assert meta_of(client, f"/stories/{story.number}/")["og:title"] == "夜市今晚开张"
    assert meta_of(client, f"/stories/{paid.number}/")["og:title"] == "【广告】夜市今晚开张"
    assert "【广告】夜市今晚开张" in meta_of(client, "/sections/city/")["description"]
    said = ask(client, f"{ROOT}/stories/{paid.number}/").json()
    assert said["title"] == "【广告】夜市今晚开张"
    assert ">【广告】夜市今晚开张</a>" in said["html"]


@pytest.mark.parametrize(
    "headline",
    ["短", "一" * 200, "Reinforcement-" * 9, "夜市今晚开张\n三条街两百个摊位迎客", "㐀𠀀\ufffd", "⸻" * 16, "⸻" * 30],
)
def test_a_card_holds_whatever_headline(db, client, headline):
    [story] = reading_rows.make_articles(1, headline=headline)
    reading_rows.make_edition(pages=1)
    picture = card(client, story.number).convert("RGB")
    # Nothing reaches the margins: they have the colour of the paper.
    paper = picture.getpixel((2, 300))
    for edge in (picture.crop((0, 20, 70, 625)), picture.crop((1135, 20, 1200, 625))):
        assert edge.getcolors() == [(edge.width * edge.height, paper)]


# -- oEmbed -----------------------------------------------------------------------------------------------


def ask(client, url: str, **asked):
    return client.get(f"/oembed/?{urlencode({'url': url, **asked})}")


def test_another_site_is_given_a_quotation_and_no_script(db, client):
    reading_rows.make_edition(pages=1)
    [story] = reading_rows.make_articles(1, headline="夜市<b>开张</b>", summary="三条街 & 两百个摊位。")
    page = client.get(f"/stories/{story.number}/").text
    for kind, form in (("application/json", "json"), ("text/xml", "xml")):
        link = unescape(re.search(rf'<link rel="alternate" type="{re.escape(kind)}\+oembed" href="([^"]+)"', page)[1])
        response = client.get(link.removeprefix(ROOT))
        assert response["Content-Type"].startswith(kind)
        said = json.loads(response.content) if form == "json" else _read_xml(response.content)
        assert (said["version"], said["type"], said["title"]) == ("1.0", "rich", "夜市<b>开张</b>")
        assert (said["provider_name"], said["provider_url"]) == ("试验日报", f"{ROOT}/")
        assert (said["author_name"], said["author_url"]) == ("甲某", f"{ROOT}/authors/jia/")
        quotation = ElementTree.fromstring(said["html"])
        assert quotation.tag == "blockquote"
        assert [link.get("href") for link in quotation.iter("a")] == [f"{ROOT}/stories/{story.number}/"]
        assert "夜市<b>开张</b>三条街 & 两百个摊位。试验日报 2024年3月7日" in "".join(quotation.itertext())
        assert int(said["width"]) > 0
        assert int(said["height"]) > 0


def _read_xml(content: bytes) -> dict[str, str]:
    root = ElementTree.fromstring(content)
    assert root.tag == "oembed"
    return {element.tag: element.text for element in root}


def test_what_xml_cannot_write_breaks_no_answer(db, client):
    [story] = reading_rows.make_articles(1, headline="夜\x0b市\uffff")
    response = ask(client, f"{ROOT}/stories/{story.number}/", format="xml")
    assert _read_xml(response.content)["title"] == "夜市"


def test_the_answer_is_no_larger_than_was_asked_for(people, client):
    photo = house.make_photo(people[Role.REPORTER])
    story = house.story_in(State.PUBLISHED, people, pictures=[editing.Picture(photo.pk)])
    address = f"{ROOT}/stories/{story.pk}/"
    whole = ask(client, address).json()
    assert whole["thumbnail_url"] == f"{ROOT}{PublishedArticle.objects.get().picture['src']}"
    small = ask(client, address, maxwidth=whole["thumbnail_width"] - 1, maxheight=100).json()
    assert (small["width"], small["height"]) == (whole["thumbnail_width"] - 1, 100)
    assert "thumbnail_url" not in small
    assert ask(client, address, maxwidth="").json() == whole
    for none in ("wide", "-1", "0", "1.5", "９"):
        assert ask(client, address, maxwidth=none).status_code == 400, none


def test_errors_are_those_of_the_standard(people, client, settings):
    settings.SITE_ADDRESS = "https://paper.example"
    chief = people[Role.EDITOR_IN_CHIEF]
    story = house.story_in(State.PUBLISHED, people)
    hidden = house.story_in(State.SIGNED_OFF, people)
    gone = house.story_in(State.PUBLISHED, people)
    house.act(gone, Verb.WITHDRAW, chief, "失实")
    for address in (
        f"{ROOT}/stories/{story.pk}/",
        f"https://paper.example/stories/{story.pk}/",
        f"{ROOT}/en/stories/{story.pk}/?utm=1",
    ):
        assert ask(client, address).status_code == 200, address
    for address in (
        f"{ROOT}/stories/{hidden.pk}/",
        f"https://other.example/stories/{story.pk}/",
        f"{ROOT}/sections/city/",
        f"{ROOT}/stories/{'9' * 30}/",
        f"{ROOT}/stories/0{story.pk}/",
        "http://[",
        f"javascript:/stories/{story.pk}/",
        "",
    ):
        response = ask(client, address)
        assert (response.status_code, response["Content-Type"]) == (404, "text/plain; charset=utf-8"), address
        assert response.text.strip()
    assert client.get("/oembed/").status_code == 404
    assert ask(client, f"{ROOT}/stories/{gone.pk}/").status_code == 410
    # A format that is not known is refused whatever is asked for in it.
    for address in (f"{ROOT}/stories/{story.pk}/", "https://other.example/"):
        refused = ask(client, address, format="yaml")
        assert (refused.status_code, refused["Access-Control-Allow-Origin"]) == (501, "*")
        assert "json" in refused.text


def test_who_shows_a_story_keeps_it_no_longer_than_caches_keep_a_page(db, client):
    [story] = reading_rows.make_articles(1)
    address = f"{ROOT}/stories/{story.number}/"
    longest = int(re.search(r"stale-if-error=(\d+)", client.get(address)["Cache-Control"])[1])
    assert 0 < ask(client, address).json()["cache_age"] <= longest
