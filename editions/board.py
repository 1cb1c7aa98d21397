"""The chief's board: every story of tonight by page and by state, and the sum of lines against space.

All figures are lines of body text in one column, by the paper's own rule of characters: a story needs as many
as its characters take at so many a line, its headline and pictures not counted; a page has as many as its
columns have rows, the masthead taken off. It is a sum for planning, made without typesetting anything: a story
that was set can take a few lines more, where its paragraphs end.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from articles import rules
from articles.coverage_states import AssignmentState
from articles.deadlines import NOON, lateness, moment_in, night_of
from articles.hindrances import awaited_in_words
from articles.models import Article, Assignment, Section, Signature, Topic
from articles.plan import coverage, coverage_rules
from articles.querysets import ArticleQuerySet
from articles.states import State
from articles.text.counting import lines_for
from editions.models import Edition, EditionState, Page, PageTemplate, Placement
from newsroom.staff.models import Handover, RoleGrant, User
from newsroom.staff.roles import SECTION_ROLES, SIGNING_ROLES

# What nobody has touched for so long is no story of tonight.
FRESH = datetime.timedelta(days=7)
# A board that shows more is no board.
MOST_STORIES, MOST_TOPICS, MOST_EDITIONS = 600, 600, 8
UNDER_WAY = (State.SUBMITTED, State.IN_REVIEW, State.RETURNED, State.SIGNED_OFF)
# Characters a line where no edition names a template: the standard broadsheet's.
_CHARACTERS = PageTemplate._meta.get_field("characters").default


@dataclass(frozen=True)
class BoardStory:
    """A story on the board: its need in lines, the names of those in whose hands it is, the numbers of all who have to
    do with it (these, who filed it, and who wrote it), and whose signature it awaits in words, empty where none.
    """

    article: Article
    lines: int
    held_by: tuple[str, ...]
    people: frozenset[int]
    awaits: str


@dataclass(frozen=True)
class BoardPage:
    """A page with what lies on it; `unread` stories on it are not this person's to read, their lines count.

    `space` is what the page has, `covered` what rectangles take of it, `need` what the texts on it take.
    """

    page: Page
    stories: list[BoardStory]
    unread: int
    space: int
    covered: int
    need: int

    @property
    def free(self) -> int:
        """The lines on which nothing lies yet; below 0 nothing can be."""
        return self.space - self.covered


@dataclass(frozen=True)
class BoardSection:
    """The stories of one section that lie on no page."""

    section: Section
    stories: list[BoardStory]

    @property
    def need(self) -> int:
        return sum(story.lines for story in self.stories)


@dataclass(frozen=True)
class BoardPlan:
    """A topic that somebody is to write about tonight and of which nothing was submitted by `going`: the lines that
    are expected, 0 where nobody said how long it is to be or another text of it has come.
    """

    topic: Topic
    going: list[Assignment]
    lines: int

    @property
    def is_begun(self) -> bool:
        """Whether it is being written."""
        return any(assignment.has_story for assignment in self.going)

    @property
    def is_accepted(self) -> bool:
        """Whether somebody has said that they go."""
        return any(assignment.state == AssignmentState.ACCEPTED for assignment in self.going)

    @property
    def due_at(self) -> datetime.datetime:
        return min(assignment.due_at for assignment in self.going)

    @property
    def late_by(self) -> datetime.timedelta | None:
        """How long it is overdue; None where it is not."""
        return lateness(self.due_at, timezone.now())


@dataclass(frozen=True)
class BoardDrafts:
    """What is being written tonight without an assignment: drafts that this person may read, and of the others how
    many there are in each section. A draft is its owner's until it is submitted; that there is one is no secret to
    those who fill the pages.
    """

    stories: list[BoardStory]
    unread: list[tuple[Section, int]]

    @property
    def count(self) -> int:
        return len(self.stories) + sum(count for _section, count in self.unread)


@dataclass(frozen=True)
class Board:
    """What one person sees of the night; `edition` is None where none is open."""

    edition: Edition | None
    editions: list[Edition]
    pages: list[BoardPage]
    sections: list[BoardSection]
    planned: list[BoardPlan]
    drafts: BoardDrafts

    @property
    def expected(self) -> int:
        """The lines that are to come: a plan, and no part of what stories need."""
        return sum(plan.lines for plan in self.planned)

    @property
    def space(self) -> int:
        return sum(page.space for page in self.pages)

    @property
    def free(self) -> int:
        return sum(page.free for page in self.pages)

    @property
    def unplaced(self) -> list[BoardStory]:
        return [story for section in self.sections for story in section.stories]

    @property
    def need(self) -> int:
        """What all stories that lie on no page need."""
        return sum(section.need for section in self.sections)

    @property
    def by_state(self) -> list[tuple[State, int, int]]:
        """What lies on no page: each state there is with the number of its stories and their lines."""
        sums: dict[str, list[int]] = defaultdict(list)
        for story in self.unplaced:
            sums[story.article.state].append(story.lines)
        return [(state, len(sums[state]), sum(sums[state])) for state in UNDER_WAY if state in sums]

    @property
    def late(self) -> int:
        """How many stories are late."""
        placed = [story for page in self.pages for story in page.stories]
        return sum(story.article.late_by is not None for story in [*placed, *self.unplaced])


def board_for(user: User, edition_id: int = 0) -> Board:
    """The board of an edition, of the next to come out where none or no such one is named.

    It shows the stories that `user` may read (`rules.visible_to`) and counts the others that lie on pages; what is
    still to be written is said by its topic alone, and drafts that nobody planned are counted, for drafts are their
    owners'. Where no edition is open, the coming one's day is the board's. The same number of queries however many
    stories there are.
    """
    editions = _editions()
    edition = next((one for one in editions if one.pk == edition_id), None) or _next(editions)
    pages = _pages(edition)
    placed = {placement.article_id for page in pages for placement in page.placements.all()}
    day = edition.date if edition else night_of(timezone.now()) + datetime.timedelta(days=1)
    articles = {article.pk: article for article in _stories(user, placed, day)}
    need = _needs(pages, placed)
    hands = _Hands(articles)
    characters = _characters(pages)
    shown = {
        pk: _board_story(article, need.get(pk) or lines_for(article.character_count, characters), hands)
        for pk, article in articles.items()
    }
    waiting = [story for pk, story in shown.items() if pk not in placed]
    return Board(
        edition=edition,
        editions=editions,
        pages=[_board_page(page, shown, need) for page in pages],
        sections=_by_section(story for story in waiting if story.article.state != State.DRAFT),
        planned=_planned(user, day, characters),
        drafts=_drafts([story for story in waiting if story.article.state == State.DRAFT]),
    )


def _editions() -> list[Edition]:
    """The editions that are not out yet, by date; of many the last ones."""
    unpublished = Edition.objects.exclude(state=EditionState.PUBLISHED).order_by("-date", "-extra_number")
    return list(unpublished[:MOST_EDITIONS])[::-1]


def _next(editions: list[Edition]) -> Edition | None:
    """The first of today or later, else the last that was left over."""
    today = timezone.localdate()
    return next((edition for edition in editions if edition.date >= today), editions[-1] if editions else None)


def _pages(edition: Edition | None) -> list[Page]:
    if edition is None:
        return []
    return list(edition.pages.select_related("template").prefetch_related("placements"))


def _characters(pages: list[Page]) -> int:
    """Characters a line for what lies on no page yet: those of the edition's first page."""
    return pages[0].template.characters if pages else _CHARACTERS


