"""Reading the desk's pages as a browser without scripts does: forms with their fields and what stands in them."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client

from newsroom.staff.models import User

DESK = "/en/desk"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def fields_of(response: HttpResponse, form_id: str) -> dict[str, Any]:
    """What a browser would send of the form with this id if its owner pressed the button at once."""
    reader = _FormReader(form_id)
    reader.feed(text_of(response))
    return reader.fields


class _FormReader(HTMLParser):
    def __init__(self, form_id: str) -> None:
        super().__init__(convert_charrefs=True)
        self.fields: dict[str, Any] = {}
        self._form_id, self._inside, self._templates = form_id, False, 0
        self._open: tuple[str, str] | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._inside = has.get("id") == self._form_id
        if tag == "template":
            self._templates += 1
        if not self._inside or self._templates or (tag in {"textarea", "select"} and not has.get("name")):
            return
        if tag == "input" and has.get("name") and has.get("type") not in {"file", "submit"}:
            if has.get("type") != "checkbox" or "checked" in has:
                self.fields[has["name"]] = has.get("value", "on" if has.get("type") == "checkbox" else "")
        elif tag == "textarea" and has.get("name"):
            self._open, self._text = ("textarea", has["name"]), ""
        elif tag == "select":
            self._open = ("select", has["name"]) if has.get("name") else None
        elif tag == "option" and self._open and "selected" in has:
            self.fields[self._open[1]] = has.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._templates -= 1
        if tag == "form":
            self._inside = False
        if tag == "textarea" and self._open:
            # The first line end after the tag is no part of the text.
            self.fields[self._open[1]] = self._text.removeprefix("\n")
        if self._open and tag == self._open[0]:
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open and self._open[0] == "textarea":
            self._text += data
