"""Addresses of the public lists of stories; `editions.urls.reading` puts them under the name `reading`."""

from django.urls import path

from articles.views import reading, search

urlpatterns = [
    # What is left of an address that somebody cut short leads on: to the list of the sections, and to where names and
    # keywords are offered.
    path("sections/", reading.leads_to("home"), name="cut_short"),
    path("authors/", reading.leads_to("search"), name="cut_short"),
    path("tags/", reading.leads_to("search"), name="cut_short"),
    path("sections/<slug:slug>/", reading.section, name="section"),
    path("authors/<slug:slug>/", reading.author, name="author"),
    path("tags/<str:slug>/", reading.tag, name="tag"),
    path("specials/", reading.specials, name="specials"),
    path("specials/<slug:slug>/", reading.special, name="special"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggestions, name="suggestions"),
]
