"""Every address: the reading side at the root, the desk beside it, each in both languages."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import path

from articles.views.media import public_file

urlpatterns = [
    # A web server in front serves these itself; alone, the application does.
    path("media/<path:path>", public_file),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        prefix_default_language=False,
    ),
]
