"""The Django admin of the people and the trail."""

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group

from newsroom.staff.admin import people, trail

# Rights come from roles and the rules alone: Django's groups and the library's address book would be a
# second way to them.
admin.site.unregister([Group, EmailAddress])

__all__ = ["people", "trail"]
