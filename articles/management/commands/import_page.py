"""Read a printed page's text back into stories."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from articles.errors import Refusal
from articles.importing.load import PageSource, load_page
from articles.importing.parse import ParsedPage, parse_page
from articles.models import Section
from newsroom.staff.models import User


class Command(BaseCommand):
    help = "Read the text of a printed page (UTF-8) and make a draft of each piece on it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the page's text as it comes out of its PDF")
        parser.add_argument("--json", action="store_true", help="print what was understood and write nothing")
        parser.add_argument("--edition", type=_date, default=None, help="the edition's date, 2024-03-07; else today")
        parser.add_argument("--page", type=int, default=None, help="the page's order in it")
        parser.add_argument("--section", default="", help="address of the section to file under; the first if left out")
        parser.add_argument("--as", dest="username", default="", help="who files the drafts")

    def handle(self, *_args: Any, file: Path, **options: Any) -> None:
        page = self._read(file)
        if options["json"]:
            self.stdout.write(json.dumps(page.as_json(), ensure_ascii=False, indent=1))
            return
        user, section = self._user(options["username"]), self._section(options["section"])
        source = PageSource(options["edition"] or timezone.localdate(), options["page"])
        try:
            drafts = load_page(page, source, section, acting_user=user)
        except (Refusal, ValidationError) as refused:
            raise CommandError(str(refused)) from refused
        for draft in drafts:
            self.stdout.write(f"{draft.pk}  {draft}  {len(draft.import_doubts)} doubts")
        for line in page.unplaced:
            self.stdout.write(f"not placed: {line}")

    def _read(self, file: Path) -> ParsedPage:
        try:
            return parse_page(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file}: {error}") from error

    def _user(self, username: str) -> User:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"No such person: {username or '--as is missing'}")
        return user

    def _section(self, slug: str) -> Section:
        sections = Section.objects.filter(slug=slug) if slug else Section.objects.all()
        section = sections.first()
        if section is None:
            raise CommandError(f"No such section: {slug}")
        return section


def _date(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
