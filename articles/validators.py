"""What is true of one value alone."""

import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db.models import Model, TextField
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.calendar_days import FIRST_DAY, LAST_DAY
from articles.errors import Incomplete, Refusal
from articles.text.body import strip_unseen

# CN number: two digits of the region, hyphen, four digits. Source: GB/T 9999.1 (中国标准连续出版物号).
validate_cn_number = RegexValidator(
    r"^CN \d{2}-\d{4}$", _("A CN number looks like CN 14-0012: two digits, a hyphen, four digits.")
)


def is_near(value: datetime.date) -> bool:
    """Whether a day, or a moment, is of a year that a newspaper has to do with."""
    return FIRST_DAY.year <= value.year <= LAST_DAY.year


def validate_near_moment(value: datetime.date) -> None:
    """Hold a day, or a moment, to the years from `FIRST_DAY` to `LAST_DAY`."""
    if not is_near(value):
        years = {"first": FIRST_DAY.year, "last": LAST_DAY.year}
        raise ValidationError(_("The year must be one from %(first)s to %(last)s."), params=years)


def refuse_past(
    name: str,
    moment: datetime.datetime | None,
    *,
    stood: datetime.datetime | None = None,
    at: datetime.datetime | None = None,
) -> None:
    """Raise ValidationError under the field `name` for a moment that is over `at` that time, now as a rule: its minute,
    for that is what is typed. One that `stood` there before may stay.
    """
    if moment is None or (stood is not None and _minute(moment) == _minute(stood)):
        return
    if _minute(moment) < _minute(at or timezone.now()):
        raise ValidationError({name: gettext("This time is past: choose one that is still to come.")})


def _minute(moment: datetime.datetime) -> datetime.datetime:
    return moment.replace(second=0, microsecond=0)


def validate_two_lines(value: str) -> None:
    """A headline has one printed line or two."""
    if len(value.splitlines()) > 2:
        raise ValidationError(_("A headline has at most two lines."))


def validate_no_control_characters(value: str) -> None:
    """Refuse NUL and other unseen characters: PostgreSQL cannot store the one, nobody types the others."""
    if strip_unseen(value) != value:
        raise ValidationError(_("This text contains control characters; please type it again."))


def checked_reason(reason: str, *, is_required: bool, most: int) -> str:
    """What was said with an act, as it is kept, in at most `most` characters. Raises Incomplete where it is missing,
    Refusal where it is too long.
    """
    reason = strip_unseen(reason).strip()
    if is_required and not reason:
        raise Incomplete(gettext("Please give a reason."))
    if len(reason) > most:
        raise Refusal(gettext("Please be shorter: at most %(limit)s characters.") % {"limit": most})
    return reason


def clean_only(instance: Model, *names: str) -> None:
    """Run the checks of the fields `names` of `instance`, and of no others."""
    instance.clean_fields(exclude={field.name for field in instance._meta.fields} - set(names))


def validate_text_lengths(instance: Model) -> None:
    """Hold every text field of `instance` to its `max_length`, which Django asks of forms alone."""
    errors = {}
    for field in instance._meta.fields:
        if isinstance(field, TextField) and field.max_length is not None:
            try:
                MaxLengthValidator(field.max_length)(getattr(instance, field.name) or "")
            except ValidationError as error:
                errors[field.name] = error
    if errors:
        raise ValidationError(errors)
