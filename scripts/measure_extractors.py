"""What news extractors make of the stories of a site, the demo's for one: headline, authors and date right, and of the
text how many of a hundred characters they find and how many that are none of it they take along.

Reads the database that the settings name. newspaper4k is measured too where it is installed (`newspaper4k[zh]`): it
wants an older dateutil than ours, so nothing else does.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
sys.path[:0] = [str(ROOT)]

import django  # noqa: E402

django.setup()

from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.models import PublishedArticle  # noqa: E402
from articles.public.traditional import convert  # noqa: E402
from articles.public.wording import title_elsewhere  # noqa: E402
from tests.extractors import EXTRACTORS, Extracted, compared, paragraphs_of, squeezed  # noqa: E402


def by_newspaper(html: str) -> Extracted:
    import newspaper

    article = newspaper.Article("http://paper.example/", language="zh")
    article.download(input_html=html)
    article.parse()
    return Extracted(article.title, article.authors, str(article.publish_date)[:10], article.text)


def measure(tool: str, extract, prefix: str) -> str:
    shown = convert if prefix == "/zh-hant" else str
    client = Client(headers={"host": "127.0.0.1"})
    stories = PublishedArticle.objects.order_by("number")
    titles = authors = dates = characters = lost = beside = 0
    for story in stories:
        said = extract(client.get(f"{prefix}/stories/{story.number}/").text)
        paragraphs = [shown(paragraph) for paragraph in paragraphs_of(story.body)]
        missing, more = compared(paragraphs, said.text)
        known = {squeezed(shown(title)) for title in (story.title, title_elsewhere(story))}
        names = [shown(person["name"]) for person in story.byline]
        titles += squeezed(said.title) in known
        authors += said.authors is None or [name for name in said.authors if name] == names[: len(said.authors)]
        dates += said.date in (None, str(timezone.localdate(story.published_at)))
        characters += sum(map(len, paragraphs))
        lost, beside = lost + sum(map(len, missing)), beside + len(more)
    right, wrong = 100 - 100 * lost / characters, 100 * beside / characters
    rights = f"headline {titles}, authors {authors}, date {dates} of {len(stories)}"
    return f"{tool:12}{prefix or '/':10}{rights}; text {right:.2f} right, {wrong:.2f} beside"


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    tools = dict(EXTRACTORS)
    if importlib.util.find_spec("newspaper"):
        tools["newspaper"] = by_newspaper
    for tool, extract in tools.items():
        for prefix in ("", "/en", "/zh-hant"):
            sys.stdout.write(measure(tool, extract, prefix) + "\n")
