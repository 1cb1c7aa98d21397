"""Remarks on a story: asked for and written beside its text, answered, ticked off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import remarks, rules
from articles.errors import Refusal
from articles.forms.parsing import one_line_end
from articles.forms.remarks import RemarkForm
from articles.models import Article, Remark
from articles.versions.revisions import current_revision
from articles.views.desk.access import (
    DeskRequest,
    desk_view,
    sentences_in,
    sentences_of,
    status_of,
    story_or_404,
)
from articles.views.desk.remarks_data import remarks_as_data
from articles.views.desk.showing import story_context
from newsroom.answering import wants_json


@desk_view
def story_remarks(request: DeskRequest, number: int) -> HttpResponseBase:
    """The open remarks on a story as data; a post writes one."""
    article = _remarked(request, number)
    if request.method != "POST":
        return JsonResponse(remarks_as_data(article, request.user))
    form = RemarkForm(current_revision(article).content, request.POST)
    if not form.is_valid():
        return _unsaid(request, article, form, sentences_in(form), 422)
    try:
        remarks.write_remark(article.pk, form.passage(), form.cleaned_data["text"], acting_user=request.user)
    except (Refusal, ValidationError) as refused:
        return _unsaid(request, article, form, sentences_of(refused), status_of(refused))
    return _done(request, article, _("The remark is made."))


@desk_view
@require_POST
def remark_answer(request: DeskRequest, number: int) -> HttpResponseBase:
    """Answer a remark."""
    text = one_line_end(request.POST.get("text", ""))
    return _change(
        request, number, _("Answered."), lambda: remarks.answer_remark(number, text, acting_user=request.user)
    )


@desk_view
@require_POST
def remark_settle(request: DeskRequest, number: int) -> HttpResponseBase:
    """Tick a remark off."""
    return _change(request, number, _("Ticked off."), lambda: remarks.settle_remark(number, acting_user=request.user))


@desk_view
@require_POST
def remark_reopen(request: DeskRequest, number: int) -> HttpResponseBase:
    """Open a remark again."""
    return _change(
        request, number, _("It is open again."), lambda: remarks.reopen_remark(number, acting_user=request.user)
    )


def _remarked(request: DeskRequest, number: int) -> Article:
    """The story, if this person may remark on it; for others its remarks do not exist."""
    article = story_or_404(request.user, number)
    if not rules.can_remark(request.user, article):
        raise Http404
    return article


def _change(request: DeskRequest, number: int, said: str, act: Callable[[], Any]) -> HttpResponseBase:
    remark = Remark.objects.filter(pk=number).first()
    article = _remarked(request, remark.article_id if remark else 0)
    try:
        act()
    except (Refusal, ValidationError) as refused:
        typed = {"remark": number, "text": request.POST.get("text", "")}
        return _refused(request, article, sentences_of(refused), status_of(refused), {"typed_answer": typed})
    return _done(request, article, said)


def _done(request: DeskRequest, article: Article, said: str) -> HttpResponseBase:
    if wants_json(request):
        return JsonResponse(remarks_as_data(article, request.user))
    messages.success(request, said)
    return redirect(f"{article.get_absolute_url()}#remarks")


def _unsaid(
    request: DeskRequest, article: Article, form: RemarkForm, sentences: list[str], status: int
) -> HttpResponseBase:
    return _refused(request, article, sentences, status, {"remark_form": form})


def _refused(
    request: DeskRequest, article: Article, sentences: list[str], status: int, typed: dict[str, Any]
) -> HttpResponseBase:
    """The story with what was refused and what was typed."""
    if wants_json(request):
        return JsonResponse({"problems": sentences}, status=status)
    for sentence in sentences:
        messages.error(request, sentence)
    return render(request, "desk/story.html", story_context(request.user, article) | typed, status=status)
