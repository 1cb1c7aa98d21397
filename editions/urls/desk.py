"""The desk's first page and its addresses of editions; `newsroom.urls` gives them the namespace `desk`."""

from django.urls import path

from editions.views.desk import editions, home, pages

urlpatterns = [
    path("", home.home, name="home"),
    path("editions/", editions.edition_list, name="editions"),
    path("editions/new/", editions.edition_new, name="edition_new"),
    path("editions/<number:number>/", editions.edition, name="edition"),
    path("editions/<number:number>/release/", editions.edition_release, name="edition_release"),
    path("editions/<number:number>/publish/", editions.edition_publish, name="edition_publish"),
    path("editions/<number:number>/pages/", editions.page_add, name="page_add"),
    path("editions/<number:number>/order/", editions.edition_order, name="edition_order"),
    path("pages/<number:number>/", pages.page, name="page"),
    path("pages/<number:number>/place/", pages.page_place, name="page_place"),
    path("pages/<number:number>/edit/", pages.page_edit, name="page_edit"),
    path("placements/<number:number>/move/", pages.placement_move, name="placement_move"),
    path("placements/<number:number>/remove/", pages.placement_remove, name="placement_remove"),
]
