"""Proposals for a page, set for real: all of the copy is on it, no column has a hole, and nothing is written."""

from __future__ import annotations

import base64
import datetime
import io
import json

import pytest
from django.urls import reverse
from PIL import Image

from articles.editing import Picture
from articles.errors import NotAllowed
from articles.models import Photo
from articles.models.article import Genre
from articles.states import State
from editions import arranging, typesetting
from editions.geometry import Rectangle, first_overlap
from editions.models import Page, PageStory, Placement
from editions.placeable import NotPlaceable
from editions.planning import EditionClosed
from editions.proposals import NothingToPropose, Wish, propose_layouts
from editions.proposing.items import Weight
from editions.publishing import publish_edition
from editions.room import taken
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house

LEAD, SECOND, BRIEF, PICTURE = Weight.LEAD, Weight.SECOND, Weight.BRIEF, Weight.PICTURE
SENTENCES = (
    "市气象台今晨发布消息，受弱冷空气影响，未来三天全市大部分地区多云转阴，局部有小雨。",
    "记者从市交通运输局获悉，城北快速路改造工程昨日全线贯通，通行时间由四十分钟缩短到十五分钟。",
    "“老街坊们盼了多年，现在出门就能坐上公交，买菜看病都方便了。”家住东关的李大爷说。",
    "今年以来，全市新建口袋公园26个、健身步道48公里，群众身边的绿色空间不断增加。",
    "据介绍，该项目总投资3.2亿元，涉及12个小区、4600余户居民。",
)
HEADLINES = (
    "让老街坊住得更舒心",
    "城北快速路昨日全线贯通",
    "全市春耕备耕全面展开",
    "前两个月工业经济开门红",
    "口袋公园装点幸福生活",
    "图书馆延时服务受欢迎",
    "老字号走进社区夜市",
    "山乡学子有了新球场",
)
# Weight, characters and the pixels of a picture or none, of each story wished for.
FRONT = [
    (LEAD, 1900, (1500, 1000)),
    (SECOND, 1100, None),
    (SECOND, 950, None),
    (BRIEF, 230, None),
    (BRIEF, 200, None),
    (BRIEF, 260, None),
    (BRIEF, 180, None),
    (PICTURE, 160, (1400, 1000)),
]
INSIDE = [
    (LEAD, 2400, (1500, 1000)),
    (SECOND, 1600, (1400, 1050)),
    (SECOND, 1250, None),
    (SECOND, 950, None),
    (PICTURE, 300, (1500, 1000)),
]
HALF = [(SECOND, 1450, (1500, 1000)), (SECOND, 950, None), (BRIEF, 230, None), (BRIEF, 220, None)]
# What fills the upper half of page 1 beside and below its masthead.
UPPER_HALF = (Rectangle(1, 15, 4, 40), Rectangle(5, 1, 2, 54))


@pytest.fixture
def edition(people):
    return house.open_edition(people)


@pytest.fixture
def designer(people):
    return people[Role.PAGE_DESIGNER]


def body(characters: int, first: int = 0) -> str:
    """Paragraphs of about so many characters."""
    paragraphs, written, number = [], 0, first
    while written < characters:
        sentences = [SENTENCES[(number + place) % len(SENTENCES)] for place in range(2 + number % 3)]
        text = "".join(sentences)[: characters - written]
        paragraphs.append(f"<p>{text}</p>")
        written += len(text)
        number += 1
    return "".join(paragraphs)


def story(people, number: int, characters: int, pixels=None, **fields):
    """A story that is signed off."""
    pictures = []
    if pixels:
        photo = house.make_photo(people[Role.PHOTOGRAPHER], house.jpeg(*pixels))
        pictures = [Picture(photo.pk, "图为市民在口袋公园里休闲健身。", "甲某 摄", "")]
    return house.story_in(
        State.SIGNED_OFF,
        people,
        headline=HEADLINES[number % len(HEADLINES)],
        body=body(characters, number),
        lead_in_kind="none",
        pictures=pictures,
        **fields,
    )


