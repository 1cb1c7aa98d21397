"""Saved lists and columns over HTTP; what a list costs, whatever it is narrowed to."""

import datetime
import html
import re
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import editing, rules
from articles.errors import NotAllowed, Refusal
from articles.lists import saved as saved_lists
from articles.lists.columns import COLUMNS
from articles.lists.filters import SEARCHED_TEXT_DAYS, StoryFilter
from articles.models import Article, BylineRole, Contributor, ListChoice, SavedList
from articles.states import State
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import DESK, signed_in, text_of

STORIES = f"{DESK}/stories/"
LISTS = f"{STORIES}lists/"


def listed(client, query=""):
    page = text_of(client.get(f"{STORIES}{query}"))
    return {int(number) for number in re.findall(r'<td class="what"><a href="/en/desk/stories/(\d+)/">', page)}


def keep(client, name="草稿", query="state=draft", **more):
    return client.post(LISTS, {"name": name, "query": query, **more})


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("since=0001-01-01", 1),
        ("since=9999-12-31", 0),
        ("until=9999-12-31", 1),
        ("until=0001-01-01", 0),
        ("until=0001-01-01&words=夜市", 0),
        ("until=9999-12-31&author=王", 0),
    ],
)
def test_a_day_at_the_end_of_the_calendar_is_answered(people, query, found):
    house.make_story(people[Role.REPORTER])
    client = signed_in(people[Role.REPORTER])
    assert len(listed(client, f"?{query}")) == found
    assert client.get(f"{STORIES}stories.csv?{query}").status_code == 200


# -- saved lists


def test_a_list_is_kept_and_is_a_tab(people):
    draft = house.make_story(people[Role.REPORTER])
    house.story_in(State.SUBMITTED, people)
    client = signed_in(people[Role.REPORTER])
    assert "state=draft" in text_of(client.get(f"{STORIES}?state=draft"))
    response = keep(client, query="state=draft&older=1&evil=2")
    saved = SavedList.objects.get()
    assert (saved.user, saved.query) == (people[Role.REPORTER], "state=draft")
    assert response["Location"] == f"{STORIES}?list={saved.pk}"
    page = text_of(client.get(response["Location"]))
    assert f'<a href="?list={saved.pk}" aria-current="page">草稿</a>' in page
    assert listed(client, f"?list={saved.pk}") == {draft.pk}
    assert len(listed(client)) == 2


def test_the_page_opens_with_the_list_that_one_chose(people):
    draft = house.make_story(people[Role.REPORTER])
    house.story_in(State.SUBMITTED, people)
    client = signed_in(people[Role.REPORTER])
    keep(client)
    number = SavedList.objects.get().pk
    client.post(f"{LISTS}{number}/", {"do": "open"})
    assert listed(client) == {draft.pk}
    assert len(listed(client, "?list=all")) == 2
    assert len(listed(client, "?words=夜市")) == 2
    client.post(f"{LISTS}usual/")
    assert len(listed(client)) == 2
    client.post(f"{LISTS}{number}/", {"do": "open"})
    client.post(f"{LISTS}{number}/", {"do": "delete"})
    assert len(listed(client)) == 2


def test_lists_are_renamed_and_ordered(people):
    client = signed_in(people[Role.REPORTER])
    for name in ("一", "二", "三"):
        keep(client, name)
    numbers = {saved.name: saved.pk for saved in SavedList.objects.all()}
    client.post(f"{LISTS}{numbers['三']}/", {"do": "up"})
    client.post(f"{LISTS}{numbers['一']}/", {"do": "up"})
    client.post(f"{LISTS}{numbers['二']}/", {f"{numbers['二']}-name": "贰"})
    assert [saved.name for saved in saved_lists.lists_of(people[Role.REPORTER])] == ["一", "三", "贰"]


@pytest.mark.parametrize("name", ["", "   ", "草稿", "很" * 41, "坏\x01名"])
def test_a_bad_name_is_said_and_keeps_what_was_typed(people, name):
    client = signed_in(people[Role.REPORTER])
    keep(client)
    response = keep(client, name, "words=桥")
    assert response.status_code == 422
    assert 'name="query" value="words=' in text_of(response)
    assert SavedList.objects.count() == 1


