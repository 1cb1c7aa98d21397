"""Signatures under pages: what they cover, what voids them, who may give them."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.utils import translation

from articles.errors import NotAllowed
from editions import placing, planning, proofs, rules, signing
from editions.geometry import Rectangle
from editions.models import Edition, Page, PageSignature, PageStory, Placement, ProofRound, SignatureKind
from editions.planning import EditionClosed
from editions.signing import NotToBeSigned, PageChanged, Standing
from editions.views.desk.showing import set_page_of
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import press_house as press

PROOFREADER, PAGE_EDITOR, CHIEF = SignatureKind.PROOFREADER, SignatureKind.PAGE_EDITOR, SignatureKind.EDITOR_IN_CHIEF


@pytest.fixture
def page(people) -> Page:
    """The front page of an edition, with a story on it and a picture of it beside."""
    press.ask_for_signatures(people)
    photo = house.make_photo(people[Role.PHOTOGRAPHER], house.jpeg(800, 500))
    story = press.story(people, pictures=[house.editing.Picture(photo.pk)])
    edition = press.edition_of(people, story)
    press.lay_out(edition, 1, story, people, (4, 20, 3, 24), photo=photo)
    return edition.pages.get()


def states(page: Page) -> dict[str, signing.SignatureState]:
    page = Page.objects.select_related("edition", "template").get(pk=page.pk)
    now = set_page_of(page)
    kinds = signing.kinds_asked(page.edition.title_id)
    return {s.kind: s for s in signing.signature_states(page, kinds, now.description, now.layout)}


def changed(page: Page) -> list[str]:
    """What is said to have changed since the editor-in-chief signed."""
    return list(states(page)[CHIEF].changed)


def test_a_signature_holds_as_long_as_the_page_prints_what_was_signed(people, page):
    assert {s.standing for s in states(page).values()} == {Standing.MISSING}
    press.sign(page, CHIEF, people[Role.EDITOR_IN_CHIEF])
    assert states(page)[CHIEF].standing == Standing.HOLDS
    story = Placement.objects.first().article
    # What no page prints voids nothing.
    house.save(story, people[Role.DESK_CHIEF], web_headline="网上的标题", desk_note="记得回访")
    assert states(page)[CHIEF].standing == Standing.HOLDS
    assert AuditEntry.objects.about(page).filter(act="page.sign").get().data == {"signed_as": "editor_in_chief"}


def change_text(people, page):
    story = Placement.objects.first().article
    house.save(story, people[Role.DESK_CHIEF], body=f"<p>{press.PARAGRAPH * 3}今年还会延长。</p>" * 3)


def move_text(people, page):
    placement = Placement.objects.get(photo=None)
    placing.move_placement(placement.pk, page.pk, Rectangle(1, 60, 3, 20), acting_user=people[Role.PAGE_DESIGNER])


def move_photo(people, page):
    placement = Placement.objects.get(part=0)
    placing.move_placement(placement.pk, page.pk, Rectangle(4, 50, 3, 24), acting_user=people[Role.PAGE_DESIGNER])


def recrop(people, page):
    Placement.objects.filter(part=0).update(zoom=150)


def recaption(people, page):
    Placement.objects.filter(part=0).update(caption="另写的图说")


def restyle(people, page):
    PageStory.objects.update(headline_style="lead")


def label(people, page):
    PageStory.objects.update(label="专题")


def rename_editor(people, page):
    planning.edit_page(page.pk, {"responsible_editor": people[Role.DESK_CHIEF]}, acting_user=people[Role.DESK_CHIEF])


def add_story(people, page):
    press.lay_out(page.edition, 1, press.other_story(people), people, (1, 70, 3, 20))


def remove_photo(people, page):
    placing.remove_placement(Placement.objects.get(part=0).pk, acting_user=people[Role.PAGE_DESIGNER])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (change_text, ["the text of “城西夜市今晚开市”"]),
        (move_text, ["“城西夜市今晚开市” was moved"]),
        (move_photo, ["photo {photo} of “城西夜市今晚开市” was moved"]),
        (recrop, ["the crop of photo {photo} of “城西夜市今晚开市”"]),
        (recaption, ["the caption of photo {photo} of “城西夜市今晚开市”"]),
        (restyle, ["“城西夜市今晚开市” is set in another way"]),
        (label, ["the label of “城西夜市今晚开市”"]),
        (rename_editor, ["the masthead"]),
        (add_story, ["“河水涨了三十厘米” was placed"]),
        (remove_photo, ["photo {photo} was taken from “城西夜市今晚开市”"]),
    ],
)
def test_any_change_of_what_is_printed_voids_it_and_says_which(people, page, change, said):
    press.sign(page, CHIEF, people[Role.EDITOR_IN_CHIEF])
    photo = Placement.objects.get(part=0).photo_id
    change(people, page)
    assert states(page)[CHIEF].standing == Standing.VOID
    with translation.override("en"):
        assert changed(page) == [sentence.format(photo=photo) for sentence in said]


def test_what_was_changed_back_is_what_was_signed(people, page):
    press.sign(page, CHIEF, people[Role.EDITOR_IN_CHIEF])
    recrop(people, page)
    Placement.objects.filter(part=0).update(zoom=100)
    assert states(page)[CHIEF].standing == Standing.HOLDS


def test_nobody_signs_what_was_not_before_their_eyes(people, page):
    seen = press.seen(page)
    recrop(people, page)
    with pytest.raises(PageChanged):
        signing.sign_page(page.pk, CHIEF, seen=seen, acting_user=people[Role.EDITOR_IN_CHIEF])
    assert not PageSignature.objects.exists()


def test_who_may_sign_in_which_capacity(people, page):
    may = {kind: {role for role, user in people.items() if rules.can_sign(user, page, kind)} for kind in SignatureKind}
    assert may == {
        PROOFREADER: {Role.PROOFREADER},
        PAGE_EDITOR: {Role.SECTION_EDITOR, Role.DESK_CHIEF},
        CHIEF: {Role.EDITOR_IN_CHIEF},
    }
    for kind, role in ((PROOFREADER, Role.DESK_CHIEF), (PAGE_EDITOR, Role.PAGE_DESIGNER), (CHIEF, Role.ADMINISTRATOR)):
        with pytest.raises(NotAllowed):
            press.sign(page, kind, people[role])
    assert not PageSignature.objects.exists()


@pytest.mark.parametrize(("role", "may"), [(Role.EDITOR_IN_CHIEF, True), (Role.PAGE_DESIGNER, False)])
def test_a_page_s_own_editor_signs_as_its_editor_if_they_sign_at_all(people, page, role, may):
    page.responsible_editor = people[role]
    assert rules.can_sign(people[role], page, PAGE_EDITOR) == may


def test_nobody_signs_one_page_in_two_capacities(people, page):
    both = house.make_person("both", Role.PROOFREADER, Role.DESK_CHIEF)
    press.sign(page, PROOFREADER, both)
    with pytest.raises(NotToBeSigned):
        press.sign(page, PAGE_EDITOR, both)
    signing.withdraw_signature(page.pk, PROOFREADER, acting_user=both)
    press.sign(page, PAGE_EDITOR, both)
    assert [(s.kind, s.ended_at is None) for s in PageSignature.objects.all()] == [
        (PROOFREADER, False),
        (PAGE_EDITOR, True),
    ]


def test_who_does_another_s_duty_signs_the_page_for_them(people, page):
    stand_in, chief = house.stand_in(), people[Role.EDITOR_IN_CHIEF]
    assert not rules.can_sign(stand_in, page, CHIEF)
    house.hand_over(chief, stand_in)
    signature = press.sign(page, CHIEF, house.person("deputy"))
    assert (signature.signer_label, signature.signed_for) == (stand_in.name, chief.name)
    house.hand_over(people[Role.DESK_CHIEF], chief)
    assert press.sign(page, CHIEF, house.person("editor_in_chief")).signed_for == ""


def test_the_proofreader_s_signature_waits_for_every_mark_of_whatever_round(people, page):
    reader = people[Role.PROOFREADER]
    first, second = ProofRound.objects.all()[:2]
    proof = proofs.pull_proof(page.pk, first.pk, acting_user=reader)
    mark = proofs.mark_proof(proof.pk, proofs.Area(10, 10, 5, 5), "错字", acting_user=reader)
    proofs.pull_proof(page.pk, second.pk, acting_user=reader)
    with pytest.raises(NotToBeSigned):
        press.sign(page, PROOFREADER, reader)
    press.sign(page, CHIEF, people[Role.EDITOR_IN_CHIEF])
    proofs.settle_mark(mark.pk, acting_user=people[Role.PAGE_DESIGNER])
    press.sign(page, PROOFREADER, reader)
    assert states(page)[PROOFREADER].standing == Standing.HOLDS


def test_only_who_gave_a_signature_takes_it_back(people, page):
    press.sign(page, CHIEF, people[Role.EDITOR_IN_CHIEF])
    with pytest.raises(NotAllowed):
        signing.withdraw_signature(page.pk, CHIEF, acting_user=house.make_person("chief", Role.EDITOR_IN_CHIEF))
    signing.withdraw_signature(page.pk, CHIEF, acting_user=people[Role.EDITOR_IN_CHIEF])
    signing.withdraw_signature(page.pk, CHIEF, acting_user=people[Role.EDITOR_IN_CHIEF])
    assert states(page)[CHIEF].standing == Standing.MISSING
    assert AuditEntry.objects.filter(act="page.unsign").count() == 1


def test_signing_again_replaces_what_was_signed_before(people, page):
    press.sign(page, CHIEF, people[Role.EDITOR_IN_CHIEF])
    recrop(people, page)
    press.sign(page, CHIEF, house.make_person("chief", Role.EDITOR_IN_CHIEF))
    assert states(page)[CHIEF].standing == Standing.HOLDS
    assert PageSignature.objects.filter(ended_at=None).count() == 1
    assert PageSignature.objects.count() == 2


def test_what_is_with_the_printer_is_signed_no_more(people, page):
    Edition.objects.update(state="pressed", pressed_at="2024-03-06T20:00Z")
    with pytest.raises(EditionClosed):
        press.sign(page, CHIEF, people[Role.EDITOR_IN_CHIEF])


def test_the_database_itself_refuses_a_second_capacity(people, page):
    chief = people[Role.EDITOR_IN_CHIEF]
    PageSignature.objects.create(page=page, kind=CHIEF, signer=chief, signer_label="甲", parts={})
    with pytest.raises(IntegrityError):
        PageSignature.objects.create(page=page, kind=PAGE_EDITOR, signer=chief, signer_label="甲", parts={})


def test_whether_somebody_may_sign_is_decided_under_the_lock(people, page, monkeypatch):
    """The page gets another responsible editor while the one who had it presses the button."""
    chief = people[Role.EDITOR_IN_CHIEF]
    Page.objects.filter(pk=page.pk).update(responsible_editor=chief)

    def lock_later(page_id: int) -> Page:
        Page.objects.filter(pk=page_id).update(responsible_editor=None)
        return planning.lock_page(page_id)

    monkeypatch.setattr(signing, "lock_page", lock_later)
    with pytest.raises(NotAllowed):
        press.sign(page, PAGE_EDITOR, chief)
    assert not PageSignature.objects.exists()
