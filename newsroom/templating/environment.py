"""The templates of the reading site: Jinja2, with what articles and editions give them.

To draw a page Django's own templates take several times as long, and drawing is much of what a page costs that is
made anew. The folder `templates/reading/` is Jinja2's alone, and the names in it begin with `reading/`.
"""

from __future__ import annotations

from functools import lru_cache, partial
from types import ModuleType
from typing import Any

from django.conf import STATICFILES_STORAGE_ALIAS
from django.core.files.storage import Storage, storages
from django.template import defaultfilters
from django.utils.translation import get_language
from jinja2 import Environment, PrefixLoader, StrictUndefined, Template

from articles.addresses import address_in, path_of
from articles.templating import pictures, reading, search
from editions.templating import discovery, paper
from newsroom.templating.compiling import CompiledTemplate, Compiler, call, shown
from newsroom.templating.translation import TranslationTags

# Each names its FILTERS and its FUNCTIONS.
_GIVING: tuple[ModuleType, ...] = (reading, pictures, search, paper, discovery)
_OF_DJANGO = {
    "linebreaks": defaultfilters.linebreaks_filter,
    "linebreaksbr": defaultfilters.linebreaksbr,
    "truncatechars": defaultfilters.truncatechars,
}


class Environments:
    """Jinja2 as Django's backend asks for it: an environment for each language, in whose templates what is translated
    stands already.
    """

    def __init__(self, **options: Any) -> None:
        self._options = options
        self._of: dict[str | None, Environment] = {}

    @property
    def here(self) -> Environment:
        """The environment of the interface's language."""
        language = get_language()
        if language not in self._of:
            self._of[language] = environment(language, **self._options)
        return self._of[language]

    def get_template(self, name: str) -> Template:
        return self.here.get_template(name)

    def from_string(self, source: str) -> Template:
        return self.here.from_string(source)


class _Environment(Environment):
    code_generator_class = Compiler
    template_class = CompiledTemplate
    shown, call = staticmethod(shown), staticmethod(call)


def environment(language: str | None, **options: Any) -> Environment:
    """What is missing in a page is an error and not an empty place."""
    # Django's backend turns escaping on.
    options |= {"loader": PrefixLoader({"reading": options["loader"]}), "undefined": StrictUndefined}
    made = _Environment(**options, extensions=[TranslationTags], lstrip_blocks=True)
    made.extend(language=language)
    made.filters.update(_OF_DJANGO)
    made.globals.update(address=partial(address_in, language), static=_static, url=path_of)
    for module in _GIVING:
        made.filters.update({given.__name__: given for given in module.FILTERS})
        made.globals.update({given.__name__: given for given in module.FUNCTIONS})
    return made


def _static(name: str) -> str:
    """Where a static file is served."""
    return _served(storages[STATICFILES_STORAGE_ALIAS], name)


@lru_cache(maxsize=256)
def _served(storage: Storage, name: str) -> str:
    return storage.url(name)
