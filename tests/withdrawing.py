"""Stories withdrawn from printed pages, for tests: what readers get of the paper then."""

from __future__ import annotations

import io

from PIL import Image

from articles.states import Verb
from editions.blanking import BLANK
from editions.models import PublishedPage, PublishedPlacement
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house

SHOWN = ("image", "image_png", "image_middle", "thumbnail", "thumbnail_png")


def withdraw(article, people):
    return house.act(article, Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实")


def publish_again(article, people, **fields):
    """Revive the story, say something else in it where `fields` do, and bring it through the review once more."""
    article = house.act(article, Verb.REVIVE, people[Role.EDITOR_IN_CHIEF])
    if fields:
        house.save(article, people[Role.REPORTER], **fields)
    house.act(article, Verb.SUBMIT, people[Role.REPORTER])
    house.sign_all(article, people)
    return house.act(article, Verb.PUBLISH, people[Role.EDITOR_IN_CHIEF])


def addresses() -> set[str]:
    """Every file of the paper that readers are led to."""
    pages = PublishedPage.objects.select_related("edition")
    found = {getattr(page, name) for page in pages for name in (*SHOWN, "pdf")} | {page.edition.pdf for page in pages}
    return found - {""}


def picture(client, address: str) -> Image.Image:
    response = client.get(address)
    assert response.status_code == 200, address
    return Image.open(io.BytesIO(response.getvalue())).convert("RGB")


def cut(image: Image.Image, zone) -> Image.Image:
    """The inner part of a hot zone: what stands there, away from where WebP blurs its edges."""
    left, top, width, height = (side * of / 100 for side, of in zip(zone, image.size * 2, strict=True))
    return image.crop((int(left) + 16, int(top) + 16, int(left + width) - 16, int(top + height) - 16))


def is_blank(image: Image.Image) -> bool:
    return all(
        abs(low - want) <= 4 and abs(high - want) <= 4
        for (low, high), want in zip(image.getextrema(), BLANK, strict=True)
    )


def zones_of(article) -> list:
    return [placement.zone for placement in PublishedPlacement.objects.filter(article__number=article.pk)]
