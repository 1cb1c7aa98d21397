"""Notices on the desk: the bell, the list, marking as read, and what each person chose."""

from __future__ import annotations

import datetime
import re

import pytest
from django.utils import timezone

from articles.states import State, Verb
from newsroom.staff import notices
from newsroom.staff.models import MailState, Notice, NoticeChoice, NoticeKind, User
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import DESK, fields_of, signed_in, text_of

REPORTER, EDITOR = Role.REPORTER, Role.SECTION_EDITOR
LIST, CHOICES = f"{DESK}/notices/", f"{DESK}/notices/choices/"


@pytest.fixture
def returned(people):
    """A story of the reporter's that came back."""
    story = house.story_in(State.SUBMITTED, people, headline="河水今晨上涨")
    Notice.objects.all().delete()
    return house.act(story, Verb.RETURN, people[EDITOR], "缺少来源")


def unread_on_the_bell(user: User) -> int:
    return int(re.search(r'data-unread="(\d+)"', text_of(signed_in(user).get(f"{DESK}/stories/"))).group(1))


def write(user: User, story, count: int) -> list[Notice]:
    for _number in range(count):
        notices.tell([user], NoticeKind.LATE, story)
    return list(Notice.objects.filter(recipient=user).order_by("pk"))


def test_what_happened_is_said_with_who_and_why_and_leads_to_the_story(people, returned):
    page = text_of(signed_in(people[REPORTER]).get(LIST))
    for said in ("Returned", "河水今晨上涨", "缺少来源", str(people[EDITOR]), f'href="{DESK}/stories/{returned.pk}/"'):
        assert said in page
    assert "退" not in page  # The page is English: what was said is not translated, what the desk says is.
    assert unread_on_the_bell(people[REPORTER]) == 1
    assert unread_on_the_bell(people[EDITOR]) == 0


def test_what_one_may_not_read_is_said_in_words_alone(people, returned):
    notices.tell([people[Role.PHOTOGRAPHER]], NoticeKind.REMARKED, returned)
    page = text_of(signed_in(people[Role.PHOTOGRAPHER]).get(LIST))
    assert "河水今晨上涨" in page
    assert f"/stories/{returned.pk}/" not in page


def test_a_thing_that_has_no_page_is_said_in_words_alone(people, returned):
    notices.tell([people[REPORTER]], NoticeKind.LATE, house.section())
    answer = signed_in(people[REPORTER]).get(LIST)
    assert answer.status_code == 200
    assert "本市" in text_of(answer)


def test_opening_the_story_reads_what_was_told_of_it_and_nothing_else(people, returned):
    other = house.make_story(people[REPORTER], headline="另一篇")
    notices.tell([people[REPORTER]], NoticeKind.LATE, other)
    notices.tell([people[EDITOR]], NoticeKind.LATE, returned)
    signed_in(people[REPORTER]).get(f"{DESK}/stories/{returned.pk}/")
    assert [n.target_id for n in Notice.objects.unread().filter(recipient=people[REPORTER])] == [other.pk]
    assert unread_on_the_bell(people[EDITOR]) == 1


def test_marking_one_and_marking_all(people, returned):
    first, second, third = write(people[EDITOR], returned, 3)
    client = signed_in(people[EDITOR])
    assert client.post(f"{LIST}{second.pk}/read/").status_code == 302
    assert set(Notice.objects.unread().filter(recipient=people[EDITOR])) == {first, third}
    # What came in after the page was shown was not before anybody's eyes.
    client.post(f"{LIST}read/", {"up_to": second.pk})
    assert set(Notice.objects.unread().filter(recipient=people[EDITOR])) == {third}
    assert client.post(f"{LIST}read/", {"up_to": "nonsense"}).status_code == 302
    assert Notice.objects.unread().filter(recipient=people[EDITOR]).exists()


def test_nobody_reads_another_s_notices(people, returned):
    notice = Notice.objects.get(recipient=people[REPORTER])
    client = signed_in(people[EDITOR])
    client.post(f"{LIST}{notice.pk}/read/")
    client.post(f"{LIST}read/", {"up_to": notice.pk})
    assert Notice.objects.unread().filter(pk=notice.pk).exists()
    assert "缺少来源" not in text_of(client.get(LIST))


def test_the_list_is_paged_and_costs_the_same_however_long(people, returned, django_assert_num_queries):
    client = signed_in(people[REPORTER])
    with django_assert_num_queries(7):
        client.get(LIST)
    write(people[REPORTER], returned, 50)
    with django_assert_num_queries(7):
        first = text_of(client.get(LIST))
    assert first.count('class="notice unread"') == 40
    assert f'href="{LIST}?unread"' in first
    unread = text_of(client.get(f"{LIST}?unread"))
    assert unread.count('class="notice unread"') == 40
    assert text_of(client.get(LIST + older(unread))).count('class="notice unread"') == 11
    Notice.objects.update(read_at=timezone.now())
    read = text_of(client.get(LIST))
    assert read.count('class="notice"') == 40
    assert text_of(client.get(LIST + older(read))).count('class="notice"') == 11


def older(page: str) -> str:
    return re.search(r'href="(\?[^"]*older=[^"]+)" rel="next"', page).group(1).replace("&amp;", "&")


