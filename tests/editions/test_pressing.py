"""Releasing to press: everything that is printed is kept, and nothing on the pages changes any more."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from articles.errors import Incomplete, NotAllowed
from articles.scheduling import set_release_times
from editions import planning, pressing, proofs, readiness
from editions.models import (
    Edition,
    EditionState,
    PageSignatory,
    Placement,
    PrintedEdition,
    PrintedFile,
    PrintedFileKind,
    PrintedPage,
    ProofRound,
    PublishedPage,
    SignatureKind,
)
from editions.planning import EditionClosed
from editions.pressing import NotReadyForPress, NotWithThePrinter
from editions.publishing import EditionNotReady, publish_edition
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import press_house as press

CHIEF = Role.EDITOR_IN_CHIEF


@pytest.fixture
def edition(people) -> Edition:
    """Two pages with a story on each, in which nothing is wrong, and nobody has signed."""
    press.ask_for_signatures(people)
    return press.edition_of(people, press.story(people), press.other_story(people))


@pytest.fixture
def signed(people, edition) -> Edition:
    press.sign_all(edition, people)
    return edition


def state() -> str:
    return Edition.objects.get().state


def kinds(refused) -> list[str]:
    return [finding.kind for finding in refused.value.findings]


def findings(edition: Edition) -> dict[str, list[str]]:
    """What the preflight says now, by kind."""
    found: dict[str, list[str]] = {}
    for finding in readiness.readiness_of(edition, readiness.set_pages(edition), timezone.now()).findings:
        found.setdefault(finding.kind, []).append(finding.sentence)
    return found


def test_what_is_released_is_kept_with_its_files_and_frozen(people, signed):
    printing = press.press(signed, people)
    assert state() == EditionState.PRESSED
    assert (printing.impression, printing.released_by) == (1, people[CHIEF])
    page = printing.pages.get(page__order=1)
    assert page.description["stories"][0]["treatments"][0]["headline"] == "城西夜市今晚开市"
    assert page.layout["stories"][0]["elements"]
    assert {file.kind for file in page.files.all()} == set(PrintedFileKind.values)
    whole = printing.files.filter(page=None)
    assert {file.kind for file in whole} == {PrintedFileKind.PRESS_PDF, PrintedFileKind.READER_PDF}
    begins = {file.kind: file.file.read(5) for file in page.files.all()}
    assert begins[PrintedFileKind.PRESS_PDF] == b"%PDF-"
    assert begins[PrintedFileKind.LARGE_PNG][1:4] == b"PNG"
    assert begins[PrintedFileKind.SMALL_WEBP][:4] == b"RIFF"
    assert "2024-03-07-01-press" in page.files.get(kind=PrintedFileKind.PRESS_PDF).file.name
    assert [finding["kind"] for finding in printing.findings] == ["hole"] * 4 + ["proof"] * 2
    assert AuditEntry.objects.filter(act="edition.press").get().data == {"impression": 1}
    for change in (
        lambda: planning.add_page(signed.pk, planning.PagePlan("3", "民生"), acting_user=people[CHIEF]),
        lambda: house.place(signed, 1, press.story(people), people, (1, 60, 2, 10)),
        lambda: press.press(signed, people),
        lambda: press.sign(signed.pages.first(), SignatureKind.EDITOR_IN_CHIEF, people[CHIEF]),
        lambda: proofs.pull_proof(signed.pages.first().pk, ProofRound.objects.first().pk, acting_user=people[CHIEF]),
    ):
        with pytest.raises(EditionClosed), transaction.atomic():
            change()


def test_what_blocks_is_said_and_nothing_is_released(people, edition):
    with pytest.raises(NotReadyForPress) as refused:
        press.press(edition, people)
    assert kinds(refused) == ["signature"] * 6
    assert state() == EditionState.OPEN
    assert not PrintedEdition.objects.exists()
    assert not PrintedFile.objects.exists()


def test_a_change_after_the_last_signature_stops_the_release(people, signed):
    Placement.objects.filter(page__order=2).update(row=22)
    with pytest.raises(NotReadyForPress) as refused:
        press.press(signed, people)
    assert kinds(refused) == ["signature"] * 3
    assert {finding.page for finding in refused.value.findings} == {signed.pages.get(order=2).pk}


def test_only_the_editor_in_chief_releases_and_takes_back(people, signed):
    for role in set(Role) - {CHIEF}:
        with pytest.raises(NotAllowed):
            pressing.release_to_press(signed.pk, acting_user=people[role])
        with pytest.raises(NotAllowed):
            pressing.take_back_from_press(signed.pk, "版面有误", acting_user=people[role])
    assert state() == EditionState.OPEN


def test_the_desk_s_own_facts_reach_the_preflight(people, edition):
    """What no page prints: series, embargo, rights, open marks, who is named."""
    story = Placement.objects.get(page__order=1).article
    page = edition.pages.get(order=1)
    earlier = house.open_edition(people, datetime.date(2024, 3, 6), pages=1)
    proof = proofs.pull_proof(page.pk, ProofRound.objects.last().pk, acting_user=people[CHIEF])
    with override("en"):
        before = findings(edition)
    assert before["series"] == ["No. 1 does not follow No. 2 of the edition before."]
    assert [sentence for sentence in before["proof"] if "Page 1" in sentence] == []
    assert "embargo" not in before
    assert "marks" not in before
    Edition.objects.filter(pk=earlier.pk).delete()
    later = timezone.now() + datetime.timedelta(days=1)
    set_release_times(story.pk, embargo_until=later, publish_at=None, acting_user=people[CHIEF])
    proofs.mark_proof(proof.pk, proofs.Area(1, 1, 5, 5), "错字", acting_user=people[CHIEF])
    after = findings(edition)
    assert "series" not in after
    assert len(after["embargo"]) == len(after["marks"]) == 1
    Edition.objects.update(release_at=later)
    assert "embargo" not in findings(Edition.objects.get())


def test_a_story_that_was_reopened_blocks(people, signed):
    story = Placement.objects.get(page__order=1).article
    house.save(story, people[Role.DESK_CHIEF], summary="改了摘要")
    with pytest.raises(NotReadyForPress) as refused:
        press.press(signed, people)
    assert kinds(refused) == ["copy"]


def test_taken_back_with_a_reason_it_is_open_and_the_next_release_is_the_next_impression(people, signed):
    press.press(signed, people)
    with pytest.raises(Incomplete):
        pressing.take_back_from_press(signed.pk, "  ", acting_user=people[CHIEF])
    pressing.take_back_from_press(signed.pk, "头版标题有误", acting_user=people[CHIEF])
    assert state() == EditionState.OPEN
    assert AuditEntry.objects.filter(act="edition.take_back").get().data == {"reason": "头版标题有误"}
    with pytest.raises(NotWithThePrinter):
        pressing.take_back_from_press(signed.pk, "又一次", acting_user=people[CHIEF])
    with pytest.raises(EditionNotReady):
        publish_edition(signed.pk, acting_user=people[CHIEF])
    second = press.press(signed, people)
    assert second.impression == 2
    names = {file.file.name.rpartition("/")[2] for file in second.files.all()}
    assert {"2024-03-07-impression2-01-press.pdf", "2024-03-07-impression2-all-reader.pdf"} < names
    assert PrintedPage.objects.count() == 4


def test_what_is_with_the_printer_is_published_as_it_was_printed(people, signed):
    press.press(signed, people)
    story = Placement.objects.get(page__order=1).article
    changed = house.save(story, people[Role.DESK_CHIEF], headline="城西夜市昨晚开市")
    house.sign_all(changed, people)
    published = publish_edition(signed.pk, acting_user=people[CHIEF])
    page = PublishedPage.objects.get(order=1)
    printing = page.printings.get()
    assert printing.headline == "城西夜市今晚开市"
    assert printing.article.headline == "城西夜市昨晚开市"
    assert len(printing.paragraphs) == 3
    assert page.image_width == 1600
    assert published.pdf
    with pytest.raises(EditionClosed):
        pressing.take_back_from_press(signed.pk, "太晚", acting_user=people[CHIEF])


def test_an_embargo_still_stops_the_publication_of_what_is_printed(people, signed):
    Edition.objects.update(release_at=timezone.now() + datetime.timedelta(days=2))
    story = Placement.objects.get(page__order=1).article
    until = timezone.now() + datetime.timedelta(days=1)
    set_release_times(story.pk, embargo_until=until, publish_at=None, acting_user=people[CHIEF])
    press.press(signed, people)
    with pytest.raises(EditionNotReady):
        publish_edition(signed.pk, acting_user=people[CHIEF])


def test_a_minute_of_release_is_set_for_what_is_with_the_printer(people, signed):
    press.press(signed, people)
    planning.set_release(signed.pk, timezone.now(), acting_user=people[CHIEF])
    assert Edition.objects.get().release_at


def test_files_of_a_release_that_breaks_off_do_not_stay(people, signed, monkeypatch):
    monkeypatch.setattr("editions.pressing.Act", None)
    with pytest.raises(AttributeError):
        press.press(signed, people)
    assert not PrintedFile.objects.exists()
    assert house.files_below(default_storage.path("printed")) == []
    assert state() == EditionState.OPEN


def test_the_database_itself_refuses_a_second_file_of_the_whole_edition(people, edition):
    file = press.file_by_hand(edition)
    with pytest.raises(IntegrityError):
        PrintedFile.objects.create(printing=file.printing, kind=file.kind, file="other.pdf")


def test_standard_rounds_and_signatures_are_given_once_and_what_is_there_stays(people, title):
    ProofRound.objects.create(title=title, order=1, name="初样", name_en="Galley")
    for _again in range(2):
        planning.add_standard_rounds(title, acting_user=people[Role.ADMINISTRATOR])
    assert [proof_round.name for proof_round in ProofRound.objects.all()] == ["初样"]
    assert list(PageSignatory.objects.values_list("kind", flat=True)) == list(SignatureKind)
    with pytest.raises(NotAllowed):
        planning.add_standard_rounds(title, acting_user=people[CHIEF])