def wishes_for(people, specified) -> list[Wish]:
    return [
        Wish(story(people, number, characters, pixels).pk, weight)
        for number, (weight, characters, pixels) in enumerate(specified)
    ]


def fill_upper_half(people, edition) -> None:
    for number, rectangle in enumerate(UPPER_HALF, start=5):
        house.place(edition, 1, story(people, number, 1200), people, rectangle)


def everything() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (Page, PageStory, Placement)] + [
        AuditEntry.objects.count()
    ]


def longest_gap(page: Page) -> int:
    """The most rows under one another on which nothing lies."""
    occupied, longest = taken(page), 0
    for column in range(1, page.grid.columns + 1):
        run = 0
        for row in range(1, page.grid.rows + 1):
            free = first_overlap(Rectangle(column, row, 1, 1), occupied) is None
            run = run + 1 if free else 0
            longest = max(longest, run)
    return longest


@pytest.mark.parametrize(("page_order", "specified", "half"), [(1, FRONT, False), (2, INSIDE, False), (1, HALF, True)])
def test_each_proposal_can_be_taken_and_holds(people, edition, designer, page_order, specified, half):
    if half:
        fill_upper_half(people, edition)
    page = edition.pages.get(order=page_order)
    standing = arranging.arrangement_of(page)
    wishes = wishes_for(people, specified)
    before = everything()

    proposals = propose_layouts(page.pk, wishes, acting_user=designer)

    assert everything() == before
    assert len(proposals) >= 4
    assert proposals[0].notes == []
    assert [proposal.score for proposal in proposals] == sorted((p.score for p in proposals), reverse=True)
    for proposal in proposals:
        for name, rows in standing.items():
            assert proposal.arrangement[name][: len(rows)] == rows
        version = Page.objects.get(pk=page.pk).layout_version
        taken_page = arranging.arrange_page(page.pk, proposal.arrangement, based_on=version, acting_user=designer)
        assert_set_whole(taken_page, [wish.article for wish in wishes])


def assert_set_whole(page: Page, wished: list[int]) -> None:
    """All that was wished for is on the page and whole, and nothing on the page is free."""
    layout = typesetting.layout_of(page)
    there = [story for story in layout["stories"] if story["number"] in wished]
    assert len(there) == len(wished)
    for story_set in there:
        fit = story_set["fit"]
        assert (fit["over"], fit["headline_over"], fit["picture_over"]) == (0, False, False)
        assert max(story_set["holes"], default=0) <= 2
    assert longest_gap(page) <= 2


def test_the_address_proposes_and_changes_nothing(client, people, edition, designer):
    wishes = wishes_for(people, HALF)
    fill_upper_half(people, edition)
    before = everything()
    client.force_login(designer)
    page = edition.pages.get(order=1)

    answer = post(client, page, [{"article": wish.article, "weight": wish.weight} for wish in wishes])

    assert answer.status_code == 200
    assert everything() == before
    for proposal in answer.json()["proposals"]:
        assert set(proposal) == {"score", "arrangement", "picture", "notes"}
        kind, _comma, data = proposal["picture"].partition(",")
        assert kind == "data:image/png;base64"
        assert Image.open(io.BytesIO(base64.b64decode(data))).width == 260


def post(client, page: Page, stories):
    address = reverse("desk:page_propose", args=[page.pk])
    return client.post(address, json.dumps({"stories": stories}), content_type="application/json")


@pytest.mark.parametrize("role", Role)
def test_who_may_propose(people, edition, role):
    page, wishes = edition.pages.get(order=2), [Wish(story(people, 0, 300).pk, SECOND)]
    if role in {Role.PAGE_DESIGNER, Role.SECTION_EDITOR, Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF}:
        assert propose_layouts(page.pk, wishes, acting_user=people[role])
        return
    with pytest.raises(NotAllowed):
        propose_layouts(page.pk, wishes, acting_user=people[role])


