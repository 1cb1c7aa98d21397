"""The people who work here and what they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from newsroom.staff.roles import ADMIN_SITE_ROLES, SECTION_ROLES, Role


class StaffManager(UserManager["User"]):
    """Makes people; a superuser made on the command line is an administrator like any other."""

    def create_superuser(
        self, username: str, email: str | None = None, password: str | None = None, **extra: Any
    ) -> User:
        user = self.create_user(username, email, password, **{"name": username, **extra})
        RoleGrant.objects.create(user=user, role=Role.ADMINISTRATOR)
        return user

    def _create_user_object(self, username: str, email: str | None, password: str | None, **extra: Any) -> User:
        # Who is staff follows from the roles, so it is not a thing to store.
        for derived in ("is_staff", "is_superuser"):
            extra.pop(derived, None)
        user: User = super()._create_user_object(username, email, password, **extra)  # type: ignore[misc]
        return user


class User(AbstractUser):
    """Somebody with an account. A correspondent (通讯员) has none: see `articles.models.Contributor`."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=80)
    # What is sent to them is written in it; the pages of the desk have theirs in the address.
    language = models.CharField(
        _("language of mails"), max_length=10, choices=settings.DESK_LANGUAGES, default=settings.LANGUAGE_CODE
    )
    # What the secret address of their calendar is made of; None where they have none. `newsroom.staff.subscriptions`.
    calendar_seed = models.UUIDField(_("secret address of the calendar"), null=True, editable=False)

    objects: ClassVar[StaffManager] = StaffManager()  # type: ignore[assignment]
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name or self.username

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """With a new password, whoever sets it and by whatever way, the secret address of the calendar ends: it was
        perhaps why it is changed. A password that is only hashed anew is no new one.
        """
        if self._password is not None:  # type: ignore[attr-defined]
            self.calendar_seed = None
            update_fields = update_fields if update_fields is None else {*update_fields, "calendar_seed"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @cached_property
    def grants(self) -> frozenset[tuple[str, int | None]]:
        """Every (role, section id) this person holds, those handed over to them now among them; the section is
        None where the role has none. One query.
        """
        if not self.is_active:
            return frozenset()
        now = timezone.now()
        handed_over = self.taken_over.in_force(now).order_by().values_list("role", "section_id")  # type: ignore[attr-defined]
        return frozenset(self.role_grants.order_by().values_list("role", "section_id").union(handed_over))

    def has_role(self, *roles: str) -> bool:
        """Whether this person holds one of `roles`, in whatever section."""
        return any(role in roles for role, _section in self.grants)

    def sections_of(self, role: str) -> set[int]:
        """The ids of the sections for which this person holds `role`."""
        return {section for held, section in self.grants if held == role and section is not None}

    @property
    def is_staff(self) -> bool:  # type: ignore[override]
        """Whether the Django admin opens for them: what they may do there, the rules decide."""
        return self.has_role(*ADMIN_SITE_ROLES)


class RoleGrant(models.Model):
    """One role held by one person, for one section where the role goes by sections."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_grants", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    section = models.ForeignKey(
        "articles.Section",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="role_grants",
        verbose_name=_("section"),
    )

    class Meta:
        verbose_name = _("role held")
        verbose_name_plural = _("roles held")
        constraints = [
            models.CheckConstraint(
                name="role_known",
                condition=Q(role__in=Role.values),
                violation_error_message=_("This role is not known."),
            ),
            models.CheckConstraint(
                name="section_roles_name_their_section",
                condition=Q(role__in=sorted(SECTION_ROLES), section__isnull=False)
                | (~Q(role__in=sorted(SECTION_ROLES)) & Q(section__isnull=True)),
                violation_error_message=_(
                    "Section editors and desk chiefs are named for a section; other roles have none."
                ),
            ),
            models.UniqueConstraint(
                name="role_held_once",
                fields=["user", "role"],
                condition=Q(section__isnull=True),
                violation_error_message=_("This person holds this role already."),
            ),
            models.UniqueConstraint(
                name="section_role_held_once",
                fields=["user", "role", "section"],
                condition=Q(section__isnull=False),
                violation_error_message=_("This person holds this role for this section already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.section or ''}".strip()
