"""The search page and its suggestions, over HTTP."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import PublishedTag
from articles.search import finding
from articles.search.index import write
from tests import reading_rows


def publish(*headlines: str, **fields):
    """A story a headline, the first the newest by a day."""
    rows = reading_rows.make_articles(len(headlines), every=datetime.timedelta(days=1), **fields)
    for row, headline in zip(rows, headlines, strict=True):
        row.headline = headline
        row.save()
    write(rows)
    return rows


def shown(response) -> list[str]:
    return [hit.article.headline for hit in response.context["found"].hits]


def test_what_is_found_is_marked_and_nothing_in_it_is_markup(client, db):
    publish("夜市<b>開張</b>", body="<p>昨晚&lt;i&gt;夜市 AT&amp;T 开张</p>")
    response = client.get("/search/", {"q": "夜市 开张"})
    assert "<mark>夜市</mark>&lt;b&gt;<mark>開張</mark>&lt;/b&gt;" in response.text
    assert "昨晚&lt;i&gt;<mark>夜市</mark> AT&amp;T <mark>开张</mark>" in response.text
    assert shown(client.get("/search/", {"q": "開張"})) == shown(client.get("/search/", {"q": "开张"}))


def test_the_page_is_kept_out_of_other_indexes_and_has_no_script_in_it(client, db):
    response = client.get("/search/", {"q": "夜市"})
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.text


def test_who_asks_nothing_is_told_of_quotation_marks_and_given_sections_to_begin_with(client, db):
    publish("夜市", section=reading_rows.make_section("sports", "体育", "Sports"))
    text = client.get("/en/search/").text
    assert "in quotation marks" in text.partition("</search>")[2]
    assert '<a href="?section=sports">Sports</a>' in text
    assert shown(client.get("/search/?section=sports")) == ["夜市"]


def test_the_headline_weighs_more_and_so_does_what_is_fresh(client, db):
    day = datetime.timedelta(days=1)
    now = reading_rows.NOON
    old = publish("夜市旧闻", newest=now - 6000 * day)[0]
    in_text = publish("别的事", body="<p>夜市</p>", newest=now)[0]
    recent = publish("夜市新闻", newest=now - 30 * day)[0]
    assert shown(client.get("/search/", {"q": "夜市"})) == [recent.headline, in_text.headline, old.headline]
    newest = shown(client.get("/search/", {"q": "夜市", "sort": "newest"}))
    assert newest == [in_text.headline, recent.headline, old.headline]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"headline": "on", "q": "夜市"}, ["夜市"]),
        ({"section": "sports", "q": "夜市"}, ["夜市", "球赛"]),
        ({"section": "sports"}, ["夜市", "球赛"]),
        ({"since": "2024-03-07"}, ["夜市"]),
        ({"until": "2024-03-06"}, ["球赛", "本市"]),
        ({"since": "2024-03-06", "until": "2024-03-06"}, ["球赛"]),
        ({"by": "甲"}, ["夜市", "球赛", "本市"]),
        ({"by": "乙"}, []),
        ({"author": "jia", "q": "球"}, ["球赛"]),
        ({"genre": "news", "q": "球"}, ["球赛"]),
        ({"genre": "brief"}, []),
        ({"paper": "2024-03-07"}, []),
    ],
)
def test_what_narrows_the_question(client, db, asked, expected):
    section = reading_rows.make_section("sports", "体育", "Sports")
    publish("夜市", "球赛", section=section, body="<p>夜市旁边</p>")
    publish("本市", newest=reading_rows.NOON - datetime.timedelta(days=40), body="<p>夜市开张</p>")
    assert shown(client.get("/search/", {**asked, "sort": "newest"})) == expected


def test_words_stand_in_any_of_their_forms(client, db):
    publish("The market runs", "Running late", "Brunt")
    assert sorted(shown(client.get("/search/", {"q": "run"}))) == ["Running late", "The market runs"]
    assert sorted(shown(client.get("/search/", {"q": '"run"'}))) == ["Brunt", "Running late", "The market runs"]


def test_facets_lead_to_what_they_count(client, db):
    publish("夜市甲", "夜市乙", section=reading_rows.make_section("sports", "体育", "Sports"))
    publish("夜市丙", newest=reading_rows.NOON - datetime.timedelta(days=400))
    response = client.get("/en/search/", {"q": "夜市"})
    for facet in response.context["facets"]:
        for choice in facet.choices:
            narrowed = client.get("/en/search/" + _address(choice.query))
            assert narrowed.context["found"].count == choice.count, (facet.name, choice.label)
    labels = {facet.name: [choice.label for choice in facet.choices] for facet in response.context["facets"]}
    assert labels == {"section": ["Sports", "City"], "time": ["2024", "2023"], "author": ["甲某"], "genre": ["News"]}


def test_a_story_counts_in_the_year_and_the_month_that_the_newsroom_has(client, db):
    def hour(*moment: int) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime(*moment))

    publish("夜市甲", newest=hour(2024, 1, 1, 0))
    publish("夜市乙", newest=hour(2023, 12, 31, 23, 59, 59))
    publish("夜市丙", newest=hour(2023, 3, 1, 0))
    asked = {"q": "夜市"}
    assert _times(client, asked) == [("2024", 1), ("2023", 2)]
    assert _times(client, {**asked, "until": "2023-12-31"}) == [("December 2023", 1), ("March 2023", 1)]


def _times(client, asked) -> list[tuple[str, int | None]]:
    facets = {facet.name: facet for facet in client.get("/en/search/", asked).context["facets"]}
    return [(choice.label, choice.count) for choice in facets["time"].choices]


def _address(query) -> str:
    from articles.search.form import address_of

    return address_of(query)


def test_pages_follow_each_other_and_end(client, db):
    publish(*[f"夜市{place}" for place in range(45)])
    pages = [shown(client.get("/search/", {"q": "夜市", "page": page})) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert len({headline for page in pages for headline in page}) == 45
    beyond = client.get("/en/search/", {"q": "夜市", "page": 4})
    assert beyond.status_code == 404
    assert "There are no further results." in beyond.text
    assert 'href="?q=%E5%A4%9C%E5%B8%82">To the first page of results' in beyond.text
    assert "page=2" in client.get("/search/", {"q": "夜市"}).text


def test_beyond_what_is_counted_the_newest_and_the_headlines_are_shown(client, db, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 60)
    monkeypatch.setattr(finding, "MOST_SHOWN", 30)
    rows = publish(*[f"别的{place}" for place in range(400)], body="<p>夜市</p>")
    in_headline = publish("夜市", newest=reading_rows.NOON - datetime.timedelta(days=700))[0]
    response = client.get("/search/", {"q": "夜市", "sort": "newest"})
    assert response.context["found"].is_capped
    everything = [one.number for one in response.context["found"].everything]
    assert everything == [row.number for row in rows[:30]]
    best = client.get("/search/", {"q": "夜市"}).context["found"]
    assert in_headline.number in {one.number for one in best.everything}
    assert len(best.everything) == 31


@pytest.mark.parametrize(
    ("asked", "finds"),
    [
        ({"q": "夜市 火星"}, "?q=%E5%A4%9C%E5%B8%82"),
        ({"q": "夜市开张"}, "?q=%E5%A4%9C%E5%B8%82+%E5%BC%80%E5%BC%A0"),
        ({"q": "夜市", "section": "sports"}, "?q=%E5%A4%9C%E5%B8%82"),
        ({"q": "夜市", "until": "2024-02-20"}, "?q=%E5%A4%9C%E5%B8%82&amp;until=2024-03-21"),
        ({"q": "夜市", "by": "乙"}, "?q=%E5%A4%9C%E5%B8%82"),
        ({"q": "夜市火星木星", "section": "sports"}, "?q=%E5%A4%9C%E5%B8%82"),
    ],
)
def test_no_result_leads_to_one(client, db, asked, finds):
    reading_rows.make_section("sports", "体育", "Sports")
    publish("夜市昨晚开张")
    response = client.get("/search/", asked)
    assert response.context["found"].count == 0
    assert f'href="{finds}"' in response.text
    assert all(other.count for other in response.context["instead"])


def test_of_a_long_word_whatever_stands_in_the_paper_is_offered_the_longest_first(client, db):
    publish("公交车进巷", "公交调线", "公交夜班")
    instead = client.get("/search/", {"q": "核聚变公交车"}).context["instead"]
    assert [(other.query.terms[0].text, other.count) for other in instead] == [("公交车", 1), ("公交", 3)]


def test_what_is_asked_of_the_longest_word_is_bounded(client, db):
    publish("甲乙" * 100)
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/search/", {"q": "甲乙" * 40 + "丙" * 40})
    assert response.context["instead"]
    assert len([query for query in queries if "FROM articles_publishedsearch" in query["sql"]]) < 25


def test_what_is_asked_of_many_long_words_is_bounded(client, db):
    """Every two characters of them stand in the paper, no three do, and each word asks for others."""
    words = ["".join(chr(0x4E00 + 40 * word + place) for place in range(20)) for word in range(8)]
    pairs = " ".join(word[place : place + 2] for word in words for place in range(19))
    publish("别的事", body=f"<p>{pairs}</p>")
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/search/", {"q": " ".join(words)})
    assert response.context["instead"]
    assert len([query for query in queries if "FROM articles_publishedsearch" in query["sql"]]) < 75


def test_of_what_could_be_asked_instead_only_what_is_shown_is_counted(client, db):
    words = [f"{place:02}" for place in range(12)]
    publish(*[" ".join(word for word in words if word != left_out) for left_out in words])
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/search/", {"q": " ".join(words)})
    assert len(response.context["instead"]) == 10
    asked_of_the_index = [query for query in queries if "FROM articles_publishedsearch" in query["sql"]]
    assert len(asked_of_the_index) == 1 + 10


@pytest.mark.parametrize(("since", "until"), [("1900-01-01", "1900-01-02"), ("2099-12-30", "2099-12-31")])
def test_what_leads_on_from_the_first_and_the_last_days_can_be_asked_for(client, db, since, until):
    publish("夜市", newest=datetime.datetime(1900, 1, 20, tzinfo=datetime.UTC))
    publish("夜市", newest=datetime.datetime(2099, 12, 10, tzinfo=datetime.UTC))
    instead = client.get("/search/", {"q": "夜市", "since": since, "until": until}).context["instead"]
    assert [other.count for other in instead] == [1, 2]
    for other in instead:
        assert client.get("/search/" + _address(other.query)).context["found"].count == other.count


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"q": "！。"}, "Type a character"),
        ({"q": " ".join(map(str, range(13)))}, "No more than 12 words"),
        ({"q": "长" * 201}, "200"),
        ({"q": "夜市", "since": "昨天"}, "Write a day as"),
        ({"q": "夜市", "since": "0001-01-01"}, "between 1900 and 2099"),
        ({"q": "夜市", "until": "9999-12-31"}, "between 1900 and 2099"),
        ({"q": "夜市", "paper": "1899-12-31"}, "between 1900 and 2099"),
        ({"q": "夜市", "paper": "2100-01-01"}, "between 1900 and 2099"),
        ({"q": "夜市", "since": "2024-03-08", "until": "2024-03-07"}, "before the first"),
        ({"q": "夜市", "on": "2"}, "Say of which day"),
        ({"q": "夜市", "section": "none"}, "none"),
        ({"q": "夜市", "page": "0"}, "1"),
        ({"q": "夜市", "page": "x"}, ""),
    ],
)
def test_what_cannot_be_read_is_said_and_kept(client, db, asked, says):
    publish("夜市")
    response = client.get("/en/search/", asked)
    assert response.status_code == 400
    assert says in response.text
    assert 'class="error"' in response.text
    assert all(
        f'value="{value}"' in response.text
        for name, value in asked.items()
        if name in {"q", "since", "until", "paper", "on"}
    )


@pytest.mark.parametrize(
    "said",
    [
        "\x00夜市",
        "夜市\ud800".encode("utf-8", "surrogatepass"),
        "' OR 1=1 --",
        '"',
        "%_\\",
        "a:b & c|d!",
        "NEAR(夜)",
        "*",
    ],
)
def test_nothing_that_is_typed_breaks_it(client, db, said):
    publish("夜市")
    assert client.get("/search/", {"q": said}).status_code in {200, 400}
    assert client.get("/search/suggest/", {"q": said}).status_code == 200


def test_suggestions_are_of_what_is_published(client, db):
    [row] = publish("夜市开张")
    PublishedTag.objects.create(slug="夜市", name="夜市")
    reading_rows.make_author()
    reading_rows.make_section("night", "夜间", "Night")
    reading_rows.changed()
    offered = {(one["kind"], one["label"]) for one in client.get("/search/suggest/", {"q": "夜"}).json()["suggestions"]}
    assert offered == {("headline", "夜市开张"), ("tag", "夜市"), ("section", "夜间")}
    authors = client.get("/search/suggest/", {"q": "甲"}).json()["suggestions"]
    assert authors == [
        {"kind": "author", "label": "甲某", "address": "/authors/jia/", "kind_label": authors[0]["kind_label"]}
    ]
    assert client.get("/search/suggest/", {"q": " 。"}).json()["suggestions"] == []
    assert row.get_absolute_url() in client.get("/search/suggest/", {"q": "夜市开"}).text


def test_nothing_is_suggested_for_more_words_than_a_search_takes(client, db):
    words = "一二三四五六七八九十甲乙丙"
    publish(words)
    for count, offered in ((12, 1), (13, 0)):
        suggestions = client.get("/search/suggest/", {"q": " ".join(words[:count])}).json()["suggestions"]
        assert len(suggestions) == offered, count


def test_a_suggested_advertisement_is_called_so(client, db):
    publish("夜市开张", genre="advertisement")
    for language, word in (("", "广告"), ("/en", "Advertisement"), ("/zh-hant", "廣告")):
        [offered] = client.get(f"{language}/search/suggest/", {"q": "夜市"}).json()["suggestions"]
        assert (offered["kind"], offered["kind_label"]) == ("advertisement", word)


def test_every_page_has_one_field_to_search_and_search_itself_no_second(client, db):
    publish("夜市开张")
    for address in ("/", "/zh-hant/archive/", "/en/search/", "/stories/999/"):
        assert client.get(address).text.count('type="search"') == 1, address


def test_another_language_is_offered_of_the_same_question(client, db):
    publish("夜市开张")
    text = client.get("/search/", {"q": "夜市 a&b", "sort": "newest"}).text
    assert 'href="http://testserver/en/search/?q=%E5%A4%9C%E5%B8%82+a%26b&amp;sort=newest"' in text


def test_under_traditional_characters_all_is_said_in_them_but_what_was_typed(client, db):
    [row] = publish("夜市开张", body="<p>这里开张。</p>")
    text = client.get("/zh-hant/search/", {"q": "开张"}).text
    assert 'value="开张"' in text
    assert "夜市<mark>開張</mark>" in text
    [offered] = client.get("/zh-hant/search/suggest/", {"q": "夜市开"}).json()["suggestions"]
    assert (offered["label"], offered["address"]) == ("夜市開張", f"/zh-hant/stories/{row.number}/")


@pytest.mark.parametrize("archive", [30, 300])
def test_a_search_takes_as_many_queries_whatever_there_is(client, db, django_assert_max_num_queries, archive):
    publish(*[f"夜市{place}" for place in range(archive)])
    with django_assert_max_num_queries(8):
        client.get("/search/", {"q": "夜市"})
