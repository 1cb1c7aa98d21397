"""Every address of the API, under the name `api`."""

from django.urls import path, re_path

from articles.api.resources import addresses
from articles.urls import converters as converters
from editions.api.resources import RESOURCES
from editions.urls import reading as reading
from editions.views import api

app_name = "api"
urlpatterns = [
    path("", api.start, name="start"),
    path("openapi.json", api.description, name="description"),
    *addresses(RESOURCES),
    # What is not offered says so as everything else here does.
    re_path(r"^(?P<rest>.*)/$", api.nothing),
]
