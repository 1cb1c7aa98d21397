"""Bylines as they are printed. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TypedDict

# 张三 李四 摄: these roles stand after the names, every other one before them.
ROLES_AFTER_NAMES = {"photographer", "photo_report", "compiler"}


class Credits(TypedDict):
    """People who share a role, in the order of the byline."""

    role: str
    people: list[Mapping[str, str]]
    role_follows: bool


def credits(byline: Sequence[Mapping[str, str]]) -> list[Credits]:
    """A byline as it is printed: every role said once, 摄 and the like after the names."""
    groups = [(role, list(people)) for role, people in groupby(byline, key=lambda person: person["role"])]
    return [
        {"role": role, "people": people, "role_follows": people[0]["code"] in ROLES_AFTER_NAMES}
        for role, people in groups
    ]


def in_words(byline: Sequence[Mapping[str, str]]) -> str:
    """A byline as one line of plain text: 记者 张三 李四 王五 摄; empty where nobody is named."""
    return " ".join(
        f"{names} {group['role']}" if group["role_follows"] else f"{group['role']} {names}"
        for group in credits(byline)
        for names in [" ".join(person["name"] for person in group["people"])]
    )
