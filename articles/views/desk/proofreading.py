"""The proofreading aid: what is typed is checked while it is typed; a finding that is right so is remembered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import checking, rules
from articles.duplicates import find_similar
from articles.errors import Refusal
from articles.forms.checking import words_typed
from articles.forms.parsing import whole_number
from articles.text import body
from articles.views.desk.access import (
    DeskRequest,
    desk_view,
    sentences_of,
    status_of,
    story_or_404,
    story_with_past_or_404,
)
from articles.views.desk.proofreading_data import checked_as_data
from articles.views.desk.showing import findings_context
from newsroom.answering import wants_json


@desk_view
@require_POST
def check(request: DeskRequest) -> HttpResponse:
    """What the checks find in the posted form, saved or not; `number` names the story where there is one.

    What was accepted in it is part of its past: whoever may not read that asks as of a story that is not filed.
    """
    number = whole_number(request.POST.get("number", ""))
    article = rules.history_visible_to(request.user).filter(pk=number).first() if number else None
    if any(len(text) > body.MAX_BODY_CHARACTERS for text in request.POST.values()):
        return JsonResponse({"sentence": _("The text is too long to be checked.")}, status=422)
    words = words_typed(request.POST, article)
    similar = find_similar(body.plain_text(words.body), besides=number or None, acting_user=request.user)
    return JsonResponse(checked_as_data(checking.check_words(words, article), similar))


@desk_view
def story_findings(request: DeskRequest, number: int) -> HttpResponse:
    """What the checks find in a story as it stands: a page, of which the story's own page takes its part."""
    article = story_with_past_or_404(request.user, number)
    return render(request, "desk/story_findings.html", findings_context(request.user, article))


@desk_view
@require_POST
def story_right_so(request: DeskRequest, number: int) -> HttpResponse:
    """Say that the text is right so, or with `again` that it is to be found again."""
    article = story_or_404(request.user, number)
    say = checking.reopen_finding if request.POST.get("again") else checking.accept_finding
    refused = None
    try:
        say(article.pk, request.POST.get("check", ""), request.POST.get("known_as", ""), acting_user=request.user)
    except Refusal as refusal:
        refused = refusal
    if wants_json(request):
        data = {"sentences": sentences_of(refused)} if refused else {}
        return JsonResponse(data, status=status_of(refused) if refused else 200)
    if refused:
        messages.error(request, str(refused))
    if rules.can_see_history(request.user, article):
        return redirect("desk:story_findings", article.pk)
    return redirect(article)
