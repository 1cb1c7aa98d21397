"""What an audit row says beyond who, what and when, in words: the row itself keeps codes and field names."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField, DateTimeField, Model
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from newsroom.dates import day, moment
from newsroom.staff.roles import Role
from newsroom.wording import comma_list


def in_words(target_type: str, data: dict[str, Any]) -> str:
    """All of `data` on one line; what nobody foresaw stands as it is kept."""
    try:
        model: type[Model] | None = apps.get_model(target_type)
    except (LookupError, ValueError):
        model = None
    labels = _labels()
    order = {name: place for place, name in enumerate(labels)}
    said = []
    # Not in the order in which they are kept: one of the databases keeps none.
    for name, value in sorted(data.items(), key=lambda item: order.get(item[0], len(order))):
        text = _text(name, value, model)
        label = labels.get(name, name)
        said.append(_("%(label)s: %(text)s") % {"label": label, "text": text} if text else label)
    return " · ".join(said)


def _labels() -> dict[str, str]:
    return {
        "version": pgettext("of a text", "version"),
        "from": pgettext("a state", "from"),
        "to": pgettext("a state", "to"),
        "step": _("step"),
        "reason": _("reason"),
        "reasons": _("usual reasons"),
        "knowing": _("open then"),
        "story": _("story"),
        "stories": _("stories"),
        "part": _("part"),
        "on": pgettext("audit trail", "page"),
        "at": pgettext("on a page", "at"),
        "series": _("number in the series"),
        "pages": _("pages"),
        "order": _("order"),
        "begins_at": pgettext("a duty", "from"),
        "ends_at": pgettext("a duty", "until"),
        "due_at": _("due"),
        "release_at": _("release at"),
        "embargo": _("embargo until"),
        "schedule": _("publish on the web at"),
        "added": pgettext("audit trail", "added"),
        "fields": pgettext("audit trail", "fields"),
        "was": pgettext("audit trail", "before"),
        "roles": _("roles"),
        "steps": _("review steps"),
        "signed_as": _("signed as"),
        "proof": _("proof"),
        "round": _("proof round"),
        "rounds": _("proof rounds"),
        "page_signatures": _("page signatures"),
        "mark": _("mark on a proof"),
        "remark": _("remark"),
        "answer": _("answer"),
        "impression": _("impression"),
        "check": _("check"),
        "quote": _("quoted"),
        "words_added": _("words added"),
        "words_changed": _("words changed"),
    }


def _text(name: str, value: Any, model: type[Model] | None) -> str:
    if name == "added":
        return ""
    speak = _SPEAKERS.get(name)
    return speak(value, model) if speak and value is not None else _plain(value)


def _plain(value: Any) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return _list(map(str, value)) if isinstance(value, list) else str(value)


def _list(words: Iterable[str]) -> str:
    return comma_list(words) or "—"


def _state(value: str, model: type[Model] | None) -> str:
    try:
        choices = model._meta.get_field("state").flatchoices if model else []  # type: ignore[union-attr]
    except FieldDoesNotExist:
        choices = []
    return str(dict(choices).get(value, value))


def _time(value: str, _model: type[Model] | None) -> str:
    return moment(datetime.datetime.fromisoformat(value))


def _rectangle(value: list[int], _model: type[Model] | None) -> str:
    names = ("column", "row", "width", "height")
    return _("column %(column)s, row %(row)s, %(width)s × %(height)s") % dict(zip(names, value, strict=True))


def _fields(value: list[str] | dict[str, Any], model: type[Model] | None) -> str:
    if isinstance(value, list):
        return _list(_field(name, model) for name in value)
    return _list(
        f"{_field(name, model)} {_plain(change[0])} → {_plain(change[1])}"
        if isinstance(change, list)
        else _field(name, model)
        for name, change in value.items()
    )


def _knowing(value: dict[str, Any], _model: type[Model] | None) -> str:
    """What was open about a story when somebody did something to it all the same."""
    names = {
        "writing": _("writing in it"),
        "remarks": _("open remarks"),
        "findings": _("open findings"),
        "grave": _("grave findings"),
        "expired": _("photos whose rights have expired"),
        "at_once": _("its time was past"),
    }
    shown = {name: _time(said, None) if name == "at_once" else _plain(said) for name, said in value.items()}
    said = ((label, shown[name]) for name, label in names.items() if name in shown)
    return _list(_("%(label)s: %(text)s") % {"label": label, "text": text} for label, text in said)


def _was(value: dict[str, Any], model: type[Model] | None) -> str:
    """What stood in each field before; days and moments as the house writes them."""
    return _list(f"{_field(name, model)} {_value(name, kept, model)}" for name, kept in value.items())


def _value(name: str, kept: str | None, model: type[Model] | None) -> str:
    field = _field_of(name, model)
    if kept and isinstance(field, DateTimeField):
        return moment(datetime.datetime.fromisoformat(kept))
    if kept and isinstance(field, DateField):
        return day(datetime.date.fromisoformat(kept))
    return _plain(kept)


def _field(name: str, model: type[Model] | None) -> str:
    return str(getattr(_field_of(name, model), "verbose_name", name))


def _field_of(name: str, model: type[Model] | None) -> Any:
    """The field as the model has it, None where it has none by that name (any more)."""
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


def _roles(value: list[list[str]], _model: type[Model] | None) -> str:
    return " → ".join(_list(_role(code) for code in codes) for codes in value)


def _role(code: str) -> str:
    role, _slash, section = code.partition("/")
    label = str(Role(role).label) if role in Role.values else role
    return f"{label} {section}".strip()


def _signature_kind(value: str, _model: type[Model] | None) -> str:
    choices = apps.get_model("editions.PageSignature")._meta.get_field("kind").flatchoices  # type: ignore[union-attr]
    return str(dict(choices).get(value, value))


_SPEAKERS: dict[str, Callable[[Any, type[Model] | None], str]] = {
    "from": _state,
    "to": _state,
    "begins_at": _time,
    "ends_at": _time,
    "due_at": _time,
    "release_at": _time,
    "embargo": _time,
    "schedule": _time,
    "at": _rectangle,
    "fields": _fields,
    "was": _was,
    "knowing": _knowing,
    "roles": _roles,
    "steps": _roles,
    "signed_as": _signature_kind,
}