def test_more_lists_than_anybody_finds_again_are_refused(people):
    client = signed_in(people[Role.REPORTER])
    for number in range(saved_lists.MOST_LISTS):
        saved_lists.save_list(f"第{number}个", "", acting_user=people[Role.REPORTER])
    assert "delete one first" in text_of(keep(client))
    assert SavedList.objects.count() == saved_lists.MOST_LISTS


def test_a_list_for_everybody_is_kept_by_those_who_may(people):
    keep(signed_in(people[Role.REPORTER]), shared="on")
    assert not SavedList.objects.get().shared
    with pytest.raises(NotAllowed):
        saved_lists.save_list("所有", "", shared=True, acting_user=people[Role.REPORTER])
    keep(signed_in(people[Role.EDITOR_IN_CHIEF]), "今晚", "state=submitted", shared="on")
    shared = SavedList.objects.get(shared=True)
    assert AuditEntry.objects.filter(target_type="articles.savedlist", target_id=shared.pk).exists()
    reporter = signed_in(people[Role.REPORTER])
    assert "今晚" in text_of(reporter.get(STORIES))
    reporter.post(f"{LISTS}{shared.pk}/", {f"{shared.pk}-name": "别的"})
    reporter.post(f"{LISTS}{shared.pk}/", {"do": "delete"})
    reporter.post(f"{LISTS}{shared.pk}/", {"do": "up"})
    assert SavedList.objects.get(pk=shared.pk).name == "今晚"


def test_another_persons_list_is_not_there(people):
    keep(signed_in(people[Role.REPORTER]))
    number = SavedList.objects.get().pk
    other = signed_in(people[Role.EDITOR_IN_CHIEF])
    assert other.get(f"{STORIES}?list={number}").status_code == 404
    for deed in ("delete", "open", "up"):
        assert other.post(f"{LISTS}{number}/", {"do": deed}).status_code == 404
    for refused in (
        lambda user: saved_lists.delete_list(number, acting_user=user),
        lambda user: saved_lists.open_with(number, acting_user=user),
        lambda user: saved_lists.move_list(number, 1, acting_user=user),
        lambda user: saved_lists.change_list(number, "别的", shared=False, acting_user=user),
    ):
        with pytest.raises(Refusal):
            refused(people[Role.EDITOR_IN_CHIEF])
    assert SavedList.objects.get().name == "草稿"


def test_a_deleted_list_comes_back_by_the_button_beside_the_message(people):
    client = signed_in(people[Role.REPORTER])
    keep(client, "草稿", "state=draft&words=桥 梁")
    before = SavedList.objects.get()
    page = text_of(client.post(f"{LISTS}{before.pk}/", {"do": "delete"}, follow=True))
    assert not SavedList.objects.exists()
    form = re.search(r'<form class="undo" method="post" action="([^"]+)">(.*?)</form>', page, re.S)
    fields = dict(re.findall(r'name="(name|query)" value="([^"]*)"', form[2]))
    client.post(form[1], {name: value.replace("&amp;", "&") for name, value in fields.items()})
    after = SavedList.objects.get()
    assert (after.name, after.query) == (before.name, before.query)
    assert 'class="undo"' not in text_of(client.get(LISTS))


# -- columns


def test_columns_are_chosen_and_remembered(people):
    story = house.make_story(people[Role.REPORTER], slugline="夜市·开市")
    edition = house.open_edition(people)
    placed = house.story_in(State.SIGNED_OFF, people)
    house.place(edition, 1, placed, people)
    client = signed_in(people[Role.REPORTER])
    assert "夜市·开市" not in text_of(client.get(STORIES))
    client.post(f"{LISTS}columns/", {"columns": ["placed", "slugline", "lines"]})
    page = text_of(client.get(STORIES))
    heads = re.findall(r'<th scope="col" class="(?!pick)\w+">([^<]+)</th>', page)
    assert heads == ["Story", "Lines (estimated)", "Edition and page", "Slugline"]
    assert "夜市·开市" in page
    assert "7 March 2024 1 要闻" in page
    assert story.headline in page
    client.post(f"{LISTS}columns/", {"columns": []})
    assert re.findall(r'<th scope="col" class="(?!pick)\w+">([^<]+)</th>', text_of(client.get(STORIES))) == ["Story"]


def test_the_list_stays_narrowed_when_its_columns_are_chosen(people):
    client = signed_in(people[Role.REPORTER])
    page = text_of(client.get(f"{STORIES}?state=draft&order=filed"))
    assert page.count('name="back" value="state=draft&amp;order=filed"') >= 1
    answer = client.post(f"{LISTS}columns/", {"columns": ["section"], "back": "state=draft&order=filed"})
    assert answer["Location"] == f"{STORIES}?state=draft&order=filed"


