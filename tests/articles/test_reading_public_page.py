"""What every public page has in common: nothing of a reader's, cacheable, 304 where nothing changed."""

import re
import sys

import pytest
from django.conf import settings
from django.test import Client

from articles.models.published import PublicFrame, PublishedArticle, PublishedSection, Serial, WithdrawnArticle
from articles.public import page
from articles.states import State, Verb
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import reading_rows
from tests.origin import Origin

PAGES = [
    "/",
    "/paper/2024-03-07/",
    "/paper/2024-03-07/1/",
    "/sections/city/",
    "/stories/1/",
    "/authors/jia/",
    "/archive/",
    "/archive/2024/03/",
    "/search/",
    "/subscribe/",
    "/api/",
]
FOR_MACHINES = [
    "/feeds/all.rss",
    "/feeds/all.atom",
    "/feeds/all.json",
    "/feeds/search.atom?q=消息",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemaps/site.xml",
    "/sitemaps/stories-2024-03.xml",
    "/paper/2024-03-07.epub",
    "/oembed/?url=https://paper.example/stories/1/",
    "/api/v1/",
    "/api/v1/openapi.json",
    "/api/v1/stories/?limit=1",
    "/api/v1/stories/1/",
    "/api/v1/editions/2024-03-07/",
]
PREFIXES = ("", "/en", "/zh-hant")
every_page = pytest.mark.parametrize("address", [prefix + address for prefix in PREFIXES for address in PAGES])


@pytest.fixture
def paper(db):
    return reading_rows.make_edition()


@every_page
def test_a_page_is_the_same_for_everybody(client, paper, people, address):
    anonymous = client.get(address)
    assert anonymous.status_code == 200
    assert "Set-Cookie" not in anonymous.headers
    assert not anonymous.cookies
    assert "cookie" not in anonymous.get("Vary", "").lower()
    client.force_login(people[Role.REPORTER])
    signed_in = client.get(address)
    assert signed_in.content == anonymous.content
    assert "cookie" not in signed_in.get("Vary", "").lower()


@every_page
def test_a_page_has_no_script_and_no_style_written_into_it(client, paper, address):
    response = client.get(address)
    # What machines read, and scripts that are files of ours.
    harmless = r"type=\"application/ld\+json\">|(?:type=\"module\" )?src=\"/static/reading/[\w-]+\.js\"></script>"
    assert not re.search(rf"<script (?!{harmless})|<script>|<style|\sstyle=|\son\w+=|javascript:", response.text)
    assert "nonce-" not in response["Content-Security-Policy"]


@every_page
def test_caches_may_keep_a_page_for_a_second_and_it_is_304_when_asked_again(client, paper, address):
    first = client.get(address)
    said = "public, max-age=0, s-maxage=1, stale-while-revalidate=1, stale-if-error=600"
    assert first["Cache-Control"] == said
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Cache-Control"] == first["Cache-Control"]
    other = client.get(address, headers={"if-none-match": '"another"'})
    assert (other.status_code, other.content) == (200, first.content)


# By which name caches are told to forget it once it is there.
NOTHING_YET = {
    "/stories/999/": "story-999",
    "/zh-hant/stories/999/": "story-999",
    "/cards/999.png": "story-999",
    "/sections/none/": "section-none",
    "/feeds/sections/none.rss": "section-none",
    "/authors/none/": "author-none",
    "/tags/none/": "tag-none",
    "/specials/none/": "special-none",
    "/paper/2001-01-01/": "edition-2001-01-01",
    "/archive/2001/01/": "archive",
    "/sitemaps/news.xml": "archive",
    "/sections/city/?before=nowhere": "section-city",
    "/tags/a\x00b/": "all",
}


@pytest.mark.parametrize("address", NOTHING_YET)
def test_what_is_not_there_yet_is_kept_for_a_second_under_the_name_by_which_it_is_forgotten(
    client, paper, settings, address
):
    settings.CDN_PURGE_URL = "https://cdn.example/purge"
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer["Cache-Control"] == client.get("/")["Cache-Control"]
    assert NOTHING_YET[address] in answer["Surrogate-Key"].split()
    assert not {"ETag", "CDN-Cache-Control"} & set(answer.headers)


def test_no_cache_keeps_for_long_that_an_address_is_none(client, paper):
    for address in ("/nowhere/", "/media/none.png", "/api/v1/nothing/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Cache-Control"]) == (404, client.get("/")["Cache-Control"])


def test_a_page_has_the_frame_of_its_own_serial_whatever_another_thread_writes_meanwhile(paper):
    older = (Serial(0, None), PublicFrame(name="旧报名"))

    def others_come_between(running, event, _argument):
        if running.f_code is not page._frame_of.__code__:
            return None
        page._last_frame = older
        return others_come_between

    before = sys.gettrace()
    sys.settrace(others_come_between)
    try:
        frame = page._frame_of(PublicFrame.serial())
    finally:
        sys.settrace(before)
    assert frame.name == "试验日报"


@every_page
def test_a_page_is_read_and_nothing_else(client, paper, address):
    head = client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    stranger = Client(enforce_csrf_checks=True)
    for method in (stranger.post, stranger.put, stranger.patch, stranger.delete):
        refused = method(address)
        assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD")


def test_a_file_is_read_and_nothing_else(db):
    stranger = Client(enforce_csrf_checks=True)
    refused = stranger.post("/media/photos/ab/picture.webp")
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("address", ["/no/such/page/", "/en/no/such/page/", "/stories/999/", "/stories/98/", "/paper/"])
def test_what_is_not_there_varies_with_no_language_but_that_of_its_address(client, db, address):
    WithdrawnArticle.objects.create(number=98, withdrawn_at=reading_rows.NOON)
    english, chinese = (client.get(address, headers={"Accept-Language": one}) for one in ("en", "zh-CN"))
    assert english.status_code in (404, 410)
    assert (english.content, english["Content-Language"]) == (chinese.content, chinese["Content-Language"])
    assert "accept-language" not in english.get("Vary", "").lower()


