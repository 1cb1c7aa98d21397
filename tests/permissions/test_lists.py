"""Who may keep a list for everybody, and change one: every role."""

import pytest

from articles import rules
from articles.errors import NotAllowed
from articles.lists import saved as saved_lists
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house

SHARERS = {Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF, Role.ADMINISTRATOR}


@pytest.mark.parametrize("role", Role)
def test_who_keeps_lists_for_everybody(people, role):
    user = people[role]
    assert rules.can_share_lists(user) == (role in SHARERS)
    own = saved_lists.save_list("自己的", "", acting_user=user)
    others = saved_lists.save_list("别人的", "", acting_user=house.make_person("other", Role.REPORTER))
    shared = saved_lists.save_list("大家的", "", shared=True, acting_user=house.make_person("boss", Role.ADMINISTRATOR))
    assert [rules.can_change_list(user, saved) for saved in (own, others, shared)] == [True, False, role in SHARERS]
    if role in SHARERS:
        saved_lists.delete_list(shared.pk, acting_user=user)
        return
    for share in (
        lambda: saved_lists.save_list("也给大家", "", shared=True, acting_user=user),
        lambda: saved_lists.change_list(own.pk, "自己的", shared=True, acting_user=user),
        lambda: saved_lists.delete_list(shared.pk, acting_user=user),
    ):
        with pytest.raises(NotAllowed):
            share()
