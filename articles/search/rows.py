"""What both databases ask in the same words: conditions on the row beside those on its tokens."""

from __future__ import annotations

from typing import Any

from articles.search.stores import Wanted

TABLE = "articles_publishedsearch"
# What a statement gathers first, and how many there are: named after the table, as all that public pages read.
FOUND, COUNTED = f"{TABLE}_found", f"{TABLE}_counted"


def columns(wanted: Wanted, position: str, moment: str = "s.published_at") -> tuple[str, list[Any]]:
    """The columns of a candidate as SQL with its parameters; `position` names the function that finds a text, and
    `moment` is how the time is read.
    """
    weights = [f"CASE WHEN {position}(s.headline, %s) > 0 THEN 4 WHEN {position}(s.deck, %s) > 0 THEN 2 ELSE 1 END"]
    weight = " + ".join(weights * len(wanted.places)) or "1"
    parameters = [text for text in wanted.places for _place in ("headline", "deck")]
    return f"s.article_id, s.number, {moment}, s.section, s.genre, s.authors, {weight}", parameters


def conditions(wanted: Wanted, position: str) -> tuple[str, list[Any]]:
    """What a row must meet beside its tokens, each beginning with AND, with the parameters."""
    found, parameters = "", list[Any]()
    if wanted.since is not None:
        found, parameters = f"{found} AND s.published_at >= %s", [*parameters, wanted.since]
    if wanted.before is not None:
        found, parameters = f"{found} AND s.published_at < %s", [*parameters, wanted.before]
    for passage in wanted.passages:
        found, parameters = f"{found} AND {position}(s.{wanted.field}, %s) > 0", [*parameters, passage]
    return found, parameters
