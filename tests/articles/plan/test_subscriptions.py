"""Calendars that other programs subscribe to: what stands in them, for whom, and that the file is as RFC 5545 asks."""

from __future__ import annotations

import datetime
import io
import re

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client

from articles.models import Topic
from articles.plan import topics
from newsroom.staff import subscriptions
from newsroom.staff.models import AuditEntry, RoleGrant, User
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import plan_of_tests as plan
from tests.browsing import DESK, signed_in, text_of
from tests.plan_of_tests import DAY, at

NEXT = DAY + datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_these_days():
    with time_machine.travel(at(DAY, 9), tick=False):
        yield


def addresses_of(user: User) -> dict[str, str]:
    """The addresses that the page of the calendar shows to `user`, by kind."""
    page = text_of(signed_in(user).get(f"{DESK}/calendar/"))
    return dict(re.findall(r'id="address-(\w+)" type="text" readonly value="http://testserver([^"]+)"', page))


def subscribed(user: User) -> dict[str, str]:
    signed_in(user).post(f"{DESK}/calendar/renew/")
    return addresses_of(user)


def lines_of(address: str) -> list[str]:
    """The content lines of the calendar at `address`, unfolded, as a program that nobody signed in reads them."""
    response = Client().get(address)
    assert response.status_code == 200
    return response.content.decode().replace("\r\n ", "").split("\r\n")


def events_in(address: str) -> dict[str, dict[str, str]]:
    """The events by their UID, each as its lines by name; parameters stand with the name."""
    events: dict[str, dict[str, str]] = {}
    for written in "\n".join(lines_of(address)).split("BEGIN:VEVENT\n")[1:]:
        event = dict(line.split(":", 1) for line in written.partition("\nEND:VEVENT")[0].split("\n"))
        events[event["UID"]] = event
    return events


def planned_for(user: User) -> dict[str, dict[str, str]]:
    return events_in(subscribed(user)["plan"])


def topic_uid(topic: Topic) -> str:
    return f"topic-{topic.pk}@CN00-0001"


# -- the file


def test_the_file_is_folded_and_escaped_as_the_rfc_asks(people):
    plan.approved(
        people,
        title="渡口停摆，停摆；" * 9,
        about="一\n二; 三, 四\\五",
        place="A, B; C",
        edition_day=NEXT,
        page_label="2",
    )
    address = subscribed(people[Role.REPORTER])["plan"]
    response = Client().get(address)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    written = response.content
    assert written.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in written.replace(b"\r\n", b"")
    for line in written.split(b"\r\n"):
        # No line is longer than 75 octets, and none ends within a character.
        assert len(line) <= 75
        line.decode()
    lines = lines_of(address)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert {"VERSION:2.0", "METHOD:PUBLISH", "CALSCALE:GREGORIAN"} <= set(lines)
    assert "X-WR-CALNAME:试验日报 · Planning" in lines
    [event] = events_in(address).values()
    assert event["SUMMARY"] == "渡口停摆，停摆；" * 9
    assert event["LOCATION"] == "A\\, B\\; C"
    assert event["DESCRIPTION"].endswith("\\n\\n一\\n二\\; 三\\, 四\\\\五")
    assert "for the edition of 26 November 2026 · page 2" in event["DESCRIPTION"]
    assert event["URL"].startswith("http://testserver/en/desk/topics/")
    assert event["ORGANIZER;CN=试验日报"] == "mailto:newsroom@localhost"


@pytest.mark.parametrize(
    ("fields", "begins", "ends"),
    [
        ({}, ("DTSTART;VALUE=DATE", "20261125"), ("DTEND;VALUE=DATE", "20261126")),
        ({"last_day": NEXT}, ("DTSTART;VALUE=DATE", "20261125"), ("DTEND;VALUE=DATE", "20261127")),
        # In the newsroom it is early in the morning, in UTC still the day before.
        ({"starts_at": datetime.time(7, 30)}, ("DTSTART", "20261124T233000Z"), None),
        (
            {"starts_at": datetime.time(14), "ends_at": datetime.time(16)},
            ("DTSTART", "20261125T060000Z"),
            ("DTEND", "20261125T080000Z"),
        ),
        (
            {"starts_at": datetime.time(22), "ends_at": datetime.time(1), "last_day": NEXT},
            ("DTSTART", "20261125T140000Z"),
            ("DTEND", "20261125T170000Z"),
        ),
        (
            {"starts_at": datetime.time(9), "last_day": NEXT},
            ("DTSTART", "20261125T010000Z"),
            ("DTEND", "20261126T160000Z"),
        ),
    ],
)
def test_days_are_days_and_hours_are_moments_in_utc(people, fields, begins, ends):
    plan.approved(people, **fields)
    [event] = planned_for(people[Role.REPORTER]).values()
    found = [(name, value) for name, value in event.items() if name.startswith(("DTSTART", "DTEND"))]
    assert found == [begins, *([ends] if ends else [])]