def test_an_empty_list_offers_nothing_to_do_with_its_stories(people):
    client = signed_in(people[Role.REPORTER])
    assert 'id="bulk"' not in text_of(client.get(STORIES))
    house.make_story(people[Role.REPORTER])
    assert 'id="bulk"' in text_of(client.get(STORIES))


def test_a_column_that_there_is_not_changes_nothing(people):
    client = signed_in(people[Role.REPORTER])
    page = text_of(client.post(f"{LISTS}columns/", {"columns": ["body"]}, follow=True))
    assert "There is no such column." in page
    assert not ListChoice.objects.exists()


def test_every_column_says_something_of_every_story(people):
    for state in State:
        house.story_in(state, people)
    for article in Article.objects.for_names():
        for column in COLUMNS.values():
            column.value(article)
    saved_lists.choose_columns(COLUMNS, acting_user=people[Role.EDITOR_IN_CHIEF])
    assert signed_in(people[Role.EDITOR_IN_CHIEF]).get("/desk/stories/").status_code == 200


# -- what it costs


def fill(people, count):
    credit = [editing.Credit(house.contributor_for(people[Role.REPORTER]).pk, "reporter")]
    edition = house.open_edition(people)
    for number in range(count):
        story = house.story_in(State.SIGNED_OFF, people, headline=f"第{number}条", bylines=credit)
        if number < 3:
            house.place(edition, 1, story, people, rectangle=(1, 20 + 20 * number, 3, 20))


def test_every_column_together_costs_the_same_for_one_story_and_for_many(people):
    client = signed_in(people[Role.ADMINISTRATOR])
    saved_lists.choose_columns(COLUMNS, acting_user=people[Role.ADMINISTRATOR])
    fill(people, 1)
    client.get(STORIES)
    with CaptureQueriesContext(connection) as few:
        client.get(STORIES)
    house.story_in(State.SIGNED_OFF, people)
    Article.objects.bulk_create(
        Article(headline="多", section=house.section(), created_by=people[Role.REPORTER]) for _ in range(30)
    )
    with CaptureQueriesContext(connection) as many:
        client.get(STORIES)
    assert len(few) == len(many) == 13
    asked = [query["sql"] for query in many if '"articles_article"' in query["sql"]]
    assert asked
    assert not any(sql.startswith("SELECT COUNT(") or '"articles_article"."body"' in sql for sql in asked)


def test_a_deep_page_costs_what_the_first_one_costs(people):
    client = signed_in(people[Role.ADMINISTRATOR])
    Article.objects.bulk_create(
        Article(headline=f"第{n}条", section=house.section(), created_by=people[Role.REPORTER]) for n in range(1100)
    )
    address, seen = STORIES, set()
    for _page in range(25):
        with CaptureQueriesContext(connection) as queries:
            page = text_of(client.get(address))
        seen |= set(re.findall(r'<td class="what"><a href="([^"]+)">', page))
        older = re.search(r'href="(\?[^"]+)" rel="next"', page).group(1).replace("&amp;", "&")
        address = STORIES + older
    assert len(seen) == 1000
    with CaptureQueriesContext(connection) as first:
        client.get(STORIES)
    assert len(queries) == len(first)


def test_the_last_filed_come_first_where_somebody_asks(people):
    one, two = (house.make_story(people[Role.REPORTER]) for _ in range(2))
    house.save(one, people[Role.REPORTER], headline="改过的")
    client = signed_in(people[Role.REPORTER])

    def order(query):
        return re.findall(r'<td class="what"><a href="/en/desk/stories/(\d+)/">', text_of(client.get(STORIES + query)))

    assert order("") == [str(one.pk), str(two.pk)]
    assert order("?order=filed") == [str(two.pk), str(one.pk)]


def test_a_search_looks_through_a_year_and_says_so(people):
    recent, older = (house.make_story(people[Role.REPORTER]) for _ in range(2))
    past = rules.visible_to(people[Role.REPORTER]).get(pk=older.pk).updated_at.replace(year=2020)
    Article.objects.filter(pk=older.pk).update(updated_at=past)
    client = signed_in(people[Role.REPORTER])
    page = text_of(client.get(f"{STORIES}?words=夜市"))
    assert "in a year of stories" in page
    assert listed(client, "?words=夜市") == {recent.pk}
    assert listed(client) == {recent.pk, older.pk}
    assert listed(client, f"?words=夜市&until={timezone.localdate(past)}") == {older.pk}
    assert "in a year of stories" not in text_of(client.get(STORIES))


