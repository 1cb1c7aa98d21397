"""The public store, where no web server in front serves it."""

from __future__ import annotations

from django.core.files.storage import storages
from django.http import HttpRequest, HttpResponseBase
from django.views.static import serve


def public_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file of the public store; its name says its content, so it may be kept for ever."""
    response = serve(request, path, document_root=storages["public"].location)  # type: ignore[attr-defined]
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
