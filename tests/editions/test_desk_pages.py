"""Placing on a page with the plain form, over HTTP."""

import datetime

import pytest

from articles import editing
from articles.models import Photo
from articles.states import State
from editions.models import Placement
from editions.placeable import NotPlaceable
from editions.publishing import publish_edition
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import DESK, signed_in, text_of

WHERE = {"column": "1", "row": "20", "width": "3", "height": "20"}


@pytest.fixture
def edition(people):
    return house.open_edition(people, pages=2)


@pytest.fixture
def story(people):
    photo = house.make_photo(people[Role.REPORTER])
    return house.story_in(State.SIGNED_OFF, people, pictures=[editing.Picture(photo.pk)])


@pytest.fixture
def client(people):
    return signed_in(people[Role.PAGE_DESIGNER])


def address(edition, order=1, act=""):
    return f"{DESK}/pages/{edition.pages.get(order=order).pk}/{act}"


def lying():
    return [
        (p.page.order, p.part, tuple(p.rectangle), p.photo_id)
        for p in Placement.objects.select_related("page").order_by("page__order", "row", "part")
    ]


def test_a_story_its_picture_and_its_continuation_are_placed_from_the_pool(client, edition, story):
    photo = story.photos.get()
    page = text_of(client.get(address(edition)))
    assert f'<option value="{story.pk}">' in page
    assert f'<option value="{story.pk}-{photo.pk}">' in page
    assert client.post(address(edition, act="place/"), WHERE | {"what": story.pk}).status_code == 302
    picture = {"what": f"{story.pk}-{photo.pk}", "column": "5", "row": "1", "width": "2", "height": "19"}
    assert client.post(address(edition, act="place/"), picture).status_code == 302
    assert client.post(address(edition, 2, "place/"), WHERE | {"what": story.pk}).status_code == 302
    assert lying() == [(1, 0, (5, 1, 2, 19), photo.pk), (1, 1, (1, 20, 3, 20), None), (2, 2, (1, 20, 3, 20), None)]
    page = text_of(client.get(address(edition, 2)))
    assert "Part 3: continued" in page
    assert f'value="{story.pk}-{photo.pk}"' not in page


def test_the_pool_holds_signed_copy_that_lies_nowhere_else(client, people, edition, story):
    house.story_in(State.IN_REVIEW, people, headline="未签发")
    public = house.story_in(State.PUBLISHED, people, headline="已上网")
    elsewhere = house.story_in(State.SIGNED_OFF, people, headline="在别的报")
    house.place(house.open_edition(people, edition.date.replace(day=8)), 1, elsewhere, people)
    page = text_of(client.get(address(edition)))
    assert f'<option value="{story.pk}">' in page
    assert f'<option value="{public.pk}">' in page
    assert "未签发" not in page
    assert "在别的报" not in page
    response = client.post(address(edition, act="place/"), WHERE | {"what": elsewhere.pk})
    assert response.status_code == 422
    assert "Select a valid choice." in text_of(response)


def test_somebody_with_one_section_is_offered_what_they_may_read(people, edition, story):
    sports = house.make_person("sports", Role.SECTION_EDITOR, sections=("sports",))
    assert "城西夜市" not in text_of(signed_in(sports).get(address(edition)))
    response = signed_in(sports).post(address(edition, act="place/"), WHERE | {"what": story.pk})
    assert response.status_code == 422
    assert lying() == []


@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        ({"column": "5"}, "Outside the page: it has 6 columns and 102 rows."),
        ({"row": "90"}, "Outside the page"),
        ({"width": "0"}, "greater than or equal to 1"),
        ({"height": "tall"}, "Enter a whole number."),
        ({"column": "3", "row": "39"}, "It would lie over “垫底的稿”."),
        ({"row": "14"}, "The masthead stands there: the first 14 rows of the first 4 columns."),
    ],
)
def test_what_does_not_fit_is_said_with_the_numbers_kept(client, people, edition, story, where, sentence):
    below = house.story_in(State.SIGNED_OFF, people, headline="垫底的稿")
    house.place(edition, 1, below, people, (4, 40, 3, 20))
    before = lying()
    response = client.post(address(edition, act="place/"), WHERE | where | {"what": story.pk})
    page = text_of(response)
    assert response.status_code == 422
    assert sentence in page
    assert f'<option value="{story.pk}" selected>' in page
    name, typed = next(iter(where.items()))
    assert f'name="{name}" value="{typed}"' in page
    assert lying() == before


