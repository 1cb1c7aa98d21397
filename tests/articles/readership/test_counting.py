"""The log is counted once, through whatever happens to it."""

from __future__ import annotations

import datetime
import os

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.models import CountedReads, PublicFrame, ReadCount, Title
from articles.models.readership import EVERYTHING
from articles.readership import counting
from articles.readership.counting import count_reads
from articles.readership.log import line
from articles.states import State, Verb
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house

pytestmark = pytest.mark.django_db(transaction=True)
# Half past eight in the evening by the newsroom's clock.
AT = datetime.datetime(2026, 3, 7, 12, 30, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 3, 7)


@pytest.fixture
def log(settings):
    return settings.READS_LOG


def read(log, *addresses, at=AT):
    with log.open("a", encoding="utf-8") as written:
        written.writelines(line(at, address) + "\n" for address in addresses)


def counts() -> dict[tuple[str, str], int]:
    """What was counted of each address; everything together is the sum of these."""
    found = {(row.kind, row.key): row.count for row in ReadCount.objects.all()}
    assert found.pop((EVERYTHING, ""), 0) == sum(found.values())
    return found


def test_every_page_of_the_reading_site_counts_by_what_it_is(log):
    read(log, "/stories/17/", "/en/stories/17/", "/zh-hant/stories/17/", "/", "/paper/2026-03-07/2/", "/sections/city/")
    assert count_reads(log) == 6
    assert counts() == {("story", "17"): 3, ("home", ""): 1, ("page", "2026-03-07/2"): 1, ("section", "city"): 1}
    row = ReadCount.objects.get(kind="story")
    assert (row.day, row.by_hour[20], sum(row.by_hour)) == (DAY, 3, 3)


def test_what_is_no_page_for_readers_counts_nothing(log):
    read(log, "/desk/", "/feeds/all.rss", "/robots.txt", "/nowhere/", f"/tags/{'长' * 200}/", "/paper/2026-02-30/1/")
    read(log, "/stories/017/")
    log.write_text(log.read_text() + "half a li", encoding="utf-8")
    assert count_reads(log) == 0
    assert counts() == {}


def test_a_day_is_the_newsrooms(log):
    read(log, "/", at=datetime.datetime(2026, 3, 7, 16, 30, tzinfo=datetime.UTC))
    count_reads(log)
    row = ReadCount.objects.get(kind="home")
    assert (row.day, row.by_hour[0]) == (DAY + datetime.timedelta(days=1), 1)


def test_a_line_counts_once_and_a_half_line_when_it_is_whole(log):
    read(log, "/stories/1/")
    with log.open("a", encoding="utf-8") as written:
        written.write(line(AT, "/stories/2/"))
    assert count_reads(log) == 1
    assert count_reads(log) == 0
    with log.open("a", encoding="utf-8") as written:
        written.write("\n")
    assert count_reads(log) == 1
    assert counts() == {("story", "1"): 1, ("story", "2"): 1}


def test_what_was_written_before_a_rotation_is_counted_before_what_came_after(log):
    read(log, "/stories/1/")
    count_reads(log)
    read(log, "/stories/1/")
    os.rename(log, log.with_name("reads.log.1"))
    read(log, "/stories/2/")
    assert [count_reads(log) for _look in range(3)] == [1, 1, 0]
    assert counts() == {("story", "1"): 2, ("story", "2"): 1}


def test_half_a_line_at_the_end_of_a_rotated_file_holds_nothing_up(log):
    read(log, "/stories/1/")
    count_reads(log)
    with log.open("a", encoding="utf-8") as written:
        written.write("2026-03-07T12:3")
    os.rename(log, log.with_name("reads.log.1"))
    read(log, "/stories/2/")
    assert [count_reads(log) for _look in range(3)] == [0, 1, 0]


