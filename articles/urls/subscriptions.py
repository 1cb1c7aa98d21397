"""The addresses of calendars that other programs subscribe to, which nobody signs in to read."""

from django.urls import path

from articles.views import subscriptions

app_name = "subscriptions"
urlpatterns = [
    path("<number:number>/<slug:secret>/assignments.ics", subscriptions.assignments, name="assignments"),
    path("<number:number>/<slug:secret>/plan.ics", subscriptions.plan, name="plan"),
]
