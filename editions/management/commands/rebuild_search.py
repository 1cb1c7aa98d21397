"""Bring the search index in line with what is published: after an update, or for a new search server."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.search import index
from articles.search.server import deliver
from articles.search.stores import StoreFailed
from editions.reading.printed import page_tokens


class Command(BaseCommand):
    help = (
        "Write the stories of which the search index says nothing or not what readers see, the newest first, and tell "
        "the search server. Can be broken off and called again: it goes on where it stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="write every story anew")

    def handle(self, *_args: Any, all: bool, **_options: Any) -> None:
        done, last = 0, None
        while batch := list(index.behind(all_of_them=all, below=last)[: index.BATCH]):
            index.write_batch(batch, page_tokens)
            done, last = done + len(batch), batch[-1].number
            self.stdout.write(f"{done} stories, down to number {last}")
        try:
            told = deliver()
        except StoreFailed as failure:
            raise CommandError(f"{done} stories written; the search server could not be told: {failure}") from failure
        self.stdout.write(f"{done} stories written" + (f", {told} told to the search server" if told else ""))
