"""The admin as a whole: who gets in, what opens for whom; and the people, who are changed there."""

import threading
from html import unescape

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from articles import checking, remarks
from articles.lists import saved as saved_lists
from articles.models import (
    CountedReads,
    FormerAddress,
    HouseWord,
    MovedAddress,
    ProofreadingSwitch,
    PublishedSearchChange,
    PublishedSpecial,
    PublishedTag,
    Purge,
    ReadCount,
    ReturnReason,
    Section,
    Special,
)
from articles.states import State, Verb
from editions.publishing import publish_edition
from newsroom.staff.acts import Act
from newsroom.staff.admin.base import ByTheRules
from newsroom.staff.models import AuditEntry, NoticeChoice, NoticeKind, RoleGrant, User
from newsroom.staff.notices import tell
from newsroom.staff.roles import SIGNING_ROLES, Role
from tests import newsroom_of_tests as house
from tests import plan_of_tests as planned
from tests import press_house as press
from tests.concurrency.racing import PATIENCE, finish

ADMINISTRATORS_SEE = {
    "staff.user",
    "staff.auditentry",
    "staff.handover",
    "staff.notice",
    "staff.noticechoice",
    "articles.title",
    "articles.section",
    "articles.contributor",
    "articles.houseword",
    "articles.proofreadingswitch",
    "articles.returnreason",
    "editions.pagetemplate",
}
# What people made of their own lists: an administrator reads it, its owner changes it at the desk.
OWN_LISTS = {"articles.savedlist", "articles.listchoice"}
ADMINISTRATORS_SEE |= OWN_LISTS
ONLY_READ = {"staff.auditentry", "staff.handover", "staff.notice", "staff.noticechoice"} | OWN_LISTS
ADMINISTRATORS_CHANGE = ADMINISTRATORS_SEE - ONLY_READ
REGISTERED = {model._meta.label_lower: model for model in admin.site._registry}
PEOPLE = "/en/admin/staff/user/"


@pytest.fixture
def filled(people):
    """A newsroom in which every model has at least one row."""
    reporter, chief = people[Role.REPORTER], people[Role.EDITOR_IN_CHIEF]
    story = house.story_in(
        State.SIGNED_OFF,
        people,
        bylines=[house.editing.Credit(house.contributor_for(reporter).pk, "reporter")],
        pictures=[house.editing.Picture(house.make_photo(reporter).pk)],
    )
    remark = house.remark(story, chief, "今晚的事")
    remarks.answer_remark(remark.pk, "查过了", acting_user=reporter)
    ReturnReason.objects.create(text="缺少来源")
    house.hand_over(people[Role.DESK_CHIEF], chief)
    edition = house.open_edition(people, pages=1)
    house.place(edition, 1, story, people)
    publish_edition(edition.pk, acting_user=chief)
    press.mark_by_hand(press.proof_by_hand(edition.pages.get()))
    press.file_by_hand(edition)
    saved_lists.open_with(
        saved_lists.save_list("待签", "state=submitted", acting_user=reporter).pk, acting_user=reporter
    )
    NoticeChoice.objects.create(user=reporter, kind=NoticeKind.LATE)
    planned.accepted(people)
    HouseWord.objects.create(word="截止目前", replacements="截至目前")
    ProofreadingSwitch.objects.create(check_code="missing_years", is_on=True)
    fill_public()
    checking.accept_finding(story.pk, "brackets", "“半句", acting_user=reporter)
    withdrawn = house.story_in(State.WITHDRAWN, people)
    tell([reporter], NoticeKind.LATE, withdrawn)
    # Their rows come first in every list and are in the section that the people here work for.
    assert withdrawn.section == story.section
    return people


def fill_public() -> None:
    """What the reading side has only where something was set up or written on purpose."""
    now = timezone.now()
    PublishedTag.objects.create(slug="夜市", name="夜市")
    FormerAddress.objects.get_or_create(kind="section", slug="town", current="city")
    MovedAddress.objects.create(address="/content.asp?id=1", target="/archive/")
    PublishedSpecial.objects.create(slug="night", name="夜市十年", updated_at=now)
    Special.objects.create(slug="night", name="夜市十年")
    ReadCount.objects.create(day=now.date(), kind="home", count=1)
    CountedReads.objects.create(pk=CountedReads.THE_ONE)
    PublishedSearchChange.objects.create(number=1, article_id=1, changed_at=now)
    Purge.objects.create(keys=["all"], ordered_at=now, due_at=now)


