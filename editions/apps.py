from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditionsConfig(AppConfig):
    name = "editions"
    verbose_name = _("Editions")

    def ready(self) -> None:
        """Let stories say what the pages on which they lie have against an edit."""
        from articles import hindrances
        from editions.hindrances import page_hindrances

        hindrances.ask_also(page_hindrances)
