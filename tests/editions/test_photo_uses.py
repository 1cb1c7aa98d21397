"""Who used a photo, where and when: on pages being made, as printed, as published, each to those who may know."""

from __future__ import annotations

import pytest

from articles import editing
from articles.models import Photo
from articles.photos.uses import uses_of
from articles.states import State, Verb
from editions import arranging, placing
from editions.arranging import arrangement_of
from editions.models import Edition, Page, Placement
from editions.publishing import publish_edition
from editions.views.desk.canvas_data import canvas_data, pages_for_canvas
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import DESK, signed_in, text_of


@pytest.fixture
def photo(people):
    return house.make_photo(people[Role.PHOTOGRAPHER])


@pytest.fixture
def edition(people):
    return house.open_edition(people)


@pytest.fixture
def story(people, photo):
    fields = {"pictures": [editing.Picture(photo.pk)], "bylines": [house.credit(people[Role.REPORTER])]}
    return house.story_in(State.SIGNED_OFF, people, **fields)


def told(photo, person):
    return [
        (use.title, use.page and use.page.label, use.is_printed, bool(use.on_web_since))
        for use in uses_of(photo, person)
    ]


def test_a_use_is_told_from_the_draft_to_the_printed_page(people, photo, edition, story):
    chief = people[Role.EDITOR_IN_CHIEF]
    assert told(photo, chief) == [(story.headline, None, False, False)]
    house.place(edition, 1, story, people)
    assert told(photo, chief) == [(story.headline, None, False, False)]
    house.place(edition, 2, story, people, (1, 20, 2, 10), photo=photo)
    assert told(photo, chief) == [(story.headline, "2", False, False)]
    publish_edition(edition.pk, acting_user=chief)
    assert told(photo, chief) == [(story.headline, "2", True, True)]
    [use] = uses_of(photo, chief)
    assert use.who == people[Role.REPORTER].name
    page = text_of(signed_in(chief).get(f"{DESK}/photos/{photo.pk}/"))
    for said in (story.headline, "7 March 2024", "printed", "Page 2 综合"):
        assert said in page


def test_as_printed_stays_when_the_story_drops_the_photo(people, photo, edition, story):
    house.place(edition, 1, story, people)
    house.place(edition, 2, story, people, (1, 20, 2, 10), photo=photo)
    publish_edition(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])
    editor = people[Role.SECTION_EDITOR]
    house.act(story, Verb.CORRECT, editor, "图片有误")
    version = type(story).objects.get(pk=story.pk).version
    editing.save_story(story.pk, {}, based_on=version, pictures=[], acting_user=people[Role.EDITOR_IN_CHIEF])
    assert told(photo, people[Role.EDITOR_IN_CHIEF])[0][:3] == (story.headline, "2", True)


def test_a_draft_is_told_to_its_owner_alone_and_what_is_published_to_everybody(people, photo, edition, story):
    stranger = people[Role.PHOTOGRAPHER]
    assert told(photo, people[Role.REPORTER])
    assert told(photo, stranger) == []
    house.place(edition, 1, story, people)
    house.place(edition, 2, story, people, (1, 20, 2, 10), photo=photo)
    assert told(photo, stranger) == []
    publish_edition(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])
    [use] = uses_of(photo, stranger)
    assert (use.title, use.page.label, str(use.page.edition.date)) == (story.headline, "2", "2024-03-07")
    # They follow the reader's link: the working copy is not theirs to read.
    assert "/desk/" not in use.address
    assert "/desk/" not in use.page.get_absolute_url()


def test_uses_cost_the_same_however_many(people, photo, django_assert_max_num_queries):
    for _ in range(3):
        house.story_in(State.PUBLISHED, people, pictures=[editing.Picture(photo.pk)])
    chief = house.person(Role.EDITOR_IN_CHIEF.value)
    chief.grants  # noqa: B018 - read once a request
    with django_assert_max_num_queries(9):
        assert len(uses_of(photo, chief)) == 3


# -- what pages take from the photo desk


def test_a_picture_begins_on_a_page_with_the_photos_focal_point(people, photo, edition, story):
    house.frame(photo, (20, 70), {}, people[Role.PHOTOGRAPHER])
    placement = house.place(edition, 1, story, people, photo=photo)
    assert (placement.focal_x, placement.focal_y) == (20, 70)
    page = pages_for_canvas().get(pk=placement.page_id)
    [picture] = canvas_data(page, people[Role.PAGE_DESIGNER])["stories"][str(story.pk)]["pictures"]
    assert (picture["focal_x"], picture["focal_y"]) == (20, 70)
    # Once it lies there, its crop is the page's own.
    house.frame(photo, (90, 90), {}, people[Role.PHOTOGRAPHER])
    assert Placement.objects.get(pk=placement.pk).focal_x == 20


def test_a_page_is_laid_out_anew_with_a_picture_that_has_expired_since_but_not_with_a_new_one(
    people, photo, edition, story
):
    designer = people[Role.PAGE_DESIGNER]
    placement = house.place(edition, 1, story, people, photo=photo)
    Photo.objects.update(rights_expire_on=Edition.objects.get().date.replace(day=1))
    page = Page.objects.get(pk=placement.page_id)
    lies = arrangement_of(page)
    page = arranging.arrange_page(page.pk, lies, based_on=page.layout_version, acting_user=designer)
    placing.remove_placement(Placement.objects.get().pk, acting_user=designer)
    page = Page.objects.get(pk=page.pk)
    with pytest.raises(placing.NotPlaceable):
        arranging.arrange_page(page.pk, lies, based_on=page.layout_version, acting_user=designer)
    assert not Placement.objects.exists()
