"""The Django admin behind the same sign-in, and so the same throttle, as the desk."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _


class NewsroomAdminSite(AdminSite):
    """Django's own admin; only its sign-in page is replaced by the house's."""

    site_header = _("Newsroom administration")
    site_title = _("Newsroom")
    index_title = _("Everything there is")

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        response: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return response
