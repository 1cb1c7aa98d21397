"""The command: what it prints, what it files, and a real page taken the whole way to its readers."""

from __future__ import annotations

import datetime
import json
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from articles.models import Article, PublishedAuthor
from articles.states import State, Verb
from editions.publishing import publish_edition
from newsroom.staff.roles import SIGNING_ROLES, Role
from tests import newsroom_of_tests as house

PAGES = os.environ.get("NEWSROOM_PAGES", "")
needs_pages = pytest.mark.skipif(not PAGES, reason="NEWSROOM_PAGES names no folder of pages")
DATE = datetime.date(2024, 3, 7)

MADE_UP = """\
 本报讯 （记者 米快笔） 昨日上午，旧桥上的
最后一块石板铺好，行人又能从桥上过河了。
施工用了四十二天，比原来说的少了三天。
旧桥今日重新开放
"""


def run(*args, **options) -> str:
    out = StringIO()
    call_command("import_page", *args, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def made_up_page(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(MADE_UP, encoding="utf-8")
    return path


def test_json_prints_what_was_understood_and_writes_nothing(made_up_page, people):
    understood = json.loads(run(made_up_page, json=True))
    assert [piece["headline"] for piece in understood["articles"]] == [["旧桥今日重新开放"]]
    assert not Article.objects.exists()


def test_pieces_become_drafts_with_lead_in_byline_and_note(made_up_page, people):
    run(made_up_page, username="reporter", edition=DATE, page=2)
    story = Article.objects.get()
    assert (story.headline, story.state, story.created_by) == ("旧桥今日重新开放", State.DRAFT, people[Role.REPORTER])
    assert (story.lead_in_kind, [b.contributor.name for b in story.byline_list]) == ("own", ["米快笔"])
    assert "2024年3月7日" in story.desk_note
    assert "本报讯" not in story.body


@pytest.mark.parametrize("options", [{}, {"username": "nobody"}, {"username": "reporter", "section": "none"}])
def test_an_unknown_person_or_section_is_said_and_nothing_is_filed(made_up_page, people, options):
    with pytest.raises(CommandError):
        run(made_up_page, **options)
    assert not Article.objects.exists()


def test_a_file_that_is_no_text_is_said(tmp_path, people):
    (tmp_path / "page.txt").write_bytes(b"\xff\xfe\x00broken\x81")
    with pytest.raises(CommandError, match=r"page\.txt"):
        run(tmp_path / "page.txt", username="reporter")


def test_who_may_not_file_imports_nothing(made_up_page, people):
    with pytest.raises(CommandError):
        run(made_up_page, username="proofreader")
    assert not Article.objects.exists()


@needs_pages
def test_a_real_page_goes_the_whole_way(people, client):
    stories = _imported(people)
    assert len(stories) == 8
    assert [bool(story.byline_list) for story in stories].count(True) == 7
    _review(stories, people)
    edition = _place_on_page_two(stories, people)
    publish_edition(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])
    for address in _public_addresses(stories):
        response = client.get(address)
        assert response.status_code == 200, address
    page = client.get(reverse("reading:page", args=["2024-03-07", 2])).content.decode()
    for story in stories:
        assert reverse("reading:story", args=[story.pk]) in page
        told = client.get(reverse("reading:story", args=[story.pk])).content.decode()
        assert all(byline.contributor.name in told for byline in story.byline_list)


def _imported(people) -> list[Article]:
    file = Path(PAGES) / "lvliang-daily-2024-03-07-p2.txt"
    run(file, edition=DATE, page=2, username="reporter")
    return list(Article.objects.order_by("id"))


def _review(stories: list[Article], people) -> None:
    """Signed by three people; the pieces printed without a headline first get one for the web."""
    for story in stories:
        if not story.headline:
            house.save(story, people[Role.REPORTER], web_headline=f"网上的标题 {story.pk}")
        house.act(story, Verb.SUBMIT, people[Role.REPORTER])
        for role in SIGNING_ROLES:
            house.act(story, Verb.SIGN, people[role])


def _place_on_page_two(stories: list[Article], people):
    edition = house.open_edition(people, DATE, pages=2)
    for number, story in enumerate(stories):
        house.place(edition, 2, story, people, (1 + number % 6, 4 + 30 * (number // 6), 1, 30))
    filler = house.story_in(State.SIGNED_OFF, people)
    house.place(edition, 1, filler, people)
    return edition


def _public_addresses(stories: list[Article]) -> list[str]:
    addresses = [reverse("reading:home"), reverse("reading:edition", args=["2024-03-07"])]
    addresses += [reverse("reading:page", args=["2024-03-07", number]) for number in (1, 2)]
    addresses += [reverse("reading:section", args=["city"]), reverse("reading:archive")]
    addresses += [reverse("reading:archive_month", args=[2024, 3])]
    addresses += [reverse("reading:story", args=[story.pk]) for story in stories]
    addresses += [reverse("reading:author", args=[author.slug]) for author in PublishedAuthor.objects.all()]
    return [*addresses, *(f"/en{address}" for address in addresses)]
