"""A page arranged as a whole: all of it or nothing, on the version that stands, and a story stays one story."""

from __future__ import annotations

import copy
import datetime

import pytest
from django.core.exceptions import ValidationError

from articles.editing import Picture
from articles.errors import NotAllowed, Refusal
from articles.models import Article
from articles.models.article import Genre
from articles.states import State, Verb
from articles.views.desk.access import status_of
from editions import placing
from editions.arrangement import BadArrangement
from editions.arranging import StaleLayout, arrange_page, arrangement_of
from editions.geometry import Rectangle
from editions.models import Page, PageStory, PageTemplate, Placement
from editions.placeable import NotPlaceable
from editions.planning import EditionClosed
from editions.publishing import publish_edition
from editions.room import DoesNotFit
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house

FINAL = Role.EDITOR_IN_CHIEF


@pytest.fixture
def edition(people):
    return house.open_edition(people, pages=3)


@pytest.fixture
def designer(people):
    return people[Role.PAGE_DESIGNER]


@pytest.fixture
def story(people):
    """Signed off, with two pictures."""
    pictures = [Picture(house.make_photo(people[Role.REPORTER]).pk) for _ in range(2)]
    return house.story_in(State.SIGNED_OFF, people, headline="甲稿", pictures=pictures)


@pytest.fixture
def other(people):
    return house.story_in(State.SIGNED_OFF, people, headline="乙稿")


def page_of(edition, order: int = 1) -> Page:
    return Page.objects.select_related("template", "edition").get(edition=edition, order=order)


def lies(article: Article, *rectangle: int, photo: int | None = None, **more) -> dict:
    return {"article": article.pk, "photo": photo, **Rectangle(*rectangle)._asdict(), **more}


def treated(article: Article, **more) -> dict:
    return {"article": article.pk, "order": 1, "headline_style": "lead"} | more


def arranged(stories=(), placements=()) -> dict:
    return {"stories": list(stories), "placements": list(placements)}


def arrange(page: Page, arrangement, user, based_on: int | None = None) -> Page:
    version = Page.objects.get(pk=page.pk).layout_version if based_on is None else based_on
    return arrange_page(page.pk, arrangement, based_on=version, acting_user=user)


def everything() -> tuple:
    """What a refused arrangement must leave as it was."""
    models = (Placement, PageStory, Page)
    return [list(model.objects.order_by("pk").values()) for model in models], AuditEntry.objects.count()


def parts(article: Article) -> list[tuple[int, int, int]]:
    """(part, page, column) of a story in reading order."""
    placed = article.placements.filter(photo=None).order_by("part")
    return list(placed.values_list("part", "page__order", "column"))


def test_a_page_is_as_the_arrangement_says(edition, story, other, designer):
    first, second = story.photos.order_by("pk")
    wanted = arranged(
        [
            treated(other, order=9, headline_style="brief", label="短讯"),
            treated(
                story,
                order=2,
                headline_columns=3,
                text_columns=2,
                boxed=True,
                kicker="",
                headline="上\n下",
                subhead="副",
            ),
        ],
        [
            lies(story, 1, 20, 3, 20),
            lies(story, 1, 40, 1, 10),
            lies(story, 5, 1, 2, 19, photo=first.pk, focal_x=10, focal_y=90, zoom=150, caption="图为甲。"),
            lies(other, 4, 20, 3, 20),
        ],
    )
    page = arrange(page_of(edition), wanted, designer)
    assert page.layout_version == 2
    stands = arrangement_of(page_of(edition))
    assert [(entry["article"], entry["order"]) for entry in stands["stories"]] == [(story.pk, 1), (other.pk, 2)]
    lead, brief = stands["stories"]
    assert {name: lead[name] for name in ("headline_columns", "text_columns", "boxed", "label")} == {
        "headline_columns": 3,
        "text_columns": 2,
        "boxed": True,
        "label": "",
    }
    assert (lead["kicker"], lead["headline"], lead["subhead"]) == ("", "上\n下", "副")
    assert (brief["headline_style"], brief["label"], brief["headline"]) == ("brief", "短讯", None)
    picture = Placement.objects.get(photo=first)
    assert (picture.part, picture.focal_x, picture.focal_y, picture.zoom, picture.caption) == (
        0,
        10,
        90,
        150,
        "图为甲。",
    )
    assert parts(story) == [(1, 1, 1), (2, 1, 1)]
    assert second.placements.count() == 0


