"""Proofs, signatures and the press over HTTP: what a person at the desk sees and does."""

from __future__ import annotations

import pytest

from articles.models import Article
from editions.models import Edition, PageSignature, PrintedFile, Proof, ProofMark, ProofRound, SignatureKind
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import press_house as press
from tests.browsing import DESK, fields_of, signed_in, text_of

CHIEF, READER = Role.EDITOR_IN_CHIEF, Role.PROOFREADER
MARK = {"remark": "「今晚」应为「昨晚」", "left": "10.5", "top": "20", "width": "30", "height": "4"}


@pytest.fixture
def edition(people) -> Edition:
    press.ask_for_signatures(people)
    return press.edition_of(people, press.story(people))


@pytest.fixture
def page(edition):
    return edition.pages.get()


def proofs_of(page) -> str:
    return f"{DESK}/pages/{page.pk}/proofs/"


def test_a_proof_is_pulled_seen_and_marked(people, page):
    client = signed_in(people[READER])
    before = text_of(client.get(proofs_of(page)))
    assert "No proof was pulled yet." in before
    assert f"{DESK}/pages/{page.pk}/picture.png" in before
    answer = client.post(f"{proofs_of(page)}pull/", {"round": ProofRound.objects.get(order=2).pk})
    proof = Proof.objects.get()
    assert answer["Location"] == f"{DESK}/proofs/{proof.pk}/"
    assert "Proof 1 shows the page as it stands." in text_of(client.get(proofs_of(page)))
    pdf = client.get(f"{answer['Location']}proof.pdf")
    assert (pdf["Content-Type"], b"".join(pdf.streaming_content)[:5]) == ("application/pdf", b"%PDF-")
    assert "attachment" not in pdf["Content-Disposition"]
    picture = client.get(f"{answer['Location']}picture.png")
    assert (picture["Content-Type"], "private" in picture["Cache-Control"]) == ("image/png", True)
    client.post(f"{answer['Location']}marks/", MARK)
    shown = text_of(client.get(answer["Location"]))
    assert "「今晚」应为「昨晚」" in shown
    assert 'x="105.0"' in shown
    assert 'style="' not in shown
    mark = ProofMark.objects.get()
    client.post(f"{DESK}/marks/{mark.pk}/settle/")
    assert "all 1 ticked off" in text_of(client.get(proofs_of(page)))
    client.post(f"{DESK}/marks/{mark.pk}/reopen/")
    assert "1 open" in text_of(client.get(proofs_of(page)))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"left": "nan"}, "Enter a number."),
        ({"top": "101"}, "less than or equal to 100"),
        ({"remark": ""}, "This field is required."),
        ({"width": "0"}, "Mark an area on the paper."),
        ({"remark": "错\x00字"}, "Null characters are not allowed."),
    ],
)
def test_a_mark_that_is_none_is_answered_with_what_was_typed(people, page, typed, sentence):
    proof = press.proof_by_hand(page)
    response = signed_in(people[READER]).post(f"{DESK}/proofs/{proof.pk}/marks/", MARK | typed)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert fields_of(response, "mark-form")["height"] == "4"
    assert not ProofMark.objects.exists()


def test_who_may_neither_pull_nor_mark_is_told_so(people, page):
    proof = press.proof_by_hand(page)
    client = signed_in(people[Role.ADMINISTRATOR])
    shown = text_of(client.get(f"{DESK}/proofs/{proof.pk}/")) + text_of(client.get(proofs_of(page)))
    assert "mark-form" not in shown
    assert "Pull a proof" not in shown
    assert client.post(f"{DESK}/proofs/{proof.pk}/marks/", MARK).status_code == 403
    assert client.post(f"{proofs_of(page)}pull/", {"round": proof.round_id}).status_code == 403
    for round_number in ("", "9" * 30, "0"):
        assert client.post(f"{proofs_of(page)}pull/", {"round": round_number}).status_code == 404


def test_two_proofs_are_shown_side_by_side_with_what_changed(people, page):
    first = press.proof_by_hand(page)
    story = page.stories.get().article
    house.save(story, people[Role.DESK_CHIEF], headline="城西夜市昨晚开市")
    second = press.proof_by_hand(type(page).objects.get(pk=page.pk), number=2)
    client = signed_in(people[READER])
    shown = text_of(client.get(f"{DESK}/proofs/{second.pk}/compare/"))
    assert "the text of “城西夜市昨晚开市”" in shown
    assert "<del>今</del><ins>昨</ins>" in shown
    picture = client.get(f"{DESK}/proofs/{second.pk}/difference.png?with=1")
    assert picture.content.startswith(b"\x89PNG")
    backward = text_of(client.get(f"{DESK}/proofs/{first.pk}/compare/?with=2"))
    assert "<del>昨</del><ins>今</ins>" in backward
    assert client.get(f"{DESK}/proofs/{first.pk}/compare/").status_code == 404
    assert client.get(f"{DESK}/proofs/{second.pk}/compare/?with=7").status_code == 404


