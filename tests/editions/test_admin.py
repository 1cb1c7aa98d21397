"""Editions in the admin: shown whole, published through the door; and the page templates."""

import json
from html import unescape

import pytest
from django.test import Client

from articles.models import PublishedArticle
from articles.states import State
from editions.models import Edition, EditionState, Page, PageTemplate, Placement, PublishedEdition
from editions.typeset.standard import standard_template
from newsroom.staff.acts import Act
from newsroom.staff.models import AuditEntry, User
from newsroom.staff.roles import SIGNING_ROLES, Role
from tests import newsroom_of_tests as house

EDITIONS = "/en/admin/editions/edition/"
TEMPLATES = "/en/admin/editions/pagetemplate/"


def signed_in(user: User, **options) -> Client:
    client = Client(**options)
    client.force_login(User.objects.get(pk=user.pk))
    return client


def text_of(answer) -> str:
    return unescape(answer.content.decode())


def publish_url(edition: Edition) -> str:
    return f"{EDITIONS}{edition.pk}/publish/"


@pytest.fixture
def chief(people):
    return signed_in(people[Role.EDITOR_IN_CHIEF])


@pytest.fixture
def office(people):
    return signed_in(people[Role.ADMINISTRATOR])


@pytest.fixture
def ready(people):
    """An edition of one page with one signed-off story."""
    edition = house.open_edition(people, pages=1)
    house.place(edition, 1, house.story_in(State.SIGNED_OFF, people, headline="夜市开市"), people)
    return edition


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("by", ["button", "action"])
def test_who_publishes_an_edition(people, ready, role, by):
    client = signed_in(people[role])
    may = role == Role.EDITOR_IN_CHIEF
    assert (publish_url(ready) in text_of(client.get(f"{EDITIONS}{ready.pk}/change/"))) == may
    assert ('value="publish_selected"' in text_of(client.get(EDITIONS))) == may
    if by == "button":
        client.post(publish_url(ready))
    else:
        client.post(EDITIONS, {"action": "publish_selected", "_selected_action": [ready.pk]})
    assert Edition.objects.get().state == (EditionState.PUBLISHED if may else EditionState.OPEN)
    assert PublishedEdition.objects.count() == PublishedArticle.objects.count() == int(may)
    assert AuditEntry.objects.filter(act=Act.EDITION_PUBLISH, actor_id=people[role].pk).count() == int(may)


def test_publishing_wants_a_post_and_a_token(people, ready, chief):
    page = f"/editions/edition/{ready.pk}/change/"
    assert chief.get(publish_url(ready), follow=True).redirect_chain[-1][0].endswith(page)
    assert chief.post(f"{EDITIONS}0/publish/").status_code == 404
    strict = signed_in(people[Role.EDITOR_IN_CHIEF], enforce_csrf_checks=True)
    assert strict.post(publish_url(ready)).status_code == 403
    assert Edition.objects.get().is_open


def test_published_twice_is_published_once(ready, chief):
    for _time in range(2):
        assert "1 edition is published." in text_of(chief.post(publish_url(ready), follow=True))
    assert PublishedEdition.objects.count() == 1
    assert "Publish the edition" not in text_of(chief.get(f"{EDITIONS}{ready.pk}/change/"))


def test_what_is_in_the_way_is_said_and_nothing_is_published(people, ready, chief):
    page = Page.objects.create(edition=ready, template=PageTemplate.objects.get(), order=2, label="2", name="综合")
    shown = text_of(chief.get(f"{EDITIONS}{ready.pk}/change/"))
    assert "Page 2 is empty." in shown
    refused = text_of(chief.post(publish_url(ready), follow=True))
    assert f"{ready}: Page 2 is empty." in refused
    assert not PublishedEdition.objects.exists()
    assert not PublishedArticle.objects.exists()
    page.delete()
    assert "Nothing is in the way of publishing it." in text_of(chief.get(f"{EDITIONS}{ready.pk}/change/"))


