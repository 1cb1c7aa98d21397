"""Coming to the desk already signed in: the form of the sign-in has tests of its own."""

from __future__ import annotations

from django.conf import settings
from django.test import Client


def signed_in(page, user, address: str):
    """Let the window `page` on the site at `address` be this person's; returns the window."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])
    return page
