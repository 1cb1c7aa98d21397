"""Specials: put together on the desk, shown to readers through the door."""

from __future__ import annotations

import re
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from articles import specials
from articles.errors import NotAllowed, Refusal, Stale
from articles.models import PublicFrame, PublishedArticle, PublishedSpecial, Purge, Special
from articles.models.purge import Receiver
from articles.specials import Place
from articles.states import State, Verb
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import reading_rows

pytestmark = pytest.mark.django_db

WORDS = {"name": "汛期二十天", "slug": "flood", "introduction": "从水位到菜价。", "on_home": True}


@pytest.fixture
def chief(people):
    return people[Role.EDITOR_IN_CHIEF]


@pytest.fixture
def stories(people):
    return [house.story_in(State.PUBLISHED, people, headline=f"第{n}条") for n in range(3)]


def made(chief, *places: Place, **words) -> Special:
    special = specials.make_special(WORDS | words, acting_user=chief)
    return specials.save_special(special.pk, WORDS | words, places, based_on=special.version, acting_user=chief)


def shown(chief, *places: Place, **words) -> Special:
    special = made(chief, *places, **words)
    return specials.show_special(special.pk, based_on=special.version, acting_user=chief)


def text(client, address: str) -> str:
    return client.get(address).content.decode()


def test_readers_see_a_special_in_its_order_from_every_side(client, chief, stories):
    one, two, three = stories
    shown(chief, Place(three.pk), Place(one.pk, "现场"), Place(two.pk, "现场"))
    page = text(client, "/specials/flood/")
    assert page.index("第2条") < page.index("现场") < page.index("第0条") < page.index("第1条")
    assert "汛期二十天" in text(client, "/specials/")
    assert '<a href="/specials/flood/">汛期二十天</a>' in text(client, "/")
    assert '<a href="/specials/flood/" lang="zh-Hans">汛期二十天</a>' in text(client, f"/stories/{one.pk}/")
    assert "/specials/flood/" in text(client, "/sitemaps/site.xml")


def test_nobody_sees_a_special_that_is_not_shown_or_a_story_that_is_not_public(client, chief, people, stories):
    draft = house.story_in(State.SUBMITTED, people, headline="还没签发")
    special = made(chief, Place(stories[0].pk), Place(draft.pk))
    for address in ("/", "/specials/", f"/stories/{stories[0].pk}/"):
        assert "汛期" not in text(client, address)
    assert client.get("/specials/flood/").status_code == 404
    specials.show_special(special.pk, based_on=special.version, acting_user=chief)
    assert "还没签发" not in text(client, "/specials/flood/")


def test_a_story_joins_when_it_is_published_and_leaves_when_it_is_withdrawn(client, chief, people, stories):
    late = house.story_in(State.SIGNED_OFF, people, headline="晚到的一条")
    shown(chief, Place(late.pk), Place(stories[0].pk))
    assert "晚到的一条" not in text(client, "/specials/flood/")
    house.act(late, Verb.PUBLISH, chief)
    page = text(client, "/specials/flood/")
    assert page.index("晚到的一条") < page.index("第0条")
    assert "/specials/flood/" in text(client, f"/stories/{late.pk}/")
    house.act(late, Verb.WITHDRAW, chief, "失实")
    assert "晚到的一条" not in text(client, "/specials/flood/")
    house.act(late, Verb.REVIVE, chief)
    house.act(late, Verb.SUBMIT, people[Role.REPORTER])
    house.act(house.sign_all(late, people), Verb.PUBLISH, chief)
    assert "晚到的一条" in text(client, "/specials/flood/")


def test_a_story_that_is_withdrawn_between_two_questions_breaks_no_special(client, chief, stories):
    shown(chief, Place(stories[0].pk, "现场"), Place(stories[1].pk))
    gone = PublishedArticle.objects.filter(number=stories[0].pk)
    for address in ("/specials/flood/", "/feeds/specials/flood.rss"):
        with transaction.atomic(), reading_rows.right_after("articles_publishedspecialstory", gone.delete):
            page = text(client, address)
            transaction.set_rollback(True)
        assert "第1条" in page
        assert not re.search("第0条|现场", page)


def test_whatever_names_a_special_is_forgotten_when_it_appears_is_renamed_and_goes(client, chief, stories, settings):
    settings.CDN_PURGE_URL = "https://cdn.example/purge"
    special = made(chief, Place(stories[0].pk))
    naming = ("/", "/specials/", "/specials/flood/", "/subscribe/", "/sitemaps/site.xml", f"/stories/{stories[0].pk}/")
    for act in (
        specials.show_special,
        partial(specials.save_special, fields=WORDS | {"name": "汛期三十天"}, places=[Place(stories[0].pk)]),
        specials.hide_special,
    ):
        Purge.objects.all().delete()
        special = act(special.pk, based_on=special.version, acting_user=chief)
        [order] = Purge.objects.filter(receiver=Receiver.CDN)
        for address in naming:
            assert set(order.keys) & set(client.get(address)["Surrogate-Key"].split()), address


