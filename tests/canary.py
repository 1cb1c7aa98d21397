"""Stories that no reader may see, with a token in everything that is said of them, and a reader who looks for one
everywhere: in every page, feed, file and header that can be reached, and at the addresses that they would have.
"""

from __future__ import annotations

import datetime
import io
import json
import re
import secrets
import zipfile
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from typing import Any, NamedTuple

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from PIL import Image

from articles import editing
from articles.models import Article, Contributor, Photo, Section, Title
from articles.photos import keeping
from articles.scheduling import set_release_times
from articles.states import State, Verb
from editions.models import Edition
from newsroom.staff.models import User
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import picture_files
from tests import press_house as press
from tests.typeset_reading import all_said

People = dict[Role, User]
SITE = "http://testserver"
# What the desk alone is led to, and what is the same whatever is published.
# What is no page for readers, and where the API says which addresses answer 410.
ELSEWHERE = ("/api/v1/withdrawals/", "/desk/", "/en/desk/", "/admin/", "/accounts/", "/en/accounts/", "/static/")
SEEDS = (
    "/",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemaps/news.xml",
    "/archive/",
    "/cards/nameplate.png",
    "/search/",
    "/search/?q=夜市",
    "/search/?q=zq",
    "/search/suggest/?q=zq",
    "/search/suggest/?q=夜市",
)
_LINK = re.compile(r'\b(?:href|src|content|data-[a-z]+)="([^"]+)"|<(?:loc|link|url|image:loc)>([^<]+)<')
_SETS = re.compile(r'\bsrcset="([^"]+)"')
# Says when the reading side last changed, which it did.
# Addresses that the API's description names as beginnings of others.
_NAMED_ALONE = {"/api/v1", "/api/v1/search/"}
_BOOK = "application/epub+zip"
_OF_TIME = {"Last-Modified"}


class Answer(NamedTuple):
    """What a reader gets at an address."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Tokens:
    """Tokens of one run: each is one word in no language, and all begin alike."""

    def __init__(self) -> None:
        self.run = "zq" + secrets.token_hex(2)
        self._count = 0

    def __call__(self) -> str:
        self._count += 1
        return f"{self.run}{self._count:06d}"

    def among(self, data: bytes) -> set[str]:
        """The tokens in some bytes, as text or as UTF-16."""
        text = data.decode("latin-1").lower()
        return set(re.findall(rf"{self.run}[0-9]*", text)) | set(
            re.findall(rf"{self.run}[0-9]*", text.replace("\0", ""))
        )


# -- what is hidden ----------------------------------------------------------------------------------------


def words(token: Tokens) -> dict[str, Any]:
    """Every field of a story, each with a token of its own beside a word by which others are found."""
    named = ("kicker", "headline", "subhead", "web_headline", "summary", "slugline", "desk_note")
    return {
        **{name: f"夜市{token()}" for name in named},
        "body": f"<p>夜市今晚开张，{token()}。</p><h2>{token()}</h2><p>明天也开张。</p>",
        "keywords": f"夜市 {token()}",
        "lead_in_kind": "agency",
        "lead_in_agency": token(),
        "lead_in_place": token(),
    }


def picture(token: Tokens, owner: User, **fields: str) -> Photo:
    """A photo whose file's name and all of whose caption data are tokens; `fields` are said of it instead."""
    colour = tuple(secrets.randbelow(256) for _channel in range(3))
    plain = picture_files.saved(
        Image.new("RGB", (640, 480), colour), exif=picture_files.exif({270: token(), 315: token()})
    )
    described = f"<dc:description><rdf:Alt><rdf:li>{token()}</rdf:li></rdf:Alt></dc:description>"
    caption = picture_files.iim(picture_files.UTF8, (2, 120, token().encode()), (2, 80, token().encode()))
    data = picture_files.with_xmp(described, jpeg=picture_files.with_iim(caption, plain))
    said = {name: token() for name in ("caption", "credit", "alt", "source", "headline", "people", "rights")} | fields
    return keeping.add_photo(ContentFile(data, name=f"{token()}.jpg"), said, acting_user=owner)


def writer(token: Tokens) -> editing.Credit:
    """A byline under which nothing is public, in tokens."""
    person = Contributor.objects.create(name=token(), slug=token(), bio=token())
    return editing.Credit(person.pk, "reporter")


def hidden_story(token: Tokens, people: People, state: State, **fields: Any) -> Article:
    return house.story_in(
        state,
        people,
        bylines=[writer(token)],
        pictures=[editing.Picture(picture(token, people[Role.REPORTER]).pk, token(), token(), token())],
        **words(token) | fields,
    )


