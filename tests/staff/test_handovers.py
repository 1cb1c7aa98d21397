"""A duty handed over for a night: while it lasts the receiver holds the role, and no longer."""

import contextlib
import datetime
import re

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from articles import rules
from articles.errors import NotAllowed
from articles.models import Signature
from articles.states import State, Verb
from editions.whereabouts import address_of, readable_of, thing_of
from newsroom.dates import short_moment
from newsroom.staff import handovers
from newsroom.staff.acts import Act
from newsroom.staff.models import AuditEntry, Handover, Notice, NoticeKind, RoleGrant
from newsroom.staff.people import holding
from newsroom.staff.roles import SIGNING_ROLES, Role
from tests import newsroom_of_tests as house
from tests.browsing import DESK, fields_of, signed_in, text_of

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def chief(people):
    return people[Role.DESK_CHIEF]


@pytest.fixture
def stand_in(people):
    """Somebody who signs nothing of the section `city` of their own."""
    return house.stand_in()


def holds(user, role: str) -> bool:
    """Whether they hold the role now, and whether the query the other way round says the same."""
    user = house.person(user.username)
    section = house.section().pk if role in {Role.DESK_CHIEF, Role.SECTION_EDITOR} else None
    found = (role, section) in user.grants
    assert found == holding(role, section, timezone.now()).filter(pk=user.pk).exists()
    return found


def test_the_role_is_held_from_its_minute_to_its_minute(chief, stand_in):
    now = timezone.now()
    grant = chief.role_grants.get()
    times = {"begins_at": now + HOUR, "ends_at": now + 8 * HOUR}
    handovers.hand_over([grant.pk], stand_in.pk, **times, acting_user=chief)
    for hours, held in ((0, False), (1, True), (7.9, True), (8, False)):
        with time_machine.travel(now + hours * HOUR, tick=False):
            assert holds(stand_in, Role.DESK_CHIEF) == held, hours
            assert holds(chief, Role.DESK_CHIEF)


def test_it_ends_when_it_is_taken_back_and_with_the_giver_s_own_role(chief, stand_in):
    for end in (
        lambda: handovers.take_back(Handover.objects.latest("id").pk, acting_user=chief),
        lambda: type(chief).objects.filter(pk=chief.pk).update(is_active=False),
        lambda: RoleGrant.objects.filter(user=chief).delete(),
    ):
        type(chief).objects.filter(pk=chief.pk).update(is_active=True)
        house.hand_over(house.person(chief.username), stand_in)
        assert holds(stand_in, Role.DESK_CHIEF)
        end()
        assert not holds(stand_in, Role.DESK_CHIEF)
        Handover.objects.all().delete()


def test_a_section_role_goes_over_for_its_section_alone(people, stand_in):
    both = house.make_person("both", Role.SECTION_EDITOR, sections=("city", "sports"))
    house.hand_over(both, stand_in)
    assert house.person("deputy").sections_of(Role.SECTION_EDITOR) == {house.section("city").pk}


def test_the_grants_are_one_query(chief, stand_in, django_assert_num_queries):
    house.hand_over(chief, stand_in)
    user = house.person(stand_in.username)
    with django_assert_num_queries(1):
        assert len(user.grants) == 2


@pytest.mark.parametrize(
    ("duty", "who"),
    [
        (Role.SECTION_EDITOR, {Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF}),
        (Role.DESK_CHIEF, {Role.EDITOR_IN_CHIEF}),
        (Role.EDITOR_IN_CHIEF, {Role.DESK_CHIEF}),
        (Role.REPORTER, {Role.PHOTOGRAPHER, *SIGNING_ROLES}),
        (Role.PHOTOGRAPHER, {Role.REPORTER, *SIGNING_ROLES}),
        (Role.PAGE_DESIGNER, {Role.PROOFREADER, *SIGNING_ROLES}),
        (Role.PROOFREADER, {Role.PAGE_DESIGNER, *SIGNING_ROLES}),
    ],
)
def test_a_duty_goes_to_whom_their_own_roles_let_stand_in_alone(people, duty, who):
    giver = people[duty]
    taken = set()
    for role, receiver in people.items():
        if role != duty:
            with contextlib.suppress(ValidationError):
                made = house.hand_over(giver, receiver)
                handovers.take_back(made.pk, acting_user=giver)
                taken.add(role)
    assert taken == who
    page = signed_in(giver).get(f"{DESK}/duty/")
    listed = {choice[0].instance for choice in page.context["form"]["receiver"].field.choices if choice[0]}
    assert listed == {people[role] for role in who}


