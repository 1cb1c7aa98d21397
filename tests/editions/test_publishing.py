"""A whole edition reaches readers in one stroke, or nothing of it does; and once it has, it stays."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from articles import editing, scheduling
from articles.editing import Picture
from articles.errors import NotAllowed, Refusal, RightsExpired, SignatureBroken
from articles.models import Article, Photo, PublishedArticle, PublishedPhoto
from articles.states import State, Verb
from editions import planning
from editions.models import Edition, PublishedEdition, PublishedPage, PublishedPlacement
from editions.planning import PagePlan
from editions.publishing import EditionNotReady, problems_of, publish_edition
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house

FINAL = Role.EDITOR_IN_CHIEF
READING = [PublishedEdition, PublishedPage, PublishedPlacement, PublishedArticle, PublishedPhoto]


def everything() -> list[object]:
    """Both sides, to the microsecond."""
    desk = [list(model.objects.order_by("pk").values()) for model in (Article, Edition)]
    return desk + [list(m.objects.order_by("pk").values()) for m in READING] + [AuditEntry.objects.count()]


@pytest.fixture
def edition(people) -> Edition:
    """Three pages: a sound story on the first two, and room on the last."""
    edition = house.open_edition(people, pages=3)
    for page in (1, 2):
        house.place(edition, page, house.story_in(State.SIGNED_OFF, people), people)
    return edition


def publish(edition: Edition, people, **more) -> PublishedEdition:
    return publish_edition(edition.pk, acting_user=people[FINAL], **more)


def test_everything_on_the_pages_becomes_public_at_once(people, edition):
    first = Article.objects.order_by("pk").first()
    house.place(edition, 3, first, people)
    page = edition.pages.get(order=1)
    fields = {"label": "A1", "responsible_editor": people[Role.SECTION_EDITOR]}
    planning.edit_page(page.pk, fields, acting_user=people[FINAL])
    at = timezone.now()
    published = publish(edition, people, at=at)
    assert (published.date, published.series_number, published.page_count, published.published_at) == (
        edition.date,
        1,
        3,
        at,
    )
    assert (published.title_name, published.cn_number) == ("试验日报", "CN 00-0001")
    front = published.pages.get(order=1)
    assert (front.label, front.name, front.responsible_editor, front.grid) == (
        "A1",
        "要闻",
        str(people[Role.SECTION_EDITOR]),
        (6, 102),
    )
    assert set(Article.objects.values_list("state", flat=True)) == {State.PUBLISHED}
    assert set(PublishedArticle.objects.values_list("published_at", flat=True)) == {at}
    rows = PublishedPlacement.objects.order_by("page__order").values_list("page__order", "article__number", "part")
    assert [row for row in rows if row[1] == first.pk] == [(1, first.pk, 1), (3, first.pk, 2)]


def test_a_continued_story_is_published_once(people, edition):
    story = Article.objects.order_by("pk").first()
    house.place(edition, 3, story, people)
    publish(edition, people)
    assert PublishedArticle.objects.filter(number=story.pk).count() == 1
    assert AuditEntry.objects.about(story).filter(act="story.publish").count() == 1


# -- all or nothing


def spoil_by_edit(story, people):
    house.save(story, people[FINAL], headline="改")


def spoil_by_return(story, people):
    house.act(story, Verb.RETURN, people[FINAL], "再改")


def spoil_by_embargo(story, people):
    times = {"embargo_until": timezone.now() + datetime.timedelta(hours=1), "publish_at": None}
    scheduling.set_release_times(story.pk, acting_user=people[FINAL], **times)


def spoil_by_schedule(story, people):
    times = {"publish_at": timezone.now() + datetime.timedelta(hours=1), "embargo_until": None}
    scheduling.set_release_times(story.pk, acting_user=people[FINAL], **times)


def spoil_by_expiry(story, people):
    Photo.objects.update(rights_expire_on=timezone.localdate() - datetime.timedelta(days=1))


def spoil_by_tampering(story, people):
    Article.objects.filter(pk=story.pk).update(body="<p>别的话。</p>")


def spoil_by_signature(story, people):
    house.live_signatures(story).filter(step=1).delete()


SPOILERS = {
    spoil_by_edit: EditionNotReady,
    spoil_by_return: EditionNotReady,
    spoil_by_embargo: EditionNotReady,
    spoil_by_schedule: EditionNotReady,
    spoil_by_expiry: RightsExpired,
    spoil_by_tampering: SignatureBroken,
    spoil_by_signature: SignatureBroken,
}


@pytest.mark.parametrize(("spoil", "refusal"), SPOILERS.items(), ids=lambda value: value.__name__)
def test_one_unfit_story_on_the_last_page_stops_the_whole_edition(people, edition, spoil, refusal):
    photo = house.make_photo(people[Role.REPORTER])
    last = house.story_in(State.SIGNED_OFF, people, headline="末版一条", pictures=[Picture(photo.pk)])
    house.place(edition, 3, last, people)
    spoil(last, people)
    before = everything()
    with pytest.raises(refusal, match=r"末版一条|改"):
        publish(edition, people)
    assert everything() == before
    assert not PublishedArticle.objects.exists()


def test_an_empty_page_stops_the_edition(people, edition):
    before = everything()
    with pytest.raises(EditionNotReady) as refusal:
        publish(edition, people)
    assert len(refusal.value.problems) == 1
    assert everything() == before


def test_an_edition_without_pages_is_not_published(people):
    edition = planning.open_edition(datetime.date(2024, 3, 7), [], acting_user=people[FINAL])
    with pytest.raises(EditionNotReady):
        publish(edition, people)


def test_every_problem_is_named_in_the_order_of_the_pages(people, edition):
    planning.add_page(edition.pk, PagePlan("4", "副刊"), acting_user=people[FINAL])
    story = Article.objects.order_by("pk").first()
    spoil_by_edit(story, people)
    problems = problems_of(edition, timezone.now())
    assert [next(number for number in "1234" if number in problem) for problem in problems] == ["1", "3", "4"]


def test_a_picture_the_story_has_given_up_stops_the_edition(people, edition):
    photo = house.make_photo(people[Role.REPORTER])
    story = house.story_in(State.SIGNED_OFF, people, pictures=[Picture(photo.pk)])
    house.place(edition, 3, story, people)
    house.place(edition, 3, story, people, (4, 20, 2, 10), photo)
    editing.save_story(story.pk, {}, based_on=1, pictures=[], acting_user=people[FINAL])
    house.act(story, Verb.SIGN, people[FINAL])
    before = everything()
    with pytest.raises(EditionNotReady):
        publish(edition, people)
    assert everything() == before


# -- who, and again


@pytest.mark.parametrize("role", Role)
def test_who_publishes_an_edition(people, edition, role):
    house.place(edition, 3, house.story_in(State.SIGNED_OFF, people), people)
    if role == FINAL:
        assert publish(edition, people)
        return
    before = everything()
    with pytest.raises(NotAllowed):
        publish_edition(edition.pk, acting_user=people[role])
    assert everything() == before


def test_publishing_again_is_without_effect(people, edition):
    house.place(edition, 3, house.story_in(State.SIGNED_OFF, people), people)
    first = publish(edition, people)
    before = everything()
    assert publish(edition, people) == first
    assert everything() == before


def test_publishing_again_brings_back_nothing_that_was_withdrawn(people, edition):
    house.place(edition, 3, house.story_in(State.SIGNED_OFF, people), people)
    publish(edition, people)
    story = Article.objects.order_by("pk").first()
    house.act(story, Verb.WITHDRAW, people[FINAL], "失实")
    publish(edition, people)
    assert not PublishedArticle.objects.filter(number=story.pk).exists()
    assert not PublishedPlacement.objects.filter(page__order=1).exists()


def test_a_story_on_the_web_already_keeps_its_time(people, edition):
    story = house.story_in(State.PUBLISHED, people)
    house.place(edition, 3, story, people)
    before = PublishedArticle.objects.values().get(number=story.pk)
    publish(edition, people)
    assert PublishedArticle.objects.values().get(number=story.pk) == before


def test_a_public_story_with_an_unsigned_change_stops_the_edition(people, edition):
    story = house.story_in(State.PUBLISHED, people)
    house.place(edition, 3, story, people)
    house.save(story, people[FINAL], headline="未签的改动")
    before = everything()
    with pytest.raises(EditionNotReady):
        publish(edition, people)
    assert everything() == before


def test_the_extra_of_a_day_is_published_beside_its_edition(people, edition):
    house.place(edition, 3, house.story_in(State.SIGNED_OFF, people), people)
    extra = planning.open_edition(edition.date, [PagePlan("1", "号外")], extra_number=1, acting_user=people[FINAL])
    house.place(extra, 1, house.story_in(State.SIGNED_OFF, people), people)
    published = [publish(each, people) for each in (extra, edition)]
    assert [each.key for each in published] == ["2024-03-07-1", "2024-03-07"]


def test_what_was_published_does_not_follow_the_title(people, title, edition):
    house.place(edition, 3, house.story_in(State.SIGNED_OFF, people), people)
    publish(edition, people)
    title.name = "改名日报"
    title.save()
    publish(edition, people)
    assert PublishedEdition.objects.get().title_name == "试验日报"


def test_refusals_are_sentences(people, edition):
    with pytest.raises(Refusal) as refusal:
        publish(edition, people)
    assert str(refusal.value).strip()
