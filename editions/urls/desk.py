"""The desk's first page and its addresses of editions; `newsroom.urls` gives them the namespace `desk`."""

from django.urls import path

from editions.views.desk import canvas, editions, home, pages, pressing, proofs

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
    path("pages/<number:number>/proofs/", proofs.page_proofs, name="page_proofs"),
    path("pages/<number:number>/proofs/pull/", proofs.proof_pull, name="proof_pull"),
    path("pages/<number:number>/sign/", proofs.page_sign, name="page_sign"),
    path("pages/<number:number>/unsign/", proofs.page_unsign, name="page_unsign"),
    path("proofs/<number:number>/", proofs.proof, name="proof"),
    path("proofs/<number:number>/proof.pdf", proofs.proof_pdf, name="proof_pdf"),
    path("proofs/<number:number>/picture.png", proofs.proof_picture, name="proof_picture"),
    path("proofs/<number:number>/marks/", proofs.proof_mark, name="proof_mark"),
    path("proofs/<number:number>/compare/", proofs.proof_compare, name="proof_compare"),
    path("proofs/<number:number>/difference.png", proofs.proof_difference, name="proof_difference"),
    path("marks/<number:number>/settle/", proofs.mark_settle, name="mark_settle"),
    path("marks/<number:number>/reopen/", proofs.mark_reopen, name="mark_reopen"),
    path("editions/<number:number>/press/", pressing.press, name="press"),
    path("editions/<number:number>/press/release/", pressing.press_release, name="press_release"),
    path("editions/<number:number>/press/back/", pressing.press_back, name="press_back"),
    path("printed/<number:number>/", pressing.printed_file, name="printed_file"),
    path("stories/<number:number>/as-printed/", pressing.as_printed, name="as_printed"),
    path("placements/<number:number>/move/", pages.placement_move, name="placement_move"),
    path("placements/<number:number>/remove/", pages.placement_remove, name="placement_remove"),
]
