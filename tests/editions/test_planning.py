"""Opening editions, numbering them, and what their pages are."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.errors import NotAllowed
from articles.models import Title
from editions import planning
from editions.models import Edition, Page, PageTemplate, PublishedEdition
from editions.planning import EditionClosed, PagePlan
from editions.publishing import publish_edition
from editions.room import DoesNotFit
from editions.rules import MAY, EditionVerb, can
from editions.typeset.standard import standard_template
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house

DAY = datetime.date(2024, 3, 7)
CHIEF = Role.EDITOR_IN_CHIEF
FRONT = [PagePlan("1", "要闻")]


def open_one(people, day=DAY, pages=FRONT, who=CHIEF, **more) -> Edition:
    return planning.open_edition(day, pages, acting_user=people[who], **more)


def published(people) -> Edition:
    edition = house.open_edition(people, pages=1)
    house.place(edition, 1, house.story_in("signed_off", people), people)
    publish_edition(edition.pk, acting_user=people[CHIEF])
    return Edition.objects.get(pk=edition.pk)


MAKERS = {"section_editor", "desk_chief", "editor_in_chief", "page_designer"}
WHO = {
    EditionVerb.VIEW: {role.value for role in Role},
    EditionVerb.READ: MAKERS | {"proofreader", "administrator"},
    EditionVerb.OPEN: {"desk_chief", "editor_in_chief"},
    EditionVerb.CHANGE: {"desk_chief", "editor_in_chief"},
    EditionVerb.LAY_OUT: MAKERS,
    EditionVerb.PROOF: MAKERS | {"proofreader"},
    EditionVerb.SIGN_PROOFREADER: {"proofreader"},
    EditionVerb.SIGN_PAGE_EDITOR: {"section_editor", "desk_chief"},
    EditionVerb.SIGN_EDITOR_IN_CHIEF: {"editor_in_chief"},
    EditionVerb.PRESS: {"editor_in_chief"},
    EditionVerb.PUBLISH: {"editor_in_chief"},
}


@pytest.mark.parametrize("verb", EditionVerb)
def test_who_may_what_with_editions(people, verb):
    assert {role.value for role, user in people.items() if can(user, verb)} == WHO[verb]
    assert MAY.keys() == WHO.keys()
    gone = house.make_person("gone", *Role)
    gone.is_active = False
    assert not can(gone, verb)


@pytest.mark.parametrize("role", Role)
def test_who_may_is_asked_by_the_services(people, role):
    edition = house.open_edition(people)
    page = edition.pages.first()
    user = people[role]
    asked = {
        "open": lambda: planning.open_edition(datetime.date(2024, 3, 8), [], acting_user=user),
        "release": lambda: planning.set_release(edition.pk, timezone.now(), acting_user=user),
        "add": lambda: planning.add_page(edition.pk, PagePlan("9", "副刊"), acting_user=user),
        "edit": lambda: planning.edit_page(page.pk, {"name": "改"}, acting_user=user),
        "order": lambda: planning.order_pages(
            edition.pk, list(Page.objects.values_list("pk", flat=True)), acting_user=user
        ),
    }
    done = set()
    for name, ask in asked.items():
        try:
            ask()
            done.add(name)
        except NotAllowed:
            pass
    everything = {"open", "add", "edit", "order"}
    assert done == {Role.DESK_CHIEF: everything, CHIEF: everything | {"release"}}.get(role, set())


def test_the_number_continues_the_series(people):
    assert open_one(people, series_number=8_000).series_number == 8_000
    assert open_one(people, datetime.date(2024, 3, 8)).series_number == 8_001
    assert open_one(people, datetime.date(2024, 3, 1)).series_number == 8_002


def test_the_first_edition_is_number_one(people):
    assert open_one(people).series_number == 1


def test_an_edition_opens_with_its_pages_in_order(people):
    edition = open_one(people, pages=[PagePlan("A1", "要闻"), PagePlan("A2", "综合")])
    assert [(p.order, p.label, p.name, p.grid) for p in edition.pages.all()] == [
        (1, "A1", "要闻", (6, 102)),
        (2, "A2", "综合", (6, 102)),
    ]
    assert AuditEntry.objects.about(edition).get().data == {"series": 1, "pages": 2}


def test_a_date_that_is_taken_is_refused_with_a_sentence(people):
    open_one(people)
    with pytest.raises(ValidationError) as refusal:
        open_one(people)
    assert refusal.value.messages
    assert Edition.objects.count() == 1


def test_a_number_that_is_taken_is_refused_with_a_sentence(people):
    open_one(people, series_number=5)
    with pytest.raises(ValidationError) as refusal:
        open_one(people, datetime.date(2024, 3, 8), series_number=5)
    assert refusal.value.messages
    assert Edition.objects.count() == 1


def test_an_extra_is_an_edition_of_its_own_on_the_same_day(people):
    regular, extra = open_one(people), open_one(people, extra_number=1)
    assert (regular.series_number, extra.series_number) == (1, 2)
    assert str(extra) != str(regular)
    with pytest.raises(ValidationError):
        open_one(people, extra_number=1)


@pytest.mark.parametrize("plan", [PagePlan("1", ""), PagePlan("", "要闻"), PagePlan("1", "要\x00闻")])
def test_a_page_without_a_proper_name_opens_nothing(people, plan):
    before = AuditEntry.objects.count()
    with pytest.raises(ValidationError):
        open_one(people, pages=[PagePlan("1", "要闻"), plan])
    assert not Edition.objects.exists()
    assert not Page.objects.exists()
    assert AuditEntry.objects.count() == before


def test_a_page_is_added_after_the_last(people):
    edition = house.open_edition(people, pages=2)
    page = planning.add_page(edition.pk, PagePlan("3", "副刊"), acting_user=people[CHIEF])
    assert page.order == 3


def test_a_page_names_its_people(people):
    page = house.open_edition(people).pages.first()
    fields = {"responsible_editor": people[CHIEF], "designer": people[Role.PAGE_DESIGNER], "label": "A5"}
    page = planning.edit_page(page.pk, fields, acting_user=people[CHIEF])
    assert (page.responsible_editor, page.designer, page.label, page.order) == (
        people[CHIEF],
        people[Role.PAGE_DESIGNER],
        "A5",
        1,
    )


@pytest.mark.parametrize("field", ["order", "edition", "edition_id", "id", "layout_version"])
def test_what_is_not_to_be_said_of_a_page_is_refused(people, field):
    page = house.open_edition(people).pages.first()
    with pytest.raises(ValidationError, match=field):
        planning.edit_page(page.pk, {field: 1}, acting_user=people[CHIEF])


def test_two_pages_change_places_and_keep_their_labels(people):
    edition = house.open_edition(people, pages=3)
    first, second, third = edition.pages.all()
    planning.order_pages(edition.pk, [third.pk, second.pk, first.pk], acting_user=people[CHIEF])
    assert [(p.pk, p.order, p.label) for p in edition.pages.all()] == [
        (third.pk, 1, "3"),
        (second.pk, 2, "2"),
        (first.pk, 3, "1"),
    ]


def test_each_page_has_to_be_named_once(people):
    edition = house.open_edition(people, pages=2)
    first, second = (page.pk for page in edition.pages.all())
    for order in ([first], [first, first], [first, second, second], [first, second, 10**6], []):
        with pytest.raises(ValidationError):
            planning.order_pages(edition.pk, order, acting_user=people[CHIEF])
    assert [page.pk for page in edition.pages.all()] == [first, second]


def test_a_published_edition_is_frozen(people):
    edition = published(people)
    page = edition.pages.get()
    before = list(Page.objects.values()), Edition.objects.values().get(), AuditEntry.objects.count()
    for change in (
        lambda: planning.set_release(edition.pk, timezone.now(), acting_user=people[CHIEF]),
        lambda: planning.add_page(edition.pk, PagePlan("2", "副刊"), acting_user=people[CHIEF]),
        lambda: planning.edit_page(page.pk, {"name": "改"}, acting_user=people[CHIEF]),
        lambda: planning.order_pages(edition.pk, [page.pk], acting_user=people[CHIEF]),
    ):
        with pytest.raises(EditionClosed):
            change()
    assert (list(Page.objects.values()), Edition.objects.values().get(), AuditEntry.objects.count()) == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "nonsense"},
        {"state": "published"},
        {"published_at": timezone.now()},
        {"date": datetime.date(1899, 12, 31)},
        {"date": datetime.date(2100, 1, 1)},
    ],
    ids=["unknown", "published without a time", "open with a time", "too early", "too late"],
)
def test_the_database_refuses_an_edition_that_stands_nowhere(people, wrong):
    house.open_edition(people)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.update(**wrong)


def test_the_release_is_of_a_year_that_newspapers_have(people):
    first_moment = timezone.make_aware(datetime.datetime(1, 1, 1))
    edition = house.open_edition(people)
    with pytest.raises(ValidationError):
        planning.set_release(edition.pk, first_moment, acting_user=people[Role.EDITOR_IN_CHIEF])
    with pytest.raises(ValidationError):
        planning.open_edition(
            datetime.date(2024, 3, 8),
            [PagePlan("1", "要闻")],
            release_at=first_moment,
            acting_user=people[Role.EDITOR_IN_CHIEF],
        )
    assert Edition.objects.get().release_at is None


def test_a_published_edition_is_named_by_its_date():
    assert PublishedEdition(date=datetime.date(987, 3, 7), extra_number=1).key == "0987-03-07-1"


@pytest.mark.postgresql
def test_the_database_refuses_two_pages_in_one_place(people):
    edition = house.open_edition(people, pages=2)
    with pytest.raises(IntegrityError, match="page_order_unique"), transaction.atomic():
        _put_all_in_first_place(edition)


def _put_all_in_first_place(edition: Edition) -> None:
    edition.pages.update(order=1)  # deferred: it may be so until the transaction ends
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


# -- templates, and the masthead


def template_of_five_columns() -> PageTemplate:
    fields = standard_template("tabloid")
    return PageTemplate.objects.create(title=Title.objects.get(), **fields)


def test_an_empty_page_and_one_whose_stories_go_on_it_change_their_template(people):
    edition, tabloid = house.open_edition(people, pages=2), template_of_five_columns()
    house.place(edition, 1, house.story_in("signed_off", people), people, (1, 20, 3, 20))
    for page in edition.pages.all():
        planning.edit_page(page.pk, {"template": tabloid}, acting_user=people[CHIEF])
    assert {(page.template, page.layout_version) for page in edition.pages.all()} == {(tabloid, 3), (tabloid, 2)}


@pytest.mark.parametrize("rectangle", [(6, 20, 1, 10), (1, 60, 1, 20)], ids=["column", "row"])
def test_a_template_on_which_something_does_not_go_is_refused(people, rectangle):
    edition, tabloid = house.open_edition(people, pages=1), template_of_five_columns()
    house.place(edition, 1, house.story_in("signed_off", people), people, rectangle)
    page = edition.pages.get()
    with pytest.raises(DoesNotFit, match="城西夜市今晚开市"):
        planning.edit_page(page.pk, {"template": tabloid}, acting_user=people[CHIEF])
    assert [p.template for p in edition.pages.all()] == [page.template]


def test_a_template_whose_masthead_would_stand_on_something_is_refused(people):
    edition, large = house.open_edition(people, pages=1), template_of_five_columns()
    large.design["masthead"]["rows"] = 25
    large.save()
    house.place(edition, 1, house.story_in("signed_off", people), people, (1, 20, 3, 20))
    with pytest.raises(DoesNotFit):
        planning.edit_page(edition.pages.get().pk, {"template": large}, acting_user=people[CHIEF])


def test_a_page_with_something_where_the_masthead_stands_does_not_come_first(people):
    edition = house.open_edition(people, pages=2)
    house.place(edition, 2, house.story_in("signed_off", people), people, (1, 1, 3, 20))
    first, second = edition.pages.all()
    with pytest.raises(DoesNotFit, match="城西夜市今晚开市"):
        planning.order_pages(edition.pk, [second.pk, first.pk], acting_user=people[CHIEF])
    assert list(edition.pages.all()) == [first, second]


def test_only_administrators_add_the_standard_templates(people, title):
    with pytest.raises(NotAllowed):
        planning.add_standard_templates(title, acting_user=people[CHIEF])
    added = planning.add_standard_templates(title, acting_user=people[Role.ADMINISTRATOR])
    # The title has its own already.
    assert [template.is_default for template in added] == [False, False, False]