def test_what_is_saved_follows_at_once_and_what_is_hidden_is_gone(client, chief, stories):
    special = shown(chief, Place(stories[0].pk), Place(stories[1].pk))
    changed = WORDS | {"name": "汛期三十天", "on_home": False}
    special = specials.save_special(
        special.pk, changed, [Place(stories[1].pk)], based_on=special.version, acting_user=chief
    )
    assert "汛期三十天" not in text(client, "/")
    assert "汛期三十天" in text(client, f"/stories/{stories[1].pk}/")
    assert "汛期" not in text(client, f"/stories/{stories[0].pk}/")
    specials.hide_special(special.pk, based_on=special.version, acting_user=chief)
    assert client.get("/specials/flood/").status_code == 404
    assert "汛期" not in text(client, f"/stories/{stories[1].pk}/")
    assert "第1条" in text(client, f"/stories/{stories[1].pk}/")
    acts = AuditEntry.objects.about(special).values_list("act", flat=True)
    assert sorted(acts) == ["special.edit"] * 3 + ["special.hide", "special.show"]


def at(special, slug: str, chief, place: Place):
    return specials.save_special(
        special.pk, WORDS | {"slug": slug}, [place], based_on=special.version, acting_user=chief
    )


def leads(client, address: str) -> tuple[int, str]:
    response = client.get(address)
    return response.status_code, response.headers.get("Location", "")


def test_every_address_that_readers_knew_leads_to_the_present_one(client, chief, stories):
    place = Place(stories[0].pk)
    special = shown(chief, place)
    for slug in ("rain", "water"):
        special = at(special, slug, chief, place)
    for old in ("flood", "rain"):
        assert leads(client, f"/specials/{old}/") == (301, "/specials/water/")
        assert leads(client, f"/en/specials/{old}/") == (301, "/en/specials/water/")
        assert leads(client, f"/feeds/specials/{old}.rss") == (301, "/feeds/specials/water.rss")
    for page in ("/", "/specials/", f"/stories/{stories[0].pk}/"):
        assert "/specials/water/" in text(client, page)
        assert "/specials/flood/" not in text(client, page)
    assert "第0条" in text(client, "/specials/water/")
    assert PublishedSpecial.objects.count() == 1


def test_while_a_special_is_hidden_its_addresses_lead_nowhere_and_stay_its_own(client, chief, stories):
    place = Place(stories[0].pk)
    special = shown(chief, place)
    special = specials.hide_special(special.pk, based_on=special.version, acting_user=chief)
    special = at(special, "rain", chief, place)
    assert leads(client, "/specials/flood/") == leads(client, "/specials/rain/") == (404, "")
    with pytest.raises(ValidationError) as refused:
        made(chief, place)
    assert set(refused.value.message_dict) == {"slug"}
    specials.show_special(special.pk, based_on=special.version, acting_user=chief)
    assert leads(client, "/specials/flood/") == (301, "/specials/rain/")


def test_an_address_that_readers_never_knew_is_free_again(client, chief, stories):
    place = Place(stories[0].pk)
    at(made(chief, place), "rain", chief, place)
    shown(chief, place)
    assert leads(client, "/specials/flood/") == (200, "")


def test_who_signs_makes_specials_and_who_signs_off_shows_them(chief, people, stories):
    editor = people[Role.SECTION_EDITOR]
    special = made(editor, Place(stories[0].pk))
    with pytest.raises(NotAllowed):
        specials.show_special(special.pk, based_on=special.version, acting_user=editor)
    special = specials.show_special(special.pk, based_on=special.version, acting_user=chief)
    with pytest.raises(NotAllowed):
        specials.save_special(special.pk, WORDS, [], based_on=special.version, acting_user=editor)
    with pytest.raises(NotAllowed):
        specials.make_special(WORDS | {"slug": "rain"}, acting_user=people[Role.REPORTER])


def test_nothing_is_overwritten_unseen(chief, stories):
    special = made(chief, Place(stories[0].pk))
    with pytest.raises(Stale):
        specials.save_special(special.pk, WORDS, [], based_on=special.version - 1, acting_user=chief)
    assert special.stories.count() == 1


def test_a_story_out_of_sight_is_refused_and_a_special_of_nothing_is_not_shown(chief, people):
    hidden = house.story_in(State.DRAFT, people)
    with pytest.raises(Refusal, match=str(hidden.pk)):
        made(people[Role.SECTION_EDITOR], Place(hidden.pk))
    special = Special.objects.get()
    with pytest.raises(Refusal):
        specials.show_special(special.pk, based_on=special.version, acting_user=chief)
    assert not PublishedSpecial.objects.exists()