def test_who_stands_in_as_one_themselves_takes_no_higher_duty(people, chief):
    """What counts is held in one's own right: a duty that was handed over lets nobody take another one."""
    editor = people[Role.SECTION_EDITOR]
    own = people[Role.EDITOR_IN_CHIEF].role_grants.get()
    Handover.objects.create(
        giver=chief,
        receiver=editor,
        role=Role.DESK_CHIEF,
        section=house.section(),
        begins_at=timezone.now(),
        ends_at=timezone.now() + HOUR,
    )
    assert "section_editor（测）" in refused(own, editor.pk, people[Role.EDITOR_IN_CHIEF])


def test_one_duty_is_with_one_person_at_a_time(people, chief, stand_in):
    own, other = chief.role_grants.get(), people[Role.EDITOR_IN_CHIEF]
    first = house.hand_over(chief, stand_in, hours=8)
    for begins, ends in ((0, 8), (-1, 1), (2, 3), (7, 9), (-1, 9)):
        for receiver in (other, stand_in):
            assert stand_in.name in refused(own, receiver.pk, chief, begins, ends)
    assert Handover.objects.get() == first
    # From the minute at which that ends it is another's; another chief of the section hands over what is theirs.
    times = {"begins_at": first.ends_at, "ends_at": first.ends_at + HOUR}
    handovers.hand_over([own.pk], other.pk, **times, acting_user=chief)
    house.hand_over(house.make_person("chief2", Role.DESK_CHIEF), stand_in)
    handovers.take_back(first.pk, acting_user=chief)
    house.hand_over(chief, other, hours=7)


def test_one_handover_of_several_duties_is_shown_ended_and_told_as_one(people, stand_in):
    both = house.make_person("both", Role.SECTION_EDITOR, sections=("city", "sports"))
    house.hand_over(both, people[Role.EDITOR_IN_CHIEF], hours=1)
    handovers.take_back(Handover.objects.get().pk, acting_user=both)
    grants, now = both.role_grants.values_list("pk", flat=True), timezone.now()
    handovers.hand_over(grants, stand_in.pk, begins_at=now, ends_at=now + HOUR, acting_user=both)
    client = signed_in(both)
    page = text_of(client.get(f"{DESK}/duty/"))
    assert page.count("stands in for you") == page.count("Take back") == 1
    assert "Section editor City · Section editor Sports" in page
    assert text_of(signed_in(stand_in).get(f"{DESK}/")).count("You stand in for") == 1
    last = Handover.objects.latest("id")
    page = text_of(client.post(f"{DESK}/duty/{last.pk}/back/", follow=True))
    assert "Taken back: Section editor City · Section editor Sports · both（测） → deputy（测）." in page
    assert not Handover.objects.standing().exists()
    assert AuditEntry.objects.filter(act=Act.DUTY_TAKE_BACK).count() == 3
    assert len([told for told in taken_back() if told[0] == "deputy"]) == 1
    assert not house.person("deputy").sections_of(Role.SECTION_EDITOR)


def refused(grant: RoleGrant, receiver_id: int, user, begins: float = 0, ends: float = 8) -> str:
    now = timezone.now()
    with pytest.raises(ValidationError) as refusal:
        handovers.hand_over(
            [grant.pk], receiver_id, begins_at=now + begins * HOUR, ends_at=now + ends * HOUR, acting_user=user
        )
    return " ".join(refusal.value.messages)


