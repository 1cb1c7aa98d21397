"""Addresses of the paper's earlier site: taken in by the command, asked for over HTTP."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import MovedAddress
from articles.states import State, Verb
from editions.publishing import publish_edition
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house


@pytest.fixture
def story(people):
    """A story that stands on page 1 of a published edition."""
    story = house.story_in(State.SIGNED_OFF, people)
    edition = house.open_edition(people, pages=1)
    house.place(edition, 1, story, people)
    publish_edition(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])
    return story


@pytest.fixture
def take_in(tmp_path):
    def take_in(*lines: str, encoding: str = "utf-8") -> None:
        file = tmp_path / "addresses.csv"
        file.write_text("".join(f"{line}\n" for line in lines), encoding=encoding)
        call_command("import_addresses", str(file))

    return take_in


def leads(client, address: str) -> tuple[int, str]:
    response = client.get(address)
    return response.status_code, response.headers.get("Location", "")


def test_former_addresses_lead_to_story_edition_page_and_section(client, story, take_in, capsys):
    take_in(
        f"/content.asp?id=123,{story.pk}",
        "http://www.old.example/html/2019-03/07/node_1.htm,/paper/2024-03-07/1/",
        "/2019/index.shtml,/paper/2024-03-07/",
        "/channel.asp?name=%B3%C7%CA%D0,/sections/city/",
        "/%E5%9F%8E%E4%BA%8B/,/archive/2024/03/",
        "/old/搜索?q=夜市,/",
    )
    assert capsys.readouterr().out == "6 addresses\n"
    to_story = (301, f"/stories/{story.pk}/")
    assert leads(client, "/content.asp?id=123") == to_story
    assert leads(client, "/html/2019-03/07/node_1.htm") == (301, "/paper/2024-03-07/1/")
    assert leads(client, "/2019/index.shtml?from=timeline") == (301, "/paper/2024-03-07/")
    assert leads(client, "/channel.asp?name=%B3%C7%CA%D0") == (301, "/sections/city/")
    assert leads(client, "/%E5%9F%8E%E4%BA%8B/") == (301, "/archive/2024/03/")
    assert leads(client, "/old/%E6%90%9C%E7%B4%A2?q=%E5%A4%9C%E5%B8%82") == (301, "/")
    for unknown in ("/content.asp?id=124", "/content.asp", "/content.asp?id=123&page=2", "/CONTENT.asp?id=123"):
        assert leads(client, unknown) == (404, ""), unknown


def test_a_former_address_of_a_withdrawn_story_is_gone_and_comes_back_with_it(client, people, story, take_in):
    take_in(f"/content.asp?id=123,{story.pk}")
    chief = people[Role.EDITOR_IN_CHIEF]
    house.act(story, Verb.WITHDRAW, chief, "失实")
    response = client.get("/content.asp?id=123")
    assert response.status_code == 410
    assert 'class="notice"' in response.text
    assert "夜市" not in response.text
    take_in(f"/content.asp?id=124,/stories/{story.pk}/")
    assert leads(client, "/content.asp?id=124") == (410, "")
    house.act(story, Verb.REVIVE, chief)
    house.act(story, Verb.SUBMIT, people[Role.REPORTER])
    house.sign_all(story, people)
    house.act(story, Verb.PUBLISH, chief)
    assert leads(client, "/content.asp?id=123") == (301, f"/stories/{story.pk}/")


def test_taken_in_again_an_address_leads_to_its_new_place(client, story, take_in):
    take_in("/a.shtml,/archive/", "/b.shtml,/")
    take_in(f"/a.shtml,{story.pk}", encoding="utf-8-sig")
    assert leads(client, "/a.shtml") == (301, f"/stories/{story.pk}/")
    assert leads(client, "/b.shtml") == (301, "/")
    assert MovedAddress.objects.count() == 2


def test_one_wrong_line_lets_nothing_in_and_each_is_named_with_its_number(client, people, story, take_in, capsys):
    draft = house.story_in(State.DRAFT, people)
    wrong = {
        2: "/only-one-column",
        3: "address,target",
        4: "/c.asp#top,/",
        5: f"/d.asp,{draft.pk}",
        6: "/e.asp,/paper/2024-03-07/9/",
        7: "/f.asp,/sections/nothing/",
        8: "/g.asp,https://elsewhere.example/",
        9: "/h.asp,/desk/",
        10: "/stories/77/,/",
        11: "/archive,/",
        12: "/en/stories/77/,/",
        13: "/desk/stories/,/",
        14: "/a.asp,/archive/",
        15: f"/{'x' * 500},/",
        16: "/i.asp,/search/?q=1",
    }
    with pytest.raises(CommandError, match=f"{len(wrong)} lines are wrong"):
        take_in("/a.asp,/", *wrong.values())
    said = capsys.readouterr().err.splitlines()
    assert [int(line.split(":")[0].removeprefix("line ")) for line in said] == list(wrong)
    assert len({line.split(": ", 1)[1] for line in said}) == len(wrong)
    assert not MovedAddress.objects.exists()
    assert leads(client, "/a.asp") == (404, "")


@pytest.mark.parametrize("content", [b"\xc4\xe3,/\n", b'/a,"/archive/'], ids=["another encoding", "no end"])
def test_what_is_no_csv_is_refused(db, tmp_path, content):
    file = tmp_path / "addresses.csv"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=r"addresses\.csv"):
        call_command("import_addresses", str(file))


def test_no_page_that_answers_asks_for_former_addresses(client, story):
    for address, asks in ((f"/stories/{story.pk}/", False), ("/nothing.asp", True)):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert any("movedaddress" in query["sql"] for query in queries) is asks
