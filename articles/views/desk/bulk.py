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
from articles.views.desk.access import DeskRequest, desk_view, sentences_of, story_if_in_sight
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
        return _to_where_it_was_done(request, ways)
    _tell_gone(request, len({way.number for way in ways}) - len(outcomes))
    for outcome in outcomes:
        _say(request, outcome)
    return _to_where_it_was_done(request, ways)


def offer_undo(
    request: DeskRequest, deed: str, moved: Iterable[tuple[Article, Article]], *, on_list: str | None = None
) -> None:
    """Offer to take `deed` back from the stories (before, after) where that leads back to where they stood; who does
    comes back to the list that is narrowed by `on_list`, or to the one story on whose page it was done.
    """
    ways = [way for before, after in moved if (way := bulk.way_back(deed, before, after, request.user))]
    if ways:
        fields = [("deed", deed), *(("story", _token(way)) for way in ways)]
        offer(request, Undo(reverse("desk:story_undo"), fields if on_list is None else [*fields, ("back", on_list)]))


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
        moved = [(outcome.was, outcome.story) for outcome in done]
        offer_undo(request, form.order().deed, moved, on_list=request.POST.get("back", ""))
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


def _to_where_it_was_done(request: DeskRequest, ways: list[WayBack]) -> HttpResponseRedirect:
    """What was undone was done on a list, which sends its name along, or on the page of the story."""
    if "back" in request.POST or not ways:
        return _to_list(request)
    story = story_if_in_sight(request.user, ways[0].number)
    return redirect(story) if story else redirect("desk:home")
