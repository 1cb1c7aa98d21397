"""What the search page writes: its addresses."""

from __future__ import annotations

from articles.search.asking import Query
from articles.search.finding import Found
from articles.search.form import address_of


def search_address(query: Query) -> str:
    """The address of a question, behind the path."""
    return address_of(query)


def page_address(found: Found, page: int) -> str:
    """The address of another page of what was found."""
    return address_of(found.query, page)


FILTERS = (search_address, page_address)
FUNCTIONS = ()
