"""In which form a request wants its answer."""

from __future__ import annotations

from django.http import HttpRequest


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asked: it reads JSON, not pages."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
