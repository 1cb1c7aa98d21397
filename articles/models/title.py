"""The newspaper, its sections, and how many people review a story."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from articles.deadlines import PRINTED
from articles.models.imprint import Imprint
from articles.models.moved import AddressKind, refuse_former
from articles.validators import validate_cn_number
from newsroom.staff.roles import SIGNING_ROLES, Role

# How long the list of what is read most may be.
MOST_READ_AT_MOST = 20


class Title(Imprint):
    """The newspaper (报纸). One CN number covers one paper, and one installation is one paper: one row."""

    THE_ONE = 1

    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=100)
    cn_number = models.CharField(_("CN number"), max_length=10, validators=[validate_cn_number])
    publisher = models.CharField(_("publisher"), max_length=100, blank=True)
    # The most characters that a line of each headline may have; empty for as many as there are.
    kicker_limit = models.PositiveSmallIntegerField(_("kicker, characters at most"), null=True, blank=True, default=30)
    headline_limit = models.PositiveSmallIntegerField(
        _("headline, characters a line at most"), null=True, blank=True, default=24
    )
    subhead_limit = models.PositiveSmallIntegerField(
        _("subhead, characters at most"), null=True, blank=True, default=40
    )
    web_headline_limit = models.PositiveSmallIntegerField(
        _("web headline, characters at most"), null=True, blank=True, default=30
    )
    most_read_shown = models.PositiveSmallIntegerField(
        _("stories shown as most read"),
        default=0,
        validators=[MaxValueValidator(MOST_READ_AT_MOST)],
        help_text=_("On the home page, by the reads of the last 24 hours; 0 for none."),
    )
    # Drawn anew with every change of the house's words, so that each process knows when to read them again.
    word_list_generation = models.BigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("newspaper")
        verbose_name_plural = _("newspaper")
        constraints = [
            models.CheckConstraint(
                name="one_title_an_installation",
                condition=Q(pk=1),
                violation_error_message=_("This installation has its newspaper already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.pk = self.THE_ONE
        super().save(*args, **kwargs)  # type: ignore[arg-type]


def _whose_night() -> str:
    return gettext(
        "The newsroom's time. What comes after %(printed)s, or after the last step's time where that is later, is "
        "for the next night, unless it is for an edition."
    ) % {"printed": f"{PRINTED.hour}:{PRINTED:%M}"}


class ReviewStep(models.Model):
    """One step of the review (审级) and the role that signs it; the last one signs off (签发).

    `due` is until when in the night it has to be signed, in the newsroom's time: see `articles.deadlines`.
    """

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="review_steps", verbose_name=_("newspaper"))
    order = models.PositiveSmallIntegerField(_("step"))
    role = models.CharField(_("signed by"), max_length=20, choices=[(r.value, r.label) for r in SIGNING_ROLES])
    due = models.TimeField(
        _("due at"),
        null=True,
        blank=True,
        help_text=lazy(_whose_night, str)(),
    )

    class Meta:
        verbose_name = _("review step")
        verbose_name_plural = _("review steps")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                name="review_step_order_unique",
                fields=["title", "order"],
                violation_error_message=_("There is a step with this number already."),
            ),
            models.CheckConstraint(
                name="review_step_role_signs",
                condition=Q(role__in=[role.value for role in SIGNING_ROLES]),
                violation_error_message=_("This role signs nothing."),
            ),
            models.CheckConstraint(name="review_steps_from_one", condition=Q(order__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{step_name(self.order)} · {Role(self.role).label}"


def step_name(order: int) -> str:
    """What the step with this number is called: 一审, 二审, 三审 …"""
    names = {1: _("first review"), 2: _("second review"), 3: _("final review")}
    return str(names.get(order) or _("review %(order)s") % {"order": order})


class Section(models.Model):
    """A section of the paper (部/栏目): who edits it on the desk, and where readers find its stories."""

    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="sections", verbose_name=_("newspaper"))
    slug = models.SlugField(_("address"), unique=True)
    name = models.CharField(_("name"), max_length=30)
    name_en = models.CharField(_("name in English"), max_length=60)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") and self.name_en else self.name

    def clean(self) -> None:
        """Refuse an address that readers knew as another section's."""
        super().clean()
        refuse_former(AddressKind.SECTION, self)
