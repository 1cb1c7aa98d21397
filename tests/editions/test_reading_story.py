"""A story's own page, over HTTP."""

import datetime
import json
import re

import pytest
from django.utils.encoding import iri_to_uri

from articles import editing
from articles.models.published import PublishedArticle
from articles.states import State, Verb
from editions.publishing import publish_edition
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import reading_rows


def make_story(**fields) -> PublishedArticle:
    return reading_rows.make_articles(1, **fields)[0]


def data_of(text: str) -> dict:
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])


def test_the_deck_stands_as_it_was_printed(client, db):
    story = make_story(kicker="历时97天", headline="夜市\n开了", subhead="——市民叫好")
    text = client.get(story.get_absolute_url()).text
    assert re.search(r"历时97天.*<h1[^>]*>夜市\n开了</h1>.*——市民叫好", text, re.S)
    assert "<title>夜市\n开了</title>" in text


def test_the_web_headline_names_the_page_and_the_printed_one_is_kept_beside_it(client, db):
    """It says what kicker and subhead say in print; nothing is said twice, and nothing is lost."""
    edition = reading_rows.make_edition(pages=1)
    story = make_story(
        kicker="引题在前", headline="看不懂的主题", subhead="——噪声列前三", web_headline="网上读得懂的标题，噪声列前三"
    )
    reading_rows.place(edition.pages.get(), story, (1, 90, 2, 10))
    text = client.get(story.get_absolute_url()).text
    assert "<title>网上读得懂的标题，噪声列前三 – 试验日报</title>" in text
    assert re.search(r"<h1[^>]*>网上读得懂的标题，噪声列前三</h1>", text)
    assert 'class="subhead"' not in text
    assert "引题在前 看不懂的主题 ——噪声列前三" in text.partition('class="as-printed"')[2].partition("</p>")[0]
    assert "——噪声列前三" not in client.get("/sections/city/").text
    assert "——噪声列前三" in client.get("/paper/2024-03-07/1/").text


def test_a_byline_says_each_role_once_and_puts_photographs_after_the_names(client, db):
    byline = [
        {"name": "张三", "slug": "zhang", "code": "reporter", "role": "记者"},
        {"name": "李四", "slug": "li", "code": "reporter", "role": "记者"},
        {"name": "王五", "slug": "wang", "code": "photographer", "role": "摄"},
    ]
    for person in byline:
        reading_rows.make_author(person["slug"])
    text = client.get(make_story(byline=byline).get_absolute_url()).text
    shown = text.partition('class="byline" lang="zh-Hans">')[2].partition("</p>")[0]
    assert re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", shown)).strip() == "记者 张三 李四 王五 摄"
    assert [f"/authors/{slug}/" in shown for slug in ("zhang", "li", "wang")] == [True] * 3


@pytest.mark.parametrize(
    ("prefix", "shown"), [("", "2024年3月8日 00:30"), ("/en", "8 March 2024, 00:30")], ids=["Chinese", "English"]
)
def test_the_time_is_the_newsrooms_with_its_zone(client, db, prefix, shown):
    story = make_story(newest=datetime.datetime(2024, 3, 7, 16, 30, tzinfo=datetime.UTC))
    text = client.get(f"{prefix}/stories/{story.number}/").text
    assert f'<time datetime="2024-03-08T00:30:00+08:00">{shown}</time>' in text
    assert 'class="zone"' in text
    assert "Updated" not in text


def test_corrections_stand_above_the_text_with_their_dates(client, db):
    notes = [
        {"at": "2024-03-08T09:00:00+08:00", "note": "地点应为城东。"},
        {"at": "2024-03-09T10:00:00+08:00", "note": "人数应为八人。"},
    ]
    story = make_story(corrections=notes, changed_at=datetime.datetime.fromisoformat(notes[-1]["at"]))
    text = client.get(f"/en/stories/{story.number}/").text
    box = text.partition('class="corrections"')[2].partition("</aside>")[0]
    assert box.index("9 March 2024, 10:00") < box.index("人数应为八人。") < box.index("8 March 2024, 09:00")
    assert text.index("地点应为城东。") < text.index("<p>正文。</p>")
    assert 'Updated <time datetime="2024-03-09T10:00:00+08:00">9 March 2024, 10:00</time>' in text


