"""Fill an empty installation with a newsroom to try things out in."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsroom.demo.load import is_empty, load_demo


class Command(BaseCommand):
    help = "Load the demo newsroom: a fictional city daily with people, stories, photos and three editions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing where a newspaper is set up")

    def handle(self, *_args: Any, if_empty: bool, **_options: Any) -> None:
        if is_empty():
            self.stdout.write("Loading the demo newsroom; drawing its pictures takes a while …")
            load_demo()
            self.stdout.write("The demo newsroom is loaded.")
        elif not if_empty:
            raise CommandError("A newspaper is set up here already; the demo is for an empty database.")