def test_what_stands_is_taken_as_it_is_given(edition, story, other, designer):
    page = page_of(edition)
    arrange(
        page,
        arranged([treated(story, headline="改")], [lies(story, 1, 20, 3, 20), lies(other, 4, 20, 3, 20)]),
        designer,
    )
    before = arrangement_of(page_of(edition))
    arrange(page, copy.deepcopy(before), designer)
    assert arrangement_of(page_of(edition)) == before


def test_two_stories_swap_places_in_one_arrangement(edition, story, other, designer):
    """On PostgreSQL the exclusion constraint sees every moment of it."""
    page = page_of(edition)
    arrange(page, arranged([], [lies(story, 1, 20, 3, 20), lies(other, 4, 20, 3, 20)]), designer)
    swapped = arrangement_of(page_of(edition))
    for placement in swapped["placements"]:
        placement["column"] = 5 - placement["column"]
    arrange(page, swapped, designer)
    assert {p.article_id: p.column for p in Placement.objects.all()} == {story.pk: 4, other.pk: 1}


def test_an_empty_arrangement_clears_the_page(edition, story, designer):
    page = page_of(edition)
    arrange(page, arranged([], [lies(story, 1, 20, 3, 20)]), designer)
    arrange(page, arranged(), designer)
    assert not Placement.objects.exists()
    assert not PageStory.objects.exists()


def test_an_arrangement_leaves_one_row(edition, story, designer):
    page = page_of(edition)
    arrange(page, arranged([], [lies(story, 1, 20, 3, 20), lies(story, 4, 20, 1, 9)]), designer)
    [entry] = AuditEntry.objects.about(page)
    assert (entry.act, entry.actor_id) == ("page.arrange", designer.pk)
    assert entry.data == {"version": 2, "stories": [story.pk]}
    assert entry.details


def test_who_arranges(people, edition, story):
    page, wanted = page_of(edition), arranged([], [lies(story, 1, 20, 3, 20)])
    for role, user in people.items():
        if role in {Role.PAGE_DESIGNER, Role.SECTION_EDITOR, Role.DESK_CHIEF, FINAL}:
            arrange(page, wanted, user)
            continue
        before = everything()
        with pytest.raises(NotAllowed):
            arrange(page, wanted, user)
        assert everything() == before


# -- on which version


def test_a_stale_arrangement_is_refused_with_the_page_that_stands(people, edition, story, other, designer):
    page = page_of(edition)
    arrange(page, arranged([], [lies(story, 1, 20, 3, 20)]), people[Role.DESK_CHIEF])
    before = everything()
    with pytest.raises(StaleLayout, match="desk_chief") as refused:
        arrange(page, arranged([], [lies(other, 1, 20, 3, 20)]), designer, based_on=1)
    assert everything() == before
    assert (refused.value.current.layout_version, refused.value.by) == (2, str(people[Role.DESK_CHIEF]))
    assert status_of(refused.value) == 409


def test_whatever_is_done_one_by_one_counts_as_a_change(people, edition, story, designer):
    page, versions = page_of(edition), []

    def note():
        versions.append(Page.objects.get(pk=page.pk).layout_version)

    placement = house.place(edition, 1, story, people)
    note()
    placing.move_placement(placement.pk, page.pk, Rectangle(1, 21, 3, 20), acting_user=designer)
    note()
    placing.continue_story(page.pk, story.pk, page_of(edition, 2).pk, acting_user=designer)
    note()
    placing.send_story(page.pk, story.pk, page_of(edition, 3).pk, acting_user=designer)
    note()
    assert versions == [2, 3, 4, 5]
    assert [page_of(edition, order).layout_version for order in (2, 3)] == [2, 2]
    placing.remove_placement(placement.pk, acting_user=designer)
    assert page_of(edition, 3).layout_version == 3


