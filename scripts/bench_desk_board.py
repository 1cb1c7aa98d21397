"""The chief's board with 300 live stories: on eight pages, in review, returned, signed off."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable
from pathlib import Path

from bench_timing import Timing, timed

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

STORIES, ROUNDS = 300, 40


def measure() -> dict[str, list[Timing]]:
    """The whole page, what is fetched again, and an answer that nothing has happened."""
    from django.test import Client

    from tests import newsroom_of_tests as house

    house.make_title()
    people = house.make_people()
    _fill(people)
    client = Client()
    client.force_login(people["editor_in_chief"])

    def ask_again() -> None:
        # A minute that has passed is news too: the tag is the last one heard.
        nonlocal tag
        tag = client.get("/desk/board/live/", headers={"if-none-match": tag})["ETag"]

    tag = ""
    return {
        f"board of {STORIES} stories": _times(lambda: client.get("/desk/board/")),
        "board renewed": _times(lambda: client.get("/desk/board/live/")),
        "board asked, nothing new": _times(ask_again),
    }


def _times(ask: Callable[[], object]) -> list[Timing]:
    ask()
    return [timed(ask) for _ in range(ROUNDS)]


def _fill(people) -> None:
    """Made-up stories, a third of them on pages; each with a byline, every fifth with open remarks."""
    from django.utils import timezone

    from articles.models import Article, Byline, Remark
    from articles.states import State
    from editions.models import Placement
    from tests import newsroom_of_tests as house

    edition = house.open_edition(people, timezone.localdate() + datetime.timedelta(days=1), pages=8)
    author, now = house.contributor_for(people["reporter"]), timezone.now()
    standings = [(State.SIGNED_OFF, None), (State.SUBMITTED, 1), (State.IN_REVIEW, 2), (State.RETURNED, None)]
    for n in range(STORIES):
        state, step = (State.SIGNED_OFF, None) if n % 3 == 0 else standings[n % 4]
        Article.objects.create(
            headline=f"第{n}条：城西夜市今晚六点开市",
            body=f"<p>{'字' * 900}</p>",
            character_count=900,
            section=house.section("sports" if n % 2 else "city"),
            state=state,
            step=step,
            due_at=now + datetime.timedelta(minutes=n - STORIES // 2) if step else None,
            created_by=people["reporter"],
        )
    stories = list(Article.objects.order_by("pk"))
    Byline.objects.bulk_create(Byline(article=story, contributor=author, role="reporter", order=1) for story in stories)
    pages = list(edition.pages.all())
    for n, story in enumerate(stories[::3]):
        page, place = pages[n % len(pages)], n // len(pages)
        Placement.objects.create(
            page=page, article=story, part=1, column=place % 6 + 1, row=40 + 20 * (place // 6), width=1, height=20
        )
    for story in stories[::5]:
        Remark.objects.create(
            article=story,
            version=1,
            anchored_in=1,
            field="body",
            block=0,
            start=0,
            end=1,
            quote="字",
            text="查",
            author_label="甲",
        )
