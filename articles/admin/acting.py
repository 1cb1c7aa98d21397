"""The workflow's verbs in the admin: as buttons on a story, and as actions on a list of stories.

Each of them goes one story at a time through what the desk's own lists use (`bulk.carry_out`); what is refused
is shown with its reason, and a reason that somebody typed is never lost.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IS_POPUP_VAR
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles import rules
from articles.lists import bulk
from articles.lists.bulk import Order, Outcome
from articles.models import Article
from articles.states import REASON_REQUIRED, Verb
from newsroom.staff.admin.base import ByTheRules, person

# Editing is not one of them: it is done at the desk, where a save names the version it was based on.
SPOKEN = tuple(verb for verb in Verb if verb != Verb.EDIT)
Hidden = list[tuple[str, str]]


class ActsOnStories(ByTheRules):
    """Adds the verbs to the admin of stories."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_POST(self.act_view))
        return [path("<int:number>/act-<str:verb>/", view, name="articles_article_act"), *super().get_urls()]

    def act_view(self, request: HttpRequest, number: int, verb: str) -> HttpResponse:
        """Say one verb to one story, as its page showed it."""
        story = self.get_queryset(request).filter(pk=number).first()
        if story is None or verb not in SPOKEN:
            raise Http404
        seen = {story.pk: request.POST.get("seen", "")}
        if left := self._say(request, Verb(verb), [story], seen):
            return self._ask(request, Verb(verb), left, [("seen", seen[story.pk])])
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[number]))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """One action a verb, for those who have stories to say it to; an administrator has none."""
        if IS_POPUP_VAR in request.GET or not rules.can_file(request.user):
            return {}
        return {
            verb.value: (_action(verb), verb.value, _("%(verb)s: the selected stories") % {"verb": verb.label})
            for verb in SPOKEN
        }

    @admin.display(description=mark_safe('<input type="checkbox" id="action-toggle">'))
    def action_checkbox(self, obj: Article) -> SafeString:
        """The row's checkbox, and beside it what the list shows of where the story stands."""
        box = super().action_checkbox(obj)
        return format_html('{}<input type="hidden" name="seen" value="{}:{}">', box, obj.pk, obj.seen)

    def act_on_selected(self, request: HttpRequest, verb: Verb, stories: list[Article]) -> HttpResponse | None:
        """Say `verb` to each of the stories as the list showed it; None leads back to the list."""
        said = dict(token.split(":", 1) for token in request.POST.getlist("seen") if ":" in token)
        seen = {story.pk: said[str(story.pk)] for story in stories if str(story.pk) in said}
        if verb in REASON_REQUIRED and "reason" not in request.POST:
            outcomes = [Outcome(story, story) for story in stories]
            return self._ask(request, verb, outcomes, _selection(verb, outcomes, seen))
        if left := self._say(request, verb, stories, seen):
            return self._ask(request, verb, left, _selection(verb, left, seen))
        return None

    def _say(self, request: HttpRequest, verb: Verb, stories: list[Article], seen: dict[int, str]) -> list[Outcome]:
        """Say it to one after the other and report; returns what there is to ask: for a reason, or whether
        it is meant all the same.
        """
        ticked = request.POST.getlist("all_the_same")
        knowingly = frozenset(story.pk for story in stories if str(story.pk) in ticked)
        order = Order(verb, request.POST.get("reason", ""), knowingly=knowingly)
        outcomes = bulk.carry_out(order, stories, seen, acting_user=person(request))
        refused = [outcome for outcome in outcomes if not outcome.is_done]
        for outcome in refused:
            if not outcome.is_asked:
                said = _("%(label)s: %(text)s") % {"label": outcome.story, "text": outcome.refusal}
                self.message_user(request, said, messages.ERROR)
        if done := len(outcomes) - len(refused):
            report = ngettext("%(verb)s: %(count)s story.", "%(verb)s: %(count)s stories.", done)
            self.message_user(request, report % {"verb": verb.label, "count": done}, messages.SUCCESS)
        return [outcome for outcome in refused if outcome.is_asked or verb in REASON_REQUIRED]

    def _ask(self, request: HttpRequest, verb: Verb, outcomes: list[Outcome], hidden: Hidden) -> HttpResponse:
        """The page that asks for the reason, with what was typed already, and whether it is meant whatever is open:
        what it is said to once more, and of those the ones about which something is.
        """
        context = {
            **self.admin_site.each_context(request),
            "title": verb.label,
            "opts": self.opts,
            "verb": verb,
            "outcomes": outcomes,
            "is_asked": any(outcome.is_asked for outcome in outcomes),
            "hidden": hidden,
            "needs_reason": verb in REASON_REQUIRED,
            "reason": request.POST.get("reason", ""),
        }
        return TemplateResponse(request, "admin/articles/article/asking.html", context)

    def verbs_in_context(self, request: HttpRequest, story: Article) -> dict[str, Any]:
        """What the page of a story needs for its buttons."""
        verbs = rules.verbs_for(request.user, story)
        return {
            "plain_verbs": [verb for verb in verbs if verb in SPOKEN and verb not in REASON_REQUIRED],
            "reasoned_verbs": [verb for verb in verbs if verb in REASON_REQUIRED],
            "may_edit": Verb.EDIT in verbs,
        }


def _action(verb: Verb) -> Callable[..., HttpResponse | None]:
    def act(model_admin: ActsOnStories, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        return model_admin.act_on_selected(request, verb, list(queryset))

    return act


def _selection(verb: Verb, outcomes: list[Outcome], seen: dict[int, str]) -> Hidden:
    """The fields with which the asking page sends the same selection again."""
    pairs: Hidden = [("action", verb.value), ("index", "0")]
    for outcome in outcomes:
        pairs.append((ACTION_CHECKBOX_NAME, str(outcome.story.pk)))
        pairs.append(("seen", f"{outcome.story.pk}:{seen.get(outcome.story.pk, '')}"))
    return pairs
