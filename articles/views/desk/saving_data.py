"""What a script that saves is told, as JSON-ready values."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.content import DESK_FIELDS, SIGNED_FIELDS, SIGNED_LISTS, Content, content_of
from articles.editing import Saved
from articles.errors import StaleVersion
from articles.forms.editor import StoryEditor
from articles.hindrances import why_closed
from articles.models import StoryPresence
from articles.text.merging import Agreed, Conflict, Merge, Passage
from articles.versions.comparing import Names, label_of, names_in
from articles.views.desk.access import said_of
from articles.views.desk.showing import merged_revisions, saved_sentence
from newsroom import dates
from newsroom.staff.models import User

Data = dict[str, Any]


def saved_data(saved: Saved, user: User) -> Data:
    """That it is saved, as which version, what was saved meanwhile and stands in it beside what `user` sent, and why
    they can save in it no more where that moved it on.
    """
    article = saved.article
    return {
        "saved": True,
        "number": article.pk,
        "version": article.version,
        "at": article.updated_at.isoformat(),
        "at_text": dates.clock_time(article.updated_at),
        "characters": article.character_count,
        "unchanged": saved.is_unchanged,
        "address": reverse("desk:story_edit", args=[article.pk]),
        "story": article.get_absolute_url(),
        "sentence": saved_sentence(saved, user),
        "closed": why_closed(article, user),
        "merged": _merged_data(saved, user) if saved.before != saved.continued else None,
    }


def _merged_data(saved: Saved, user: User) -> Data:
    content, merged = content_of(saved.article), merged_revisions(saved)
    with_whom = [{"version": r.number, "who": r.author_label} for r in merged]
    is_own = all(revision.author_id == user.pk for revision in merged)
    return {"with": with_whom, "is_own": is_own, "content": _Showing(names_in([content])).content(content)}


def conflict_data(editor: StoryEditor, refused: StaleVersion, merge: Merge) -> Data:
    """What stands, whether it is the writer's own, and what has to be chosen between."""
    show = _Showing(_names_in_conflict(editor, merge), editor.not_yet_people)
    return {
        "saved": False,
        "kind": "conflict",
        "version": refused.current.number,
        "who": refused.current.author_label,
        "is_own": refused.current.author_id == editor.user.pk,
        "at_text": dates.clock_time(refused.current.saved_at),
        "sentence": str(refused),
        "conflicts": [show.conflict(conflict) for conflict in merge.conflicts],
        "body": [_passage_data(passage) for passage in merge.passages] if merge.parts_in_body else None,
        "content": show.content(merge.content),
    }


def _names_in_conflict(editor: StoryEditor, merge: Merge) -> Names:
    """The names of everybody who stands on any side."""
    sides = [side for c in merge.conflicts if c.field == "bylines" for side in (c.base, c.theirs, c.mine)]
    return editor.names_in([merge.content, *({"bylines": side or []} for side in sides)])


def _passage_data(passage: Passage) -> Data:
    if isinstance(passage, Agreed):
        return {"kind": "agreed", "html": passage.html}
    return {"kind": "parted", "base": passage.base, "theirs": passage.theirs, "mine": passage.mine}


class _Showing(NamedTuple):
    """How contents are told: with the names of people, of whom some are no contributors yet."""

    names: Names
    not_yet: Collection[int] = ()

    def content(self, content: Content) -> Data:
        """A content under the names of the form's fields, people with their names, pictures with thumbnails."""
        fields = [name for name in SIGNED_FIELDS + DESK_FIELDS if name != "body"]
        return {
            "fields": {_name(name): self.value(name, content[name]) for name in fields},
            **{name: self.value(name, content[name]) for name in ("body", *SIGNED_LISTS)},
        }

    def conflict(self, conflict: Conflict) -> Data:
        sides = {side: self.value(conflict.field, getattr(conflict, side)) for side in ("base", "theirs", "mine")}
        return {"field": _name(conflict.field), "label": capfirst(label_of(conflict.field)), **sides}

    def value(self, field: str, value: Any) -> Any:
        """A value as the form holds it."""
        if field == "bylines":
            return [self._credit(credit) for credit in value or []]
        if field == "pictures":
            return [{**p, "thumbnail": reverse("desk:photo_thumbnail", args=[p["photo"]])} for p in value or []]
        return "" if value is None else str(value)

    def _credit(self, credit: Mapping[str, Any]) -> Data:
        number = credit["contributor"]
        known = None if number in self.not_yet else number
        return {"contributor": known, "name": self.names.people.get(number, ""), "role": credit["role"]}


def _name(field: str) -> str:
    """What the form calls a field of a content."""
    return field.removesuffix("_id")


def errors_data(editor: StoryEditor) -> Data:
    """What is wrong with what was sent, by field and as sentences."""
    errors = {name: [str(error) for error in found] for name, found in editor.form.errors.items()}
    sentences = [*editor.problems, *(said_of(_label(editor, name), e) for name, found in errors.items() for e in found)]
    for formset, label in ((editor.bylines, _("Byline")), (editor.pictures, _("Pictures"))):
        sentences += [said_of(label, error) for error in formset.non_form_errors()]
        for row in formset:
            errors |= {row.add_prefix(name): [str(e) for e in found] for name, found in row.errors.items()}
            sentences += [said_of(label, error) for found in row.errors.values() for error in found]
    return {"errors": errors, "sentences": sentences}


def _label(editor: StoryEditor, name: str) -> str:
    return str(editor.form.fields[name].label or name) if name in editor.form.fields else name


def present_data(present: StoryPresence) -> Data:
    """Somebody who has the story open: who, where in it, since when."""
    return {
        "id": present.user_id,
        "name": str(present.user),
        "place": present.place,
        "since": present.came_at.isoformat(),
    }
