"""An edition on its way to press, for tests: laid out, proofed, signed."""

from __future__ import annotations

import datetime
import io

from django.core.files.base import ContentFile
from PIL import Image

from articles import editing
from articles.models import Article, Title
from articles.states import State
from editions import planning, pressing, signing
from editions.models import (
    Edition,
    Page,
    PageStory,
    PrintedEdition,
    PrintedFile,
    PrintedFileKind,
    Proof,
    ProofMark,
    ProofRound,
    SignatureKind,
)
from editions.printed_parts import token_of
from editions.publishing import publish_edition
from editions.views.desk.showing import set_page_of
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


def proof_by_hand(page: Page, *, number: int = 1, after: Proof | None = None) -> Proof:
    """A proof of the page with a small picture, where how it was pulled does not matter."""
    proof_round, _created = ProofRound.objects.get_or_create(
        title=page.edition.title, order=1, defaults={"name": "小样", "name_en": "First proof"}
    )
    if after is None:
        description, layout, parts = set_page_of(page)
    else:
        description, layout, parts = after.description, after.layout, after.parts
    proof = Proof(page=page, round=proof_round, number=number, description=description, layout=layout, parts=parts)
    proof.pdf.save("proof.pdf", ContentFile(b"%PDF-"), save=False)
    proof.picture.save("proof.png", ContentFile(png(40, 56)), save=False)
    proof.save()
    return proof


def mark_by_hand(proof: Proof) -> ProofMark:
    return ProofMark.objects.create(proof=proof, left=10, top=10, width=5, height=5, remark="错字")


def file_by_hand(edition: Edition) -> PrintedFile:
    printing = PrintedEdition.objects.create(edition=edition)
    row = PrintedFile(printing=printing, kind=PrintedFileKind.PRESS_PDF)
    row.file.save("2024-03-07-all-press.pdf", ContentFile(b"%PDF-"))
    return row


def png(width: int, height: int, *inked: tuple[int, int, int, int]) -> bytes:
    """A white picture with black rectangles (left, top, right, bottom)."""
    picture, out = Image.new("RGB", (width, height), "white"), io.BytesIO()
    for box in inked:
        picture.paste("black", box)
    picture.save(out, "PNG")
    return out.getvalue()


def sign_all(edition: Edition, people) -> None:
    for page in edition.pages.all():
        for kind, role in SIGNERS.items():
            sign(page, kind, people[role])


def press(edition: Edition, people) -> PrintedEdition:
    return pressing.release_to_press(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])


def in_front_of_readers(people, *, said_of_photo: dict[str, str] | None = None, **fields) -> Edition:
    """An edition that was printed and published: two stories on page 1, the one with a picture, a third on page 2.

    `fields` are the pictured one's.
    """
    ask_for_signatures(people)
    photo = house.make_photo(people[Role.REPORTER], house.jpeg(1200, 800), **(said_of_photo or {}))
    quiet = "图书馆把闭馆时间推迟到夜里十点，自习的学生说多出来的钟头最安静。" * 12
    pictured = story(people, pictures=[editing.Picture(photo.pk)], **{"headline": "查无实据的事"} | fields)
    edition = edition_of(people, pictured, story(people, headline="第二版的事", body=f"<p>{quiet}</p>"))
    lay_out(edition, 1, pictured, people, (4, 20, 3, 20), photo)
    lay_out(edition, 1, other_story(people), people, (1, 45, 3, 20))
    sign_all(edition, people)
    press(edition, people)
    publish_edition(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])
    return edition


def placed(edition: Edition, headline: str) -> Article:
    """The story with this headline on a page of the edition."""
    return Article.objects.filter(placements__page__edition=edition, headline=headline).distinct().get()
