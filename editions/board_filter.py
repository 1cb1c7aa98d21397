"""The chief's board narrowed: by section, state, page, who has to do with it, and what is late."""

from __future__ import annotations

from dataclasses import dataclass, replace

from editions.board import Board, BoardDrafts, BoardPage, BoardPlan, BoardSection, BoardStory

# What stands for a state where there is no story yet, and for the page of what lies on none.
PLANNED, ON_NO_PAGE = "planned", "none"


@dataclass(frozen=True)
class Narrowing:
    """What somebody wants to see of the board: each that is said holds. `page` is the number of a page in the order of
    its edition, or `ON_NO_PAGE`; `state` is a story's, or `PLANNED`.
    """

    section: int | None = None
    state: str = ""
    page: str = ""
    person: int | None = None
    late: bool = False

    def takes(self, board: Board) -> Board:
        """What of the board is asked for; what is not this person's to read answers no question but for its section,
        which is all that is known of it.
        """
        if self == Narrowing():
            return board
        return replace(
            board,
            pages=[page for page in map(self._page, board.pages) if page is not None],
            sections=[section for section in map(self._section, board.sections) if section.stories],
            planned=[plan for plan in board.planned if self._takes_plan(plan, board)],
            drafts=self._drafts(board.drafts),
        )

    def _page(self, page: BoardPage) -> BoardPage | None:
        """The page with what is asked for; None where it is not asked for, or has nothing of it."""
        if self.page and self.page != str(page.page.order):
            return None
        if self == Narrowing(page=self.page):
            return page
        stories = list(filter(self._takes, page.stories))
        return replace(page, stories=stories, unread=0) if stories else None

    def _section(self, section: BoardSection) -> BoardSection:
        return replace(section, stories=self._on_no_page(section.stories))

    def _drafts(self, drafts: BoardDrafts) -> BoardDrafts:
        knows_all = self == Narrowing(section=self.section)
        unread = [(section, count) for section, count in drafts.unread if knows_all and section.pk == self.section]
        return BoardDrafts(self._on_no_page(drafts.stories), unread)

    def _on_no_page(self, stories: list[BoardStory]) -> list[BoardStory]:
        return list(filter(self._takes, stories)) if self.page in {"", ON_NO_PAGE} else []

    def _takes(self, story: BoardStory) -> bool:
        article = story.article
        return (
            self.section in {None, article.section_id}
            and self.state in {"", article.state}
            and (self.person is None or self.person in story.people)
            and (not self.late or article.late_by is not None)
        )

    def _takes_plan(self, plan: BoardPlan, board: Board) -> bool:
        """A topic is of the page that it is planned for, and of none until it is written."""
        pages = {str(page.page.order) for page in board.pages if page.page.label == plan.topic.page_label}
        return (
            self.section in {None, plan.topic.section_id}
            and self.state in {"", PLANNED}
            and (self.page in {"", ON_NO_PAGE} or self.page in pages)
            and (self.person is None or any(one.person_id == self.person for one in plan.going))
            and (not self.late or plan.late_by is not None)
        )
