"""Settings in the admin: sections and contributors, which readers see follow, the newspaper and its review."""

import datetime
from html import unescape

import pytest
from django.db import DatabaseError, connection
from django.utils.translation import override

from articles import editing
from articles.deadlines import moment_in, night_of_story
from articles.models import (
    Contributor,
    PublicFrame,
    PublishedArticle,
    PublishedAuthor,
    PublishedSection,
    ReturnReason,
    ReviewStep,
    Section,
    Title,
)
from articles.states import State
from newsroom.staff.acts import Act
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import signed_in


def text_of(answer) -> str:
    return unescape(answer.content.decode())


@pytest.fixture
def office(people):
    """The administrator, signed in."""
    return signed_in(people[Role.ADMINISTRATOR])


# -- sections and contributors -------------------------------------------------------------------------------


def section_form(section: Section, **fields) -> dict:
    values = {name: getattr(section, name) for name in ("slug", "name", "name_en", "order")}
    return values | {"title": section.title_id} | fields


def test_a_renamed_section_is_renamed_for_readers_in_the_same_stroke(people, office):
    house.story_in(State.PUBLISHED, people)
    section = house.section()
    form = section_form(section, name="城事", order=5)
    assert office.post(f"/en/admin/articles/section/{section.pk}/change/", form).status_code == 302
    public = PublishedSection.objects.get(slug="city")
    assert (public.name, public.order) == ("城事", 5)
    entry = AuditEntry.objects.first()
    assert (entry.act, entry.actor_id) == (Act.SETTINGS_EDIT, people[Role.ADMINISTRATOR].pk)
    assert entry.data == {"fields": {"name": ["本市", "城事"], "order": [1, 5]}}


def test_a_new_section_with_a_taken_address_is_refused_with_a_sentence(office):
    form = {"title": Title.THE_ONE, "slug": "city", "name": "又一个", "name_en": "Another", "order": "3"}
    answer = office.post("/en/admin/articles/section/add/", form)
    assert "already exists" in text_of(answer)
    assert office.post("/en/admin/articles/section/add/", form | {"slug": "county"}).status_code == 302
    entry = AuditEntry.objects.first()
    assert (entry.act, entry.target_label, entry.data["added"]) == (Act.SETTINGS_EDIT, "又一个", True)


def test_a_contributors_public_page_follows(people, office):
    writer = house.contributor_for(people[Role.REPORTER])
    house.story_in(State.PUBLISHED, people, bylines=[editing.Credit(writer.pk, "reporter")])
    form = {"name": "改名", "slug": writer.slug, "bio": "跑城建。", "user": writer.user_id}
    assert office.post(f"/en/admin/articles/contributor/{writer.pk}/change/", form).status_code == 302
    public = PublishedAuthor.objects.get(slug=writer.slug)
    assert (public.name, public.bio) == ("改名", "跑城建。")
    assert PublishedArticle.objects.get().byline[0]["name"] == writer.name
    assert AuditEntry.objects.first().data["fields"]["name"] == [writer.name, "改名"]


def test_before_there_is_a_newspaper_contributors_can_be_named(db):
    office = signed_in(house.make_person("first", Role.ADMINISTRATOR))
    form = {"name": "新华社", "slug": "xinhua", "bio": "", "user": ""}
    assert office.post("/en/admin/articles/contributor/add/", form).status_code == 302
    assert Contributor.objects.get().name == "新华社"


def test_a_contributor_added_leaves_its_own_act(office):
    form = {"name": "新华社", "slug": "xinhua", "bio": "", "user": ""}
    assert office.post("/en/admin/articles/contributor/add/", form).status_code == 302
    assert AuditEntry.objects.first().act == Act.CONTRIBUTOR_ADD


def no_trail(execute, sql, params, many, context):
    """The database as it is when the audit trail cannot be written."""
    if sql.startswith('INSERT INTO "staff_auditentry"'):
        raise DatabaseError("disk full")
    return execute(sql, params, many, context)


def test_without_its_audit_row_nothing_is_changed(people, office):
    house.story_in(State.PUBLISHED, people)
    section = house.section()
    with connection.execute_wrapper(no_trail), pytest.raises(DatabaseError, match="disk full"):
        office.post(f"/en/admin/articles/section/{section.pk}/change/", section_form(section, name="城事"))
    assert house.section().name == "本市"
    assert PublishedSection.objects.get().name == "本市"


