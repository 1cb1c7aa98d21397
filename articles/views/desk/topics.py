"""One topic: proposing, reading, changing and moving it, deciding on it, sending people for it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import Form, ModelForm, model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import rules
from articles.coverage_states import (
    ANSWERS,
    ASSIGNMENT_REASON_REQUIRED,
    LIVE_ASSIGNMENTS,
    TOPIC_REASON_REQUIRED,
    AssignmentKind,
    AssignmentVerb,
    TopicVerb,
)
from articles.errors import NotAllowed, Refusal, Stale
from articles.forms.coverage import AssignForm, DecideForm, DueForm, MoveForm, TopicForm, show_refusal
from articles.forms.parsing import whole_number
from articles.models import Assignment, Photo, Topic
from articles.plan import assigning, coverage, coverage_rules, topics
from articles.views.desk.access import DeskRequest, desk_view, sentences_in, status_of
from articles.views.desk.calendar import address_of_plan, asked_day
from newsroom.dates import day_and_weekday
from newsroom.staff.models import AuditEntry, User
from newsroom.staff.notices import read_about
from newsroom.undoing import Undo, offer

SHOWN_ENTRIES, SHOWN_PHOTOS = 100, 24
# Copy is due when the pages of the evening are made.
USUALLY_DUE = datetime.time(20, 0)


def topic_or_404(user: User, number: int) -> Topic:
    """The topic, if `user` may read it; what they may not read does not exist for them."""
    return get_object_or_404(coverage_rules.visible_to(user).select_related("section", "proposed_by"), pk=number)


@desk_view
def topic_new(request: DeskRequest) -> HttpResponse:
    """Propose a topic."""
    if not coverage_rules.can_propose(request.user):
        messages.error(request, str(NotAllowed()))
        return redirect("desk:plan")
    if request.method != "POST":
        form = TopicForm(initial={"day": asked_day(request.GET.get("on", ""))})
        return render(request, "desk/topic_edit.html", {"form": form})
    form = TopicForm(request.POST)
    if not form.is_valid():
        return render(request, "desk/topic_edit.html", {"form": form}, status=422)
    try:
        topic = topics.propose_topic(form.cleaned_data, acting_user=request.user)
    except (Refusal, ValidationError) as refused:
        show_refusal(form, refused)
        return render(request, "desk/topic_edit.html", {"form": form}, status=status_of(refused))
    messages.success(request, _("“%(topic)s” is proposed.") % {"topic": topic})
    return redirect(topic)


@desk_view
def topic_edit(request: DeskRequest, number: int) -> HttpResponse:
    """Change a topic; a refused form keeps what was typed, on the version that was shown. Where somebody else changed
    the topic meanwhile, that is shown along, and the next save is based on it.
    """
    topic = topic_or_404(request.user, number)
    if request.method != "POST":
        if not coverage_rules.can(request.user, TopicVerb.EDIT, topic):
            messages.error(request, str(NotAllowed()))
            return redirect(topic)
        return _show_form(request, topic, TopicForm(initial=model_to_dict(topic)), topic.version, 200)
    form = TopicForm(request.POST, initial=model_to_dict(topic))
    based_on = whole_number(request.POST.get("based_on", ""))
    if not form.is_valid():
        return _show_form(request, topic, form, based_on, 422)
    try:
        topics.edit_topic(number, form.cleaned_data, based_on=based_on, acting_user=request.user)
    except Stale as refused:
        topic = Topic.objects.select_related("section").get(pk=number)
        form.show_standing(topic, refused)
        return _show_form(request, topic, form, topic.version, status_of(refused))
    except (Refusal, ValidationError) as refused:
        show_refusal(form, refused)
        return _show_form(request, topic, form, based_on, status_of(refused))
    messages.success(request, _("Saved."))
    return redirect("desk:topic", number)


def _show_form(request: DeskRequest, topic: Topic, form: TopicForm, based_on: int, status: int) -> HttpResponse:
    context = {"topic": topic, "form": form, "based_on": based_on}
    return render(request, "desk/topic_edit.html", context, status=status)


@desk_view
def topic(request: DeskRequest, number: int) -> HttpResponse:
    """One topic: what it is, who goes, what came of it."""
    shown = topic_or_404(request.user, number)
    read_about(shown, request.user)
    return render(request, "desk/topic.html", topic_context(request.user, shown))


@desk_view
@require_POST
def topic_act(request: DeskRequest, number: int) -> HttpResponse:
    """Approve a topic, turn it down, drop it."""
    topic, form = topic_or_404(request.user, number), DecideForm(request.POST)
    if not form.is_valid():
        return refused_on(request, topic, "decide", form, 422)
    try:
        topic = topics.decide_topic(number, acting_user=request.user, **form.cleaned_data)
    except (Refusal, ValidationError) as refused:
        show_refusal(form, refused)
        return refused_on(request, topic, "decide", form, status_of(refused))
    messages.success(request, _("“%(topic)s”: %(state)s.") % {"topic": topic, "state": topic.get_state_display()})
    return redirect(topic if coverage_rules.can_view(request.user, topic) else "desk:plan")


@desk_view
@require_POST
def topic_move(request: DeskRequest, number: int) -> HttpResponse:
    """Move a topic to another day, its edition and due times with it; `back` is the calendar it was moved on."""
    topic, form = topic_or_404(request.user, number), MoveForm(request.POST)
    if not form.is_valid():
        return _not_moved(request, topic, form, 422)
    try:
        moved = topics.move_topic(number, acting_user=request.user, **form.cleaned_data)
    except (Refusal, ValidationError) as refused:
        show_refusal(form, refused)
        return _not_moved(request, topic, form, status_of(refused))
    if moved.version != topic.version:
        words = {"topic": moved, "day": day_and_weekday(moved.day)}
        messages.success(request, _("“%(topic)s” is moved to %(day)s, and whoever goes was told.") % words)
        _offer_to_move_back(request, topic, moved)
    # On the calendar the focus is where it was: on the topic.
    return redirect(f"{address_of_plan(request.POST['back'])}#topic-{number}" if "back" in request.POST else moved)


def _offer_to_move_back(request: DeskRequest, topic: Topic, moved: Topic) -> None:
    """By as many days the other way everything stands where it stood."""
    fields = [("seen", str(moved.version)), ("day", topic.day.isoformat())]
    fields += [("back", request.POST["back"])] if "back" in request.POST else []
    offer(request, Undo(reverse("desk:topic_move", args=[topic.pk]), fields))


def _not_moved(request: DeskRequest, topic: Topic, form: MoveForm, status: int) -> HttpResponse:
    """Why, on the calendar as it stands now, or on the page of the topic."""
    if "back" not in request.POST:
        return refused_on(request, topic, "move_form", form, status)
    for problem in sentences_in(form):
        messages.error(request, problem)
    return redirect(address_of_plan(request.POST["back"]))


@desk_view
@require_POST
def topic_assign(request: DeskRequest, number: int) -> HttpResponse:
    """Send somebody."""
    topic, form = topic_or_404(request.user, number), AssignForm(request.POST)
    if not form.is_valid():
        return refused_on(request, topic, "assign_form", form, 422)
    try:
        given = assigning.give_assignment(number, form.cleaned_data, acting_user=request.user)
    except (Refusal, ValidationError) as refused:
        show_refusal(form, refused)
        return refused_on(request, topic, "assign_form", form, status_of(refused))
    messages.success(request, _("%(name)s was told.") % {"name": given.person})
    return redirect(given)


def refused_on(
    request: DeskRequest,
    topic: Topic,
    name: str,
    form: Form | ModelForm,
    status: int,
    assignment: Assignment | None = None,
) -> HttpResponse:
    """The topic as it stands now, with the form `name` that was refused as it was typed, of `assignment` if of one.

    The plan, where the topic is out of this person's sight meanwhile.
    """
    current = coverage_rules.visible_to(request.user).filter(pk=topic.pk)
    shown = current.select_related("section", "proposed_by").first()
    problems = sentences_in(form)
    if shown is None:
        for problem in problems:
            messages.error(request, problem)
        return redirect("desk:plan")
    context = topic_context(request.user, shown) | {name: form, "problems": problems, "answered": assignment}
    context["unsaid"] = _unsaid(form, context, assignment)
    return render(request, "desk/topic.html", context, status=status)


def _unsaid(form: Form | ModelForm, context: Mapping[str, Any], assignment: Assignment | None) -> str:
    """The reason that was typed for a verb that cannot be said any more: no field of the page has it."""
    rows = [row for row in context["people"] if row["assignment"] == assignment]
    offered = rows[0]["buttons"] if rows else context["buttons"]
    is_offered = form.data.get("verb") in {verb.value for verb, _needs_reason in offered}
    return "" if is_offered else form.data.get("reason", "")


def topic_context(user: User, topic: Topic) -> dict[str, Any]:
    """Everything that the page of a topic shows to `user`."""
    verbs, now = coverage_rules.topic_verbs(user, topic), timezone.now()
    sent = coverage.with_what_came(topic.assignments.select_related("person", "given_by")).order_by("due_at", "id")
    people = [_shown(user, topic, assignment, now) for assignment in sent]
    topic.going = [row["assignment"] for row in people if row["is_live"]]
    handed_in = Photo.objects.filter(assignment__topic=topic).select_related("uploaded_by")
    return {
        "topic": topic,
        "outcome": coverage.topic_outcome(topic, now),
        "people": people,
        "buttons": [(v, v in TOPIC_REASON_REQUIRED) for v in verbs if v not in {TopicVerb.EDIT, TopicVerb.ASSIGN}],
        "can_edit": TopicVerb.EDIT in verbs,
        "move_form": MoveForm(initial={"seen": topic.version, "day": topic.day}) if TopicVerb.EDIT in verbs else None,
        "assign_form": AssignForm(initial=_usual(topic)) if TopicVerb.ASSIGN in verbs else None,
        "stories": rules.visible_to(user).filter(assignment__topic=topic).for_lists(),
        "photos": handed_in,
        "own_photos": _not_handed_in(user) if any(row["takes_photos"] for row in people) else [],
        "trail": _trail_of(topic, people),
    }


def _shown(user: User, topic: Topic, assignment: Assignment, now: datetime.datetime) -> dict[str, Any]:
    """One row of who goes: with the verbs that `user` may say to it, and what was said where they may read it."""
    assignment.topic = topic
    verbs, is_live = coverage_rules.assignment_verbs(user, assignment), assignment.state in LIVE_ASSIGNMENTS
    return {
        "assignment": assignment,
        "is_live": is_live,
        "outcome": coverage.outcome_of(assignment, now) if is_live else None,
        "may_read": coverage_rules.can_read_words(user, assignment),
        "buttons": [(v, v in ASSIGNMENT_REASON_REQUIRED) for v in verbs if v in ANSWERS],
        "due_form": _due_form(assignment) if AssignmentVerb.RESCHEDULE in verbs else None,
        "writes": AssignmentVerb.DELIVER in verbs and assignment.kind == AssignmentKind.TEXT,
        "takes_photos": AssignmentVerb.DELIVER in verbs and assignment.kind == AssignmentKind.PHOTO,
    }


def _due_form(assignment: Assignment) -> DueForm:
    """The form for another due time; of several on one page each field has an id of its own."""
    initial = {"seen": assignment.topic.version, "due_at": assignment.due_at}
    return DueForm(initial=initial, auto_id=f"id_{assignment.pk}_%s")


def _trail_of(topic: Topic, people: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What was done to the topic and to the assignments of `people`, newest first: who was sent for what and until
    when is read by everybody who reads the topic, what was said with it by those whom it concerns.
    """
    rows = {str(row["assignment"].pk): row for row in people}
    of_assignments = AuditEntry.objects.filter(target_type=Assignment._meta.label_lower, target_id__in=list(rows))
    entries = (AuditEntry.objects.about(topic) | of_assignments)[:SHOWN_ENTRIES]
    about_topic = {"assignment": None, "may_read": True}
    return [_entry(entry, rows[entry.target_id] if _is_of_assignment(entry) else about_topic) for entry in entries]


def _is_of_assignment(entry: AuditEntry) -> bool:
    return entry.target_type == Assignment._meta.label_lower


def _entry(entry: AuditEntry, row: Mapping[str, Any]) -> dict[str, Any]:
    due_at = entry.data.get("due_at")
    return {
        "entry": entry,
        "assignment": row["assignment"],
        "due_at": datetime.datetime.fromisoformat(due_at) if due_at else None,
        "reason": entry.data.get("reason", "") if row["may_read"] else "",
    }


def _not_handed_in(user: User) -> QuerySet[Photo]:
    """The photos that `user` took in last and has not handed in for anything."""
    return Photo.objects.filter(uploaded_by=user, assignment__isnull=True)[:SHOWN_PHOTOS]


def _usual(topic: Topic) -> dict[str, Any]:
    """Text or photos, whatever is wanted first, on the evening of its first day or, once that is past, of today."""
    due = timezone.make_aware(datetime.datetime.combine(max(topic.day, timezone.localdate()), USUALLY_DUE))
    return {"kind": "text" if topic.wants_text else "photo", "due_at": due}
