"""A small newsroom for tests: made through the services wherever there is one."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.utils import timezone
from PIL import Image

from articles import editing, remarks
from articles.content import content_of
from articles.models import Article, Contributor, Photo, Remark, ReviewStep, Section, Signature, Title
from articles.photos import keeping
from articles.pictures.crops import Framing
from articles.publishing import act_on_story
from articles.states import State, Verb
from editions import placing, planning
from editions.geometry import Rectangle
from editions.models import Edition, PageTemplate
from editions.planning import PagePlan
from newsroom.staff import handovers
from newsroom.staff.models import Handover, RoleGrant, User
from newsroom.staff.roles import SECTION_ROLES, SIGNING_ROLES, Role

PASSWORD = "correct horse battery"


def make_title() -> Title:
    title = Title.objects.create(name="试验日报", name_en="Test Daily", cn_number="CN 00-0001", publisher="试验报社")
    for order, role in enumerate(SIGNING_ROLES, start=1):
        ReviewStep.objects.create(title=title, order=order, role=role)
    Section.objects.create(title=title, slug="city", name="本市", name_en="City", order=1)
    Section.objects.create(title=title, slug="sports", name="体育", name_en="Sports", order=2)
    PageTemplate.objects.create(title=title, name="broadsheet", is_default=True)
    return title


def section(slug: str = "city") -> Section:
    return Section.objects.get(slug=slug)


def make_person(username: str, *roles: Role, sections: tuple[str, ...] = ("city",)) -> User:
    user = User.objects.create_user(username, password=PASSWORD, name=f"{username}（测）")
    for role in roles:
        for slug in sections if role in SECTION_ROLES else (None,):
            RoleGrant.objects.create(user=user, role=role, section=section(slug) if slug else None)
    return user


def make_people() -> dict[Role, User]:
    return {role: make_person(role.value, role) for role in Role}


def person(username: str) -> User:
    """The person anew, without what the last request cached about them."""
    return User.objects.get(username=username)


def contributor_for(user: User) -> Contributor:
    found, _created = Contributor.objects.get_or_create(
        user=user, defaults={"name": user.name, "slug": user.username.replace("_", "-")}
    )
    return found


def make_story(owner: User, **fields) -> Article:
    """A draft of `owner`'s in the section `city`."""
    values = {
        "headline": "城西夜市今晚开市",
        "body": "<p>第一段，写今晚的事。</p><p>第二段，写明天的事。</p>",
        "section_id": section().pk,
        "lead_in_kind": "own",
    }
    lists = {name: fields.pop(name) for name in ("bylines", "pictures") if name in fields}
    return editing.create_story(values | fields, acting_user=owner, **lists)


def act(article: Article, verb: Verb, user: User, reason: str = "") -> Article:
    """`user` says `verb` to the story as it stands now."""
    article = Article.objects.get(pk=article.pk)
    return act_on_story(article.pk, verb, seen=article.seen, acting_user=User.objects.get(pk=user.pk), reason=reason)


def bring_to(article: Article, state: State, people: dict[Role, User]) -> Article:
    """Take a draft through the workflow until it stands in `state`, each act by whoever may."""
    owner, chief = people[Role.REPORTER], people[Role.EDITOR_IN_CHIEF]
    review = [(Verb.SIGN, people[role], "") for role in SIGNING_ROLES]
    submit = [(Verb.SUBMIT, owner, "")]
    path: dict[State, list[tuple[Verb, User, str]]] = {
        State.DRAFT: [],
        State.SUBMITTED: submit,
        State.IN_REVIEW: submit + review[:1],
        State.RETURNED: [*submit, (Verb.RETURN, people[Role.SECTION_EDITOR], "缺少来源")],
        State.SIGNED_OFF: submit + review,
        State.PUBLISHED: [*submit, *review, (Verb.PUBLISH, chief, "")],
        State.SPIKED: [(Verb.SPIKE, owner, "不再成立")],
        State.WITHDRAWN: [*submit, *review, (Verb.PUBLISH, chief, ""), (Verb.WITHDRAW, chief, "失实")],
    }
    for verb, user, reason in path[state]:
        article = act(article, verb, user, reason)
    return article


def story_in(state: State, people: dict[Role, User], **fields) -> Article:
    return bring_to(make_story(people[Role.REPORTER], **fields), state, people)