def signed_in(user) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def rows_of_everything() -> dict[str, int]:
    models = [m for app in ("staff", "articles", "editions") for m in apps.get_app_config(app).get_models()]
    return {model._meta.label_lower: model.objects.count() for model in models}


def requests_to(label: str, model) -> dict[str, tuple[str, str, dict]]:
    """Every address of one model's admin: name of the request → (method, path, data)."""
    first = model.objects.first()
    assert first is not None, f"{label} has no row to try"
    root = f"/en/admin/{label.replace('.', '/')}/"
    bulk = {"action": "delete_selected", "_selected_action": [first.pk], "post": "yes"}
    return {
        "list": ("get", root, {}),
        "page": ("get", f"{root}{first.pk}/change/", {}),
        "history": ("get", f"{root}{first.pk}/history/", {}),
        "add": ("get", f"{root}add/", {}),
        "delete": ("get", f"{root}{first.pk}/delete/", {}),
        "post add": ("post", f"{root}add/", {}),
        "post page": ("post", f"{root}{first.pk}/change/", {}),
        "post delete": ("post", f"{root}{first.pk}/delete/", {"post": "yes"}),
        "bulk delete": ("post", root, bulk),
    }


def expected_status(role: Role | None, label: str, request: str) -> set[int]:
    if role not in {Role.ADMINISTRATOR, *SIGNING_ROLES}:
        return {302}
    administrator = role == Role.ADMINISTRATOR
    if label in ADMINISTRATORS_SEE and not administrator:
        return {403}
    if request in {"list", "page", "history"}:
        return {200}
    if request == "bulk delete":
        # There is no such action: the list comes again, at once or by way of a redirect with a message.
        return {200, 302}
    changes = administrator and label in ADMINISTRATORS_CHANGE
    if label == "articles.title" and "add" in request:
        return {403}
    if changes and request in {"add", "post add", "post page"}:
        return {200}
    return {403}


@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role or "anonymous")
def test_every_address_of_every_model_by_role(filled, role):
    client, before = signed_in(filled.get(role)), rows_of_everything()
    wrong = {}
    for label, model in REGISTERED.items():
        for name, (method, path, data) in requests_to(label, model).items():
            answer = getattr(client, method)(path, data)
            if answer.status_code not in expected_status(role, label, name):
                wrong[label, name] = answer.status_code
    assert wrong == {}
    assert rows_of_everything() == before


def test_who_is_not_active_does_not_get_in(people):
    client = signed_in(people[Role.ADMINISTRATOR])
    User.objects.filter(pk=people[Role.ADMINISTRATOR].pk).update(is_active=False)
    assert client.get("/en/admin/").status_code == 302


def test_djangos_own_permissions_open_nothing(people):
    """Neither the flag of a superuser nor a row of the permission tables is a way in."""
    reporter = people[Role.REPORTER]
    User.objects.filter(pk=reporter.pk).update(is_superuser=True)
    assert signed_in(reporter).get("/en/admin/").status_code == 302
    editor = people[Role.SECTION_EDITOR]
    User.objects.filter(pk=editor.pk).update(is_superuser=True)
    assert signed_in(editor).get(PEOPLE).status_code == 403
    assert signed_in(editor).get(f"{PEOPLE}add/").status_code == 403


def test_every_admin_asks_the_rules():
    assert [m for m, model_admin in admin.site._registry.items() if not isinstance(model_admin, ByTheRules)] == []


def test_the_admin_shows_every_model():
    inlines = {inline.model for model_admin in admin.site._registry.values() for inline in model_admin.inlines}
    models = {m for app in ("staff", "articles", "editions") for m in apps.get_app_config(app).get_models()}
    assert models - set(admin.site._registry) - inlines == set()


