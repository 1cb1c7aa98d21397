"""Who reads what the pages print: those who make and proofread them, the others once the edition is published."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from editions.models import Edition, EditionState, ProofMark
from editions.publishing import publish_edition
from newsroom.staff.roles import Role
from tests import press_house as press
from tests.browsing import DESK, signed_in, text_of

FILERS = [Role.REPORTER, Role.PHOTOGRAPHER]
IMAGE = "/picture.png"


@pytest.fixture
def edition(people) -> Edition:
    return press.edition_of(people, press.story(people, kicker="尚未发表的引题"))


@pytest.fixture
def page(edition):
    return edition.pages.get()


@pytest.fixture
def reading(edition, page) -> list[str]:
    """Every address at which something reads what the page prints."""
    first = press.proof_by_hand(page)
    second = press.proof_by_hand(page, number=2, after=first)
    of_page = [f"{DESK}/pages/{page.pk}/{act}" for act in ("picture.png", "page.pdf", "layout/", "proofs/")]
    acts = ("", "proof.pdf", "picture.png", "compare/", "difference.png")
    of_proof = [f"{DESK}/proofs/{second.pk}/{act}" for act in acts]
    printed = press.file_by_hand(edition)
    return [*of_page, *of_proof, f"{DESK}/editions/{edition.pk}/press/", f"{DESK}/printed/{printed.pk}/"]


def publish(edition: Edition, people) -> None:
    publish_edition(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])


def statuses(client, addresses: list[str]) -> dict[str, int]:
    return {address: client.get(address).status_code for address in addresses}


@pytest.mark.parametrize("role", FILERS)
def test_who_only_files_does_not_find_what_the_pages_print(people, reading, role):
    assert statuses(signed_in(people[role]), reading) == dict.fromkeys(reading, 404)


@pytest.mark.parametrize("role", [role for role in Role if role not in FILERS])
def test_who_makes_and_proofreads_pages_reads_them(people, reading, role):
    assert statuses(signed_in(people[role]), reading) == dict.fromkeys(reading, 200)


def test_what_is_with_the_printer_is_not_read_yet(people, edition, reading):
    Edition.objects.update(state=EditionState.PRESSED, pressed_at=timezone.now())
    assert statuses(signed_in(people[Role.REPORTER]), reading) == dict.fromkeys(reading, 404)


def test_a_refusal_shows_nothing_of_the_page_either(people, edition, page):
    proof = press.proof_by_hand(page)
    mark = press.mark_by_hand(proof)
    client = signed_in(people[Role.REPORTER])
    forms = {
        f"pages/{page.pk}/proofs/pull/": {"round": proof.round_id},
        f"pages/{page.pk}/sign/": {"kind": "proofreader"},
        f"pages/{page.pk}/unsign/": {"kind": "proofreader"},
        f"pages/{page.pk}/present/": {},
        f"proofs/{proof.pk}/marks/": {"remark": "错", "left": 1, "top": 1, "width": 1, "height": 1},
        f"marks/{mark.pk}/settle/": {},
        f"marks/{mark.pk}/reopen/": {},
        f"editions/{edition.pk}/press/release/": {},
        f"editions/{edition.pk}/press/back/": {"reason": "版面有误"},
    }
    assert {path: client.post(f"{DESK}/{path}", sent).status_code for path, sent in forms.items()} == dict.fromkeys(
        forms, 404
    )
    for act in ("layout/", "continue/", "send/"):
        sent = json.dumps({"based_on": 0, "arrangement": {"stories": [], "placements": []}})
        answer = client.post(f"{DESK}/pages/{page.pk}/{act}", sent, content_type="application/json")
        assert answer.status_code == 404
    assert ProofMark.objects.get().settled_at is None


def test_after_publication_too_a_reopened_storys_copy_is_not_theirs(people, edition, page, reading):
    publish(edition, people)
    assert statuses(signed_in(people[Role.REPORTER]), reading) == dict.fromkeys(reading, 404)


@pytest.mark.parametrize("role", FILERS)
def test_who_only_files_sees_the_plan_as_drawings(people, edition, page, role):
    press.ask_for_signatures(people)
    press.proof_by_hand(page)
    client = signed_in(people[role])
    plan = text_of(client.get(f"{DESK}/editions/{edition.pk}/"))
    assert "<img" not in plan
    shown = text_of(client.get(f"{DESK}/pages/{page.pk}/"))
    assert 'id="canvas"' not in shown
    assert "canvas/main.js" not in shown
    assert "Designer" in shown
    for drawn in (plan, shown):
        assert '<svg class="map"' in drawn
        assert "尚未发表的引题" not in drawn
        assert "/proofs/" not in drawn
        assert "/press/" not in drawn


def test_who_reads_the_pages_finds_the_ways_to_them(people, edition, page):
    press.ask_for_signatures(people)
    press.proof_by_hand(page)
    client = signed_in(people[Role.PROOFREADER])
    plan = text_of(client.get(f"{DESK}/editions/{edition.pk}/"))
    assert IMAGE in plan
    assert f'href="{DESK}/pages/{page.pk}/proofs/"' in plan
    assert f'href="{DESK}/editions/{edition.pk}/press/"' in plan
    shown = text_of(client.get(f"{DESK}/pages/{page.pk}/"))
    assert 'id="canvas"' in shown
    assert f'href="{DESK}/pages/{page.pk}/proofs/"' in shown
