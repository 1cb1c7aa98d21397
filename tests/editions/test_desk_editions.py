"""Editions on the desk over HTTP: opening, the way to publication, the minute of release."""

import datetime

import pytest
from django.utils import timezone

from articles.models import PublishedArticle
from articles.states import State
from editions import placing
from editions.geometry import Rectangle
from editions.models import Edition, PublishedEdition, SignatureKind
from newsroom.staff.acts import Act
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import press_house
from tests.browsing import DESK, fields_of, signed_in, text_of

NEW = f"{DESK}/editions/new/"
FIELDS = {"date": "2024-03-07", "series_number": "12846", "extra_number": "0", "pages": "要闻，综合、民生,文体"}


def test_an_edition_is_opened_with_its_pages_by_name(people):
    client = signed_in(people[Role.DESK_CHIEF])
    response = client.post(NEW, FIELDS)
    edition = Edition.objects.get()
    assert response["Location"] == f"{DESK}/editions/{edition.pk}/"
    assert (edition.date, edition.series_number) == (datetime.date(2024, 3, 7), 12846)
    assert [(p.label, p.name) for p in edition.pages.all()] == [
        ("1", "要闻"),
        ("2", "综合"),
        ("3", "民生"),
        ("4", "文体"),
    ]
    form = text_of(client.get(NEW))
    assert 'value="12847"' in form
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    assert f'value="{tomorrow}"' in form
    client.post(NEW, FIELDS | {"date": str(tomorrow), "series_number": "12847"})
    assert f'value="{tomorrow + datetime.timedelta(days=1)}"' in text_of(client.get(NEW))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"date": "someday"}, "Enter a valid date."),
        ({"pages": " ， ,"}, "Name at least one page"),
        ({"pages": "要闻," + "字" * 31}, "at most 30 characters"),
        ({"pages": ",".join("版" * 97)}, "at most 96"),
        ({"pages": "要\x00闻"}, "Null characters are not allowed."),
        ({"series_number": "9" * 20}, "less than or equal to"),
        ({"series_number": "12845"}, "This number in the series is taken."),
        ({"date": "0001-01-01"}, "The year must be one from 1900 to 2099."),
        ({"date": "2100-01-01"}, "The year must be one from 1900 to 2099."),
        ({"date": "2024-03-06"}, "There is an edition of this date already."),
    ],
)
def test_an_edition_that_cannot_be_is_answered_and_nothing_is_opened(people, typed, sentence):
    client = signed_in(people[Role.DESK_CHIEF])
    client.post(NEW, FIELDS | {"date": "2024-03-06", "series_number": "12845"})
    response = client.post(NEW, FIELDS | typed)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert Edition.objects.count() == 1


def test_only_those_who_may_open_editions(people):
    for role in (Role.REPORTER, Role.PAGE_DESIGNER, Role.ADMINISTRATOR):
        client = signed_in(people[role])
        assert client.get(NEW)["Location"] == f"{DESK}/editions/"
        client.post(NEW, FIELDS)
        assert NEW not in text_of(client.get(f"{DESK}/editions/"))
    assert not Edition.objects.exists()


@pytest.fixture
def edition(people):
    """One page with one signed-off story on it."""
    edition = house.open_edition(people, pages=1)
    house.place(edition, 1, house.story_in(State.SIGNED_OFF, people), people)
    return edition


def address(edition, act=""):
    return f"{DESK}/editions/{edition.pk}/{act}"


def test_an_edition_shows_its_pages_and_what_lies_there(people, edition):
    page = text_of(signed_in(people[Role.REPORTER]).get(address(edition)))
    assert "城西夜市今晚开市" in page
    assert 'aria-label="Page 1 要闻: 1 rectangle"' in page
    assert '<rect x="0.0"' in page
    assert "Publish the edition" not in page


def test_publishing_reaches_the_readers_in_one_stroke(people, edition):
    client = signed_in(people[Role.EDITOR_IN_CHIEF])
    assert "Publish the edition" in text_of(client.get(address(edition)))
    assert client.post(address(edition, "publish/")).status_code == 302
    assert PublishedEdition.objects.count() == PublishedArticle.objects.count() == 1
    page = text_of(client.get(address(edition)))
    assert "Publish the edition" not in page
    assert client.post(address(edition, "publish/")).status_code == 302
    assert PublishedEdition.objects.count() == 1


