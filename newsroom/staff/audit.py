"""Writing the audit trail."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import override

from newsroom.staff.acts import Act
from newsroom.staff.models import AuditEntry, User

SYSTEM = "publish_due"


def record(actor: User | None, act: Act, target: models.Model, **data: Any) -> AuditEntry:
    """Write one row of the trail inside the transaction of the act itself.

    `actor` is None where the clock acted, at a minute that somebody had set. Raises ValueError for an act
    that `Act` does not know.
    """
    with override(settings.LANGUAGE_CODE):  # The trail has one language, whatever its actors read.
        label = str(target)[:250]
    return AuditEntry.objects.create(
        actor_id=actor.pk if actor else None,
        actor_label=str(actor) if actor else SYSTEM,
        act=Act(act),
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_label=label,
        data=data,
    )
