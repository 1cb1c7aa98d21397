"""Every address of the public site, under the name `reading`."""

from __future__ import annotations

from django.urls import include, path, register_converter

from editions.reading import EDITION_KEY, EditionKey
from editions.views import reading


class EditionKeyConverter:
    """2024-03-07 and, for the first extra of that day, 2024-03-07-1; a date that no calendar has is no address."""

    regex = EDITION_KEY

    def to_python(self, value: str) -> EditionKey:
        return EditionKey.parse(value)

    def to_url(self, value: str) -> str:
        return str(value)


class YearConverter:
    """Four digits of a century that newspapers are of."""

    regex = r"(?:19|20)[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04d}"


class MonthConverter:
    """01 to 12, always two digits, so that a month has one address."""

    regex = r"0[1-9]|1[0-2]"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:02d}"


register_converter(EditionKeyConverter, "edition")
register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")

app_name = "reading"
urlpatterns = [
    path("", reading.home, name="home"),
    path("paper/<edition:key>/", reading.edition, name="edition"),
    path("paper/<edition:key>/<int:order>/", reading.page, name="page"),
    path("stories/<int:number>/", reading.story, name="story"),
    path("archive/", reading.archive, name="archive"),
    path("archive/<year:year>/<month:month>/", reading.archive_month, name="archive_month"),
    path("", include("articles.urls.reading")),
]
