"""What kinds of pieces readers can choose between, as the desk calls them."""

from django.utils.translation import gettext_lazy as _

GENRES = {
    "news": _("News"),
    "report": _("Report"),
    "feature": _("Feature"),
    "commentary": _("Commentary"),
    "picture": _("Picture story"),
    "brief": _("Brief"),
    "notice": _("Public notice"),
    "advertisement": _("Advertisement"),
}
