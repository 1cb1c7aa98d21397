"""A story's content as lines that a person can read and compare, and the revision to compare it with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from html.parser import HTMLParser
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from articles.content import DESK_FIELDS, SIGNED_FIELDS, Content
from articles.models import Article, BylineRole, Contributor, Genre, Revision, Section
from articles.text.diffing import Lines
from articles.text.leadin import LeadInKind
from newsroom.staff.acts import Act
from newsroom.staff.models import AuditEntry, User

_CHOICES: Mapping[str, Mapping[str, object]] = {
    "genre": {choice.value: choice.label for choice in Genre},
    "lead_in_kind": {choice.value: choice.label for choice in LeadInKind},
}


class Why(StrEnum):
    """Why a revision is the one to compare with: it is what was before me when I was refused, what I signed or
    returned, what was signed last, or submitted.
    """

    BEFORE_ME = auto()
    MY_SIGNATURE = auto()
    MY_RETURN = auto()
    LAST_SIGNATURE = auto()
    SUBMISSION = auto()


class Base(NamedTuple):
    """The revision to compare the present text with, and why that one."""

    revision: Revision
    why: Why


def bases_for(article: Article, user: User, before_them: int = 0) -> list[Base]:
    """What the present text can be compared with, each revision once: what `user` signed or returned, what
    anybody signed last, what was submitted; before all of it the version `before_them`, where it was before their
    eyes and is not what stands. The first is what `user` saw last; a signature that is void since is still what
    its signer has read.
    """
    signatures = list(article.signatures.select_related("revision"))
    mine = [signature for signature in signatures if signature.signer_id == user.pk]
    bases = _sent_on_and_back(article, user)
    seen = [Base(mine[-1].revision, Why.MY_SIGNATURE)] if mine else []
    seen += [base for base in bases if base.why == Why.MY_RETURN]
    seen.sort(key=lambda base: -base.revision.number)
    last = [Base(signatures[-1].revision, Why.LAST_SIGNATURE)] if signatures else []
    unique: dict[int, Base] = {}
    shown = article.revisions.filter(number=before_them).exclude(number=article.version) if before_them else []
    for base in [*(Base(revision, Why.BEFORE_ME) for revision in shown), *seen, *last, *bases]:
        unique.setdefault(base.revision.pk, base)
    return list(unique.values())


def _sent_on_and_back(article: Article, user: User) -> list[Base]:
    """What was submitted last, and what `user` returned last; two queries, whatever there is."""
    acts = Q(act=Act.STORY_SUBMIT) | Q(act=Act.STORY_RETURN, actor_id=user.pk)
    numbers: dict[str, int] = {}
    for entry in AuditEntry.objects.about(article).filter(acts):
        numbers.setdefault(entry.act, entry.data["version"])
    revisions = {one.number: one for one in article.revisions.filter(number__in=numbers.values())}
    reasons = {Act.STORY_RETURN: Why.MY_RETURN, Act.STORY_SUBMIT: Why.SUBMISSION}
    return [Base(revisions[numbers[act]], why) for act, why in reasons.items() if act in numbers]


@dataclass(frozen=True)
class Names:
    """What the ids in contents are called: people by contributor id, sections by id."""

    people: Mapping[int, str]
    sections: Mapping[int, str]

    def with_people(self, people: Mapping[int, str]) -> Names:
        """With some more people, who may be no contributors yet."""
        return Names({**people, **self.people}, self.sections)


def names_in(contents: Iterable[Content]) -> Names:
    """The names of everybody and every section that `contents` mention. Two queries."""
    contents = list(contents)
    people = {credit["contributor"] for content in contents for credit in content["bylines"]}
    return Names(
        people={person.pk: person.name for person in Contributor.objects.filter(pk__in=people)},
        sections={section.pk: str(section) for section in Section.objects.all()},
    )


def lines_of(content: Content, names: Names) -> Lines:
    """`content` field by field as lines of plain text, under the fields' names; nothing for empty ones."""
    lines = {name: _field_lines(name, content[name], names) for name in SIGNED_FIELDS + DESK_FIELDS}
    lines["bylines"] = [
        f"{BylineRole(credit['role']).label} {names.people.get(credit['contributor'], '?')}"
        for credit in content["bylines"]
    ]
    lines["pictures"] = [
        " · ".join(filter(None, [_("Photo %(number)s") % {"number": picture["photo"]}, *_words(picture)]))
        for picture in content["pictures"]
    ]
    return {name: text for name, text in lines.items() if text}


def label_of(field: str) -> str:
    """What a field of a content is called on the desk."""
    if field == "bylines":
        return _("Byline")
    if field == "pictures":
        return _("Pictures")
    return str(Article._meta.get_field(field.removesuffix("_id")).verbose_name)  # type: ignore[union-attr]


def _words(picture: Mapping[str, str]) -> list[str]:
    return [" ".join(picture[name].split()) for name in ("caption", "credit", "alt")]


def _field_lines(name: str, value: object, names: Names) -> list[str]:
    if name == "body":
        return body_lines(str(value))
    if name == "section_id":
        return [names.sections.get(int(str(value)), "?")]
    if name in _CHOICES:
        return [str(_CHOICES[name].get(str(value), value))]
    return str(value).splitlines() if value else []


def body_lines(html: str) -> list[str]:
    """A clean body as one line a paragraph, its vocabulary written as plain marks, so that a change of
    nothing but a link or of bold type shows as well.
    """
    reader = _LineReader()
    reader.feed(html)
    reader.close()
    return reader.lines


class _LineReader(HTMLParser):
    """Turns a clean body into lines."""

    OPENING = {"h2": "■ ", "blockquote": "〉", "li": "• ", "strong": "**", "figcaption": "▣ "}
    BREAKS = frozenset({"p", "h2", "blockquote", "li", "figure", "figcaption"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._text = ""
        self._marks = ""
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.BREAKS:
            self._flush()
            self._marks += self.OPENING.get(tag, "")
        elif tag == "strong":
            self._text += self.OPENING[tag]
        elif tag == "a":
            self._links.append(dict(attrs).get("href") or "")
        elif tag == "img":
            self._show_picture(dict(attrs))

    def _show_picture(self, attributes: dict[str, str | None]) -> None:
        number = "".join(filter(str.isdigit, attributes.get("src") or ""))
        self.lines.append(f"▣ {number} {attributes.get('alt') or ''}".strip())

    def handle_endtag(self, tag: str) -> None:
        if tag in self.BREAKS:
            self._flush()
            self._marks = ""
        elif tag == "strong":
            self._text += self.OPENING[tag]
        elif tag == "a" and self._links:
            self._text += f"〔{self._links.pop()}〕"

    def handle_data(self, data: str) -> None:
        self._text += data

    def close(self) -> None:
        super().close()
        self._flush()

    def _flush(self) -> None:
        text = " ".join(self._text.split())
        self._text = ""
        if text:
            self.lines.append(self._marks + text)