def test_of_two_rotations_between_two_looks_nothing_is_lost(log):
    read(log, "/stories/1/")
    count_reads(log)
    os.rename(log, log.with_name("reads.log.2"))
    read(log, "/stories/2/", "/stories/2/")
    os.rename(log, log.with_name("reads.log.1"))
    for place, name in enumerate(("reads.log.2", "reads.log.1")):
        os.utime(log.with_name(name), (place, place))
    read(log, "/stories/3/")
    assert [count_reads(log) for _look in range(3)] == [2, 1, 0]
    assert counts() == {("story", "1"): 1, ("story", "2"): 2, ("story", "3"): 1}


def test_a_log_that_was_emptied_is_read_from_its_beginning(log):
    read(log, "/stories/1/", "/stories/1/")
    count_reads(log)
    os.truncate(log, 0)
    read(log, "/stories/2/")
    assert count_reads(log) == 1
    assert counts() == {("story", "1"): 2, ("story", "2"): 1}


def test_a_long_log_is_counted_piece_by_piece(log, monkeypatch):
    monkeypatch.setattr(counting, "MOST_BYTES", 200)
    read(log, *["/stories/1/"] * 20)
    looks = 0
    while count_reads(log):
        looks += 1
    assert looks == 4
    assert counts() == {("story", "1"): 20}


def test_what_fails_half_way_is_counted_at_the_next_look(log, monkeypatch):
    read(log, "/stories/1/")

    def fail(*_args, **_options):
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(CountedReads, "save", fail)
        with pytest.raises(RuntimeError):
            count_reads(log)
    assert counts() == {}
    assert count_reads(log) == 1


def test_without_a_log_nothing_is_read(log):
    assert count_reads(log) == 0


def show_most_read(count: int) -> None:
    Title.objects.update(most_read_shown=count)
    CountedReads.objects.update(most_read_at=None)
    call_command("count_reads", verbosity=0)


def test_the_home_page_shows_what_was_read_most_where_the_paper_wants_it(log, people, client):
    # More than the home page shows of a section anyway.
    stories = [house.story_in(State.PUBLISHED, people, headline=f"第{n}条") for n in range(14)]
    paid = house.story_in(State.PUBLISHED, people, headline="广告一则", genre="advertisement")
    now = timezone.now()
    read(log, *[f"/stories/{stories[0].pk}/"] * 3, *[f"/stories/{stories[1].pk}/"] * 2, at=now)
    read(log, *[f"/stories/{paid.pk}/"] * 9, "/stories/999999/", at=now)
    read(log, *[f"/stories/{stories[2].pk}/"] * 50, at=now - datetime.timedelta(days=2))
    call_command("count_reads", verbosity=0)
    assert "most-read" not in client.get("/").content.decode()
    show_most_read(3)
    shown = client.get("/").content.decode().partition('class="most-read"')[2].partition("</ol>")[0]
    assert shown.index("第0条") < shown.index("第1条")
    assert "第2条" not in shown
    assert "广告" not in shown
    # What is withdrawn is gone with the act, before the list is made anew.
    house.act(stories[0], Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实")
    home = client.get("/").content.decode()
    assert "第0条" not in home
    assert "第1条" in home.partition('class="most-read"')[2]
    show_most_read(0)
    assert "most-read" not in client.get("/").content.decode()


def test_what_is_read_most_is_renewed_every_ten_minutes_and_only_where_it_changes(log, people):
    story = house.story_in(State.PUBLISHED, people)
    Title.objects.update(most_read_shown=3)
    read(log, f"/stories/{story.pk}/", at=timezone.now())
    call_command("count_reads", verbosity=0)
    frame = PublicFrame.current()
    assert len(frame.most_read) == 1
    other = house.story_in(State.PUBLISHED, people)
    before = PublicFrame.current().generation
    read(log, *[f"/stories/{other.pk}/"] * 2, at=timezone.now())
    call_command("count_reads", verbosity=0)
    assert PublicFrame.current().generation == before
    show_most_read(3)
    assert len(PublicFrame.current().most_read) == 2
    assert PublicFrame.current().generation == before + 1
    show_most_read(3)
    assert PublicFrame.current().generation == before + 1