# -- what is refused


def wrong_arrangements(story, other, pictures):
    """name -> (arrangement, what is raised, what the sentence says)."""
    at = lies(story, 1, 20, 3, 20)
    return {
        "no table": ([], BadArrangement, "JSON"),
        "no lists": ({"stories": {}, "placements": 3}, BadArrangement, "stories"),
        "a bare number": ({"stories": [1], "placements": []}, BadArrangement, r"stories\[0\]"),
        "column in words": (arranged([], [{**at, "column": "1"}]), BadArrangement, r"placements\[0\].column"),
        "half a row": (arranged([], [{**at, "row": 20.5}]), BadArrangement, r"placements\[0\].row"),
        "true is no number": (arranged([], [{**at, "width": True}]), BadArrangement, "width"),
        "no article": (arranged([], [{**at, "article": None}]), BadArrangement, "article"),
        "an endless number": (arranged([], [{**at, "article": 10**30}]), BadArrangement, "article"),
        "crop outside": (arranged([], [{**at, "focal_x": 101}]), BadArrangement, "focal_x"),
        "zoom too small": (arranged([], [{**at, "zoom": 99}]), BadArrangement, "zoom"),
        "zoom too large": (arranged([], [{**at, "zoom": 401}]), BadArrangement, "zoom"),
        "boxed in words": (arranged([treated(story, boxed="yes")], [at]), BadArrangement, "boxed"),
        "half a character": (arranged([treated(story, headline="\ud800")], [at]), BadArrangement, "headline"),
        "a list as headline": (arranged([treated(story, headline=[])], [at]), BadArrangement, "headline"),
        "too many": (arranged([], [at] * 301), BadArrangement, "placements"),
        "outside": (arranged([], [{**at, "column": 5}]), DoesNotFit, "6.*102"),
        "no size": (arranged([], [{**at, "height": 0}]), DoesNotFit, "6.*102"),
        "left of the page": (arranged([], [{**at, "column": -1}]), DoesNotFit, "6.*102"),
        "on the masthead": (arranged([], [{**at, "row": 14}]), DoesNotFit, "14"),
        "over another": (arranged([], [at, lies(other, 3, 39, 1, 1)]), DoesNotFit, "甲稿"),
        "over itself": (arranged([], [at, lies(story, 3, 39, 1, 1)]), DoesNotFit, "甲稿"),
        "unknown story": (arranged([], [{**at, "article": 987654}]), NotPlaceable, "987654"),
        "unknown picture": (arranged([], [{**at, "photo": 987654}]), NotPlaceable, "甲稿"),
        "another's picture": (arranged([], [lies(other, 1, 20, 3, 20, photo=pictures[0])]), NotPlaceable, "乙稿"),
        "a picture twice": (
            arranged([], [{**at, "photo": pictures[0]}, lies(story, 4, 20, 1, 9, photo=pictures[0])]),
            ValidationError,
            "重复",
        ),
        "a story twice": (arranged([treated(story), treated(story)], [at]), ValidationError, "重复"),
        "without a place": (arranged([treated(story), treated(other)], [at]), ValidationError, "没有位置"),
        "unknown style": (arranged([treated(story, headline_style="gothic")], [at]), ValidationError, "gothic"),
        "no style": (arranged([treated(story, headline_style="")], [at]), ValidationError, "甲稿"),
        "three lines": (arranged([treated(story, headline="一\n二\n三")], [at]), ValidationError, "甲稿"),
        "long headline": (arranged([treated(story, headline="长" * 201)], [at]), ValidationError, "甲稿.*200"),
        "long caption": (arranged([], [{**at, "caption": "长" * 1001}]), ValidationError, "甲稿.*1000"),
        "unseen character": (arranged([treated(story, label="\x00")], [at]), ValidationError, "甲稿"),
    }


