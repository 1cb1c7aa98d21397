"""The house's word list: kept as rows, read as one automaton a process, taken in from a spreadsheet."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum, auto

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles import rules
from articles.errors import Incomplete, NotAllowed
from articles.importing.wordlist import SheetRow
from articles.models import HouseWord, ProofreadingSwitch, Title
from articles.models.proofreading import WordKind
from articles.proofreading.checks import AS_DELIVERED, CHECKS
from articles.proofreading.copy import DECK
from articles.proofreading.wording import WordList
from newsroom.staff import audit
from newsroom.staff.acts import Act
from newsroom.staff.models import User

# What a spreadsheet may call a kind.
_KINDS: Mapping[str, WordKind] = {
    "": WordKind.PREFERRED,
    **dict.fromkeys(("preferred", "推荐", "慎用", "替换", "建议"), WordKind.PREFERRED),
    **dict.fromkeys(("forbidden", "禁用", "禁止", "不用"), WordKind.FORBIDDEN),
}
_FIELDS = ("kind", "replacements", "note", "exceptions")
# The list that this process read last, under its generation.
_read: tuple[int, WordList] | None = None


@dataclass(frozen=True)
class HouseStyle:
    """What the house sets for the checks: which are on, the most characters of headlines, its words."""

    on: frozenset[str]
    limits: Mapping[str, int]
    words: WordList


def house_style() -> HouseStyle:
    """The house's settings as they stand. Two queries, three after a change of the words."""
    title = Title.objects.first()
    switches = dict(ProofreadingSwitch.objects.values_list("check_code", "is_on"))
    on = frozenset(code for code in CHECKS if switches.get(code, code in AS_DELIVERED))
    limits = {name: getattr(title, f"{name}_limit") for name in DECK} if title else {}
    words = _words_of(title.word_list_generation) if title else WordList()
    return HouseStyle(on, {name: limit for name, limit in limits.items() if limit is not None}, words)


def _words_of(generation: int) -> WordList:
    """The word list of a generation: read once a process."""
    global _read
    read = _read
    if read is None or read[0] != generation:
        _read = read = (generation, WordList(word.listed for word in HouseWord.objects.filter(is_used=True)))
    return read[1]


def begin_generation() -> None:
    """Let every process read the word list anew, inside the transaction that changed it."""
    Title.objects.update(word_list_generation=secrets.randbits(62))


class Outcome(StrEnum):
    """What comes of one row of a spreadsheet."""

    ADDED = auto()
    CHANGED = auto()
    UNCHANGED = auto()
    WRONG = auto()


@dataclass(frozen=True)
class PlannedRow:
    """One row of a spreadsheet with what comes of it, and why where it cannot come in."""

    row: SheetRow
    outcome: Outcome
    word: HouseWord
    problems: Sequence[str] = ()


@dataclass(frozen=True)
class ImportPlan:
    """What a spreadsheet would do to the word list, row by row."""

    rows: list[PlannedRow] = field(default_factory=list)

    def of(self, outcome: Outcome) -> list[PlannedRow]:
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def added(self) -> list[PlannedRow]:
        return self.of(Outcome.ADDED)

    @property
    def changed(self) -> list[PlannedRow]:
        return self.of(Outcome.CHANGED)

    @property
    def unchanged(self) -> list[PlannedRow]:
        return self.of(Outcome.UNCHANGED)

    @property
    def wrong(self) -> list[PlannedRow]:
        return self.of(Outcome.WRONG)


def plan_import(rows: Sequence[SheetRow]) -> ImportPlan:
    """What `rows` would do to the list as it stands. Nothing is written. One query for every 500 rows."""
    standing = {word.word: word for word in HouseWord.objects.all()}
    seen: dict[str, int] = {}
    return ImportPlan([_planned(row, standing, seen) for row in rows])


def _planned(row: SheetRow, standing: Mapping[str, HouseWord], seen: dict[str, int]) -> PlannedRow:
    kind = _KINDS.get(row.kind.lower())
    wanted = {"kind": kind, "replacements": row.replacements, "note": row.note, "exceptions": row.exceptions}
    known = standing.get(row.word)
    word = HouseWord(pk=known.pk if known else None, word=row.word, is_used=True, **wanted)
    problems = [*_problems(word, row), *_seen_before(row, seen)]
    seen.setdefault(row.word, row.number)
    if problems:
        return PlannedRow(row, Outcome.WRONG, word, problems)
    if known is None:
        return PlannedRow(row, Outcome.ADDED, word)
    same = known.is_used and all(getattr(known, name) == wanted[name] for name in _FIELDS)
    return PlannedRow(row, Outcome.UNCHANGED if same else Outcome.CHANGED, word)


def _problems(word: HouseWord, row: SheetRow) -> list[str]:
    """Why the row is no entry."""
    if word.kind is None:
        return [_("“%(kind)s” is no kind: write 禁用 or 推荐.") % {"kind": row.kind}]
    try:
        word.clean_fields(exclude=["id"])
    except ValidationError as error:
        return [f"{_label(name)}: {' '.join(texts)}" for name, texts in error.message_dict.items()]
    if row.word in word.listed.replacements:
        return [_("The word is its own replacement.")]
    return []


def _label(name: str) -> str:
    return str(HouseWord._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _seen_before(row: SheetRow, seen: Mapping[str, int]) -> list[str]:
    if row.word and row.word in seen:
        return [_("The word stands in row %(number)s already.") % {"number": seen[row.word]}]
    return []


def import_words(rows: Sequence[SheetRow], *, acting_user: User) -> ImportPlan:
    """Take `rows` into the list: all of them, or none where one is wrong. Administrators.

    Words that the spreadsheet does not name stay as they are. Raises NotAllowed, and Incomplete naming the rows.
    """
    if not rules.can_administer(acting_user):
        raise NotAllowed
    with transaction.atomic():
        title = Title.objects.select_for_update().get()
        plan = plan_import(rows)
        if plan.wrong or not plan.rows:
            raise Incomplete(
                _("Nothing was taken in: mend these rows first: %(rows)s") % {"rows": _numbers(plan.wrong)}
            )
        HouseWord.objects.bulk_create([row.word for row in plan.added], batch_size=2000)
        changed = [row.word for row in plan.changed]
        HouseWord.objects.bulk_update(changed, [*_FIELDS, "is_used"], batch_size=500)
        if plan.added or changed:
            begin_generation()
            counts = {"words_added": len(plan.added), "words_changed": len(changed)}
            audit.record(acting_user, Act.SETTINGS_EDIT, title, **counts)
    return plan


def _numbers(rows: Sequence[PlannedRow]) -> str:
    return ", ".join(str(row.row.number) for row in rows[:20]) or "—"