def _stories(user: User, placed: Collection[int], day: datetime.date) -> ArticleQuerySet:
    """What `user` may read of what lies on the pages, and of what is under way or drafted and lies on none, but for
    what was planned for an edition after `day`: it is on the board of that one.
    """
    under_way = Q(state__in=UNDER_WAY, updated_at__gte=timezone.now() - FRESH)
    waiting = _on_no_page() & (under_way | _drafted_tonight()) & ~Q(assignment__topic__edition_day__gt=day)
    stories = rules.visible_to(user).filter(Q(pk__in=placed) | waiting).for_lists()
    by_turn = stories.order_by("section__order", "section_id", "-state", "moved_at", "pk")
    return by_turn.defer("body", "import_doubts", "desk_note", "summary", "correction_note")[:MOST_STORIES]


def _on_no_page() -> Q:
    return Q(~Exists(Placement.objects.filter(article=OuterRef("pk"))))


def _drafted_tonight() -> Q:
    """Drafts without an assignment at which somebody has written since the night began."""
    since = moment_in(night_of(timezone.now()), NOON)
    return Q(state=State.DRAFT, assignment__isnull=True, updated_at__gte=since)


def _drafts(shown: list[BoardStory]) -> BoardDrafts:
    """Those that are shown, and by section how many others there are. Two queries."""
    others = Article.objects.filter(_on_no_page(), _drafted_tonight()).exclude(
        pk__in=[story.article.pk for story in shown]
    )
    counts = dict(others.order_by().values_list("section").annotate(Count("pk")))
    sections = Section.objects.filter(pk__in=counts).order_by("order", "pk")
    return BoardDrafts(shown, [(section, counts[section.pk]) for section in sections])


