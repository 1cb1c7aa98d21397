from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditionsConfig(AppConfig):
    name = "editions"
    verbose_name = _("Editions")

    def ready(self) -> None:
        """Let the pages on which stories lie say what they have against an edit, and of which night the stories are;
        and let pages that readers see follow the stories that they show.
        """
        from articles import due, generations, hindrances
        from articles.public import files
        from editions.following import follow_stories, shown_of
        from editions.hindrances import page_hindrances
        from editions.night import edition_day_of

        hindrances.ask_also(page_hindrances)
        due.ask_first(edition_day_of)
        generations.follow_also(follow_stories)
        files.ask_also(shown_of)
