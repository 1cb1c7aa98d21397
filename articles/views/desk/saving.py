"""Saving while somebody writes: the edit form sent by a script, answered in JSON, who else has the story open, and who
is signed in now.

Whatever is answered but `saved: true`, nothing has changed.
"""

from __future__ import annotations

from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles import hindrances, presence, rules
from articles.content import content_of
from articles.errors import IllegalTransition, NotAllowed, StaleVersion, WouldReopen
from articles.forms.editor import StoryEditor
from articles.models import Article
from articles.states import Verb
from articles.versions.revisions import current_revision
from articles.views.desk.access import (
    DeskRequest,
    Refused,
    desk_view,
    sentences_of,
    status_of,
    story_gone_from,
    story_if_in_sight,
)
from articles.views.desk.filing import assignment_asked
from articles.views.desk.saving_data import conflict_data, errors_data, present_data, saved_data
from articles.writing import missing_for_submitting
from newsroom.staff.models import User


@desk_view
@require_POST
def story_save(request: DeskRequest, number: int) -> HttpResponse:
    """Save what stands in the edit form, by itself (`autosave`) or because a person pressed the button."""
    article = story_if_in_sight(request.user, number)
    if article is None:
        gone = story_gone_from(request.user, number)
        sentence = hindrances.why_closed(gone, request.user) if gone else _("This story is not yours to edit now.")
        return _refuse(NotAllowed(sentence))
    return _save(request, StoryEditor(request.user, article), 200)


@desk_view
@require_POST
def story_file(request: DeskRequest) -> HttpResponse:
    """File what stands in the form of a new story; sent again under its `filing_token`, it is saved."""
    return _save(request, StoryEditor(request.user, None, assignment_asked(request)), 201)


@desk_view
@require_POST
def story_present(request: DeskRequest, number: int) -> HttpResponse:
    """Hear that this person has the story open, or has left it (`gone`); say who else has, what stands, in which
    state, and why they can save in it no more where it is closed to them.
    """
    article = rules.history_visible_to(request.user).for_lists().filter(pk=number).first()
    if article is None:
        return _tell_gone(request.user, number)
    if request.POST.get("gone"):
        presence.forget_presence(article.pk, acting_user=request.user)
    else:
        presence.note_presence(article, place=request.POST.get("place", ""), acting_user=request.user)
    others = presence.present_on(article, apart_from=request.user)
    stands = current_revision(article)
    return JsonResponse(
        {
            "others": [present_data(other) for other in others],
            "version": article.version,
            "by": stands.author_label,
            "state": _state_shown(article),
            "closed": hindrances.why_closed(article, request.user),
            "hindrances": [h._asdict() for h in hindrances.hindrances_of(article, others, request.user)],
        }
    )


@desk_view
@never_cache
def story_here(request: DeskRequest, number: int | None = None) -> HttpResponse:
    """Who is signed in here now, and whether this text is theirs to save: a new story's where there is no `number`.

    `token` is what a form of theirs is sent with.
    """
    user = request.user
    said = {"person": str(user.pk), "name": str(user), "login": user.get_username(), "token": get_token(request)}
    return JsonResponse(said | {"may_save": _may_file(request) if number is None else _may_edit(user, number)})


def _may_file(request: DeskRequest) -> bool:
    is_for_others = "assignment" in request.GET and assignment_asked(request) is None
    return rules.can_file(request.user) and not is_for_others


def _may_edit(user: User, number: int) -> bool:
    article = rules.visible_to(user).for_lists().filter(pk=number).first()
    return article is not None and rules.can(user, Verb.EDIT, article)


def _tell_gone(user: User, number: int) -> JsonResponse:
    """Why a story that this person has open is out of their sight; Http404 where none lay before them."""
    gone = story_gone_from(user, number)
    if gone is None:
        raise Http404
    said = {"state": _state_shown(gone), "closed": hindrances.why_closed(gone, user)}
    return JsonResponse({"others": [], "hindrances": []} | said)


def _state_shown(article: Article) -> str:
    """The state of the story as the page's head shows it, which other windows may have changed."""
    return render_to_string("desk/_state.html", {"article": article})


def _save(request: DeskRequest, editor: StoryEditor, status: int) -> HttpResponse:
    saved = editor.save(request.POST, request.FILES)
    if saved is not None:
        missing = missing_for_submitting(content_of(saved.article)) if editor.sending.to_submit else ""
        said = saved_data(saved, request.user) | ({"missing": missing} if missing else {})
        return JsonResponse(said, status=status)
    if isinstance(editor.refused, StaleVersion) and editor.merge:
        return JsonResponse(conflict_data(editor, editor.refused, editor.merge), status=409)
    if isinstance(editor.refused, NotAllowed | IllegalTransition | WouldReopen):
        return _refuse(editor.refused)
    return JsonResponse({"saved": False, "kind": "invalid", **errors_data(editor)}, status=422)


def _refuse(refused: Refused) -> JsonResponse:
    kinds = {NotAllowed: "not_yours", IllegalTransition: "moved", WouldReopen: "would_reopen"}
    sentence = " ".join(sentences_of(refused))
    return JsonResponse({"saved": False, "kind": kinds[type(refused)], "sentence": sentence}, status=status_of(refused))
