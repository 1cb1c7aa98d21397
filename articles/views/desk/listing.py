"""The list of stories as somebody asked for it: which saved list, which filters, which columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, QueryDict
from django.urls import reverse

from articles import rules
from articles.forms.listing import ColumnsForm
from articles.forms.parsing import whole_number
from articles.lists.bulk import Deed
from articles.lists.columns import Column, columns_named, fetched_for, said_of
from articles.lists.exporting import MOST_ROWS
from articles.lists.filters import StoryFilter, kept_query
from articles.lists.saved import choice_of, lists_of
from articles.models import Article, ListChoice, SavedList
from articles.querysets import ArticleQuerySet
from articles.views.desk.paging import ListPage
from newsroom.staff.models import User

# In an address: every story, even for somebody whose list opens with another.
ALL = "all"


@dataclass(frozen=True)
class Listing:
    """What the list shows to one person: `opened` is the saved list it is, None for a list asked for by hand."""

    tabs: list[SavedList]
    opened: SavedList | None
    narrowed: StoryFilter
    columns: list[Column]
    choice: ListChoice

    @property
    def stories(self) -> ArticleQuerySet:
        """The stories with what the columns read."""
        return fetched_for(self.narrowed.qs, self.columns)

    @property
    def query(self) -> str:
        """The filters as an address says them."""
        return kept_query(self.narrowed.data)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.query)


def listing_of(user: User, asked: QueryDict) -> Listing:
    """The list that the question `asked` of an address names for `user`. Raises Http404 for a list not theirs."""
    tabs, choice = list(lists_of(user)), choice_of(user)
    opened = _opened(tabs, choice, asked)
    question = QueryDict(opened.query) if opened else asked
    narrowed = StoryFilter(question, queryset=rules.visible_to(user))
    return Listing(tabs, opened, narrowed, columns_named(choice.columns), choice)


def list_context(user: User, listing: Listing, page: ListPage[Article]) -> dict[str, Any]:
    """What the page of stories shows."""
    return {
        "listing": listing,
        "page": page,
        "rows": [(article, said_of(article, listing.columns)) for article in page.items],
        "can_file": rules.can_file(user),
        "deeds": Deed.choices,
        "columns_form": ColumnsForm(initial={"columns": listing.choice.columns}),
        "most_rows": MOST_ROWS,
    }


def _opened(tabs: list[SavedList], choice: ListChoice, asked: QueryDict) -> SavedList | None:
    number = asked.get("list", "")
    if number == ALL or (not number and set(asked) - {"older"}):
        return None
    wanted = whole_number(number) if number else choice.opens_with_id
    found = next((saved for saved in tabs if saved.pk == wanted), None)
    if number and found is None:
        raise Http404
    return found


def address_of_list(question: str) -> str:
    """The list that somebody came from, as they had narrowed it; `question` comes from a form."""
    asked = QueryDict(question[:800])
    kept = QueryDict(kept_query(asked), mutable=True)
    for name in ("list", "older"):
        if asked.get(name):
            kept[name] = asked[name]
    return f"{reverse('desk:stories')}?{kept.urlencode() or f'list={ALL}'}"
