"""The log of reads is counted: each line once, whatever is killed or rotated meanwhile."""

from __future__ import annotations

import contextlib
import datetime
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils import timezone, translation

from articles.models import CountedReads, ReadCount
from articles.models.readership import EVERYTHING, no_hours
from articles.readership.log import Read, parse

# Some forty thousand lines: a second of work at the most, then the counts are written.
MOST_BYTES = 2 * 1024 * 1024
_LONGEST_KEY = 100


class Subject(NamedTuple):
    """What was read on one day: see `ReadCount`."""

    kind: str
    key: str
    day: datetime.date


def count_reads(log: Path) -> int:
    """Count what came into the log since the last time, `MOST_BYTES` of it at the most; how many reads it was.

    The counts and how far they go are written in one transaction under a lock, so that nothing counts twice.
    """
    with transaction.atomic():
        CountedReads.objects.get_or_create(pk=CountedReads.THE_ONE)
        place = CountedReads.objects.select_for_update().get(pk=CountedReads.THE_ONE)
        lines = _lines_after(place, log)
        counted = _by_subject(read for line in lines if (read := parse(line)))
        add_reads(counted)
        place.save()
    return sum(map(sum, counted.values()))


def subject_of(read: Read) -> Subject | None:
    """What of the paper was read; None for an address that no page of the reading site has."""
    try:
        with translation.override(settings.LANGUAGE_CODE):
            match = resolve(read.path)
    except Resolver404:
        return None
    # Public addresses say what it is first and then which: /stories/17/, /paper/2026-11-26/2/.
    key = "/".join(read.path.strip("/").split("/")[1:])
    if match.namespace != "reading" or match.url_name is None or len(key) > _LONGEST_KEY:
        return None
    return Subject(match.url_name, key, timezone.localtime(read.at).date())


def _lines_after(place: CountedReads, log: Path) -> list[str]:
    """The whole lines that come after `place`, which is moved behind them. What is left of a file that was rotated
    away comes first; of one that was emptied all of it is new.
    """
    file = _file_at(place, log)
    if file is None:
        return []
    with file.open("rb") as opened:
        status = os.fstat(opened.fileno())
        name = f"{status.st_dev}:{status.st_ino}"
        if name != place.file or status.st_size < place.offset:
            place.file, place.offset = name, 0
        opened.seek(place.offset)
        read = opened.read(MOST_BYTES)
    is_over = file != log and place.offset + len(read) >= status.st_size
    # Nothing comes behind the last line of a file that was rotated away, whole or not.
    whole = read if is_over else read[: read.rfind(b"\n") + 1]
    place.offset += len(whole)
    return whole.decode("utf-8", errors="replace").splitlines()


def _file_at(place: CountedReads, log: Path) -> Path | None:
    """The file to read on in: the one that was read last as long as something of it is left, then those that came
    after it, in the end the log.
    """
    files = sorted(_rotated(log), key=lambda one: one[1].st_mtime)
    names = [f"{status.st_dev}:{status.st_ino}" for _file, status in files]
    if place.file in names:
        at = names.index(place.file)
        is_counted = files[at][1].st_size <= place.offset
        for file, _status in files[at + is_counted :]:
            return file
    return log if log.exists() else None


def _rotated(log: Path) -> Iterator[tuple[Path, os.stat_result]]:
    for file in log.parent.glob(f"{log.name}[.-]*"):
        # It may be taken away or packed at this moment.
        with contextlib.suppress(FileNotFoundError):
            yield file, file.stat()


def _by_subject(reads: Iterable[Read]) -> dict[Subject, list[int]]:
    counted: dict[Subject, list[int]] = defaultdict(no_hours)
    for read in reads:
        subject = subject_of(read)
        if subject is not None:
            counted[subject][timezone.localtime(read.at).hour] += 1
    return counted


def add_reads(counted: Mapping[Subject, Sequence[int]]) -> None:
    """Add reads by the hour to what was counted of each subject, and of everything on its day: the only writer of
    `ReadCount`. Whoever calls it holds the lock of the place, or is alone.
    """
    added: dict[Subject, list[int]] = defaultdict(no_hours)
    for subject, hours in counted.items():
        for one in (subject, Subject(EVERYTHING, "", subject.day)):
            added[one] = [before + more for before, more in zip(added[one], hours, strict=True)]
    rows = {
        Subject(row.kind, row.key, row.day): row
        for row in ReadCount.objects.filter(
            day__in={subject.day for subject in added}, key__in={subject.key for subject in added}
        )
    }
    for subject, hours in added.items():
        row = rows.setdefault(subject, ReadCount(**subject._asdict()))
        row.by_hour = [before + more for before, more in zip(row.by_hour, hours, strict=True)]
        row.count = sum(row.by_hour)
    changed = [rows[subject] for subject in added]
    known, new = [row for row in changed if row.pk], [row for row in changed if not row.pk]
    ReadCount.objects.bulk_create(new)
    ReadCount.objects.bulk_update(known, ["count", "by_hour"], batch_size=500)
