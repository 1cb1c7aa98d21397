"""Home, edition and page, over HTTP."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from articles.models.published import PublishedArticle
from articles.states import State
from editions.publishing import publish_edition
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import reading_rows
from tests.reading_rows import SHANGHAI

THE_SEVENTH = datetime.date(2024, 3, 7)
THE_EIGHTH = datetime.date(2024, 3, 8)


def shanghai(day: int, hour: int, minute: int) -> datetime.datetime:
    return datetime.datetime(2024, 3, day, hour, minute, tzinfo=SHANGHAI)


def pieces(response) -> list[int]:
    return [piece.article.number for piece in response.context["paper_page"].pieces]


# -- home -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "series"),
    [
        (shanghai(7, 23, 59), 1234),
        # In London it is still the seventh, half past four in the afternoon.
        (shanghai(8, 0, 30), 1235),
        (shanghai(20, 0, 30), 1235),
    ],
)
def test_home_shows_the_newest_edition_of_the_newsrooms_own_date(client, db, now, series):
    reading_rows.make_edition(THE_SEVENTH, series=1234)
    reading_rows.make_edition(THE_EIGHTH, series=1235)
    with time_machine.travel(now, tick=False):
        assert f"no. {series}" in client.get("/en/").text


def test_home_leads_with_the_largest_story_of_page_one_that_nobody_paid_for(client, db):
    edition = reading_rows.make_edition(pages=1)
    page = edition.pages.get()
    [lead] = reading_rows.make_articles(1, headline="头条在此")
    [paid] = reading_rows.make_articles(1, headline="整版大减价", genre="advertisement")
    reading_rows.place(page, lead, (1, 15, 5, 60))
    reading_rows.place(page, paid, (1, 15, 6, 80))
    response = client.get("/")
    assert response.context["front"].pages[0].by_weight[0].article == lead
    assert response.text.index("头条在此") < response.text.index("整版大减价")
    assert paid not in [piece.article for piece in response.context["front"].pages[0].by_weight]


@pytest.mark.parametrize(("headline", "is_long"), [("新桥今天通车", False), ("新桥今天通车" * 9, True)])
def test_a_long_lead_headline_is_set_smaller(client, db, headline, is_long):
    [lead] = reading_rows.make_articles(1, headline=headline)
    reading_rows.place(reading_rows.make_edition(pages=1).pages.get(), lead, (1, 15, 5, 60))
    classes = client.get("/").text.partition('<article class="lead">')[2].partition('<h2 class="')[2].partition('"')[0]
    assert ("long" in classes.split()) is is_long


def test_home_shows_extras_of_the_day_beside_the_regular_edition(client, db):
    reading_rows.make_edition(series=1234)
    reading_rows.make_edition(extra=1, pages=1, series=1235)
    response = client.get("/en/")
    text = response.text
    assert "/en/paper/2024-03-07-1/" in text
    assert text.index("no. 1234") < text.index("/en/paper/2024-03-07-1/")
    assert response.context["front"].edition.series_number == 1234


def of_section(front) -> dict:
    return {section.slug: stories for section, stories in front.sections}


def test_home_has_the_newest_of_all_and_of_every_section_what_is_not_said_elsewhere(client, db):
    city = reading_rows.make_articles(11, newest=shanghai(7, 13, 0))
    sports = reading_rows.make_articles(2, section=reading_rows.make_section("sports", "体育", "Sports"))
    reading_rows.make_edition(THE_SEVENTH - datetime.timedelta(days=3), pages=1)
    front = client.get("/").context["front"]
    assert front.latest == city[:10]
    assert of_section(front) == {"city": city[10:], "sports": sports}


def test_home_says_nothing_again_that_stands_above(client, db):
    edition = reading_rows.make_edition(pages=2)
    more = reading_rows.make_articles(3, newest=shanghai(7, 5, 0))
    reading_rows.place(edition.pages.last(), more[0], (1, 95, 1, 3))
    front = client.get("/").context["front"]
    above = {piece.article for page in front.pages for piece in page.pieces[:4]}
    assert len(above) == 8
    assert front.latest == more
    # All of it is told: a section that has nothing else shows what stands beside it, and not what stands above.
    assert of_section(front) == {"city": more}


def test_a_section_and_the_newest_that_would_be_empty_show_what_they_have(client, db):
    [story] = reading_rows.make_articles(1)
    front = client.get("/").context["front"]
    assert [piece.article for piece in front.leading] == front.latest == [story]
    assert of_section(front) == {"city": [story]}


def test_photo_stories_stand_in_a_row_where_there_are_two(client, db):
    picture = {"src": "/a.webp", "thumbnail": "/b.webp", "width": 3, "height": 2, "alt": "", "focus": None}
    reading_rows.make_edition(pages=1)
    older = reading_rows.make_articles(1, genre="picture", picture=picture, newest=reading_rows.NOON)
    assert client.get("/").context["front"].pictures == []
    newer = reading_rows.make_articles(1, genre="picture", picture=picture, newest=shanghai(8, 9, 0))
    reading_rows.make_articles(1, genre="picture")
    front = client.get("/").context["front"]
    assert front.pictures == [*newer, *older]
    assert not {*front.pictures} & {
        *front.latest,
        *(story for _section, stories in front.sections for story in stories),
    }


def test_home_never_leads_a_section_with_an_advertisement(client, db):
    [story] = reading_rows.make_articles(1)
    [paid] = reading_rows.make_articles(
        1, newest=reading_rows.NOON + datetime.timedelta(hours=1), genre="advertisement"
    )
    [(_section, stories)] = client.get("/").context["front"].sections
    assert stories == [story, paid]


# -- edition ----------------------------------------------------------------------------------------------


def test_an_edition_says_its_masthead_in_english(client, db):
    reading_rows.make_edition(pages=2)
    text = client.get("/en/paper/2024-03-07/").text
    for words in ("Test Daily", "Thursday, 7 March 2024", "no. 1234", "2 pages", "CN 00-0001", "试验报社"):
        assert words in text
    assert "农历" not in text


def test_an_edition_says_its_masthead_in_chinese(client, db):
    reading_rows.make_edition(pages=1)
    text = client.get("/paper/2024-03-07/").text
    for words in ("试验日报", "2024年3月7日 星期四 农历甲辰年正月廿七", "CN 00-0001"):
        assert words in text


def test_one_page_is_not_pages(client, db):
    reading_rows.make_edition(pages=1)
    text = client.get("/en/paper/2024-03-07/").text
    assert "1 page<" in text


def test_an_edition_lists_its_pages_with_their_headlines(client, db):
    edition = reading_rows.make_edition(pages=2)
    text = client.get("/paper/2024-03-07/").text
    for page in edition.pages.all():
        assert f'href="{page.get_absolute_url()}"' in text
        for placement in page.placements.select_related("article"):
            assert placement.article.headline in text


def test_an_extra_has_an_address_of_its_own_between_its_neighbours(client, db):
    reading_rows.make_edition(THE_SEVENTH)
    reading_rows.make_edition(THE_SEVENTH, extra=1, pages=1)
    reading_rows.make_edition(THE_EIGHTH)
    response = client.get("/paper/2024-03-07-1/")
    assert response.context["edition"].extra_number == 1
    assert response.context["issues"].earlier.key == "2024-03-07"
    assert response.context["issues"].later.key == "2024-03-08"
    assert client.get("/paper/2024-03-08/").context["issues"].earlier.key == "2024-03-07-1"
    assert client.get("/paper/2024-03-07-1/1/").status_code == 200


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    "address",
    [
        "/paper/2024-02-30/", "/paper/2024-13-01/", "/paper/0000-00-00/", "/paper/2024-03-09/",
        "/paper/2024-03-07-1/", "/paper/2024-03-07-0/", "/paper/2024-03-07-9999/", "/paper/2024-3-7/",
        "/paper/2024-03-07/99/", "/paper/2024-03-07/0/", f"/paper/2024-03-07/{10**30}/", "/paper/٢٠٢٤-٠٣-٠٧/",
        "/archive/2024/13/", "/archive/2024/00/", "/archive/2024/3/", "/archive/1999/01/", "/archive/9999/12/",
        "/archive/2024/03/?before=x", "/stories/999/", f"/stories/{10**30}/",
    ],
)  # fmt: skip
def test_what_no_paper_ever_had_is_404_and_never_a_fault(client, db, address, prefix):
    reading_rows.make_edition()
    response = client.get(prefix + address)
    assert response.status_code == 404
    assert 'class="notice"' in response.text


# -- page -------------------------------------------------------------------------------------------------


def test_a_page_is_read_from_the_top_and_from_the_left_by_each_storys_first_rectangle(client, db):
    edition = reading_rows.make_edition(pages=1)
    edition.pages.get().placements.all().delete()
    page = edition.pages.get()
    low, right, left = reading_rows.make_articles(3)
    reading_rows.place(page, low, (1, 60, 2, 20), part=2)
    reading_rows.place(page, low, (3, 50, 2, 20), part=1)
    reading_rows.place(page, right, (4, 10, 2, 20))
    reading_rows.place(page, left, (1, 10, 3, 20))
    reading_rows.place(page, low, (1, 5, 6, 4), part=0, photo=7)
    assert pieces(client.get("/paper/2024-03-07/1/")) == [left.number, right.number, low.number]


def test_the_drawing_of_a_page_links_every_rectangle_to_its_story(client, db):
    reading_rows.make_edition(pages=1)
    response = client.get("/paper/2024-03-07/1/")
    drawing = response.text.partition("<svg")[2].partition("</svg>")[0]
    for piece in response.context["paper_page"].pieces:
        assert f'<a href="{piece.article.get_absolute_url()}" aria-label="{piece.article.title}">' in drawing
    assert drawing.count('class="zone') == 4


def test_a_drawn_first_page_carries_the_name_and_the_others_their_folio(client, db):
    reading_rows.make_edition(pages=2)
    first, second = (client.get(f"/paper/2024-03-07/{order}/").text.partition("<svg")[2] for order in (1, 2))
    assert ">试验日报</text>" in first
    assert ">2　综合</text>" in second
    assert ">试验日报</text>" not in second


def test_a_continued_story_is_one_story_and_each_page_says_where_the_rest_is(client, db):
    edition = reading_rows.make_edition(pages=3)
    [story] = reading_rows.make_articles(1)
    first, second, third = edition.pages.all()
    for part, page in enumerate((first, second, third), start=1):
        reading_rows.place(page, story, (1, 90, 2, 10), part=part)
    texts = [client.get(f"/en/paper/2024-03-07/{order}/").text for order in (1, 2, 3)]
    on, back = "Continued on page {}", "Continued from page {}"
    assert on.format(2) in texts[0]
    assert "Continued from" not in texts[0]
    assert on.format(3) in texts[1]
    assert back.format(1) in texts[1]
    assert back.format(2) in texts[2]
    assert "Continued on" not in texts[2]
    whole = client.get(f"/en/stories/{story.number}/").text
    assert "Printed on page 1 (要闻), 7 March 2024" in whole
    assert on.format(2) in whole
    assert on.format(3) in whole


def test_a_page_leads_to_the_pages_beside_it(client, db):
    reading_rows.make_edition(pages=3)
    first, middle, last = (client.get(f"/paper/2024-03-07/{order}/") for order in (1, 2, 3))
    assert (first.context["previous"], first.context["next"].order) == (None, 2)
    assert (middle.context["previous"].order, middle.context["next"].order) == (1, 3)
    assert (last.context["previous"].order, last.context["next"]) == (2, None)
    assert "乙某" in middle.text


def test_an_advertisement_is_labelled_on_paper_pages_and_in_drawings(client, db):
    edition = reading_rows.make_edition(pages=1)
    [paid] = reading_rows.make_articles(1, genre="advertisement", headline="大减价")
    reading_rows.place(edition.pages.get(), paid, (1, 90, 6, 10))
    for address in ("/paper/2024-03-07/", "/paper/2024-03-07/1/", f"/stories/{paid.number}/"):
        text = client.get(address).text
        assert text.count('<span lang="zh-Hans">广告</span>') == 1
        assert text.count(">广告</text>") == 1


def test_a_withdrawn_story_leaves_its_page_and_the_page_stays(client, people):
    story = house.story_in(State.SIGNED_OFF, people)
    photo = house.make_photo(people[Role.REPORTER])
    pictured = house.story_in(State.SIGNED_OFF, people, headline="留下来的", pictures=[house.editing.Picture(photo.pk)])
    edition = house.open_edition(people, pages=1)
    house.place(edition, 1, story, people)
    house.place(edition, 1, pictured, people, (4, 20, 2, 10))
    house.place(edition, 1, pictured, people, (4, 40, 2, 10), photo)
    publish_edition(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])
    address = reverse("reading:page", args=["2024-03-07", 1])
    assert pieces(client.get(address)) == [story.pk, pictured.pk]
    assert "-thumbnail.webp" in client.get(address).text.partition("<svg")[2].partition("</svg>")[0]
    house.act(story, house.Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实")
    assert pieces(client.get(address)) == [pictured.pk]
    house.act(pictured, house.Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实")
    assert 'class="empty"' in client.get(address).text
    assert client.get("/").status_code == client.get("/archive/2024/03/").status_code == 200


@pytest.mark.parametrize("stands", ["on the first page", "on another page alone", "on no page"])
def test_the_lead_begins_to_tell_and_the_others_are_summed_up(client, db, stands):
    if stands == "on no page":
        reading_rows.make_articles(4)
    else:
        edition = reading_rows.make_edition()
    if stands == "on another page alone":
        edition.pages.get(order=1).placements.all().delete()
    for article in PublishedArticle.objects.all():
        words = {"summary": f"提要{article.number}。", "body": f"<p>正文{article.number}开头。</p>"}
        PublishedArticle.objects.filter(pk=article.pk).update(**words)
    reading_rows.changed()
    response = client.get("/")
    lead, second = (piece.article.number for piece in response.context["front"].leading[:2])
    assert f"正文{lead}开头。" in response.text
    assert f"提要{second}。" in response.text
    assert f"正文{second}开头。" not in response.text


# -- queries ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "stories"), [(1, 5), (40, 300)])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/", 8),
        ("/paper/2024-03-07/", 5),
        ("/paper/2024-03-07/1/", 5),
        ("/archive/", 4),
        ("/subscribe/", 4),
        ("/archive/2024/03/", 8),
        ("/stories/1/", 6),
    ],
)
def test_the_number_of_queries_does_not_grow_with_the_archive(
    client, db, django_assert_num_queries, days, stories, address, queries
):
    reading_rows.make_edition(pages=1 + days // 10)
    for day in range(1, days):
        reading_rows.make_edition(THE_SEVENTH - datetime.timedelta(days=day), pages=1)
        reading_rows.make_articles(1, section=reading_rows.make_section(f"s-{day % 12}", "栏", "S"))
    reading_rows.make_articles(stories)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
