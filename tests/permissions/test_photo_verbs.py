"""Every role × what is done to a photo: its own uploader, and those who sign stories, and nobody else."""

from __future__ import annotations

import pytest

from articles.errors import NotAllowed
from articles.models import Photo
from articles.photos import keeping, many
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house

# The photographer took it in.
MAY = {Role.PHOTOGRAPHER, Role.SECTION_EDITOR, Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF}


def frame(photo, user):
    house.frame(photo, (10, 10), {}, user)


def edit(photo, user):
    keeping.edit_photo(photo.pk, {"credit": "乙某 摄"}, acting_user=user)


def edit_many(photo, user):
    done = many.edit_photos([photo.pk], {"credit": "乙某 摄"}, acting_user=user)
    if done.refused:
        assert done.refused == {photo.pk: str(NotAllowed())}
        raise NotAllowed


def write_sheet(photo, user):
    try:
        many.write_sheet([many.SheetRow(photo.pk, {"credit": "乙某 摄"}, {})], acting_user=user)
    except many.SheetRefused as refused:
        raise refused.rows[photo.pk] from refused


@pytest.mark.parametrize("verb", [frame, edit, edit_many, write_sheet])
@pytest.mark.parametrize("role", [*Role, None])
def test_every_role_says_every_verb_to_a_photo(people, role, verb):
    photo = house.make_photo(people[Role.PHOTOGRAPHER])
    acts = AuditEntry.objects.count()
    user = people[role] if role else house.make_person("without_role")
    if role in MAY:
        verb(photo, user)
        assert AuditEntry.objects.count() == acts + 1
        return
    with pytest.raises(NotAllowed):
        verb(photo, user)
    same = Photo.objects.get(pk=photo.pk)
    assert (same.credit, same.focal_x, AuditEntry.objects.count()) == ("甲某 摄", 50, acts)


def test_who_has_left_changes_nothing(people):
    photo = house.make_photo(people[Role.PHOTOGRAPHER])
    people[Role.PHOTOGRAPHER].is_active = False
    for verb in (frame, edit, edit_many, write_sheet):
        with pytest.raises(NotAllowed):
            verb(photo, people[Role.PHOTOGRAPHER])
