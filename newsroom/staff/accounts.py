"""Accounts are given by an administrator: nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes sign-up; signing in, out, throttling and password change stay the library's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
