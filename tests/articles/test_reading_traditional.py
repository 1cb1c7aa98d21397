"""The site in traditional characters: what is said is converted, what is addressed is not."""

import json
import re

import pytest

from articles.public import traditional
from articles.states import State, Verb
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import reading_rows
from tests.origin import Origin


@pytest.mark.parametrize(
    ("said", "converted"),
    [
        ("干部干净地晒干了头发", "幹部乾淨地曬乾了頭髮"),
        ("后来皇后说", "後來皇后說"),
        ("“他说‘这里’很好。”", "「他說『這裡』很好。」"),
        ("it’s", "it’s"),
    ],
)
def test_characters_follow_the_words_they_stand_in(said, converted):
    assert traditional.convert(said) == converted


@pytest.mark.parametrize(
    ("html", "converted"),
    [
        ('<p lang="zh-Hans">电</p>', '<p lang="zh-Hant">電</p>'),
        ('<a href="/tags/电/" title="电">电</a>', '<a href="/tags/电/" title="電">電</a>'),
        ('<img src="/电.webp" alt="电 > 话">', '<img src="/电.webp" alt="電 > 話">'),
        ('<input name="电" value="电" placeholder="电">', '<input name="电" value="电" placeholder="電">'),
        ('<meta property="og:title" content="电">', '<meta property="og:title" content="電">'),
        ('<meta property="og:url" content="/电">', '<meta property="og:url" content="/电">'),
        ("<script>const 电 = '电';</script>", "<script>const 电 = '电';</script>"),
        ("<!-- 电 --><style>/* 电 */</style>电", "<!-- 电 --><style>/* 电 */</style>電"),
        ('<p translate="no">电<br><b>电</b></p>电', '<p translate="no">电<br><b>电</b></p>電'),
        ("1 < 2 &amp; 电", "1 < 2 &amp; 電"),
        ("<p>头</p><p>发</p>", "<p>頭</p><p>發</p>"),
    ],
)
def test_text_and_what_is_read_out_are_converted_and_no_address_and_no_code(html, converted):
    assert traditional.page(html) == converted


def test_linked_data_is_converted_in_its_words_alone():
    data = {"headline": "电 </script>", "inLanguage": "zh-Hans", "@id": "https://a.example/电", "电": ["电", "/电"]}
    code = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    page = traditional.page(f'<script type="application/ld+json">{code}</script>')
    inner = re.fullmatch(r'<script type="application/ld\+json">(.*)</script>', page)[1]
    assert "<" not in inner
    assert json.loads(inner) == {
        "headline": "電 </script>", "inLanguage": "zh-Hant", "@id": "https://a.example/电", "电": ["電", "/电"],
    }  # fmt: skip


def test_links_of_the_site_stay_in_it_and_those_to_files_stay_what_they_are(client, db):
    reading_rows.make_edition(pages=1)
    text = client.get("/zh-hant/").text
    # Those to the same page in another language say which.
    links = re.findall(r'<a (?:class="[^"]*" )?href="(/[^"]*)"(?![^>]* hreflang=)', text)
    assert links
    assert [link for link in links if not link.startswith("/zh-hant/")] == []
    assert 'href="/static/reading/reading.css"' in text
    assert "試驗日報" in text
    assert "试验日报" not in text


def test_a_story_says_the_same_in_traditional_characters(client, people):
    story = house.story_in(State.PUBLISHED, people, headline="老城区的发廊", keywords="发廊", body="<p>头发。</p>")
    text = client.get(f"/zh-hant/stories/{story.pk}/").text
    assert '<html lang="zh-Hant">' in text
    assert '<meta property="og:locale" content="zh_TW">' in text
    assert '<meta property="og:locale" content="zh_CN">' in client.get(f"/stories/{story.pk}/").text
    assert "老城區的髮廊" in re.search(r"<title>(.*?)</title>", text)[1]
    assert '<div class="text" lang="zh-Hant">' in text
    assert "頭髮。</p>" in text
    assert "/zh-hant/tags/%E5%8F%91%E5%BB%8A/" in text


def test_it_is_kept_beside_the_other_languages_and_gone_with_the_story(people, django_assert_num_queries):
    origin, story = Origin(), house.story_in(State.PUBLISHED, people)
    addresses = [f"{language}/stories/{story.pk}/" for language in ("", "/zh-hant", "/en")]
    made = [origin.get(address) for address in addresses]
    with django_assert_num_queries(0):
        assert [origin.get(address) for address in addresses] == made
        known = origin.get(addresses[1], if_none_match=made[1].headers["ETag"])
    assert known.status == 304
    assert [re.search('<html lang="(.*?)"', page.text)[1] for page in made] == ["zh-Hans", "zh-Hant", "en"]
    assert len({page.headers["ETag"] for page in made}) == 3
    house.act(story, Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实")
    gone = [origin.get(address) for address in addresses]
    assert [page.status for page in gone] == [410, 410, 410]
    assert '<html lang="zh-Hant">' in gone[1].text


def test_what_is_not_there_is_not_there_in_it_either(client, db):
    response = client.get("/zh-hant/stories/999/")
    assert response.status_code == 404
    assert '<html lang="zh-Hant">' in response.text


def test_a_fault_is_told_in_it_too(client, db, monkeypatch):
    monkeypatch.setattr("editions.views.reading.front_page", lambda today: 1 / 0)
    client.raise_request_exception = False
    response = client.get("/zh-hant/")
    assert response.status_code == 500
    assert '<html lang="zh-Hant">' in response.text


@pytest.mark.parametrize("place", ["desk/", "desk/stories/", "admin/", "accounts/login/"])
def test_the_house_has_no_door_there(client, people, place):
    client.force_login(people[Role.ADMINISTRATOR])
    assert client.get(f"/zh-hant/{place}").status_code == 404
    assert client.get(f"/en/{place}").status_code != 404