def test_a_placement_is_moved_resized_and_taken_off(client, people, edition, story):
    placement = house.place(edition, 1, story, people)
    move = f"{DESK}/placements/{placement.pk}/move/"
    assert client.post(move, {"column": "2", "row": "15", "width": "5", "height": "30"}).status_code == 302
    assert lying() == [(1, 1, (2, 15, 5, 30), None)]
    refused = client.post(move, {"column": "3", "row": "15", "width": "5", "height": "30"})
    assert refused.status_code == 422
    assert 'name="column" value="3"' in text_of(refused)
    assert lying() == [(1, 1, (2, 15, 5, 30), None)]
    assert client.post(f"{DESK}/placements/{placement.pk}/remove/").status_code == 302
    assert lying() == []
    assert client.post(move, WHERE).status_code == 404


def test_those_who_do_not_lay_out_look_and_are_refused(people, edition, story):
    placement = house.place(edition, 1, story, people)
    client = signed_in(people[Role.REPORTER])
    page = text_of(client.get(address(edition)))
    assert "column 1, row 20, 3 × 20" in page
    assert "/place/" not in page
    assert "/move/" not in page
    for path in (f"{DESK}/placements/{placement.pk}/move/", f"{DESK}/placements/{placement.pk}/remove/"):
        response = client.post(path, WHERE)
        assert response.status_code == 403
        assert "You may not do this." in text_of(response)
    edit = {"label": "9", "name": "x", "template": placement.page.template_id}
    assert client.post(address(edition, act="edit/"), edit).status_code == 403
    assert lying() == [(1, 1, (1, 20, 3, 20), None)]


def test_the_pages_people_are_set_by_those_who_may(people, edition):
    chief, proofreader = people[Role.DESK_CHIEF], people[Role.PROOFREADER]
    template = edition.pages.get(order=1).template_id
    fields = {"label": "A1", "name": "头版", "template": template}
    fields |= {"responsible_editor": chief.pk, "proofreader": proofreader.pk}
    client = signed_in(chief)
    assert client.post(address(edition, act="edit/"), fields | {"order": "9", "edition": "77"}).status_code == 302
    page = edition.pages.get(order=1)
    assert (page.label, page.name, page.responsible_editor, page.proofreader) == ("A1", "头版", chief, proofreader)
    for wrong in ({"designer": "99999"}, {"template": "99999"}, {"name": ""}, {"label": "too long a label"}):
        response = client.post(address(edition, act="edit/"), fields | wrong)
        assert response.status_code == 422
    assert edition.pages.get(order=1).label == "A1"


def test_a_published_page_does_not_change(client, people, edition, story):
    placement = house.place(edition, 1, story, people)
    house.place(edition, 2, story, people)
    publish_edition(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])
    assert "/move/" not in text_of(client.get(address(edition)))
    response = client.post(f"{DESK}/placements/{placement.pk}/remove/")
    assert response.status_code == 422
    assert "is published and does not change any more" in text_of(response)
    assert len(lying()) == 2


def test_a_picture_on_the_page_whose_rights_have_expired_says_so(client, people, edition, story):
    photo = story.photos.get()
    assert "rights expired on" not in text_of(client.get(address(edition)))
    house.place(edition, 1, story, people, photo=photo)
    Photo.objects.update(rights_expire_on=datetime.date(2024, 3, 1))
    assert '<strong class="expired">rights expired on 1 March 2024' in text_of(client.get(address(edition)))


def test_a_picture_whose_rights_have_expired_says_so_before_it_is_placed_and_is_not_placed(
    client, people, edition, story
):
    photo = story.photos.get()
    Photo.objects.update(rights_expire_on=datetime.date(2024, 3, 1))
    assert "· rights expired on 1 March 2024</option>" in text_of(client.get(address(edition)))
    with pytest.raises(NotPlaceable):
        house.place(edition, 1, story, people, photo=photo)
    Photo.objects.update(rights_expire_on=edition.date)
    assert house.place(edition, 1, story, people, photo=photo).photo == photo


def test_a_page_costs_the_same_with_one_story_or_many(client, people, edition, django_assert_num_queries):
    house.place(edition, 1, house.story_in(State.SIGNED_OFF, people), people, (1, 20, 1, 5))
    house.story_in(State.SIGNED_OFF, people)
    client.get(address(edition))
    with django_assert_num_queries(12):
        client.get(address(edition))
    for column in range(2, 6):
        house.place(edition, 1, house.story_in(State.SIGNED_OFF, people), people, (column, 20, 1, 5))
        house.story_in(State.SIGNED_OFF, people)
    with django_assert_num_queries(12):
        client.get(address(edition))
