"""Every address: the reading side at the root, the desk beside it, each in both languages."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, register_converter

from articles.views.media import public_file


class NumberConverter:
    """The number of a row: never more digits than a database's integers have."""

    regex = r"[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(NumberConverter, "number")

DESK = [path("", include("editions.urls.desk")), path("", include("articles.urls.desk"))]

urlpatterns = [
    # A web server in front serves these itself; alone, the application does.
    path("media/<path:path>", public_file),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("accounts/", include("newsroom.staff.urls")),
        path("desk/", include((DESK, "desk"))),
        path("calendar/", include("articles.urls.subscriptions")),
        path("", include("editions.urls.reading")),
        prefix_default_language=False,
    ),
]
