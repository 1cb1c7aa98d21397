"""The canvas's addresses over HTTP: what they show, what they take, and that nothing sent breaks them."""

from __future__ import annotations

import datetime
import io
import json

import pytest
from django.core.cache import caches
from PIL import Image

from articles.editing import Picture
from articles.models import Photo
from articles.states import State
from editions.models import Page, PagePresence, PageStory, Placement
from editions.publishing import publish_edition
from editions.typeset.engine import engine
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import DESK, signed_in

LONG = "".join(f"<p>第{number}段，今晚的夜市比往年更热闹，摊主们从下午就开始忙碌。</p>" for number in range(60))


@pytest.fixture
def edition(people):
    return house.open_edition(people, pages=2)


@pytest.fixture
def story(people):
    photo = house.make_photo(people[Role.REPORTER], caption="图为夜市。")
    return house.story_in(
        State.SIGNED_OFF, people, headline="甲稿", kicker="引题", pictures=[Picture(photo.pk, caption="图为夜市。")]
    )


@pytest.fixture
def client(people):
    return signed_in(people[Role.PAGE_DESIGNER])


def page_of(edition, order=1) -> Page:
    return edition.pages.get(order=order)


def address(edition, act="layout/", order=1) -> str:
    return f"{DESK}/pages/{page_of(edition, order).pk}/{act}"


def send(client, path: str, data) -> object:
    return client.post(path, json.dumps(data), content_type="application/json")


def lies(article, column=1, row=20, width=3, height=20, **more) -> dict:
    return {"article": article.pk, "column": column, "row": row, "width": width, "height": height, **more}


def arranged(*placements, stories=()) -> dict:
    return {"stories": list(stories), "placements": list(placements)}


def save(client, edition, arrangement, based_on=None):
    version = page_of(edition).layout_version if based_on is None else based_on
    return send(client, address(edition), {"based_on": version, "arrangement": arrangement})


# -- what is shown


def test_a_page_shows_all_that_the_canvas_needs(client, people, edition, story):
    waiting = house.story_in(State.SIGNED_OFF, people, headline="待排")
    house.story_in(State.IN_REVIEW, people, headline="未签发")
    house.place(edition, 1, story, people)
    house.place(edition, 2, story, people)
    data = client.get(address(edition)).json()
    assert (data["version"], data["open"], data["may_lay_out"]) == (2, True, True)
    template = data["template"]
    assert (template["columns"], template["rows"], template["characters"]) == (6, 102, 17)
    assert (template["width_mm"], template["side_mm"], template["column_mm"]) == (390, 20, 53.975)
    across = 6 * template["column_mm"] + 5 * template["gutter_mm"] + 2 * template["side_mm"]
    assert across == pytest.approx(template["width_mm"], abs=0.01)
    assert template["masthead"] == {"columns": 4, "rows": 14}
    assert {"key": "lead", "name": "Lead", "label": "", "boxed": False} in template["headline_styles"]
    shown, photo = data["stories"][str(story.pk)], story.photos.get()
    assert (shown["title"], shown["kicker"], shown["headline"]) == ("甲稿", "引题", "甲稿")
    assert (shown["genre"], shown["state"], shown["signed"]) == ("news", "signed_off", True)
    assert shown["url"] == f"{DESK}/stories/{story.pk}/"
    assert shown["captions"] == {str(photo.pk): "图为夜市。"}
    assert shown["continues"] == [{"page": page_of(edition, 2).pk, "label": "2"}]
    [picture] = shown["pictures"]
    assert (picture["photo"], picture["width"], picture["height"]) == (photo.pk, 60, 40)
    assert client.get(picture["thumbnail"]).status_code == 200
    assert [(entry["article"], entry["title"]) for entry in data["pool"]] == [(waiting.pk, "待排")]
    assert [(entry["order"], entry["label"], entry["name"]) for entry in data["pages"]] == [
        (1, "1", "要闻"),
        (2, "2", "综合"),
    ]
    assert data["arrangement"]["placements"][0]["row"] == 20
    assert client.get(address(edition, order=2)).json()["template"]["masthead"] is None


