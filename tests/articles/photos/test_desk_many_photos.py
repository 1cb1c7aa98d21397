"""Many photos at once, framing, and what looks the same, over HTTP."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image

from articles.models import Photo
from articles.photos import keeping
from articles.pictures.facts import read_caption_data
from articles.views.desk import photos_many
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.articles.photos.test_many_photos import picture
from tests.browsing import DESK, fields_of, signed_in, text_of
from tests.picture_files import exif, noise, saved

MANY = f"{DESK}/photos/many/"


@pytest.fixture
def mine(people):
    return [house.make_photo(people[Role.PHOTOGRAPHER], source="本报") for _ in range(2)]


@pytest.fixture
def theirs(people):
    return house.make_photo(people[Role.REPORTER])


@pytest.fixture
def client(people):
    return signed_in(people[Role.PHOTOGRAPHER])


def upload(data, name="a.jpg", **fields):
    return {"photos": [SimpleUploadedFile(name, data)], **fields}


# -- many


def test_how_many_will_be_changed_is_said_beforehand(client, mine, theirs):
    numbers = [photo.pk for photo in (*mine, theirs)]
    page = text_of(client.get(MANY, {"photo": numbers}))
    assert "2 photos will be changed" in page
    assert "1 photo stays as it is: you may not change it" in page


def test_the_same_is_said_of_all_that_may_be_changed(client, mine, theirs):
    numbers = [photo.pk for photo in (*mine, theirs)]
    said = {"photo": numbers, "credit": "乙某 摄", "to_caption": "（资料图）", "rights_expire_on": "2030-01-01"}
    page = text_of(client.post(MANY, said, follow=True))
    assert "2 photos were changed." in page
    assert f"Photo {theirs.pk} was not changed: You may not do this." in page
    for photo in Photo.objects.filter(pk__in=[photo.pk for photo in mine]):
        assert (photo.credit, photo.caption, photo.source) == ("乙某 摄", "图为夜市一角。（资料图）", "本报")
        assert photo.rights_expire_on.isoformat() == "2030-01-01"
    assert Photo.objects.get(pk=theirs.pk).credit == "甲某 摄"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({}, "Nothing is filled in, so there is nothing to change."),
        ({"rights_expire_on": "soon", "credit": "乙某"}, "Enter a valid date."),
        ({"credit": "字" * 201}, "at most 200 characters"),
    ],
)
def test_bad_fields_are_said_and_change_nothing(client, mine, said, why):
    response = client.post(MANY, {"photo": [photo.pk for photo in mine], **said})
    assert response.status_code == 422
    assert why in text_of(response)
    assert f'value="{said.get("credit", "")}"' in text_of(response) or not said
    assert set(Photo.objects.values_list("credit", flat=True)) == {"甲某 摄"}


@pytest.mark.parametrize("numbers", [[], ["x"], ["4711"], ["9" * 30]])
def test_none_chosen_leads_back(client, mine, numbers):
    assert "Choose some photos first." in text_of(client.get(MANY, {"photo": numbers}, follow=True))


def test_rights_are_taken_away(client, mine):
    numbers = [photo.pk for photo in mine]
    Photo.objects.update(rights="仅限一次", rights_expire_on="2030-01-01")
    both = client.post(MANY, {"photo": numbers, "rights": "永久", "no_rights": "on"})
    assert both.status_code == 422
    assert "Fill it in or take it away, not both." in text_of(both)
    client.post(MANY, {"photo": numbers, "no_rights": "on"})
    assert set(Photo.objects.values_list("rights", flat=True)) == {""}
    assert Photo.objects.filter(rights_expire_on=None).count() == 0
    client.post(MANY, {"photo": numbers, "no_rights_expire_on": "on"})
    assert Photo.objects.filter(rights_expire_on=None).count() == 2


def test_what_was_said_of_many_is_undone_by_the_button_beside_the_message(client, people, mine):
    page = client.post(MANY, {"photo": [photo.pk for photo in mine], "credit": "乙某 摄"}, follow=True)
    button = undo_of(page)
    assert button[0] == f"{DESK}/photos/undo/"
    assert "Undo" not in text_of(client.get(f"{DESK}/photos/"))
    keeping.edit_photo(mine[0].pk, {"credit": "丙某 摄"}, acting_user=people[Role.SECTION_EDITOR])
    undone = text_of(client.post(button[0], {"edit": button[1]}, follow=True))
    assert "Undone. 1 photo says what it said before." in undone
    who = people[Role.SECTION_EDITOR]
    assert f"Photo {mine[0].pk} was not changed: Meanwhile {who} changed the same. Nothing was saved." in undone
    assert [photo.credit for photo in Photo.objects.order_by("pk")] == ["丙某 摄", "甲某 摄"]


def undo_of(page) -> tuple[str, list[str]]:
    """Where the button posts, and the edits that it names."""
    form = re.search(r'<form class="undo" method="post" action="([^"]+)">(.*?)</form>', text_of(page), re.DOTALL)
    return form[1], re.findall(r'name="edit" value="(\d+)"', form[2])


# -- a sheet with a row for each

SHEET = f"{DESK}/photos/sheet/"


def sheet_of(client, photos):
    return fields_of(client.get(SHEET, {"photo": [photo.pk for photo in photos]}), "sheet")


def send_sheet(client, photos, form, typed=(), **options):
    typed = {f"photo-{photo.pk}-{name}": value for photo, name, value in typed}
    return client.post(SHEET, form | typed | {"photo": [photo.pk for photo in photos]}, **options)


def captions() -> list[str]:
    return list(Photo.objects.order_by("pk").values_list("caption", flat=True))


def test_each_photo_gets_its_own_words_in_one_save(client, mine):
    form = sheet_of(client, mine)
    typed = [
        (mine[0], "caption", "甲在桥上。"),
        (mine[0], "people", "甲某"),
        (mine[1], "keywords", "夜市 灯"),
        (mine[1], "taken_at", "2024-03-07T09:30"),
    ]
    page = send_sheet(client, mine, form, typed, follow=True)
    assert "2 photos were changed." in text_of(page)
    one, other = Photo.objects.order_by("pk")
    assert (one.caption, one.people, one.taken_at, one.credit) == ("甲在桥上。", "甲某", None, "甲某 摄")
    assert (other.caption, other.keywords, other.taken_at.isoformat()) == (
        "图为夜市一角。",
        "夜市, 灯",
        "2024-03-07T01:30:00+00:00",
    )
    address, edits = undo_of(page)
    client.post(address, {"edit": edits})
    assert captions() == ["图为夜市一角。"] * 2
    assert "Nothing was changed." in text_of(send_sheet(client, mine, sheet_of(client, mine), follow=True))


def test_a_row_that_is_refused_is_named_and_everything_typed_stays(client, mine):
    form = sheet_of(client, mine)
    typed = [(mine[0], "caption", "甲在桥上。"), (mine[1], "credit", "字" * 201), (mine[1], "caption", "乙在桥下。")]
    refused = send_sheet(client, mine, form, typed)
    page = text_of(refused)
    assert refused.status_code == 422
    assert "Nothing was saved. What you typed is still here." in page
    assert f'<a href="#photo-{mine[1].pk}">Photo {mine[1].pk}</a><ul><li>Credit: Ensure this value has' in page
    again = fields_of(refused, "sheet")
    assert [again[f"photo-{photo.pk}-caption"] for photo in mine] == ["甲在桥上。", "乙在桥下。"]
    assert captions() == ["图为夜市一角。"] * 2
    assert send_sheet(client, mine, again, [(mine[1], "credit", "乙某 摄")]).status_code == 302
    assert captions() == ["甲在桥上。", "乙在桥下。"]


def test_a_row_that_somebody_changed_meanwhile_is_refused_with_both_texts(client, people, mine):
    form = sheet_of(client, mine)
    editor = people[Role.SECTION_EDITOR]
    keeping.edit_photo(mine[1].pk, {"caption": "编辑写的。", "alt": "灯"}, acting_user=editor)
    typed = [(mine[0], "caption", "甲在桥上。"), (mine[1], "caption", "乙在桥下。")]
    refused = send_sheet(client, mine, form, typed)
    page = text_of(refused)
    assert refused.status_code == 409
    assert "Meanwhile this was changed to “编辑写的。”. Save again to put yours in its place." in page
    assert f"Meanwhile {editor} changed the same." in page
    assert captions() == ["图为夜市一角。", "编辑写的。"]
    again = fields_of(refused, "sheet")
    assert [again[f"photo-{photo.pk}-caption"] for photo in mine] == ["甲在桥上。", "乙在桥下。"]
    assert send_sheet(client, mine, again).status_code == 302
    assert captions() == ["甲在桥上。", "乙在桥下。"]
    assert Photo.objects.get(pk=mine[1].pk).alt == "灯"


def test_a_sheet_holds_the_photos_in_their_order_and_the_rest_comes_on_the_next(client, monkeypatch, mine, theirs):
    monkeypatch.setattr(photos_many, "ON_A_SHEET", 1)
    answer = client.get(SHEET, {"photo": [mine[1].pk, theirs.pk, mine[0].pk]})
    page, form = text_of(answer), fields_of(answer, "sheet")
    assert "1 photo stays as it is: you may not change it" in page
    assert (form["photo"], form["later"]) == (str(mine[1].pk), str(mine[0].pk))
    following = client.post(SHEET, form | {f"photo-{mine[1].pk}-caption": "乙。"})
    assert following["Location"] == f"{SHEET}?photo={mine[0].pk}"
    assert captions() == ["图为夜市一角。", "乙。", "图为夜市一角。"]


def test_who_may_not_change_a_photo_any_more_keeps_what_they_typed(client, people, mine):
    form = sheet_of(client, mine)
    Photo.objects.filter(pk=mine[0].pk).update(uploaded_by=people[Role.REPORTER])
    # That another photo was changed meanwhile is told too, and weighs less.
    keeping.edit_photo(mine[1].pk, {"caption": "编辑写的。"}, acting_user=people[Role.SECTION_EDITOR])
    refused = send_sheet(client, mine, form, [(mine[0], "caption", "甲。"), (mine[1], "caption", "乙。")])
    assert refused.status_code == 403
    assert "You may not do this." in text_of(refused)
    assert "Meanwhile this was changed to “编辑写的。”." in text_of(refused)
    assert "甲。" in text_of(refused)
    assert captions() == ["图为夜市一角。", "编辑写的。"]


def test_a_row_that_was_sent_in_part_says_nothing_of_the_rest(client, mine):
    before = list(Photo.objects.order_by("pk").values())
    assert "Nothing was changed." in text_of(client.post(SHEET, {"photo": mine[0].pk}, follow=True))
    assert list(Photo.objects.order_by("pk").values()) == before
    name = f"photo-{mine[0].pk}-caption"
    shown = {f"initial-{name}": "图为夜市一角。", name: "甲。"}
    client.post(SHEET, {"photo": mine[0].pk, f"photo-{mine[0].pk}-credit": "丁某 摄"} | shown)
    photo = Photo.objects.get(pk=mine[0].pk)
    assert (photo.caption, photo.credit, photo.alt) == ("甲。", "甲某 摄", mine[0].alt)


@pytest.mark.parametrize("address", [MANY, SHEET])
def test_of_more_photos_than_can_be_changed_at_once_the_first_are_taken(client, monkeypatch, mine, address):
    sentence = "You chose 2 photos, but at most 1 can be changed at once: these are the first of them."
    chosen = {"photo": [photo.pk for photo in mine]}
    assert sentence not in text_of(client.get(address, chosen))
    monkeypatch.setattr(photos_many.many, "MOST_AT_ONCE", 1)
    page = text_of(client.get(address, chosen))
    assert sentence in page
    assert re.findall(r'name="(?:photo|later)" value="(\d+)"', page) == [str(mine[0].pk)]


def test_a_sheet_of_more_rows_than_can_be_written_is_refused_with_a_sentence(client, monkeypatch, mine):
    form = sheet_of(client, mine)
    monkeypatch.setattr(photos_many.many, "MOST_AT_ONCE", 1)
    refused = send_sheet(client, mine, form, [(mine[0], "caption", "甲。")])
    assert refused.status_code == 422
    assert "At most 1 photos can be changed at once." in text_of(refused)
    assert fields_of(refused, "sheet")[f"photo-{mine[0].pk}-caption"] == "甲。"
    assert captions() == ["图为夜市一角。"] * 2


def test_a_sheet_says_once_how_keywords_are_typed(client, mine):
    page = text_of(client.get(SHEET, {"photo": [photo.pk for photo in mine]}))
    assert page.count("Keywords: Commas or spaces between them; a phrase with spaces in quotation marks.") == 1


# -- framing


def test_the_focal_point_and_a_crop_set_by_hand(client, mine):
    address = f"{DESK}/photos/{mine[0].pk}/"
    fields = fields_of(client.get(address), "framing")
    assert (fields["focal_x"], fields["zoom_1x1"]) == ("50", "100")
    sent = fields | {"focal_x": "80", "hand_1x1": "on", "x_1x1": "10", "y_1x1": "50", "zoom_1x1": "200"}
    assert client.post(f"{address}frame/", sent)["Location"] == address
    photo = Photo.objects.get(pk=mine[0].pk)
    assert (photo.focal_x, photo.focal_y, list(photo.crops)) == (80, 50, ["1x1"])
    again = fields_of(client.get(address), "framing")
    assert {name for name in again if name.startswith("hand_")} == {"hand_1x1"}
    assert again["focal_x"] == "80"
    # As near to the point as the photo's edge lets it: a sixth of the photo is a half of the crop.
    assert (again["x_1x1"], again["y_1x1"], again["zoom_1x1"]) == ("17", "50", "200")
    assert "focus-x8 focus-y5" in text_of(client.get(f"{DESK}/photos/"))


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"focal_x": "101"}, "less than or equal to 100"),
        ({"focal_x": ""}, "This field is required."),
        ({"hand_1x1": "on", "zoom_1x1": ""}, "A crop set by hand needs this."),
        ({"hand_1x1": "on", "zoom_1x1": "50"}, "greater than or equal to 100"),
    ],
)
def test_a_wrong_framing_is_said_and_changes_nothing(client, mine, sent, why):
    address = f"{DESK}/photos/{mine[0].pk}/"
    response = client.post(f"{address}frame/", fields_of(client.get(address), "framing") | {"focal_y": "9"} | sent)
    assert response.status_code == 422
    assert why in text_of(response)
    assert 'name="focal_y" value="9"' in text_of(response)
    assert Photo.objects.get(pk=mine[0].pk).focal_y == 50


def test_who_may_not_change_a_photo_sees_its_crops_and_frames_nothing(client, theirs):
    address = f"{DESK}/photos/{theirs.pk}/"
    page = text_of(client.get(address))
    assert 'viewBox="' in page
    assert 'id="framing"' not in page
    assert client.post(f"{address}frame/", {"focal_x": "1", "focal_y": "1"}).status_code == 403
    assert Photo.objects.get(pk=theirs.pk).focal_x == 50


def test_of_two_windows_that_frame_a_photo_the_second_is_refused_with_both_framings(client, people, mine):
    address = f"{DESK}/photos/{mine[0].pk}/"
    fields = fields_of(client.get(address), "framing")
    other = signed_in(people[Role.SECTION_EDITOR])
    assert other.post(f"{address}frame/", fields | {"focal_x": "20"}).status_code == 302
    acts = AuditEntry.objects.count()
    by_hand = {"focal_x": "80", "hand_1x1": "on", "x_1x1": "75", "y_1x1": "50", "zoom_1x1": "200"}
    refused = client.post(f"{address}frame/", fields | by_hand)
    page = text_of(refused)
    assert refused.status_code == 409
    assert f"Meanwhile {people[Role.SECTION_EDITOR]} framed this photo. Nothing was overwritten." in page
    assert "focal point 20 % from the left, 50 % from the top" in page
    assert "focal point 80 % from the left, 50 % from the top" in page
    # Theirs keeps the square to the left; this one's, by hand, is half as large, around its own middle.
    theirs, ours = page.split('class="pair both-framings"')[1].split("<h3>")[1:]
    assert 'viewBox="0.0 0.0 40.0 40.0"' in theirs
    assert 'viewBox="35.0 10.0 20.0 20.0"' in ours
    photo = Photo.objects.get(pk=mine[0].pk)
    assert (photo.focal_x, photo.crops, AuditEntry.objects.count()) == (20, {}, acts)
    # Who has read that saves again, and what was typed is still there.
    again = fields_of(refused, "framing")
    assert (again["focal_x"], again["zoom_1x1"]) == ("80", "200")
    assert client.post(f"{address}frame/", again).status_code == 302
    photo = Photo.objects.get(pk=mine[0].pk)
    assert (photo.focal_x, list(photo.crops)) == (80, ["1x1"])


def test_a_framing_sent_twice_is_saved_once_and_one_that_saw_nothing_not_at_all(client, mine):
    address = f"{DESK}/photos/{mine[0].pk}/"
    sent = fields_of(client.get(address), "framing") | {"focal_x": "20"}
    assert client.post(f"{address}frame/", sent).status_code == 302
    acts = AuditEntry.objects.count()
    assert client.post(f"{address}frame/", sent).status_code == 302
    assert AuditEntry.objects.count() == acts
    assert client.post(f"{address}frame/", sent | {"seen": "", "focal_x": "30"}).status_code == 409
    assert Photo.objects.get(pk=mine[0].pk).focal_x == 20


def test_a_crop_is_a_file_for_everybody_of_the_desk(client, theirs):
    response = client.get(f"{DESK}/photos/{theirs.pk}/crop/3x4")
    assert response["Content-Disposition"] == f'attachment; filename="{theirs.pk}-3x4.jpeg"'
    assert Image.open(io.BytesIO(response.content)).size == (30, 40)
    assert client.get(f"{DESK}/photos/{theirs.pk}/crop/5x4").status_code == 404


# -- files


def test_the_file_goes_out_with_its_words_and_without_its_place(client, people):
    data = saved(noise(), exif=exif({ExifTags.Base.Make: "Camera"}, gps=True))
    photo = house.make_photo(people[Role.PHOTOGRAPHER], data)
    address = f"{DESK}/photos/{photo.pk}/captioned"
    response = client.get(address)
    assert response["Content-Disposition"] == f'attachment; filename="{photo.pk}.jpeg"'
    assert read_caption_data(response.content).caption == "图为夜市一角。"
    place = ExifTags.IFD.GPSInfo
    assert not Image.open(io.BytesIO(response.content)).getexif().get_ifd(place)
    assert Image.open(io.BytesIO(client.get(f"{address}?position=1").content)).getexif().get_ifd(place)


def test_where_no_words_can_be_written_the_original_is_offered(client, people):
    photo = house.make_photo(people[Role.PHOTOGRAPHER], saved(noise(), "PNG"))
    response = client.get(f"{DESK}/photos/{photo.pk}/captioned")
    assert response.status_code == 422
    assert "Only a JPEG can carry its caption and credit." in text_of(response)
    assert f"/photos/{photo.pk}/original" in text_of(response)
    assert "/captioned" not in text_of(client.get(f"{DESK}/photos/{photo.pk}/"))


# -- the same picture


def test_what_is_here_already_is_asked_about(client):
    client.post(f"{DESK}/photos/add/", upload(picture()))
    first = Photo.objects.get()
    response = client.post(f"{DESK}/photos/add/", upload(picture(size=(300, 200)), "small.jpg", ask="1"))
    assert response.status_code == 409
    assert "<bdi>small.jpg</bdi>" in text_of(response)
    assert f"This looks like photo {first.pk}, which is here already." in text_of(response)
    assert "checked" in text_of(response)
    assert Photo.objects.count() == 1
    client.post(f"{DESK}/photos/add/", upload(picture(size=(300, 200)), "small.jpg"))
    assert Photo.objects.count() == 2
    page = text_of(client.get(f"{DESK}/photos/{first.pk}/"))
    assert "Looks the same" in page
    assert "300 × 200" in page


def test_a_script_is_told_which_photos_it_looks_like(client):
    client.post(f"{DESK}/photos/add/", upload(picture()))
    first = Photo.objects.get()
    answer = client.post(
        f"{DESK}/photos/add/", upload(picture(quality=20), ask="1"), headers={"Accept": "application/json"}
    )
    assert answer.status_code == 409
    [looks] = answer.json()["alike"]
    assert looks["file"] == "a.jpg"
    assert looks["photos"][0]["id"] == first.pk
    assert looks["photos"][0]["url"] == f"{DESK}/photos/{first.pk}/"
