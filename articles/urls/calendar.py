"""The addresses of calendars, which nobody signs in to read; `newsroom.urls` gives them the namespace `calendar`."""

from django.urls import path

from articles.views import calendar

app_name = "calendar"
urlpatterns = [
    path("<number:number>/<slug:secret>/assignments.ics", calendar.assignments, name="assignments"),
    path("<number:number>/<slug:secret>/plan.ics", calendar.plan, name="plan"),
]