def test_a_character_that_no_font_has_is_said_once(people):
    story = press.story(people, body="<p>甲\ue000乙\ue000丙</p>")
    page = press.edition_of(people, story).pages.get()
    said = text_of(signed_in(people[READER]).get(proofs_of(page)))
    assert said.count("U+E000") == 1


def test_a_page_is_signed_with_what_was_on_the_screen(people, page):
    client = signed_in(people[CHIEF])
    form = fields_of(client.get(proofs_of(page)), "sign-editor_in_chief")
    house.save(page.stories.get().article, people[Role.DESK_CHIEF], headline="城西夜市昨晚开市")
    late = client.post(f"{DESK}/pages/{page.pk}/sign/", form)
    assert late.status_code == 409
    assert "The page has changed since you saw it." in text_of(late)
    again = fields_of(late, "sign-editor_in_chief")
    assert client.post(f"{DESK}/pages/{page.pk}/sign/", again).status_code == 302
    assert PageSignature.objects.get().signer == people[CHIEF]
    assert fields_of(client.get(proofs_of(page)), "sign-editor_in_chief") == {}
    client.post(f"{DESK}/pages/{page.pk}/unsign/", {"kind": "editor_in_chief"})
    assert not PageSignature.objects.filter(ended_at=None).exists()
    assert client.post(f"{DESK}/pages/{page.pk}/sign/", {"kind": "nobody"}).status_code == 404
    assert client.post(f"{DESK}/pages/{page.pk}/sign/", again | {"kind": "proofreader"}).status_code == 403


def test_the_preflight_leads_to_what_is_to_be_mended_and_the_edition_goes_to_press(people, edition, page):
    client, address = signed_in(people[CHIEF]), f"{DESK}/editions/{edition.pk}/press/"
    before = client.get(address)
    assert "Page 1 is not signed: Proofreader." in text_of(before)
    assert f'href="{proofs_of(page)}"' in text_of(before)
    assert "disabled" in text_of(before)
    refused = client.post(f"{address}release/")
    assert refused.status_code == 422
    assert "what blocks has to be mended first" in text_of(refused)
    assert "Publish the edition" not in text_of(client.get(f"{DESK}/editions/{edition.pk}/"))
    press.sign_all(edition, people)
    assert client.post(f"{address}release/")["Location"] == address
    shown = text_of(client.get(address))
    assert "Impression 1" in shown
    file = PrintedFile.objects.get(page__page=page, kind="press_pdf")
    download = client.get(f"{DESK}/printed/{file.pk}/")
    assert "2024-03-07-01-press" in download["Content-Disposition"]
    assert b"".join(download.streaming_content).startswith(b"%PDF-")
    assert "Publish the edition" in text_of(client.get(f"{DESK}/editions/{edition.pk}/"))
    assert client.post(f"{address}back/", {"reason": ""}).status_code == 422
    client.post(f"{address}back/", {"reason": "头版标题有误"})
    assert Edition.objects.get().is_open
    assert AuditEntry.objects.first().details == "reason: 头版标题有误"


def test_open_remarks_are_told_before_the_press_and_kept_with_what_was_printed(people, edition):
    client, address = signed_in(people[CHIEF]), f"{DESK}/editions/{edition.pk}/press/"
    story = Article.objects.filter(placements__page__edition=edition).first()
    house.remark(story, people[Role.DESK_CHIEF], "夜市")
    press.sign_all(edition, people)
    told = text_of(client.get(address)).partition("To be read")[2]
    assert f'href="{DESK}/stories/{story.pk}/#remarks"' in told
    assert "1 remark is open." in told
    assert client.post(f"{address}release/").status_code == 302
    assert "remarks" in [finding["kind"] for finding in edition.printings.get().findings]


def test_who_may_not_release_sees_what_is_in_the_way_and_no_button(people, edition):
    client, address = signed_in(people[Role.DESK_CHIEF]), f"{DESK}/editions/{edition.pk}/press/"
    shown = text_of(client.get(address))
    assert "Page 1 is not signed: Proofreader." in shown
    assert 'id="release"' not in shown
    assert client.post(f"{address}release/").status_code == 403
    assert client.post(f"{address}back/", {"reason": "版面有误"}).status_code == 403


def test_the_signatures_of_all_pages_take_a_constant_number_of_queries(people, django_assert_num_queries):
    press.ask_for_signatures(people)
    small = press.edition_of(people, press.story(people))
    large = press.edition_of(
        people, press.story(people), press.other_story(people), date=house.datetime.date(2024, 3, 8)
    )
    client = signed_in(people[CHIEF])
    for edition in (small, large):
        press.sign(edition.pages.first(), SignatureKind.EDITOR_IN_CHIEF, people[CHIEF])
        client.get(f"{DESK}/editions/{edition.pk}/press/")
    for edition in (small, large):
        with django_assert_num_queries(21):
            client.get(f"{DESK}/editions/{edition.pk}/press/")
