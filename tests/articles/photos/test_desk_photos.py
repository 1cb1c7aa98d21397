"""The photo desk over HTTP: private files, what is said about a photo, and taking photos in."""

import datetime
import io
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import ExifTags, Image

from articles import editing
from articles.models import Photo
from articles.photos import keeping
from articles.pictures.facts import read_caption_data
from articles.text.body import PHOTO_SRC
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import DESK, fields_of, signed_in, text_of


@pytest.fixture
def photo(people):
    return house.make_photo(people[Role.PHOTOGRAPHER], house.jpeg(400, 300), source="本报资料")


def upload(*names_and_bytes):
    return {"photos": [SimpleUploadedFile(name, data) for name, data in names_and_bytes]}


@pytest.mark.parametrize("name", ["preview", "thumbnail", "large"])
def test_renditions_are_for_people_of_the_desk_alone(people, photo, name):
    address = f"/desk/photos/{photo.pk}/{name}"
    assert Client().get(address).status_code == 302
    assert signed_in(house.make_person("passer-by")).get(address).status_code == 403
    response = signed_in(people[Role.PROOFREADER]).get(address)
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"].startswith("private")
    assert b"".join(response.streaming_content)[8:12] == b"WEBP"
    assert signed_in(people[Role.PROOFREADER]).get(f"/desk/photos/4711/{name}").status_code == 404


def test_the_pictures_of_a_body_are_found_where_the_body_says(people, photo):
    assert signed_in(people[Role.REPORTER]).get(PHOTO_SRC.format(id=photo.pk)).status_code == 200


def test_the_original_is_for_those_who_may_change_the_photo(people, photo):
    address = f"{DESK}/photos/{photo.pk}/original"
    for role in (Role.PHOTOGRAPHER, Role.SECTION_EDITOR):
        response = signed_in(people[role]).get(address)
        assert b"".join(response.streaming_content) == house.jpeg(400, 300)
        assert response["Content-Disposition"] == f'attachment; filename="{photo.pk}.jpeg"'
    for role in (Role.REPORTER, Role.PAGE_DESIGNER, Role.ADMINISTRATOR):
        assert signed_in(people[role]).get(address).status_code == 404


def outcomes(page):
    """What the page says of each file: its place, its name, what came of it."""
    told = re.findall(
        r'<span class="fact">(.*?)</span> <bdi>(.*?)</bdi></p>\s*<p.*?>(.*?)</p>', text_of(page), re.DOTALL
    )
    return [(place, name, re.sub(r"<.*?>", "", why).partition(" It has")[0].strip()) for place, name, why in told]


def test_what_a_file_was_called_is_kept_shown_and_searched(people):
    client = signed_in(people[Role.PHOTOGRAPHER])
    client.post(f"{DESK}/photos/add/", upload(("IMG_2041夜市.jpg", house.jpeg())))
    made = Photo.objects.get()
    assert made.file_name == "IMG_2041夜市.jpg"
    house.make_photo(people[Role.PHOTOGRAPHER], house.jpeg(70, 50))
    assert "IMG_2041夜市.jpg" in text_of(client.get(f"{DESK}/photos/{made.pk}/"))
    found = client.get(f"{DESK}/photos/", {"words": "img_2041"}, headers={"Accept": "application/json"}).json()
    assert [(entry["id"], entry["file"]) for entry in found["photos"]] == [(made.pk, "IMG_2041夜市.jpg")]
    # What was said since leaves the name where it is.
    keeping.edit_photo(made.pk, {"caption": "夜市的灯。"}, acting_user=people[Role.PHOTOGRAPHER])
    assert client.get(f"{DESK}/photos/", {"words": "img_2041"}, headers={"Accept": "application/json"}).json()["photos"]


def test_a_file_put_into_a_story_keeps_its_name_too(people):
    story = house.make_story(people[Role.REPORTER])
    client = signed_in(people[Role.REPORTER])
    edit = f"{DESK}/stories/{story.pk}/edit/"
    client.post(edit, fields_of(client.get(edit), "story") | upload(("河滩.jpg", house.jpeg())))
    assert Photo.objects.get().file_name == "河滩.jpg"


def test_a_photo_that_is_small_for_print_is_taken_in_with_a_word(people):
    client = signed_in(people[Role.PHOTOGRAPHER])
    files = upload(("icon.jpg", house.jpeg(40, 30)), ("large.jpg", house.jpeg(600, 400)))
    page = text_of(client.post(f"{DESK}/photos/add/", files, follow=True))
    assert "icon.jpg: It has only 40 × 30 pixels: enough for 5 mm in print." in page
    assert "large.jpg:" not in page
    large, small = Photo.objects.all()
    assert "enough for 5 mm in print" in text_of(client.get(f"{DESK}/photos/{small.pk}/"))
    assert "600 × 400 (enough for 76 mm in print)" in text_of(client.get(f"{DESK}/photos/{large.pk}/"))
    answer = client.post(
        f"{DESK}/photos/add/", upload(("a.jpg", house.jpeg(40, 30))), headers={"Accept": "application/json"}
    )
    assert answer.json()["photos"][0]["small"] == "It has only 40 × 30 pixels: enough for 5 mm in print."


