"""Addresses of the public lists of stories; `editions.urls.reading` puts them under the name `reading`."""

from django.urls import path

from articles.views import reading, search

urlpatterns = [
    path("sections/<slug:slug>/", reading.section, name="section"),
    path("authors/<slug:slug>/", reading.author, name="author"),
    path("tags/<str:slug>/", reading.tag, name="tag"),
    path("specials/", reading.specials, name="specials"),
    path("specials/<slug:slug>/", reading.special, name="special"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggestions, name="suggestions"),
]
