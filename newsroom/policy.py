"""The content security policy that goes out with every answer."""

from __future__ import annotations

from functools import cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


class PolicyOfTheHouse(CSPMiddleware):  # type: ignore[misc]
    """Django-csp's, which puts the policy together anew for every answer, and a second one to report by: a twentieth of
    a page of the reading site. No view here has a policy of its own, so it is the same for all that ask for no nonce.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        # Pages of errors that developers alone see have styles of their own.
        if settings.DEBUG or getattr(request, "_csp_nonce", None):
            answered: HttpResponseBase = super().process_response(request, response)
            return answered
        response.headers.setdefault(HEADER, _without_a_nonce())
        return response


@cache
def _without_a_nonce() -> str:
    return str(build_policy())
