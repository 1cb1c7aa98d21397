"""What the API says where it has no answer: RFC 9457, a problem as JSON."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KIND = "application/problem+json"

# By which status a problem is known, and what each says of itself.
TITLES: dict[int, Promise] = {
    400: _("The address asks for something that is not offered."),
    404: _("There is nothing at this address."),
    405: _("The API is read only."),
    406: _("This is offered as JSON alone."),
    410: _("The story was withdrawn."),
    500: _("Something went wrong on our side."),
}


class Problem(Exception):
    """Why there is no answer; `said` are further members of the JSON."""

    def __init__(self, status: int, **said: Any) -> None:
        self.status, self.said = status, said
        super().__init__(status)

    def response(self) -> HttpResponse:
        """The problem as it is sent."""
        said = {"type": "about:blank", "title": TITLES[self.status], "status": self.status, **self.said}
        return HttpResponse(to_json(said), content_type=KIND, status=self.status)


def to_json(said: Any) -> str:
    """JSON as the API writes it: characters as they are."""
    return json.dumps(said, ensure_ascii=False, cls=DjangoJSONEncoder)
