"""The templates of the reading site: Jinja2, with what articles and editions give them.

To draw a page Django's own templates take several times as long, and drawing is much of what a page costs that is
made anew. The folder `templates/reading/` is Jinja2's alone, and the names in it begin with `reading/`.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

from django.template import defaultfilters
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, PrefixLoader, StrictUndefined

from articles.addresses import address
from articles.templating import pictures, reading, search
from editions.templating import discovery, paper
from newsroom.templating.translation import TranslationTags

# Each names its FILTERS and its FUNCTIONS.
_GIVING: tuple[ModuleType, ...] = (reading, pictures, search, paper, discovery)
_OF_DJANGO = {
    "linebreaks": defaultfilters.linebreaks_filter,
    "linebreaksbr": defaultfilters.linebreaksbr,
    "truncatechars": defaultfilters.truncatechars,
}


def environment(**options: Any) -> Environment:
    """What is missing in a page is an error and not an empty place."""
    # Django's backend turns escaping on.
    options |= {"loader": PrefixLoader({"reading": options["loader"]}), "undefined": StrictUndefined}
    made = Environment(**options, extensions=[TranslationTags], lstrip_blocks=True)  # noqa: S701
    made.filters.update(_OF_DJANGO)
    made.globals.update(address=address, static=static, url=_url)
    for module in _GIVING:
        made.filters.update({given.__name__: given for given in module.FILTERS})
        made.globals.update({given.__name__: given for given in module.FUNCTIONS})
    return made


def _url(name: str, *names: Any) -> str:
    """Where a view answers that is no page of the reading site; of those `address` knows."""
    return reverse(name, args=names)
