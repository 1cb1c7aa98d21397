"""The demo's review: until when a step is signed, the usual reasons of a return, and remarks on passages."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from articles import remarks
from articles.content import content_of
from articles.models import Article, ReturnReason, ReviewStep
from newsroom.staff.models import User


def set_up_review(house: Mapping[str, Any]) -> None:
    """The times and the reasons that `newsroom.toml` names."""
    for order, due in enumerate(house["review"]["due"], start=1):
        ReviewStep.objects.filter(order=order).update(due=datetime.time.fromisoformat(due))
    for order, text in enumerate(house["review"]["return_reasons"], start=1):
        ReturnReason.objects.create(text=text, order=order)


def numbers_of(reasons: list[str]) -> list[int]:
    """The usual reasons by their words."""
    return list(ReturnReason.objects.filter(text__in=reasons).values_list("pk", flat=True))


def remark(article: Article, data: Mapping[str, str], users: Mapping[str, User]) -> None:
    """One remark of a story's file: who makes it, on which words of the body, what, and what is answered."""
    texts = remarks.texts_of(content_of(article), "body")
    block = next(number for number, text in enumerate(texts) if data["words"] in text)
    start = texts[block].index(data["words"])
    passage = remarks.Passage("body", block, start, start + len(data["words"]), data["words"], article.version)
    written = remarks.write_remark(article.pk, passage, data["text"], acting_user=users[data["by"]])
    if "answer" in data:
        remarks.answer_remark(written.pk, data["answer"], acting_user=users[data["answered_by"]])
