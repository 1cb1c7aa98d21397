"""Every address of the desk × every role: who is let in, who is told no, for whom a thing does not exist.

The table says what GET answers; addresses that act take POST alone, lead whoever opens them to the page they belong to,
and are tried by their own tests.
"""

from __future__ import annotations

import contextlib

import pytest
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from articles.models import Special
from articles.states import State
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import plan_of_tests as planned
from tests import press_house as press

NOBODY, NO_ROLE, OTHER_SECTION = "nobody", "no role", "editor of another section"
EVERYBODY = [NOBODY, NO_ROLE, OTHER_SECTION, *Role]
SIGN_IN, AWAY, CLOSED, OPEN, NONE = "sign in", "led away", 403, 200, 404
POST_ONLY = AWAY
# No person reads what these answer: who has signed out is not led anywhere.
CHANNEL, NOTHING_SAID = {"live", "live_news"}, 204

FILERS = {
    OTHER_SECTION,
    Role.REPORTER,
    Role.PHOTOGRAPHER,
    Role.SECTION_EDITOR,
    Role.DESK_CHIEF,
    Role.EDITOR_IN_CHIEF,
}
# The story awaits the first review in the section `city`; the reporter filed it.
READERS = {Role.REPORTER, Role.SECTION_EDITOR, Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF, Role.ADMINISTRATOR}
# The photographer took the photo in; whoever signs stories may mend what is said about it.
PHOTO_KEEPERS = {OTHER_SECTION, Role.PHOTOGRAPHER, Role.SECTION_EDITOR, Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF}
# The topic is a proposal of the reporter's in the section `city`.
TOPIC_READERS = {Role.REPORTER, Role.SECTION_EDITOR, Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF, Role.ADMINISTRATOR}
SIGNERS = {OTHER_SECTION, Role.SECTION_EDITOR, Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF}
EDITION_OPENERS = {Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF}

