"""What ninjs 2.1 allows an item to say, as far as the API says it: a reader of the standard that is not our own.

Written from the standard's schema: names, and of which kind each value is. An item may say nothing else.
"""

from __future__ import annotations

import datetime
from urllib.parse import urlsplit

TYPES = {"text", "audio", "video", "picture", "graphic", "composite", "component"}
# Texts of the item itself.
TEXTS = {
    "by",
    "copyrightholder",
    "copyrightnotice",
    "ednote",
    "language",
    "located",
    "profile",
    "slugline",
    "title",
    "usageterms",
    "version",
}
ADDRESSES = {"uri"}
MOMENTS = {"contentcreated", "embargoed", "expires", "firstcreated", "versioncreated"}
ONE_OF = {
    "type": TYPES,
    "representationtype": {"full", "partial"},
    "pubstatus": {"usable", "withheld", "canceled"},
}
_SAID = {"role": str, "contenttype": str, "value": str}
_NAMED = {"name": str, "rel": str, "uri": "address", "literal": str}
# Lists of small objects: what each may say, and what it has to.
RECORDS = {
    "altids": ({"role": str, "value": str}, set()),
    "headlines": (_SAID, {"value"}),
    "descriptions": (_SAID, {"value"}),
    "bodies": ({**_SAID, "charcount": int, "wordcount": int}, {"value"}),
    "subjects": (_NAMED, set()),
    "people": (_NAMED, set()),
    "organisations": (_NAMED, set()),
    "places": (_NAMED, set()),
    "infosources": ({"name": str, "role": str, "uri": "address", "literal": str}, set()),
    "genres": ({"name": str, "uri": str, "literal": str}, set()),
    "renditions": (
        {
            "name": str,
            "href": "address",
            "contenttype": str,
            "title": str,
            "height": int,
            "width": int,
            "sizeinbytes": int,
        },
        {"name"},
    ),
}


def check_item(item: dict, *, associated: bool = False) -> None:
    """Raises AssertionError where `item` says what ninjs has no word for, or says it in another way."""
    needed = {"uri", "name"} if associated else {"uri"}
    assert needed <= set(item)
    for name, value in item.items():
        _check_property(name, value, associated=associated)


def _check_property(name: str, value, *, associated: bool) -> None:
    if name == "associations":
        for one in value:
            check_item(one, associated=True)
    elif name in RECORDS:
        for one in value:
            _check_record(one, *RECORDS[name])
    elif name == "standard":
        _check_record(value, {"name": str, "version": str, "schema": "address"}, set())
    elif name in ONE_OF:
        assert value in ONE_OF[name], name
    elif name in MOMENTS:
        assert datetime.datetime.fromisoformat(value).tzinfo is not None
    elif name in ADDRESSES:
        _check_value(value, "address")
    else:
        assert name in TEXTS or (associated and name == "name"), name
        assert isinstance(value, str), name


def _check_record(said: dict, allowed: dict, needed: set[str]) -> None:
    assert needed <= set(said) <= set(allowed)
    for name, value in said.items():
        _check_value(value, allowed[name])


def _check_value(value, kind) -> None:
    if kind == "address":
        assert urlsplit(value).scheme in {"http", "https", "tag"}, value
    else:
        assert isinstance(value, kind), value
