"""Every save is a revision, none overwrites what its author had not seen, nothing else than content gets in."""

from __future__ import annotations

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from articles import editing
from articles.content import SIGNED_FIELDS, content_of, hash_of
from articles.editing import Credit, Picture
from articles.errors import NotAllowed, RightsExpired, StaleVersion
from articles.models import Article, Contributor, Photo, Revision
from articles.states import State
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house


@pytest.fixture
def reporter(people):
    return people[Role.REPORTER]


@pytest.fixture
def story(reporter):
    return house.make_story(reporter)


def as_stored(story: Article) -> tuple:
    """The row, its lists, its revisions and its trail."""
    return (
        Article.objects.filter(pk=story.pk).values().get(),
        content_of(Article.objects.get(pk=story.pk)),
        list(Revision.objects.filter(article=story).values_list("number", "content_hash")),
        AuditEntry.objects.count(),
    )


# -- revisions


def test_each_save_is_a_revision_with_its_author(story, people, reporter):
    house.save(story, reporter, headline="二稿")
    house.act(story, "submit", reporter)
    house.save(story, people[Role.SECTION_EDITOR], headline="编辑改的")
    kept = [(r.number, r.author_label, r.content["headline"]) for r in Revision.objects.order_by("number")]
    assert kept == [
        (1, str(reporter), "城西夜市今晚开市"),
        (2, str(reporter), "二稿"),
        (3, str(people[Role.SECTION_EDITOR]), "编辑改的"),
    ]


def test_a_revision_keeps_everything_the_story_says(story, reporter):
    photo = house.make_photo(reporter)
    fields = {"lead_in_day": datetime.date(2024, 3, 6), "desk_note": "请核对", "keywords": "夜市"}
    story = editing.save_story(
        story.pk,
        fields,
        based_on=1,
        bylines=[house.credit(reporter)],
        pictures=[Picture(photo.pk, alt="灯")],
        acting_user=reporter,
    ).article
    revision = Revision.objects.get(number=2)
    assert revision.content == content_of(story)
    assert revision.content_hash == hash_of(revision.content)
    assert revision.content["lead_in_day"] == "2024-03-06"
    assert revision.content["pictures"] == [
        {"photo": photo.pk, "caption": photo.caption, "credit": photo.credit, "alt": "灯"}
    ]


@pytest.mark.parametrize("field", SIGNED_FIELDS)
def test_the_hash_covers_whatever_readers_can_see(story, field):
    content = content_of(story)
    assert hash_of(content | {field: "别的"}) != hash_of(content)
    assert hash_of(content | {"desk_note": "别的", "slugline": "别的"}) == hash_of(content)


def test_the_same_content_saved_again_makes_no_revision(story, reporter):
    editing.save_story(story.pk, {}, based_on=1, bylines=[house.credit(reporter)], acting_user=reporter)
    before = as_stored(story)
    again = {name: getattr(story, name) for name in ("headline", "body", "section_id", "lead_in_kind")}
    editing.save_story(story.pk, again, based_on=2, bylines=[house.credit(reporter)], acting_user=reporter)
    assert as_stored(story) == before


def test_a_stale_save_is_refused_with_the_revision_that_stands(story, people, reporter):
    house.act(story, "submit", reporter)
    house.save(story, people[Role.SECTION_EDITOR], headline="先存的")
    before = as_stored(story)
    with pytest.raises(StaleVersion) as refusal:
        editing.save_story(story.pk, {"headline": "后存的"}, based_on=1, acting_user=people[Role.SECTION_EDITOR])
    assert refusal.value.current.number == 2
    assert refusal.value.current.content["headline"] == "先存的"
    assert "另一窗口" in str(refusal.value)
    assert as_stored(story) == before


def test_a_version_that_never_was_is_stale(story, reporter):
    for version in (0, 2, -1):
        with pytest.raises(StaleVersion):
            editing.save_story(story.pk, {"headline": "改"}, based_on=version, acting_user=reporter)