def test_how_each_story_fits_is_said_in_lines_characters_and_words(client, people, edition):
    short = house.story_in(State.SIGNED_OFF, people, headline="短稿")
    long = house.story_in(State.SIGNED_OFF, people, headline="长稿", body=LONG)
    waiting = house.story_in(State.SIGNED_OFF, people, headline="待排", body="<p>" + "字" * 33 + "</p>")
    data = save(client, edition, arranged(lies(short), lies(long, 4))).json()
    over, left = data["fit"][str(long.pk)], data["fit"][str(short.pk)]
    assert over["over"] > 0
    assert over["sentence"] == f"{over['over']} lines over: {over['characters_over']} characters."
    assert left["sentence"] == f"{left['left']} lines left: {left['characters_left']} characters."
    assert over["here"]["lines"] == over["here"]["room"]
    assert {hole["story"] for hole in data["holes"]} == {short.pk}
    assert data["missing"] == []
    # Thirty-three characters with the indent and the lead-in: two lines of seventeen would not do.
    assert {entry["article"]: entry["lines"] for entry in data["pool"]} == {waiting.pk: 3}
    assert "trouble" not in data


@pytest.fixture
def _without_fonts(settings, tmp_path):
    """An engine that finds no fonts and remembers no page."""
    settings.FONTS = tmp_path
    engine.cache_clear()
    caches["layouts"].clear()
    yield
    engine.cache_clear()


@pytest.mark.usefixtures("_without_fonts")
def test_a_page_that_cannot_be_set_still_shows_its_arrangement_and_takes_another(client, edition, story):
    data = save(client, edition, arranged(lies(story))).json()
    assert data["arrangement"]["placements"][0]["article"] == story.pk
    assert (data["fit"], data["stories"][str(story.pk)]["lines"]) == ({}, None)
    assert "NotoSerifSC" in data["trouble"]
    for act in ("picture.png", "page.pdf"):
        response = client.get(address(edition, act))
        assert (response.status_code, response.json()) == (422, {"sentences": [data["trouble"]]})
    moved = send(client, address(edition, "continue/"), {"article": story.pk, "to": page_of(edition, 2).pk})
    assert moved.status_code == 200


def test_expired_rights_and_who_is_there_are_shown(client, people, edition, story):
    house.place(edition, 1, story, people)
    Photo.objects.update(rights_expire_on=datetime.date(2024, 3, 1))
    signed_in(people[Role.DESK_CHIEF]).post(address(edition, "present/"))
    data = client.get(address(edition)).json()
    assert data["stories"][str(story.pk)]["pictures"][0]["rights_expired"] is True
    assert data["present"] == [{"name": str(people[Role.DESK_CHIEF])}]


def test_those_who_do_not_lay_out_see_the_page_and_change_nothing(people, edition, story):
    proofreader = signed_in(people[Role.PROOFREADER])
    assert proofreader.get(address(edition)).json()["may_lay_out"] is False
    for act, data in (
        ("layout/", {"based_on": 1, "arrangement": arranged(lies(story))}),
        ("continue/", {"article": story.pk, "to": page_of(edition, 2).pk}),
        ("send/", {"article": story.pk, "to": page_of(edition, 2).pk}),
    ):
        response = send(proofreader, address(edition, act), data)
        assert response.status_code == 403
        assert response.json() == {"sentences": ["You may not do this."]}
    assert not Placement.objects.exists()


def test_somebody_with_one_section_sees_no_other_sections_copy_in_the_pool(people, edition, story):
    sports = house.make_person("sports", Role.SECTION_EDITOR, sections=("sports",))
    assert signed_in(sports).get(address(edition)).json()["pool"] == []


def test_a_published_page_is_shown_closed(client, people, edition, story):
    for order in (1, 2):
        house.place(edition, order, story, people)
    publish_edition(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])
    data = client.get(address(edition)).json()
    assert (data["open"], data["may_lay_out"]) == (False, False)
    response = save(client, edition, arranged())
    assert response.status_code == 422
    assert "does not change any more" in response.json()["sentences"][0]