def test_what_is_not_handed_over(people, chief, stand_in):
    own = chief.role_grants.get()
    admin = people[Role.ADMINISTRATOR]
    gone = house.make_person("gone", Role.REPORTER)
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    for grant, receiver, user in (
        (own, admin.pk, stand_in),  # another's
        (admin.role_grants.get(), chief.pk, admin),
        (own, gone.pk, chief),
        (own, 10**9, chief),
        (own, chief.pk, chief),
    ):
        assert refused(grant, receiver, user)
    for begins, ends in ((0, 0), (2, 1), (-8, -1), (0, 24 * 7 + 1)):
        assert refused(own, stand_in.pk, chief, begins, ends)
    assert not Handover.objects.exists()
    assert not AuditEntry.objects.filter(act=Act.DUTY_HAND_OVER).exists()


def test_what_was_handed_over_is_not_handed_on(chief, stand_in, people):
    house.hand_over(chief, stand_in)
    assert refused(chief.role_grants.get(), people[Role.PHOTOGRAPHER].pk, house.person(stand_in.username))


def test_several_duties_go_over_together_or_none_of_them(people, stand_in):
    both = house.make_person("both", Role.SECTION_EDITOR, sections=("city", "sports"))
    own = list(both.role_grants.values_list("pk", flat=True))
    foreign = people[Role.EDITOR_IN_CHIEF].role_grants.get().pk
    times = {"begins_at": timezone.now(), "ends_at": timezone.now() + HOUR}
    for wrong in ([*own, foreign], [*own, 10**9], []):
        with pytest.raises(ValidationError):
            handovers.hand_over(wrong, stand_in.pk, **times, acting_user=both)
    assert not Handover.objects.exists()
    handovers.hand_over(own, stand_in.pk, **times, acting_user=both)
    assert house.person("deputy").sections_of(Role.SECTION_EDITOR) == both.sections_of(Role.SECTION_EDITOR)
    assert Notice.objects.filter(kind=NoticeKind.HANDED_OVER).count() == 1


def test_only_the_giver_takes_it_back(chief, stand_in, people):
    handover = house.hand_over(chief, stand_in)
    for other in (stand_in, people[Role.ADMINISTRATOR], people[Role.EDITOR_IN_CHIEF]):
        with pytest.raises(ValidationError):
            handovers.take_back(handover.pk, acting_user=other)
    assert holds(stand_in, Role.DESK_CHIEF)


def test_each_act_leaves_its_row_and_the_receiver_is_told(chief, stand_in):
    handover = house.hand_over(chief, stand_in)
    for _ in range(2):
        handovers.take_back(handover.pk, acting_user=chief)
    rows = AuditEntry.objects.about(handover).order_by("id")
    assert [row.act for row in rows] == [Act.DUTY_HAND_OVER, Act.DUTY_TAKE_BACK]
    assert "deputy（测）" in rows[0].target_label
    notice = Notice.objects.get(kind=NoticeKind.HANDED_OVER)
    assert (notice.recipient, notice.by_label) == (stand_in, "desk_chief（测）")
    with translation.override("zh-hans"):
        hours = [short_moment(moment) for moment in (handover.begins_at, handover.ends_at)]
    assert notice.text == f"{hours[0]} – {hours[1]} · {handover.duty}"


def test_the_notice_leads_giver_and_receiver_to_their_duties_and_nobody_else(people, chief, stand_in):
    handover = house.hand_over(chief, stand_in)
    notice = Notice.objects.get(kind=NoticeKind.HANDED_OVER)
    thing = thing_of(notice)
    assert thing.number == handover.pk
    assert address_of(notice, {thing}).endswith("/desk/duty/")
    assert [bool(readable_of(user, [thing])) for user in (chief, stand_in, people[Role.PHOTOGRAPHER])] == [
        True,
        True,
        False,
    ]


def taken_back() -> list[tuple[str, str, str]]:
    notices = Notice.objects.filter(kind=NoticeKind.TAKEN_BACK).order_by("id")
    return [(notice.recipient.username, notice.by_label, notice.text) for notice in notices]


