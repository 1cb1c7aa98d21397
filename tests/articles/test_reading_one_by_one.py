"""Public pages are made one after the other in a process, and none waits long for another."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import RequestFactory

from articles.public import page
from tests import newsroom_of_tests as house

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _paper():
    house.make_title()


def ask(view):
    try:
        return view(RequestFactory().get("/")).status_code
    finally:
        connections.close_all()


def test_no_two_are_in_the_making_at_once(monkeypatch):
    monkeypatch.setattr(page, "PATIENCE", 60)
    under_way, at_once = [], []

    @page.public_page
    def view(_request):
        under_way.append(1)
        at_once.append(len(under_way))
        # Where threads change over in a page.
        Event().wait(0.001)
        under_way.pop()
        return HttpResponse("一页")

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(ask, [view] * 40)) == {200}
    assert set(at_once) == {1}


def test_one_that_takes_its_time_holds_up_no_other():
    others_are_there, is_under_way = Event(), Event()

    @page.public_page
    def long(_request):
        is_under_way.set()
        assert others_are_there.wait(60)
        return HttpResponse("一本书")

    @page.public_page
    def short(_request):
        return HttpResponse("一页")

    with ThreadPoolExecutor(2) as threads:
        book = threads.submit(ask, long)
        assert is_under_way.wait(60)
        assert threads.submit(ask, short).result(60) == 200
        others_are_there.set()
        assert book.result(60) == 200
