"""An edition on its way to press, for tests: laid out, proofed, signed."""

from __future__ import annotations

import datetime

from articles.models import Article, Title
from articles.states import State
from editions import planning, pressing, signing
from editions.models import Edition, Page, PageStory, PrintedEdition, SignatureKind
from editions.printed_parts import token_of
from newsroom.staff.models import User
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house

SIGNERS = {
    SignatureKind.PROOFREADER: Role.PROOFREADER,
    SignatureKind.PAGE_EDITOR: Role.DESK_CHIEF,
    SignatureKind.EDITOR_IN_CHIEF: Role.EDITOR_IN_CHIEF,
}
PARAGRAPH = "城西的夜市入夏后每晚七点开市，三百多个摊位沿河排开，管理人员说今年新添了公共水槽和垃圾分类点。"


def story(people, **fields) -> Article:
    """A signed-off story that fills its place on the page."""
    values = {"body": f"<p>{PARAGRAPH * 3}</p>" * 3, "headline": "城西夜市今晚开市"} | fields
    return house.story_in(State.SIGNED_OFF, people, **values)


def lay_out(edition: Edition, order: int, article: Article, people, rectangle=(1, 20, 3, 20), photo=None, **treatment):
    """Place the story, or one of its pictures, and let the page treat it so."""
    placement = house.place(edition, order, article, people, rectangle, photo)
    if treatment:
        PageStory.objects.filter(page=placement.page_id, article=article).update(**treatment)
    return placement


def edition_of(people, *articles: Article, date: datetime.date = datetime.date(2024, 3, 7)) -> Edition:
    """An edition with one page for each story, in which nothing is wrong but the signatures."""
    edition = house.open_edition(people, date, pages=len(articles))
    for order, article in enumerate(articles, start=1):
        lay_out(edition, order, article, people)
    return edition


def ask_for_signatures(people) -> None:
    planning.add_standard_rounds(Title.objects.get(), acting_user=people[Role.ADMINISTRATOR])


def seen(page: Page) -> str:
    """What somebody who looks at the page now sends back with a signature."""
    return token_of(signing.parts_now(page))


def sign(page: Page, kind: SignatureKind, user: User):
    return signing.sign_page(page.pk, kind, seen=seen(page), acting_user=user)


def other_story(people, **fields) -> Article:
    """A second one, which says something else."""
    text = "河水今晨涨了三十厘米，防汛人员已到现场值守，沿岸居民照常出行。" * 14
    return story(people, **{"headline": "河水涨了三十厘米", "body": f"<p>{text}</p>"} | fields)


def sign_all(edition: Edition, people) -> None:
    for page in edition.pages.all():
        for kind, role in SIGNERS.items():
            sign(page, kind, people[role])


def press(edition: Edition, people) -> PrintedEdition:
    return pressing.release_to_press(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])
