"""Readers find stories by their keywords and in specials, over HTTP."""

from importlib import import_module

from django.apps import apps
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from articles.models import PublicFrame, PublishedSpecial, PublishedSpecialStory, PublishedTag, PublishedTagging
from articles.states import State, Verb
from tests import newsroom_of_tests as house
from tests import reading_rows


def test_a_published_story_is_found_by_each_of_its_keywords(client, people):
    story = house.story_in(State.PUBLISHED, people, keywords="夜市，Night Market、夜市")
    assert iri_to_uri("/tags/夜市/") in client.get(f"/stories/{story.pk}/").text
    for address in ("/tags/夜市/", "/tags/night/"):
        assert f"/stories/{story.pk}/" in client.get(address).text
    assert [tag.name for tag in PublishedTag.objects.order_by("name")] == ["Market", "Night", "夜市"]


def test_a_tag_goes_with_the_last_story_that_has_it(client, people):
    first = house.story_in(State.PUBLISHED, people, keywords="夜市")
    second = house.story_in(State.PUBLISHED, people, keywords="夜市")
    house.act(first, Verb.WITHDRAW, people["editor_in_chief"], reason="查实")
    assert f"/stories/{first.pk}/" not in client.get("/tags/夜市/").text
    house.act(second, Verb.WITHDRAW, people["editor_in_chief"], reason="查实")
    gone = client.get("/en/tags/夜市/")
    assert gone.status_code == 410
    assert "Nothing stands here any more" in gone.text
    assert client.get("/tags/早市/").status_code == client.get("/feeds/tags/夜市.rss").status_code == 404
    third = house.story_in(State.PUBLISHED, people, keywords="夜市")
    assert f"/stories/{third.pk}/" in client.get("/tags/夜市/").text


def test_stories_from_before_there_were_tags_have_them_by_the_migration(client, people, monkeypatch):
    house.story_in(State.PUBLISHED, people, keywords="夜市")
    early = reading_rows.make_articles(3, keywords=["夜市", "Night", "ｎｉｇｈｔ", "——"])
    reading_rows.make_articles(1, keywords=[])
    migration = import_module("articles.migrations.0028_tags_of_earlier_stories")
    monkeypatch.setattr(migration, "BATCH", 2)
    generation = PublicFrame.current().generation
    for _time in range(2):
        migration.fill(apps, None)
        assert PublicFrame.current().generation == generation + 1
        assert {tag.slug: tag.taggings.count() for tag in PublishedTag.objects.all()} == {"夜市": 4, "night": 3}
    newest = PublishedTagging.objects.filter(tag__slug="night").order_by("-published_at").first()
    assert (newest.article, newest.published_at, newest.number) == (early[0], early[0].published_at, early[0].number)
    assert f"/stories/{early[0].number}/" in client.get("/tags/night/").text


def test_a_special_shows_its_stories_in_its_own_order_under_its_subheadings(client, db):
    first, second, third = reading_rows.make_articles(3)
    special = PublishedSpecial.objects.create(
        slug="night", name="夜市十年", introduction="从摊点到街区。", updated_at=timezone.now()
    )
    for order, (story, group) in enumerate([(third, ""), (first, "人物"), (second, "人物")]):
        PublishedSpecialStory.objects.create(special=special, article=story, order=order, group=group)
    reading_rows.changed()
    response = client.get("/specials/night/")
    shown = [(name, [story.number for story in stories]) for name, stories in response.context["groups"]]
    assert shown == [("", [third.number]), ("人物", [first.number, second.number])]
    assert "夜市十年" in response.text
    assert "从摊点到街区。" in response.text