def test_what_is_unread_comes_first(people, returned):
    unread, *read = write(people[EDITOR], returned, 8)
    Notice.objects.filter(pk__in=[notice.pk for notice in read]).update(read_at=timezone.now())
    client = signed_in(people[EDITOR])
    assert re.findall(r'id="notice-(\d+)"', text_of(client.get(LIST)))[0] == str(unread.pk)
    told = client.get(f"{DESK}/live/news/").json()["events"][-1]["data"]
    assert [one["number"] for one in told["newest"]] == [unread.pk, *(n.pk for n in read[:2:-1])]


def test_the_unread_alone(people, returned):
    first, second = write(people[EDITOR], returned, 2)
    notices.read_one(first.pk, people[EDITOR])
    page = text_of(signed_in(people[EDITOR]).get(f"{LIST}?unread"))
    assert f'id="notice-{second.pk}"' in page
    assert f'id="notice-{first.pk}"' not in page


def test_nothing_told_is_said_too(people):
    assert "Nobody has told you anything yet." in text_of(signed_in(people[Role.PROOFREADER]).get(LIST))
    assert "You have read everything." in text_of(signed_in(people[Role.PROOFREADER]).get(f"{LIST}?unread"))


def test_more_than_the_bell_counts(people, returned):
    write(people[EDITOR], returned, 120)
    assert "99+" in text_of(signed_in(people[EDITOR]).get(f"{DESK}/stories/"))


# -- choices


def test_every_kind_is_shown_until_somebody_chooses_otherwise(people):
    client = signed_in(people[REPORTER])
    shown = fields_of(client.get(CHOICES), "choices")
    assert {name for name in shown if name.endswith("_in_desk")} == {f"{kind}_in_desk" for kind in NoticeKind}
    assert not any(name.endswith("_by_mail") for name in shown)
    del shown["returned_in_desk"]
    assert client.post(CHOICES, shown).status_code == 302
    again = fields_of(client.get(CHOICES), "choices")
    assert "returned_in_desk" not in again
    assert "signed_in_desk" in again


def test_mail_is_offered_where_it_is_set_up_and_an_address_is_known(people, settings):
    settings.MAIL_IS_SET_UP = True
    client = signed_in(people[REPORTER])
    assert "No mail address is noted for you" in text_of(client.get(CHOICES))
    User.objects.filter(pk=people[REPORTER].pk).update(email="reporter@paper.example")
    shown = fields_of(client.get(CHOICES), "choices")
    assert client.post(CHOICES, shown | {"returned_by_mail": "on", "language": "en"}).status_code == 302
    assert NoticeChoice.objects.get(user=people[REPORTER], kind="returned").by_mail
    assert not NoticeChoice.objects.get(user=people[REPORTER], kind="signed").by_mail
    assert house.person("reporter").language == "en"
    # Without mail the page shows no switch for it, and what was chosen stays.
    settings.MAIL_IS_SET_UP = False
    client.post(CHOICES, fields_of(client.get(CHOICES), "choices"))
    assert NoticeChoice.objects.get(user=people[REPORTER], kind="returned").by_mail


def test_a_language_that_is_none_changes_nothing(people):
    client = signed_in(people[REPORTER])
    assert client.post(CHOICES, {"language": "tlh"}).status_code == 422
    assert not NoticeChoice.objects.exists()


@pytest.mark.parametrize(
    ("in_desk", "by_mail", "address", "shown", "mailed"),
    [
        (True, False, "a@paper.example", True, False),
        (False, True, "a@paper.example", False, True),
        (True, True, "a@paper.example", True, True),
        (False, False, "a@paper.example", False, False),
        # What was wanted by mail and cannot be mailed is shown.
        (False, True, "", True, False),
    ],
)
def test_each_is_told_as_they_chose(people, settings, returned, in_desk, by_mail, address, shown, mailed):
    settings.MAIL_IS_SET_UP = True
    editor = people[EDITOR]
    User.objects.filter(pk=editor.pk).update(email=address)
    NoticeChoice.objects.create(user=editor, kind="late", in_desk=in_desk, by_mail=by_mail)
    notices.tell([editor], NoticeKind.LATE, returned)
    assert unread_on_the_bell(editor) == int(shown)
    assert ("Late" in text_of(signed_in(editor).get(LIST))) == shown
    assert Notice.objects.filter(recipient=editor, mail_state=MailState.DUE).exists() == mailed


# -- the clock


def test_what_was_read_long_ago_is_forgotten_and_what_was_not_is_kept(people, returned):
    long_ago = timezone.now() - notices.KEPT_FOR - datetime.timedelta(minutes=1)
    old, unread, lately = write(people[EDITOR], returned, 3)
    Notice.objects.filter(pk=old.pk).update(at=long_ago, read_at=long_ago)
    Notice.objects.filter(pk=unread.pk).update(at=long_ago)
    Notice.objects.filter(pk=lately.pk).update(at=long_ago, read_at=timezone.now())
    assert notices.forget_old(timezone.now()) == 1
    assert set(Notice.objects.filter(recipient=people[EDITOR])) == {unread, lately}
