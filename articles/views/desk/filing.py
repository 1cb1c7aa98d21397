"""Writing stories: the edit form, and the two small questions it asks while somebody types."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from articles import rules
from articles.contributors import contributors_like
from articles.coverage_states import AssignmentVerb
from articles.errors import NotAllowed
from articles.forms.editor import StoryEditor
from articles.forms.parsing import day_or_none, whole_number
from articles.models import Article, Assignment, BylineRole
from articles.models.article import PRINTED_ROLES
from articles.plan import coverage, coverage_rules
from articles.states import Verb
from articles.text.counting import HALF_WIDTH_RUN
from articles.text.leadin import NAMED_IN_LEAD_IN, LeadIn, LeadInKind, compose
from articles.views.desk.access import DeskRequest, back_to, desk_view, status_of, story_if_in_sight
from articles.views.desk.showing import returned_by, saved_sentence, standing_in_the_way

SUGGESTED = 20


@desk_view
@never_cache
def story_new(request: DeskRequest) -> HttpResponse:
    """File a new story. The page is never kept: shown again, it would file the same story once more.

    For an assignment that has its story the way leads there, unless `another` is asked for.
    """
    if not rules.can_file(request.user):
        messages.error(request, str(NotAllowed()))
        return redirect("desk:home")
    assignment = assignment_asked(request)
    if request.method != "POST" and "assignment" in request.GET and assignment is None:
        messages.error(request, _("This assignment is not yours to write now."))
        return redirect("desk:home")
    begun = coverage.story_begun(assignment) if assignment and "another" not in request.GET else None
    if begun is not None and request.method != "POST":
        return _to_story_begun(request, begun)
    return _edit(request, None, assignment)


def _to_story_begun(request: DeskRequest, story: Article) -> HttpResponseRedirect:
    address = f"{reverse('desk:story_new')}?assignment={story.assignment_id}&another=1"
    told, way = _("This is your story for that assignment."), _("Write a second one")
    messages.info(request, format_html('{} <a href="{}">{}</a>', told, address, way))
    return redirect("desk:story_edit", story.pk) if rules.can(request.user, Verb.EDIT, story) else redirect(story)


def assignment_asked(request: DeskRequest) -> Assignment | None:
    """The assignment that a new story is filed against. What is posted is heard, and the service decides."""
    number = whole_number(request.POST.get("assignment") or request.GET.get("assignment", ""))
    mine = Assignment.objects.filter(pk=number, person=request.user).select_related("topic__section", "person").first()
    if mine is None or request.method == "POST":
        return mine
    return mine if coverage_rules.can_answer(request.user, AssignmentVerb.DELIVER, mine) else None


@desk_view
def story_edit(request: DeskRequest, number: int) -> HttpResponse:
    """Edit a story. What is posted is always heard, so that nobody loses what they typed to a changed state,
    or to a story that has left their sight meanwhile.
    """
    article = story_if_in_sight(request.user, number)
    if article is None and request.method == "POST":
        editor = StoryEditor(request.user, None)
        editor.turn_away(request.POST, request.FILES)
        return _show(request, editor, 403)
    if article is None:
        raise Http404
    if request.method != "POST" and not rules.can(request.user, Verb.EDIT, article):
        messages.error(request, _("This story is not yours to edit now."))
        return redirect(article)
    return _edit(request, article)


def _edit(request: DeskRequest, article: Article | None, assignment: Assignment | None = None) -> HttpResponse:
    editor = StoryEditor(request.user, article, assignment)
    if request.method != "POST":
        editor.begin()
        return _show(request, editor, 200)
    saved = editor.save(request.POST, request.FILES)
    if saved is None:
        return _show(request, editor, status_of(editor.refused) if editor.refused else 422)
    messages.success(request, saved_sentence(saved, request.user))
    return back_to(request, saved.article)


def _show(request: DeskRequest, editor: StoryEditor, status: int) -> HttpResponse:
    can_submit = editor.article is None or rules.can(request.user, Verb.SUBMIT, editor.article)
    context = {
        "editor": editor,
        "article": editor.article,
        "half_width_run": HALF_WIDTH_RUN.pattern,
        "can_submit": can_submit,
        "returned_by": returned_by(editor.article) if editor.article else None,
        "hindrances": standing_in_the_way(editor.article, request.user) if editor.article else [],
    }
    return render(request, "desk/story_edit.html", context, status=status)


@desk_view
def lead_in(request: DeskRequest) -> JsonResponse:
    """The lead-in that these data print, for the preview beside the form."""
    asked = request.GET
    people = [
        (PRINTED_ROLES[BylineRole(role)], name)
        for role, name in zip(asked.getlist("role"), asked.getlist("name"), strict=False)
        if role in NAMED_IN_LEAD_IN and name
    ]
    kind = asked.get("kind", "")
    data = LeadIn(kind, asked.get("agency", ""), asked.get("place", ""), day_or_none(asked.get("day", "")))
    return JsonResponse({"lead_in": compose(data, people) if kind in LeadInKind.values else ""})


@desk_view
def people(request: DeskRequest) -> JsonResponse:
    """Contributors whose name contains what was typed, or begins so in pinyin; those who share a name come with
    their address.
    """
    found = list(contributors_like(request.GET.get("q", ""))[:SUGGESTED])
    names = [person.name for person in found]
    return JsonResponse({"people": [p.name if names.count(p.name) == 1 else f"{p.name}（{p.slug}）" for p in found]})
