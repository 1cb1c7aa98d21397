"""A story in several rectangles: their numbers follow its reading order over all pages."""

from __future__ import annotations

from collections.abc import Sequence

from editions.models import Placement


def in_reading_order(before: Sequence[Placement], page_id: int, mine: Sequence[Placement]) -> list[Placement]:
    """All parts of a story in order once `mine` are its parts on one page.

    They take the places that the page's parts had among those on other pages; what they are more of follows
    the last of them, or, where the page had none, the story's last part.
    """
    places = [index for index, part in enumerate(before) if part.page_id == page_id]
    last = places[-1] if places else len(before) - 1
    order, left = [], list(mine)
    for index, part in enumerate(before):
        if part.page_id != page_id:
            order.append(part)
        elif left:
            order.append(left.pop(0))
        if index == last:
            order += left
            left = []
    return order + left


def number_parts(order: Sequence[Placement]) -> None:
    """Give the parts of a story their numbers from 1 and write those of rows that have another one.

    Those that move up go first, so that no number is there twice at any moment.
    """
    wanted = list(enumerate(order, start=1))
    up = [(number, part) for number, part in wanted if number < part.part]
    down = [(number, part) for number, part in reversed(wanted) if number > part.part]
    for number, part in up + down:
        part.part = number
        if part.pk is not None:
            part.save(update_fields=["part"])


def parts_of(article_id: int) -> list[Placement]:
    """The story's parts in order, without its pictures."""
    return list(Placement.objects.filter(article_id=article_id, photo__isnull=True).order_by("part"))