def test_one_edition_that_is_refused_holds_up_no_other(people, ready, chief):
    empty = house.open_edition(people, house.datetime.date(2024, 3, 8), pages=1)
    data = {"action": "publish_selected", "_selected_action": [ready.pk, empty.pk]}
    text = text_of(chief.post(EDITIONS, data, follow=True))
    assert "1 edition is published." in text
    assert f"{empty}: Page 1 is empty." in text
    assert [e.state for e in Edition.objects.order_by("date")] == [EditionState.PUBLISHED, EditionState.OPEN]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, *SIGNING_ROLES])
def test_forged_forms_change_neither_edition_nor_page(people, ready, role):
    client = signed_in(people[role])
    page, placement = Page.objects.get(), Placement.objects.get()
    before = [list(model.objects.values()) for model in (Edition, Page, Placement)]
    edition = {
        "date": "2020-01-01",
        "extra_number": "3",
        "series_number": "99",
        "title": "1",
        "release_at_0": "2020-01-01",
    }
    edition |= {"release_at_1": "00:00", "state": "published", "published_at": "2020-01-01"}
    inline = {"placements-TOTAL_FORMS": "1", "placements-INITIAL_FORMS": "1", "placements-0-id": placement.pk}
    inline |= {"placements-0-page": page.pk, "placements-0-column": "6", "placements-0-DELETE": "on"}
    pages = {"pages-TOTAL_FORMS": "1", "pages-INITIAL_FORMS": "1", "pages-0-id": page.pk, "pages-0-DELETE": "on"}
    for path, data in (
        (f"{EDITIONS}{ready.pk}/change/", edition | pages),
        (f"{EDITIONS}add/", edition),
        (f"/en/admin/editions/page/{page.pk}/change/", {"label": "9", "name": "改", "order": "9"} | inline),
        (f"{EDITIONS}{ready.pk}/delete/", {"post": "yes"}),
        (f"/en/admin/editions/page/{page.pk}/delete/", {"post": "yes"}),
    ):
        assert client.post(path, data).status_code == 403
    assert [list(model.objects.values()) for model in (Edition, Page, Placement)] == before


def test_an_edition_shows_its_pages_and_what_lies_on_them(ready, chief):
    assert "夜市开市" in text_of(chief.get(f"{EDITIONS}{ready.pk}/change/"))
    page = Page.objects.get()
    assert "夜市开市" in text_of(chief.get(f"/en/admin/editions/page/{page.pk}/change/"))


QUERIES_OF_THE_LIST = 7
QUERIES_OF_AN_EDITION = 15


def test_an_edition_costs_the_same_however_full(people, chief, django_assert_num_queries):
    small = house.open_edition(people, pages=1)
    house.place(small, 1, house.story_in(State.SIGNED_OFF, people), people)
    # What the process keeps from the first request on is not the page's own.
    chief.get(f"{EDITIONS}{small.pk}/change/")
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        chief.get(EDITIONS)
    with django_assert_num_queries(QUERIES_OF_AN_EDITION):
        chief.get(f"{EDITIONS}{small.pk}/change/")
    large = house.open_edition(people, house.datetime.date(2024, 3, 8), pages=4)
    Page.objects.filter(edition=large).update(responsible_editor=people[Role.DESK_CHIEF])
    for order in range(1, 5):
        for row in (20, 50):
            story = house.story_in(State.SIGNED_OFF, people)
            house.place(large, order, story, people, (1, row, 3, 20))
    house.open_edition(people, house.datetime.date(2024, 3, 9), pages=2)
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        chief.get(EDITIONS)
    with django_assert_num_queries(QUERIES_OF_AN_EDITION):
        chief.get(f"{EDITIONS}{large.pk}/change/")


# -- page templates ------------------------------------------------------------------------------------------


def design_with(**changed) -> str:
    return json.dumps(standard_template("tabloid")["design"] | changed)


