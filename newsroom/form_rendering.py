"""What Django's forms say by themselves, in the words of the house: the empty choice, and sentences about bad input."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import Select
from django.forms.renderers import BaseRenderer, DjangoTemplates, Jinja2
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

_DASHES = BLANK_CHOICE_DASH[0][1]


class _InOurWords(BaseRenderer):
    """What Django draws, but a choice that nobody has made yet says so instead of nine dashes, and no field cuts what
    is pasted into it: how much it holds is said and left to the form to refuse.
    """

    def render(self, template_name: str, context: Mapping[str, Any], request: HttpRequest | None = None) -> str:
        """What Django renders; a required choice asks for itself, any other says that nothing is chosen. `maxlength`
        becomes `data-longest`, which `desk/lengths.js` reads.
        """
        attributes = context.get("widget", {}).get("attrs", {})
        if "maxlength" in attributes:
            attributes["data-longest"] = attributes.pop("maxlength")
        if template_name == Select.template_name:
            widget = context["widget"]
            words = _("Please choose") if widget["required"] else _("Nothing chosen")
            for _group, options, _index in widget["optgroups"]:
                for option in options:
                    option["label"] = words if option["label"] == _DASHES else option["label"]
        return super().render(template_name, dict(context), request)


class FormRenderer(_InOurWords, DjangoTemplates):
    """Forms of the desk."""


class ReadingFormRenderer(_InOurWords, Jinja2):
    """Forms of the reading site, whose pages are drawn by Jinja2."""


# Django's Chinese speaks to programmers here. What stands in this list stands in our catalogue too, and ours is asked
# first; a sentence that Django words anew is found by its test.
SAID_OUR_WAY = (
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy(
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy(
        "Ensure this filename has at most %(max)d character (it has %(length)d).",
        "Ensure this filename has at most %(max)d characters (it has %(length)d).",
        "max",
    ),
    ngettext_lazy("Please submit at most %(num)d form.", "Please submit at most %(num)d forms.", "num"),
    gettext_lazy("Ensure this value is less than or equal to %(limit_value)s."),
    gettext_lazy("Ensure this value is greater than or equal to %(limit_value)s."),
    gettext_lazy("This field is required."),
    gettext_lazy("This field cannot be blank."),
    gettext_lazy("This field cannot be null."),
    gettext_lazy("Null characters are not allowed."),
    gettext_lazy("Enter a valid value."),
    gettext_lazy("Enter a whole number."),
    gettext_lazy("Enter a number."),
    gettext_lazy("Enter a valid date."),
    gettext_lazy("Enter a valid time."),
    gettext_lazy("Enter a valid date/time."),
    gettext_lazy("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
    gettext_lazy("Enter a list of values."),
    gettext_lazy("Select a valid choice. %(value)s is not one of the available choices."),
    gettext_lazy("Select a valid choice. That choice is not one of the available choices."),
    gettext_lazy("Value %(value)r is not a valid choice."),
    gettext_lazy("%(model)s instance with %(field)s %(value)r is not a valid choice."),
    gettext_lazy("“%(pk)s” is not a valid value."),
    gettext_lazy("%(model_name)s with this %(field_label)s already exists."),
    gettext_lazy("%(model_name)s with this %(field_labels)s already exists."),
    gettext_lazy("No file was submitted."),
    gettext_lazy("The submitted file is empty."),
)
