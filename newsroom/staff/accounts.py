"""Accounts are given by an administrator: nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest

from newsroom.staff.models import User
from newsroom.staff.subscriptions import end_address


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes sign-up; signing in, out, throttling and password change stay the library's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: User, password: str) -> None:
        """Set it; the secret address of their calendar, which ends with it, ends with a row in the trail."""
        with transaction.atomic():
            end_address(user, acting_user=user)
            super().set_password(user, password)
