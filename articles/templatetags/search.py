"""What the search page writes: its addresses, and the names of what is chosen."""

from __future__ import annotations

from django import template

from articles.search.asking import Query
from articles.search.finding import Found
from articles.search.form import address_of

register = template.Library()


@register.filter
def search_address(query: Query) -> str:
    """The address of a question, behind the path."""
    return address_of(query)


@register.filter
def page_address(found: Found, page: int) -> str:
    """The address of another page of what was found."""
    return address_of(found.query, page)
