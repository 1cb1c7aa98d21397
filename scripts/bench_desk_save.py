"""A story of 5,000 characters saved: from the request to the answer, without the network."""

from __future__ import annotations

import random
import sys

from bench_timing import Timing, timed
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import editing
from articles.models import Article
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import fields_of

ROUNDS = 100
CHANCE = random.Random(5)


def measure() -> dict[str, list[Timing]]:
    """Timings of each round, by what was saved."""
    house.make_title()
    reporter = house.make_people()[Role.REPORTER]
    other = house.make_person("other_reporter", Role.REPORTER)
    credits_ = [house.credit(reporter), house.credit(other)]
    pictures = [editing.Picture(house.make_photo(reporter).pk) for _ in range(3)]
    paragraphs = [_words(125) for _ in range(40)]
    story = house.make_story(reporter, body=_body(paragraphs), bylines=credits_, pictures=pictures)
    client = Client()
    client.force_login(reporter)
    page, where = f"/desk/stories/{story.pk}/edit/", f"/desk/stories/{story.pk}/save/"
    form = fields_of(client.get(page), "story-form")

    def save(**typed: str) -> dict:
        form.update(typed)
        answer = client.post(where, form, headers={"Accept": "application/json"})
        said = answer.json()
        if answer.status_code != 200:
            raise RuntimeError(said)
        form["based_on"] = str(said["version"])
        if said["merged"]:
            form["body"] = said["merged"]["content"]["body"]
        return said

    def change_text() -> None:
        paragraphs[CHANCE.randrange(20)] = _words(125)
        save(body=_body(paragraphs), autosave="1")

    def change_byline() -> None:
        save(**{"bylines-0-role": CHANCE.choice(["reporter", "editor", "compiler", "photographer"])})

    def merge() -> None:
        paragraphs[CHANCE.randrange(20)] = _words(125)
        theirs = Article.objects.get()
        begun = theirs.body[: len(theirs.body) // 2] + theirs.body[len(theirs.body) // 2 :].replace("</p>", "改</p>", 1)
        editing.save_story(theirs.pk, {"body": begun}, based_on=theirs.version, acting_user=other)
        merges.append(timed(lambda: save(body=_body(paragraphs))))
        paragraphs[:] = _paragraphs_of(form["body"])

    merges: list[Timing] = []
    with CaptureQueriesContext(connection) as queries:
        change_text()
    sys.stdout.write(f"{connection.vendor}: {len(queries)} queries for a save of the text\n")
    found = {
        "save: text of 5,000 characters changed": [timed(change_text) for _ in range(ROUNDS)],
        "save: nothing changed": [timed(save) for _ in range(ROUNDS)],
        "save: byline changed": [timed(change_byline) for _ in range(ROUNDS)],
    }
    for _round in range(ROUNDS):
        merge()
    return found | {"save: merged with somebody else's": merges}


def _words(length: int) -> str:
    return "".join(chr(CHANCE.randrange(0x4E00, 0x4E00 + 900)) for _ in range(length - 1)) + "。"


def _body(paragraphs: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in paragraphs)


def _paragraphs_of(body: str) -> list[str]:
    return body.removeprefix("<p>").removesuffix("</p>").split("</p><p>")
