"""Every address of the public site, under the name `reading`."""

from __future__ import annotations

from django.urls import include, path, register_converter

from articles.urls import converters as converters
from articles.views.reading import leads_to
from editions.reading.keys import EDITION_KEY, EditionKey
from editions.views import api, reading


class EditionKeyConverter:
    """2024-03-07 and, for the first extra of that day, 2024-03-07-1; a date that no calendar has is no address."""

    regex = EDITION_KEY

    def to_python(self, value: str) -> EditionKey:
        return EditionKey.parse(value)

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(EditionKeyConverter, "edition")

app_name = "reading"
urlpatterns = [
    path("", reading.home, name="home"),
    path("paper/", reading.newest_edition, name="newest_edition"),
    path("paper/<edition:key>/", reading.edition, name="edition"),
    path("paper/<edition:key>/<number:order>/", reading.page, name="page"),
    path("stories/<number:number>/", reading.story, name="story"),
    path("archive/", reading.archive, name="archive"),
    path("api/", api.api, name="api"),
    path("archive/<year:year>/", reading.archive_year, name="archive_year"),
    path("archive/<year:year>/<month:month>/", reading.archive_month, name="archive_month"),
    path("subscribe/", reading.subscribe, name="subscribe"),
    # What is left of an address that somebody cut short leads on.
    path("stories/", leads_to("archive"), name="cut_short"),
    path("feeds/", leads_to("subscribe"), name="cut_short"),
    path("", include("articles.urls.reading")),
]
