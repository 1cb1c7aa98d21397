"""Every address: the reading side at the root, the desk beside it, each in both languages; the reading side in
traditional characters too.
"""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import LocalePrefixPattern, URLResolver, include, path, register_converter
from django.utils.translation import get_language

from articles.addresses import NUMBER
from articles.views.media import public_file


class NumberConverter:
    """The number of a row."""

    regex = NUMBER

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class DeskPrefix(LocalePrefixPattern):
    """The prefix of a language that the house works in: what has only readers leads to no desk."""

    @property
    def language_prefix(self) -> str:
        if get_language() in dict(settings.DESK_LANGUAGES):
            return str(super().language_prefix)
        return ""

    def match(self, path: str) -> tuple[str, tuple[()], dict[str, str]] | None:
        if get_language() not in dict(settings.DESK_LANGUAGES):
            return None
        return super().match(path)


register_converter(NumberConverter, "number")
handler400 = "newsroom.failures.malformed"
handler403 = "newsroom.failures.not_allowed"
handler404 = "newsroom.failures.not_found"
handler500 = "newsroom.failures.went_wrong"

DESK = [path("", include("editions.urls.desk")), path("", include("articles.urls.desk"))]

urlpatterns = [
    # A web server in front serves these itself; alone, the application does.
    path("media/<path:path>", public_file),
    URLResolver(
        DeskPrefix(prefix_default_language=False),
        [
            path("admin/", admin.site.urls),
            path("accounts/", include("newsroom.staff.urls")),
            path("desk/", include((DESK, "desk"))),
            path("calendar/", include("articles.urls.subscriptions")),
        ],
    ),
    *i18n_patterns(path("", include("editions.urls.reading")), prefix_default_language=False),
    # For machines, and so in one language.
    path("api/v1/", include("editions.urls.api")),
    path("", include("editions.urls.discovery")),
]
