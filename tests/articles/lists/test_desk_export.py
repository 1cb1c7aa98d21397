"""The list as a file: what is in it, what it may not do, and how much of it there is."""

import csv
import io

import pytest
from openpyxl import load_workbook

from articles.lists import exporting
from articles.lists import saved as saved_lists
from articles.lists.columns import columns_named
from articles.models import Article
from articles.states import State
from articles.views.desk import lists as views
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import DESK, signed_in

ADDRESS = f"{DESK}/stories/stories"


def as_csv(client, query=""):
    response = client.get(f"{ADDRESS}.csv{query}")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def as_xlsx(client, query=""):
    response = client.get(f"{ADDRESS}.xlsx{query}")
    assert response["Content-Disposition"].startswith('attachment; filename="stories-')
    return load_workbook(io.BytesIO(response.content)).active


def test_the_list_as_it_is_filtered_with_the_columns_chosen(people):
    house.make_story(people[Role.REPORTER], headline="夜市开市", slugline="夜市")
    house.story_in(State.SUBMITTED, people)
    saved_lists.choose_columns(["slugline", "characters", "filed"], acting_user=people[Role.REPORTER])
    client = signed_in(people[Role.REPORTER])
    heads, row = as_csv(client, "?state=draft")
    assert heads == ["Story", "Characters", "Filed, Beijing time (UTC+8)", "Slugline"]
    assert (row[0], row[1], row[3]) == ("夜市开市", "20", "夜市")
    sheet = as_xlsx(client, "?state=draft")
    cells = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert cells[0] == heads
    assert cells[1][:2] == ["夜市开市", 20]
    assert f"{cells[1][2]:%Y-%m-%d %H:%M}" == row[2]


def test_times_are_the_newsrooms(people):
    story = house.make_story(people[Role.REPORTER])
    Article.objects.filter(pk=story.pk).update(updated_at="2024-03-06T22:30:45Z")
    client = signed_in(people[Role.REPORTER])
    assert as_csv(client)[1][-1] == "2024-03-07 06:30"
    cell = as_xlsx(client)["F2"]
    assert (f"{cell.value:%Y-%m-%d %H:%M}", cell.number_format) == ("2024-03-07 06:30", "yyyy-mm-dd hh:mm")


FORMULAS = ['=HYPERLINK("http://a","b")', "+1+1", "-2+3", "@SUM(A1)", "＝1+1", "\t=1", "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("text", FORMULAS)
def test_nothing_that_was_typed_becomes_a_formula(people, text):
    story = house.make_story(people[Role.REPORTER])
    # The tab cannot be typed, but a spreadsheet does not ask how it came there.
    Article.objects.filter(pk=story.pk).update(headline="题", slugline=text)
    saved_lists.choose_columns(["slugline"], acting_user=people[Role.REPORTER])
    client = signed_in(people[Role.REPORTER])
    assert as_csv(client)[1][1] == f"'{text}"
    cell = as_xlsx(client)["B2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)


def test_what_no_spreadsheet_can_hold_is_left_out(people):
    story = house.make_story(people[Role.REPORTER])
    Article.objects.filter(pk=story.pk).update(slugline="夜\x0b市\x1f开\ufffe市")
    saved_lists.choose_columns(["slugline"], acting_user=people[Role.REPORTER])
    client = signed_in(people[Role.REPORTER])
    assert as_csv(client)[1][1] == "夜市开市"
    assert as_xlsx(client)["B2"].value == "夜市开市"


def test_only_what_the_person_may_see_is_in_it(people):
    house.make_story(people[Role.REPORTER], headline="别人的草稿")
    house.story_in(State.SUBMITTED, people, headline="送审稿")
    assert [row[0] for row in as_csv(signed_in(people[Role.SECTION_EDITOR]))[1:]] == ["送审稿"]
    assert as_csv(signed_in(people[Role.PAGE_DESIGNER]))[1:] == []
    assert as_xlsx(signed_in(people[Role.PAGE_DESIGNER])).max_row == 1


def test_a_long_list_ends_with_the_line_that_says_so(people, monkeypatch):
    monkeypatch.setattr(views, "MOST_ROWS", 2)
    for number in range(3):
        house.make_story(people[Role.REPORTER], headline=f"第{number}条")
    client = signed_in(people[Role.REPORTER])
    rows = as_csv(client)
    assert [row[0] for row in rows[1:]] == ["第2条", "第1条", "There are more: these are the first 2."]
    assert as_xlsx(client)["A4"].value == "There are more: these are the first 2."
    assert len(as_csv(client, "?words=第1条")) == 2


def test_a_saved_list_is_exported_as_itself(people):
    house.make_story(people[Role.REPORTER], headline="草稿一")
    house.story_in(State.SUBMITTED, people)
    saved = saved_lists.save_list("草稿", "state=draft", acting_user=people[Role.REPORTER])
    assert [row[0] for row in as_csv(signed_in(people[Role.REPORTER]), f"?list={saved.pk}")[1:]] == ["草稿一"]


def test_a_filter_that_makes_no_sense_exports_nothing(people):
    house.make_story(people[Role.REPORTER])
    response = signed_in(people[Role.REPORTER]).get(f"{ADDRESS}.csv?since=yesterday")
    assert response["Location"] == f"{DESK}/stories/?since=yesterday"


def test_ten_thousand_rows_are_written_in_portions(people, django_assert_max_num_queries):
    Article.objects.bulk_create(
        Article(headline=f"第{n}条", section=house.section(), created_by=people[Role.REPORTER]) for n in range(1200)
    )
    client = signed_in(people[Role.ADMINISTRATOR])
    # Three portions of five hundred, each with the bylines of its stories.
    with django_assert_max_num_queries(12):
        assert len(as_csv(client)) == 1201


def test_every_kind_of_cell_is_written(people):
    story = house.make_story(people[Role.REPORTER])
    columns = columns_named(["embargo", "awaits", "placed", "filer"])
    [_heads, row] = list(csv.reader("".join(exporting.as_csv([story], columns)).splitlines()))
    assert row == [story.headline, "", "", "", "reporter（测）"]
