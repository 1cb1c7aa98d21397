"""Two at one photo, and two sheets across the same photos: the lock lets one write and refuses the other."""

from __future__ import annotations

import pytest

from articles.errors import StaleFraming
from articles.models import Photo
from articles.photos import keeping, many
from newsroom.staff.acts import Act
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.concurrency.racing import meet_at, meet_before_locking, race, refusals, take_the_locks_out

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def two(people):
    return [people[Role.PHOTOGRAPHER], people[Role.SECTION_EDITOR]]


def edits() -> int:
    return AuditEntry.objects.filter(act=Act.PHOTO_EDIT).count()


def frames(photo: Photo, x: int, user):
    return lambda: keeping.frame_photo(photo.pk, (x, 50), {}, seen=photo.framing_seen, acting_user=user)


def test_of_two_who_frame_a_photo_one_is_refused(two, monkeypatch):
    photo = house.make_photo(two[0])
    meet_before_locking(monkeypatch, 2)
    results = race(frames(photo, 20, two[0]), frames(photo, 80, two[1]))
    assert refusals(results) == [StaleFraming]
    [won] = [result for result in results if isinstance(result, Photo)]
    assert Photo.objects.get().focal_x == won.focal_x
    assert edits() == 1


def test_without_the_lock_both_frame_it(two, monkeypatch):
    photo = house.make_photo(two[0])
    take_the_locks_out(monkeypatch)
    meet_at(monkeypatch, 2, "articles.photos.keeping.clean_only")
    assert refusals(race(frames(photo, 20, two[0]), frames(photo, 80, two[1]))) == []
    assert edits() == 2


def writes(caption: str, order: list[Photo], user):
    rows = [many.SheetRow(photo.pk, {"caption": caption}, {"caption": photo.caption}) for photo in order]
    return lambda: many.write_sheet(rows, acting_user=user)


@pytest.mark.parametrize("number", [1, 3])
def test_of_two_sheets_across_the_same_photos_one_is_written_and_one_refused(two, monkeypatch, number):
    photos = [house.make_photo(two[0]) for _ in range(number)]
    meet_before_locking(monkeypatch, 2)
    results = race(writes("甲", photos, two[0]), writes("乙", photos[::-1], two[1]))
    assert refusals(results) == [many.SheetRefused]
    assert Photo.objects.values("caption").distinct().count() == 1
    assert edits() == number


def test_without_the_lock_one_sheet_is_written_over_the_other(two, monkeypatch):
    # One photo: of several, the second sheet would find out at the next, which is written by then.
    photo = house.make_photo(two[0])
    take_the_locks_out(monkeypatch)
    meet_at(monkeypatch, 2, "articles.photos.saying.refuse_stale")
    assert refusals(race(writes("甲", [photo], two[0]), writes("乙", [photo], two[1]))) == []
    assert edits() == 2
