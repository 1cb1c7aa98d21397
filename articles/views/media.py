"""The public store, where no web server in front serves it."""

from __future__ import annotations

import errno
import re

from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.static import serve

# As `articles.public.files` names what readers are shown: nobody guesses such a name, so whoever asks for it was
# shown it once.
_SHOWN = re.compile(r"(?:photos|pages)/[0-9a-f]{2}/[^/.]+\.[a-z]+")


@csrf_exempt
@require_safe
def public_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file of the public store; its name says its content, so it may be kept for ever. 410 for a picture or a
    page that is there no more, which nobody keeps, for it may come back.
    """
    try:
        response = serve(request, path, document_root=storages["public"].location)  # type: ignore[attr-defined]
    except Http404:
        if not _SHOWN.fullmatch(path):
            raise
        return HttpResponse(status=410, headers={"Cache-Control": "no-store"})
    except OSError as refused:
        if refused.errno != errno.ENAMETOOLONG:
            raise
        raise Http404 from refused
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
