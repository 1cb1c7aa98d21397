"""Coming to the desk already signed in: the form of the sign-in has tests of its own."""

from __future__ import annotations

from django.conf import settings
from django.test import Client

from newsroom.staff.models import User

# Where the site of the tests is found.
SITE = "http://localhost"


def signed_in(page, user: User, address: str = SITE):
    """Let the window `page` on the site at `address` be this person's; returns the window."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])
    return page