NAMES = list(wrong_arrangements(Article(pk=1), Article(pk=2), [1, 2]))


@pytest.mark.parametrize("name", NAMES)
def test_an_arrangement_that_cannot_be_changes_nothing_and_says_why(people, edition, story, other, designer, name):
    house.place(edition, 1, other, people, (5, 90, 2, 10))
    wanted, error, sentence = wrong_arrangements(story, other, [photo.pk for photo in story.photos.all()])[name]
    before = everything()
    with pytest.raises(error, match=sentence) as refused:
        arrange(page_of(edition), wanted, designer)
    assert everything() == before
    assert status_of(refused.value) == 422


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.IN_REVIEW, State.RETURNED, State.SPIKED])
def test_only_signed_copy_comes_to_a_page(people, edition, state):
    unsigned = house.story_in(state, people)
    before = everything()
    with pytest.raises(NotPlaceable):
        arrange(page_of(edition), arranged([], [lies(unsigned, 1, 20, 3, 20)]), people[FINAL])
    assert everything() == before


def test_what_lies_there_stays_when_its_signature_is_lost(people, edition, story, other, designer):
    page = page_of(edition)
    arrange(page, arranged([], [lies(story, 1, 20, 3, 20)]), designer)
    house.save(story, people[FINAL], headline="改")
    arrange(page, arranged([], [lies(story, 1, 30, 3, 20), lies(other, 4, 20, 3, 20)]), designer)
    assert Placement.objects.get(article=story).row == 30
    arrange(page, arranged([], [lies(other, 4, 20, 3, 20)]), designer)
    with pytest.raises(NotPlaceable):
        arrange(page, arranged([], [lies(story, 1, 20, 3, 20)]), designer)


def test_nobody_brings_what_they_may_not_read(people, edition, story):
    sports = house.make_person("sports", Role.SECTION_EDITOR, sections=("sports",))
    page, wanted = page_of(edition), arranged([], [lies(story, 1, 20, 3, 20)])
    with pytest.raises(NotPlaceable) as refused:
        arrange(page, wanted, sports)
    assert "甲稿" not in str(refused.value)
    arrange(page, wanted, people[FINAL])
    arrange(page, arranged([], [lies(story, 1, 40, 3, 20)]), sports)


def test_a_story_of_another_edition_is_refused(people, edition, story, designer):
    tomorrow = house.open_edition(people, datetime.date(2024, 3, 8))
    house.place(tomorrow, 1, story, people)
    with pytest.raises(NotPlaceable, match=str(tomorrow)):
        arrange(page_of(edition), arranged([], [lies(story, 1, 20, 3, 20)]), designer)


def test_a_picture_that_lies_on_another_page_is_refused(people, edition, story, designer):
    photo = story.photos.first()
    house.place(edition, 2, story, people, photo=photo)
    wanted = arranged([], [lies(story, 1, 20, 3, 20, photo=photo.pk)])
    with pytest.raises(NotPlaceable, match="甲稿"):
        arrange(page_of(edition), wanted, designer)
    arrange(page_of(edition, 2), wanted, designer)


def test_a_published_page_is_not_arranged(people, edition, story, designer):
    for order in (1, 2, 3):
        house.place(edition, order, story, people)
    publish_edition(edition.pk, acting_user=people[FINAL])
    with pytest.raises(EditionClosed):
        arrange(page_of(edition), arranged(), designer)


# -- the masthead


def test_beside_the_masthead_and_on_other_pages_there_is_room(edition, story, designer):
    arrange(page_of(edition), arranged([], [lies(story, 5, 1, 2, 14)]), designer)
    arrange(page_of(edition, 2), arranged([], [lies(story, 1, 1, 4, 14)]), designer)
    assert Placement.objects.count() == 2