def test_what_is_too_small_for_a_photo_is_refused(people):
    client = signed_in(people[Role.PHOTOGRAPHER])
    page = client.post(
        f"{DESK}/photos/add/", upload(("dot.jpg", house.jpeg(600, 15)), ("thin.jpg", house.jpeg(600, 16)))
    )
    assert outcomes(page) == [
        ("1 of 2", "dot.jpg", "This picture is too small for a photo: at least 16 pixels a side."),
        ("2 of 2", "thin.jpg", "in the photo desk"),
    ]
    assert Photo.objects.count() == 1


def test_photos_are_found_by_words(people, photo):
    other = house.make_photo(people[Role.PHOTOGRAPHER], caption="河滩的风筝", credit="乙某 摄", alt="")
    client = signed_in(people[Role.REPORTER])

    def found(words):
        answer = client.get(f"{DESK}/photos/", {"words": words}, headers={"Accept": "application/json"})
        return [entry["id"] for entry in answer.json()["photos"]]

    assert found("风筝 乙某") == [other.pk]
    assert found("本报资料") == [photo.pk]
    assert found("") == [other.pk, photo.pk]
    assert found("没有的词") == []
    page = text_of(client.get(f"{DESK}/photos/", {"words": "风筝"}))
    assert f"/en/desk/photos/{other.pk}/thumbnail" in page
    assert f"/en/desk/photos/{photo.pk}/thumbnail" not in page


def test_the_list_of_photos_costs_the_same_however_long_it_is(people, photo, django_assert_num_queries):
    client = signed_in(people[Role.REPORTER])
    with django_assert_num_queries(5):
        client.get(f"{DESK}/photos/")
    for _ in range(4):
        house.make_photo(people[Role.PHOTOGRAPHER])
    with django_assert_num_queries(5):
        client.get(f"{DESK}/photos/")


SAID = {
    "caption": "新图说",
    "credit": "丙某 摄",
    "source": "",
    "alt": "一座桥",
    "rights": "仅限一次",
    "rights_expire_on": "2030-01-01",
}


def test_what_is_said_about_a_photo_is_changed(people, photo):
    client = signed_in(people[Role.PHOTOGRAPHER])
    assert (
        client.post(f"{DESK}/photos/{photo.pk}/", SAID | {"fingerprint": "forged", "uploaded_by": "1"}).status_code
        == 302
    )
    changed = Photo.objects.get(pk=photo.pk)
    assert (changed.caption, changed.rights, changed.rights_expire_on.isoformat()) == (
        "新图说",
        "仅限一次",
        "2030-01-01",
    )
    assert (changed.fingerprint, changed.uploaded_by_id) == (photo.fingerprint, photo.uploaded_by_id)


def test_those_who_may_not_change_it_read_it_and_are_refused(people, photo):
    client = signed_in(people[Role.REPORTER])
    page = text_of(client.get(f"{DESK}/photos/{photo.pk}/"))
    assert "图为夜市一角。" in page
    assert "<textarea" not in page
    response = client.post(f"{DESK}/photos/{photo.pk}/", SAID)
    assert response.status_code == 403
    assert "You may not do this." in text_of(response)
    assert Photo.objects.get(pk=photo.pk).caption == "图为夜市一角。"


def test_a_bad_field_is_answered_with_the_rest_kept(people, photo):
    response = signed_in(people[Role.PHOTOGRAPHER]).post(
        f"{DESK}/photos/{photo.pk}/", SAID | {"rights_expire_on": "soon"}
    )
    assert response.status_code == 422
    assert "Enter a valid date." in text_of(response)
    assert "新图说" in text_of(response)
    assert Photo.objects.get(pk=photo.pk).rights == ""


def test_a_photo_was_taken_in_a_year_that_newspapers_have(people, photo):
    typed = SAID | {"taken_at": "0001-01-01T00:00"}
    response = signed_in(people[Role.PHOTOGRAPHER]).post(f"{DESK}/photos/{photo.pk}/", typed)
    assert response.status_code == 422
    assert "The year must be one from 1900 to 2099." in text_of(response)
    assert 'value="0001-01-01T00:00"' in text_of(response)
    moment = timezone.make_aware(datetime.datetime(1, 1, 1))
    with pytest.raises(ValidationError):
        keeping.edit_photo(photo.pk, {"taken_at": moment}, acting_user=people[Role.PHOTOGRAPHER])
    assert Photo.objects.get(pk=photo.pk).taken_at is None


def test_a_photo_whose_file_names_another_age_is_taken_in_without_its_time(people):
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "1850:01:01 00:00:00"
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, "JPEG", exif=exif)
    assert read_caption_data(out.getvalue()).taken_at is not None
    assert house.make_photo(people[Role.PHOTOGRAPHER], out.getvalue()).taken_at is None


