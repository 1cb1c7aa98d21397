"""Say what to open and who to sign in as."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from newsroom.demo.load import PASSWORD
from newsroom.staff.models import User
from newsroom.staff.roles import Role


class Command(BaseCommand):
    help = "Print the addresses of this installation, and the demo's people where it has them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="where the server answers, as http://127.0.0.1:8000")

    def handle(self, *_args: Any, address: str, **_options: Any) -> None:
        self.stdout.write(f"\n  Read        {address}/            in English {address}/en/")
        self.stdout.write(f"  The desk    {address}/desk/       in English {address}/en/desk/")
        self.stdout.write(f"  The admin   {address}/admin/\n")
        users = {user.username: user for user in User.objects.filter(username__in=DEMO_PEOPLE)}
        if len(users) == len(DEMO_PEOPLE) and users["reporter"].check_password(PASSWORD):
            self.stdout.write(f"  Sign in with the password {PASSWORD} as")
            for username, role in DEMO_PEOPLE.items():
                self.stdout.write(f"    {username:<14}{role.label}  {users[username].name}")
        self.stdout.write("\n  Ctrl-C stops it.\n")


DEMO_PEOPLE = {
    "reporter": Role.REPORTER,
    "photographer": Role.PHOTOGRAPHER,
    "editor": Role.SECTION_EDITOR,
    "chief": Role.DESK_CHIEF,
    "duty": Role.EDITOR_IN_CHIEF,
    "designer": Role.PAGE_DESIGNER,
    "proofreader": Role.PROOFREADER,
    "admin": Role.ADMINISTRATOR,
}