# -- parts


def test_a_second_rectangle_on_the_first_page_is_read_before_the_next_page(people, edition, story, designer):
    house.place(edition, 1, story, people, (1, 20, 1, 10))
    house.place(edition, 3, story, people, (1, 20, 1, 10))
    arrange(page_of(edition), arranged([], [lies(story, 1, 20, 1, 10), lies(story, 2, 30, 1, 10)]), designer)
    assert parts(story) == [(1, 1, 1), (2, 1, 2), (3, 3, 1)]


def test_parts_between_two_others_keep_their_place(people, edition, story, designer):
    for order in (1, 2, 3):
        house.place(edition, order, story, people, (1, 20, 1, 10))
    two = [lies(story, 3, 20, 1, 10), lies(story, 2, 20, 1, 10)]
    arrange(page_of(edition, 2), arranged([], two), designer)
    assert parts(story) == [(1, 1, 1), (2, 2, 3), (3, 2, 2), (4, 3, 1)]
    arrange(page_of(edition, 2), arranged(), designer)
    assert parts(story) == [(1, 1, 1), (2, 3, 1)]


def test_a_page_that_is_new_to_a_story_goes_on_at_its_end(people, edition, story, designer):
    house.place(edition, 2, story, people, (1, 20, 1, 10))
    arrange(page_of(edition, 3), arranged([], [lies(story, 1, 20, 1, 10), lies(story, 2, 20, 1, 10)]), designer)
    assert parts(story) == [(1, 2, 1), (2, 3, 1), (3, 3, 2)]


# -- treatments


GENRES = {
    Genre.NEWS: ("third", "", False),
    Genre.PICTURE: ("picture", "", False),
    Genre.BRIEF: ("brief", "", False),
    Genre.ADVERTISEMENT: ("advertisement", "广告", True),
}


@pytest.mark.parametrize("genre", GENRES)
def test_a_story_is_treated_as_its_genre_usually_is(people, edition, designer, genre):
    piece = house.story_in(State.SIGNED_OFF, people, genre=genre)
    house.place(edition, 1, piece, people)
    by_itself = PageStory.objects.get()
    assert (by_itself.headline_style, by_itself.label, by_itself.boxed) == GENRES[genre]
    arrange(page_of(edition), arranged(), designer)
    arrange(page_of(edition), arranged([], [lies(piece, 1, 20, 3, 20)]), designer)
    arranged_one = PageStory.objects.get()
    assert (arranged_one.headline_style, arranged_one.label, arranged_one.boxed) == GENRES[genre]


@pytest.mark.parametrize(("genre", "style"), [("news", "continued"), ("advertisement", "advertisement")])
def test_a_continuation_has_a_style_of_its_own_and_an_advertisement_its_label(people, edition, genre, style):
    piece = house.story_in(State.SIGNED_OFF, people, genre=genre)
    house.place(edition, 1, piece, people)
    house.place(edition, 2, piece, people)
    assert PageStory.objects.get(page__order=2).headline_style == style


def test_a_template_without_the_style_sets_the_story_as_any_other(people, edition, designer):
    template = PageTemplate.objects.get()
    del template.design["headlines"]["brief"]
    template.save()
    piece = house.story_in(State.SIGNED_OFF, people, genre=Genre.BRIEF)
    house.place(edition, 1, piece, people)
    assert PageStory.objects.get().headline_style == "third"


def test_a_style_that_the_template_lost_is_given_as_the_usual_one(people, edition, story, designer):
    page = page_of(edition)
    arrange(page, arranged([treated(story, headline_style="feature")], [lies(story, 1, 20, 3, 20)]), designer)
    template = PageTemplate.objects.get()
    del template.design["headlines"]["feature"]
    template.save()
    stands = arrangement_of(page_of(edition))
    assert stands["stories"][0]["headline_style"] == "third"
    arrange(page, stands, designer)


