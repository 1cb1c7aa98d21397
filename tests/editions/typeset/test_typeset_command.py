"""`manage.py typeset`: an edition's pages as files, and what does not fit said in a line."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pikepdf
import pytest
from django.core.cache import caches
from django.core.management import CommandError, call_command
from PIL import Image

from articles.editing import Picture
from articles.states import State
from editions.models import Placement
from editions.snapshot import describe_page
from editions.typeset.engine import engine
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import typeset_pages as tp

BODY = "<p>" + "</p><p>".join(["本市居民今晚参加活动，" * 12] * 4) + "</p>"


@pytest.fixture
def edition(people):
    """Two pages: a story with its picture on the first goes on upon the second, a short one beside it."""
    made = house.open_edition(people)
    photo = house.make_photo(people[Role.REPORTER], house.jpeg(900, 600))
    pictures = [Picture(photo.pk)]
    long = house.story_in(State.SIGNED_OFF, people, headline="城西夜市今晚开市", body=BODY, pictures=pictures)
    house.place(made, 1, long, people, (1, 20, 2, 12))
    house.place(made, 1, long, people, (3, 20, 2, 20), photo=photo)
    house.place(made, 2, long, people, (1, 1, 2, 30))
    short = house.story_in(State.SIGNED_OFF, people, headline="简讯一则", body="<p>甲乙<br>丙\ue000丁。</p>")
    house.place(made, 2, short, people, (4, 1, 1, 3))
    made.long, made.short, made.photo = long, short, photo
    return made


def typeset(out: Path, *arguments: str) -> str:
    said = io.StringIO()
    call_command("typeset", *arguments, "--out", str(out), stdout=said)
    return said.getvalue()


def report(out: Path, page: int) -> dict:
    return json.loads((out / f"page-{page:02d}.json").read_text(encoding="utf-8"))


def test_every_page_is_written_as_pdf_picture_and_data(edition, tmp_path):
    out = tmp_path / "new" / "folder"
    typeset(out, "2024-03-07")
    names = [f"page-{page}.{kind}" for page in ("01", "02") for kind in ("json", "pdf", "png")]
    assert sorted(path.name for path in out.iterdir()) == names
    with pikepdf.open(out / "page-01.pdf") as pdf:
        assert len(pdf.pages) == 1
        assert [round(float(side) / 72 * 25.4) for side in pdf.pages[0].MediaBox] == [0, 0, 390, 545]
    with Image.open(out / "page-02.png") as picture:
        assert (picture.width, round(picture.height / picture.width, 2)) == (1600, 1.4)
        assert picture.convert("L").getextrema()[0] < 60 < 200 < picture.convert("L").getextrema()[1]


def test_the_data_says_where_every_story_lies_and_how_it_fits(edition, tmp_path):
    said = typeset(tmp_path, "2024-03-07")
    first, second = report(tmp_path, 1), report(tmp_path, 2)
    [story] = first["stories"]
    assert (story["number"], story["headline"]) == (edition.long.pk, "城西夜市今晚开市")
    assert len(story["zones"]) == 2
    assert all(0 < side < 100 for zone in [*story["zones"], *story["boxes"]] for side in zone)
    assert (story["spilled"], story["over"]) == (0, 0)
    assert story["shown"] > 500
    assert story["left"] > 0
    on_second, brief = second["stories"]
    assert {key: on_second[key] for key in ("shown", "spilled", "over", "left")} == {
        key: story[key] for key in ("shown", "spilled", "over", "left")
    }
    assert brief["over"] > 0
    assert brief["spilled"] > 0
    assert "简讯一则" in said


def test_a_character_that_no_font_has_is_reported_with_its_story_and_place(edition, tmp_path):
    said = typeset(tmp_path, "2024-03-07", "--page", "2")
    [missing] = report(tmp_path, 2)["missing"]
    assert (missing["code"], missing["story"], missing["where"]) == ("U+E000", edition.short.pk, "body")
    body = tp.body_text(describe(edition, edition.short.pk))
    assert body[missing["position"]] == missing["character"] == "\ue000"
    assert "U+E000" in said


def describe(edition, number: int) -> dict:
    described = describe_page(edition.pages.get(order=2))
    return next(story for story in described["stories"] if story["number"] == number)


def test_a_line_end_in_a_paragraph_is_a_space_in_print(edition):
    [block] = describe(edition, edition.short.pk)["blocks"][:1]
    assert "甲乙 丙" in block["text"]


def test_one_page_alone_for_the_press(edition, tmp_path):
    typeset(tmp_path, "2024-03-07", "--page", "2", "--press")
    assert sorted(path.name for path in tmp_path.glob("page-*")) == ["page-02.json", "page-02.pdf", "page-02.png"]
    with pikepdf.open(tmp_path / "page-02.pdf") as pdf:
        assert "/TrimBox" in pdf.pages[0]


def test_the_pictures_are_the_desks_originals(edition, tmp_path):
    typeset(tmp_path, "2024-03-07", "--page", "1")
    with pikepdf.open(tmp_path / "page-01.pdf") as pdf:
        images = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and thing.get("/Width")]
        assert len(images) == 1
    placed = Placement.objects.get(photo=edition.photo)
    assert placed.page.order == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["2024-03-08"], "2024-03-08"),
        (["2024-03-07-1"], "2024-03-07-1"),
        (["yesterday"], "yesterday"),
        (["2024-02-30"], "2024-02-30"),
        (["2024-03-07", "--page", "9"], "9"),
    ],
)
def test_what_there_is_not_is_refused_with_a_sentence(edition, tmp_path, arguments, said):
    with pytest.raises(CommandError, match=said):
        typeset(tmp_path / "out", *arguments)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made_is_said(edition, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(CommandError, match="file"):
        typeset(tmp_path / "file", "2024-03-07", "--page", "2")


def test_missing_fonts_are_said(edition, tmp_path, settings):
    engine.cache_clear()
    settings.FONTS = tmp_path
    caches["layouts"].clear()
    with pytest.raises(CommandError, match="make fonts"):
        typeset(tmp_path / "out", "2024-03-07")
    engine.cache_clear()
