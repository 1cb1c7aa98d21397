"""Answering an assignment, and handing in for one: photos, or a story that was begun without."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import editing
from articles.coverage_states import AssignmentVerb
from articles.errors import NotAllowed, Refusal
from articles.forms.coverage import AnswerForm, DueForm, TieForm, show_refusal
from articles.forms.parsing import whole_number
from articles.models import Assignment
from articles.photos.alike import LooksLike
from articles.photos.intake import take_in
from articles.plan import assigning, coverage_rules
from articles.views.desk.access import DeskRequest, back_to, desk_view, sentences_of, status_of, story_or_404
from articles.views.desk.topics import refused_on, topic_context
from newsroom.dates import short_moment
from newsroom.staff.models import User


def assignment_or_404(user: User, number: int) -> Assignment:
    """The assignment, if `user` may read its topic."""
    visible = Assignment.objects.filter(topic__in=coverage_rules.visible_to(user)).select_related("topic__section")
    return get_object_or_404(visible, pk=number)


@desk_view
@require_POST
def assignment_act(request: DeskRequest, number: int) -> HttpResponse:
    """Accept an assignment, decline it, take it back."""
    assignment, form = assignment_or_404(request.user, number), AnswerForm(request.POST)
    if not form.is_valid():
        return refused_on(request, assignment.topic, "answer", form, 422, assignment)
    try:
        assignment = assigning.answer_assignment(number, acting_user=request.user, **form.cleaned_data)
    except (Refusal, ValidationError) as refused:
        show_refusal(form, refused)
        return refused_on(request, assignment.topic, "answer", form, status_of(refused), assignment)
    words = {"assignment": assignment, "state": assignment.get_state_display()}
    messages.success(request, _("“%(assignment)s”: %(state)s.") % words)
    return redirect(assignment)


@desk_view
@require_POST
def assignment_due(request: DeskRequest, number: int) -> HttpResponse:
    """Set another time at which an assignment is due."""
    assignment, form = assignment_or_404(request.user, number), DueForm(request.POST)
    if not form.is_valid():
        return refused_on(request, assignment.topic, "due_form", form, 422, assignment)
    try:
        assignment = assigning.set_due(number, acting_user=request.user, **form.cleaned_data)
    except (Refusal, ValidationError) as refused:
        show_refusal(form, refused)
        return refused_on(request, assignment.topic, "due_form", form, status_of(refused), assignment)
    messages.success(request, _("It is due %(moment)s.") % {"moment": short_moment(assignment.due_at)})
    return redirect(assignment)


@desk_view
@require_POST
def assignment_photos(request: DeskRequest, number: int) -> HttpResponse:
    """Hand photos in for an assignment: those chosen, and files that are taken in first, each by itself. With `ask`,
    what looks like a photo that is here already is named and not taken in.
    """
    assignment = assignment_or_404(request.user, number)
    # The service decides; this spares the store what it would refuse.
    if not coverage_rules.can_answer(request.user, AssignmentVerb.DELIVER, assignment):
        messages.error(request, str(NotAllowed()))
        return redirect(assignment)
    files = take_in(request.FILES.getlist("photos"), ask="ask" in request.POST, acting_user=request.user)
    problems = [problem for file in files for problem in file.problems]
    alike = [(file.name, file.alike) for file in files if file.alike]
    chosen = [whole_number(value) for value in request.POST.getlist("photo")]
    numbers = chosen + [file.photo.pk for file in files if file.photo]
    if numbers or not alike:
        try:
            assigning.hand_in_photos(number, numbers, acting_user=request.user)
        except (Refusal, ValidationError) as refused:
            problems = problems or sentences_of(refused)
        else:
            messages.success(request, _("The photos are in."))
    for problem in problems:
        messages.error(request, problem)
    return _ask_about(request, assignment, alike) if alike else redirect(assignment)


def _ask_about(request: DeskRequest, assignment: Assignment, alike: list[tuple[str, LooksLike]]) -> HttpResponse:
    """The topic with the pictures that were not taken in by their files' names, beside those they look like."""
    context = topic_context(request.user, assignment.topic) | {"alike": alike, "answered": assignment}
    return render(request, "desk/topic.html", context, status=409)


@desk_view
@require_POST
def story_assignment(request: DeskRequest, number: int) -> HttpResponse:
    """Let a story that was begun without an assignment count for one."""
    article, form = story_or_404(request.user, number), TieForm(request.POST, user=request.user)
    if not form.is_valid():
        messages.error(request, _("Choose one of your assignments."))
        return redirect(article)
    try:
        editing.tie_to_assignment(number, form.cleaned_data["assignment"].pk, acting_user=request.user)
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The story counts for its assignment."))
    return back_to(request, article)
