"""The whole edit form of a story: fields, byline, pictures and uploads, saved in one stroke or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.forms import model_to_dict
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from articles import contributors, editing
from articles.content import Content
from articles.coverage_states import LIVE_ASSIGNMENTS, AssignmentKind
from articles.errors import NotAllowed, Refusal, StaleVersion
from articles.forms.lists import Bylines, Pictures
from articles.forms.parsing import token, whole_number
from articles.forms.posting import posted
from articles.forms.story import StoryForm
from articles.models import Article, Assignment, BylineRole, Contributor, Photo, Revision
from articles.photos.alike import LooksLike
from articles.photos.intake import take_in
from articles.text.diffing import Difference, Lines, compare
from articles.text.merging import Merge
from articles.versions.comparing import Names, lines_of, names_in
from newsroom.staff.models import User

# So many stories of somebody's are looked at for the section that they write for.
LATEST = 5


class StoryEditor:
    """One showing of the edit form; `article` is None for a story that is still to be filed, perhaps against an
    `assignment`, from which it then begins.

    `based_on` is the version that the text in the form continues, `filing_token` the name of a filing. After a
    stale save `theirs` is the revision that stands (`their_lines` its text), `merge` what could be merged and what
    not: the form then holds everything merged, with what was typed where the two part, `differences` lead there
    from `theirs`, and `based_on` has moved to it: who saves again has seen it. `is_turned_away` where the story is
    out of its writer's sight. `asks` whether a file sent along that looks like a photo which is here already is asked
    about. `not_yet_people` are the numbers that new people of the byline would have got.
    """

    def __init__(self, user: User, article: Article | None, assignment: Assignment | None = None) -> None:
        self.user = user
        self.article = article
        self.assignment = article.assignment if article else assignment
        self.based_on = article.version if article else 0
        self.filing_token = uuid4()
        self.sending = editing.PRESSED
        self.refused: Refusal | ValidationError | None = None
        self.is_turned_away = False
        self.asks = True
        self.problems: list[str] = []
        self.theirs: Revision | None = None
        self.merge: Merge | None = None
        self.their_lines: Lines = {}
        self.differences: list[Difference] = []
        self._people: dict[int, str] = {}
        self.not_yet_people: Collection[int] = ()
        self._rows = {"bylines": _byline_rows(article, user, self.assignment), "pictures": _picture_rows(article)}
        self._known = {row["photo"] for row in self._rows["pictures"]}

    def begin(self) -> None:
        """Show what stands, before anything was typed."""
        self._bind(None)

    def save(self, data: QueryDict, files: MultiValueDict[str, UploadedFile]) -> editing.Saved | None:
        """File or save what was posted; None where it was refused, and then the form says why.

        Photos sent along are taken into the photo desk first and stay there, attached to the form: a refused
        text must not cost anybody a second upload from the road.
        """
        self._hear(data, files)
        if not all([part.is_valid() for part in self.parts]) or self.problems:  # noqa: C419 - each says its own
            return None
        try:
            with transaction.atomic():
                return self._write()
        except (Refusal, ValidationError) as refused:
            self._show(refused)
            return None

    def turn_away(self, data: QueryDict, files: MultiValueDict[str, UploadedFile]) -> None:
        """Show again what was posted to a story that its writer may not read any more, and nothing of the story."""
        self.is_turned_away = True
        self._hear(data, files)
        self._show(NotAllowed(_("This story is not yours to edit now.")))

    def _hear(self, data: QueryDict, files: MultiValueDict[str, UploadedFile]) -> None:
        typed = data.copy()
        self.based_on = whole_number(typed.get("based_on", ""))
        self.filing_token = token(typed.get("filing_token", "")) or self.filing_token
        self.sending = editing.Sending(
            by_itself="autosave" in typed,
            to_submit="to_submit" in typed,
            attempt=token(typed.get("attempt", "")),
            continues=token(typed.get("continues", "")),
        )
        self.asks = "ask" in typed
        self._take_photos_in(typed, files)
        self._bind(typed)

    @property
    def parts(self) -> tuple[StoryForm, Any, Any]:
        return self.form, self.bylines, self.pictures

    def _bind(self, data: QueryDict | None) -> None:
        article = self.article
        self.form = StoryForm(
            data,
            initial=model_to_dict(article, StoryForm.Meta.fields) if article else self._first_fields(),
            is_public=self.is_turned_away or (article is not None and article.is_public),
        )
        self.bylines = Bylines(data, prefix="bylines", initial=self._rows["bylines"])
        self.pictures = Pictures(data, prefix="pictures", initial=self._rows["pictures"])

    def _first_fields(self) -> dict[str, Any]:
        """What a new story begins with: what its assignment says, or its writer's own section. With a section a story
        can be saved by itself from the first word.
        """
        if self.assignment is not None:
            return {"section": self.assignment.topic.section_id, "slugline": self.assignment.topic.title}
        return {"section": self._own_section()}

    def _own_section(self) -> int | None:
        """The section that this person writes for where that is clear: their roles', or that of all their latest
        stories. Else they are asked, since whose review a story comes to depends on it.
        """
        sections = {section for _role, section in self.user.grants if section is not None}
        if not sections:
            own = Article.objects.filter(created_by=self.user).order_by("-updated_at", "-pk")
            sections = set(own.values_list("section", flat=True)[:LATEST])
        return sections.pop() if len(sections) == 1 else None

    def _take_photos_in(self, typed: QueryDict, files: MultiValueDict[str, UploadedFile]) -> None:
        for taken in take_in(files.getlist("photos"), ask=self.asks, acting_user=self.user):
            if taken.photo:
                _append_picture(typed, taken.photo)
            elif taken.alike:
                self.problems.append(_about_likeness(taken.name, taken.alike))
            self.problems += taken.problems

    def _write(self) -> editing.Saved:
        how = {
            "bylines": self._credits(),
            "pictures": self.pictures.pictures(self._known),
            "sending": self.sending,
            "acting_user": self.user,
        }
        fields = self.form.content_fields()
        if self.article is None:
            planned = self.assignment.pk if self.assignment else None
            return editing.file_story(fields, filing_token=self.filing_token, assignment=planned, **how)
        return editing.save_story(self.article.pk, fields, based_on=self.based_on, **how)

    def _credits(self) -> list[editing.Credit]:
        rows = self.bylines.people()
        people = contributors.find_or_add((who for who, _role in rows), acting_user=self.user)
        # Whoever is new is no contributor any more when the save is refused; the name is still to be shown.
        self._people = {person.pk: person.name for person in people}
        return [editing.Credit(person.pk, role) for person, (_who, role) in zip(people, rows, strict=True)]

    def names_in(self, contents: Iterable[Content]) -> Names:
        """As `comparing.names_in`, with the people who were typed and are no contributors yet."""
        return names_in(contents).with_people(self._people)

    def _show(self, refused: Refusal | ValidationError) -> None:
        """Put the refusal where it belongs: under its field, or above the form."""
        self.refused = refused
        if isinstance(refused, StaleVersion) and refused.merge:
            self._show_merged(refused.current, refused.merge)
        if isinstance(refused, ValidationError) and hasattr(refused, "error_dict"):
            for field, errors in refused.error_dict.items():
                self._add_errors(field, errors)
        elif isinstance(refused, ValidationError):
            self.problems += refused.messages
        else:
            self.problems.append(str(refused))

    def _add_errors(self, field: str, errors: list[ValidationError]) -> None:
        if field in self.form.fields:
            self.form.add_error(field, errors)
        else:
            self.problems += ValidationError(errors).messages

    def _show_merged(self, theirs: Revision, merge: Merge) -> None:
        """Put what was merged into the form, mine where the two part, on the version that stands."""
        self.theirs, self.merge, self.based_on = theirs, merge, theirs.number
        together = merge.content_with_mine
        names = self.names_in([theirs.content, together])
        self.their_lines = lines_of(theirs.content, names)
        self.differences = compare(self.their_lines, lines_of(together, names))
        rows = set(Contributor.objects.filter(pk__in=self._people).values_list("pk", flat=True))
        self.not_yet_people = self._people.keys() - rows
        self._bind(posted(together, names.people, self.not_yet_people))
        for part in self.parts:
            part.is_valid()


def _byline_rows(article: Article | None, user: User, assignment: Assignment | None) -> list[dict[str, Any]]:
    """The byline that stands; of a new story, its author's, and whoever else goes for its topic."""
    if article is not None:
        return [
            {"contributor": b.contributor_id, "name": b.contributor.name, "role": b.role} for b in article.byline_list
        ]
    own = getattr(user, "contributor", None)
    rows = [_byline_row(own, BylineRole.REPORTER)] if own else []
    return rows + (_companions(assignment) if assignment else [])


