"""The notices' clock: mails gathered, sent once, tried again, given up; signatures that became void are told of."""

from __future__ import annotations

import datetime
import io
import smtplib

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import Article
from articles.states import State, Verb
from editions import placing
from editions.geometry import Rectangle
from editions.models import Placement, SignatureKind
from newsroom.staff.mailing import CUT_OFF_AFTER, GIVEN_UP_AFTER
from newsroom.staff.models import MailState, Notice, NoticeChoice, NoticeKind, User
from newsroom.staff.notices import KEPT_FOR, forget_old, tell
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import press_house as press
from tests.browsing import DESK, signed_in, text_of

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
REPORTER, EDITOR, CHIEF = Role.REPORTER, Role.SECTION_EDITOR, Role.EDITOR_IN_CHIEF


class Failing(EmailBackend):
    """A server that refuses whatever it is brought."""

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("not today")


@pytest.fixture(autouse=True)
def _mail(settings):
    settings.MAIL_IS_SET_UP = True
    settings.SITE_ADDRESS = "https://desk.paper.example"
    settings.DEFAULT_FROM_EMAIL = "desk@paper.example"


@pytest.fixture
def evening():
    with time_machine.travel(datetime.datetime(2024, 3, 6, 20, 0, tzinfo=SHANGHAI), tick=False) as clock:
        yield clock


@pytest.fixture
def story(evening, people) -> Article:
    """A story that awaits the first review; the reporter wants their notices by mail."""
    wants_mail(people[REPORTER], *NoticeKind)
    return house.story_in(State.SUBMITTED, people, headline="河水今晨上涨")


def wants_mail(user: User, *kinds: NoticeKind, language: str = "zh-hans") -> None:
    User.objects.filter(pk=user.pk).update(email=f"{user.username}@paper.example", language=language)
    for kind in kinds:
        NoticeChoice.objects.create(user=user, kind=kind, by_mail=True)


def run() -> list[str]:
    out = io.StringIO()
    call_command("send_notices", stdout=out)
    return out.getvalue().splitlines()


def state_of_mails() -> list[str]:
    return list(Notice.objects.exclude(mail_state=MailState.NONE).order_by("pk").values_list("mail_state", flat=True))


def test_what_happened_is_mailed_with_a_link_and_once(people, story):
    house.act(story, Verb.RETURN, people[EDITOR], "缺少来源")
    assert run() == ["mail reporter"]
    [sent] = mail.outbox
    assert (sent.to, sent.from_email) == (["reporter@paper.example"], "desk@paper.example")
    assert sent.subject == "已退稿：河水今晨上涨"
    assert f"https://desk.paper.example/desk/stories/{story.pk}/" in sent.body
    assert "缺少来源" in sent.body
    assert str(people[EDITOR]) in sent.body
    assert "北京时间2024年3月6日 20:00" in sent.body
    assert run() == []
    assert len(mail.outbox) == 1
    # It stands on the desk as well, as it was chosen.
    assert Notice.objects.unread().filter(recipient=people[REPORTER]).count() == 1


def test_several_are_gathered_in_one_mail_a_person(people, story):
    wants_mail(people[EDITOR], NoticeKind.LATE)
    other = house.story_in(State.SUBMITTED, people, headline="另一篇")
    tell([people[REPORTER], people[EDITOR]], NoticeKind.LATE, story)
    tell([people[REPORTER]], NoticeKind.LATE, other)
    assert sorted(run()) == ["mail reporter", "mail section_editor"]
    assert sorted((m.to[0], m.body.count("https://")) for m in mail.outbox) == [
        ("reporter@paper.example", 2),
        ("section_editor@paper.example", 1),
    ]


def test_a_mail_is_in_the_language_of_who_gets_it(people, story):
    User.objects.filter(pk=people[REPORTER].pk).update(language="en")
    house.act(story, Verb.RETURN, people[EDITOR], "缺少来源")
    run()
    assert mail.outbox[0].subject == "Returned: 河水今晨上涨"
    assert f"https://desk.paper.example/en/desk/stories/{story.pk}/" in mail.outbox[0].body


def test_what_one_may_not_read_is_mailed_without_a_link(people, story):
    wants_mail(people[Role.PHOTOGRAPHER], NoticeKind.REMARKED)
    tell([people[Role.PHOTOGRAPHER]], NoticeKind.REMARKED, story, text="这张要换")
    run()
    assert "https://" not in mail.outbox[0].body


def test_a_headline_of_two_lines_is_one_subject(people, story):
    house.save(story, people[EDITOR], headline="河水\n上涨")
    tell([people[REPORTER]], NoticeKind.LATE, Article.objects.get(pk=story.pk))
    run()
    assert "\n" not in mail.outbox[0].subject


def test_a_mail_that_fails_is_tried_again_with_growing_pauses_and_sent_once(people, story, evening, settings):
    works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Failing"
    house.act(story, Verb.RETURN, people[EDITOR], "缺少来源")
    pauses = []
    for _attempt in range(6):
        with pytest.raises(CommandError, match="reporter: SMTPServerDisconnected"):
            run()
        [notice] = Notice.objects.filter(mail_state=MailState.DUE)
        pauses.append((notice.mail_at - timezone.now()).total_seconds() / 60)
        assert run() == []
        evening.move_to(notice.mail_at)
    assert pauses == [1, 5, 15, 60, 240, 240]
    settings.EMAIL_BACKEND = works
    assert run() == ["mail reporter"]
    assert run() == []
    assert (len(mail.outbox), state_of_mails()) == (1, ["sent"])