def test_the_index_lists_for_each_what_opens_for_them(people):
    editor = signed_in(people[Role.SECTION_EDITOR]).get("/en/admin/").content.decode()
    assert "/en/admin/articles/article/" in editor
    assert "/en/admin/staff/user/" not in editor
    assert "/en/admin/articles/section/" not in editor
    administrator = signed_in(people[Role.ADMINISTRATOR]).get("/en/admin/").content.decode()
    assert "/en/admin/staff/user/add/" in administrator


# -- people --------------------------------------------------------------------------------------------------


def roles_form(*rows: tuple[str, str], existing: list[RoleGrant] = (), taken: set[int] = frozenset()) -> dict:
    """The inline form of the roles: those held already, then the new (role, section id)."""
    data = {
        "role_grants-TOTAL_FORMS": str(len(existing) + len(rows)),
        "role_grants-INITIAL_FORMS": str(len(existing)),
    }
    for number, grant in enumerate(existing):
        data |= {
            f"role_grants-{number}-id": str(grant.pk),
            f"role_grants-{number}-role": grant.role,
            f"role_grants-{number}-section": str(grant.section_id or ""),
        }
        if grant.pk in taken:
            data[f"role_grants-{number}-DELETE"] = "on"
    for number, (role, section) in enumerate(rows, start=len(existing)):
        data |= {f"role_grants-{number}-role": role, f"role_grants-{number}-section": str(section)}
    return data


def new_person(*rows, **fields) -> dict:
    values = {
        "username": "lin",
        "name": "林晓",
        "password1": "kuaiban-1024-yinshua",
        "password2": "kuaiban-1024-yinshua",
    }
    return values | fields | roles_form(*rows)


def person_form(user: User, *rows, taken: set[int] = frozenset(), **fields) -> dict:
    """What the page of `user` sends when only `fields` and roles were touched."""
    existing = list(user.role_grants.order_by("pk"))
    values = {"username": user.username, "name": user.name, "email": user.email}
    active = {"is_active": "on"} if fields.pop("is_active", user.is_active) else {}
    return values | active | fields | roles_form(*rows, existing=existing, taken=taken)


@pytest.fixture
def office(people):
    """The administrator at their desk."""
    return signed_in(people[Role.ADMINISTRATOR])


def messages_of(answer) -> str:
    return unescape(answer.content.decode())


def test_an_account_is_given_with_its_roles(office, people):
    city = Section.objects.get(slug="city")
    answer = office.post(f"{PEOPLE}add/", new_person(("reporter", ""), ("section_editor", city.pk)))
    user = User.objects.get(username="lin")
    assert answer.status_code == 302
    assert user.grants == {("reporter", None), ("section_editor", city.pk)}
    assert user.check_password("kuaiban-1024-yinshua")
    assert "kuaiban" not in user.password
    entry = AuditEntry.objects.get(act=Act.STAFF_EDIT)
    assert entry.actor_id == people[Role.ADMINISTRATOR].pk
    assert entry.data["roles"] == [[], ["reporter", "section_editor/city"]]
    assert entry.data["fields"]["name"] == [None, "林晓"]
    assert "kuaiban" not in str(entry.data)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("section_editor", "")], "Section editors and desk chiefs are named for a section"),
        ([("reporter", "city")], "Section editors and desk chiefs are named for a section"),
        ([("reporter", ""), ("reporter", "")], "A role is named twice."),
        ([("section_editor", "city"), ("section_editor", "city")], "A role is named twice."),
        ([("publisher", "")], "Select a valid choice"),
        ([("section_editor", "0")], "Select a valid choice"),
    ],
)
def test_roles_that_cannot_be_are_refused_with_a_sentence(office, rows, sentence):
    city = Section.objects.get(slug="city")
    rows = [(role, city.pk if section == "city" else section) for role, section in rows]
    answer = office.post(f"{PEOPLE}add/", new_person(*rows))
    assert answer.status_code == 200
    assert sentence in messages_of(answer)
    assert "林晓" in messages_of(answer)
    assert not User.objects.filter(username="lin").exists()