# -- what is refused


FORGED = ["state", "step", "version", "released_version", "created_by", "created_by_id", "id", "pk", "signatures"]


@pytest.mark.parametrize("field", [*FORGED, "embargo_until", "publish_at", "bylines", "_state", "save"])
def test_what_is_not_content_is_refused(story, reporter, field):
    before = as_stored(story)
    with pytest.raises(ValidationError, match=field):
        editing.save_story(story.pk, {"headline": "改", field: 1}, based_on=1, acting_user=reporter)
    with pytest.raises(ValidationError, match=field):
        editing.create_story({"headline": "改", "section_id": 1, field: 1}, acting_user=reporter)
    assert as_stored(story) == before
    assert Article.objects.count() == 1


WRONG_VALUES = [
    {"headline": "一\n二\n三"},
    {"headline": "字" * 201},
    {"headline": "一\x00二"},
    {"kicker": "一\u200b二"},
    {"desk_note": "\x07"},
    {"desk_note": "字" * 5001},
    {"section_id": 10**6},
    {"section_id": "nonsense"},
    {"section_id": None},
    {"genre": "nonsense"},
    {"lead_in_kind": "nonsense"},
    {"lead_in_day": "2024-02-30"},
    {"body": "字" * 200_001},
    {"body": '<figure><img src="/desk/photos/999999/preview"></figure>'},
]


@pytest.mark.parametrize("fields", WRONG_VALUES, ids=lambda fields: repr(fields)[:40])
def test_a_wrong_value_is_refused_and_nothing_has_changed(story, reporter, fields):
    before = as_stored(story)
    with pytest.raises(ValidationError):
        editing.save_story(story.pk, {"keywords": "新"} | fields, based_on=1, acting_user=reporter)
    assert as_stored(story) == before


def test_a_headline_has_two_lines_at_the_most(story, reporter):
    assert house.save(story, reporter, headline="一\n二").headline == "一\n二"


WRONG_LISTS = [
    {"bylines": [Credit(10**6, "reporter")]},
    {"bylines": ["nonsense role"]},
    {"pictures": [Picture(10**6)]},
    {"pictures": ["long caption"]},
]


@pytest.mark.parametrize("lists", WRONG_LISTS, ids=repr)
def test_a_wrong_byline_or_picture_is_refused_and_the_old_ones_stay(story, reporter, lists):
    photo, credit = house.make_photo(reporter), house.credit(reporter)
    meant = {
        "nonsense role": Credit(credit.contributor, "nonsense"),
        "long caption": Picture(photo.pk, caption="字" * 1001),
    }
    lists = {name: [meant.get(entry, entry) for entry in entries] for name, entries in lists.items()}
    editing.save_story(story.pk, {}, based_on=1, bylines=[credit], pictures=[Picture(photo.pk)], acting_user=reporter)
    before = as_stored(story)
    with pytest.raises(ValidationError):
        editing.save_story(story.pk, {"headline": "改"}, based_on=2, acting_user=reporter, **lists)
    assert as_stored(story) == before


@pytest.mark.parametrize("role", [Role.PAGE_DESIGNER, Role.PROOFREADER, Role.ADMINISTRATOR])
def test_who_does_not_write_files_nothing(people, role):
    with pytest.raises(NotAllowed):
        house.make_story(people[role])
    assert not Article.objects.exists()


# -- what is kept


def test_the_body_is_sanitised_and_counted(story, reporter):
    story = house.save(story, reporter, body="<p onclick=x>今晚<script>alert(1)</script>开市。</p><h2>灯</h2>")
    assert story.body == "<p>今晚开市。</p><h2>灯</h2>"
    assert story.character_count == 6


def test_captions_do_not_count_as_text(story, reporter):
    photo = house.make_photo(reporter)
    body = f'<p>今晚</p><figure><img src="/desk/photos/{photo.pk}/preview"><figcaption>图</figcaption></figure>'
    story = house.save(story, reporter, body=body)
    assert story.character_count == 2
    assert list(story.photos.all()) == [photo]


