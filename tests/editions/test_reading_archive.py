"""The archive by month, over HTTP."""

import datetime
import re

import pytest
import time_machine
from django.utils import timezone

from tests import reading_rows
from tests.reading_rows import SHANGHAI


def test_the_archive_lists_the_months_that_have_editions_newest_first(client, db):
    for date in ((2023, 12, 31), (2024, 3, 1), (2024, 3, 7)):
        reading_rows.make_edition(datetime.date(*date), pages=1)
    response = client.get("/en/archive/")
    assert [(year, [m.month for m in months]) for year, months in response.context["years"]] == [
        (2024, [3]),
        (2023, [12]),
    ]
    assert 'href="/en/archive/2023/12/">December 2023' in response.text


def test_the_archive_shows_the_newest_month_at_once(client, db):
    reading_rows.make_edition(datetime.date(2024, 2, 1), pages=1)
    newest = reading_rows.make_edition(datetime.date(2024, 3, 7), pages=1)
    response = client.get("/archive/")
    assert [issue.edition for issue in response.context["newest"].issues] == [newest]
    assert 'class="calendar"' in response.text
    assert f'data-story="{response.context["newest"].issues[0].lead.number}"' in response.text
    assert client.get("/archive/?page=7").status_code == 200


def test_days_to_come_are_told_from_days_without_an_edition(client, db):
    reading_rows.make_edition(datetime.date(2024, 3, 7), pages=1)
    with time_machine.travel(datetime.datetime(2024, 3, 29, 12, tzinfo=SHANGHAI), tick=False):
        found = re.findall(r'<td class="to-come"><span class="date">(\d+)', client.get("/archive/").text)
    assert found == ["30", "31"]


@pytest.fixture
def three_editions(db):
    for date in ((2024, 3, 1), (2024, 3, 7)):
        reading_rows.make_edition(datetime.date(*date), pages=1)
    reading_rows.make_edition(datetime.date(2024, 3, 7), extra=1, pages=1)


def test_a_day_leads_to_its_edition(client, three_editions):
    response = client.get("/en/archive/", {"day": "2024-03-07"})
    assert (response.status_code, response["Location"]) == (302, "/en/paper/2024-03-07/")


@pytest.mark.parametrize(
    ("day", "said", "nearest"),
    [
        ("2024-03-04", "4 March 2024", ["2024-03-01", "2024-03-07"]),
        ("1900-01-01", "1 January 1900", ["2024-03-01"]),
        ("9999-12-31", "31 December 9999", ["2024-03-07"]),
    ],
)
def test_of_a_day_without_an_edition_it_is_said_with_the_nearest(client, three_editions, day, said, nearest):
    response = client.get("/en/archive/", {"day": day})
    assert response.status_code == 200
    answer = response.text.partition('<p class="no-edition">')[2].partition("</p>")[0]
    assert f"There is no edition of {said}." in answer
    assert f'value="{day}"' in response.text
    assert re.findall('href="(.+?)"', answer) == [f"/en/paper/{one}/" for one in nearest]
    assert "no-edition" not in client.get("/en/archive/").text


@pytest.mark.parametrize("day", ["", "2024-02-30", "gestern", "2024-3-7", "\x00"])
def test_what_is_no_day_is_said(client, db, day):
    reading_rows.make_edition(datetime.date(2024, 3, 1), pages=1)
    response = client.get("/en/archive/", {"day": day})
    assert response.status_code == 400
    assert "Write a day as 2024-03-07." in response.text


def test_a_paper_without_editions_says_so_of_any_day(client, db):
    assert "No edition has been published yet." in client.get("/en/archive/?day=2024-03-07").text


def test_a_month_shows_its_editions_with_their_leads(client, db):
    edition = reading_rows.make_edition(datetime.date(2024, 3, 31), pages=1)
    reading_rows.make_edition(datetime.date(2024, 3, 31), pages=1, extra=1)
    reading_rows.make_edition(datetime.date(2024, 4, 1), pages=1)
    [lead] = reading_rows.make_articles(1, headline="三月最后的头条")
    reading_rows.place(edition.pages.get(), lead, (1, 15, 6, 80))
    response = client.get("/archive/2024/03/")
    issues = response.context["month"].issues
    assert [issue.edition.key for issue in issues] == ["2024-03-31-1", "2024-03-31"]
    assert issues[1].lead == lead
    calendar = response.text.partition("<table")[2].partition("</table>")[0]
    assert 'href="/paper/2024-03-31/"' in calendar
    assert 'href="/paper/2024-03-31-1/"' in calendar
    assert "2024-04-01" not in calendar
    assert 'href="/archive/2024/04/"' in response.text