def _timed(which: str) -> Callable[[Tokens, People], Article]:
    def plant(token: Tokens, people: People) -> Article:
        story = hidden_story(token, people, State.SIGNED_OFF)
        times = {"embargo_until": None, "publish_at": None} | {which: timezone.now() + datetime.timedelta(days=1)}
        return set_release_times(story.pk, **times, acting_user=people[Role.EDITOR_IN_CHIEF])

    return plant


def _in_state(state: State) -> Callable[[Tokens, People], Article]:
    return lambda token, people: hidden_story(token, people, state)


def _in_a_section_of_its_own(token: Tokens, people: People) -> Article:
    values = {"slug": token(), "name": token(), "name_en": token(), "order": 9}
    section = Section.objects.create(title=Title.objects.get(), **values)
    return hidden_story(token, people, State.DRAFT, section_id=section.pk)


def _on_a_page_to_come(token: Tokens, people: People) -> Article:
    story = hidden_story(token, people, State.SIGNED_OFF)
    date = datetime.date(2024, 3, 8) + datetime.timedelta(days=Edition.objects.count())
    house.place(house.open_edition(people, date, pages=1), 1, story, people)
    return story


HIDDEN: tuple[Callable[[Tokens, People], Article], ...] = (
    *(_in_state(state) for state in State if state != State.PUBLISHED),
    _timed("embargo_until"),
    _timed("publish_at"),
    _in_a_section_of_its_own,
    _on_a_page_to_come,
)


def plant(token: Tokens, people: People, count: int) -> list[Article]:
    """So many stories in every state that no reader sees, in turn."""
    return [HIDDEN[place % len(HIDDEN)](token, people) for place in range(count)]


# -- what is seen ------------------------------------------------------------------------------------------


def lay_out(token: Tokens, people: People) -> Article:
    """What readers do see: stories of the web, one that was corrected in everything, an edition that was printed and
    from which one was withdrawn, its PDFs set anew. Returns a story of the web.
    """
    seen = house.contributor_for(people[Role.REPORTER])
    photo = picture(token, people[Role.REPORTER], caption="夜市一角。", credit="甲某 摄", alt="夜市的灯")
    clean = {"keywords": "夜市 开张", "summary": "夜市今晚开张。"}
    credits, pictures = [editing.Credit(seen.pk, "reporter")], [editing.Picture(photo.pk)]
    stories = [
        house.story_in(
            State.PUBLISHED, people, headline=f"夜市第{number}晚", bylines=credits, pictures=pictures, **clean
        )
        for number in range(3)
    ]
    _correct(hidden_story(token, people, State.PUBLISHED), people, credits, pictures)
    edition = press.in_front_of_readers(
        people,
        said_of_photo={name: token() for name in ("caption", "credit", "alt")},
        headline=token(),
        body=f"<p>{token()}{press.PARAGRAPH * 3}</p>" * 3,
    )
    [printed] = Article.objects.filter(headline__startswith=token.run, placements__page__edition=edition).distinct()
    house.act(printed, Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], token())
    call_command("set_pdfs_anew", stdout=io.StringIO())
    return stories[0]


def _correct(story: Article, people: People, credits: list[editing.Credit], pictures: list[editing.Picture]) -> None:
    chief = people[Role.EDITOR_IN_CHIEF]
    story = house.act(story, Verb.CORRECT, people[Role.DESK_CHIEF], "夜市的时间有误")
    fields = dict.fromkeys(words(Tokens()), "") | {
        "headline": "夜市改期",
        "lead_in_kind": "own",
        "body": "<p>夜市改期。</p>",
    }
    editing.save_story(
        story.pk,
        fields,
        based_on=story.version,
        bylines=credits,
        pictures=pictures,
        acting_user=house.person(chief.username),
    )
    house.act(story, Verb.SIGN, chief)


def rewrite(token: Tokens, people: People, story: Article) -> None:
    """Say something else in the working copy of a story that readers see, and remark on it."""
    house.save(story, people[Role.DESK_CHIEF], **words(token))
    house.remark(story, people[Role.EDITOR_IN_CHIEF], "今晚开张", token())


# -- who looks ---------------------------------------------------------------------------------------------


def crawl() -> dict[str, Answer]:
    """Everything that a reader reaches from the seeds in any language, by address."""
    client, found = Client(), {}
    waiting = [*SEEDS, f"/archive/{timezone.localdate():%Y/%m}/"]
    while waiting:
        address = waiting.pop()
        if address in found or address.startswith(ELSEWHERE) or address in _NAMED_ALONE:
            continue
        found[address] = answer = ask(client, address)
        waiting += links_in(answer)
    return found


