"""Specials on the desk: the list, one, showing it to readers, putting a story into one."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.forms import BaseForm, BaseFormSet, model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import rules, specials
from articles.errors import NotAllowed, Refusal
from articles.forms.coverage import show_refusal
from articles.forms.parsing import whole_number
from articles.forms.specials import PlaceFormSet, PutForm, SpecialForm, places_in
from articles.models import Special
from articles.views.desk.access import DeskRequest, desk_view, sentences_in, sentences_of, status_of, story_or_404
from newsroom.staff.models import AuditEntry

SHOWN, SHOWN_ENTRIES = 200, 30


@desk_view
def special_list(request: DeskRequest) -> HttpResponse:
    """The specials, the newest first."""
    if not rules.can_make_specials(request.user):
        return _not_yours(request)
    found = Special.objects.select_related("made_by").annotate(story_count=Count("stories"))[:SHOWN]
    return render(request, "desk/specials.html", {"specials": found})


@desk_view
def special_new(request: DeskRequest) -> HttpResponse:
    """Begin a special; its stories are put into it on its own page."""
    if not rules.can_make_specials(request.user):
        return _not_yours(request)
    form = SpecialForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = specials.make_special(form.own_fields(), acting_user=request.user)
            except (Refusal, ValidationError) as refused:
                show_refusal(form, refused)
                status = status_of(refused)
            else:
                messages.success(request, _("“%(special)s” is begun. Readers do not see it yet.") % {"special": made})
                return redirect(made)
    return render(request, "desk/special.html", {"form": form}, status=status)


@desk_view
def special(request: DeskRequest, number: int) -> HttpResponse:
    """One special: its words and its stories; a refused form keeps what was typed, on the version that was shown."""
    if not rules.can_make_specials(request.user):
        return _not_yours(request)
    shown = get_object_or_404(Special, pk=number)
    stories = specials.stories_of(shown)
    initial = [{"story": story.pk, "group": story.group} for story in stories]  # type: ignore[attr-defined]
    if request.method != "POST":
        return _show(request, shown, SpecialForm(initial=model_to_dict(shown)), PlaceFormSet(initial=initial), 200)
    # The form writes into a copy: the page goes on showing what stands.
    form = SpecialForm(request.POST, instance=copy(shown))
    places = PlaceFormSet(request.POST, initial=initial, form_kwargs={"empty_permitted": False})
    if not (form.is_valid() and places.is_valid()):
        return _show(request, shown, form, places, 422)
    try:
        specials.save_special(
            number,
            form.own_fields(),
            [*places_in(places), *form.cleaned_data["add"]],
            based_on=whole_number(request.POST.get("based_on", "")),
            acting_user=request.user,
        )
    except (Refusal, ValidationError) as refused:
        show_refusal(form, refused)
        return _show(request, shown, form, places, status_of(refused))
    messages.success(request, _("Saved."))
    return redirect("desk:special", number)


@desk_view
@require_POST
def special_show(request: DeskRequest, number: int) -> HttpResponse:
    """Let readers see it."""
    return _act(request, number, specials.show_special, _("Readers see “%(special)s” now."))


@desk_view
@require_POST
def special_hide(request: DeskRequest, number: int) -> HttpResponse:
    """Take it away from readers."""
    return _act(request, number, specials.hide_special, _("Readers do not see “%(special)s” any more."))


@desk_view
@require_POST
def story_special(request: DeskRequest, number: int) -> HttpResponse:
    """Put a story into a special."""
    article = story_or_404(request.user, number)
    form = PutForm(request.POST, user=request.user, article=article)
    if not form.is_valid():
        _say(request, sentences_in(form))
        return redirect(article)
    try:
        put = specials.add_story(form.cleaned_data["special"].pk, number, acting_user=request.user)
    except (Refusal, ValidationError) as refused:
        _say(request, sentences_of(refused))
    else:
        messages.success(request, _("It stands at the end of “%(special)s” now.") % {"special": put})
    return redirect(article)


def _act(request: DeskRequest, number: int, act: Callable[..., Special], said: str) -> HttpResponse:
    shown = get_object_or_404(Special, pk=number)
    try:
        act(number, based_on=whole_number(request.POST.get("based_on", "")), acting_user=request.user)
    except Refusal as refused:
        _say(request, sentences_of(refused))
    else:
        messages.success(request, said % {"special": shown})
    return redirect(shown)


def _say(request: DeskRequest, sentences: list[str]) -> None:
    messages.error(request, " ".join(sentences))


def _not_yours(request: DeskRequest) -> HttpResponse:
    _say(request, [str(NotAllowed())])
    return redirect("desk:home")


def _show(request: DeskRequest, shown: Special, form: BaseForm, places: BaseFormSet, status: int) -> HttpResponse:
    # Somebody else may have put in what this person may not read.
    stories = rules.visible_to(request.user).filter(specials__special=shown).in_bulk()
    based_on = whole_number(request.POST.get("based_on", "")) if status != 200 else shown.version
    context: dict[str, Any] = {
        "special": shown,
        "form": form,
        "places": places,
        "rows": [(place, stories.get(whole_number(str(place["story"].value())))) for place in places],
        "based_on": based_on,
        "can_edit": rules.can_edit_special(request.user, shown),
        "can_release": rules.can_release_specials(request.user),
        "trail": AuditEntry.objects.about(shown)[:SHOWN_ENTRIES],
    }
    return render(request, "desk/special.html", context, status=status)