QUERIES = 23


def test_a_page_costs_the_same_with_one_story_or_many(client, people, edition, django_assert_num_queries):
    def add(column: int) -> None:
        for _pool_and_page in range(2):
            photo = house.make_photo(people[Role.REPORTER])
            added = house.story_in(State.SIGNED_OFF, people, pictures=[Picture(photo.pk)])
        house.place(edition, 1, added, people, (column, 20, 1, 30))
        house.place(edition, 1, added, people, (column, 50, 1, 10), photo)
        house.place(edition, 2, added, people, (column, 20, 1, 30))

    add(1)
    client.get(address(edition))
    with django_assert_num_queries(QUERIES):
        client.get(address(edition))
    for column in range(2, 6):
        add(column)
    with django_assert_num_queries(QUERIES):
        client.get(address(edition))


# -- what is taken


def test_an_arrangement_is_saved_and_answered_with_the_page(client, people, edition, story):
    style = {"article": story.pk, "order": 1, "headline_style": "lead", "headline": "改\n题"}
    response = save(client, edition, arranged(lies(story), stories=[style]))
    assert response.status_code == 200
    data = response.json()
    assert data["version"] == 2
    [entry] = data["arrangement"]["stories"]
    assert (entry["headline_style"], entry["headline"], entry["kicker"]) == ("lead", "改\n题", None)
    assert data["stories"][str(story.pk)]["headline"] == "甲稿"
    assert client.get(address(edition)).json() == data
    assert PageStory.objects.get().headline == "改\n题"


def test_a_stale_save_is_refused_with_both_arrangements(client, people, edition, story):
    other = house.story_in(State.SIGNED_OFF, people, headline="乙稿")
    assert save(signed_in(people[Role.DESK_CHIEF]), edition, arranged(lies(story))).status_code == 200
    mine = arranged(lies(other, row=40))
    response = save(client, edition, mine, based_on=1)
    assert response.status_code == 409
    data, chief = response.json(), str(people[Role.DESK_CHIEF])
    assert data["yours"] == mine
    assert data["theirs"]["version"] == 2
    assert data["theirs"]["arrangement"]["placements"][0]["article"] == story.pk
    assert data["by"] == chief
    assert chief in data["sentence"]
    assert Placement.objects.get().article == story


def test_what_is_refused_is_said_in_sentences(client, edition, story):
    refused = save(client, edition, arranged(lies(story, row=10)))
    assert refused.status_code == 422
    said = ["The masthead stands there: the first 14 rows of the first 4 columns."]
    assert refused.json() == {"sentences": said}
    style = {"article": story.pk, "order": 1, "headline_style": "lead", "headline": "长" * 201}
    refused = save(client, edition, arranged(lies(story), stories=[style]))
    assert refused.status_code == 422
    assert refused.json()["sentences"][0].startswith("“甲稿”, headline as printed: ")


BODIES = {
    "nothing": b"",
    "no JSON": b"{",
    "no text": b"\xff\xfe\x00",
    "a word": b'"layout"',
    "a list": b"[]",
    "null": b"null",
    "nested for ever": b"[" * 100_000,
    "an endless number": b'{"based_on": ' + b"9" * 5000 + b"}",
    "no version": b'{"arrangement": {"stories": [], "placements": []}}',
    "version in words": b'{"based_on": "1", "arrangement": {"stories": [], "placements": []}}',
    "version true": b'{"based_on": true, "arrangement": {"stories": [], "placements": []}}',
    "no arrangement": b'{"based_on": 1}',
    "NaN": b'{"based_on": 1, "arrangement": {"stories": NaN, "placements": Infinity}}',
    "too much": b'{"based_on": 1, "arrangement": "' + b"x" * 1_000_000 + b'"}',
    "far too much": b'{"based_on": 1, "arrangement": "' + b"x" * 3_000_000 + b'"}',
}