def ask(client: Client, address: str) -> Answer:
    response = client.get(address)
    headers = tuple(sorted(item for item in response.items() if item[0] not in _OF_TIME))
    return Answer(response.status_code, headers, response.getvalue())


def links_in(answer: Answer) -> Iterator[str]:
    """The addresses of this site in an answer; of a search's own, which are without number, the pages it leads to."""
    kind = dict(answer.headers).get("Content-Type", "")
    if kind.startswith(("image/", "application/pdf", _BOOK)):
        return
    text = answer.body.decode()
    if "json" in kind:
        said = list(_strings(json.loads(text)))
    else:
        said = [one or other for one, other in _LINK.findall(text)]
        said += [part.split()[0] for found in _SETS.findall(text) for part in found.split(",") if part.strip()]
    for address in said:
        path = unescape(address).strip().removeprefix(SITE).partition("#")[0]
        if path.startswith("/") and not path.startswith("//") and " " not in path and "/search/?" not in path:
            yield path


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        yield from (one or other for one, other in _LINK.findall(value))
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def leaks(token: Tokens, pages: dict[str, Answer]) -> list[str]:
    """A line for each answer that says a token: in its address, its headers, its bytes, or what a PDF or a picture
    says when it is opened.
    """
    told = []
    for address, answer in pages.items():
        said = [address.encode(), repr(answer.headers).encode(), answer.body, _opened(answer)]
        if found := set().union(*map(token.among, said)):
            told.append(f"{address} says {', '.join(sorted(found))}")
    return told


def _opened(answer: Answer) -> bytes:
    kind = dict(answer.headers).get("Content-Type", "")
    if kind == _BOOK:
        with zipfile.ZipFile(io.BytesIO(answer.body)) as book:
            return b"".join(name.encode() + book.read(name) for name in book.namelist())
    if kind == "application/pdf":
        return all_said(answer.body).encode()
    if kind.startswith("image/") and "svg" not in kind and answer.status == 200:
        with Image.open(io.BytesIO(answer.body)) as image:
            return repr((image.info, dict(image.getexif()))).encode()
    return b""


def differences(before: dict[str, Answer], after: dict[str, Answer]) -> list[str]:
    """A line for each address that came, went, or answers otherwise."""
    return [
        f"{address} {'came' if address not in before else 'went' if address not in after else 'changed'}"
        for address in sorted({*before, *after})
        if before.get(address) != after.get(address)
    ]


def public_files() -> set[str]:
    """Every file that is in the public store for a web server to give out."""
    root = storages["public"].path("")
    return {
        str(path.relative_to(root)) for path in house.files_below(root) if "epoch" not in str(path.relative_to(root))
    }


def at_home(stories: Iterable[Article]) -> list[str]:
    """A line for each address that a hidden story would have which answers as if something were there."""
    client, told = Client(), []
    for story in stories:
        gone = story.state == State.WITHDRAWN
        own = [f"{prefix}/stories/{story.pk}/" for prefix in ("", "/en", "/zh-hant")] + [f"/cards/{story.pk}.png"]
        own.append(f"/oembed/?url={SITE}/stories/{story.pk}/")
        people = [f"/authors/{byline.contributor.slug}/" for byline in story.byline_list]
        tags = [f"/tags/{word}/" for word in story.keywords.split() if word != "夜市"]
        section = [] if story.section.slug == "city" else [f"/sections/{story.section.slug}/"]
        wanted = dict.fromkeys([*own, *people, *tags], 410 if gone else 404) | dict.fromkeys(section, 404)
        told += [
            f"{path} answers {got}" for path, want in wanted.items() if (got := client.get(path).status_code) != want
        ]
    return told


class Run(NamedTuple):
    """What came of one run: how much was hidden and looked at, and a line for everything that is wrong."""

    hidden: int
    looked_at: int
    wrong: list[str]


def run(people: People, count: int) -> Run:
    """Lay out what is seen, look at all of it, hide `count` stories, look again: nothing may be different."""
    token = Tokens()
    seen = lay_out(token, people)
    before, files = crawl(), public_files()
    stories = plant(token, people, count)
    rewrite(token, people, seen)
    after = crawl()
    stories = list(Article.objects.filter(pk__in=[story.pk for story in stories]).select_related("section"))
    wrong = [*leaks(token, after), *differences(before, after), *at_home(stories)]
    wrong += [f"{address} answers {answer.status}" for address, answer in after.items() if answer.status != 200]
    wrong += [f"{file} is in the public store" for file in sorted(public_files() ^ files)]
    return Run(len(stories), len(after), wrong)
