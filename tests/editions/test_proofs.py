"""Proofs: what is kept of a page that was pulled, marks on it, and what changed from one to the next."""

from __future__ import annotations

import io
import math

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from articles.errors import Incomplete, NotAllowed
from editions import placing, proofs
from editions.geometry import Rectangle
from editions.models import Edition, Page, Placement, Proof, ProofMark, ProofRound
from editions.page_differences import difference_picture
from editions.planning import EditionClosed
from editions.printed_parts import Change, What
from editions.proofs import SMALLEST_MARK, Area
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import press_house as press

READER = Role.PROOFREADER


@pytest.fixture
def page(people) -> Page:
    press.ask_for_signatures(people)
    photo = house.make_photo(people[Role.PHOTOGRAPHER], house.jpeg(800, 500))
    story = press.story(people, pictures=[house.editing.Picture(photo.pk)])
    edition = press.edition_of(people, story)
    press.lay_out(edition, 1, story, people, (4, 20, 3, 24), photo=photo)
    return edition.pages.get()


def pull(page: Page, people, order: int = 1, who: Role = READER) -> Proof:
    return proofs.pull_proof(page.pk, ProofRound.objects.get(order=order).pk, acting_user=people[who])


def test_a_proof_keeps_the_page_as_it_was(people, page):
    first = pull(page, people)
    Placement.objects.filter(part=0).update(zoom=150)
    second = pull(page, people, 2)
    assert [(p.number, p.round.name) for p in page.proofs.all()] == [(2, "大样"), (1, "小样")]
    kept = Proof.objects.get(pk=first.pk)
    assert kept.description["stories"][0]["pictures"][0]["zoom"] == 100
    assert kept.parts != second.parts
    assert kept.pdf.read(5) == b"%PDF-"
    with Image.open(kept.picture) as picture:
        assert picture.width == 1600
    entry = AuditEntry.objects.about(page).get(data__proof=2)
    assert (entry.act, entry.data) == ("proof.pull", {"proof": 2, "round": "大样"})


def test_who_may_pull_and_mark(people, page):
    proof = press.proof_by_hand(page)
    mark = press.mark_by_hand(proof)
    for role in (Role.REPORTER, Role.PHOTOGRAPHER, Role.ADMINISTRATOR):
        for act in (
            lambda who: pull(page, people, who=who),
            lambda who: proofs.mark_proof(proof.pk, Area(1, 1, 5, 5), "错字", acting_user=people[who]),
            lambda who: proofs.settle_mark(mark.pk, acting_user=people[who]),
            lambda who: proofs.reopen_mark(mark.pk, acting_user=people[who]),
        ):
            with pytest.raises(NotAllowed):
                act(role)
    assert Proof.objects.count() == ProofMark.objects.count() == 1


def test_a_mark_is_ticked_off_and_opened_again(people, page):
    proof = press.proof_by_hand(page)
    mark = proofs.mark_proof(proof.pk, Area(10, 20, 30, 4), " 「今晚」应为「昨晚」 ", acting_user=people[READER])
    assert (mark.remark, mark.made_by) == ("「今晚」应为「昨晚」", people[READER])
    assert proofs.open_marks(page) == 1
    for _again in range(2):
        proofs.settle_mark(mark.pk, acting_user=people[Role.PAGE_DESIGNER])
    mark.refresh_from_db()
    assert mark.settled_by == people[Role.PAGE_DESIGNER]
    assert proofs.open_marks(page) == 0
    proofs.reopen_mark(mark.pk, acting_user=people[READER])
    mark.refresh_from_db()
    assert (mark.settled_by, mark.settled_at) == (None, None)
    acts = [entry.act for entry in AuditEntry.objects.about(page) if entry.act.startswith("proof.")]
    assert acts == ["proof.reopen", "proof.settle", "proof.mark"]


@pytest.mark.parametrize(
    ("area", "kept"),
    [
        (Area(90, 95, 30, 30), Area(90, 95, 10, 5)),
        (Area(10, 10, 0.1, 0.1), Area(10, 10, SMALLEST_MARK, SMALLEST_MARK)),
    ],
)
def test_a_mark_lies_on_the_paper_and_can_be_seen(people, page, area, kept):
    mark = proofs.mark_proof(press.proof_by_hand(page).pk, area, "错字", acting_user=people[READER])
    assert Area(mark.left, mark.top, mark.width, mark.height) == pytest.approx(kept)