def test_what_is_in_the_way_is_said_and_nothing_is_published(people, edition):
    story = edition.pages.get().placements.get().article
    house.save(story, people[Role.DESK_CHIEF], headline="改过")
    response = signed_in(people[Role.EDITOR_IN_CHIEF]).post(address(edition, "publish/"))
    assert response.status_code == 422
    assert text_of(response).count("“改过” is not signed off.") == 2
    assert not PublishedEdition.objects.exists()


def test_only_those_who_may_publish(people, edition):
    for role in (Role.REPORTER, Role.DESK_CHIEF, Role.PAGE_DESIGNER):
        response = signed_in(people[role]).post(address(edition, "publish/"))
        assert response.status_code == 403
        assert (
            signed_in(people[role]).post(address(edition, "release/"), {"release_at": "2030-01-01T06:00"}).status_code
            == 403
        )
    assert signed_in(people[Role.EDITOR_IN_CHIEF]).get(address(edition, "publish/")).status_code == 302
    assert not PublishedEdition.objects.exists()
    assert Edition.objects.get().release_at is None


def test_the_minute_of_release_is_the_newsrooms_time(people, edition):
    client = signed_in(people[Role.EDITOR_IN_CHIEF])
    client.post(address(edition, "release/"), {"release_at": "2030-01-01T06:00"})
    assert Edition.objects.get().release_at == datetime.datetime(2029, 12, 31, 22, tzinfo=datetime.UTC)
    assert 'value="2030-01-01T06:00"' in text_of(client.get(address(edition)))
    assert client.post(address(edition, "release/"), {"release_at": "dawn"}).status_code == 422
    client.post(address(edition, "release/"), {"release_at": "", "seen": Edition.objects.get().release_seen})
    assert Edition.objects.get().release_at is None


def test_a_minute_of_release_that_is_past_or_that_somebody_else_set_meanwhile_is_refused(people, edition):
    client = signed_in(people[Role.EDITOR_IN_CHIEF])
    past = client.post(address(edition, "release/"), {"release_at": "2024-01-01T06:00"})
    assert past.status_code == 422
    assert "This time is past" in text_of(past)
    assert 'value="2024-01-01T06:00"' in text_of(past)
    assert Edition.objects.get().release_at is None
    before = fields_of(client.get(address(edition)), "release-form")
    client.post(address(edition, "release/"), before | {"release_at": "2030-01-01T06:00"})
    late = client.post(address(edition, "release/"), before | {"release_at": "2030-01-01T05:00"})
    assert late.status_code == 409
    assert "1 January 2030, 06:00" in text_of(late)
    assert 'value="2030-01-01T05:00"' in text_of(late)
    assert Edition.objects.get().release_at.hour == 22


def test_the_minute_of_release_is_of_a_year_that_newspapers_have(people, edition):
    client = signed_in(people[Role.EDITOR_IN_CHIEF])
    response = client.post(address(edition, "release/"), {"release_at": "0001-01-01T00:00"})
    assert response.status_code == 422
    assert "The year must be one from 1900 to 2099." in text_of(response)
    assert 'value="0001-01-01T00:00"' in text_of(response)
    assert client.get(address(edition)).status_code == 200


@pytest.mark.parametrize("numbers", [["9" * 5000], ["9" * 30], ["²"], ["-1"]])
def test_an_order_of_pages_that_never_were_is_answered(people, edition, numbers):
    response = signed_in(people[Role.DESK_CHIEF]).post(address(edition, "order/"), {"page": numbers})
    assert response.status_code == 422
    assert "Every page has to be named once." in text_of(response)