def test_a_treatment_that_is_not_said_stays(people, edition, story, other, designer):
    page = page_of(edition)
    arrange(page, arranged([treated(story, headline="改")], [lies(story, 1, 20, 3, 20)]), designer)
    arrange(page, arranged([treated(other, order=0)], [lies(story, 1, 20, 3, 20), lies(other, 4, 20, 3, 20)]), designer)
    stands = arrangement_of(page_of(edition))["stories"]
    assert [(entry["article"], entry["headline"]) for entry in stands] == [(other.pk, None), (story.pk, "改")]


def treatments() -> set[tuple[int, int]]:
    """(page, story) of every treatment; it has to be that of every placement."""
    placed = set(Placement.objects.values_list("page__order", "article_id"))
    rows = list(PageStory.objects.values_list("page__order", "article_id"))
    assert placed == set(rows)
    assert len(rows) == len(placed)
    return placed


def test_a_story_is_treated_from_its_first_rectangle_to_its_last(people, edition, story, designer):
    text = house.place(edition, 1, story, people)
    picture = house.place(edition, 1, story, people, (4, 20, 2, 10), story.photos.first())
    assert treatments() == {(1, story.pk)}
    placing.remove_placement(text.pk, acting_user=designer)
    assert treatments() == {(1, story.pk)}
    placing.remove_placement(picture.pk, acting_user=designer)
    assert treatments() == set()


def test_a_treatment_goes_along_with_the_last_of_its_story(people, edition, story, designer):
    page, second = page_of(edition), page_of(edition, 2)
    text, picture = lies(story, 1, 20, 3, 20), lies(story, 4, 20, 2, 10, photo=story.photos.first().pk)
    arrange(page, arranged([treated(story, headline="改")], [text, picture]), designer)
    ids = [p.pk for p in Placement.objects.order_by("part")]
    placing.move_placement(ids[0], second.pk, Rectangle(1, 1, 2, 10), acting_user=designer)
    assert treatments() == {(1, story.pk), (2, story.pk)}
    placing.move_placement(ids[1], second.pk, Rectangle(3, 1, 2, 10), acting_user=designer)
    assert treatments() == {(2, story.pk)}


# -- to another page


def test_a_story_goes_on_at_a_free_place_of_another_page(people, edition, story, other, designer):
    page, second = page_of(edition), page_of(edition, 2)
    house.place(edition, 1, story, people, (1, 20, 3, 20))
    house.place(edition, 2, other, people, (1, 1, 4, 50))
    placement = placing.continue_story(page.pk, story.pk, second.pk, acting_user=designer)
    assert (placement.part, placement.page) == (2, second)
    assert placement.rectangle == (1, 51, 3, 30)
    assert PageStory.objects.get(page=second, article=story).headline_style == "continued"
    rows = [AuditEntry.objects.about(one).first() for one in (page, second)]
    assert [(row.act, row.data["on"]) for row in rows] == [("page.continue", "2"), ("page.continue", "1")]


def test_a_continuation_is_made_smaller_where_room_is_scarce(people, edition, story, other, designer):
    house.place(edition, 1, story, people, (1, 20, 3, 20))
    house.place(edition, 2, other, people, (1, 1, 5, 102))
    house.place(edition, 2, other, people, (6, 1, 1, 90))
    target = page_of(edition, 2)
    placement = placing.continue_story(page_of(edition).pk, story.pk, target.pk, acting_user=designer)
    assert placement.rectangle == (6, 91, 1, 12)
    placing.remove_placement(placement.pk, acting_user=designer)
    house.place(edition, 2, other, people, (6, 91, 1, 12))
    before = everything()
    with pytest.raises(DoesNotFit, match="2"):
        placing.continue_story(page_of(edition).pk, story.pk, target.pk, acting_user=designer)
    assert everything() == before


