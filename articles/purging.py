"""What stands between origin and readers is told what to forget: a CDN by keys, the web server by one link, a
WebSub hub by the feeds to fetch again.

An order is a row, written in the transaction that publishes or withdraws, so it is neither lost nor given for what
was rolled back. The clock sends it, and again with growing pauses until it is confirmed; it is never given up. CDN
and hub are told a second time a little later, for what was fetched between the first order and the end of the web
server's own second. The public store is cleared at once, and by the clock where that failed.
"""

from __future__ import annotations

import datetime
import fcntl
import json
import os
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import get_random_string

from articles.addresses import absolute
from articles.models import Purge
from articles.models.purge import Receiver
from articles.public import files as public_files
from articles.public.feed_formats import FeedFormat
from articles.public.feeds import feed_address
from articles.public.surrogates import feed_of

# Seconds until the next attempt, by how many have failed; the last one again and again.
PAUSES = (1, 5, 15, 60, 300)
# How long after the first order the second one goes out.
AGAIN_AFTER = datetime.timedelta(seconds=5)
CONFIRMATIONS = 2
# How long whoever takes something away has for clearing the public store, before the clock does it.
CLEARED_WITHIN = datetime.timedelta(seconds=5)
# How long a process has for what it took up before another one takes it.
TAKEN_FOR = datetime.timedelta(minutes=2)
TIMEOUT_SECONDS = 10
# As many as every CDN takes in one call.
MOST_IN_A_CALL = 30
# In the public store: a link whose target names the last time something was taken away from readers.
EPOCH = "epoch"


@dataclass
class Change:
    """What one transaction changes of what readers see, gathered until `order` at its end.

    `stories` are the numbers of those that appeared, changed or went, `keys` the surrogate keys of what shows it.
    `takes_away` says that readers could see something that they are to see no more; `files` are addresses of pictures
    and printed pages shown until then, `photos` the numbers of the photos among them.
    """

    keys: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    photos: set[int] = field(default_factory=set)
    stories: set[int] = field(default_factory=set)
    takes_away: bool = False


def is_somebody_told() -> bool:
    """Whether there is anybody for whom the keys of a change have to be found out."""
    return bool(settings.CDN_PURGE_URL or settings.WEBSUB_HUB)


def order(change: Change) -> None:
    """Let the public store, CDN and hub, where there are any, forget what shows the change: one order each, inside the
    transaction of the change.
    """
    keys, files, now = sorted(change.keys), sorted(change.files), timezone.now()
    if settings.CDN_PURGE_URL and (keys or files):
        Purge.objects.create(receiver=Receiver.CDN, keys=keys, files=files, ordered_at=now, due_at=now)
    of_feeds = [key for key in keys if feed_of(key)]
    if settings.WEBSUB_HUB and of_feeds:
        Purge.objects.create(receiver=Receiver.HUB, keys=of_feeds, ordered_at=now, due_at=now)
    if change.takes_away:
        clearing = Purge.objects.create(
            receiver=Receiver.STORE,
            files=files,
            photos=sorted(change.photos),
            ordered_at=now,
            due_at=now + CLEARED_WITHIN,
        )
        transaction.on_commit(lambda: _clear_at_once(clearing), robust=True)


def _clear_at_once(purge: Purge) -> None:
    """Whoever took something away does not wait for the clock, which comes where this breaks off."""
    _clear(purge)
    purge.delete()


def _clear(purge: Purge) -> None:
    try:
        public_files.remove_unused(purge.photos, purge.files)
    finally:
        _renew_epoch()


def ensure_epoch() -> None:
    """Make the link where there is none yet: without it the web server finds no name for what it keeps."""
    if not os.path.lexists(storages["public"].path(EPOCH)):
        _renew_epoch()


def _renew_epoch() -> None:
    """Let the web server forget every page it keeps: something that readers could see is taken away from them.

    Its cache is named by where a link in the public store leads. So nothing from before is given out any more,
    even where the application does not answer.
    """
    root = Path(storages["public"].path(""))
    root.mkdir(parents=True, exist_ok=True)
    with _alone_in(root):
        # Beside the link: the web server reads every folder on the way, for each page that somebody asks for.
        target = root / f"{EPOCH}-{timezone.now():%Y%m%dT%H%M%S}-{get_random_string(8)}"
        target.mkdir()
        link = root / f".{target.name}"
        link.symlink_to(target.name)
        os.replace(link, root / EPOCH)
        _remove_others(root, target)


