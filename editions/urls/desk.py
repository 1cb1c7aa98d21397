"""The desk's first page and its addresses of editions; `newsroom.urls` gives them the namespace `desk`."""

from django.urls import path

from editions.views.desk import canvas, editions, home, pages, proposals

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
    path("pages/<number:number>/layout/", canvas.page_layout, name="page_layout"),
    path("pages/<number:number>/picture.png", canvas.page_picture, name="page_picture"),
    path("pages/<number:number>/page.pdf", canvas.page_pdf, name="page_pdf"),
    path("pages/<number:number>/present/", canvas.page_present, name="page_present"),
    path("pages/<number:number>/continue/", canvas.page_continue, name="page_continue"),
    path("pages/<number:number>/send/", canvas.page_send, name="page_send"),
    path("pages/<number:number>/propose/", proposals.page_propose, name="page_propose"),
    path("placements/<number:number>/move/", pages.placement_move, name="placement_move"),
    path("placements/<number:number>/remove/", pages.placement_remove, name="placement_remove"),
]
