"""Many stories at once: what would happen to each, then what happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles import rules
from articles.errors import Refusal
from articles.forms.bulk import BulkForm, stories_chosen, ways_back
from articles.lists import bulk
from articles.lists.bulk import Deed, Outcome, WayBack
from articles.models import Article
from articles.views.desk.access import DeskRequest, back_to, desk_view, sentences_of
from articles.views.desk.listing import address_of_list
from newsroom.undoing import Undo, offer


@desk_view
@require_POST
def story_bulk(request: DeskRequest) -> HttpResponse:
    """Show what a deed would do to each story chosen; where the button said `confirmed`, do it."""
    form = BulkForm(request.POST, is_open="confirmed" not in request.POST)
    seen = stories_chosen(request.POST.getlist("story"))
    if not seen or form.chosen_deed is None:
        messages.error(request, _("Choose stories and what to do with them."))
        return _to_list(request)
    if not form.is_valid():
        return _show(request, form, seen, status=422)
    if form.is_open:
        return _show(request, form, seen)
    outcomes = bulk.carry_out(form.order(), _stories(request, seen), seen, acting_user=request.user)
    _tell_gone(request, len(seen) - len(outcomes))
    return _report(request, form, outcomes)


@desk_view
@require_POST
def story_undo(request: DeskRequest) -> HttpResponse:
    """Take back what a message offered to take back."""
    deed, ways = request.POST.get("deed", ""), ways_back(request.POST.getlist("story"))
    try:
        outcomes = bulk.undo(deed, ways, acting_user=request.user)
    except Refusal as refused:
        messages.error(request, " ".join(sentences_of(refused)))
        return _to_list(request)
    _tell_gone(request, len({way.number for way in ways}) - len(outcomes))
    for outcome in outcomes:
        _say(request, outcome)
    if outcomes and "on_story" in request.POST:
        return back_to(request, outcomes[0].story)
    return _to_list(request)


def offer_undo(
    request: DeskRequest, deed: str, moved: Iterable[tuple[Article, Article]], *, on_story: bool = False
) -> None:
    """Offer to take `deed` back from the stories (before, after) where that leads back to where they stood; it was
    done on the page of the one story (`on_story`), where they come back to, or on a list.
    """
    ways = [way for before, after in moved if (way := bulk.way_back(deed, before, after, request.user))]
    if ways:
        fields = [("deed", deed), *(("story", _token(way)) for way in ways)]
        where = ("on_story", "1") if on_story else ("back", request.POST.get("back", ""))
        offer(request, Undo(reverse("desk:story_undo"), [*fields, where]))


def _token(way: WayBack) -> str:
    return f"{way.number}:{way.seen}:{way.section_id}"


def _stories(request: DeskRequest, seen: Iterable[int]) -> list[Article]:
    """Those of the stories chosen that this person may read, as the list shows them."""
    return list(rules.visible_to(request.user).for_lists().filter(pk__in=seen).order_by("-updated_at", "-id"))


def _show(
    request: DeskRequest,
    form: BulkForm,
    seen: Mapping[int, str],
    *,
    done: Iterable[Outcome] = (),
    refused: Iterable[Outcome] = (),
    status: int = 200,
) -> HttpResponse:
    """What would happen, story by story; `done` is what has happened already, `refused` what was tried in vain."""
    outcomes = bulk.foresee(form.open_order(), _stories(request, seen), seen, acting_user=request.user)
    foreseen = [(outcome, f"{outcome.story.pk}:{seen[outcome.story.pk]}") for outcome in outcomes]
    context = {
        "form": form,
        "deed": form.chosen_deed,
        "done": done,
        "refused": refused,
        "will": [one for one in foreseen if one[0].is_done],
        "asked": [one for one in foreseen if one[0].is_asked],
        "ticked": form.knowingly,
        "will_not": [outcome for outcome in outcomes if not (outcome.is_done or outcome.is_asked)],
        "back": request.POST.get("back", ""),
        "list_address": address_of_list(request.POST.get("back", "")),
    }
    return render(request, "desk/story_bulk.html", context, status=status)


def _report(request: DeskRequest, form: BulkForm, outcomes: list[Outcome]) -> HttpResponse:
    """Back to the list where everything was done; else the page again, with what was typed, for the others."""
    done = [outcome for outcome in outcomes if outcome.is_done]
    refused = [outcome for outcome in outcomes if not outcome.is_done]
    if done:
        report = ngettext("%(deed)s: %(count)s story.", "%(deed)s: %(count)s stories.", len(done))
        messages.success(request, report % {"deed": Deed(form.order().deed).label, "count": len(done)})
        offer_undo(request, form.order().deed, [(outcome.was, outcome.story) for outcome in done])
    if not refused:
        return _to_list(request)
    # The page shows where they stand now, so it is what has been seen of them.
    current = _stories(request, [outcome.story.pk for outcome in refused])
    return _show(request, form, {story.pk: story.seen for story in current}, done=done, refused=refused, status=409)


def _tell_gone(request: DeskRequest, count: int) -> None:
    """What somebody else has meanwhile taken out of this person's sight had nothing done to it."""
    if count:
        words = ngettext(
            "%(count)s of the stories chosen is no longer before you; nothing was done to it.",
            "%(count)s of the stories chosen are no longer before you; nothing was done to them.",
            count,
        )
        messages.warning(request, words % {"count": count})


def _say(request: DeskRequest, outcome: Outcome) -> None:
    words = {"story": outcome.story, "state": outcome.story.state_label, "why": outcome.refusal}
    if outcome.is_done:
        messages.success(request, _("Undone. “%(story)s”: %(state)s.") % words)
    else:
        messages.error(request, _("“%(story)s”: %(why)s") % words)


def _to_list(request: DeskRequest) -> HttpResponseRedirect:
    return redirect(address_of_list(request.POST.get("back", "")))
