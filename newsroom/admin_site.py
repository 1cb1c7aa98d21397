"""The Django admin behind the same sign-in, and so the same throttle, as the desk."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from newsroom.answering import led_to_a_page

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class NewsroomAdminSite(AdminSite):
    """Django's own admin; only its sign-in page is replaced by the house's."""

    site_header = _("Newsroom administration")
    site_title = _("Newsroom")
    index_title = _("Everything there is")

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        response: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return response

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """As Django's; whoever opens an address that only takes what is sent to it is led to the page it belongs to."""
        guarded = super().admin_view(view, cacheable)

        @wraps(view)
        def led(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return led_to_a_page(request, guarded(request, *args, **kwargs))

        return cast(View, led)
