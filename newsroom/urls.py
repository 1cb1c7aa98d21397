"""Every address: the reading side at the root, the desk beside it, each in both languages."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import path, re_path
from django.views.static import serve

urlpatterns = [
    # A web server in front serves these itself; alone, the application does.
    re_path(r"^media/(?P<path>.+)$", serve, {"document_root": settings.VAR / "public"}),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        prefix_default_language=False,
    ),
]
