"""Every role × every verb × every state: who may, who may not, and that a refusal changes nothing.

The table below says it in the newsroom's words and knows nothing of `rules.MAY`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction

from articles import editing, rules
from articles.errors import IllegalTransition, NotAllowed, Refusal
from articles.models import Article
from articles.publishing import act_on_story
from articles.states import Verb
from newsroom.staff.models import AuditEntry, User
from newsroom.staff.roles import SECTION_ROLES, Role
from tests import newsroom_of_tests as house

# Who: the filer and whoever is on the byline; the section's editor, desk chief and the editor-in-chief.
OWNERS = "filer byline"
EDITORS = "section_editor desk_chief editor_in_chief"
# In review only whoever has the turn, and not who has signed another step.
FIRST, SECOND, FINAL = "turn:section_editor", "turn:desk_chief", "turn:editor_in_chief"
CHIEF = "editor_in_chief"
NOBODY = ""  # the verb follows, but something in the story forbids it to everybody


def in_review(turn: str) -> dict[str, str]:
    return {"edit": turn, "sign": turn, "return": turn, "spike": turn, "withdraw": NOBODY, "call_off": NOBODY}


def and_public(verbs: dict[str, str]) -> dict[str, str]:
    """The same with a version that readers see: it can be withdrawn, and nothing public is spiked."""
    return verbs | {"withdraw": CHIEF} | ({"spike": NOBODY} if "spike" in verbs else {})


DRAFT = {"edit": OWNERS, "submit": OWNERS, "spike": OWNERS, "withdraw": NOBODY}
RETURNED = dict.fromkeys(["edit", "submit", "spike"], f"{OWNERS} {EDITORS}") | {"withdraw": NOBODY}
SUBMITTED = {verb: who for verb, who in in_review(FIRST).items() if verb != "call_off"} | {"recall": OWNERS}
TABLE: dict[str, dict[str, str]] = {
    "draft": DRAFT,
    "submitted": SUBMITTED,
    "second review": in_review(SECOND),
    "final review": in_review(FINAL),
    "returned": RETURNED,
    "signed off": {"edit": EDITORS, "return": CHIEF, "spike": CHIEF, "publish": CHIEF, "withdraw": NOBODY},
    "published": {"edit": EDITORS, "correct": EDITORS, "withdraw": CHIEF},
    "spiked": {"revive": f"{OWNERS} {EDITORS}"},
    "withdrawn": {"revive": CHIEF},
    "public draft": and_public(DRAFT),
    "public submitted": and_public(SUBMITTED),
    "public second review": and_public(in_review(SECOND)),
    "public final review": and_public(in_review(FINAL)),
    "correction just opened": and_public(in_review(FINAL)) | {"call_off": EDITORS},
    "public returned": and_public(RETURNED),
}


def path_to(situation: str, people: dict[Role, User]) -> list[tuple[Verb, User]]:
    """The acts that lead from a draft into the situation."""
    filer, first, second, final = (
        people[role] for role in (Role.REPORTER, Role.SECTION_EDITOR, Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF)
    )
    submit, sign = [(Verb.SUBMIT, filer)], [(Verb.SIGN, first), (Verb.SIGN, second), (Verb.SIGN, final)]
    publish = [*submit, *sign, (Verb.PUBLISH, final)]
    again = [*publish, (Verb.CORRECT, first)]
    anew = [*again, (Verb.RETURN, final)]
    return {
        "draft": [],
        "submitted": submit,
        "second review": submit + sign[:1],
        "final review": submit + sign[:2],
        "returned": [*submit, (Verb.RETURN, first)],
        "signed off": submit + sign,
        "published": publish,
        "spiked": [(Verb.SPIKE, filer)],
        "withdrawn": [*publish, (Verb.WITHDRAW, final)],
        "public draft": [*anew, *submit, (Verb.RECALL, filer)],
        "public submitted": anew + submit,
        "public second review": anew + submit + sign[:1],
        "public final review": [*anew, *submit, *sign[:2]],
        "correction just opened": again,
        "public returned": anew,
    }[situation]


class Somebody(NamedTuple):
    """One row's person: what they hold, how they stand to the story, and which words of the table fit them."""

    label: str
    user: User | AnonymousUser
    words: frozenset[str]
    prepare: Callable[[Article], object] = lambda story: None