@pytest.mark.parametrize(
    "area", [Area(10, 10, 0, 5), Area(10, 10, 5, -1), Area(math.nan, 10, 5, 5), Area(10, 10, math.nan, 5)]
)
def test_an_area_that_is_none_is_no_mark(people, page, area):
    with pytest.raises(ValidationError):
        proofs.mark_proof(press.proof_by_hand(page).pk, area, "错字", acting_user=people[READER])


@pytest.mark.parametrize(("remark", "refusal"), [("  ", Incomplete), ("字" * 1001, ValidationError)])
def test_a_mark_says_what_is_to_be_mended(people, page, remark, refusal):
    with pytest.raises(refusal):
        proofs.mark_proof(press.proof_by_hand(page).pk, Area(1, 1, 5, 5), remark, acting_user=people[READER])
    assert not ProofMark.objects.exists()


def test_the_proofs_of_what_is_with_the_printer_are_marked_no_more(people, page):
    proof = press.proof_by_hand(page)
    Edition.objects.update(state="pressed", pressed_at="2024-03-06T20:00Z")
    with pytest.raises(EditionClosed):
        proofs.mark_proof(proof.pk, Area(1, 1, 5, 5), "错字", acting_user=people[READER])
    with pytest.raises(EditionClosed):
        pull(page, people)


def changed_since(page: Page, before: Proof) -> proofs.PageDifference:
    page = Page.objects.get(pk=page.pk)
    return proofs.compare_proofs(before, press.proof_by_hand(page, number=before.number + 1))


def test_a_changed_text_is_shown_in_words_and_where_it_stands(people, page):
    before = press.proof_by_hand(page)
    story = Placement.objects.first().article
    house.save(story, people[Role.DESK_CHIEF], headline="城西夜市昨晚开市")
    found = changed_since(page, before)
    [changed] = found.stories
    assert (found.page, changed.title, changed.changes) == ([], "城西夜市昨晚开市", [Change(What.WORDS, story.pk)])
    [headline] = changed.words
    assert headline.field == "headline"
    assert [piece.text for line in headline.lines for piece in line.pieces] == ["城西夜市", "今", "昨", "晚开市"]
    # Where the text stands, and not its picture.
    [(left, top, width, height)] = found.areas
    assert (left, width) == pytest.approx((5.13, 43.6), abs=1)
    assert top > 20
    assert height > 10


def test_what_was_moved_is_shown_where_it_was_and_where_it_is(people, page):
    before = press.proof_by_hand(page)
    placement = Placement.objects.get(part=0)
    placing.move_placement(placement.pk, page.pk, Rectangle(4, 60, 3, 24), acting_user=people[Role.PAGE_DESIGNER])
    found = changed_since(page, before)
    [changed] = found.stories
    assert [change.what for change in changed.changes] == [What.PHOTO_PLACE]
    assert changed.words == []
    assert len({round(top) for _left, top, _width, _height in found.areas}) == 2


def test_what_came_and_went_is_shown(people, page):
    before = press.proof_by_hand(page)
    gone = Placement.objects.first().article
    for placement in Placement.objects.all():
        placing.remove_placement(placement.pk, acting_user=people[Role.PAGE_DESIGNER])
    come = press.other_story(people)
    press.lay_out(page.edition, 1, come, people, (1, 60, 3, 20))
    found = changed_since(page, before)
    assert {(change.what, change.story) for story in found.stories for change in story.changes} == {
        (What.ADDED, come.pk),
        (What.REMOVED, gone.pk),
    }


def test_a_page_that_is_the_same_has_no_difference(people, page):
    found = changed_since(page, press.proof_by_hand(page))
    assert (found.page, found.furniture, found.stories, found.areas) == ([], [], [], [])


def test_the_difference_picture_colours_what_went_and_what_came():
    before = press.png(100, 100, (10, 10, 20, 20), (50, 50, 60, 60))
    after = press.png(100, 100, (30, 10, 40, 20), (50, 50, 60, 60))
    with Image.open(io.BytesIO(difference_picture(before, after))) as picture:
        went, came, stayed, white = (picture.getpixel(at) for at in ((15, 15), (35, 15), (55, 55), (90, 90)))
    assert went[0] > went[2]
    assert came[2] > came[0]
    assert stayed[0] == stayed[1] == stayed[2] < 255
    assert white == (255, 255, 255)
