"""What forms say by themselves: the empty choice in words, and the sentences that our catalogue says its own way."""

from __future__ import annotations

from pathlib import Path

import django
import pytest
from babel.messages.pofile import read_po
from django import forms
from django.utils.translation import override

from newsroom.form_rendering import SAID_OUR_WAY
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import plan_of_tests as plan
from tests.browsing import DESK, signed_in, text_of

pytestmark = pytest.mark.django_db


def test_no_choice_of_the_desk_is_called_by_dashes(people):
    chief, topic = signed_in(people[Role.EDITOR_IN_CHIEF]), plan.approved(people)
    page = house.open_edition(people).pages.get(order=1)
    house.make_story(people[Role.EDITOR_IN_CHIEF])
    asked = ["topics/new/", f"topics/{topic.pk}/", "stories/new/", "duty/", "stories/", "plan/", "photos/"]
    for place in [*asked, f"pages/{page.pk}/"]:
        assert "---" not in text_of(chief.get(f"{DESK}/{place}"))
    # Who goes has to be said; who is responsible for a page may stay open.
    assert '<option value="" selected>Please choose</option>' in text_of(chief.get(f"{DESK}/topics/{topic.pk}/"))
    assert text_of(chief.get(f"{DESK}/pages/{page.pk}/")).count(">Nothing chosen</option>") == 3


def test_an_empty_choice_that_has_its_own_words_keeps_them():
    field = forms.ChoiceField(choices=[("", "anybody"), ("a", "---------- a line")], required=False)
    form = type("Form", (forms.Form,), {"who": field})()
    with override("en"):
        assert ">anybody<" in str(form["who"])
        assert ">---------- a line<" in str(form["who"])


def test_no_field_of_the_desk_cuts_what_is_pasted_into_it(people):
    chief, topic = signed_in(people[Role.EDITOR_IN_CHIEF]), plan.approved(people)
    page = house.open_edition(people).pages.get(order=1)
    story = house.make_story(people[Role.EDITOR_IN_CHIEF])
    photo = house.make_photo(people[Role.PHOTOGRAPHER])
    asked = [f"stories/{story.pk}/", f"stories/{story.pk}/edit/", f"topics/{topic.pk}/", f"topics/{topic.pk}/edit/"]
    for place in [*asked, f"photos/{photo.pk}/", f"pages/{page.pk}/"]:
        answer = chief.get(f"{DESK}/{place}")
        assert answer.status_code == 200, place
        shown = text_of(answer)
        assert "maxlength" not in shown
        assert "data-longest=" in shown


def test_each_sentence_that_is_said_our_way_is_one_of_djangos():
    kept = Path(django.__file__).parent / "conf/locale/zh_Hans/LC_MESSAGES/django.po"
    with kept.open("rb") as file:
        known = {message.id if isinstance(message.id, str) else message.id[0] for message in read_po(file)}
    with override("en"):
        # Of a sentence with a number Django keeps both forms until the number is there.
        said = [getattr(words, "_kw", {}).get("singular") or str(words) for words in SAID_OUR_WAY]
    assert all(said)
    assert set(said) <= known
