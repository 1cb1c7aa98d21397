"""What is sent to the desk: rightly it is done; spoilt in any one field it is answered and breaks nothing.

The tables hold, for every address that acts, somebody who may and what the address hears.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from django.contrib.messages import ERROR, get_messages
from django.db import transaction
from django.utils import timezone

from articles.models import Article, SavedList, Special, Topic
from articles.states import State
from editions.models import Edition, EditionState, ProofRound, SignatureKind
from newsroom.staff.models import User
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import plan_of_tests as planned
from tests import press_house as press
from tests.browsing import DESK, signed_in
from tests.permissions.test_addresses import POST_ONLY, TABLE

# Acts of a button alone.
SAY_NOTHING = {
    "list_usual",
    "remark_settle",
    "remark_reopen",
    "duty_back",
    "subscriptions_renew",
    "subscriptions_stop",
    "notice_read",
    "edition_publish",
    "mark_settle",
    "mark_reopen",
    "press_release",
    "page_present",
    "placement_remove",
}
# What a script sends to save, a browser without scripts sends to the page.
SAME_FORM = {"story_new", "story_edit"}
# What the canvas sends is spoilt in `tests/editions/`.
JSON = {"page_layout", "page_continue", "page_send", "page_propose"}
DAY = datetime.timedelta(days=1)
LATER = "2099-03-07T20:00"


class Sent(NamedTuple):
    """Who sends what where."""

    role: Role
    path: str
    fields: dict[str, Any]


@pytest.fixture
def sent(people) -> dict[str, Sent]:
    return {**of_stories(people), **of_the_plan(people), **of_photos(people), **of_pages(people)}


def of_stories(people: dict[Role, User]) -> dict[str, Sent]:
    reporter, editor, chief, first = Role.REPORTER, Role.SECTION_EDITOR, Role.EDITOR_IN_CHIEF, Role.DESK_CHIEF
    draft, photo = house.make_story(people[reporter]), house.make_photo(people[reporter])
    filed = house.story_in(State.SUBMITTED, people, headline="待审的稿")
    other = house.story_in(State.SUBMITTED, people, headline="另一篇")
    remark = house.remark(filed, people[editor], "今晚")
    section = str(house.section().pk)
    written = {"section": section, "headline": "题", "kicker": "引", "subhead": "副", "web_headline": "网", **LEAD_IN}
    written |= {"summary": "提要", "keywords": "夜市", "genre": "news", "slugline": "夜市", "desk_note": "注"}
    written |= {"body": "<p>正文</p>", "filing_token": "6f4f0a5a-3c36-4d2f-9f4b-d2f5c2c2a001", "based_on": "1"}
    written |= {"attempt": "6f4f0a5a-3c36-4d2f-9f4b-d2f5c2c2a002", "continues": "", "assignment": ""}
    written |= rows("bylines", contributor="", name="甲某", role="reporter")
    new = written | rows("pictures", photo=str(photo.pk), caption="图", credit="甲 摄", alt="灯")
    old = written | {"pictures-TOTAL_FORMS": "0", "pictures-INITIAL_FORMS": "0"}
    mine, special = f"{DESK}/stories/{draft.pk}", Special.objects.create(name="汛期", slug="flood")
    desk = f"{DESK}/stories/{filed.pk}"
    saved = SavedList.objects.create(user=people[reporter], name="我的", query="state=draft")
    kept = {"name": "夜班", "query": "state=draft", "shared": "on"}
    return {
        "story_new": Sent(reporter, f"{DESK}/stories/new/", new),
        "story_file": Sent(reporter, f"{DESK}/stories/file/", new),
        "story_edit": Sent(reporter, f"{mine}/edit/", old),
        "story_save": Sent(reporter, f"{mine}/save/", old),
        "story_bulk": Sent(
            editor,
            f"{DESK}/stories/bulk/",
            {"deed": "return", "story": f"{filed.pk}:{seen(filed)}", "reason": "缺来源", "back": "state=submitted"}
            | {"confirmed": "1", "all_the_same": str(filed.pk), "section": section, "moment": LATER}
            | {"times": f"{filed.pk}:"},
        ),
        "story_undo": Sent(
            reporter,
            f"{DESK}/stories/undo/",
            {"deed": "submit", "story": f"{filed.pk}:{seen(filed)}:{section}", "back": "list=all"},
        ),
        "story_lists": Sent(first, f"{DESK}/stories/lists/", kept),
        "list_change": Sent(reporter, f"{DESK}/stories/lists/{saved.pk}/", {"do": "", f"{saved.pk}-name": "改名"}),
        "list_columns": Sent(reporter, f"{DESK}/stories/lists/columns/", {"columns": "state", "back": "words=a"}),
        "story_present": Sent(reporter, f"{mine}/present/", {"place": "body:1", "gone": ""}),
        "story_act": Sent(
            editor,
            f"{desk}/act/",
            {"verb": "return", "seen": seen(filed), "reason": "缺来源", "listed": [], "all_the_same": "on"},
        ),
        "story_times": Sent(
            editor, f"{desk}/times/", {"embargo_until": LATER, "publish_at": LATER, "all_the_same": "on"}
        ),
        "revision_restore": Sent(reporter, f"{mine}/versions/1/restore/", {"based_on": "1"}),
        "story_remarks": Sent(
            editor,
            f"{desk}/remarks/",
            {"where": "body:0", "quote": "今晚", "start": "6", "version": str(filed.version), "text": "查一查"},
        ),
        "remark_answer": Sent(reporter, f"{DESK}/remarks/{remark.pk}/answer/", {"text": "查过了"}),
        "story_right_so": Sent(reporter, f"{desk}/right-so/", {"check": "names", "known_as": "今晚", "again": "1"}),
        "check": Sent(reporter, f"{DESK}/check/", new | {"number": str(draft.pk)}),
        "story_special": Sent(chief, f"{desk}/special/", {"special": str(special.pk)}),
        "lines": Sent(reporter, f"{DESK}/lines/", {"body": "<p>正文</p>"}),
        "duty": Sent(editor, f"{DESK}/duty/", duty_of(people[editor])),
        "special_new": Sent(chief, f"{DESK}/specials/new/", SPECIAL),
        "special": Sent(
            chief,
            f"{DESK}/specials/{special.pk}/",
            SPECIAL | {"based_on": "1", "add": str(filed.pk)} | rows("form", story=str(other.pk), group="组"),
        ),
        "special_show": Sent(chief, f"{DESK}/specials/{special_to_show(people).pk}/show/", {"based_on": "1"}),
        "special_hide": Sent(chief, f"{DESK}/specials/{special.pk}/hide/", {"based_on": "1"}),
        "notices_read": Sent(reporter, f"{DESK}/notices/read/", {"up_to": "1"}),
        "notice_choices": Sent(reporter, f"{DESK}/notices/choices/", {"language": "en", "returned_in_desk": "on"}),
    }


LEAD_IN = {"lead_in_kind": "own", "lead_in_agency": "社", "lead_in_place": "云川", "lead_in_day": "2026-03-07"}
SPECIAL = {"name": "防汛", "slug": "against-floods", "introduction": "导语", "on_home": "on", "add": ""}


def rows(prefix: str, **fields: str) -> dict[str, str]:
    """A list with one row as a form sends it."""
    counts = {f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-INITIAL_FORMS": "0"}
    return counts | {f"{prefix}-0-{name}": value for name, value in ({"ORDER": "1"} | fields).items()}


def seen(article: Article) -> str:
    return Article.objects.get(pk=article.pk).seen


def duty_of(editor: User) -> dict[str, Any]:
    times = {"begins_at": LATER, "ends_at": "2099-03-08T04:00"}
    return {"grants": [str(editor.role_grants.get().pk)], "receiver": str(house.stand_in().pk), **times}


def special_to_show(people: dict[Role, User]) -> Special:
    """One with a public story, which readers do not see yet."""
    special = Special.objects.create(name="春耕", slug="spring")
    special.stories.create(article=house.story_in(State.PUBLISHED, people), order=1)
    return special


def of_the_plan(people: dict[Role, User]) -> dict[str, Sent]:
    reporter, editor, day = Role.REPORTER, Role.SECTION_EDITOR, timezone.localdate() + 3 * DAY
    proposal = planned.make_topic(people[reporter], day=day)
    agreed = planned.approved(people, day=day, title="批准的选题")
    given = planned.send(agreed, people[reporter], people[editor], planned.at(day))
    photos = planned.send(agreed, people[Role.PHOTOGRAPHER], people[editor], planned.at(day), kind="photo")
    photos = planned.answer(photos, "accept", people[Role.PHOTOGRAPHER])
    own = planned.accepted(people, planned.approved(people, day=day, title="又一个"), due_at=planned.at(day))
    shot = house.make_photo(people[Role.PHOTOGRAPHER], house.jpeg(61, 41, "navy"))
    fields = {"title": "题", "kind": "topic", "section": str(house.section().pk), "about": "说明", "place": "渡口"}
    fields |= {"day": day.isoformat(), "last_day": day.isoformat(), "starts_at": "09:00", "ends_at": "10:00"}
    fields |= {"wants_text": "on", "photos_wanted": "2", "expected_characters": "800", "page_label": "2"}
    fields |= {"edition_day": day.isoformat(), "is_preview": "on"}
    loose = house.make_story(people[reporter], headline="先写的稿")
    one, two = f"{DESK}/topics/{proposal.pk}", f"{DESK}/topics/{agreed.pk}"
    version = str(Topic.objects.get(pk=agreed.pk).version)
    return {
        "topic_new": Sent(reporter, f"{DESK}/topics/new/", fields),
        "topic_edit": Sent(reporter, f"{one}/edit/", fields | {"based_on": "1"}),
        "topic_act": Sent(editor, f"{one}/act/", {"verb": "decline", "reason": "不做", "seen": "1"}),
        "topic_move": Sent(
            editor,
            f"{two}/move/",
            {"day": (day + DAY).isoformat(), "seen": version, "back": "view=month"},
        ),
        "topic_assign": Sent(
            editor,
            f"{two}/assign/",
            {"person": str(people[Role.DESK_CHIEF].pk), "kind": "text", "due_at": LATER, "note": "早去"},
        ),
        "assignment_act": Sent(
            reporter, f"{DESK}/assignments/{given.pk}/act/", {"verb": "decline", "reason": "病了", "seen": version}
        ),
        "assignment_due": Sent(editor, f"{DESK}/assignments/{given.pk}/due/", {"due_at": LATER, "seen": version}),
        "assignment_photos": Sent(
            Role.PHOTOGRAPHER, f"{DESK}/assignments/{photos.pk}/photos/", {"photo": str(shot.pk)}
        ),
        "story_assignment": Sent(reporter, f"{DESK}/stories/{loose.pk}/assignment/", {"assignment": str(own.pk)}),
    }


def of_photos(people: dict[Role, User]) -> dict[str, Sent]:
    photographer = Role.PHOTOGRAPHER
    photo = house.make_photo(people[photographer], house.jpeg(800, 600, "olive"))
    words = dict.fromkeys(("caption", "alt", "headline", "people", "byline", "credit", "source", "keywords"), "字")
    words |= {"rights": "一次", "rights_expire_on": "2099-01-01", "taken_at": "2026-03-07T20:00"}
    stood = {f"initial-{name}": "" for name in words} | {
        "initial-caption": photo.caption,
        "initial-credit": photo.credit,
        "initial-alt": photo.alt,
    }
    row = dict.fromkeys(("caption", "alt", "credit", "people", "keywords"), "字") | {"taken_at": LATER}
    sheet = {f"photo-{photo.pk}-{name}": value for name, value in row.items()}
    sheet |= {f"initial-photo-{photo.pk}-{name}": getattr(photo, name) or "" for name in row}
    framed = {"focal_x": "40", "focal_y": "60", "seen": photo.framing_seen, "hand_1x1": "on"}
    framed |= {"x_1x1": "50", "y_1x1": "50", "zoom_1x1": "120"}
    return {
        "photo": Sent(photographer, f"{DESK}/photos/{photo.pk}/", words | stood),
        "photos_many": Sent(
            photographer,
            f"{DESK}/photos/many/",
            {
                "photo": str(photo.pk),
                "to_caption": "（资料）",
                "more_keywords": "老桥",
                "credit": "乙 摄",
                "byline": "乙",
            }
            | {"source": "本报", "rights": "一次", "rights_expire_on": "2099-01-01"},
        ),
        "photos_sheet": Sent(
            photographer, f"{DESK}/photos/sheet/", sheet | {"photo": str(photo.pk), "later": str(photo.pk)}
        ),
        "photos_undo": Sent(photographer, f"{DESK}/photos/undo/", {"edit": "1"}),
        "photo_frame": Sent(photographer, f"{DESK}/photos/{photo.pk}/frame/", framed),
    }


def of_pages(people: dict[Role, User]) -> dict[str, Sent]:
    chief, designer = Role.EDITOR_IN_CHIEF, Role.PAGE_DESIGNER
    edition = house.open_edition(people, datetime.date(2099, 3, 7))
    story = house.story_in(State.SIGNED_OFF, people, headline="上版的稿")
    placement = house.place(edition, 1, house.story_in(State.SIGNED_OFF, people, headline="在版的稿"), people)
    page, at = placement.page, f"{DESK}/pages/{placement.page_id}"
    press.ask_for_signatures(people)
    proof = press.proof_by_hand(page)
    press.sign(page, SignatureKind.PAGE_EDITOR, people[Role.DESK_CHIEF])
    pressed = house.open_edition(people, datetime.date(2099, 3, 9))
    Edition.objects.filter(pk=pressed.pk).update(state=EditionState.PRESSED, pressed_at=timezone.now())
    rectangle = {"column": "1", "row": "60", "width": "2", "height": "20"}
    of_page = {"label": "1", "name": "要闻", "template": str(page.template_id), "responsible_editor": ""}
    order = [str(number) for number in edition.pages.order_by("-order").values_list("pk", flat=True)]
    return {
        "edition_new": Sent(
            chief,
            f"{DESK}/editions/new/",
            {"date": "2099-03-08", "series_number": "9", "extra_number": "0", "pages": "要闻,综合"},
        ),
        "edition_release": Sent(chief, f"{DESK}/editions/{edition.pk}/release/", {"release_at": LATER}),
        "page_add": Sent(chief, f"{DESK}/editions/{edition.pk}/pages/", {"label": "3", "name": "民生"}),
        "edition_order": Sent(chief, f"{DESK}/editions/{edition.pk}/order/", {"page": order}),
        "page_place": Sent(designer, f"{at}/place/", {"what": str(story.pk), **rectangle}),
        "page_edit": Sent(chief, f"{at}/edit/", of_page | {"designer": "", "proofreader": ""}),
        "placement_move": Sent(designer, f"{DESK}/placements/{placement.pk}/move/", rectangle),
        "proof_pull": Sent(Role.PROOFREADER, f"{at}/proofs/pull/", {"round": str(ProofRound.objects.first().pk)}),
        "proof_mark": Sent(
            Role.PROOFREADER,
            f"{DESK}/proofs/{proof.pk}/marks/",
            {"remark": "错字", "left": "10", "top": "10", "width": "5", "height": "5"},
        ),
        "page_unsign": Sent(Role.DESK_CHIEF, f"{at}/unsign/", {"kind": "page_editor"}),
        "press_back": Sent(chief, f"{DESK}/editions/{pressed.pk}/press/back/", {"reason": "错了一处"}),
        "page_sign": Sent(Role.PROOFREADER, f"{at}/sign/", {"kind": "proofreader", "seen": press.seen(page)}),
    }


class Desk:
    """The desk as it stood, asked again and again: what a request did is taken back with it."""

    def __init__(self) -> None:
        self._clients = {role: signed_in(house.person(role.value)) for role in Role}

    def answers(self, one: Sent, fields: dict[str, Any]):
        with transaction.atomic():
            response = self._clients[one.role].post(one.path, fields)
            transaction.set_rollback(True)
        return response


def problems_in(response) -> list[str]:
    """What is wrong: the status of a refusal, or what a page is told to say of one."""
    said = [str(message) for message in get_messages(response.wsgi_request) if message.level == ERROR]
    return said if response.status_code < 400 else [str(response.status_code), *said]


def test_the_tables_name_every_address_that_acts(sent):
    acts = {name for name, (_let_in, _led_away, others) in TABLE.items() if others == POST_ONLY}
    assert acts - sent.keys() - SAY_NOTHING - JSON == set()


def test_what_is_sent_rightly_is_done(sent):
    desk = Desk()
    wrong = {name: problems_in(desk.answers(one, one.fields)) for name, one in sent.items()}
    assert {name: problems for name, problems in wrong.items() if problems} == {}


def without(field: str, fields: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield {name: value for name, value in fields.items() if name != field}


def with_no_text(field: str, fields: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """With what no database takes."""
    yield fields | {field: "字\x00"}


def with_no_number(field: str, fields: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """With as many digits as the number of a row may have, and more than any other number, where one may be asked for:
    what is text stays text with digits.
    """
    if not fields[field] or re.search(r"\d", str(fields[field])):
        yield fields | {field: "9" * 18}


def at_an_end_of_the_calendar(field: str, fields: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """On the first and the last day that a computer knows, where a day or a moment is asked for."""
    match = re.fullmatch(r"\d{4}-\d\d-\d\d(T.*)?", str(fields[field]))
    if match:
        times = ("T00:00", "T23:59") if match[1] else ("", "")
        yield from (fields | {field: day + time} for day, time in zip(("0001-01-01", "9999-12-31"), times, strict=True))


@pytest.mark.parametrize("spoil", [without, with_no_text, with_no_number, at_an_end_of_the_calendar])
def test_what_is_spoilt_in_one_field_breaks_nothing(sent, spoil: Callable[..., Iterator[dict[str, Any]]]):
    desk = Desk()
    for name, one in sent.items():
        for field in () if name in SAME_FORM else one.fields:
            for fields in spoil(field, one.fields):
                assert desk.answers(one, fields).status_code < 500, f"{name}: {field} is {fields.get(field)!r}"
