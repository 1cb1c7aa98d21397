"""What news extractors take out of a story's page: the headline, the authors, the date and the whole text, and nothing
of what stands around it.
"""

from __future__ import annotations

import pytest
from django.utils import timezone

from articles.models.published import PublishedArticle, PublishedPhoto
from articles.public.traditional import convert
from newsroom.demo import content
from tests import reading_rows
from tests.extractors import EXTRACTORS, captions_of, compared, items_of, paragraphs_of, squeezed

WRITTEN = {"news", "report", "feature", "brief", "commentary", "notice"}
# Of less than these characters one of them says nothing by itself, and takes all that stands in the article.
ENOUGH = 100


@pytest.fixture
def stories(db) -> list[PublishedArticle]:
    """The demo's stories, each printed and with a picture before its text."""
    edition = reading_rows.make_edition(pages=1)
    page = edition.pages.get()
    for said in content.read_stories().values():
        if said["genre"] in WRITTEN:
            [story] = reading_rows.make_articles(
                1,
                body=content.with_dates(said["body"].replace("\n", ""), edition.date),
                byline=[
                    {"name": name, "slug": "jia", "code": "reporter", "role": "记者"} for name in ("甲某某", "乙某某")
                ],
                **{name: said[name] for name in ("kicker", "headline", "subhead", "genre", "keywords", "summary")},
            )
            PublishedPhoto.objects.create(
                article=story, photo_number=1, in_body=False, order=1, caption="从桥上看到的江面。", credit="丙某某 摄",
                width=1200, height=800,
                preview="/media/1.webp", large="/media/1-large.webp",
            )  # fmt: skip
            reading_rows.place(page, story, (1, 90, 2, 10))
    found = PublishedArticle.objects.filter(summary__gt="").order_by("number")
    return [story for story in found if len("".join(paragraphs_of(story.body))) >= ENOUGH]


@pytest.mark.parametrize("prefix", ["", "/en", "/zh-hant"])
@pytest.mark.parametrize("tool", EXTRACTORS)
def test_a_story_is_taken_out_whole_and_alone(client, stories, tool, prefix):
    assert len(stories) > 40
    shown = convert if prefix == "/zh-hant" else str
    wrong, characters, missing, beside, items = {}, 0, [], [], set()
    # In Chinese all of them, and of the others enough to see that the frame is as well told apart.
    for story in stories[:: 4 if prefix else 1]:
        said = EXTRACTORS[tool](client.get(f"{prefix}/stories/{story.number}/").text)
        names = [shown(person["name"]) for person in story.byline]
        paragraphs = [shown(paragraph) for paragraph in paragraphs_of(story.body)]
        if squeezed(said.title) != squeezed(shown(story.title)):
            wrong[story.headline] = said.title
        if said.authors is not None:
            assert said.authors == names[: len(said.authors)], story.headline
            assert said.date == str(timezone.localdate(story.published_at)), story.headline
        lost, more = compared(paragraphs, said.text)
        characters += sum(map(len, paragraphs))
        items |= {shown(item) for item in items_of(story.body)}
        missing += lost
        # The subhead and the captions of pictures in the text are part of what the story says.
        also = [story.subhead, *captions_of(story.body)]
        beside.append(compared([squeezed(shown(words)) for words in also if words], more)[1])
    assert wrong == {}
    assert set(beside) == {""}
    # A list of streets looks like one of links to one of them.
    assert set(missing) <= items, missing
    assert prefix or len("".join(missing)) < characters / 500, missing