def test_a_month_begins_at_midnight_in_the_newsroom(client, db):
    [april] = reading_rows.make_articles(1, newest=datetime.datetime(2024, 4, 1, 0, 30, tzinfo=SHANGHAI))
    [march] = reading_rows.make_articles(1, newest=datetime.datetime(2024, 3, 31, 23, 59, tzinfo=SHANGHAI))
    assert client.get("/archive/2024/04/").context["stories"] == [april]
    assert client.get("/archive/2024/03/").context["stories"] == [march]


def test_the_pages_of_a_month_stay_in_it(client, db):
    reading_rows.make_articles(35)
    reading_rows.make_articles(5, newest=reading_rows.NOON - datetime.timedelta(days=30))
    first = client.get("/archive/2024/03/")
    second = client.get("/archive/2024/03/", {"before": str(first.context["page"].older)})
    assert len(second.context["stories"]) == 5
    assert second.context["page"].older is None


def test_december_is_followed_by_january(client, db):
    reading_rows.make_edition(datetime.date(2023, 12, 31), pages=1)
    reading_rows.make_edition(datetime.date(2024, 1, 1), pages=1)
    month = client.get("/archive/2023/12/").context["month"]
    assert [issue.edition.key for issue in month.issues] == ["2023-12-31"]
    assert month.later == datetime.date(2024, 1, 1)


@pytest.mark.parametrize("prefix", ["", "/en", "/zh-hant"])
def test_what_is_left_of_an_address_cut_short_leads_on_in_its_language(client, db, prefix):
    reading_rows.make_edition(datetime.date(2024, 3, 7), pages=1)
    reading_rows.make_edition(datetime.date(2024, 3, 7), pages=1, extra=1)
    reading_rows.make_edition(timezone.localdate() + datetime.timedelta(days=1), pages=1)
    for cut, whole in {
        "/archive/2024/": "/archive/#year-2024",
        "/paper/": "/paper/2024-03-07/",
        "/sections/": "/",
        "/authors/": "/search/",
        "/tags/": "/search/",
        "/stories/": "/archive/",
        "/feeds/": "/subscribe/",
    }.items():
        response = client.get(prefix + cut)
        assert (response.status_code, response["Location"]) == (302, prefix + whole)
        assert "s-maxage=1" in response["Cache-Control"]
        assert client.get(prefix + whole).status_code == 200
    assert 'id="year-2024"' in client.get("/archive/").text
    assert client.get(f"{prefix}/archive/2019/").status_code == 404


def test_a_year_of_stories_without_an_edition_leads_to_its_last_month_that_has_any(client, db):
    reading_rows.make_edition(datetime.date(2024, 3, 7), pages=1)
    for year, month, day in ((2019, 2, 3), (2019, 5, 31), (2020, 1, 1)):
        reading_rows.make_articles(1, newest=datetime.datetime(year, month, day, 0, 30, tzinfo=SHANGHAI))
    response = client.get("/en/archive/2019/")
    assert (response.status_code, response["Location"]) == (302, "/en/archive/2019/05/")
    month = client.get("/en/archive/2019/05/")
    assert len(month.context["stories"]) == 1
    assert (month.context["month"].earlier, month.context["month"].later) == (
        datetime.date(2019, 2, 1),
        datetime.date(2020, 1, 1),
    )
    assert client.get("/en/archive/2018/").status_code == client.get("/en/archive/2019/04/").status_code == 404


def test_where_the_newest_edition_is_changes_with_it(client, db, with_cdn):
    assert client.get("/paper/").status_code == 404
    reading_rows.make_edition(pages=1)
    assert "paper" in client.get("/paper/")["Surrogate-Key"].split()