def _companions(assignment: Assignment) -> list[dict[str, Any]]:
    """The others who go for the same topic and can stand in a byline."""
    others = assignment.topic.assignments.filter(state__in=LIVE_ASSIGNMENTS).exclude(person=assignment.person_id)
    going = others.filter(person__contributor__isnull=False).select_related("person__contributor").order_by("id")
    return [_byline_row(other.person.contributor, _ROLES[AssignmentKind(other.kind)]) for other in going]


_ROLES = {AssignmentKind.TEXT: BylineRole.REPORTER, AssignmentKind.PHOTO: BylineRole.PHOTOGRAPHER}


def _byline_row(contributor: Contributor, role: str) -> dict[str, Any]:
    return {"contributor": contributor.pk, "name": contributor.name, "role": role}


def _picture_rows(article: Article | None) -> list[Any]:
    if article is None:
        return []
    return list(article.article_photos.order_by("order").values("photo", "caption", "credit", "alt"))


def _about_likeness(name: str, refused: LooksLike) -> str:
    how = _(
        "%(label)s: %(text)s It was not taken in. To use photo %(number)s, put its number into a row; to keep both, "
        "choose the file again and take the tick below away."
    )
    return how % {"label": name, "text": refused, "number": refused.photos[0].pk}


def _append_picture(typed: QueryDict, photo: Photo) -> None:
    """Add a row for a photo just taken in to what was posted."""
    count = whole_number(typed.get("pictures-TOTAL_FORMS", ""))
    typed["pictures-TOTAL_FORMS"] = str(count + 1)
    for name, value in (("photo", photo.pk), ("caption", photo.caption), ("credit", photo.credit)):
        typed[f"pictures-{count}-{name}"] = str(value)