def template_form(**fields) -> dict:
    values = {"title": 1, "name": "tabloid", "width_mm": 280, "height_mm": 390, "columns": 5, "rows": 70}
    values |= {"characters": 14, "body_size": "9", "leading": "13.5", "side_margin_mm": "20", "top_margin_mm": "30"}
    return values | {"design": json.dumps(standard_template("tabloid")["design"])} | fields


def test_a_page_template_is_added_and_changed_with_its_rows_in_the_trail(people, office):
    assert office.post(f"{TEMPLATES}add/", template_form()).status_code == 302
    tabloid = PageTemplate.objects.get(name="tabloid")
    assert office.post(f"{TEMPLATES}{tabloid.pk}/change/", template_form(columns=4)).status_code == 302
    changed, added = AuditEntry.objects.all()[:2]
    assert (added.act, added.data["added"], added.data["fields"]["name"]) == (
        Act.SETTINGS_EDIT,
        True,
        [None, "tabloid"],
    )
    assert (changed.actor_id, changed.data) == (people[Role.ADMINISTRATOR].pk, {"fields": {"columns": [5, 4]}})


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"columns": 0}, "greater than or equal to 1"),
        ({"characters": 0}, "greater than or equal to 1"),
        ({"rows": 9999}, "less than or equal to 300"),
        ({"width_mm": 0}, "greater than or equal to 50"),
        ({"is_default": "on"}, "The title has its page template already."),
        ({"name": "broadsheet"}, "already"),
        ({"title": 7}, "Select a valid choice"),
        ({"body_size": "0"}, "greater than or equal to 4"),
        ({"characters": 17}, "5 columns of 17 characters leave no room between them on this width."),
        ({"rows": 90}, "90 rows do not go on this height."),
        ({"design": "{"}, "Enter a valid JSON."),
        ({"design": "[1]"}, "design: a table is needed here."),
        ({"design": design_with(masthead={"columns": 9, "rows": 11, "face": "song"})}, "The masthead is larger"),
        ({"design": design_with(default_headline="none")}, "design.default_headline: one of these is needed:"),
    ],
)
def test_a_page_template_that_cannot_be_is_refused_with_a_sentence(office, fields, sentence):
    answer = office.post(f"{TEMPLATES}add/", template_form(**fields))
    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert PageTemplate.objects.count() == 1


def test_the_grid_and_the_type_of_pages_that_are_made_stay(ready, office):
    used = PageTemplate.objects.get()
    form = template_form(name="大报", is_default="on", body_size="8", leading="12")
    assert office.post(f"{TEMPLATES}{used.pk}/change/", form).status_code == 302
    after = PageTemplate.objects.get()
    assert (after.name, after.columns, after.rows, after.characters, after.width_mm) == ("大报", 6, 102, 17, 390)
    assert (after.body_size, after.leading, after.side_margin_mm) == (9, 13.5, 20)
    assert after.typography.masthead.columns == 3


def test_a_design_is_shown_to_be_read(ready, office):
    assert "name&quot;: &quot;头条&quot;,\n" in office.get(f"{TEMPLATES}add/").content.decode()


def test_the_standard_templates_are_added_by_a_button_and_once(people, title, office):
    PageTemplate.objects.all().delete()
    assert "Add the standard templates" in text_of(office.get(TEMPLATES))
    for added in ("3 page templates are added.", "0 page templates are added."):
        assert added in text_of(office.post(f"{TEMPLATES}standard/", follow=True))
        assert [(t.name, t.is_default) for t in PageTemplate.objects.order_by("pk")] == [
            ("对开六栏", True),
            ("柏林版五栏", False),
            ("四开五栏", False),
        ]
    for template in PageTemplate.objects.all():
        template.full_clean()
    assert AuditEntry.objects.filter(act=Act.SETTINGS_EDIT, target_type="editions.pagetemplate").count() == 3


@pytest.mark.parametrize("role", [Role.REPORTER, Role.EDITOR_IN_CHIEF])
def test_nobody_else_adds_them(people, role):
    signed_in(people[role]).post(f"{TEMPLATES}standard/")
    assert PageTemplate.objects.count() == 1