def test_an_event_keeps_its_uid_and_says_that_it_changed(people):
    topic = plan.approved(people)
    address = subscribed(people[Role.REPORTER])["plan"]
    [before] = events_in(address).values()
    with time_machine.travel(at(DAY, 10), tick=False):
        topics.move_topic(topic.pk, NEXT, seen=topic.version, acting_user=people[Role.SECTION_EDITOR])
        [after] = events_in(address).values()
    assert before["UID"] == after["UID"] == topic_uid(topic)
    assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1
    assert [before["LAST-MODIFIED"], after["LAST-MODIFIED"]] == ["20261125T010000Z", "20261125T020000Z"]
    assert after["DTSTART;VALUE=DATE"] == "20261126"


# -- what stands in it


def test_the_plan_holds_what_its_reader_may_read(people):
    approved, proposed = plan.approved(people), plan.make_topic(people[Role.REPORTER])
    dropped = plan.approved(people)
    plan.decide(dropped, "drop", people[Role.SECTION_EDITOR], "取消了")
    plan.approved(people, day=DAY - datetime.timedelta(days=40))
    everything = {topic_uid(approved): "CONFIRMED", topic_uid(proposed): "TENTATIVE"}
    for role, expected in [
        (Role.REPORTER, everything),
        (Role.SECTION_EDITOR, everything),
        (Role.PHOTOGRAPHER, {topic_uid(approved): "CONFIRMED"}),
    ]:
        assert {uid: event["STATUS"] for uid, event in planned_for(people[role]).items()} == expected


def test_the_plan_says_who_goes_and_nothing_of_what_they_were_told(people):
    plan.send(plan.approved(people), people[Role.REPORTER], people[Role.SECTION_EDITOR], note="先别声张")
    [event] = planned_for(people[Role.PHOTOGRAPHER]).values()
    assert "Text · reporter（测）" in event["DESCRIPTION"]
    assert "先别声张" not in str(event)


def test_assignments_are_ones_own_with_what_was_said_and_when_they_are_due(people):
    topic = plan.approved(people, starts_at=datetime.time(14))
    mine = plan.send(topic, people[Role.REPORTER], people[Role.SECTION_EDITOR], at(DAY, 20), note="先别声张")
    plan.send(topic, people[Role.PHOTOGRAPHER], people[Role.SECTION_EDITOR], kind="photo")
    address = subscribed(people[Role.REPORTER])["assignments"]
    events = events_in(address)
    uid = f"assignment-{mine.pk}@CN00-0001"
    due = f"assignment-{mine.pk}-due@CN00-0001"
    assert set(events) == {uid, due}
    assert [events[uid]["DTSTART"], events[uid]["STATUS"]] == ["20261125T060000Z", "TENTATIVE"]
    assert "先别声张" in events[uid]["DESCRIPTION"]
    assert events[due]["SUMMARY"] == "Due: 渡口停摆一个月之后 (Text)"
    assert events[due]["DTSTART"] == "20261125T120000Z"
    with time_machine.travel(at(DAY, 11), tick=False):
        plan.answer(mine, "accept", people[Role.REPORTER])
        accepted = events_in(address)[uid]
    assert [accepted["STATUS"], accepted["LAST-MODIFIED"]] == ["CONFIRMED", "20261125T030000Z"]
    plan.answer(mine, "decline", people[Role.REPORTER], "出差")
    assert events_in(address) == {}


def test_a_calendar_speaks_the_language_of_its_address(people):
    signed_in(people[Role.REPORTER]).post("/desk/calendar/renew/")
    chinese, english = (
        re.search(r'value="http://testserver([^"]+plan.ics)"', text_of(signed_in(people[Role.REPORTER]).get(page)))[1]
        for page in ("/desk/calendar/", "/en/desk/calendar/")
    )
    assert f"/en{chinese}" == english