def _planned(user: User, day: datetime.date, characters: int) -> list[BoardPlan]:
    """What somebody is to write for the edition of `day`, of the topics `user` may read; the earliest due first."""
    coming = coverage.to_be_written_for(day).filter(topic__in=coverage_rules.visible_to(user))
    by_topic: dict[Topic, list[Assignment]] = defaultdict(list)
    for assignment in coming:
        by_topic[assignment.topic].append(assignment)
    # Topics are counted, not who goes for them: one for which many go hides no other.
    shown = islice(by_topic.items(), MOST_TOPICS)
    return [BoardPlan(topic, going, _expected(topic, going, characters)) for topic, going in shown]


def _expected(topic: Topic, going: list[Assignment], characters: int) -> int:
    if topic.expected_characters is None or going[0].topic_has_come:
        return 0
    return lines_for(topic.expected_characters, characters)


def _needs(pages: list[Page], placed: Collection[int]) -> dict[int, int]:
    """The lines that each placed story needs, by its number, whoever may read it: a sum tells nobody its words."""
    counts = dict(Article.objects.filter(pk__in=placed).values_list("pk", "character_count"))
    widths = {p.article_id: page.template.characters for page in pages for p in page.placements.all()}
    return {pk: lines_for(count, widths[pk]) for pk, count in counts.items()}


def _board_page(page: Page, shown: Mapping[int, BoardStory], need: Mapping[int, int]) -> BoardPage:
    """A story that goes on elsewhere needs its lines where it begins."""
    placements = list(page.placements.all())
    lying = dict.fromkeys(placement.article_id for placement in placements)
    begins = {placement.article_id for placement in placements if placement.part == 1}
    reserved = page.reserved
    return BoardPage(
        page=page,
        stories=[shown[pk] for pk in lying if pk in shown],
        unread=sum(pk not in shown for pk in lying),
        space=page.grid.columns * page.grid.rows - (reserved.area if reserved else 0),
        covered=sum(placement.rectangle.area for placement in placements),
        need=sum(need.get(pk, 0) for pk in begins),
    )


def _board_story(article: Article, lines: int, hands: _Hands) -> BoardStory:
    holders = hands.of(article)
    wrote = {byline.contributor.user_id for byline in article.byline_list} | {article.created_by_id}
    people = frozenset(number for number in {*holders, *wrote} if number is not None)
    return BoardStory(article, lines, tuple(holders.values()), people, hands.awaited_from(article))


def _by_section(stories: Iterable[BoardStory]) -> list[BoardSection]:
    """In the order of the sections; within one what is late first, then what is due first."""
    sections: dict[Section, list[BoardStory]] = defaultdict(list)
    for story in stories:
        sections[story.article.section].append(story)
    far = datetime.datetime.max.replace(tzinfo=datetime.UTC)
    for listed in sections.values():
        listed.sort(key=lambda story: (UNDER_WAY.index(State(story.article.state)), story.article.due_at or far))
    return [BoardSection(section, listed) for section, listed in sections.items()]


class _Hands:
    """Who holds stories up: whoever may sign the step awaited, and the owner of what came back. For many stories at
    once what `rules.signers_awaited` says of one. Four queries.
    """

    def __init__(self, articles: Mapping[int, Article]) -> None:
        self._roles = rules.review_roles()
        self._holders: dict[tuple[str, int | None], dict[int, str]] = defaultdict(dict)
        granted = RoleGrant.objects.filter(role__in=SIGNING_ROLES, user__is_active=True).select_related("user")
        for grant in granted.order_by("user__name", "pk"):
            self._holders[grant.role, grant.section_id][grant.user_id] = str(grant.user)
        taken = Handover.objects.in_force(timezone.now()).filter(receiver__is_active=True)
        for handover in taken.select_related("receiver").order_by("pk"):
            self._holders[handover.role, handover.section_id][handover.receiver_id] = str(handover.receiver)
        live = Signature.objects.filter(voided_at__isnull=True, article__in=list(articles))
        self._signed = set(live.values_list("article_id", "signer_id"))

    def of(self, article: Article) -> dict[int, str]:
        """Their names by their numbers."""
        if article.state == State.RETURNED:
            return {article.created_by.pk: str(article.created_by)} if article.created_by else {}
        role = self._role_awaited(article)
        if not role:
            return {}
        holders = self._holders[role, article.section_id if role in SECTION_ROLES else None]
        authors = {byline.contributor.user_id for byline in article.byline_list}
        free = ((pk, name) for pk, name in holders.items() if pk not in authors)
        return {pk: name for pk, name in free if (article.pk, pk) not in self._signed}

    def awaited_from(self, article: Article) -> str:
        """As `hindrances.awaited_from`."""
        role = self._role_awaited(article)
        return awaited_in_words(article, role, tuple(self.of(article).values())) if role else ""

    def _role_awaited(self, article: Article) -> str:
        return rules.role_of_step(article.step, self._roles) if article.step is not None and self._roles else ""