def test_a_role_held_already_is_refused_with_a_sentence(office, people):
    reporter = people[Role.REPORTER]
    answer = office.post(f"{PEOPLE}{reporter.pk}/change/", person_form(reporter, ("reporter", "")))
    assert answer.status_code == 200
    assert "A role is named twice." in messages_of(answer)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"username": "reporter"}, "already exists"),
        ({"name": ""}, "required"),
        ({"password1": "12345", "password2": "12345"}, "too short"),
        ({"password2": "another-one-entirely"}, "didn’t match"),
        ({"username": "lin\x00"}, "Null characters"),
    ],
)
def test_an_account_that_cannot_be_is_refused(office, fields, sentence):
    answer = office.post(f"{PEOPLE}add/", new_person(**fields))
    assert answer.status_code == 200
    assert sentence in messages_of(answer)
    assert User.objects.count() == len(Role)


def test_forged_fields_make_nobody_more_than_their_roles(office):
    forged = {"is_superuser": "on", "is_staff": "on", "password": "plain", "groups": "1"}
    office.post(f"{PEOPLE}add/", new_person(("reporter", ""), **forged))
    user = User.objects.get(username="lin")
    assert (user.is_superuser, user.is_staff) == (False, False)
    office.post(f"{PEOPLE}{user.pk}/change/", person_form(user, **forged, last_login_0="2020-01-01"))
    user = User.objects.get(username="lin")
    assert (user.is_superuser, user.is_staff, user.last_login) == (False, False, None)
    assert user.check_password("kuaiban-1024-yinshua")


def test_a_role_is_never_turned_into_another(office, people):
    reporter = people[Role.REPORTER]
    forged = person_form(reporter) | {"role_grants-0-role": "administrator"}
    office.post(f"{PEOPLE}{reporter.pk}/change/", forged)
    assert house.person("reporter").grants == {("reporter", None)}


def test_taking_a_role_and_closing_an_account_leave_their_rows(office, people):
    editor = people[Role.SECTION_EDITOR]
    held = editor.role_grants.get()
    desk = signed_in(editor)
    assert desk.get("/en/admin/").status_code == 200
    office.post(f"{PEOPLE}{editor.pk}/change/", person_form(editor, taken={held.pk}))
    assert desk.get("/en/admin/").status_code == 302
    assert AuditEntry.objects.latest("pk").data == {"roles": [["section_editor/city"], []]}
    office.post(f"{PEOPLE}{editor.pk}/change/", person_form(editor, is_active=False))
    assert User.objects.get(pk=editor.pk).is_active is False
    assert AuditEntry.objects.latest("pk").data == {"fields": {"is_active": [True, False]}}


def test_saving_what_is_there_leaves_no_row(office, people):
    reporter = people[Role.REPORTER]
    before = AuditEntry.objects.count()
    assert office.post(f"{PEOPLE}{reporter.pk}/change/", person_form(reporter)).status_code == 302
    assert AuditEntry.objects.count() == before


def test_an_administrator_sets_a_password(office, people):
    reporter = people[Role.REPORTER]
    path = f"{PEOPLE}{reporter.pk}/password/"
    weak = office.post(path, {"password1": "12345", "password2": "12345"})
    assert "too short" in messages_of(weak)
    # Taking the password away is not offered, and asking for it all the same does nothing.
    taken = office.post(path, {"usable_password": "false", "unset-password": "x"})
    assert taken.status_code == 200
    assert house.person("reporter").check_password(house.PASSWORD)
    good = {"password1": "kuaiban-1024-yinshua", "password2": "kuaiban-1024-yinshua"}
    assert office.post(path, good).status_code == 302
    assert house.person("reporter").check_password("kuaiban-1024-yinshua")
    entry = AuditEntry.objects.latest("pk")
    assert (entry.act, entry.target_id) == (Act.STAFF_EDIT, str(reporter.pk))
    assert entry.data == {"fields": {"password": "***"}}


