"""What readers and the archive get: tagged, PDF/A, with bookmarks and links, and the same file every time."""

from __future__ import annotations

import io
import json
import random

import pikepdf
import pytest

from editions.typesetting import layouts_of_descriptions, picture_of, press_pdf, reader_pdf
from tests import typeset_pages as tp


def edition() -> list[tp.Description]:
    """Three pages: a story that begins on the first goes on upon the third."""
    rng = random.Random(41)
    turned = tp.story(
        1,
        tp.blocks(rng, 2500),
        tp.treatment(1, [(1, 16, 4, 20)], style="lead"),
        tp.treatment(3, [(1, 1, 3, 60)], style="continued", headline="城西夜市开市了"),
    )
    beside = tp.story(2, tp.blocks(rng, 300), tp.treatment(1, [(5, 16, 2, 20)], headline="公园\n今春修缮"))
    inside = tp.story(3, tp.blocks(rng, 900), tp.treatment(2, [(1, 1, 6, 60)], headline="河道清淤"))
    return [tp.page(number, turned, beside, inside) for number in (1, 2, 3)]


@pytest.fixture(scope="module")
def layouts():
    return layouts_of_descriptions(edition())


@pytest.fixture(scope="module")
def pdf(layouts):
    with pikepdf.open(io.BytesIO(reader_pdf(layouts, files={}))) as opened:
        yield opened


def test_it_is_tagged_and_names_its_language(pdf):
    assert pdf.Root.MarkInfo.Marked
    assert "/StructTreeRoot" in pdf.Root
    assert str(pdf.Root.Lang).startswith("zh")


def test_it_says_that_it_is_for_the_archive(pdf):
    with pdf.open_metadata() as told:
        assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("2", "A")
        assert told["dc:title"] == "试验日报 2024年3月7日"
    assert "/OutputIntents" in pdf.Root


def test_one_page_is_titled_by_its_name(layouts):
    with pikepdf.open(io.BytesIO(reader_pdf(layouts[1:2], files={}))) as one, one.open_metadata() as told:
        assert told["dc:title"] == "试验日报 2024年3月7日 第2版 综合"


def test_stories_are_bookmarked_in_the_order_of_reading_below_their_pages(pdf):
    with pdf.open_outline() as outline:
        found = [(entry.title, [below.title for below in entry.children]) for entry in outline.root]
    assert [(tp.unspaced(page), [tp.unspaced(story) for story in stories]) for page, stories in found] == [
        ("试验日报", ["城西夜市今晚开市", "公园今春修缮"]),
        ("2综合", ["河道清淤"]),
        ("综合3", ["城西夜市开市了"]),
    ]


def test_turn_lines_lead_to_each_others_pages(pdf):
    targets = []
    for number, page in enumerate(pdf.pages):
        for link in page.get("/Annots", []):
            destination = link.get("/Dest") or link.A.D
            if isinstance(destination, pikepdf.String | pikepdf.Name):
                destination = named(pdf, str(destination))
            targets.append((number, pikepdf.Page(destination[0]).index))
    assert targets == [(0, 2), (2, 0)]


def named(pdf, name: str):
    names = pdf.Root.Names.Dests
    return pikepdf.NameTree(names)[name]


def test_a_turn_to_a_page_of_another_file_is_no_link(layouts):
    with pikepdf.open(io.BytesIO(reader_pdf(layouts[:1], files={}))) as one:
        assert "/Annots" not in one.pages[0]


@pytest.mark.parametrize("make", [reader_pdf, press_pdf], ids=["reader", "press"])
def test_the_same_layout_makes_the_same_file(layouts, make):
    assert make(layouts[:1], files={}) == make(layouts[:1], files={})


def test_the_same_description_makes_the_same_page_and_picture(layouts):
    again = json.loads(json.dumps([tp.composed(description) for description in edition()]))
    assert again == layouts
    one = picture_of(layouts[0], width=320, files={})
    assert one == picture_of(again[0], width=320, files={})
