"""Two searches, and what every page says of the site."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render

from wagtail_site.models import SectionPage, StoryPage

RESULTS = 20


def navigation(_request):
    return {"navigation": SectionPage.objects.live().in_menu()}


def search(request):
    """By Wagtail's database search. PostgreSQL takes all between two marks for one word: of Chinese, whoever asks for
    a passage finds next to nothing.
    """
    return _answer(request, StoryPage.listed().search)


def look_through(request):
    """By a look through every story, which finds what is asked for."""
    return _answer(request, _with)


def _with(query):
    anywhere = Q(title__contains=query) | Q(subhead__contains=query) | Q(body__contains=query)
    return StoryPage.listed().filter(anywhere)


def _answer(request, find):
    query = request.GET.get("q", "").strip()
    found = find(query) if query else StoryPage.objects.none()
    page = Paginator(found, RESULTS).get_page(request.GET.get("page"))
    return render(request, "wagtail_site/search.html", {"query": query, "stories": page})