def test_what_readers_see_already_is_saved_without_a_word_to_the_caches(people, office):
    author = house.contributor_for(people[Role.REPORTER])
    house.story_in(State.PUBLISHED, people, bylines=[editing.Credit(author.pk, "reporter")])
    person = {"name": author.name, "slug": author.slug, "bio": author.bio}
    forms = {
        TITLE: (title_form(), {"publisher": "另一家报社"}, {"name": "晨报"}),
        f"/en/admin/articles/section/{house.section().pk}/change/": (section_form(house.section()), {}, {"order": 9}),
        f"/en/admin/articles/contributor/{author.pk}/change/": (person, {"user": ""}, {"bio": "跑夜市。"}),
    }
    for address, (form, unseen, seen) in forms.items():
        before = PublicFrame.objects.get().generation
        assert office.post(address, form | unseen).status_code == 302
        assert PublicFrame.objects.get().generation == before, address
        assert office.post(address, form | seen).status_code == 302
        assert PublicFrame.objects.get().generation == before + 1, address


# -- the newspaper and its review ----------------------------------------------------------------------------

TITLE = "/en/admin/articles/title/1/change/"


NO_ROUNDS = {
    f"{rows}-{name}_FORMS": 0 for rows in ("proof_rounds", "page_signatories") for name in ("TOTAL", "INITIAL")
}


def title_form(*new: tuple[str, str], edits: dict[int, dict[str, str]] | None = None) -> dict:
    """The page of the newspaper: the three steps there are with `edits` by step, then new (order, role)."""
    title, steps = Title.objects.get(), list(ReviewStep.objects.all())
    limits = [f"{name}_limit" for name in ("kicker", "headline", "subhead", "web_headline")]
    data = {
        name: getattr(title, name) for name in ("name", "name_en", "cn_number", "publisher", "most_read_shown", *limits)
    } | {
        "review_steps-TOTAL_FORMS": len(steps) + len(new),
        "review_steps-INITIAL_FORMS": len(steps),
        **NO_ROUNDS,
    }
    for number, step in enumerate(steps):
        row = {"id": step.pk, "title": 1, "order": step.order, "role": step.role} | (edits or {}).get(step.order, {})
        data |= {f"review_steps-{number}-{name}": value for name, value in row.items()}
    for number, (order, role) in enumerate(new, start=len(steps)):
        data |= {f"review_steps-{number}-order": order, f"review_steps-{number}-role": role}
    return data


def steps() -> list[tuple[int, str]]:
    return list(ReviewStep.objects.order_by("order").values_list("order", "role"))


GONE = {"DELETE": "on"}
THREE = [(1, "section_editor"), (2, "desk_chief"), (3, "editor_in_chief")]


@pytest.mark.parametrize(
    ("new", "edits", "expected"),
    [
        ((), {3: GONE}, THREE[:2]),
        ((), {1: GONE, 2: {"order": "1"}, 3: {"order": "2"}}, [(1, "desk_chief"), (2, "editor_in_chief")]),
        ((), {1: {"order": "2"}, 2: {"order": "1"}}, [(1, "desk_chief"), (2, "section_editor"), THREE[2]]),
        ((("4", "editor_in_chief"),), {}, [*THREE, (4, "editor_in_chief")]),
    ],
    ids=["last dropped", "first dropped", "exchanged", "one more"],
)
def test_the_steps_of_the_review_are_set(people, office, new, edits, expected):
    assert office.post(TITLE, title_form(*new, edits=edits)).status_code == 302
    assert steps() == expected
    assert AuditEntry.objects.first().data["steps"] == [
        [role for _order, role in THREE],
        [role for _order, role in expected],
    ]


def test_beside_the_time_of_a_step_stands_from_when_on_it_is_of_the_next_night(office, people, monkeypatch):
    monkeypatch.setattr("articles.models.title.PRINTED", datetime.time(4, 5))
    with override("en"):
        assert "What comes after 4:05, or" in str(ReviewStep._meta.get_field("due").help_text)


def test_the_time_of_a_step_is_set_and_holds_for_what_awaits_it(people, office):
    story = house.story_in(State.SUBMITTED, people)
    assert office.post(TITLE, title_form(edits={1: {"due": "22:30"}})).status_code == 302
    story.refresh_from_db()
    time = datetime.time(22, 30)
    assert story.due_at == moment_in(night_of_story(story.moved_at, [time]), time)
    entry = AuditEntry.objects.first()
    assert entry.data["steps"][1] == ["section_editor/22:30", "desk_chief", "editor_in_chief"]
    with override("en"):
        assert "Section editor 22:30" in entry.details
    office.post(TITLE, title_form())
    story.refresh_from_db()
    assert story.due_at is None