def test_what_is_refused_is_said(people, edition, designer):
    page = edition.pages.get(order=2)
    draft = house.story_in(State.DRAFT, people)
    submitted = house.story_in(State.SUBMITTED, people)
    signed, placed = story(people, 0, 300), story(people, 1, 300)
    house.place(edition, 1, placed, people)
    other = house.open_edition(people, date=datetime.date(2024, 3, 8))
    elsewhere = story(people, 2, 300)
    house.place(other, 1, elsewhere, people)
    refused = [
        ([], NothingToPropose),
        ([signed, signed], NothingToPropose),
        ([draft], NotPlaceable),
        ([submitted], NotPlaceable),
        ([placed], NotPlaceable),
        ([elsewhere], NotPlaceable),
    ]
    for stories, error in refused:
        with pytest.raises(error) as said:
            propose_layouts(page.pk, [Wish(one.pk, SECOND) for one in stories], acting_user=designer)
        assert str(said.value)
    with pytest.raises(NotPlaceable):
        propose_layouts(page.pk, [Wish(10**9, SECOND)], acting_user=designer)


@pytest.mark.parametrize(
    "stories", ["none", [{"article": 1}], [{"article": 1, "weight": "loud"}], [{"article": "x", "weight": "lead"}], []]
)
def test_what_is_no_wish_is_refused(client, edition, designer, stories):
    client.force_login(designer)
    answer = post(client, edition.pages.get(order=1), stories)
    assert answer.status_code == 422
    assert answer.json()["sentences"]


def test_a_full_page_gets_no_proposal(people, edition, designer):
    page = edition.pages.get(order=2)
    house.place(edition, 2, story(people, 0, 300), people, (1, 1, 6, 100))
    with pytest.raises(NothingToPropose):
        propose_layouts(page.pk, [Wish(story(people, 1, 300).pk, SECOND)], acting_user=designer)


def test_a_published_edition_gets_none(people, edition, designer):
    page, wished = edition.pages.get(order=2), story(people, 1, 300)
    for order in (1, 2):
        house.place(edition, order, story(people, 1 + order, 300), people)
    publish_edition(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])
    with pytest.raises(EditionClosed):
        propose_layouts(page.pk, [Wish(wished.pk, SECOND)], acting_user=designer)


def test_too_much_copy_stays_out_and_too_little_is_said(people, edition, designer):
    page = edition.pages.get(order=2)
    long, longer = story(people, 0, 7000), story(people, 1, 6000)
    for proposal in propose_layouts(page.pk, [Wish(long.pk, LEAD), Wish(longer.pk, SECOND)], acting_user=designer):
        [left_out, *_] = proposal.notes
        assert str(longer) in left_out
        assert {row["article"] for row in proposal.arrangement["stories"]} == {long.pk}
    short = story(people, 2, 600)
    for proposal in propose_layouts(page.pk, [Wish(short.pk, LEAD)], acting_user=designer):
        assert proposal.notes
        assert {row["article"] for row in proposal.arrangement["stories"]} == {short.pk}


def test_a_headline_that_fits_nowhere_stays_out(people, edition, designer):
    page = edition.pages.get(order=2)
    endless = house.story_in(State.SIGNED_OFF, people, headline="无" * 200, body=body(400))
    proposals = propose_layouts(
        page.pk, [Wish(endless.pk, BRIEF), Wish(story(people, 0, 900).pk, LEAD)], acting_user=designer
    )
    assert all(str(endless) in proposal.notes[0] for proposal in proposals)


def test_an_expired_picture_is_not_taken_along(people, edition, designer):
    page = edition.pages.get(order=2)
    wished = story(people, 0, 900, (1500, 1000))
    Photo.objects.update(rights_expire_on=edition.date - datetime.timedelta(days=1))
    for proposal in propose_layouts(page.pk, [Wish(wished.pk, LEAD)], acting_user=designer):
        assert [row["photo"] for row in proposal.arrangement["placements"] if row["photo"]] == []


def test_advertising_is_labelled_whatever_its_weight(people, edition, designer):
    page = edition.pages.get(order=2)
    paid = story(people, 0, 500, genre=Genre.ADVERTISEMENT)
    for proposal in propose_layouts(page.pk, [Wish(paid.pk, LEAD)], acting_user=designer):
        [row] = proposal.arrangement["stories"]
        assert (row["headline_style"], row["label"]) == ("advertisement", "广告")
