"""Parts of pages that are the same on many of them: drawn once as long as the reading side stands as it stands."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from articles.models.published import Serial

register = template.Library()

# More than there are sections in every language; what stands beyond is drawn each time.
MOST_PARTS = 1000
_parts: tuple[Serial | None, dict[Any, SafeString]] = (None, {})


@register.simple_tag(takes_context=True)
def kept_part(context: template.RequestContext, name: str, *by: Any) -> SafeString:
    """What the template `name` draws here. It may depend on the reading side, the language and `by` alone: not on
    the address, and on no reader.
    """
    global _parts
    serial = getattr(context.get("request"), "public_serial", None)
    if serial is None or _parts[0] != serial:
        _parts = serial, {}
    kept, key = _parts[1], (name, get_language(), *by)
    found = kept.get(key)
    if found is None:
        with context.push():
            found = context.template.engine.get_template(name).render(context)  # type: ignore[union-attr]
        if serial is not None and len(kept) < MOST_PARTS:
            kept[key] = found
    return found