def test_a_stand_in_is_told_once_that_a_duty_was_taken_back(chief, stand_in):
    handover = house.hand_over(chief, stand_in)
    client = signed_in(chief)
    for _ in range(2):
        client.post(f"{DESK}/duty/{handover.pk}/back/")
    with translation.override("zh-hans"):
        hours = [short_moment(moment) for moment in (handover.begins_at, handover.ends_at)]
    assert taken_back() == [("deputy", "desk_chief（测）", f"{hours[0]} – {hours[1]} · {handover.duty}")]
    page = text_of(signed_in(stand_in).get(f"{DESK}/notices/"))
    assert "Duty taken back" in page
    assert "desk_chief（测） → deputy（测）" in page


def test_of_a_duty_that_has_ended_nothing_is_taken_back_and_nobody_told(chief, stand_in):
    handover = house.hand_over(chief, stand_in, hours=1)
    with time_machine.travel(handover.ends_at, tick=False):
        handovers.take_back(handover.pk, acting_user=chief)
    assert taken_back() == []


def change(people, person, **changed):
    """An administrator saves somebody's page."""
    client = signed_in(people[Role.ADMINISTRATOR])
    grants = [person.role_grants.get()] if person.role_grants.exists() else []
    form = {"username": person.username, "name": person.name, "is_active": "on", "role_grants-TOTAL_FORMS": "1"}
    form |= {"role_grants-INITIAL_FORMS": str(len(grants)), "role_grants-0-user": str(person.pk)}
    form |= {"role_grants-0-id": str(grants[0].pk)} if grants else {}
    form = {name: value for name, value in (form | changed).items() if value is not None}
    answer = client.post(f"/en/admin/staff/user/{person.pk}/change/", form)
    assert answer.status_code == 302, text_of(answer)


def test_a_stand_in_is_told_when_the_duty_ends_with_the_giver_s_role_and_when_it_stands_again(people, chief, stand_in):
    house.hand_over(chief, stand_in)
    house.hand_over(people[Role.SECTION_EDITOR], people[Role.EDITOR_IN_CHIEF])
    change(people, chief, **{"role_grants-0-DELETE": "on"})
    assert [told[:2] for told in taken_back()] == [("deputy", "administrator（测）")]
    assert not holds(stand_in, Role.DESK_CHIEF)
    handed = Notice.objects.filter(kind=NoticeKind.HANDED_OVER, recipient=stand_in)
    assert handed.count() == 1
    change(people, chief, **{"role_grants-0-role": "desk_chief", "role_grants-0-section": str(house.section().pk)})
    assert holds(stand_in, Role.DESK_CHIEF)
    assert handed.count() == 2
    change(people, chief, is_active=None)
    assert len(taken_back()) == 2
    change(people, chief, name="别的名字", is_active=None)
    assert len(taken_back()) == 2


# -- signing with a duty that was handed over


def test_a_stand_in_signs_and_the_signature_says_for_whom(people, chief, stand_in):
    story = house.story_in(State.IN_REVIEW, people)
    with pytest.raises(NotAllowed):
        house.act(story, Verb.SIGN, stand_in)
    house.hand_over(chief, stand_in)
    assert list(rules.awaiting_signature_of(house.person("deputy"))) == [story]
    house.act(story, Verb.SIGN, stand_in)
    signature = Signature.objects.get(step=2)
    assert (signature.signer_label, signature.signed_for) == ("deputy（测）", "desk_chief（测）")
    page = text_of(signed_in(people[Role.EDITOR_IN_CHIEF]).get(f"{DESK}/stories/{story.pk}/"))
    assert "deputy（测）, for desk_chief（测）" in page


def test_who_signs_in_their_own_right_signs_for_nobody(people, chief):
    other = house.make_person("chief2", Role.DESK_CHIEF)
    house.hand_over(chief, other)
    story = house.story_in(State.IN_REVIEW, people)
    house.act(story, Verb.SIGN, other)
    assert Signature.objects.get(step=2).signed_for == ""


def test_nobody_signs_two_steps_with_a_duty_that_was_handed_over(people, chief):
    editor = people[Role.SECTION_EDITOR]
    RoleGrant.objects.create(user=editor, role=Role.DESK_CHIEF, section=house.section("sports"))
    story = house.story_in(State.IN_REVIEW, people)  # the editor signed the first step
    house.hand_over(chief, editor)
    assert not rules.awaiting_signature_of(house.person("section_editor")).exists()
    with pytest.raises(NotAllowed, match=r"two steps|两"):
        house.act(story, Verb.SIGN, editor)