def test_the_list_costs_the_same_however_long_it_is_and_is_paged(people, django_assert_num_queries):
    client = signed_in(people[Role.REPORTER])
    start = datetime.date(2024, 1, 1)
    house.open_edition(people, start)
    with django_assert_num_queries(6):
        client.get(f"{DESK}/editions/")
    for day in range(1, 43):
        house.open_edition(people, start + datetime.timedelta(days=day), pages=1)
    with django_assert_num_queries(6):
        first = client.get(f"{DESK}/editions/")
    older = client.get(f"{DESK}/editions/", {"older": first.context["page"].older})
    listed = [str(edition.date) for page in (first, older) for edition in page.context["page"].items]
    assert (listed[0], listed[-1], len(listed), len(set(listed))) == ("2024-02-12", "2024-01-01", 43, 43)
    assert len(first.context["page"].items) == 40


def test_a_page_is_added_and_moved_forward_by_buttons(client, people):
    edition = house.open_edition(people, pages=2)
    client.force_login(people[Role.DESK_CHIEF])
    client.post(f"/desk/editions/{edition.pk}/pages/", {"label": "A3", "name": "副刊"})
    first, second, third = edition.pages.all()
    assert (third.label, third.name, third.order) == ("A3", "副刊", 3)
    shown = client.get(f"/desk/editions/{edition.pk}/").content.decode()
    for number in (first.pk, third.pk, second.pk):
        assert f'name="page" value="{number}"' in shown
    client.post(f"/desk/editions/{edition.pk}/order/", {"page": [first.pk, third.pk, second.pk]})
    assert [page.name for page in edition.pages.all()] == ["要闻", "副刊", "综合"]


def test_who_may_not_change_an_edition_neither_adds_nor_moves(client, people):
    edition = house.open_edition(people, pages=2)
    client.force_login(people[Role.PAGE_DESIGNER])
    first, second = edition.pages.all()
    assert client.post(f"/desk/editions/{edition.pk}/pages/", {"label": "A3", "name": "副刊"}).status_code == 422
    answer = client.post(f"/desk/editions/{edition.pk}/order/", {"page": [second.pk, first.pk]})
    assert answer.status_code == 403
    assert [page.pk for page in edition.pages.all()] == [first.pk, second.pk]


def test_the_plan_says_how_far_each_page_is(people):
    press_house.ask_for_signatures(people)
    story = press_house.story(people)
    edition = press_house.edition_of(people, story)
    chief, page = signed_in(people[Role.EDITOR_IN_CHIEF]), edition.pages.get()

    def said() -> str:
        return text_of(chief.get(f"{DESK}/editions/{edition.pk}/"))

    assert "0 of 3 signed" in said()
    press_house.sign(page, SignatureKind.EDITOR_IN_CHIEF, people[Role.EDITOR_IN_CHIEF])
    assert "1 of 3 signed" in said()
    assert "with text over" not in said()
    placement = page.placements.get()
    placing.move_placement(placement.pk, page.pk, Rectangle(1, 20, 1, 6), acting_user=people[Role.PAGE_DESIGNER])
    assert "0 of 3 signed" in said()
    assert "1 with text over" in said()


def test_who_publishes_an_edition_is_told_of_open_remarks_and_the_trail_keeps_them(people):
    edition, story = house.open_edition(people, pages=1), house.story_in(State.SIGNED_OFF, people)
    house.place(edition, 1, story, people)
    client, address = signed_in(people[Role.EDITOR_IN_CHIEF]), f"{DESK}/editions/{edition.pk}/"
    assert "Open remarks" not in text_of(client.get(address))
    house.remark(story, people[Role.DESK_CHIEF], "今晚")
    page = text_of(client.get(address))
    assert "Nothing is in the way." in page
    told = page.partition("Open remarks")[2].partition("</section>")[0]
    assert f'/stories/{story.pk}/#remarks"' in told
    assert "1 remark<" in told
    assert "1 remark<" in text_of(client.get(f"/en/admin/editions/edition/{edition.pk}/change/"))
    assert client.post(f"{address}publish/").status_code == 302
    [entry] = AuditEntry.objects.about(story).filter(act=Act.STORY_PUBLISH)
    assert entry.data["knowing"] == {"remarks": 1}
    assert "Open then: 1 remark is open." in text_of(client.get(f"{DESK}/stories/{story.pk}/"))