def test_a_password_is_not_set_without_its_audit_row(office, people):
    good = {"password1": "kuaiban-1024-yinshua", "password2": "kuaiban-1024-yinshua"}

    def no_trail(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "staff_auditentry"'):
            raise DatabaseError("disk full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(no_trail), pytest.raises(DatabaseError, match="disk full"):
        office.post(f"{PEOPLE}{people[Role.REPORTER].pk}/password/", good)
    assert house.person("reporter").check_password(house.PASSWORD)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_sets_a_password(people, role):
    path = f"{PEOPLE}{people[Role.REPORTER].pk}/password/"
    good = {"password1": "kuaiban-1024-yinshua", "password2": "kuaiban-1024-yinshua"}
    expected = 403 if role in SIGNING_ROLES else 302
    assert signed_in(people[role]).get(path).status_code == expected
    assert signed_in(people[role]).post(path, good).status_code == expected
    assert house.person("reporter").check_password(house.PASSWORD)


@pytest.mark.parametrize("way", ["role taken", "closed"])
def test_the_last_active_administrator_stays(office, people, way):
    me = people[Role.ADMINISTRATOR]
    held = me.role_grants.get()
    gone = house.make_person("gone", Role.ADMINISTRATOR)
    User.objects.filter(pk=gone.pk).update(is_active=False)

    def leave():
        form = person_form(me, taken={held.pk}) if way == "role taken" else person_form(me, is_active=False)
        return office.post(f"{PEOPLE}{me.pk}/change/", form)

    answer = leave()
    assert answer.status_code == 200
    assert "This is the last active administrator" in messages_of(answer)
    assert house.person("administrator").has_role(Role.ADMINISTRATOR)
    User.objects.filter(pk=gone.pk).update(is_active=True)
    assert leave().status_code == 302
    assert not house.person("administrator").has_role(Role.ADMINISTRATOR)


QUERIES_OF_PEOPLE = 9


def test_the_list_of_people_costs_the_same_however_many(office, django_assert_num_queries):
    for number in range(3):
        house.make_person(f"one{number}", Role.REPORTER, Role.DESK_CHIEF)
    with django_assert_num_queries(QUERIES_OF_PEOPLE):
        office.get(PEOPLE)
    for number in range(20):
        house.make_person(f"more{number}", Role.REPORTER, Role.DESK_CHIEF)
    with django_assert_num_queries(QUERIES_OF_PEOPLE):
        office.get(PEOPLE)


def test_the_trail_is_read_and_nothing_more(filled):
    client = signed_in(filled[Role.ADMINISTRATOR])
    page = client.get("/en/admin/staff/auditentry/?q=editor_in_chief&act=story.withdraw")
    assert "reason: 失实" in messages_of(page)
    entry = AuditEntry.objects.first()
    forged = {"actor_label": "nobody", "act": "story.edit", "data": "{}"}
    assert client.post(f"/en/admin/staff/auditentry/{entry.pk}/change/", forged).status_code == 403
    assert AuditEntry.objects.get(pk=entry.pk).actor_label == entry.actor_label


def test_the_history_of_a_story_is_its_trail(filled):
    story = house.Article.objects.get(state=State.WITHDRAWN)
    page = messages_of(signed_in(filled[Role.DESK_CHIEF]).get(f"/en/admin/articles/article/{story.pk}/history/"))
    assert page.split('id="change-history"')[1].count("<tr>") == 1 + AuditEntry.objects.about(story).count()
    assert "失实" in page
    assert Verb.WITHDRAW in AuditEntry.objects.about(story).first().act


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_dismiss_each_other_decide_one_after_the_other():
    house.make_title()
    pair = [house.make_person(name, Role.ADMINISTRATOR) for name in ("left", "right")]
    barrier, answers = threading.Barrier(2), []

    def dismiss(me: User, other: User) -> None:
        client = signed_in(me)
        form = person_form(other, taken={other.role_grants.get().pk})
        barrier.wait(PATIENCE)
        answers.append(client.post(f"{PEOPLE}{other.pk}/change/", form).status_code)
        connection.close()

    finish([threading.Thread(target=dismiss, args=pair_, daemon=True) for pair_ in (pair, pair[::-1])])
    assert RoleGrant.objects.filter(role=Role.ADMINISTRATOR).count() == 1
    assert answers.count(302) == 1