@every_page
def test_a_page_names_itself_in_every_language(client, paper, address):
    text = client.get(address).text
    bare = re.sub("^/(en|zh-hant)/", "/", address)
    tongue = {"/en": "en", "/zh-hant": "zh-Hant"}.get(address.removesuffix(bare), "zh-Hans")
    assert f'<html lang="{tongue}">' in text
    assert f'<link rel="canonical" href="http://testserver{address}">' in text
    switch = text.partition('<p class="language"')[2].partition("</p>")[0]
    assert f'<span lang="{tongue}" aria-current="true">' in switch
    for language, prefix in (("zh-Hans", ""), ("zh-Hant", "/zh-hant"), ("en", "/en")):
        assert f'<link rel="alternate" hreflang="{language}" href="http://testserver{prefix}{bare}">' in text
        assert (f'<a href="{prefix}{bare}" lang="{language}"' in switch) == (language != tongue)


def test_a_page_is_of_the_sites_own_address_under_whatever_name_somebody_came(client, paper, settings):
    settings.SITE_ADDRESS = "https://paper.example"
    for address in (*PAGES, *FOR_MACHINES):
        under_its_name, elsewhere = (client.get(address, headers={"host": host}) for host in ("testserver", "[::1]:81"))
        assert under_its_name.status_code == 200, address
        assert under_its_name.content == elsewhere.content, address
        assert b"testserver" not in under_its_name.content, address


@pytest.mark.parametrize("address", ["/en//evil.example/x/", "//evil.example/x/", "/zh-hant///evil.example/x/"])
def test_no_page_leads_to_another_site_because_its_address_does(paper, address):
    nothing = Origin().get(address)
    assert nothing.status == 404
    assert 'lang="en"' in nothing.text
    assert not re.search(r'href="(?:https?:)?//evil', nothing.text)


@pytest.mark.parametrize(
    "address",
    ["/stories/01/", "/en/stories/001/", "/paper/2024-03-07/01/", "/feeds/pages/01.rss", "/cards/01.png",
     "/api/v1/stories/01/"],
)  # fmt: skip
def test_a_number_is_written_in_one_way(client, paper, address):
    assert client.get(address).status_code == 404
    assert client.get(re.sub("/0+1", "/1", address)).status_code == 200


def test_changing_the_language_keeps_the_page_of_a_list(client, db):
    reading_rows.make_articles(40)
    older = client.get("/sections/city/").context["page"].older
    text = client.get("/sections/city/", {"before": str(older), "utm_source": "x"}).text
    assert f'href="http://testserver/en/sections/city/?before={older}"' in text
    assert f'<link rel="canonical" href="http://testserver/sections/city/?before={older}">' in text


@pytest.mark.parametrize(
    "address", ["/", "/paper/2024-03-07/", "/paper/2024-03-07/1/", "/sections/city/", "/authors/jia/"]
)
def test_a_new_headline_changes_the_validator_of_every_page_that_shows_it(client, paper, address):
    before = client.get(address)["ETag"]
    PublishedArticle.objects.update(headline="换了标题")
    reading_rows.changed()
    response = client.get(address, headers={"if-none-match": before})
    assert response.status_code == 200
    assert "换了标题" in response.text


def test_a_story_is_new_when_it_its_section_or_a_neighbour_changes(client, paper):
    address = "/stories/2/"
    seen = client.get(address)
    changes = [
        lambda: PublishedArticle.objects.filter(number=2).update(body="<p>改过的正文。</p>"),
        lambda: PublishedArticle.objects.filter(number=3).update(headline="邻居改了题"),
        lambda: PublishedArticle.objects.filter(number=3).delete(),
        lambda: PublishedSection.objects.update(name="新栏名"),
    ]
    for change in changes:
        change()
        reading_rows.changed()
        seen, known = client.get(address, headers={"if-none-match": seen["ETag"]}), seen["ETag"]
        assert seen.status_code == 200
        assert seen["ETag"] != known


def test_a_correction_signed_on_the_desk_is_what_the_next_reader_gets(client, people):
    story = house.story_in(State.PUBLISHED, people)
    chief = people[Role.EDITOR_IN_CHIEF]
    etag = client.get(f"/stories/{story.pk}/")["ETag"]
    story = house.act(story, Verb.CORRECT, chief, "昨日所刊时间有误，应为八时。")
    unsigned = client.get(f"/stories/{story.pk}/", headers={"if-none-match": etag})
    assert unsigned.status_code == 304
    house.act(story, Verb.SIGN, chief)
    corrected = client.get(f"/stories/{story.pk}/", headers={"if-none-match": etag})
    assert corrected.status_code == 200
    assert "昨日所刊时间有误，应为八时。" in corrected.text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_before_anything_is_published_the_home_page_says_so(client, db, prefix):
    response = client.get(f"{prefix}/")
    assert response.status_code == 200
    assert 'class="notice"' in response.text
    assert client.get(f"{prefix}/archive/").status_code == 200


def test_a_fault_shows_a_page_without_the_database(client, monkeypatch):
    monkeypatch.setattr("editions.views.reading.front_page", lambda today: 1 / 0)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert 'class="notice"' in response.text


def test_languages_are_the_three_that_addresses_know_and_the_house_works_in_two():
    assert [code for code, _name in settings.LANGUAGES] == ["zh-hans", "en", "zh-hant"]
    assert [code for code, _name in settings.DESK_LANGUAGES] == ["zh-hans", "en"]
