"""The log of reads: one line for each page that a person was given, with nothing about the person. Pure.

A web server writes it (`deploy/nginx.conf`, `newsroom/reads_log.py`), the clock counts it. A line is the moment in
ISO 8601 and the address without its question, so that neither a reader's address nor what was searched is kept.
"""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple
from urllib.parse import unquote

from articles.addresses import without_language

# Who reads by machine says so in its name, or says none: crawlers, feed readers, programs, checks of whether the
# site stands. Written so that Python and nginx read it alike.
MACHINES = (
    "bot|crawl|spider|slurp|archiv|feed|rss|reader/|scrap|preview|monitor|uptime|check|probe|scan|fetch|headless|"
    "lighthouse|curl|wget|http|python|java/|ruby|perl|php|okhttp|axios|node|facebookexternalhit|embed|mediapartners"
)
_MACHINE = re.compile(MACHINES, re.IGNORECASE)
# Given by the cache or unchanged: read all the same.
_READ = {200, 304}
_ELSEWHERE = re.compile(r"/(?:desk|admin|accounts|calendar|static|media)/")


class Read(NamedTuple):
    """A page that somebody was given: the moment, and its address without language."""

    at: datetime.datetime
    path: str


def is_of_the_paper(address: str) -> bool:
    """Whether an address is no place of the house's own (desk, administration, secret calendars) and no file."""
    return _ELSEWHERE.match(without_language(address)) is None


def is_read(method: str, status: int, user_agent: str, purpose: str) -> bool:
    """Whether an answer counts as read: a page given to what calls itself a browser, and not fetched beforehand in
    case somebody wants it (`purpose` is what Sec-Purpose or Purpose says).
    """
    return method == "GET" and status in _READ and not purpose and bool(user_agent) and not _MACHINE.search(user_agent)


def line(at: datetime.datetime, address: str) -> str:
    """The line for a read of `address`, as the request named it."""
    return f"{at.isoformat(timespec='seconds')} {address.partition('?')[0]}"


def parse(text: str) -> Read | None:
    """The read that a line tells of; None where it is no such line, which a full disk can leave behind."""
    moment, _space, address = text.strip().partition(" ")
    try:
        at = datetime.datetime.fromisoformat(moment)
    except ValueError:
        return None
    if at.tzinfo is None or not address.startswith("/"):
        return None
    return Read(at, without_language(unquote(address.partition("?")[0])))
