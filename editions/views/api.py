"""The API's own addresses: where it begins, its description, and the page for people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from articles.addresses import absolute
from articles.api.answering import answers, json_answer
from articles.api.description import document
from articles.api.filters import refuse_unknown
from articles.api.ninjs import ROLES
from articles.api.problems import Problem
from articles.api.resources import Listing
from articles.public.page import public_page
from articles.public.site import site_of
from editions.api.resources import RESOURCES, SCHEMAS


@answers
def start(request: HttpRequest) -> HttpResponse:
    """Where the lists, the description and the page for people are."""
    refuse_unknown(request.GET)
    named = {one.name: reverse(f"api:{one.name}") for one in RESOURCES if isinstance(one, Listing)}
    others = {"description": reverse("api:description"), "documentation": reverse("reading:api")}
    return json_answer({name: absolute(path) for name, path in (named | others).items()})


@answers
def description(request: HttpRequest) -> HttpResponse:
    """The API in OpenAPI 3.1."""
    refuse_unknown(request.GET)
    root = absolute(reverse("api:start")).rstrip("/")
    return json_answer(document(root, site_of(request), RESOURCES, SCHEMAS))


@answers
def nothing(request: HttpRequest, **_named: str) -> HttpResponse:
    """An address of which there is nothing."""
    raise Problem(404)


@public_page
def api(request: HttpRequest) -> HttpResponse:
    """The API for people to read about: what it offers, and what it can be asked."""
    root = absolute(reverse("api:start"))
    context = {
        "root": root,
        "root_path": reverse("api:start").rstrip("/"),
        "described": document(root.rstrip("/"), site_of(request), RESOURCES, SCHEMAS),
        "roles": ROLES.items(),
    }
    return render(request, "reading/api.html", context)
