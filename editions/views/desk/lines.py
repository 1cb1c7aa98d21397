"""Copy that somebody is writing, in printed lines: the length that a page asks for."""

from __future__ import annotations

from django.http import JsonResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles.text.body import MAX_BODY_CHARACTERS, clean_body
from articles.views.desk.access import DeskRequest, desk_view
from editions.models import PageTemplate
from editions.typesetting import TypesettingFailed, lines_of_text


@desk_view
@require_POST
def lines(request: DeskRequest) -> JsonResponse:
    """The lines that a body takes at each width a column can have; changes nothing.

    The default template's width comes first. 422 for a body that is too long to be saved, 503 while no page can
    be set.
    """
    html = request.POST.get("body", "")
    if len(html) > MAX_BODY_CHARACTERS:
        return JsonResponse({"widths": []}, status=422)
    body = clean_body(html)
    try:
        widths = [_at_width(body, characters, names) for characters, names in _columns().items()]
    except TypesettingFailed as failed:
        return JsonResponse({"widths": [], "sentence": str(failed)}, status=503)
    return JsonResponse({"widths": widths})


def _columns() -> dict[int, list[str]]:
    """The page templates' names by how many characters their columns take."""
    found: dict[int, list[str]] = {}
    for template in PageTemplate.objects.order_by("-is_default", "id"):
        found.setdefault(template.characters, []).append(template.name)
    return found


def _at_width(body: str, characters: int, names: list[str]) -> dict[str, object]:
    label = ngettext("%(count)s character a line", "%(count)s characters a line", characters) % {"count": characters}
    return {"id": characters, "label": f"{label} · {' · '.join(names)}", "lines": lines_of_text(body, characters)}
