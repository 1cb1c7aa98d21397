"""The house's own list applied: words not printed here, and words printed in one form."""

from __future__ import annotations

from django.utils.translation import gettext as _

from articles.proofreading.copy import Slips, StoryCopy, slip


def forbidden(copy: StoryCopy) -> Slips:
    """A word that the house does not print (禁用词)."""
    return _listed(copy, is_forbidden=True)


def preferred(copy: StoryCopy) -> Slips:
    """A word for which the house prefers another (慎用词, 推荐词形)."""
    return _listed(copy, is_forbidden=False)


def _listed(copy: StoryCopy, *, is_forbidden: bool) -> Slips:
    sentence = (
        _("The house does not print “%(word)s”.") if is_forbidden else _("The house writes it otherwise: “%(word)s”.")
    )
    for passage in copy.passages:
        for start, end, listed in copy.words.matches(passage.text):
            if listed.is_forbidden == is_forbidden:
                message = " ".join(filter(None, [sentence % {"word": listed.word}, listed.note]))
                yield slip(passage, start, end, message, *listed.replacements)