def test_a_correction_is_marked_at_its_place_and_its_note_leads_there(client, people):
    story = house.story_in(State.PUBLISHED, people, body="<p>桥长八百米。</p><p>今天通车。</p>")
    chief = people[Role.EDITOR_IN_CHIEF]
    story = house.act(story, Verb.CORRECT, chief, "桥长应为九百米。")
    body = "<p>桥长九百米。</p><p>今天通车。</p>"
    story = editing.save_story(story.pk, {"body": body}, based_on=story.version, acting_user=chief).article
    house.act(story, Verb.SIGN, chief)
    text = client.get(f"/en/stories/{story.pk}/").text
    note = text.partition('<p id="correction-1">')[2].partition("</p>")[0]
    assert "桥长应为九百米。" in note
    assert 'href="#corrected-1"' in note
    place = text.partition('<p id="corrected-1" class="touched">')[2].partition("</p>")[0]
    assert place.endswith('桥长九百米。<a class="mark" href="#correction-1" aria-label="Corrected here: note 1"></a>')
    assert "<p>今天通车。</p>" in text


def test_what_goes_with_a_story_shares_its_words_first_and_then_its_section(client, people):
    plain = [house.story_in(State.PUBLISHED, people, headline=f"别的事{number}") for number in range(4)]
    close = house.story_in(State.PUBLISHED, people, headline="同一座桥", keywords="新桥 通车")
    near = house.story_in(State.PUBLISHED, people, headline="也是桥", keywords="新桥")
    house.story_in(State.PUBLISHED, people, headline="桥头广告", keywords="新桥 通车", genre="advertisement")
    hidden = house.story_in(State.SIGNED_OFF, people, headline="还没有发的桥", keywords="新桥 通车")
    story = house.story_in(State.PUBLISHED, people, keywords="新桥 通车")
    response = client.get(f"/stories/{story.pk}/")
    related = [other.number for other in response.context["related"]]
    assert related == [close.pk, near.pk, plain[3].pk, plain[2].pk]
    assert hidden.headline not in response.text
    house.act(close, Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实")
    assert close.pk not in [other.number for other in client.get(f"/stories/{story.pk}/").context["related"]]


def test_a_tag_is_one_however_it_is_written(client, people):
    near = house.story_in(State.PUBLISHED, people, keywords="夜市，ＡＩ")
    plain = house.story_in(State.PUBLISHED, people, keywords="夜市")
    story = house.story_in(State.PUBLISHED, people, keywords="AI，夜市，ai")
    response = client.get(f"/stories/{story.pk}/")
    assert [other.number for other in response.context["related"]] == [near.pk, plain.pk]
    assert re.findall(r'rel="tag" lang="zh-Hans">([^<]*)<', response.text) == ["AI", "夜市"]


def test_a_photo_story_shows_its_pictures_one_after_another_with_their_count(client, people):
    photos = [
        house.make_photo(people[Role.REPORTER], house.jpeg(colour=colour), caption=f"图说{colour}")
        for colour in ("navy", "teal", "olive")
    ]
    story = house.story_in(
        State.PUBLISHED, people, genre="picture", pictures=[editing.Picture(photo.pk) for photo in photos]
    )
    text = client.get(f"/stories/{story.pk}/").text
    assert 'class="story photo-story"' in text
    assert re.findall(r'class="count">(\d/\d)</span> 图说(\w+)', text) == [
        ("1/3", "navy"), ("2/3", "teal"), ("3/3", "olive"),
    ]  # fmt: skip
    assert text.index("1/3") < text.index("<p>", text.index("图说navy")) < text.index("2/3")


def test_a_story_can_be_passed_on_without_a_script_and_without_anybody_told(client, db):
    story = make_story(headline="夜市 & 早市")
    text = client.get(story.get_absolute_url()).text
    mail = re.search(r'href="(mailto:[^"]*)"', text)[1]
    assert mail == (
        "mailto:?subject=%E5%A4%9C%E5%B8%82%20%26%20%E6%97%A9%E5%B8%82"
        f"&amp;body=http%3A//testserver/stories/{story.number}/"
    )
    assert set(re.findall(r"https?://([^/\"<]+)", text)) <= {"testserver", "schema.org", "www.w3.org"}


def test_a_story_says_where_it_was_printed_and_what_stands_beside_it(client, db):
    reading_rows.make_edition(pages=1)
    numbers = [piece.article.number for piece in client.get("/paper/2024-03-07/1/").context["paper_page"].pieces]
    responses = [client.get(f"/en/stories/{number}/") for number in numbers]
    for place, response in enumerate(responses):
        printed = response.context["printed"]
        assert 'href="/en/paper/2024-03-07/1/">Printed on page 1 (要闻), 7 March 2024' in response.text
        assert getattr(printed.previous, "number", None) == (numbers[place - 1] if place else None)
        assert getattr(printed.next, "number", None) == (numbers[place + 1] if place < 3 else None)
    assert f'rel="next" href="/en/stories/{numbers[1]}/"' in responses[0].text


def test_a_story_of_the_web_alone_says_so(client, db):
    assert "Published on the web alone" in client.get(f"/en/stories/{make_story().number}/").text


def test_pictures_stand_before_the_text_unless_the_text_shows_them(client, people):
    reporter = people[Role.REPORTER]
    before = house.make_photo(reporter, caption="文前的图。", credit="乙某 摄", alt="文前")
    inside = house.make_photo(reporter, house.jpeg(colour="navy"), caption="文中的图。", alt="文中")
    story = house.story_in(
        State.PUBLISHED,
        people,
        pictures=[editing.Picture(inside.pk), editing.Picture(before.pk)],
        body=f'<p>开头。</p><figure><img src="/desk/photos/{inside.pk}/preview"></figure><p>结尾。</p>',
    )
    text = client.get(f"/stories/{story.pk}/").text
    text = text[text.index("<main") :]
    assert text.count("<figure>") == 2
    assert text.index("文前的图。") < text.index("乙某 摄") < text.index("开头。") < text.index("文中的图。")


def test_what_machines_read_says_the_same_and_cannot_break_out(client, people):
    photo = house.make_photo(people[Role.REPORTER])
    reporter = house.contributor_for(people[Role.REPORTER])
    story = house.story_in(
        State.PUBLISHED,
        people,
        headline="</script><script>alert(1)</script>",
        summary="一句话说完。",
        keywords="夜市 开市",
        bylines=[editing.Credit(reporter.pk, "reporter")],
        pictures=[editing.Picture(photo.pk)],
    )
    text = client.get(f"/stories/{story.pk}/").text
    assert "<script>alert" not in text
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    assert not any("<" in said for said in scripts)
    data = data_of(text)
    published = PublishedArticle.objects.get()
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "</script><script>alert(1)</script>"
    assert data["datePublished"] == published.published_at.astimezone(reading_rows.SHANGHAI).isoformat(
        timespec="seconds"
    )
    assert [author["name"] for author in data["author"]] == [reporter.name]
    [image] = data["image"]
    assert image["url"] == f"http://testserver{published.picture['src']}"
    assert f'<meta property="og:image" content="{image["url"]}">' in text
    assert '<meta property="og:description" content="一句话说完。">' in text
    assert iri_to_uri("/tags/夜市/") in text


def test_the_content_is_chinese_whatever_the_interface_is(client, db):
    text = client.get(f"/en/stories/{make_story().number}/").text
    assert '<html lang="en">' in text
    assert '<div class="text" lang="zh-Hans">' in text


@pytest.mark.parametrize(("prefix", "says"), [("", 'class="notice"'), ("/en", "This story was withdrawn")])
def test_a_withdrawn_story_answers_410_and_nothing_of_it_is_left(client, people, prefix, says):
    story = house.story_in(State.SIGNED_OFF, people, headline="查无实据的事")
    edition = house.open_edition(people, pages=1)
    house.place(edition, 1, story, people)
    publish_edition(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])
    etag = client.get(f"{prefix}/stories/{story.pk}/")["ETag"]
    house.act(story, Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实")
    response = client.get(f"{prefix}/stories/{story.pk}/", headers={"if-none-match": etag})
    assert response.status_code == 410
    assert says in response.text
    [title], [headline] = (re.findall(f"<{tag}>(.+?)</{tag}>", response.text) for tag in ("title", "h1"))
    assert title.startswith(f"{headline} – ")
    notice = response.text.partition("<main")[2].partition("</main>")[0]
    assert re.findall('href="(.+?)"', notice) == [f"{prefix}/", f"{prefix}/archive/"]
    for address in (f"/stories/{story.pk}/", "/", "/paper/2024-03-07/", "/paper/2024-03-07/1/", "/sections/city/"):
        assert "查无实据的事" not in client.get(prefix + address).text


@pytest.mark.parametrize("state", [s for s in State if s not in {State.PUBLISHED, State.WITHDRAWN}])
def test_a_story_that_was_never_published_is_404(client, people, state):
    story = house.story_in(state, people)
    assert client.get(f"/stories/{story.pk}/").status_code == 404


@pytest.mark.parametrize("neighbours", [1, 30])
def test_a_continued_story_with_pictures_takes_six_queries(client, people, django_assert_num_queries, neighbours):
    photo = house.make_photo(people[Role.REPORTER])
    story = house.story_in(State.SIGNED_OFF, people, pictures=[editing.Picture(photo.pk)])
    edition = house.open_edition(people, pages=2)
    house.place(edition, 1, story, people)
    house.place(edition, 1, story, people, (4, 20, 2, 10), photo)
    house.place(edition, 2, story, people)
    published = publish_edition(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])
    for article in reading_rows.make_articles(neighbours):
        reading_rows.place(published.pages.first(), article, (5, 60, 1, 5))
    with django_assert_num_queries(6):
        client.get(f"/stories/{story.pk}/")