def fill(people, number: int) -> None:
    for _count in range(number):
        plan.accepted(people, plan.approved(people))


@pytest.mark.parametrize(("kind", "queries"), [("assignments", 6), ("plan", 6)])
def test_a_calendar_costs_the_same_with_a_few_topics_or_many(people, django_assert_num_queries, kind, queries):
    address = subscribed(people[Role.REPORTER])[kind]
    for number in (2, 10):
        fill(people, number)
        with django_assert_num_queries(queries):
            Client().get(address)


# -- who reads it


@pytest.mark.parametrize("kind", ["assignments", "plan"])
def test_an_address_opens_with_its_own_secret_alone(people, kind):
    addresses = {role: subscribed(people[role])[kind] for role in (Role.REPORTER, Role.SECTION_EDITOR)}
    number, secret = addresses[Role.REPORTER].split("/")[-3:-1]
    others_number, others_secret = addresses[Role.SECTION_EDITOR].split("/")[-3:-1]
    assert len(secret) == 32
    for wrong in (others_secret, secret[:-1], "0" * 32, "-"):
        assert Client().get(f"/en/calendar/{number}/{wrong}/{kind}.ics").status_code == 404
    assert Client().get(f"/en/calendar/{others_number}/{secret}/{kind}.ics").status_code == 404
    assert Client().post(addresses[Role.REPORTER]).status_code == 405
    # Somebody without addresses has none that could be guessed from their having none.
    assert Client().get(f"/en/calendar/{people[Role.PROOFREADER].pk}/{secret}/{kind}.ics").status_code == 404


def test_an_address_ends_when_it_is_renewed_or_given_up(people):
    reporter = people[Role.REPORTER]
    client, first = signed_in(reporter), subscribed(reporter)
    client.post(f"{DESK}/calendar/renew/")
    second = addresses_of(reporter)
    assert [Client().get(address["plan"]).status_code for address in (first, second)] == [404, 200]
    client.post(f"{DESK}/calendar/stop/")
    assert Client().get(second["plan"]).status_code == 404
    assert addresses_of(reporter) == {}
    trail = AuditEntry.objects.about(reporter)
    assert [(entry.act, entry.actor_id, entry.data) for entry in trail] == [
        ("staff.edit", reporter.pk, {"fields": ["calendar_seed"]})
    ] * 3
    client.post(f"{DESK}/calendar/stop/")
    assert trail.count() == 3


def test_an_address_ends_with_the_account_and_with_the_last_role(people):
    for role, leave in [
        (Role.REPORTER, lambda user: User.objects.filter(pk=user.pk).update(is_active=False)),
        (Role.PHOTOGRAPHER, lambda user: RoleGrant.objects.filter(user=user).delete()),
    ]:
        addresses = subscribed(people[role])
        assert [Client().get(address).status_code for address in addresses.values()] == [200, 200]
        leave(people[role])
        number, secret = addresses["plan"].split("/")[-3:-1]
        assert (subscriptions.holder_of(int(number), secret) is None) == (role == Role.REPORTER)
        assert [Client().get(address).status_code for address in addresses.values()] == [404, 404]


def status_of(addresses: dict[str, str]) -> list[int]:
    return [Client().get(address).status_code for address in addresses.values()]


def ends_in_trail(user: User) -> list[int | None]:
    """Who, by the trail, made or ended the address of `user`, the last first."""
    trail = AuditEntry.objects.about(user)
    return [entry.actor_id for entry in trail if entry.data == {"fields": ["calendar_seed"]}]


def test_an_account_opened_again_brings_no_address_back(people):
    reporter, administrator = people[Role.REPORTER], people[Role.ADMINISTRATOR]
    office, page = signed_in(administrator), f"/en/admin/staff/user/{reporter.pk}/change/"
    account = {"username": reporter.username, "name": reporter.name}
    account |= {"role_grants-TOTAL_FORMS": 0, "role_grants-INITIAL_FORMS": 0}
    addresses = subscribed(reporter)
    for close in (
        lambda: office.post(page, account),
        # As an account that was closed when closing did not end the address.
        lambda: User.objects.filter(pk=reporter.pk).update(is_active=False),
    ):
        close()
        assert status_of(addresses) == [404, 404]
        assert office.post(page, account | {"is_active": "on"}).status_code == 302
        assert house.person(reporter.username).is_active
        assert status_of(addresses) == [404, 404]
        assert addresses_of(reporter) == {}
        assert ends_in_trail(reporter)[0] == administrator.pk
        addresses = subscribed(reporter)