@contextmanager
def _alone_in(root: Path) -> Iterator[None]:
    """No other process renews the link meanwhile: of two, each would remove where the other's link leads."""
    with (root / f".{EPOCH}.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _remove_others(root: Path, target: Path) -> None:
    for old in root.glob(f"{EPOCH}-*"):
        if old != target:
            old.rmdir()


def send_due(
    *receivers: Receiver, clock: Callable[[], datetime.datetime] = timezone.now
) -> tuple[list[Purge], list[str]]:
    """Send what is due to these receivers, to one after the other: the orders that were confirmed, and a line for each
    that was not. What else waits for a receiver that failed is left for the next time.
    """
    sent, problems = [], []
    for receiver in receivers:
        due = Purge.objects.filter(receiver=receiver, due_at__lte=clock()).order_by("due_at", "pk")
        for number in list(due.values_list("pk", flat=True)):
            purge = _take_up(number, clock())
            if purge is None:
                continue
            try:
                _send(purge)
            except (OSError, HTTPException, ValueError) as error:
                problems.append(f"purge {number}: {type(error).__name__} {error}")
                _note_failed(purge, clock())
                break
            _note_confirmed(purge, clock())
            sent.append(purge)
    return sent, problems


def _take_up(number: int, now: datetime.datetime) -> Purge | None:
    """The order, if no other process has it; who is cut off with it leaves it to the next after a while."""
    with transaction.atomic():
        due = Purge.objects.select_for_update(skip_locked=True).filter(pk=number, due_at__lte=now)
        purge = due.first()
        if purge is not None:
            Purge.objects.filter(pk=number).update(due_at=now + TAKEN_FOR)
    return purge


def _note_failed(purge: Purge, now: datetime.datetime) -> None:
    pause = datetime.timedelta(seconds=PAUSES[min(purge.tries, len(PAUSES) - 1)])
    Purge.objects.filter(pk=purge.pk).update(tries=F("tries") + 1, due_at=now + pause)


def _note_confirmed(purge: Purge, now: datetime.datetime) -> None:
    if purge.receiver == Receiver.STORE:
        _note_cleared(purge)
    elif purge.confirmed + 1 >= CONFIRMATIONS:
        Purge.objects.filter(pk=purge.pk).delete()
    else:
        Purge.objects.filter(pk=purge.pk).update(confirmed=F("confirmed") + 1, tries=0, due_at=now + AGAIN_AFTER)


def _note_cleared(purge: Purge) -> None:
    """A CDN was told before, and may have fetched the files again since."""
    with transaction.atomic():
        Purge.objects.filter(pk=purge.pk).delete()
        order(Change(files=set(purge.files)))


def _send(purge: Purge) -> None:
    """Raises OSError, HTTPException or ValueError where the receiver does not say that it has done it."""
    _SENDERS[Receiver(purge.receiver)](purge)


def _send_to_cdn(purge: Purge) -> None:
    for keys in _in_calls(purge.keys):
        _call({"tags": keys}, {"Surrogate-Key": " ".join(keys)})
    for files in _in_calls(purge.files):
        _call({"files": [absolute(file) for file in files]}, {})


def _send_to_hub(purge: Purge) -> None:
    """As publishers tell hubs since PubSubHubbub 0.3; WebSub leaves it to them. A hub that was taken out of the
    settings is told nothing more.
    """
    names = [name for key in purge.keys if (name := feed_of(key))]
    topics = [absolute(feed_address(name, form)) for name in names for form in FeedFormat]
    for some in _in_calls(topics) if settings.WEBSUB_HUB else ():
        form = urlencode([("hub.mode", "publish"), *(("hub.url", topic) for topic in some)])
        _post(settings.WEBSUB_HUB, form.encode(), {"Content-Type": "application/x-www-form-urlencoded"})


def _in_calls(things: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(things), MOST_IN_A_CALL):
        yield things[start : start + MOST_IN_A_CALL]


def _call(body: dict[str, Any], headers: dict[str, str]) -> None:
    said = {"Content-Type": "application/json", **headers}
    if settings.CDN_PURGE_TOKEN:
        said["Authorization"] = f"Bearer {settings.CDN_PURGE_TOKEN}"
    _refuse_failure(_post(settings.CDN_PURGE_URL, json.dumps(body).encode(), said))


class _NowhereElse(urllib.request.HTTPRedirectHandler):
    """Who is sent on has told nobody yet, and would hand the token to whoever is there."""

    def redirect_request(self, *_redirection: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NowhereElse)


def _post(url: str, body: bytes, headers: dict[str, str]) -> bytes:
    """What is answered. Raises OSError or HTTPException where that is no 2xx, a redirect for one."""
    request = urllib.request.Request(  # noqa: S310 (http or https: the settings see to it)
        url, body, {"User-Agent": "newsroom", **headers}, method="POST"
    )
    with _OPENER.open(request, timeout=TIMEOUT_SECONDS) as answer:
        return bytes(answer.read(100_000))


def _refuse_failure(answer: bytes) -> None:
    """Some CDNs answer 200 and say in the JSON that nothing was done. Raises ValueError."""
    if answer.lstrip().startswith(b"{") and json.loads(answer).get("success") is False:
        raise ValueError(answer[:200].decode(errors="replace"))


_SENDERS = {Receiver.STORE: _clear, Receiver.CDN: _send_to_cdn, Receiver.HUB: _send_to_hub}