@pytest.mark.parametrize("words", ["夜市", "灯笼铺", "YESHI-01", "王采风", "R&D", "夜市 灯笼铺 王采风"])
def test_words_are_found_wherever_a_story_has_them(people, words):
    author = house.contributor_for(people[Role.REPORTER])
    Contributor.objects.filter(pk=author.pk).update(name="王采风")
    story = house.make_story(
        people[Role.REPORTER],
        slugline="yeshi-01",
        body="<p>灯笼铺开张，R&amp;D也来。</p>",
        bylines=[editing.Credit(author.pk, BylineRole.REPORTER)],
    )
    house.make_story(people[Role.REPORTER], headline="桥", body="<p>水。</p>")
    client = signed_in(people[Role.REPORTER])
    assert listed(client, f"?{urlencode({'words': words})}") == {story.pk}
    assert listed(client, f"?words={story.pk}") == {story.pk}


@pytest.mark.parametrize("words", ["strong", "em", "href", "example", "amp"])
def test_what_marks_up_a_text_is_no_word_of_it(people, words):
    body = '<p><strong>灯</strong>与<em>市</em>，<a href="https://example.com/">此处</a>，甲&amp;乙。</p>'
    house.make_story(people[Role.REPORTER], body=body)
    assert listed(signed_in(people[Role.REPORTER]), f"?words={words}") == set()


def test_what_somebody_may_not_read_no_word_of_its_text_finds(people):
    house.make_story(people[Role.REPORTER], body="<p>灯笼铺。</p>")
    assert listed(signed_in(people[Role.SECTION_EDITOR]), "?words=灯笼铺") == set()


def test_texts_are_looked_through_for_a_month_and_the_page_says_so(people):
    recent, older = (house.make_story(people[Role.REPORTER], body="<p>灯笼铺。</p>") for _ in range(2))
    past = timezone.now() - datetime.timedelta(days=SEARCHED_TEXT_DAYS + 1)
    Article.objects.filter(pk=older.pk).update(updated_at=past)
    client = signed_in(people[Role.REPORTER])
    page = text_of(client.get(f"{STORIES}?words=灯笼铺"))
    assert "In their texts, words are looked for in the last month alone" in page
    before = html.unescape(re.search(r'<a href="(\?[^"]*)">The month before</a>', page)[1])
    assert listed(client, "?words=灯笼铺") == {recent.pk}
    assert listed(client, before) == {older.pk}
    # What is said of it in few words is found all the same.
    assert listed(client, "?words=夜市") == {recent.pk, older.pk}
    assert "In their texts" not in text_of(client.get(f"{STORIES}?author=王"))


@pytest.mark.postgresql
def test_no_list_looks_through_everything(people):
    """As PostgreSQL plans it over many stories of somebody else's, with some of each state at the end."""
    now = timezone.now()
    other = house.make_person("other", Role.REPORTER)
    states = [State.SIGNED_OFF, State.SPIKED, State.DRAFT]
    Article.objects.bulk_create(
        (
            Article(
                headline=f"第{n}条",
                section=house.section(),
                created_by=other,
                state=states[n % 100] if n % 100 < 3 else State.RETURNED,
                updated_at=now - datetime.timedelta(minutes=n),
                created_at=now - datetime.timedelta(minutes=n),
            )
            for n in range(30_000)
        ),
        batch_size=5000,
    )
    house.make_story(people[Role.REPORTER])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE articles_article")
    for role in (Role.EDITOR_IN_CHIEF, Role.ADMINISTRATOR, Role.PAGE_DESIGNER, Role.REPORTER, Role.SECTION_EDITOR):
        for query in ("", "state=signed_off", f"section={house.section().pk}", "order=filed"):
            narrowed = StoryFilter(QueryDict(query), queryset=rules.visible_to(people[role]))
            plan = narrowed.qs.order_by(*(f"-{name}" for name in narrowed.newest_by))[:41].explain()
            assert "Seq Scan on articles_article" not in plan, (role, query, plan)
