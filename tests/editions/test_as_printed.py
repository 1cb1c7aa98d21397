"""What was printed stays, and the desk sees where a story has come to say something else."""

from __future__ import annotations

import pytest

from editions import pressing, printings
from editions.models import Edition, PageStory, PrintedPage
from editions.publishing import publish_edition
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import press_house as press
from tests.browsing import DESK, signed_in, text_of

CHIEF = Role.EDITOR_IN_CHIEF


@pytest.fixture
def story(people):
    """A story that an edition has printed, with its picture."""
    photo = house.make_photo(people[Role.PHOTOGRAPHER], house.jpeg(1400, 900))
    story = press.story(people, pictures=[house.editing.Picture(photo.pk, "图为夜市一角。", "甲某 摄")])
    edition = press.edition_of(people, story)
    press.lay_out(edition, 1, story, people, (4, 20, 3, 24), photo=photo)
    press.press(edition, people)
    return story


def fresh(story):
    return type(story).objects.get(pk=story.pk)


def fields(differences) -> list[str]:
    return [difference.field for difference in differences]


def test_a_story_that_says_what_was_printed_does_not_differ(people, story):
    [printing] = printings.printings_of(fresh(story))
    assert (printing.edition, [page.order for page in printing.pages]) == (Edition.objects.get(), [1])
    assert printing.words.headline == "城西夜市今晚开市"
    assert printing.words.paragraphs[0].startswith("本报讯")
    assert printing.words.paragraphs[-1] == "图为夜市一角。\u3000甲某 摄"
    assert not printing.differs


def test_a_later_change_differs_and_what_was_printed_stays(people, story):
    kept = PrintedPage.objects.values_list("description", "layout", "parts").get()
    house.save(story, people[Role.DESK_CHIEF], body="<p>全文重写了。</p>", kicker="新的引题")
    [printing] = printings.printings_of(fresh(story))
    assert fields(printing.from_story) == ["kicker", "body"]
    assert PrintedPage.objects.values_list("description", "layout", "parts").get() == kept
    shown = text_of(signed_in(people[CHIEF]).get(f"{DESK}/stories/{story.pk}/"))
    assert "7 March 2024, page 1" in shown
    assert "printed differently" in shown
    difference = text_of(signed_in(people[CHIEF]).get(f"{DESK}/stories/{story.pk}/as-printed/"))
    assert "The story says otherwise than was printed" in difference
    assert "<ins>新的引题</ins>" in difference
    assert "城西夜市今晚开市" in difference


def test_what_readers_of_the_web_see_is_compared_as_well(people, story):
    publish_edition(Edition.objects.get().pk, acting_user=people[CHIEF])
    house.save(story, people[Role.DESK_CHIEF], headline="城西夜市昨晚开市")
    [printing] = printings.printings_of(fresh(story))
    assert fields(printing.from_story) == ["headline"]
    assert printing.from_public == []
    house.sign_all(story, people)
    house.save(story, people[Role.DESK_CHIEF], headline="城西夜市前晚开市")
    [printing] = printings.printings_of(fresh(story))
    assert fields(printing.from_public) == ["headline"]
    assert "昨" in "".join(piece.text for line in printing.from_public[0].lines for piece in line.pieces)


def test_words_as_printed_for_one_page_alone_differ_from_the_story(people):
    story = press.story(people)
    edition = press.edition_of(people, story)
    PageStory.objects.update(headline="夜市开了")
    press.press(edition, people)
    [printing] = printings.printings_of(fresh(story))
    assert fields(printing.from_story) == ["headline"]


def test_a_story_that_was_never_printed_or_taken_back_has_no_printing(people, story):
    assert printings.printings_of(house.make_story(people[Role.REPORTER])) == []
    pressing.take_back_from_press(Edition.objects.get().pk, "版面有误", acting_user=people[CHIEF])
    assert printings.printings_of(fresh(story)) == []


def test_the_last_impression_is_what_was_printed(people, story):
    pressing.take_back_from_press(Edition.objects.get().pk, "标题有误", acting_user=people[CHIEF])
    house.sign_all(house.save(story, people[Role.DESK_CHIEF], headline="城西夜市昨晚开市"), people)
    press.press(Edition.objects.get(), people)
    [printing] = printings.printings_of(fresh(story))
    assert printing.words.headline == "城西夜市昨晚开市"
    assert not printing.differs


def test_who_may_not_read_the_story_does_not_read_it_as_printed(people, story):
    other = house.make_person("other", Role.REPORTER)
    signed = signed_in(other).get(f"{DESK}/stories/{story.pk}/as-printed/")
    assert signed.status_code == signed_in(other).get(f"{DESK}/stories/{story.pk}/").status_code
