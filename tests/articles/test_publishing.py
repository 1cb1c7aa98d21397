"""The door: what readers see follows the signed version, no earlier than it may, and goes when it is withdrawn."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.storage import storages
from django.test import TestCase
from django.utils import timezone

from articles import editing, publishing, rules, scheduling
from articles.editing import Picture
from articles.errors import IllegalTransition, NotAllowed, NotYet, Refusal, RightsExpired
from articles.models import Article, Photo, PublishedArticle, PublishedAuthor, PublishedPhoto, WithdrawnArticle
from articles.purging import Change
from articles.states import State, Verb
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house

EDITOR, FINAL = Role.SECTION_EDITOR, Role.EDITOR_IN_CHIEF
HOUR = datetime.timedelta(hours=1)


def public(story: Article) -> PublishedArticle:
    return PublishedArticle.objects.get(number=story.pk)


def public_files() -> list[str]:
    """Every file in the public store by its path, but for locks."""
    found, folders = [], [""]
    while folders:
        folder = folders.pop()
        if storages["public"].exists(folder):
            names, files = storages["public"].listdir(folder)
            folders += [f"{folder}/{name}".lstrip("/") for name in names]
            found += [f"{folder}/{name}" for name in files if not name.startswith(".")]
    return sorted(found)


def story_with(photo: Photo, state: State, people) -> Article:
    body = f'<p>今晚。</p><figure><img src="/desk/photos/{photo.pk}/preview"></figure>'
    return house.story_in(state, people, body=body)


def times_have_come(story: Article, **times) -> None:
    """Times that were set while they were to come."""
    Article.objects.filter(pk=story.pk).update(**times)


def set_times(story: Article, user, **times) -> None:
    values = {"embargo_until": None, "publish_at": None} | times
    scheduling.set_release_times(story.pk, acting_user=user, **values)


# -- the public version


def test_before_it_is_published_nothing_of_a_story_is_public(people):
    for state in (State.DRAFT, State.SUBMITTED, State.IN_REVIEW, State.RETURNED, State.SIGNED_OFF, State.SPIKED):
        house.story_in(state, people)
    assert not PublishedArticle.objects.exists()


def test_notes_of_the_desk_are_never_public(people):
    house.story_in(State.PUBLISHED, people, desk_note="绝密备注", slugline="内部代号", keywords="夜市，灯")
    row = PublishedArticle.objects.values().get()
    assert "绝密备注" not in str(row)
    assert "内部代号" not in str(row)
    assert row["keywords"] == ["夜市", "灯"]


def test_the_public_version_stays_while_the_working_copy_changes(people):
    story = house.story_in(State.PUBLISHED, people)
    before = PublishedArticle.objects.values().get()
    story = house.save(story, people[EDITOR], headline="新的标题")
    assert PublishedArticle.objects.values().get() == before
    story = house.act(story, Verb.RETURN, people[FINAL], "再改")
    story = house.act(story, Verb.SUBMIT, people[Role.REPORTER])
    story = house.act(story, Verb.SIGN, people[EDITOR])
    story = house.act(story, Verb.SIGN, people[Role.DESK_CHIEF])
    assert PublishedArticle.objects.values().get() == before
    story = house.act(story, Verb.SIGN, people[FINAL])
    assert story.state == State.PUBLISHED
    assert (public(story).headline, public(story).version) == ("新的标题", 2)
    assert public(story).published_at == before["published_at"]
    assert public(story).updated_at > before["updated_at"]


def test_a_new_story_has_changed_at_no_other_moment_than_its_publication(people):
    by_hand, with_others = house.story_in(State.PUBLISHED, people), house.story_in(State.SIGNED_OFF, people)
    at = timezone.now() - 9 * HOUR
    publishing.release_story(with_others.pk, acting_user=None, at=at, change=Change())
    assert (public(with_others).published_at, public(with_others).updated_at) == (at, at)
    assert public(by_hand).updated_at == public(by_hand).published_at
    house.act(with_others, Verb.WITHDRAW, people[FINAL], "核实")
    story = house.act(with_others, Verb.REVIVE, people[FINAL])
    house.bring_to(story, State.PUBLISHED, people)
    assert public(with_others).published_at == at
    assert public(with_others).updated_at > at + 8 * HOUR


def test_what_is_published_is_taken_from_the_version_that_was_signed(people):
    story = house.save(house.story_in(State.DRAFT, people), people[Role.REPORTER], headline="二稿")
    story = house.bring_to(story, State.PUBLISHED, people)
    assert story.released_version == public(story).version == 2


def test_a_byline_is_printed_in_its_order_with_chinese_roles(people):
    agency = house.make_person("agency")
    bylines = [house.credit(agency, "correspondent"), house.credit(people[Role.PHOTOGRAPHER], "photographer")]
    story = house.story_in(State.PUBLISHED, people, bylines=bylines)
    assert [(p["name"], p["role"]) for p in public(story).byline] == [
        (agency.name, "通讯员"),
        (people[Role.PHOTOGRAPHER].name, "摄"),
    ]
    assert f"本报讯（通讯员 {agency.name}）" in public(story).body


# -- corrections


def correct(story: Article, people, note: str) -> Article:
    return house.act(house.act(story, Verb.CORRECT, people[EDITOR], note), Verb.SIGN, people[FINAL])


def notes(story: Article) -> list[str]:
    return [correction["note"] for correction in public(story).corrections]


def test_a_correction_reaches_readers_once_and_the_next_one_is_added(people):
    story = house.story_in(State.PUBLISHED, people)
    story = house.act(story, Verb.CORRECT, people[EDITOR], "时间有误")
    assert notes(story) == []
    story = house.save(story, people[FINAL], headline="改正的标题")
    story = house.act(story, Verb.SIGN, people[FINAL])
    assert notes(story) == ["时间有误"]
    assert public(story).headline == "改正的标题"
    story = house.act(house.save(story, people[EDITOR], subhead="副题"), Verb.SIGN, people[FINAL])
    assert notes(story) == ["时间有误"]
    story = correct(story, people, "人名有误")
    assert notes(story) == ["时间有误", "人名有误"]
    assert [datetime.datetime.fromisoformat(c["at"]).tzinfo is not None for c in public(story).corrections] == [
        True,
        True,
    ]


def test_a_refile_after_publication_carries_no_notice(people):
    story = house.save(house.story_in(State.PUBLISHED, people), people[EDITOR], headline="改")
    assert notes(house.act(story, Verb.SIGN, people[FINAL])) == []


def test_a_correction_reaches_readers_even_after_a_return(people):
    story = house.act(house.story_in(State.PUBLISHED, people), Verb.CORRECT, people[EDITOR], "时间有误")
    story = house.act(story, Verb.RETURN, people[FINAL], "说清楚")
    story = house.sign_all(house.act(story, Verb.SUBMIT, people[Role.REPORTER]), people)
    assert notes(story) == ["时间有误"]


def withdrawn_and_published_again(story, people):
    story = house.act(story, Verb.WITHDRAW, people[FINAL], "失实")
    story = house.act(story, Verb.REVIVE, people[FINAL])
    story = house.sign_all(house.act(story, Verb.SUBMIT, people[Role.REPORTER]), people)
    return house.act(story, Verb.PUBLISH, people[FINAL])


def test_what_readers_were_told_was_corrected_stands_under_a_story_that_comes_back(people):
    story = correct(house.story_in(State.PUBLISHED, people), people, "时间有误")
    told = public(story).corrections
    story = withdrawn_and_published_again(story, people)
    assert public(story).corrections == told
    story = withdrawn_and_published_again(correct(story, people, "人名有误"), people)
    assert notes(story) == ["时间有误", "人名有误"]


def test_a_correction_that_no_reader_saw_goes_with_what_it_corrected(people):
    story = house.act(house.story_in(State.PUBLISHED, people), Verb.CORRECT, people[EDITOR], "时间有误")
    assert notes(withdrawn_and_published_again(story, people)) == []


def test_a_correction_as_long_as_a_story_is_refused(people):
    story = house.story_in(State.PUBLISHED, people)
    with pytest.raises(Refusal):
        house.act(story, Verb.CORRECT, people[EDITOR], "字" * 1001)
    assert Article.objects.get().seen == story.seen


# -- embargo and schedule


@pytest.mark.parametrize("which", ["embargo_until", "publish_at"])
def test_nobody_publishes_before_embargo_or_schedule(people, which):
    story = house.story_in(State.SIGNED_OFF, people)
    set_times(story, people[FINAL], **{which: timezone.now() + HOUR})
    with pytest.raises(NotYet):
        house.act(story, Verb.PUBLISH, people[FINAL])
    assert Article.objects.get().state == State.SIGNED_OFF
    assert not PublishedArticle.objects.exists()
    times_have_come(story, **{which: timezone.now() - HOUR})
    house.act(story, Verb.PUBLISH, people[FINAL])
    assert PublishedArticle.objects.exists()


@pytest.mark.parametrize(
    ("embargo", "schedule", "released"),
    [
        (None, -1, True),
        (None, 0, True),
        (None, 1, False),
        (-1, -1, True),
        (0, 0, True),
        (1, -1, False),
        (-1, 1, False),
        (-1, None, False),
        (None, None, False),
    ],
)
def test_the_clock_releases_at_the_later_of_both_and_only_what_is_scheduled(people, embargo, schedule, released):
    now = timezone.now()
    story = house.story_in(State.SIGNED_OFF, people)
    at = {None: None, -1: now - HOUR, 0: now, 1: now + HOUR}
    times_have_come(story, embargo_until=at[embargo], publish_at=at[schedule])
    done, refused = publishing.release_due_stories(now)
    assert (done == [story], refused) == (released, [])
    assert PublishedArticle.objects.exists() == released
    entry = AuditEntry.objects.about(story).first()
    assert not released or (entry.act, entry.actor_id, entry.actor_label) == ("story.publish", None, "publish_due")


def test_the_clock_releases_once(people):
    story = house.story_in(State.SIGNED_OFF, people)
    now = timezone.now()
    times_have_come(story, publish_at=now - HOUR)
    publishing.release_due_stories(now)
    before = PublishedArticle.objects.values().get(), AuditEntry.objects.count()
    assert publishing.release_due_stories(now) == ([], [])
    assert (PublishedArticle.objects.values().get(), AuditEntry.objects.count()) == before


def test_one_story_that_is_refused_holds_up_no_other(people):
    now = timezone.now()
    broken, sound = (house.story_in(State.SIGNED_OFF, people) for _ in range(2))
    for story in (broken, sound):
        times_have_come(story, publish_at=now - HOUR)
    Article.objects.filter(pk=broken.pk).update(headline="别的")
    done, refused = publishing.release_due_stories(now)
    assert done == [sound]
    assert [number for number, _why in refused] == [broken.pk]
    assert Article.objects.get(pk=broken.pk).state == State.SIGNED_OFF


def test_what_is_not_signed_off_is_not_due(people):
    now = timezone.now()
    for state in set(State) - {State.SIGNED_OFF}:
        story = house.story_in(state, people)
        Article.objects.filter(pk=story.pk).update(publish_at=now - HOUR)
    before = AuditEntry.objects.count()
    assert publishing.release_due_stories(now) == ([], [])
    assert AuditEntry.objects.count() == before


def test_times_are_set_by_whoever_may_and_leave_their_row(people):
    story = house.story_in(State.SUBMITTED, people)
    with pytest.raises(NotAllowed):
        set_times(story, people[Role.REPORTER], publish_at=timezone.now())
    assert Article.objects.get().publish_at is None
    set_times(story, people[EDITOR], embargo_until=timezone.now())
    assert AuditEntry.objects.about(story).first().act == "story.time"


# -- withdrawing


def test_a_withdrawn_story_leaves_nothing_but_its_number(people, django_capture_on_commit_callbacks):
    story = story_with(house.make_photo(people[Role.REPORTER]), State.PUBLISHED, people)
    assert len(public_files()) == 4
    with django_capture_on_commit_callbacks(execute=True):
        house.act(story, Verb.WITHDRAW, people[FINAL], "失实")
    assert not PublishedArticle.objects.exists()
    assert not PublishedPhoto.objects.exists()
    assert public_files() == []
    assert WithdrawnArticle.objects.get().number == story.pk
    assert Article.objects.get().return_reason == "失实"


def test_a_photo_that_another_story_shows_stays(people, django_capture_on_commit_callbacks):
    photo = house.make_photo(people[Role.REPORTER])
    first, second = (story_with(photo, State.PUBLISHED, people) for _ in range(2))
    files = public_files()
    with django_capture_on_commit_callbacks(execute=True):
        house.act(first, Verb.WITHDRAW, people[FINAL], "失实")
    assert public_files() == files
    with django_capture_on_commit_callbacks(execute=True):
        house.act(second, Verb.WITHDRAW, people[FINAL], "失实")
    assert public_files() == []


def test_a_picture_dropped_from_a_public_story_goes_with_its_files(people, django_capture_on_commit_callbacks):
    story = story_with(house.make_photo(people[Role.REPORTER]), State.PUBLISHED, people)
    editing.save_story(story.pk, {"body": "<p>无图。</p>"}, based_on=1, pictures=[], acting_user=people[EDITOR])
    assert len(public_files()) == 4
    with django_capture_on_commit_callbacks(execute=True):
        house.act(story, Verb.SIGN, people[FINAL])
    assert public_files() == []
    assert public(story).picture is None


def test_a_withdrawn_story_can_be_revived_and_published_again(people):
    story = house.story_in(State.WITHDRAWN, people)
    story = house.act(story, Verb.REVIVE, people[FINAL])
    story = house.save(story, people[Role.REPORTER], headline="重写的")
    story = house.act(house.bring_to(story, State.SIGNED_OFF, people), Verb.PUBLISH, people[FINAL])
    assert public(story).headline == "重写的"
    assert not WithdrawnArticle.objects.exists()


def test_a_revived_story_is_not_public_before_it_is_published_again(people):
    story = house.act(house.story_in(State.WITHDRAWN, people), Verb.REVIVE, people[FINAL])
    house.bring_to(story, State.SIGNED_OFF, people)
    assert not PublishedArticle.objects.exists()
    assert WithdrawnArticle.objects.exists()


# -- pictures


def test_expired_rights_stop_the_publication(people):
    photo = house.make_photo(people[Role.REPORTER], rights_expire_on=timezone.localdate())
    story = story_with(photo, State.SIGNED_OFF, people)
    Photo.objects.update(rights_expire_on=timezone.localdate() - datetime.timedelta(days=1))
    with pytest.raises(RightsExpired):
        house.act(story, Verb.PUBLISH, people[FINAL])
    assert Article.objects.get().state == State.SIGNED_OFF
    assert not PublishedArticle.objects.exists()
    Photo.objects.update(rights_expire_on=timezone.localdate())
    assert house.act(story, Verb.PUBLISH, people[FINAL]).is_public


def test_a_public_body_names_nothing_of_the_desk(people):
    story = story_with(house.make_photo(people[Role.REPORTER]), State.PUBLISHED, people)
    assert "/desk/" not in str(PublishedArticle.objects.values().get())
    assert public(story).picture["src"] in public(story).body


def test_only_a_signed_off_story_is_released_for_an_edition(people):
    for state in set(State) - {State.SIGNED_OFF, State.PUBLISHED}:
        story = house.story_in(state, people)
        with pytest.raises(IllegalTransition):
            publishing.release_story(story.pk, acting_user=people[FINAL], at=timezone.now(), change=Change())


def test_a_story_public_already_stays_as_it_is_when_its_edition_comes_out(people):
    story = house.story_in(State.PUBLISHED, people)
    before = PublishedArticle.objects.values().get(), AuditEntry.objects.count()
    publishing.release_story(story.pk, acting_user=people[FINAL], at=timezone.now(), change=Change())
    assert (PublishedArticle.objects.values().get(), AuditEntry.objects.count()) == before


def test_a_picture_of_the_story_that_stands_outside_the_text_is_public_too(people):
    photo = house.make_photo(people[Role.REPORTER])
    house.story_in(State.PUBLISHED, people, pictures=[Picture(photo.pk, caption="灯", credit="乙某 摄", alt="夜")])
    row = PublishedPhoto.objects.get()
    assert (row.in_body, row.caption, row.credit, row.alt) == (False, "灯", "乙某 摄", "夜")


def test_the_same_picture_taken_in_twice_outlives_the_withdrawal_of_one(people):
    data = house.jpeg()
    stories = []
    for _ in range(2):
        photo = house.make_photo(people[Role.PHOTOGRAPHER], data)
        stories.append(house.story_in(State.PUBLISHED, people, pictures=[editing.Picture(photo.pk)]))
    withdrawn, kept = stories
    store = storages["public"]
    addresses = dict(PublishedPhoto.objects.values_list("article__number", "preview"))
    with TestCase.captureOnCommitCallbacks(execute=True):
        house.act(withdrawn, Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实")
    assert not store.exists(addresses[withdrawn.pk].removeprefix(store.url("")))
    assert store.exists(addresses[kept.pk].removeprefix(store.url("")))


def test_public_files_are_found_again_after_the_secret_has_changed(people, settings):
    photo = house.make_photo(people[Role.PHOTOGRAPHER])
    story = house.story_in(State.PUBLISHED, people, pictures=[editing.Picture(photo.pk)])
    address = PublishedPhoto.objects.get().preview
    settings.SECRET_KEY = "another"
    with TestCase.captureOnCommitCallbacks(execute=True):
        house.act(story, Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实")
    assert not storages["public"].exists(address.removeprefix(storages["public"].url("")))


def test_an_author_of_nothing_public_is_forgotten(people):
    author = house.contributor_for(people[Role.REPORTER])
    story = house.story_in(State.PUBLISHED, people, bylines=[editing.Credit(author.pk, "reporter")])
    assert PublishedAuthor.objects.filter(slug=author.slug).exists()
    house.act(story, Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实")
    assert not PublishedAuthor.objects.exists()


def test_a_public_story_recalled_to_a_draft_can_still_be_withdrawn(people):
    story = house.story_in(State.PUBLISHED, people)
    chief = people[Role.EDITOR_IN_CHIEF]
    for verb, user, reason in [
        (Verb.CORRECT, chief, "数字有误"),
        (Verb.RETURN, chief, "再核"),
        (Verb.SUBMIT, people[Role.REPORTER], ""),
        (Verb.RECALL, people[Role.REPORTER], ""),
    ]:
        story = house.act(story, verb, user, reason)
    assert (story.state, story.is_public) == (State.DRAFT, True)
    assert rules.visible_to(house.person(chief.username)).filter(pk=story.pk).exists()
    assert house.act(story, Verb.WITHDRAW, chief, "失实").state == State.WITHDRAWN