# -- the desk


@pytest.fixture
def desk(client, chief):
    client.force_login(chief)
    return client


def rows(*stories, **fields) -> dict[str, str]:
    data = {"form-TOTAL_FORMS": len(stories), "form-INITIAL_FORMS": len(stories)}
    for place, story in enumerate(stories):
        data |= {f"form-{place}-story": story.pk, f"form-{place}-ORDER": place + 1, f"form-{place}-group": ""}
    return data | fields


def test_a_special_is_begun_filled_ordered_and_shown_on_the_desk(desk, stories):
    words = {"name": "汛期", "slug": "flood", "introduction": "", "add": ""}
    address = desk.post("/en/desk/specials/new/", words).url
    special = Special.objects.get()
    names = f"{stories[0].pk}, /en/desk/stories/{stories[1].pk}/\nhttp://testserver/stories/{stories[2].pk}/"
    desk.post(address, words | rows(based_on=special.version, add=names))
    special.refresh_from_db()
    assert [story.pk for story in specials.stories_of(special)] == [story.pk for story in stories]
    sent = rows(*stories, based_on=special.version) | {"form-0-ORDER": 3, "form-1-DELETE": "on", "form-2-group": "其他"}
    desk.post(address, words | sent)
    special.refresh_from_db()
    assert [(s.pk, s.group) for s in specials.stories_of(special)] == [(stories[2].pk, "其他"), (stories[0].pk, "")]
    desk.post(f"{address}show/", {"based_on": special.version})
    assert "第0条" in text(desk, "/specials/flood/")


def test_what_is_wrong_is_said_and_what_was_typed_stays(desk, chief, stories):
    special = made(chief, Place(stories[0].pk))
    address = f"/en/desk/specials/{special.pk}/"
    sent = WORDS | rows(stories[0], based_on=special.version)
    answer = desk.post(address, sent | {"name": "新的题目", "add": "第七条"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "“第七条” is neither a story&#x27;s number nor its address." in page
    assert 'value="新的题目"' in page
    stale = desk.post(address, sent | {"based_on": 0, "name": "新的题目"})
    assert stale.status_code == 409
    assert 'value="新的题目"' in stale.content.decode()
    taken = desk.post("/en/desk/specials/new/", WORDS | {"add": ""})
    assert taken.status_code == 422
    assert Special.objects.get().name == WORDS["name"]


def test_a_story_is_put_into_a_special_from_its_own_page(desk, chief, stories):
    special = made(chief)
    assert "Put it into a special" in text(desk, f"/en/desk/stories/{stories[0].pk}/")
    desk.post(f"/en/desk/stories/{stories[0].pk}/special/", {"special": special.pk})
    assert [story.pk for story in specials.stories_of(special)] == [stories[0].pk]
    page = text(desk, f"/en/desk/stories/{stories[0].pk}/")
    assert f'<a href="/en/desk/specials/{special.pk}/" lang="zh-Hans">' in page
    assert "Put it into a special" not in page


def test_what_somebody_else_put_in_is_named_to_those_alone_who_may_read_it(desk, chief, people):
    editor = people[Role.SECTION_EDITOR]
    draft = house.make_story(editor, headline="还不能说的事")
    special = made(editor, Place(draft.pk))
    page = text(desk, f"/en/desk/specials/{special.pk}/")
    assert "还不能说的事" not in page
    assert "a story that you may not read" in page
    # It stays where it is when somebody else saves.
    desk.post(f"/en/desk/specials/{special.pk}/", WORDS | rows(draft, based_on=special.version, add="", name="改名"))
    assert [story.pk for story in specials.stories_of(special)] == [draft.pk]


@pytest.mark.parametrize("number", ["0", "-1", str(2**63), "1" + "0" * 30, "x", ""])
def test_a_forged_row_is_refused(desk, chief, stories, number):
    special = made(chief, Place(stories[0].pk))
    sent = WORDS | rows(stories[0], stories[1], based_on=special.version, add="") | {"form-1-story": number}
    sent["form-INITIAL_FORMS"] = 1
    assert desk.post(f"/en/desk/specials/{special.pk}/", sent).status_code == 422
    del sent["form-1-story"]
    assert desk.post(f"/en/desk/specials/{special.pk}/", sent).status_code == 422
    assert [story.pk for story in specials.stories_of(special)] == [stories[0].pk]


def test_a_special_that_nobody_sees_is_saved_without_a_word_to_readers(chief, stories):
    special = shown(chief, Place(stories[0].pk))
    special = specials.hide_special(special.pk, based_on=special.version, acting_user=chief)
    generation = PublicFrame.current().generation
    specials.save_special(special.pk, WORDS, [Place(stories[1].pk)], based_on=special.version, acting_user=chief)
    assert PublicFrame.current().generation == generation
