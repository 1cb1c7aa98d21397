"""The edit page as its script sends it."""

from __future__ import annotations

from articles.models import Article
from tests.browsing import DESK, fields_of

JSON = {"Accept": "application/json"}
ONE, TWO, THREE = "第一段，写今晚的夜市。", "第二段，写明天的安排。", "第三段，写停车的地方。"
BODY = f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>"


def address(story, name="save"):
    return f"{DESK}/stories/{story.pk}/{name}/"


def form_of(client, story):
    page = f"{DESK}/stories/{story.pk}/edit/" if story else f"{DESK}/stories/new/"
    return fields_of(client.get(page), "story-form")


def send(client, story, form, **typed):
    where = address(story) if story else f"{DESK}/stories/file/"
    return client.post(where, form | typed, headers=JSON)


def stored():
    return Article.objects.get()
