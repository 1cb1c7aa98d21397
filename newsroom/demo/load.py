"""Loads the demo newsroom: through the services that people use, as the people it names."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from articles import editing, rules, specials
from articles.models import Article, Contributor, Photo, ReviewStep, Section, Title
from articles.photos import keeping
from articles.publishing import act_on_story
from articles.scheduling import set_release_times
from articles.specials import Place
from articles.states import Verb
from articles.text import body
from editions import planning
from editions.arranging import arrange_page
from editions.models import Edition, Page
from newsroom.demo import content, layout, pictures, pressing, reviewing
from newsroom.demo.plan import make_plan
from newsroom.demo.reads import make_up_reads
from newsroom.staff.models import Notice, NoticeKind, RoleGrant, User
from newsroom.staff.roles import SIGNING_ROLES, Role

PASSWORD = "newsroom-demo"  # noqa: S105 (printed at the start, for a newsroom that is fiction)
PRESS_TIME = datetime.time(6, 0)
# Who makes a page, as `editions.toml` names them.
MAKERS = ("responsible_editor", "designer", "proofreader")


def is_empty() -> bool:
    """Whether no newspaper has been set up here yet."""
    return not Title.objects.exists()


def load_demo() -> None:
    """Set up the demo newsroom in an empty database, all or nothing."""
    with pictures.drawing() as draw, transaction.atomic():
        Loader(timezone.localdate(), draw).load()


class Loader:
    """One loading: what was made so far, by the names that the files use.

    `draw` gives the JPEG of a picture by its key.
    """

    def __init__(self, today: datetime.date, draw: Callable[[str], bytes]) -> None:
        self.today, self.draw = today, draw
        self.users: dict[str, User] = {}
        self.photos: dict[str, Photo] = {}
        self.stories: dict[str, Article] = {}
        self.days: dict[str, int] = {}
        self.planned: dict[str, int] = {}
        self.texts = content.read_stories()
        self.editions = content.read_file("editions")["edition"]

    def load(self) -> None:
        self.lay_out()
        self.bring_out()
        # Of the days before, people know; what came back and what awaits them is tonight's.
        read = Notice.objects.exclude(kind__in=[NoticeKind.RETURNED, NoticeKind.AWAITED])
        read.filter(read_at__isnull=True).update(read_at=timezone.now())

    def lay_out(self) -> None:
        """The house, its stories as far as they are before anything is published, and its pages."""
        house = content.read_file("newsroom")
        self._make_title(house)
        reviewing.set_up_review(house)
        self._make_people(house["person"])
        planning.add_standard_templates(self.title, acting_user=self.users["admin"])
        planning.add_standard_rounds(self.title, acting_user=self.users["admin"])
        self._make_contributors(house["contributor"])
        self._take_in_photos()
        self._find_days()
        self.planned = make_plan(self.today, self.users, self.photos)
        for key, story in self.texts.items():
            self._file(key, story)
        for plan in self.editions:
            self._make_edition(plan)

    def bring_out(self) -> None:
        """Print and publish the editions whose day has come, mark proofs, and what becomes of stories afterwards."""
        for plan in self.editions:
            self._bring_out_edition(plan)
        for key, story in self.texts.items():
            self._finish(key, story)
        for special in content.read_file("specials")["special"]:
            self._put_together(special)
        make_up_reads(timezone.now())

    # -- the house ------------------------------------------------------------------------------------------

    def _make_title(self, house: dict[str, Any]) -> None:
        data = house["title"]
        self.first_series = data.pop("first_series")
        self.title = Title.objects.create(**data)
        for order, role in enumerate(SIGNING_ROLES, start=1):
            ReviewStep.objects.create(title=self.title, order=order, role=role)
        for order, section in enumerate(house["section"], start=1):
            Section.objects.create(title=self.title, order=order, **section)

    def _make_people(self, people: list[dict[str, Any]]) -> None:
        sections = {section.slug: section for section in Section.objects.all()}
        # Hashing is slow on purpose; one word for everybody needs it once.
        password = make_password(PASSWORD)
        for data in people:
            user = User.objects.create(username=data["username"], name=data["name"], password=password)
            for role in data["roles"]:
                held = data["sections"] if role in {Role.SECTION_EDITOR, Role.DESK_CHIEF} else [None]
                for slug in held:
                    RoleGrant.objects.create(user=user, role=role, section=sections[slug] if slug else None)
            self.users[user.username] = user

    def _make_contributors(self, contributors: list[dict[str, Any]]) -> None:
        for data in contributors:
            username = data.pop("username", None)
            Contributor.objects.create(user=self.users[username] if username else None, **data)

    def _take_in_photos(self) -> None:
        names = dict(Contributor.objects.values_list("slug", "name"))
        for data in content.read_file("photos")["photo"]:
            taken = timezone.make_aware(datetime.datetime.combine(self._day(data["taken_day"]), datetime.time(10, 30)))
            fields = {
                "caption": content.with_dates(data["caption"], self.today),
                "credit": _credit([names[slug] for slug in data["credit"]], data["source"]),
                "taken_at": taken,
                **{name: data[name] for name in ("source", "alt", "rights")},
            }
            file = ContentFile(self.draw(data["key"]), name=f"{data['key']}.jpg")
            self.photos[data["key"]] = keeping.add_photo(file, fields, acting_user=self.users["photographer"])

    # -- the stories ----------------------------------------------------------------------------------------

    def _day(self, offset: int) -> datetime.date:
        return self.today + datetime.timedelta(days=offset)

    def _find_days(self) -> None:
        """The edition whose date a story's dates count from: the one it is placed in, else today's."""
        for plan in self.editions:
            for page in plan["page"]:
                for story in page.get("story", []):
                    self.days[story["story"]] = plan["day"]
            for key in plan.get("pool", []):
                self.days[key] = plan["day"]

    def _file(self, key: str, story: dict[str, Any]) -> None:
        day = self._day(self.days.get(key, 0))
        owner = self.users[story["filed_by"]]
        article = editing.create_story(
            self._fields(story, day),
            bylines=[editing.Credit(self._contributor(b["contributor"]), b["role"]) for b in story["byline"]],
            pictures=[editing.Picture(self.photos[name].pk) for name in story.get("photos", [])],
            assignment=self.planned.get(key),
            acting_user=owner,
        )
        self.stories[key] = article
        self._review(key, story)

    def _fields(self, story: dict[str, Any], day: datetime.date) -> dict[str, Any]:
        text = ("kicker", "headline", "subhead", "web_headline", "summary", "slugline", "desk_note")
        lead_in = story.get("lead_in", {"kind": "none"})
        html = content.with_dates(story["body"].replace("\n", ""), day)
        for name, photo in self.photos.items():
            html = html.replace(f'"photo:{name}"', f'"{body.PHOTO_SRC.format(id=photo.pk)}"')
        return {
            **{name: content.with_dates(story.get(name, ""), day) for name in text},
            "body": html,
            "genre": story["genre"],
            "section_id": Section.objects.get(slug=story["section"]).pk,
            "keywords": " ".join(story.get("keywords", [])),
            "lead_in_kind": lead_in["kind"],
            "lead_in_agency": lead_in.get("agency", ""),
            "lead_in_place": lead_in.get("place", ""),
            "lead_in_day": day + datetime.timedelta(days=lead_in["day"]) if "day" in lead_in else None,
        }

    def _contributor(self, slug: str) -> int:
        return Contributor.objects.get(slug=slug).pk

    def _review(self, key: str, story: dict[str, Any]) -> None:
        """Take the story as far through the workflow as it stands before anything is published."""
        state = story["state"]
        if state == "draft":
            return
        if state == "spiked":
            self._act(key, Verb.SPIKE, self.users[story["filed_by"]], story["spike_reason"])
            return
        self._act(key, Verb.SUBMIT, self.users[story["filed_by"]])
        signed = {"submitted": 0, "returned": 1, "second_review": 1, "final_review": 2}.get(state, 3)
        for _step in range(signed):
            self._act(key, Verb.SIGN, self._signer(key))
        if state == "returned":
            listed = reviewing.numbers_of(story.get("return_reasons", []))
            self._act(key, Verb.RETURN, self._signer(key), story["return_reason"], listed)
        for data in story.get("remark", []):
            reviewing.remark(self.stories[key], data, self.users)

    def _signer(self, key: str) -> User:
        """Somebody who may sign the step that the story awaits."""
        article = Article.objects.get(pk=self.stories[key].pk)
        return next(user for user in self.users.values() if rules.can(user, Verb.SIGN, article))

    def _act(self, key: str, verb: Verb, user: User, reason: str = "", listed: Sequence[int] = ()) -> None:
        seen = Article.objects.get(pk=self.stories[key].pk).seen
        self.stories[key] = act_on_story(
            self.stories[key].pk,
            verb,
            seen=seen,
            acting_user=user,
            reason=content.with_dates(reason, self.today),
            listed=listed,
        )

    def _finish(self, key: str, story: dict[str, Any]) -> None:
        """What happens to the story once the editions are out, and its embargo and schedule."""
        duty = self.users["duty"]
        if story["state"] in {"web", "withdrawn"}:
            self._act(key, Verb.PUBLISH, duty)
        if story["state"] == "withdrawn":
            self._act(key, Verb.WITHDRAW, duty, story["withdraw_reason"])
        if story["state"] == "corrected":
            self._correct(key, story)
        self._set_times(key, story)

    def _correct(self, key: str, story: dict[str, Any]) -> None:
        duty = self.users["duty"]
        self._act(key, Verb.CORRECT, duty, story["correction_note"])
        article, day = self.stories[key], self._day(self.days.get(key, 0))
        find, replace = (content.with_dates(story[f"corrected_body_{name}"], day) for name in ("find", "replace"))
        editing.save_story(
            article.pk,
            {"body": article.body.replace(find, replace)},
            based_on=article.version,
            acting_user=duty,
        )
        self._act(key, Verb.SIGN, duty)

    def _set_times(self, key: str, story: dict[str, Any]) -> None:
        hours = {name: story.get(f"{name}_hours") for name in ("embargo", "schedule")}
        if not any(hours.values()):
            return
        now = timezone.now()
        times = {name: now + datetime.timedelta(hours=count) if count else None for name, count in hours.items()}
        article = Article.objects.get(pk=self.stories[key].pk)
        setter = next(user for user in self.users.values() if rules.can_set_times(user, article))
        set_release_times(article.pk, embargo_until=times["embargo"], publish_at=times["schedule"], acting_user=setter)

    # -- the editions ---------------------------------------------------------------------------------------

    def _put_together(self, plan: dict[str, Any]) -> None:
        is_shown, chief = plan.pop("is_shown"), self.users["duty"]
        places = [Place(self.stories[key].pk, group) for key, group in plan.pop("stories")]
        special = specials.make_special(plan, acting_user=chief)
        special = specials.save_special(special.pk, plan, places, based_on=special.version, acting_user=chief)
        if is_shown:
            specials.show_special(special.pk, based_on=special.version, acting_user=chief)

    def _make_edition(self, plan: dict[str, Any]) -> None:
        duty = self.users["duty"]
        edition = planning.open_edition(
            self._day(plan["day"]),
            [planning.PagePlan(page["label"], page["name"]) for page in plan["page"]],
            series_number=self.first_series + plan["day"],
            acting_user=duty,
        )
        for data, page in zip(plan["page"], edition.pages.all(), strict=True):
            people = {role: self.users[data[role]] for role in MAKERS}
            planning.edit_page(page.pk, people, acting_user=duty)
            self._lay_out_page(page, data.get("story", []))

    def _lay_out_page(self, page: Page, stories: list[dict[str, Any]]) -> None:
        numbers = {key: article.pk for key, article in self.stories.items()}
        photo_numbers = {key: photo.pk for key, photo in self.photos.items()}
        arrangement = layout.arrangement(stories, numbers, photo_numbers)
        arrange_page(page.pk, arrangement, based_on=page.layout_version, acting_user=self.users["designer"])

    def _bring_out_edition(self, plan: dict[str, Any]) -> None:
        day = self._day(plan["day"])
        edition = Edition.objects.get(date=day)
        pages = dict(zip(edition.pages.values_list("pk", flat=True), plan["page"], strict=True))
        hands = {pk: pressing.Hands(*(self.users[data[role]] for role in MAKERS)) for pk, data in pages.items()}
        for pk, data in pages.items():
            if "mark" in data:
                pressing.pull_and_mark(pk, data["mark"], hands[pk])
        if plan["day"] <= 0:
            at = timezone.make_aware(datetime.datetime.combine(day, PRESS_TIME))
            pressing.print_edition(edition, hands, duty=self.users["duty"], at=min(at, timezone.now()))


def _credit(names: list[str], source: str) -> str:
    """甲 乙 摄; an agency's picture is 某社发; one that names nobody says where it comes from."""
    if not names:
        return source
    return f"{source}发" if names == [source] else f"{' '.join(names)} 摄"
