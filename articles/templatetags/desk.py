"""What the desk's templates need beyond Django's own tags."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from django import forms, template
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import override
from js_asset import Media

from articles import rules
from articles.concerns import sentences_of
from articles.forms.parsing import whole_number
from articles.models import Photo
from articles.models.title import step_name
from articles.pictures.crops import Part
from articles.scheduling import times_in_words
from articles.states import State
from articles.versions.comparing import label_of
from newsroom import dates
from newsroom.staff.models import Notice
from newsroom.undoing import Undo, offered

# Beyond it the bell says “99+”.
MOST_COUNTED = 99

register = template.Library()
register.filter("field_label", label_of)
register.filter("step_name", step_name)
register.filter("calendar_day", dates.day)
register.filter("moment", dates.moment)
register.filter("stretch", dates.stretch)


@register.filter
def when(moment: datetime.datetime | None) -> SafeString | str:
    """A moment in the newsroom's time, to the minute; the zone and the second stand in the hint."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    hint = f"{dates.moment(local)}{local::%S} {dates.zone()}"
    exact = local.isoformat(timespec="seconds")
    return format_html('<time datetime="{}" title="{}">{}</time>', exact, hint, dates.recent_moment(local))


@register.simple_tag
def zone() -> str:
    """The zone of every time on the page."""
    return dates.zone()


@register.simple_tag(takes_context=True)
def undo_offered(context: Context) -> Undo | None:
    """The button beside the message that was just shown, where what it says can be taken back."""
    return offered(context["request"])


@register.simple_tag(takes_context=True)
def same_page_in(context: Context, language: str) -> str:
    """The address of this page in another language; where there is no such page, of the desk's first one."""
    request: HttpRequest = context["request"]
    here = request.get_full_path()
    address: str = translate_url(here, language)
    if address == here:
        with override(language):
            address = reverse("desk:home")
    return address


@register.simple_tag(takes_context=True)
def form_media(context: Context, form: forms.BaseForm, part: str) -> SafeString:
    """A form's `importmap`, `css` or `js`, let through by this answer's content security policy.

    Browsers want the import map before the first module, and our own modules want to hear the editor start.
    """
    media = Media.from_media(form.media, nonce=str(context["request"].csp_nonce))
    return SafeString(media[part].render())


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: str) -> str:
    """This page's query string with some parameters changed."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"


@register.filter
def photo_number(typed: object) -> int:
    """The number of a photo that stands in a form, 0 where what stands there is none."""
    return whole_number(str(typed or ""))


@register.filter
def rights_expired_on(photo: Photo) -> str:
    """The day on which a photo's rights expired, empty while it may be printed."""
    ended = photo.rights_ended(timezone.localdate())
    return dates.day(ended) if ended else ""


@register.filter
def rights_end_soon_on(photo: Photo) -> str:
    """The day on which a photo's rights run out, where that is near, else empty."""
    expiry = photo.rights_expire_on
    return dates.day(expiry) if expiry and photo.rights_end_soon(timezone.localdate()) else ""


@register.filter
def focus_class(photo: Photo) -> str:
    """The classes by which a frame of another shape keeps the photo's focal point, in steps of ten per cent."""
    return f"focus-x{round(photo.focal_x / 10)} focus-y{round(photo.focal_y / 10)}"


@register.filter
def view_box(part: Part, photo: Photo) -> str:
    """What an SVG as large as the photo's pixels has to show for this part of it."""
    left, top = part.left * photo.width, part.top * photo.height
    width, height = (part.right - part.left) * photo.width, (part.bottom - part.top) * photo.height
    return f"{left:.1f} {top:.1f} {width:.1f} {height:.1f}"


@register.filter
def state_name(state: str) -> str:
    """The label of a state that stands in the audit trail."""
    return str(State(state).label) if state in State.values else state


@register.filter
def in_words(open_then: dict[str, Any]) -> str:
    """What was open about a story when something was done to it knowingly, as the audit trail keeps it."""
    return " ".join(sentences_of(open_then))


@register.filter
def times(set_then: dict[str, Any]) -> str:
    """Embargo and schedule that were set, as the audit trail keeps them; empty for what set neither."""
    return times_in_words(set_then)


# Which of the places in the bar at the top an address of the desk lies under, by the first part of it.
_ROOMS = {
    "stories": "stories",
    "photos": "photos",
    "plan": "plan",
    "topics": "plan",
    "assignments": "plan",
    "specials": "specials",
    "editions": "editions",
    "pages": "editions",
    "proofs": "editions",
}


@register.filter
def makes_specials(user: rules.Person) -> bool:
    """Whether this person puts specials together."""
    return rules.can_make_specials(user)


@register.filter
def room_of_desk(request: HttpRequest) -> str:
    """The place that the page asked for belongs to, empty where it belongs to none."""
    parts = request.path.split("/desk/", 1)
    return _ROOMS.get(parts[-1].split("/", 1)[0], "") if len(parts) > 1 else ""


@register.inclusion_tag("desk/_field.html")
def field(bound: forms.BoundField, css: str = "") -> dict[str, object]:
    """A form's field with its label, help and errors, tied together for those who listen; a time says its zone."""
    is_moment = isinstance(bound.field, forms.DateTimeField)
    return {"field": bound, "css": css, "zone": dates.zone() if is_moment else ""}


class Folded(NamedTuple):
    """Fields that stand under a fold, which `is_open` where one of them says something or is wrong."""

    fields: list[forms.BoundField]
    is_open: bool


@register.simple_tag
def folded(form: forms.BaseForm, *shown: str) -> Folded:
    """The fields of a list's filters that are asked for rarely: all but those `shown` in any case."""
    rest = [bound for bound in form if bound.name not in shown]
    return Folded(rest, any(bound.data or bound.errors for bound in rest))


@register.inclusion_tag("desk/_bell.html", takes_context=True)
def bell(context: Context) -> dict[str, object]:
    """How many notices this person has not read. One query, none for who does not enter the desk."""
    user: Any = context.get("user") or AnonymousUser()
    if not rules.can_enter_desk(user):
        return {}
    unread = Notice.objects.unread().filter(recipient=user).order_by()[: MOST_COUNTED + 1].count()
    return {"has_bell": True, "unread": unread, "most": MOST_COUNTED, "csrf_token": context.get("csrf_token")}