ALL = set(EVERYBODY)
# The edition is being made: those who only file stories and photos do not read its pages.
PAGE_READERS = ALL - {Role.REPORTER, Role.PHOTOGRAPHER}
# name -> (who is let in, who is led away with a word, what the others with a role are answered)
TABLE = {
    "home": (ALL, set(), NONE),
    "stories": (ALL, set(), NONE),
    "story_new": (FILERS, ALL, NONE),
    "story_bulk": (set(), set(), POST_ONLY),
    "story_undo": (set(), set(), POST_ONLY),
    "story_csv": (ALL, set(), NONE),
    "story_xlsx": (ALL, set(), NONE),
    "story_lists": (ALL, set(), NONE),
    "list_usual": (set(), set(), POST_ONLY),
    "list_columns": (set(), set(), POST_ONLY),
    "list_change": (set(), set(), POST_ONLY),
    "story": (READERS, set(), NONE),
    "story_edit": ({Role.SECTION_EDITOR}, READERS, NONE),
    "story_file": (set(), set(), POST_ONLY),
    "story_save": (set(), set(), POST_ONLY),
    "story_present": (set(), set(), POST_ONLY),
    "story_here": (ALL, set(), NONE),
    "story_new_here": (ALL, set(), NONE),
    "story_act": (set(), set(), POST_ONLY),
    "story_times": (set(), set(), POST_ONLY),
    "story_assignment": (set(), set(), POST_ONLY),
    "revision": (READERS, set(), NONE),
    "story_remarks": (READERS, set(), NONE),
    "remark_answer": (set(), set(), POST_ONLY),
    "remark_settle": (set(), set(), POST_ONLY),
    "remark_reopen": (set(), set(), POST_ONLY),
    "duty": (ALL, set(), NONE),
    "duty_back": (set(), set(), POST_ONLY),
    "revision_restore": (set(), set(), POST_ONLY),
    "story_findings": (READERS, set(), NONE),
    "story_right_so": (set(), set(), POST_ONLY),
    "check": (set(), set(), POST_ONLY),
    "lead_in": (ALL, set(), NONE),
    "people": (ALL, set(), NONE),
    "plan": (ALL, set(), NONE),
    "topics": (ALL, set(), NONE),
    "topic_new": (FILERS, ALL, NONE),
    "topic": (TOPIC_READERS, set(), NONE),
    "topic_edit": (TOPIC_READERS - {Role.ADMINISTRATOR}, TOPIC_READERS, NONE),
    "topic_act": (set(), set(), POST_ONLY),
    "topic_move": (set(), set(), POST_ONLY),
    "topic_assign": (set(), set(), POST_ONLY),
    "assignment_act": (set(), set(), POST_ONLY),
    "assignment_due": (set(), set(), POST_ONLY),
    "assignment_photos": (set(), set(), POST_ONLY),
    "subscriptions": (ALL, set(), NONE),
    "subscriptions_renew": (set(), set(), POST_ONLY),
    "subscriptions_stop": (set(), set(), POST_ONLY),
    "lines": (set(), set(), POST_ONLY),
    "photos": (ALL, set(), NONE),
    "photo_add": (FILERS, ALL, NONE),
    "photo": (ALL, set(), NONE),
    "photos_many": (set(), ALL, NONE),
    "photos_sheet": (set(), ALL, NONE),
    "photos_undo": (set(), set(), POST_ONLY),
    "photo_frame": (set(), set(), POST_ONLY),
    "photo_crop": (ALL, set(), NONE),
    "photo_original": (PHOTO_KEEPERS, set(), NONE),
    "photo_captioned": (PHOTO_KEEPERS, set(), NONE),
    "photo_thumbnail": (ALL, set(), NONE),
    "photo_preview": (ALL, set(), NONE),
    "photo_large": (ALL, set(), NONE),
    "board": (PAGE_READERS, set(), NONE),
    "board_live": (PAGE_READERS, set(), NONE),
    "notices": (ALL, set(), NONE),
    "specials": (SIGNERS, ALL, NONE),
    "special_new": (SIGNERS, ALL, NONE),
    "special": (SIGNERS, ALL, NONE),
    "special_show": (set(), set(), POST_ONLY),
    "special_hide": (set(), set(), POST_ONLY),
    "story_special": (set(), set(), POST_ONLY),
    "readership": (ALL, set(), NONE),
    "notices_read": (set(), set(), POST_ONLY),
    "notice_read": (set(), set(), POST_ONLY),
    "notice_choices": (ALL, set(), NONE),
    "live": (ALL, set(), NONE),
    "live_news": (ALL, set(), NONE),
    "editions": (ALL, set(), NONE),
    "edition_new": (EDITION_OPENERS, ALL, NONE),
    "edition": (ALL, set(), NONE),
    "edition_release": (set(), set(), POST_ONLY),
    "edition_publish": (set(), set(), POST_ONLY),
    "page_add": (set(), set(), POST_ONLY),
    "edition_order": (set(), set(), POST_ONLY),
    "page": (ALL, set(), NONE),
    "page_proofs": (PAGE_READERS, set(), NONE),
    "proof_pull": (set(), set(), POST_ONLY),
    "page_sign": (set(), set(), POST_ONLY),
    "page_unsign": (set(), set(), POST_ONLY),
    "proof": (PAGE_READERS, set(), NONE),
    "proof_pdf": (PAGE_READERS, set(), NONE),
    "proof_picture": (PAGE_READERS, set(), NONE),
    "proof_mark": (set(), set(), POST_ONLY),
    "proof_compare": (PAGE_READERS, set(), NONE),
    "proof_difference": (PAGE_READERS, set(), NONE),
    "mark_settle": (set(), set(), POST_ONLY),
    "mark_reopen": (set(), set(), POST_ONLY),
    "press": (PAGE_READERS, set(), NONE),
    "press_release": (set(), set(), POST_ONLY),
    "press_back": (set(), set(), POST_ONLY),
    "printed_file": (PAGE_READERS, set(), NONE),
    "as_printed": (READERS, set(), NONE),
    "page_place": (set(), set(), POST_ONLY),
    "page_edit": (set(), set(), POST_ONLY),
    "page_layout": (PAGE_READERS, set(), NONE),
    "page_picture": (PAGE_READERS, set(), NONE),
    "page_pdf": (PAGE_READERS, set(), NONE),
    "page_present": (set(), set(), POST_ONLY),
    "page_continue": (set(), set(), POST_ONLY),
    "page_send": (set(), set(), POST_ONLY),
    "page_propose": (set(), set(), POST_ONLY),
    "placement_move": (set(), set(), POST_ONLY),
    "placement_remove": (set(), set(), POST_ONLY),
}


