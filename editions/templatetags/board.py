"""What the bar at the top asks: whether the board opens for whoever reads the page."""

from __future__ import annotations

from django import template

from editions import rules
from editions.rules import EditionVerb
from newsroom.staff.rules import Person

register = template.Library()


@register.filter
def sees_board(user: Person) -> bool:
    """Whether the board opens for them."""
    return rules.can(user, EditionVerb.READ)