def test_a_byline_is_in_the_order_given_and_names_nobody_twice(story, reporter):
    agency = Contributor.objects.create(name="新华社", slug="xinhua")
    wanted = [Credit(agency.pk, "correspondent"), house.credit(reporter), Credit(agency.pk, "correspondent")]
    story = editing.save_story(story.pk, {}, based_on=1, bylines=wanted, acting_user=reporter).article
    assert [(b.contributor_id, b.role) for b in story.byline_list] == [tuple(credit) for credit in wanted[:2]]


def test_lists_that_are_not_given_stay(story, reporter):
    photo = house.make_photo(reporter)
    editing.save_story(
        story.pk,
        {},
        based_on=1,
        bylines=[house.credit(reporter)],
        pictures=[Picture(photo.pk, caption="只在这里")],
        acting_user=reporter,
    )
    story = house.save(story, reporter, headline="改")
    assert story.bylines.count() == 1
    assert story.article_photos.get().caption == "只在这里"


def test_a_correction_note_is_for_what_readers_have_seen(story, reporter):
    assert house.save(story, reporter, headline="改", correction_note="更正").correction_note == ""


def test_what_the_import_doubts_is_kept_beside_the_text(reporter):
    story = editing.create_story(
        {"headline": "题", "section_id": house.section().pk}, doubts=["作者不明"], acting_user=reporter
    )
    assert Article.objects.get(pk=story.pk).import_doubts == ["作者不明"]


def test_a_story_that_is_spiked_or_withdrawn_is_not_edited(people):
    for state in (State.SPIKED, State.WITHDRAWN):
        story = house.story_in(state, people)
        before = as_stored(story)
        with pytest.raises(editing.IllegalTransition):
            house.save(story, people[Role.REPORTER], headline="改")
        assert as_stored(story) == before


# -- rights in pictures


@pytest.fixture
def expired(reporter):
    return house.make_photo(reporter, caption="旧照", rights_expire_on=datetime.date(2024, 3, 1))


def in_text(photo) -> str:
    return f'<p>正文。</p><figure><img src="/desk/photos/{photo.pk}/preview"></figure>'


def pictured(story, user, pictures=None, **fields) -> Article:
    return editing.save_story(story.pk, fields, based_on=story.version, pictures=pictures, acting_user=user).article


def test_no_story_newly_uses_a_photo_whose_rights_have_expired(story, reporter, expired):
    before = as_stored(story)
    said = f"The rights in “旧照” (photo {expired.pk}) expired on 1 March 2024: no story can newly use it."
    with override("en"):
        for how in ({"pictures": [Picture(expired.pk)]}, {"body": in_text(expired)}):
            with pytest.raises(RightsExpired, match=re.escape(said)):
                pictured(story, reporter, **how)
            with pytest.raises(RightsExpired, match=re.escape(said)):
                house.make_story(reporter, **how)
    assert as_stored(story) == before
    assert Article.objects.count() == 1


def test_a_photo_that_a_story_has_stays_in_it_when_its_rights_expire(story, reporter):
    photo = house.make_photo(reporter, rights_expire_on=timezone.localdate())
    story = pictured(story, reporter, pictures=[Picture(photo.pk)])
    Photo.objects.update(rights_expire_on=datetime.date(2024, 3, 1))
    story = pictured(story, reporter, body=in_text(photo), pictures=[Picture(photo.pk, "新图说", "", "")])
    assert [picture["caption"] for picture in content_of(story)["pictures"]] == ["新图说"]
    # Once it is out, it is out: no version brings it back.
    story = pictured(story, reporter, body="<p>正文。</p>", pictures=[])
    with pytest.raises(RightsExpired):
        editing.restore_version(story.pk, story.version - 1, based_on=story.version, acting_user=reporter)
    assert not story.article_photos.exists()