@pytest.mark.parametrize("act", ["layout/", "continue/", "send/"])
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_nothing_that_is_sent_breaks_it(client, edition, act, body):
    response = client.post(address(edition, act), body, content_type="application/json")
    assert response.status_code == 422
    assert response.json()["sentences"][0]
    assert page_of(edition).layout_version == 1


def test_a_form_is_no_arrangement(client, edition):
    assert client.post(address(edition), {"based_on": "1"}).status_code == 422


def test_what_is_not_there_is_not_found(client):
    for act in ("layout/", "picture.png", "page.pdf"):
        assert client.get(f"{DESK}/pages/987654/{act}").status_code == 404
    for act in ("layout/", "present/", "continue/", "send/"):
        assert send(client, f"{DESK}/pages/987654/{act}", {}).status_code == 404


def test_a_story_goes_on_where_all_of_it_has_room(client, people, edition):
    long = house.story_in(State.SIGNED_OFF, people, headline="长稿", body=LONG)
    save(client, edition, arranged(lies(long)))
    response = send(client, address(edition, "continue/"), {"article": long.pk, "to": page_of(edition, 2).pk})
    assert response.status_code == 200
    data = response.json()
    assert data["stories"][str(long.pk)]["continues"] == [{"page": page_of(edition, 2).pk, "label": "2"}]
    assert data["fit"][str(long.pk)]["over"] == 0
    assert data["fit"][str(long.pk)]["left"] < 20
    # Both pages are other pages now.
    assert [page_of(edition, order).layout_version for order in (1, 2)] == [3, 2]


def test_a_story_is_sent_to_another_page(client, people, edition, story):
    save(client, edition, arranged(lies(story)))
    response = send(client, address(edition, "send/"), {"article": story.pk, "to": page_of(edition, 2).pk})
    assert response.status_code == 200
    assert response.json()["arrangement"]["placements"] == []
    assert Placement.objects.get().page == page_of(edition, 2)
    again = send(client, address(edition, "send/"), {"article": story.pk, "to": page_of(edition, 2).pk})
    assert again.status_code == 422
    assert again.json()["sentences"]


def test_a_heartbeat_tells_the_version_and_who_else_is_there(client, people, edition, story):
    chief = signed_in(people[Role.DESK_CHIEF])
    assert client.post(address(edition, "present/")).json() == {"version": 1, "present": []}
    save(client, edition, arranged(lies(story)))
    said = {"version": 2, "present": [{"name": str(people[Role.PAGE_DESIGNER])}]}
    assert chief.post(address(edition, "present/")).json() == said
    assert PagePresence.objects.count() == 2
    assert AuditEntry.objects.filter(target_type="editions.pagepresence").count() == 0


# -- the page as it comes out


def test_the_picture_is_the_typeset_page_and_changes_with_it(client, people, edition, story):
    first = client.get(address(edition, "picture.png"), {"width": "320"})
    assert first["Content-Type"] == "image/png"
    width, height = Image.open(io.BytesIO(first.content)).size
    assert (width, round(height / width, 2)) == (320, round(545 / 390, 2))
    unchanged = client.get(address(edition, "picture.png"), {"width": "320"}, headers={"If-None-Match": first["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    data = save(client, edition, arranged(lies(story))).json()
    changed = client.get(data["picture"] + "&width=320", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed.content != first.content
    assert "private" in changed["Cache-Control"]


def test_an_edited_story_has_another_picture(client, people, edition, story):
    before = save(client, edition, arranged(lies(story))).json()["picture"]
    house.save(story, people[Role.EDITOR_IN_CHIEF], headline="另题")
    assert client.get(address(edition)).json()["picture"] != before


def test_an_unknown_width_is_the_usual_one(client, edition):
    for width in ("99999999", "x", ""):
        response = client.get(address(edition, "picture.png"), {"width": width})
        assert Image.open(io.BytesIO(response.content)).width == 1000


def test_the_pdf_is_shown_in_the_browser(client, people, edition, story):
    save(client, edition, arranged(lies(story)))
    response = client.get(address(edition, "page.pdf"))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="2024-03-07-01.pdf"'
    assert response.content.startswith(b"%PDF-")