def test_an_address_ends_with_the_password(people):
    reporter, administrator = people[Role.REPORTER], people[Role.ADMINISTRATOR]
    new = {"password1": "kuaiban-1024-yinshua", "password2": "kuaiban-1024-yinshua"}
    addresses = subscribed(reporter)
    client = signed_in(reporter)
    assert client.post("/en/accounts/password/change/", new | {"oldpassword": "wrong"}).status_code == 200
    assert status_of(addresses) == [200, 200]
    assert client.post("/en/accounts/password/change/", new | {"oldpassword": house.PASSWORD}).status_code == 302
    assert status_of(addresses) == [404, 404]
    assert ends_in_trail(reporter) == [reporter.pk] * 2
    addresses = subscribed(house.person(reporter.username))
    assert status_of(addresses) == [200, 200]
    assert signed_in(administrator).post(f"/en/admin/staff/user/{reporter.pk}/password/", new).status_code == 302
    assert status_of(addresses) == [404, 404]
    entry = AuditEntry.objects.about(reporter).first()
    assert (entry.actor_id, list(entry.data["fields"])) == (administrator.pk, ["password"])


def test_the_plan_and_my_assignments_lead_to_my_calendar(people):
    given = plan.accepted(people)
    client = signed_in(people[Role.REPORTER])
    with time_machine.travel(given.due_at, tick=False):
        for page in ("plan/", "plan/?view=day", "topics/", ""):
            main = text_of(client.get(f"{DESK}/{page}")).partition("<main")[2]
            assert f'href="{DESK}/calendar/"' in main, page


def test_an_address_ends_with_a_password_set_on_the_command_line(people, monkeypatch):
    reporter = people[Role.REPORTER]
    addresses = subscribed(reporter)
    monkeypatch.setattr("getpass.getpass", lambda prompt: "kuaiban-1024-yinshua")
    call_command("changepassword", reporter.username, stdout=io.StringIO())
    assert status_of(addresses) == [404, 404]
    addresses = subscribed(house.person(reporter.username))
    user = house.person(reporter.username)
    user.set_password("yinshua-1024-kuaiban")
    user.save(update_fields=["password"])
    assert status_of(addresses) == [404, 404]


def test_an_address_stays_where_a_password_is_only_hashed_anew(people, settings):
    reporter = people[Role.REPORTER]
    addresses, before = subscribed(reporter), house.person(reporter.username).password
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher", *settings.PASSWORD_HASHERS]
    assert Client().login(username=reporter.username, password=house.PASSWORD)
    assert house.person(reporter.username).password != before
    assert status_of(addresses) == [200, 200]


def test_an_administrator_ends_addresses_and_nobody_else_those_of_others(people):
    reporter, administrator = people[Role.REPORTER], people[Role.ADMINISTRATOR]
    addresses, others = subscribed(reporter), subscribed(people[Role.SECTION_EDITOR])
    asked = {"action": "end_addresses", "_selected_action": [reporter.pk, people[Role.PROOFREADER].pk]}
    for role in (Role.REPORTER, Role.EDITOR_IN_CHIEF):
        signed_in(people[role]).post("/en/admin/staff/user/", asked)
        with pytest.raises(PermissionDenied):
            subscriptions.end_address(people[Role.SECTION_EDITOR], acting_user=people[role])
    assert status_of(addresses) == [200, 200]
    told = text_of(signed_in(administrator).post("/en/admin/staff/user/", asked, follow=True))
    assert "The addresses of 1 person’s calendar lead nowhere any more." in told
    assert [status_of(addresses), status_of(others)] == [[404, 404], [200, 200]]
    assert ends_in_trail(reporter) == [administrator.pk, reporter.pk]
    assert ends_in_trail(people[Role.PROOFREADER]) == []


def test_what_stands_in_the_database_opens_no_calendar(people):
    subscribed(people[Role.REPORTER])
    user = house.person(people[Role.REPORTER].username)
    for kept in (str(user.calendar_seed), user.calendar_seed.hex):
        assert Client().get(f"/calendar/{user.pk}/{kept}/plan.ics").status_code == 404
