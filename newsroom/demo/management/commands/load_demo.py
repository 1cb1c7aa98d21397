"""Fill an empty installation with a newsroom to try things out in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.errors import Refusal
from editions.typeset.fonts import FontsMissing, check_fonts
from newsroom.demo.load import is_empty, load_demo


class Command(BaseCommand):
    help = "Load the demo newsroom: a fictional city daily with people, stories, photos and three editions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing where a newspaper is set up")

    def handle(self, *_args: Any, if_empty: bool, **_options: Any) -> None:
        if is_empty():
            self.stdout.write("Loading the demo newsroom; drawing its pictures and setting its pages takes a while …")
            _load()
            self.stdout.write("The demo newsroom is loaded: two editions are out, tomorrow's is being made.")
        elif not if_empty:
            raise CommandError("A newspaper is set up here already; the demo is for an empty database.")


def _load() -> None:
    try:
        check_fonts(settings.FONTS)
        load_demo()
    except (FontsMissing, Refusal) as refused:
        raise CommandError(str(refused)) from refused
