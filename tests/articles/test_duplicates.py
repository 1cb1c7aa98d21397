"""A story that is there already is found again, changed or not, by those who may read it."""

from __future__ import annotations

import datetime
import random
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import timezone

from articles import migrations
from articles.duplicates import find_similar
from articles.models import Article, Fingerprint
from articles.states import State
from articles.text.body import from_paragraphs
from articles.text.fingerprints import fingerprint, likeness, shingles
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import DESK, signed_in, text_of

LETTERS = "城西夜市今晚开灯亮了人来往桥上河边风起叶落水清鱼游山高路远天晴云淡日出月明书声琴韵茶香酒暖春种秋收东南北中"


def made_up(seed: int, length: int = 600) -> str:
    rng = random.Random(seed)
    return "".join(rng.choice(LETTERS) + ("，" if number % 11 == 10 else "") for number in range(length))


def changed(text: str, share: float) -> str:
    """The text with `share` of its clauses written anew."""
    rng = random.Random(share)
    clauses = text.split("，")
    return "，".join(made_up(rng.randint(0, 10**6), len(c)) if rng.random() < share else c for c in clauses)


def filed(owner, text: str, **fields) -> Article:
    return house.make_story(owner, body=from_paragraphs([text]), **fields)


@pytest.mark.parametrize("share", [0, 0.1, 0.3])
def test_a_copy_is_found_however_it_was_changed(people, share):
    reporter = people[Role.REPORTER]
    original = filed(reporter, made_up(1))
    for seed in range(2, 12):
        filed(reporter, made_up(seed))
    [found] = find_similar(changed(made_up(1), share), acting_user=reporter)
    assert found.article == original
    assert found.likeness.contained > 0.9 - 2 * share


def test_other_stories_and_short_texts_are_like_nothing(people):
    filed(people[Role.REPORTER], made_up(1))
    assert find_similar(made_up(2), acting_user=people[Role.REPORTER]) == []
    assert find_similar("城西夜市今晚开市。", acting_user=people[Role.REPORTER]) == []
    assert find_similar("", acting_user=people[Role.REPORTER]) == []


def test_a_story_is_not_its_own_copy(people):
    story = filed(people[Role.REPORTER], made_up(1))
    assert find_similar(made_up(1), besides=story.pk, acting_user=people[Role.REPORTER]) == []


def test_nobody_finds_what_they_may_not_read(people):
    """The draft is its owner's; once filed for review the editor of its section may read it."""
    story = filed(people[Role.REPORTER], made_up(1))
    editor = people[Role.SECTION_EDITOR]
    assert find_similar(made_up(1), acting_user=editor) == []
    house.bring_to(story, State.SUBMITTED, people)
    assert [found.article for found in find_similar(made_up(1), acting_user=editor)] == [story]


def test_what_is_older_than_a_year_is_no_duplicate(people):
    story = filed(people[Role.REPORTER], made_up(1))
    Article.objects.filter(pk=story.pk).update(created_at=timezone.now() - datetime.timedelta(days=366))
    assert find_similar(made_up(1), acting_user=people[Role.REPORTER]) == []


def test_a_save_keeps_the_fingerprint_of_the_text_that_stands(people):
    reporter = people[Role.REPORTER]
    story = filed(reporter, made_up(1))
    house.save(story, reporter, body=from_paragraphs([made_up(2)]))
    kept = set(Fingerprint.objects.filter(article=story).values_list("key", flat=True))
    assert kept == fingerprint(shingles(made_up(2)))
    assert find_similar(made_up(1), acting_user=reporter) == []
    assert find_similar(made_up(2), acting_user=reporter)


def test_a_save_of_something_else_leaves_the_fingerprint_alone(people):
    reporter = people[Role.REPORTER]
    story = filed(reporter, made_up(1))
    before = set(Fingerprint.objects.values_list("pk", flat=True))
    house.save(story, reporter, headline="另一个标题")
    assert set(Fingerprint.objects.values_list("pk", flat=True)) == before


def test_stories_from_before_fingerprints_get_theirs_by_the_migration(people):
    story = filed(people[Role.REPORTER], made_up(1))
    Fingerprint.objects.all().delete()
    [path] = (Path(migrations.__file__).parent).glob("*_fingerprints_of_stories.py")
    import_module(f"articles.migrations.{path.stem}").fill(apps, None)
    assert [found.article for found in find_similar(made_up(1), acting_user=people[Role.REPORTER])] == [story]


def test_marks_and_spaces_make_no_other_text():
    assert shingles("城西夜市，今晚开市。") == shingles("城西夜市 今晚开市")
    assert likeness(shingles(made_up(1)), shingles(made_up(1))) == (1, 1)
    assert likeness(shingles(""), shingles(made_up(1))) == (0, 0)


def test_the_page_and_the_answer_name_the_other_story(people):
    reporter = people[Role.REPORTER]
    original = filed(reporter, made_up(1), headline="先来的稿子")
    client = signed_in(reporter)
    [found] = client.post(f"{DESK}/check/", {"body": f"<p>{made_up(1)}</p>"}).json()["similar"]
    assert (found["headline"], found["percent"]) == ("先来的稿子", 100)
    assert found["address"] == f"{DESK}/stories/{original.pk}/"
    second = filed(reporter, made_up(1), headline="后来的稿子")
    assert "先来的稿子" in text_of(client.get(f"{DESK}/stories/{second.pk}/findings/"))
