"""Stories on the desk: the list, one story, what is said to it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import concerns, rules
from articles.concerns import AskedFirst
from articles.editing import restore_version
from articles.errors import Refusal, StaleTimes
from articles.forms.coverage import show_refusal
from articles.forms.parsing import whole_number
from articles.forms.story import ActForm, TimesForm
from articles.models import Article
from articles.states import State, Verb
from articles.views.desk.access import (
    DeskRequest,
    back_to,
    desk_view,
    sentences_in,
    sentences_of,
    status_of,
    story_gone_from,
    story_if_in_sight,
    story_or_404,
    story_with_past_or_404,
)
from articles.views.desk.bulk import offer_undo
from articles.views.desk.listing import list_context, listing_of
from articles.views.desk.paging import page_of
from articles.views.desk.showing import SHOWN_REVISIONS, asking_context, revision_context, story_context
from newsroom.staff.notices import read_about


@desk_view
def story_list(request: DeskRequest) -> HttpResponse:
    """Every story this person may read, newest first, narrowed by the filters; or the saved list they open with."""
    listing = listing_of(request.user, request.GET)
    page = page_of(listing.stories, request.GET.get("older", ""), by=listing.narrowed.newest_by)
    return render(request, "desk/stories.html", list_context(request.user, listing, page))


@desk_view
def story(request: DeskRequest, number: int) -> HttpResponse:
    """One story: as it reads, where it stands, and what this person may say to it."""
    article = story_or_404(request.user, number)
    read_about(article, request.user)
    since = request.GET.get("since", "")
    return render(request, "desk/story.html", story_context(request.user, article, since=since))


@desk_view
@require_POST
def story_act(request: DeskRequest, number: int) -> HttpResponse:
    """Say a verb to a story; a refusal shows the story as it stands now, with the reason typed still there.

    Where something is open about the story, they are asked once whether they mean it.
    """
    article = story_if_in_sight(request.user, number)
    if article is None and story_gone_from(request.user, number):
        messages.error(request, _("This story has gone out of your sight. Nothing was done to it."))
        return redirect("desk:home")
    if article is None:
        raise Http404
    form = ActForm(request.POST)
    if not form.is_valid():
        return _refused(request, article, form, sentences_in(form), 422)
    try:
        moved = concerns.act(article.pk, acting_user=request.user, **form.act())
    except AskedFirst as asked:
        return _ask(request, article, Verb(form.cleaned_data["verb"]).label, asked)
    except (Refusal, ValidationError) as refused:
        return _refused(request, article, form, sentences_of(refused), status_of(refused))
    messages.success(request, _("“%(story)s”: %(state)s.") % {"story": moved, "state": moved.state_label})
    if article.state == State.WITHDRAWN:
        messages.info(request, _("Readers see it again once it has been submitted, signed and published anew."))
    offer_undo(request, form.cleaned_data["verb"], [(article, moved)])
    return back_to(request, moved)


def _ask(request: DeskRequest, article: Article, act: str | Promise, asked: AskedFirst) -> HttpResponse:
    """What is open about the story, and the same act once more: meant so."""
    return render(
        request, "desk/story_ask.html", asking_context(request.user, article, asked.concerns, act, request.POST)
    )


@desk_view
@require_POST
def story_times(request: DeskRequest, number: int) -> HttpResponse:
    """Set embargo and schedule."""
    article = story_or_404(request.user, number)
    form = TimesForm(request.POST)
    if not form.is_valid():
        return _times_refused(request, article, form)
    try:
        concerns.set_release_times(article.pk, acting_user=request.user, **form.times())
    except AskedFirst as asked:
        return _ask(request, article, _("Set the times"), asked)
    except ValidationError as refused:
        show_refusal(form, refused)
        return _times_refused(request, article, form)
    except StaleTimes as refused:
        messages.error(request, str(refused))
        return _times_refused(request, story_or_404(request.user, number), form, status_of(refused))
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Embargo and schedule are set."))
    return back_to(request, article)


def _times_refused(request: DeskRequest, article: Article, form: TimesForm, status: int = 422) -> HttpResponse:
    """The story with the times as they were typed."""
    context = story_context(request.user, article) | {"times_form": form}
    return render(request, "desk/story.html", context, status=status)


@desk_view
def revision(request: DeskRequest, number: int, version: int) -> HttpResponse:
    """One version of a story, compared with the one before it or the one asked for."""
    article = story_with_past_or_404(request.user, number)
    shown = get_object_or_404(article.revisions, number=version)
    asked = whole_number(request.GET.get("with", ""))
    others = article.revisions.filter(number=asked) if asked else article.revisions.filter(number__lt=version)
    other = others.first()
    context = revision_context(article, shown, other) | {
        "versions": article.revisions.values_list("number", flat=True)[:SHOWN_REVISIONS],
        "can_restore": version != article.version and rules.can(request.user, Verb.EDIT, article),
    }
    return render(request, "desk/revision.html", context)


@desk_view
@require_POST
def revision_restore(request: DeskRequest, number: int, version: int) -> HttpResponse:
    """Let the story say again what this version said."""
    article = story_with_past_or_404(request.user, number)
    get_object_or_404(article.revisions, number=version)
    based_on = whole_number(request.POST.get("based_on", ""))
    try:
        restored = restore_version(article.pk, version, based_on=based_on, acting_user=request.user)
    except (Refusal, ValidationError) as refused:
        messages.error(request, " ".join(sentences_of(refused)))
        return redirect("desk:revision", article.pk, version)
    said = _("Version %(old)s is restored as version %(number)s.")
    messages.success(request, said % {"old": version, "number": restored.version})
    return back_to(request, restored)


def _refused(request: DeskRequest, article: Article, form: ActForm, sentences: list[str], status: int) -> HttpResponse:
    """The story as it stands now with what was refused; the list, where it is out of sight meanwhile."""
    for sentence in sentences:
        messages.error(request, sentence)
    current = rules.visible_to(request.user).for_lists().filter(pk=article.pk).first()
    if current is None:
        return redirect("desk:stories")
    return render(request, "desk/story.html", story_context(request.user, current, form), status=status)