def names_of_the_desk() -> set[str]:
    [desk] = [r for r in get_resolver().url_patterns[1].url_patterns if getattr(r, "namespace", None) == "desk"]
    return {p.name for p in _patterns(desk) if isinstance(p, URLPattern)}


def _patterns(resolver):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from _patterns(pattern)


@pytest.fixture
def things(people):
    photo = house.make_photo(people[Role.PHOTOGRAPHER])
    edition = house.open_edition(people)
    placement = house.place(edition, 1, house.story_in(State.SIGNED_OFF, people), people)
    story = house.story_in(State.SUBMITTED, people)
    proof = press.proof_by_hand(placement.page, number=2, after=press.proof_by_hand(placement.page))
    return {
        "proof": [proof.pk],
        "mark": [press.mark_by_hand(proof).pk],
        "press": [edition.pk],
        "printed": [press.file_by_hand(edition).pk],
        "as": [story.pk],
        "story": [story.pk],
        "notice": [1],
        "revision": [story.pk, 1],
        "list": [1],
        "remark": [1],
        "duty_back": [1],
        "topic": [planned.make_topic(people[Role.REPORTER]).pk],
        "assignment": [planned.accepted(people).pk],
        "special": [Special.objects.create(name="汛期", slug="flood").pk],
        "photo": [photo.pk],
        "photo_crop": [photo.pk, "16x9"],
        "edition": [edition.pk],
        "page": [placement.page_id],
        "placement": [placement.pk],
    }


def address(name: str, things) -> str:
    with contextlib.suppress(NoReverseMatch):
        return reverse(f"desk:{name}")
    kind = {"page_add": "edition", "proof_pull": "page"}.get(name, name.split("_")[0])
    return reverse(f"desk:{name}", args=things.get(name) or things[kind])


def sign_in(client, who) -> None:
    if who == NO_ROLE:
        client.force_login(house.make_person("without_role"))
    elif who == OTHER_SECTION:
        client.force_login(house.make_person("sports_editor", Role.SECTION_EDITOR, sections=("sports",)))
    elif who != NOBODY:
        client.force_login(house.person(who))


def test_the_table_names_every_address_of_the_desk():
    assert names_of_the_desk() == set(TABLE)


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_address_answers_every_role_as_the_table_says(client, things, who):
    sign_in(client, who)
    said = {name: answer(client.get(address(name, things))) for name in TABLE}
    assert said == {name: expected(name, who) for name in TABLE}


def answer(response) -> int | str:
    if response.status_code != 302:
        return response.status_code
    return SIGN_IN if response.url.startswith(reverse("account_login")) else AWAY


def expected(name: str, who) -> int | str:
    if who == NOBODY:
        return NOTHING_SAID if name in CHANNEL else SIGN_IN
    if who == NO_ROLE:
        return CLOSED
    let_in, led_away, others = TABLE[name]
    return OPEN if who in let_in else AWAY if who in led_away else others


LEADS = {
    "story_act": "story",
    "story_bulk": "stories",
    "revision_restore": "revision",
    "list_usual": "story_lists",
    "topic_move": "topic",
    "photo_frame": "photo",
    "page_sign": "page",
    "proof_mark": "proof",
    "press_release": "press",
    "notice_read": "notices",
    "remark_answer": "home",
}


def test_who_opens_what_only_takes_what_is_sent_is_led_to_the_page_it_belongs_to(client, things):
    sign_in(client, Role.EDITOR_IN_CHIEF)
    led = {name: client.get(address(name, things)).url for name in LEADS}
    assert led == {name: address(page, things) for name, page in LEADS.items()}
    acting = [name for name, said in TABLE.items() if said == (set(), set(), POST_ONLY)]
    followed = {name: client.get(address(name, things), follow=True).status_code for name in acting}
    assert followed == dict.fromkeys(acting, OPEN)


def test_a_script_and_any_other_method_are_told_what_an_address_takes(client, things):
    sign_in(client, Role.EDITOR_IN_CHIEF)
    story_act = address("story_act", things)
    asked_by_script = client.get(story_act, headers={"Accept": "application/json"})
    assert [asked_by_script.status_code, client.put(story_act).status_code] == [405, 405]
