"""Writing stories through the edit form, as a browser without scripts sends it."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from articles import editing
from articles.models import Article, BylineRole, Contributor, Photo
from articles.states import State, Verb
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import plan_of_tests as plan
from tests.browsing import DESK, fields_of, signed_in, text_of

KEPT = "Nothing was saved. What you typed is still here."


@pytest.fixture
def reporter(people):
    return people[Role.REPORTER]


@pytest.fixture
def client(reporter):
    return signed_in(reporter)


@pytest.fixture
def story(reporter):
    """A draft with a byline and a picture."""
    return house.make_story(
        reporter,
        kicker="肩题",
        desk_note="只给本部看",
        bylines=[editing.Credit(house.contributor_for(reporter).pk, "reporter")],
        pictures=[editing.Picture(house.make_photo(reporter).pk)],
    )


def address_of(story):
    return f"{DESK}/stories/{story.pk}/edit/" if story else f"{DESK}/stories/new/"


def filled(client, story, **typed):
    """The form as it stands with some fields typed over."""
    return fields_of(client.get(address_of(story)), "story-form") | typed


def stored(story):
    return Article.objects.get(pk=story.pk)


def everything():
    """What no refused save may touch."""
    return (
        list(Article.objects.order_by("pk").values()),
        AuditEntry.objects.count(),
        Contributor.objects.count(),
        Photo.objects.count(),
    )


def text_file():
    return SimpleUploadedFile("notes.jpg", b"these are words, no picture", content_type="image/jpeg")


def picture_file(name="p.jpg", width=90):
    return SimpleUploadedFile(name, house.jpeg(width), content_type="image/jpeg")


# -- filing and saving


def test_a_blank_page_makes_no_draft_and_says_what_is_missing(people, client):
    assignment = plan.accepted(people)
    for address in (f"{DESK}/stories/new/", f"{DESK}/stories/new/?assignment={assignment.pk}"):
        blank, before = fields_of(client.get(address), "story-form") | {"section": house.section().pk}, everything()
        page = client.post(address, blank)
        assert page.status_code == 422
        assert "A draft needs a headline, a text, a picture or a note first." in text_of(page)
        assert everything() == before
        client.post(address, blank | {"desk_note": "先记一笔"})
    assert Article.objects.filter(desk_note="先记一笔").count() == 2


def test_a_new_story_begins_with_its_writer_s_section_where_that_is_clear(people):
    def first_section(person):
        return fields_of(signed_in(people[person]).get(f"{DESK}/stories/new/"), "story-form")["section"]

    assert first_section(Role.REPORTER) == ""
    house.make_story(people[Role.SECTION_EDITOR], section_id=house.section("sports").pk)
    house.make_story(people[Role.REPORTER])
    assert first_section(Role.REPORTER) == str(house.section().pk)
    # Whoever writes for several is asked; who leads one section writes for that.
    house.make_story(people[Role.REPORTER], section_id=house.section("sports").pk)
    assert first_section(Role.REPORTER) == ""
    assert first_section(Role.SECTION_EDITOR) == str(house.section().pk)


def test_a_new_story_is_filed_as_a_draft_with_everything_in_it(client, people):
    mine = house.contributor_for(people[Role.REPORTER])
    fields = filled(client, None)
    assert fields["bylines-0-name"] == mine.name  # the author's own name stands there already
    response = client.post(
        address_of(None),
        fields
        | {
            "headline": "第一行\r\n第二行",
            "body": "<p>正文。</p><script>x</script>",
            "section": house.section().pk,
            "lead_in_kind": "agency",
            "lead_in_agency": "新华社",
            "lead_in_day": "2024-03-06",
            "keywords": "夜市 经济",
            "bylines-1-name": "通讯员甲",
            "bylines-1-role": "correspondent",
        },
    )
    story = Article.objects.get()
    assert response["Location"] == f"{DESK}/stories/{story.pk}/"
    assert (story.state, story.version, story.headline) == (State.DRAFT, 1, "第一行\n第二行")
    assert story.body == "<p>正文。</p>"
    assert story.lead_in_day == datetime.date(2024, 3, 6)
    assert [(b.contributor.name, b.role) for b in story.byline_list] == [
        (mine.name, "reporter"),
        ("通讯员甲", "correspondent"),
    ]


def test_saving_the_form_as_it_came_changes_nothing(client, story):
    house.save(story, story.created_by, headline="一行\n两行", desk_note="一\n\n二", summary="提要\n两行")
    before = everything()
    response = client.post(address_of(story), filled(client, story))
    assert response.status_code == 302
    assert everything() == before


def test_what_a_reviewer_typed_survives_a_recall(people, client):
    story = house.story_in(State.SUBMITTED, people, headline="原来的标题", desk_note="原来的附注")
    editor = signed_in(people[Role.SECTION_EDITOR])
    typed = filled(editor, story, headline="审稿人的标题", body="<p>审稿人的正文。</p>", desk_note="")
    typed |= {"bylines-0-name": "通讯员乙", "correction_note": "更正的话"}
    house.act(story, Verb.RECALL, people[Role.REPORTER])
    house.save(story, people[Role.REPORTER], kicker="召回后的肩题")
    before = everything()
    response = editor.post(address_of(story), typed)
    page = text_of(response)
    assert response.status_code == 403
    assert KEPT in page
    assert "This story is not yours to edit now." in page
    shown = fields_of(response, "story-form")
    for name in ("headline", "body", "bylines-0-name", "correction_note", "based_on"):
        assert shown[name] == typed[name]
    for word in ("召回后的肩题", "原来的标题", "原来的附注", "File as a draft", f"{DESK}/stories/{story.pk}/"):
        assert word not in page
    assert everything() == before


def test_a_story_that_never_was_keeps_what_was_typed_like_one_that_is_out_of_sight(client):
    assert client.get(f"{DESK}/stories/987654/edit/").status_code == 404
    answer = client.post(f"{DESK}/stories/987654/edit/", {"headline": "打好的字"})
    assert answer.status_code == 403
    assert "打好的字" in text_of(answer)


def test_the_day_of_a_dispatch_is_one_of_a_newspapers(client, story):
    response = client.post(address_of(story), filled(client, story, lead_in_day="0001-01-01", headline="打好的字"))
    assert response.status_code == 422
    assert "The year must be one from 1900 to 2099." in text_of(response)
    assert 'value="0001-01-01"' in text_of(response)
    assert "打好的字" in text_of(response)
    assert stored(story).lead_in_day is None


def test_only_those_who_may_file_get_the_form(people):
    designer = signed_in(people[Role.PAGE_DESIGNER])
    for response in (designer.get(address_of(None)), designer.post(address_of(None), {"headline": "x"})):
        assert response["Location"] == f"{DESK}/"
    assert not Article.objects.exists()


def test_the_editor_comes_with_the_vocabulary_and_a_nonce(client, story):
    response = client.get(address_of(story))
    nonce = response.wsgi_request.csp_nonce
    page = text_of(response)
    assert f"'nonce-{nonce}'" in response["Content-Security-Policy"]
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    assert re.search(
        rf'<script[^>]*nonce="{re.escape(nonce)}"[^>]*type="importmap"|'
        rf'<script[^>]*type="importmap"[^>]*nonce="{re.escape(nonce)}"',
        page,
    )
    assert "data-django-prose-editor-configurable" in page
    assert "&quot;Blockquote&quot;" in page


# -- the byline


def test_a_byline_is_ordered_by_its_numbers(client, story, reporter):
    fields = filled(client, story)
    fields |= {"bylines-0-ORDER": "2", "bylines-1-name": "甲某", "bylines-1-ORDER": "1"}
    client.post(address_of(story), fields)
    assert [b.contributor.name for b in stored(story).byline_list] == ["甲某", reporter.name]


def test_a_new_name_becomes_a_contributor_once_with_its_pinyin_as_address(client, story):
    fields = filled(client, story, **{"bylines-1-name": "曾 国 藩", "bylines-1-role": "correspondent"})
    client.post(address_of(story), fields)
    added = Contributor.objects.get(name="曾 国 藩")
    assert (added.slug, added.user) == ("zeng-guo-fan", None) or added.slug == "ceng-guo-fan"
    client.post(address_of(story), filled(client, story, headline="再存一次"))
    assert Contributor.objects.filter(name="曾 国 藩").count() == 1
    assert AuditEntry.objects.filter(act="contributor.add", target_id=added.pk).exists()


def test_one_of_several_people_of_a_name_is_chosen_by_address(client, story):
    Contributor.objects.create(name="王芳", slug="wang-fang")
    second = Contributor.objects.create(name="王芳", slug="wang-fang-2")
    before = everything()
    refused = client.post(address_of(story), filled(client, story, **{"bylines-1-name": "王芳"}))
    assert refused.status_code == 422
    assert "Several people are called 王芳; choose one." in text_of(refused)
    assert everything() == before
    suggested = client.get(f"{DESK}/people/?q=王").json()["people"]
    assert suggested == ["王芳（wang-fang）", "王芳（wang-fang-2）"]
    client.post(address_of(story), filled(client, story, **{"bylines-1-name": suggested[1]}))
    assert stored(story).byline_list[1].contributor == second
    assert client.post(address_of(story), filled(client, story, headline="再存一次")).status_code == 302
    assert stored(story).byline_list[1].contributor == second


def test_a_person_is_taken_out_by_the_box_or_by_emptying_the_name(client, story):
    client.post(address_of(story), filled(client, story, **{"bylines-1-name": "乙某"}))
    client.post(address_of(story), filled(client, story, **{"bylines-0-DELETE": "on"}))
    assert [b.contributor.name for b in stored(story).byline_list] == ["乙某"]
    client.post(address_of(story), filled(client, story, **{"bylines-0-name": ""}))
    assert stored(story).byline_list == []


# -- pictures


def test_pictures_are_taken_in_attached_and_ordered_in_one_go(client, story, people):
    from_desk = house.make_photo(people[Role.PHOTOGRAPHER], caption="来自图片库", credit="乙某 摄")
    fields = filled(client, story) | {
        "pictures-1-photo": from_desk.pk,
        "pictures-1-ORDER": "1",
        "pictures-0-ORDER": "2",
    }
    client.post(address_of(story), fields | {"photos": [picture_file("a.jpg"), picture_file("b.jpg", 80)]})
    printed = list(stored(story).article_photos.order_by("order"))
    assert printed[0].photo == from_desk
    assert (printed[0].caption, printed[0].credit) == ("来自图片库", "乙某 摄")
    assert len(printed) == 4
    assert Photo.objects.count() == 4


def test_a_pictures_words_are_the_storys_own(client, story):
    client.post(
        address_of(story),
        filled(
            client,
            story,
            **{"pictures-0-caption": "改写\r\n的图说", "pictures-0-alt": "", "pictures-0-credit": "丙某 摄"},
        ),
    )
    printed = stored(story).article_photos.get()
    assert (printed.caption, printed.credit, printed.alt) == ("改写\n的图说", "丙某 摄", "")
    assert printed.photo.caption == "图为夜市一角。"


def test_a_picture_is_taken_out(client, story):
    client.post(address_of(story), filled(client, story, **{"pictures-0-DELETE": "on"}))
    assert not stored(story).article_photos.exists()
    assert Photo.objects.count() == 1


# -- stale versions


def test_a_stale_save_keeps_both_texts_and_the_next_save_is_based_on_the_other(client, story, people):
    fields = filled(client, story, headline="我的标题", **{"bylines-1-name": "丁某"})
    house.save(story, story.created_by, headline="别人的标题", body="<p>别人的正文。</p>")
    before = everything()
    response = client.post(address_of(story), fields)
    page = text_of(response)
    assert response.status_code == 409
    assert everything() == before
    again = fields_of(response, "story-form")
    assert (again["headline"], again["based_on"], again["bylines-1-name"]) == ("我的标题", "2", "丁某")
    assert "version 2 by you (in another window) stands" in page
    for shown in (
        "<del>别人</del><ins>我</ins>",
        "<dd>别人的正文。</dd>",
        f"<ins>{BylineRole.REPORTER.label} 丁某</ins>",
    ):
        assert shown in page
    assert client.post(address_of(story), again).status_code == 302
    saved = stored(story)
    assert (saved.version, saved.headline) == (3, "我的标题")


@pytest.mark.parametrize("based_on", ["", "0", "-1", "99", "latest", "9" * 5000])
def test_a_version_that_never_was_is_stale(client, story, based_on):
    response = client.post(address_of(story), filled(client, story, headline="新", based_on=based_on))
    assert response.status_code == 409
    assert stored(story).version == 1


def test_a_story_that_moved_on_refuses_the_save_and_keeps_the_text(client, story, people):
    fields = filled(client, story, headline="没来得及存的标题")
    house.act(story, Verb.SUBMIT, people[Role.REPORTER])
    response = client.post(address_of(story), fields)
    assert response.status_code == 403
    assert "This story is not yours to edit now." in text_of(response)
    assert "没来得及存的标题" in text_of(response)
    assert stored(story).version == 1


# -- bad input


FORGED = {
    "state": "published",
    "step": "3",
    "version": "77",
    "released_version": "1",
    "created_by": "1",
    "first_published_at": "2020-01-01",
    "return_reason": "伪造",
    "character_count": "99999",
    "publish_at": "2020-01-01T00:00",
    "embargo_until": "2020-01-01T00:00",
    "signatures": "1",
    "import_doubts": "[]",
    "correction_note": "伪造的更正",
}


def test_forged_fields_change_nothing(client, story):
    before = stored(story).__dict__
    assert client.post(address_of(story), filled(client, story, headline="新题", **FORGED)).status_code == 302
    after = stored(story).__dict__
    may_change = {"headline", "version", "updated_at", "_state"}
    assert {name for name in after if after[name] != before.get(name)} <= may_change
    assert after["version"] == 2
    assert not house.live_signatures(story).exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"body": "<p>" + "字" * 1_000_000 + "</p>"}, "The body is too long"),
        ({"headline": "题\x00目"}, "Null characters are not allowed."),
        ({"body": "<p>正\x00文</p>"}, "Null characters are not allowed."),
        ({"bylines-1-name": "名\x00字"}, "Null characters are not allowed."),
        ({"headline": "一\n二\n三"}, "A headline has at most two lines."),
        ({"kicker": "字" * 121}, "at most 120 characters"),
        ({"section": "99999"}, "Select a valid choice."),
        ({"section": "sports"}, "Select a valid choice."),
        ({"section": ""}, "This field is required."),
        ({"genre": "poem"}, "Select a valid choice."),
        ({"lead_in_day": "yesterday"}, "Enter a valid date."),
        ({"bylines-0-contributor": "99999"}, "This person is not among the contributors."),
        ({"bylines-0-role": "king"}, "Select a valid choice."),
        ({"bylines-1-name": "字" * 80}, "at most 60 characters"),
        ({"pictures-0-photo": "99999"}, "A picture of this story is not in the photo desk."),
        ({"pictures-1-photo": "9" * 30}, "less than or equal to"),
        ({"pictures-1-photo": "first"}, "Enter a whole number."),
        ({"pictures-0-credit": "字" * 201}, "at most 200 characters"),
        (
            {"body": '<figure><img src="/desk/photos/4711/preview"></figure>'},
            "A picture in the text is not in the photo desk.",
        ),
        ({"bylines-TOTAL_FORMS": "9999"}, "Please submit at most"),
        ({"pictures-TOTAL_FORMS": "many"}, "ManagementForm data is missing"),
    ],
)
def test_bad_input_is_answered_with_a_sentence_and_the_text_kept(client, story, typed, sentence):
    before = everything()
    response = client.post(address_of(story), filled(client, story, summary="我写的提要", **typed))
    page = text_of(response)
    assert response.status_code == 422
    assert KEPT in page
    assert sentence in page
    assert fields_of(response, "story-form")["summary"] == "我写的提要"
    assert everything() == before


def test_a_text_file_is_no_photo(client, story):
    before = everything()
    response = client.post(address_of(story), filled(client, story, headline="我的标题") | {"photos": [text_file()]})
    assert response.status_code == 422
    assert "notes.jpg: This file is not a JPEG, PNG, WebP or TIFF picture." in text_of(response)
    assert "我的标题" in text_of(response)
    assert everything() == before


def test_a_good_photo_beside_a_refused_text_need_not_be_sent_again(client, story):
    response = client.post(address_of(story), filled(client, story, section="") | {"photos": [picture_file()]})
    assert response.status_code == 422
    again = fields_of(response, "story-form")
    client.post(address_of(story), again | {"section": house.section().pk})
    assert stored(story).article_photos.count() == 2
    assert Photo.objects.count() == 2


def test_a_picture_that_is_here_already_is_asked_about(client, story, people):
    here = house.make_photo(people[Role.PHOTOGRAPHER], house.jpeg(90), caption="已有的一张")
    sent = {"photos": [picture_file()], "headline": "新标题"}
    asked = client.post(address_of(story), filled(client, story) | sent)
    assert asked.status_code == 422
    assert f"p.jpg: This looks like photo {here.pk}, which is here already. It was not taken in." in text_of(asked)
    assert stored(story).headline != "新标题"
    again = fields_of(asked, "story-form")
    assert again["headline"] == "新标题"
    client.post(address_of(story), again | {"pictures-1-photo": here.pk})
    assert [p.caption for p in stored(story).article_photos.order_by("order")] == ["图为夜市一角。", "已有的一张"]
    assert Photo.objects.count() == 2
    both = {name: value for name, value in filled(client, story).items() if name != "ask"}
    client.post(address_of(story), both | {"photos": [picture_file()]})
    assert Photo.objects.count() == 3
    assert stored(story).article_photos.count() == 3


def test_messages_come_in_the_language_of_the_page(client, story):
    chinese = f"/desk/stories/{story.pk}/edit/"
    response = client.post(chinese, filled(client, story, section=""))
    assert "此项必填" in text_of(response)


# -- what the form asks while somebody types


def test_the_lead_in_preview_is_composed_by_the_same_rule(client):
    asked = {"kind": "own", "role": ["reporter", "photographer", "correspondent"], "name": ["甲某", "乙某", "丙某"]}
    assert client.get(f"{DESK}/lead-in/", asked).json() == {"lead_in": "本报讯（记者 甲某 通讯员 丙某）"}
    wire = {"kind": "agency", "agency": "新华社", "place": "北京", "day": "2024-03-06"}
    assert client.get(f"{DESK}/lead-in/", wire).json() == {"lead_in": "新华社北京3月6日电"}
    for odd in (
        {"kind": "none"},
        {"kind": "made-up"},
        {"kind": "own", "role": "king", "name": "x", "day": "2024-13-45"},
    ):
        assert client.get(f"{DESK}/lead-in/", odd).status_code == 200


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("三", ["张三", "张三丰"]),
        ("zhang", ["张三", "张三丰"]),
        ("zhangs", ["张三", "张三丰"]),
        ("zsf", ["张三丰"]),
        ("ZS", ["张三", "张三丰"]),
        ("zx", []),
        ("s", []),
        (".*", []),
    ],
)
def test_people_are_found_by_characters_and_by_pinyin(client, typed, found):
    Contributor.objects.create(name="张三", slug="zhang-san")
    Contributor.objects.create(name="张三丰", slug="zhang-san-feng")
    assert client.get(f"{DESK}/people/", {"q": typed}).json()["people"] == found


def test_suggestions_survive_what_people_type(client):
    for typed in ("", "%", "\x00", "x" * 3000):
        assert client.get(f"{DESK}/people/", {"q": typed}).json() == {"people": []}


def test_what_a_picture_says_is_checked_whoever_saves_it(reporter, story):
    photo = story.photos.get()
    for words in ({"credit": "字" * 201}, {"caption": "字" * 1001}):
        with pytest.raises(ValidationError):
            editing.save_story(
                story.pk, {}, based_on=1, pictures=[editing.Picture(photo.pk, **words)], acting_user=reporter
            )
    assert story.article_photos.get().credit == "甲某 摄"