def test_nobody_signs_under_their_own_byline_with_a_duty_that_was_handed_over(people, chief, stand_in):
    story = house.story_in(State.IN_REVIEW, people, bylines=[house.credit(stand_in)])
    house.hand_over(chief, stand_in)
    assert not rules.awaiting_signature_of(house.person("deputy")).exists()
    with pytest.raises(NotAllowed):
        house.act(story, Verb.SIGN, stand_in)


# -- the page


def test_a_duty_is_handed_over_and_taken_back_without_scripts(people, chief, stand_in):
    client = signed_in(chief)
    form = fields_of(client.get(f"{DESK}/duty/"), "duty-form")
    typed = {"grants": [chief.role_grants.get().pk], "receiver": str(stand_in.pk)}
    page = text_of(client.post(f"{DESK}/duty/", form | typed, follow=True))
    assert "stands in for you" in page
    for user, words in ((chief, "stands in for you"), (stand_in, "You stand in for")):
        assert words in text_of(signed_in(user).get(f"{DESK}/"))
    handover = Handover.objects.get()
    assert handover.ends_at > timezone.now()
    assert signed_in(stand_in).post(f"{DESK}/duty/{handover.pk}/back/").status_code == 404
    page = text_of(client.post(f"{DESK}/duty/{handover.pk}/back/", follow=True))
    assert "Nobody stands in for you" in page
    assert "You stand in for" not in text_of(signed_in(stand_in).get(f"{DESK}/"))


def test_an_only_duty_is_chosen_beforehand_and_of_several_none(people, chief):
    def chosen() -> list[bool]:
        page = text_of(signed_in(chief).get(f"{DESK}/duty/"))
        return ["checked" in box for box in re.findall(r'<input type="checkbox" name="grants"[^>]*>', page)]

    assert chosen() == [True]
    RoleGrant.objects.create(user=chief, role=Role.PROOFREADER)
    assert chosen() == [False, False]


def test_a_refused_handover_keeps_what_was_typed(people, chief, stand_in):
    typed = {
        "grants": [chief.role_grants.get().pk],
        "receiver": str(stand_in.pk),
        "begins_at": "2030-01-02T20:00",
        "ends_at": "2030-01-02T19:00",
    }
    answer = signed_in(chief).post(f"{DESK}/duty/", typed)
    assert answer.status_code == 422
    assert "It ends before it begins" in text_of(answer)
    assert 'value="2030-01-02T19:00"' in text_of(answer)
    trainee = typed | {"receiver": str(people[Role.REPORTER].pk), "ends_at": "2030-01-03T08:00"}
    answer = signed_in(chief).post(f"{DESK}/duty/", trainee)
    assert answer.status_code == 422
    assert "This person cannot stand in for you" in text_of(answer)
    assert 'value="2030-01-03T08:00"' in text_of(answer)
    foreign = typed | {"grants": [people[Role.EDITOR_IN_CHIEF].role_grants.get().pk], "ends_at": "2030-01-03T08:00"}
    assert signed_in(chief).post(f"{DESK}/duty/", foreign).status_code == 422
    assert not Handover.objects.exists()


def test_a_second_stand_in_for_the_same_hours_is_refused_on_the_page(people, chief, stand_in):
    house.hand_over(chief, stand_in)
    client = signed_in(chief)
    form = fields_of(client.get(f"{DESK}/duty/"), "duty-form")
    typed = {"grants": [chief.role_grants.get().pk], "receiver": str(people[Role.EDITOR_IN_CHIEF].pk)}
    answer = client.post(f"{DESK}/duty/", form | typed)
    assert answer.status_code == 422
    assert "Desk chief City is handed over to deputy（测） already" in text_of(answer)
    assert Handover.objects.count() == 1


def test_who_holds_nothing_to_hand_over_has_no_form(people):
    assert "You hold no role" in text_of(signed_in(people[Role.ADMINISTRATOR]).get(f"{DESK}/duty/"))