def test_a_mail_that_fails_for_days_is_given_up_and_it_is_said(people, story, evening, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Failing"
    house.act(story, Verb.RETURN, people[EDITOR], "缺少来源")
    evening.shift(GIVEN_UP_AFTER)
    with pytest.raises(CommandError, match="given up after 1 attempts"):
        run()
    assert state_of_mails() == ["given_up"]
    assert run() == []


def test_one_that_is_refused_holds_up_no_other(people, story, settings):
    class ForEditorsAlone(EmailBackend):
        def send_messages(self, messages):
            if "reporter@paper.example" in messages[0].to:
                raise smtplib.SMTPRecipientsRefused({"reporter@paper.example": (550, b"unknown")})
            return super().send_messages(messages)

    globals()["ForEditorsAlone"] = ForEditorsAlone
    settings.EMAIL_BACKEND = f"{__name__}.ForEditorsAlone"
    wants_mail(people[EDITOR], NoticeKind.LATE)
    tell([people[REPORTER], people[EDITOR]], NoticeKind.LATE, story)
    with pytest.raises(CommandError, match="reporter: SMTPRecipientsRefused"):
        run()
    assert [m.to for m in mail.outbox] == [["section_editor@paper.example"]]


def test_what_was_cut_off_half_way_is_not_sent_a_second_time(people, story, evening):
    tell([people[REPORTER]], NoticeKind.LATE, story)
    Notice.objects.filter(mail_state=MailState.DUE).update(mail_state=MailState.SENDING, mail_at=timezone.now())
    assert run() == []
    evening.shift(CUT_OFF_AFTER)
    with pytest.raises(CommandError, match="not sent again"):
        run()
    assert (len(mail.outbox), state_of_mails()) == (0, ["given_up"])


def test_who_has_left_gets_no_mail(people, story):
    tell([people[REPORTER]], NoticeKind.LATE, story)
    User.objects.filter(pk=people[REPORTER].pk).update(is_active=False)
    assert run() == []
    assert (len(mail.outbox), state_of_mails()) == (0, ["given_up"])


def test_what_is_wanted_by_mail_alone_is_forgotten_in_time_once_it_was_sent(people, story):
    NoticeChoice.objects.filter(user=people[REPORTER]).update(in_desk=False)
    tell([people[REPORTER]], NoticeKind.LATE, story)
    assert forget_old(timezone.now() + 2 * KEPT_FOR) == 0
    assert run() == ["mail reporter"]
    assert forget_old(timezone.now() + 2 * KEPT_FOR) == 1


def test_what_was_wanted_by_mail_alone_and_is_given_up_is_shown_in_the_desk(people, story, evening, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Failing"
    NoticeChoice.objects.filter(user=people[REPORTER]).update(in_desk=False)
    tell([people[REPORTER]], NoticeKind.LATE, story)
    shown = Notice.objects.shown_to(people[REPORTER]).unread()
    assert not shown
    evening.shift(GIVEN_UP_AFTER)
    with pytest.raises(CommandError, match="given up"):
        run()
    assert [notice.kind for notice in shown.all()] == ["late"]


# -- signatures under pages


@pytest.fixture
def signed_page(people):
    press.ask_for_signatures(people)
    story = press.story(people)
    page = press.edition_of(people, story).pages.get()
    press.sign(page, SignatureKind.EDITOR_IN_CHIEF, people[CHIEF])
    Notice.objects.all().delete()
    return page


def voided() -> list[tuple[str, int]]:
    rows = Notice.objects.filter(kind=NoticeKind.VOIDED, target_type="editions.page").order_by("pk")
    return list(rows.values_list("recipient__username", "target_id"))


def move(page, people, row: int) -> None:
    placement = Placement.objects.get(page=page)
    placing.move_placement(placement.pk, page.pk, Rectangle(1, row, 3, 20), acting_user=people[Role.PAGE_DESIGNER])


def test_a_page_signature_that_became_void_is_told_once_each_time(people, signed_page):
    run()
    assert voided() == []
    move(signed_page, people, 60)
    [line] = run()
    assert line.startswith("void signature")
    assert voided() == [("editor_in_chief", signed_page.pk)]
    assert "城西夜市今晚开市" in Notice.objects.get(kind="voided").text
    run()
    move(signed_page, people, 62)
    run()
    assert len(voided()) == 1
    # Put back, it holds again; changed once more, it is news once more.
    move(signed_page, people, 20)
    assert run() == []
    move(signed_page, people, 60)
    run()
    assert len(voided()) == 2


def test_a_signature_taken_back_is_void_to_nobody(people, signed_page):
    signed_page.signatures.update(ended_at=timezone.now())
    move(signed_page, people, 60)
    assert run() == []
    assert voided() == []


def test_looking_at_the_page_reads_it(people, signed_page):
    move(signed_page, people, 60)
    run()
    client = signed_in(people[CHIEF])
    assert f"{DESK}/pages/{signed_page.pk}/proofs/" in text_of(client.get(f"{DESK}/notices/"))
    client.get(f"{DESK}/pages/{signed_page.pk}/proofs/")
    assert not Notice.objects.unread().filter(recipient=people[CHIEF], kind="voided").exists()
