"""The thinnest thread: filed, reviewed by three people, placed, published, on the reading side."""

from articles import editing
from articles.models import PublishedArticle
from articles.states import State, Verb
from editions.models import PublishedEdition
from editions.publishing import publish_edition
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house


def test_a_story_goes_the_whole_way(people):
    reporter = people[Role.REPORTER]
    photo = house.make_photo(reporter)
    story = house.make_story(
        reporter,
        bylines=[editing.Credit(house.contributor_for(reporter).pk, "reporter")],
        body=f'<p>今晚开市。</p><figure><img src="/desk/photos/{photo.pk}/preview"></figure><script>x</script>',
    )
    story = house.bring_to(story, State.SIGNED_OFF, people)
    edition = house.open_edition(people, pages=1)
    house.place(edition, 1, story, people)
    house.place(edition, 1, story, people, (4, 20, 2, 10), photo)
    publish_edition(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])
    published = PublishedArticle.objects.get(number=story.pk)
    assert "本报讯（记者 reporter（测））" in published.body
    assert "<figure><a href=" in published.body
    assert "script" not in published.body
    assert PublishedEdition.objects.get().pages.get().placements.count() == 2
    house.act(story, Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实")
    assert not PublishedArticle.objects.exists()