def test_a_story_goes_on_on_a_page_once_however_often_it_is_asked(people, edition, story, designer):
    house.place(edition, 1, story, people)
    placing.continue_story(page_of(edition).pk, story.pk, page_of(edition, 2).pk, acting_user=designer)
    before = everything()
    for one, other in ((1, 2), (2, 1)):
        with pytest.raises(NotPlaceable, match=str(other)):
            placing.continue_story(page_of(edition, one).pk, story.pk, page_of(edition, other).pk, acting_user=designer)
    assert everything() == before


def test_a_continuation_has_the_rectangle_it_is_given(people, edition, story, designer):
    house.place(edition, 1, story, people)
    where = Rectangle(2, 2, 2, 9)
    placement = placing.continue_story(
        page_of(edition).pk, story.pk, page_of(edition, 2).pk, rectangle=where, acting_user=designer
    )
    assert placement.rectangle == where


def test_all_of_a_story_is_sent_in_its_sizes_with_its_words(people, edition, story, other, designer):
    page, second = page_of(edition), page_of(edition, 2)
    picture = lies(story, 4, 20, 2, 10, photo=story.photos.first().pk, zoom=120)
    wanted = [lies(story, 1, 20, 3, 20), lies(story, 4, 30, 2, 10), picture, lies(other, 1, 60, 6, 9)]
    arrange(page, arranged([treated(story, headline="改", headline_style="feature")], wanted), designer)
    house.place(edition, 2, other, people, (1, 1, 6, 25))
    placing.send_story(page.pk, story.pk, second.pk, acting_user=designer)
    placed = Placement.objects.filter(page=second, article=story).order_by("part")
    assert [tuple(one.rectangle) for one in placed] == [(4, 26, 2, 10), (1, 26, 3, 20), (4, 36, 2, 10)]
    assert placed[0].zoom == 120
    treatment = PageStory.objects.get(page=second, article=story)
    assert (treatment.headline, treatment.headline_style, treatment.order) == ("改", "feature", 2)
    assert parts(story) == [(1, 2, 1), (2, 2, 4)]
    assert treatments() == {(1, other.pk), (2, other.pk), (2, story.pk)}


def test_a_story_sent_to_where_it_goes_on_is_treated_there_as_before(people, edition, story, designer):
    house.place(edition, 1, story, people)
    house.place(edition, 2, story, people)
    placing.send_story(page_of(edition).pk, story.pk, page_of(edition, 2).pk, acting_user=designer)
    assert PageStory.objects.get().headline_style == "continued"
    assert [part for part, _page, _column in parts(story)] == [1, 2]


@pytest.mark.parametrize("act", [placing.continue_story, placing.send_story])
def test_what_goes_to_no_other_page_is_refused(people, edition, story, other, designer, act):
    page = page_of(edition)
    house.place(edition, 1, story, people)
    tomorrow = house.open_edition(people, datetime.date(2024, 3, 8)).pages.first()
    before = everything()
    for article, target in ((story, page.pk), (story, tomorrow.pk), (story, 987654), (other, page_of(edition, 2).pk)):
        with pytest.raises(NotPlaceable):
            act(page.pk, article.pk, target, acting_user=designer)
    with pytest.raises(NotAllowed):
        act(page.pk, story.pk, page_of(edition, 2).pk, acting_user=people[Role.REPORTER])
    assert everything() == before


def test_unsigned_copy_goes_on_nowhere_but_can_be_sent(people, edition, story, designer):
    house.place(edition, 1, story, people)
    house.save(story, people[FINAL], headline="改")
    target = page_of(edition, 2).pk
    with pytest.raises(Refusal):
        placing.continue_story(page_of(edition).pk, story.pk, target, acting_user=designer)
    placing.send_story(page_of(edition).pk, story.pk, target, acting_user=designer)
    assert Placement.objects.get().page_id == target
    house.act(story, Verb.SIGN, people[FINAL])
