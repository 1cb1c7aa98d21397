"""How often the proofreading aid errs: false alarms on clean copy, and what it finds of planted slips.

Clean copy is the demo's stories and, where NEWSROOM_PAGES names the folder, printed and made-up pages with their
truth. Every second text is held out from adjusting the checks, as far as `docs/proofreading.md` says. Prints one
row a check.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
sys.path[:0] = [str(ROOT)]

from articles.proofreading.checks import CHECKS, Finding, check_copy  # noqa: E402
from articles.proofreading.copy import DECK, Passage, StoryCopy  # noqa: E402
from articles.text.body import blocks  # noqa: E402
from newsroom.demo import content  # noqa: E402
from scripts.planted_slips import Planted, planted  # noqa: E402

DAY = datetime.date(2024, 3, 7)
SEED = 15835


class CleanCopy(NamedTuple):
    """A text that was read for the press, where it is from, and whether it is held out."""

    source: str
    copy: StoryCopy
    is_held_out: bool

    @property
    def characters(self) -> int:
        return sum(len(passage.text) for passage in self.copy.passages)


def demo_stories() -> Iterator[StoryCopy]:
    for story in content.read_stories().values():
        deck = [Passage(name, 0, content.with_dates(story[name], DAY)) for name in DECK if story[name]]
        body = blocks(content.with_dates(story["body"], DAY))
        passages = [Passage("body", number, block.text, block.kind) for number, block in enumerate(body)]
        yield StoryCopy((*deck, *passages), DAY)


def pages(paths: Iterable[Path]) -> Iterator[StoryCopy]:
    """The stories of pages as their truth has them, with whatever slips were printed."""
    for path in sorted(paths):
        for story in json.loads(path.read_text(encoding="utf-8"))["articles"]:
            headline = "\n".join(story.get("headline") or [])
            body = [Passage("body", number, text, "p") for number, text in enumerate(story["paragraphs"])]
            yield StoryCopy((*([Passage("headline", 0, headline)] if headline else []), *body), DAY)


def own_stories(path: Path, day: datetime.date) -> Iterator[StoryCopy]:
    """The stories of a text file: a paragraph a line, a line left empty between two stories."""
    for story in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [line.strip() for line in story.splitlines() if line.strip()]
        yield StoryCopy(tuple(Passage("body", number, line, "p") for number, line in enumerate(lines)), day)


def clean_copy() -> list[CleanCopy]:
    """All the clean copy there is here, every second text held out."""
    texts = [("demo", copy) for copy in demo_stories()]
    folder = os.environ.get("NEWSROOM_PAGES")
    if folder:
        texts += [("a printed page", copy) for copy in pages(Path(folder).glob("*.truth.json"))]
        texts += [("made-up pages", copy) for copy in pages(Path(folder).glob("*/*.truth.json"))]
    return [CleanCopy(source, copy, number % 2 == 1) for number, (source, copy) in enumerate(texts)]


def alarms(texts: list[CleanCopy]) -> list[Finding]:
    """What all checks together say of clean copy, those that are delivered off among them."""
    return [finding for text in texts for finding in check_copy(text.copy, CHECKS)]


def is_found(slip: Planted, check: str) -> bool:
    """Whether a finding of the check touches the place of the slip. Of a pair of marks the one that is left is
    reported, wherever it stands in the paragraph.
    """
    here = [
        f.where for f in check_copy(slip.copy, [check]) if (f.where.field, f.where.block) == (slip.field, slip.block)
    ]
    return any(check == "brackets" or (at.start <= slip.end + 1 and at.end >= slip.start - 1) for at in here)


def recall(check: str, copies: list[StoryCopy], how_many: int) -> tuple[int, int]:
    """(found, planted) of slips of one check's kind."""
    # Where a listed word was made forbidden or preferred by chance, either check counts.
    either = ["forbidden_words", "preferred_words"]
    checks = either if check in either else [check]
    slips = list(planted(check, copies, how_many, SEED))
    return sum(any(is_found(slip, one) for one in checks) for slip in slips), len(slips)


def milliseconds(copy: StoryCopy) -> float:
    """The time of all default checks, the best of five."""

    def once() -> float:
        begun = time.perf_counter()
        check_copy(copy)
        return time.perf_counter() - begun

    return min(once() for _ in range(5)) * 1000


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


def say_alarms(texts: list[CleanCopy], show: bool) -> None:
    """One line a source and half: how many alarms of the checks that are on as delivered."""
    on = {code for code, check in CHECKS.items() if check.is_on}
    for source in dict.fromkeys(text.source for text in texts):
        for held_out in (False, True):
            these = [t for t in texts if t.source == source and t.is_held_out == held_out]
            found, size = alarms(these), sum(t.characters for t in these)
            count = sum(f.check in on for f in found)
            half = ", held out" if held_out else ""
            say(f"{source}{half}: {size} characters, {count} alarms, {count / size * 10000:.2f} in 10,000")
            for finding in found if show else []:
                say(f"    {finding.check} {finding.slip.quote!r} {finding.slip.message}")


def say_own(texts: list[CleanCopy], show: bool) -> None:
    """The alarms of the checks that are on as delivered on a text of one's own, one line a check."""
    found = [finding for text in texts for finding in check_copy(text.copy)]
    size = sum(text.characters for text in texts)
    say(f"{size} characters, {len(found)} alarms, {len(found) / size * 10000:.2f} in 10,000")
    for check, count in Counter(finding.check for finding in found).most_common():
        say(f"  {check}: {count}")
        for finding in found if show else []:
            if finding.check == check:
                say(f"    {finding.slip.quote!r} {finding.slip.message}")


def say_recall(texts: list[CleanCopy], each: int) -> None:
    """One row a check: its alarms on all clean copy, and what it finds of slips planted into held-out copy."""
    size = sum(text.characters for text in texts)
    by_check = Counter(finding.check for finding in alarms(texts))
    copies = [text.copy for text in texts if text.copy.running and text.is_held_out]
    say("| check | alarms in 10,000 characters | found of planted |\n|---|---|---|")
    for code in CHECKS:
        found, of = recall(code, copies, each)
        say(f"| {code} | {by_check[code] / size * 10000:.2f} | {found / of:.1%} of {of} |")


def long_copy(texts: list[CleanCopy], characters: int) -> StoryCopy:
    """A story of about so many characters out of the paragraphs of many."""
    taken: list[Passage] = []
    for passage in (passage for text in texts for passage in text.copy.running):
        if sum(len(other.text) for other in taken) < characters:
            taken.append(Passage("body", len(taken), passage.text, "p"))
    return StoryCopy(tuple(taken), DAY)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=200, help="slips planted of each kind")
    parser.add_argument("--show", action="store_true", help="show each alarm, held-out copy too")
    parser.add_argument("--own", type=Path, help="measure the alarms on this text alone: a paragraph a line")
    parser.add_argument("--day", type=datetime.date.fromisoformat, default=DAY, help="the day from which it counts")
    asked = parser.parse_args()
    if asked.own:
        say_own([CleanCopy(asked.own.name, copy, False) for copy in own_stories(asked.own, asked.day)], asked.show)
        return
    texts = clean_copy()
    say_alarms(texts, asked.show)
    say_recall(texts, asked.each)
    copy = long_copy(texts, 5000)
    say(f"{sum(len(p.text) for p in copy.passages)} characters: {milliseconds(copy):.0f} ms")


if __name__ == "__main__":
    import django

    django.setup()
    main()