def test_a_save_that_leaves_the_steps_alone_touches_no_story(people, office):
    story = house.story_in(State.SUBMITTED, people)
    ReviewStep.objects.update(due=datetime.time(22, 30))
    form = title_form(edits={number: {"due": "22:30"} for number in (1, 2, 3)}) | {"name": "新名日报"}
    assert office.post(TITLE, form).status_code == 302
    assert Title.objects.get().name == "新名日报"
    story.refresh_from_db()
    assert story.due_at is None
    assert "steps" not in AuditEntry.objects.first().data


def test_usual_reasons_are_kept_in_order_and_taken_out_of_the_offer(office):
    address = "/en/admin/articles/returnreason/"
    assert office.post(f"{address}add/", {"text": "导语不清", "order": "1", "is_active": "on"}).status_code == 302
    reason = ReturnReason.objects.get()
    assert "already exists" in unescape(
        office.post(f"{address}add/", {"text": "导语不清", "order": "2"}).content.decode()
    )
    office.post(f"{address}{reason.pk}/change/", {"text": "导语不清", "order": "1"})
    assert not ReturnReason.objects.get().is_active


@pytest.mark.parametrize(
    ("new", "edits", "sentence"),
    [
        ((), {1: GONE, 2: GONE, 3: GONE}, "A story is reviewed at least once"),
        ((), {2: GONE}, "without a gap"),
        ((("5", "desk_chief"),), {}, "without a gap"),
        ((("3", "desk_chief"),), {}, "without a gap"),
        ((), {1: {"order": "0"}}, "without a gap"),
        ((), {1: {"order": "-1"}}, "greater than or equal to 0"),
        ((), {1: {"role": "reporter"}}, "Select a valid choice"),
    ],
)
def test_a_review_that_cannot_be_is_refused_with_a_sentence(people, office, new, edits, sentence):
    answer = office.post(TITLE, title_form(*new, edits=edits))
    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert steps() == THREE


def test_there_is_one_newspaper(people, office):
    assert office.get("/en/admin/articles/title/add/").status_code == 403
    assert office.post("/en/admin/articles/title/add/", title_form()).status_code == 403
    refused = office.post(TITLE, title_form() | {"cn_number": "14-12"})
    assert "A CN number looks like" in text_of(refused)
    saved = office.post(TITLE, title_form() | {"name": "新日报", "id": "2"})
    assert saved.status_code == 302
    assert [(title.pk, title.name) for title in Title.objects.all()] == [(1, "新日报")]
    assert PublicFrame.objects.get().name == "新日报"
    assert AuditEntry.objects.first().data == {"fields": {"name": ["试验日报", "新日报"]}}


def test_what_the_newspaper_says_of_itself_stands_at_the_foot_of_every_public_page(client, people, office):
    house.story_in(State.PUBLISHED, people)
    foot = client.get("/archive/").text.partition('class="rights"')[2]
    assert "© 试验日报" in foot
    assert not any(words in foot for words in ("互联网新闻信息服务许可证", "beian.miit.gov.cn", "<p></p>"))
    said = {
        "reprint_terms": "转载须注明来源", "reprint_terms_en": "Reprints name their source", "contact": "热线 000",
        "icp_filing": "云ICP备1号<b>", "news_licence": "0000",
    }  # fmt: skip
    assert office.post(TITLE, title_form() | said).status_code == 302
    chinese, english = (client.get(f"{prefix}/archive/").text.partition('class="rights"')[2] for prefix in ("", "/en"))
    for words in ("转载须注明来源", "热线 000", "互联网新闻信息服务许可证 0000"):
        assert words in chinese
    assert '<a href="https://beian.miit.gov.cn/">云ICP备1号&lt;b&gt;</a>' in chinese
    assert "Reprints name their source" in english
    assert "转载须注明来源" not in english
    # Where it was written in one language alone, that is better than nothing.
    assert "热线 000" in english


def test_the_first_newspaper_is_made_here(db):
    office = signed_in(house.make_person("first", Role.ADMINISTRATOR))
    form = {"name": "晨报", "name_en": "Morning", "cn_number": "CN 14-0012", "publisher": "", "most_read_shown": 0}
    inline = {"review_steps-TOTAL_FORMS": "1", "review_steps-INITIAL_FORMS": "0", **NO_ROUNDS}
    none = office.post("/en/admin/articles/title/add/", form | inline)
    assert "A story is reviewed at least once" in text_of(none)
    one = {"review_steps-0-order": "1", "review_steps-0-role": "editor_in_chief"}
    assert office.post("/en/admin/articles/title/add/", form | inline | one).status_code == 302
    assert (Title.objects.get().pk, steps()) == (1, [(1, "editor_in_chief")])
