"""The table of checks: each with its name, what it means, how grave it is and whether it is on as delivered."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import islice

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.proofreading import brackets, completeness, days, doubling, house, names, numbers, sums, usual, widths
from articles.proofreading.copy import Slip, Slips, StoryCopy, Where


class Severity(TextChoices):
    """How grave a finding is: wrong in any case, likely wrong, or a matter of form."""

    WRONG = "wrong", _("Wrong")
    DOUBTFUL = "doubtful", _("Doubtful")
    FORM = "form", _("Form")


@dataclass(frozen=True)
class Check:
    """One check. `is_on` is how it is delivered; the house has a switch for each."""

    name: Promise | str
    meaning: Promise | str
    severity: Severity
    find: Callable[[StoryCopy], Slips]
    is_on: bool = True


W, D, F = Severity.WRONG, Severity.DOUBTFUL, Severity.FORM
CHECKS: dict[str, Check] = {
    "brackets": Check(
        _("Quotation marks and brackets"),
        _("Opened and not closed, closed and not opened, or the wrong way round."),
        W,
        brackets.unmatched,
    ),
    "nesting": Check(
        _("Quotations in quotations"),
        _("Double marks outside, single ones inside; the same for titles."),
        F,
        brackets.nesting,
    ),
    "straight_quotes": Check(
        _("Straight quotation marks"), _("Typewriter quotation marks in Chinese."), W, widths.straight_quotes
    ),
    "doubled_characters": Check(
        _("Doubled characters"), _("A character or word written twice."), W, doubling.characters
    ),
    "doubled_marks": Check(
        _("Doubled marks"), _("Two stops in a row; ellipses and dashes of the wrong length."), W, doubling.marks
    ),
    "half_width": Check(_("Half-width marks"), _("Marks of half a place beside Chinese."), W, widths.half_width_marks),
    "wide_digits": Check(_("Full-width digits"), _("Digits and Latin letters of a full place."), F, widths.wide_digits),
    "spaces": Check(
        _("Spaces from a layout"), _("Spaces between Chinese characters in running text."), F, widths.layout_spaces
    ),
    "digit_spaces": Check(
        _("Spaces beside numbers"), _("Spaces between Chinese and a number in running text."), F, widths.digit_spaces
    ),
    "impossible_dates": Check(
        _("Dates that cannot be"), _("30 February, a thirteenth month, a sixty-first minute."), W, days.impossible
    ),
    "weekdays": Check(_("Weekdays"), _("A weekday that does not fit its date."), W, days.weekdays),
    "mixed_dates": Check(
        _("Mixed dates"), _("Digits and characters in one date or time: 五月1日."), F, days.mixed_dates
    ),
    "backward_ranges": Check(_("Ranges of dates"), _("A range that ends before it begins."), W, days.backward_ranges),
    "missing_years": Check(
        _("Years missing"), _("A range over the new year without a year."), F, days.missing_years, is_on=False
    ),
    "relative_years": Check(
        _("This year and last"), _("今年, 去年 or 明年 beside a year that it is not."), W, days.relative_years
    ),
    "hyphen_ranges": Check(_("Hyphens in ranges"), _("A range of numbers takes ～ or —."), F, numbers.hyphen_ranges),
    "range_units": Check(_("Units in ranges"), _("The first %, 万 or 亿 of a range left out."), F, numbers.range_units),
    "mixed_numbers": Check(
        _("Mixed numbers"), _("Digits and characters in one number: 4千, 10几, 百分之30."), F, numbers.mixed_numbers
    ),
    "approximations": Check(
        _("Split approximations"),
        _("A 、 between two numbers that mean about as many."),
        F,
        numbers.split_approximations,
    ),
    "said_twice": Check(_("About about"), _("约…左右, 约…多, 近…多, 超过…以上."), D, numbers.said_twice),
    "short_years": Check(_("Short years"), _("A year of two digits."), F, numbers.short_years),
    "zeros": Check(_("Zeros in years"), _("零 for 〇 in the figures of a year."), F, numbers.zeros_in_years),
    "digit_groups": Check(
        _("Groups of digits"), _("Digits not grouped by three, or not throughout."), F, numbers.digit_groups
    ),
    "bare_decimals": Check(
        _("Bare decimals"), _("A decimal without the zero before its point."), F, numbers.bare_decimals
    ),
    "dated_names": Check(_("Days as names"), _("The day in an event's name, written “3·15”."), F, numbers.dated_names),
    "mixed_units": Check(
        _("Mixed units"), _("One unit as a symbol and as a word in one story."), F, numbers.mixed_units
    ),
    "celsius": Check(_("Degrees"), _("摄氏度 split by its number."), F, numbers.celsius),
    "times_less": Check(_("Times less"), _("Something reduced by a multiple of itself."), D, numbers.times_less),
    "names": Check(_("Names that differ"), _("A person's name in two spellings that sound alike."), D, names.differing),
    "shares": Check(_("Shares"), _("Shares in one sentence that do not add up to 100%."), D, sums.shares),
    "growth": Check(_("Growth"), _("A percentage that the two numbers beside it do not give."), D, sums.growth),
    "mistaken_words": Check(
        _("Words often mistaken"), _("A word that is commonly written wrong: 己经 for 已经."), W, usual.mistaken
    ),
    "word_forms": Check(
        _("Forms of words"), _("A form for which another is usual now: 帐号, 成份."), F, usual.variants
    ),
    "captions": Check(_("Captions"), _("A picture without a caption."), W, completeness.captions),
    "credits": Check(
        pgettext_lazy("of pictures", "Credits"), _("A picture without a credit."), W, completeness.credits
    ),
    "lead_in": Check(_("Lead-in"), _("A dispatch without its agency, place or day."), D, completeness.lead_in),
    "headline_length": Check(
        _("Headline length"), _("A headline over the house's length."), F, completeness.headline_length
    ),
    "forbidden_words": Check(_("Words not printed"), _("A word that the house does not print."), W, house.forbidden),
    "preferred_words": Check(_("Preferred words"), _("A word that the house writes otherwise."), F, house.preferred),
}
MOST_FINDINGS = 300
AS_DELIVERED = frozenset(code for code, check in CHECKS.items() if check.is_on)


@dataclass(frozen=True)
class Finding:
    """A slip with the code of the check that found it."""

    check: str
    slip: Slip

    @property
    def where(self) -> Where:
        return self.slip.where

    @property
    def is_grave(self) -> bool:
        """Whether it is wrong in any case, a word that the house does not print among that."""
        return CHECKS[self.check].severity == Severity.WRONG


def check_copy(copy: StoryCopy, on: Collection[str] = AS_DELIVERED) -> list[Finding]:
    """What the checks in `on` find in `copy`, in the order of the text: the deck, the body, pictures. The first
    `MOST_FINDINGS`: whoever has so many mends the text otherwise.
    """
    order = {field: number for number, field in enumerate(dict.fromkeys(passage.field for passage in copy.passages))}
    used = [(code, check) for code, check in CHECKS.items() if code in on]
    found = [Finding(code, slip) for code, check in used for slip in islice(check.find(copy), MOST_FINDINGS)]
    return sorted(found, key=lambda f: (order.get(f.where.field, len(order)), f.where.block, f.where.start))[
        :MOST_FINDINGS
    ]