def jpeg(width: int = 60, height: int = 40, colour: str = "teal") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG")
    return out.getvalue()


def make_photo(owner: User, data: bytes | None = None, **fields) -> Photo:
    values = {"caption": "图为夜市一角。", "credit": "甲某 摄", "alt": "夜市的灯"} | fields
    return keeping.add_photo(ContentFile(data or jpeg(), name="p.jpg"), values, acting_user=owner)


def frame(photo: Photo, point: tuple[int, int], by_hand: dict[str, Framing], user: User) -> Photo:
    """`user` frames the photo as it stands now."""
    seen = Photo.objects.get(pk=photo.pk).framing_seen
    return keeping.frame_photo(photo.pk, point, by_hand, seen=seen, acting_user=user)


def open_edition(people: dict[Role, User], date: datetime.date = datetime.date(2024, 3, 7), pages: int = 2) -> Edition:
    names = ["要闻", "综合", "民生", "文体", "县区", "经济", "体育", "副刊"]
    plans = [PagePlan(str(number), names[number - 1]) for number in range(1, pages + 1)]
    return planning.open_edition(date, plans, acting_user=people[Role.EDITOR_IN_CHIEF])


def place(edition: Edition, page_order: int, article: Article, people, rectangle=(1, 20, 3, 20), photo=None):
    return placing.place_story(
        edition.pages.get(order=page_order).pk,
        article.pk,
        Rectangle(*rectangle),
        photo_id=photo.pk if photo else None,
        acting_user=people[Role.PAGE_DESIGNER],
    )


def save(article: Article, user: User, **fields) -> Article:
    """`user` saves `fields`, based on the version that stands."""
    version = Article.objects.get(pk=article.pk).version
    return editing.save_story(article.pk, fields, based_on=version, acting_user=user).article


def passage(article: Article, quote: str, field: str = "body") -> remarks.Passage:
    """The words `quote` where they first stand in the version of the story that stands."""
    article = Article.objects.get(pk=article.pk)
    texts = remarks.texts_of(content_of(article), field)
    block = next(number for number, text in enumerate(texts) if quote in text)
    start = texts[block].index(quote)
    return remarks.Passage(field, block, start, start + len(quote), quote, article.version)


def remark(article: Article, user: User, quote: str, text: str = "查一查", field: str = "body") -> Remark:
    """`user` remarks on the words `quote`."""
    return remarks.write_remark(article.pk, passage(article, quote, field), text, acting_user=person(user.username))


def hand_over(giver: User, receiver: User, hours: float = 8, role: Role | None = None) -> Handover:
    """The giver's (first) duty, from now on for so many hours."""
    grants = giver.role_grants.filter(role=role) if role else giver.role_grants.all()
    now = timezone.now()
    made = handovers.hand_over(
        [grants.order_by("pk")[0].pk],
        receiver.pk,
        begins_at=now,
        ends_at=now + datetime.timedelta(hours=hours),
        acting_user=giver,
    )
    return made.first


def stand_in(username: str = "deputy", *roles: Role) -> User:
    """Somebody of another section to whom every duty of the review can be handed over."""
    deputy = make_person(username, Role.DESK_CHIEF, sections=("sports",))
    RoleGrant.objects.bulk_create(RoleGrant(user=deputy, role=role) for role in roles)
    return deputy


def live_signatures(article: Article) -> QuerySet[Signature]:
    return Signature.objects.filter(article=article, voided_at__isnull=True)


def set_steps(*roles: Role) -> None:
    """Let the title review in these steps."""
    ReviewStep.objects.all().delete()
    for order, role in enumerate(roles, start=1):
        ReviewStep.objects.create(title=Title.objects.get(), order=order, role=role)


def credit(user: User, role: str = "reporter") -> editing.Credit:
    return editing.Credit(contributor_for(user).pk, role)


def sign_all(article: Article, people: dict[Role, User]) -> Article:
    """Every step that is still awaited, each by whoever has the turn."""
    roles = list(ReviewStep.objects.values_list("role", flat=True))
    article = Article.objects.get(pk=article.pk)
    while article.step is not None:
        article = act(article, Verb.SIGN, people[Role(roles[article.step - 1])])
    return article


def files_below(folder: str) -> list[Path]:
    """Every file in a folder and the folders in it."""
    return sorted(path for path in Path(folder).rglob("*") if path.is_file())