def test_a_photo_names_the_stories_that_use_it_to_those_who_may_read_them(people, photo):
    story = house.make_story(people[Role.REPORTER], pictures=[editing.Picture(photo.pk)])
    address = f"{DESK}/photos/{photo.pk}/"
    assert story.headline in text_of(signed_in(people[Role.REPORTER]).get(address))
    assert story.headline not in text_of(signed_in(people[Role.SECTION_EDITOR]).get(address))


def test_several_files_are_taken_in_each_by_itself(people):
    client = signed_in(people[Role.REPORTER])
    good = client.post(
        f"{DESK}/photos/add/", upload(("a.jpg", house.jpeg()), ("b.jpg", house.jpeg(70, 50))), follow=True
    )
    assert "2 photos are in the photo desk." in text_of(good)
    mixed = client.post(
        f"{DESK}/photos/add/",
        upload(("c.jpg", house.jpeg()), ("words.jpg", b"words"), ("half.jpg", house.jpeg()[:300]), ("none.jpg", b"")),
    )
    assert mixed.status_code == 422
    assert outcomes(mixed) == [
        ("1 of 4", "c.jpg", "in the photo desk"),
        ("2 of 4", "words.jpg", "This file is not a JPEG, PNG, WebP or TIFF picture."),
        ("3 of 4", "half.jpg", "This picture is incomplete or damaged; please send it again."),
        ("4 of 4", "none.jpg", "This file is empty: nothing of the picture is in it."),
    ]
    assert "1 of 4 taken in." in text_of(mixed)
    assert Photo.objects.count() == 3
    assert "Choose at least one file." in text_of(client.post(f"{DESK}/photos/add/"))


def test_a_script_gets_what_was_taken_in_as_data(people):
    client = signed_in(people[Role.REPORTER])
    answer = client.post(
        f"{DESK}/photos/add/",
        upload(("a.jpg", house.jpeg()), ("words.jpg", b"words")),
        headers={"Accept": "application/json"},
    )
    photo = Photo.objects.get()
    assert [entry["id"] for entry in answer.json()["photos"]] == [photo.pk]
    assert answer.json()["photos"][0]["thumbnail"] == f"/en/desk/photos/{photo.pk}/thumbnail"
    assert len(answer.json()["problems"]) == 1


def test_a_script_is_told_which_files_are_refused_however_often_they_are_sent(people):
    client = signed_in(people[Role.REPORTER])
    for name, data, final in (
        ("words.jpg", b"words", ["words.jpg"]),
        ("a.gif", b"GIF89a" + b"\0" * 100, ["a.gif"]),
        ("half.jpg", house.jpeg(400, 400)[:-200], []),
    ):
        answer = client.post(f"{DESK}/photos/add/", upload((name, data)), headers={"Accept": "application/json"})
        assert (answer.status_code, answer.json()["no_pictures"]) == (422, final)


def test_a_refused_file_is_named_in_the_writing_of_the_language(people):
    client = signed_in(people[Role.REPORTER])
    said = client.post("/desk/photos/add/", upload(("坏.pdf", b"words")), headers={"Accept": "application/json"}).json()
    assert said["problems"][0].startswith("坏.pdf：此文件")


def test_photos_are_taken_in_from_those_who_may_file(people):
    client = signed_in(people[Role.PAGE_DESIGNER])
    assert client.post(f"{DESK}/photos/add/", upload(("a.jpg", house.jpeg())))["Location"] == f"{DESK}/photos/"
    assert not Photo.objects.exists()
    assert "photos/add/" not in text_of(client.get(f"{DESK}/photos/"))


def test_what_somebody_else_said_of_a_photo_meanwhile_is_not_overwritten(people, photo):
    address = f"{DESK}/photos/{photo.pk}/"
    client = signed_in(people[Role.PHOTOGRAPHER])
    shown = fields_of(client.get(address), "said")
    keeping.edit_photo(
        photo.pk, {"credit": "丙某 摄", "taken_at": timezone.now()}, acting_user=people[Role.SECTION_EDITOR]
    )
    assert client.post(address, shown | {"source": "乙社"}).status_code == 302
    photo.refresh_from_db()
    assert (photo.credit, photo.source) == ("丙某 摄", "乙社")
    assert photo.taken_at is not None
    refused = client.post(address, shown | {"credit": "丁某 摄", "keywords": "桥"})
    assert refused.status_code == 409
    assert "Meanwhile this was changed to “丙某 摄”." in text_of(refused)
    who = people[Role.SECTION_EDITOR]
    assert f"Meanwhile {who} changed the same. Nothing was saved." in text_of(refused)
    photo.refresh_from_db()
    assert (photo.credit, photo.keywords) == ("丙某 摄", "")
    # Who has read that saves again.
    again = fields_of(refused, "said")
    assert again["credit"] == "丁某 摄"
    assert client.post(address, again).status_code == 302
    photo.refresh_from_db()
    assert (photo.credit, photo.keywords, photo.source) == ("丁某 摄", "桥", "乙社")