def everybody(story_people: dict[str, User], *, signatures_stand: bool) -> Iterator[Somebody]:
    """Every role in every relation to the story; who signed one step has no turn at another."""
    yield Somebody("nobody signed in", AnonymousUser(), frozenset())
    for role in (*Role, None):
        name = role.value if role else "no_role"
        signs = {role.value, f"turn:{role.value}"} if role else set()
        after_signing = {role.value} if role and signatures_stand else signs
        user = story_people[name]
        yield Somebody(name, user, frozenset(signs))
        yield Somebody(f"{name} who filed it", user, frozenset(signs | {"filer"}), _filed_by(user))
        yield Somebody(f"{name}, signed", user, frozenset(after_signing), _signed_by(user))
        yield Somebody(f"{name} on the byline", story_people[f"{name}_byline"], frozenset({"byline"}))
        gone = story_people[f"{name}_gone"]
        yield Somebody(f"{name}, filed it, inactive", gone, frozenset(), _filed_by(gone))
        if role in SECTION_ROLES:
            yield Somebody(f"{name} of another section", story_people[f"{name}_elsewhere"], frozenset())


def _filed_by(user: User) -> Callable[[Article], object]:
    return lambda story: Article.objects.filter(pk=story.pk).update(created_by=user)


def _signed_by(user: User) -> Callable[[Article], object]:
    """The first signature under the story becomes theirs, where it still stands."""
    return lambda story: house.live_signatures(story).filter(step=1).update(signer=user)


def make_everybody() -> dict[str, User]:
    people = {}
    for role in (*Role, None):
        name, roles = (role.value, [role]) if role else ("no_role", [])
        for suffix in ("", "_byline", "_gone"):
            people[name + suffix] = house.make_person(f"the_{name}{suffix}", *roles)
        people[f"{name}_gone"].is_active = False
        people[f"{name}_gone"].save()
        if role in SECTION_ROLES:
            people[f"{name}_elsewhere"] = house.make_person(f"the_{name}_x", role, sections=("sports",))
    return people


def story_for(situation: str, people: dict[Role, User], somebodies: dict[str, User]) -> Article:
    """A story in the situation, with everybody on its byline who has to be there."""
    authors = [user for name, user in somebodies.items() if name.endswith("_byline")]
    bylines = [editing.Credit(house.contributor_for(user).pk, "reporter") for user in authors]
    story = house.make_story(people[Role.REPORTER], bylines=bylines)
    for verb, user in path_to(situation, people):
        story = house.act(story, verb, user, "理由")
    return Article.objects.get(pk=story.pk)


@contextmanager
def writes() -> Iterator[list[str]]:
    """What is sent to the database to change it, as it is sent."""
    sent: list[str] = []

    def note(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield sent


def say(verb: Verb, story: Article, user: User | AnonymousUser) -> None:
    if verb == Verb.EDIT:
        editing.save_story(story.pk, {"headline": "改过的"}, based_on=story.version, acting_user=user)
    else:
        act_on_story(story.pk, verb, seen=story.seen, acting_user=user, reason="理由")


def outcome(verb: Verb, story: Article, user: User | AnonymousUser) -> str:
    """What comes of it: done, done wrongly, or the name of the refusal. It is taken back afterwards."""
    savepoint = transaction.savepoint()
    with writes() as sent:
        try:
            say(verb, story, user)
            in_sight = rules.visible_to(user).filter(pk=story.pk).exists()
            in_sight &= rules.can_view(user, Article.objects.get(pk=story.pk))
        except Refusal as refusal:
            return type(refusal).__name__ + (", and yet something was written" if sent else "")
        finally:
            transaction.savepoint_rollback(savepoint)
    if not in_sight:
        return "done, and it is out of their sight"
    acts = sum(AuditEntry._meta.db_table in sql for sql in sent)
    return "done" if acts == 1 else f"done with {acts} audit rows"


def expected(situation: str, verb: Verb, person: Somebody) -> str:
    if verb not in TABLE[situation]:
        return IllegalTransition.__name__
    may = person.words & set(TABLE[situation][verb].split())
    return "done" if may else NotAllowed.__name__


@pytest.mark.parametrize("situation", TABLE)
def test_every_role_says_every_verb(situation, people):
    somebodies = make_everybody()
    story = story_for(situation, people, somebodies)
    wrong, cases = [], 0
    for person in everybody(somebodies, signatures_stand=house.live_signatures(story).exists()):
        savepoint = transaction.savepoint()
        person.prepare(story)
        for verb in Verb:
            cases += 1
            wanted, came = expected(situation, verb, person), outcome(verb, story, person.user)
            if came != wanted:
                wrong.append(f"{person.label} says {verb}: {came}, not {wanted}")
        transaction.savepoint_rollback(savepoint)
    assert wrong == []
    assert cases == len(Verb) * (1 + 5 * (len(Role) + 1) + len(SECTION_ROLES))
