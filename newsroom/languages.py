"""Which language an answer is in: the one that its address names, and nothing else says."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import get_language


class LanguageOfTheAddress(LocaleMiddleware):
    """Django's, which for an address without a prefix tells caches that another reader may get another language: here
    such an address is in the house's own.
    """

    def process_response(self, _request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Content-Language", get_language() or "")
        return response
