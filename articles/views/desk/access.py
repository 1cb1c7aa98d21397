"""The desk's door: who comes in, which story they find, and how a refusal is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from articles import rules
from articles.errors import IllegalTransition, NotAllowed, Refusal, Stale, WouldReopen
from articles.models import Article
from newsroom.answering import came_from, led_to_a_page, wants_json
from newsroom.staff.models import User

P = ParamSpec("P")
Refused = Refusal | ValidationError


class DeskRequest(HttpRequest):
    """A request from somebody for whom the desk opens."""

    user: User


def desk_view(
    view: Callable[Concatenate[DeskRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let in whoever may enter the desk: others sign in first, or read that it is closed to them (403).

    A script is told so (401, 403) in JSON: it would follow a redirect and read the page of the sign-in. Whoever opens
    an address that only takes what is sent to it is led to the page it belongs to.
    """
    enter = _entered(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated and wants_json(request):
            return JsonResponse({"kind": "signed_out", "sentence": _("You are not signed in any more.")}, status=401)
        return enter(request, *args, **kwargs)

    return guarded


def _entered(view: Callable[Concatenate[DeskRequest, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @cache_control(private=True)
    def entered(request: DeskRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(_after_signing_in(request))
        if rules.can_enter_desk(request.user):
            return led_to_a_page(request, view(request, *args, **kwargs))
        if wants_json(request):
            return JsonResponse({"kind": "not_yours", "sentence": str(NotAllowed())}, status=403)
        return render(request, "desk/closed.html", status=403)

    return entered


def _after_signing_in(request: HttpRequest) -> str:
    """The page that was asked for. What was sent in is sent again from the page it came from: that has what was typed,
    and the address it was sent to may show nothing by itself.
    """
    if request.method == "POST":
        return came_from(request) or reverse("desk:home")
    return request.get_full_path()


def story_or_404(user: User, number: int) -> Article:
    """The story, if `user` may read it; what they may not read does not exist for them."""
    return get_object_or_404(rules.visible_to(user).for_lists(), pk=number)


def story_with_past_or_404(user: User, number: int) -> Article:
    """The story, if `user` may read its past too: for those who see the copy alone there is none."""
    return get_object_or_404(rules.history_visible_to(user).for_lists(), pk=number)


def story_if_in_sight(user: User, number: int) -> Article | None:
    """The story, None where there is none for this person: whether one is out of their sight is not told."""
    return rules.visible_to(user).for_lists().filter(pk=number).first()


def story_gone_from(user: User, number: int) -> Article | None:
    """The story that lay before `user` and was taken out of their sight, None where none did."""
    article = Article.objects.filter(pk=number).first()
    return article if article is not None and rules.has_gone_out_of_sight(user, article) else None


def back_to(request: DeskRequest, article: Article) -> HttpResponseRedirect:
    """To the story, or home where it has gone out of this person's sight."""
    return redirect(article if rules.can_view(request.user, article) else "desk:home")


def sentences_of(refused: Refused) -> list[str]:
    """What to tell the person who was refused."""
    return refused.messages if isinstance(refused, ValidationError) else [str(refused)]


def sentences_in(form: BaseForm) -> list[str]:
    """What is wrong with a form that was sent, for a page that shows it without its fields."""
    return [str(error) for errors in form.errors.values() for error in errors]


def said_of(label: object, text: object) -> str:
    """A sentence with what it is about before it, in the writing of the user's language."""
    return _("%(label)s: %(text)s") % {"label": label, "text": text}


def status_of_all(refusals: Iterable[Refused]) -> int:
    """The HTTP status of several refusals together: what may not be before what has moved on, and that before what is
    wrong with what was sent.
    """
    statuses = {status_of(refused) for refused in refusals}
    return next(status for status in (403, 409, 422) if status in statuses)


def status_of(refused: Refused) -> int:
    """The HTTP status that says the same: 403, 409 where the thing has moved on, otherwise 422."""
    if isinstance(refused, NotAllowed):
        return 403
    return 409 if isinstance(refused, Stale | IllegalTransition | WouldReopen) else 422
